//! People who can sign in, and the roles they hold.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AgencyId, UserId},
    time::Timestamp,
};

/// What a person does in the partnership. A person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Any worker or volunteer of a partner agency: tells the hub, follows what they sent.
    Worker,
    /// Designated safeguarding lead of an agency: also answers partner checks and sees what
    /// colleagues sent.
    AgencyLead,
    /// Works the queue of the front door: decides what happens.
    HubOfficer,
    /// Answers for the front door: challenges, restrictions, reconciliation.
    HubManager,
    /// Social worker: sees the files of the children they work with.
    SocialWorker,
    /// Police intelligence unit: receives what is routed to police.
    PoliceIntelligence,
    /// Data protection officer or auditor: reads the record of who did what, not the files.
    Auditor,
    /// Sets up agencies, people and settings; reads no case content.
    Administrator,
    /// Writes the partnership's guidance; reads no case content.
    Editor,
}

impl Role {
    /// Every role, in the order shown.
    pub const ALL: [Self; 9] = [
        Self::Worker,
        Self::AgencyLead,
        Self::HubOfficer,
        Self::HubManager,
        Self::SocialWorker,
        Self::PoliceIntelligence,
        Self::Auditor,
        Self::Administrator,
        Self::Editor,
    ];

    /// As stored and exchanged.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::AgencyLead => "agency_lead",
            Self::HubOfficer => "hub_officer",
            Self::HubManager => "hub_manager",
            Self::SocialWorker => "social_worker",
            Self::PoliceIntelligence => "police_intelligence",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::Editor => "editor",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Worker => "Worker or volunteer",
            Self::AgencyLead => "Safeguarding lead",
            Self::HubOfficer => "Hub officer",
            Self::HubManager => "Hub manager",
            Self::SocialWorker => "Social worker",
            Self::PoliceIntelligence => "Police intelligence unit",
            Self::Auditor => "Auditor",
            Self::Administrator => "Administrator",
            Self::Editor => "Guidance editor",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(id: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.id() == id).ok_or(UnknownRole)
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role")]
pub struct UnknownRole;

/// Whether a person may use their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Invited, has not yet chosen a password.
    Invited,
    /// In use.
    Active,
    /// Stopped for a while.
    Suspended,
    /// Left the agency; ended for good.
    Left,
}

impl Standing {
    /// Every standing, in the order shown.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Active, Self::Suspended, Self::Left];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Invited => "Invited",
            Self::Active => "Active",
            Self::Suspended => "Suspended",
            Self::Left => "Left",
        }
    }

    /// Read back from its id; anything unknown counts as left.
    #[must_use]
    pub fn from_id(id: &str) -> Self {
        [Self::Invited, Self::Active, Self::Suspended]
            .into_iter()
            .find(|standing| standing.id() == id)
            .unwrap_or(Self::Left)
    }
}

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What they do, in their agency's words.
    pub job_title: String,
    /// Whether they may use the account.
    pub standing: Standing,
    /// The roles that hold today.
    pub roles: Vec<Role>,
    /// When the account was made.
    pub created_at: Timestamp,
}
