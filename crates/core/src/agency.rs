//! Agencies: the organisations of the partnership.

use serde::{Deserialize, Serialize};

use crate::{ids::AgencyId, time::Timestamp};

/// What sort of organisation it is; decides which questions and clocks apply, never who may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// The front door itself (MASH or its like).
    Hub,
    /// Children's social care.
    SocialCare,
    /// Police.
    Police,
    /// A school, college or alternative provision.
    Education,
    /// Health.
    Health,
    /// Youth justice or probation.
    Justice,
    /// Housing, licensing, community safety.
    Council,
    /// Voluntary or community organisation.
    Voluntary,
}

impl AgencyKind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Hub,
        Self::SocialCare,
        Self::Police,
        Self::Education,
        Self::Health,
        Self::Justice,
        Self::Council,
        Self::Voluntary,
    ];

    /// As stored and exchanged.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::SocialCare => "social_care",
            Self::Police => "police",
            Self::Education => "education",
            Self::Health => "health",
            Self::Justice => "justice",
            Self::Council => "council",
            Self::Voluntary => "voluntary",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hub => "Front door (hub)",
            Self::SocialCare => "Children's social care",
            Self::Police => "Police",
            Self::Education => "Education",
            Self::Health => "Health",
            Self::Justice => "Youth justice and probation",
            Self::Council => "Council service",
            Self::Voluntary => "Voluntary or community organisation",
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name, unique in the partnership.
    pub name: String,
    /// Its kind.
    pub kind: AgencyKind,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When its access was suspended, if it is.
    pub suspended_at: Option<Timestamp>,
}
