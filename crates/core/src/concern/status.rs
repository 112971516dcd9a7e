//! Where a concern stands, and how it came.

use crate::msg;

/// How a concern reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The public page, no account.
    Public,
    /// A signed-in worker.
    Worker,
    /// By telephone, typed in by the hub.
    Telephone,
    /// By e-mail, typed in by the hub.
    Email,
    /// On paper, typed in by the hub.
    Paper,
    /// From another system.
    Api,
    /// From a file.
    Import,
    /// From a screening that was checked.
    Screening,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 8] = [
        Self::Public,
        Self::Worker,
        Self::Telephone,
        Self::Email,
        Self::Paper,
        Self::Api,
        Self::Import,
        Self::Screening,
    ];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Worker => "worker",
            Self::Telephone => "telephone",
            Self::Email => "email",
            Self::Paper => "paper",
            Self::Api => "api",
            Self::Import => "import",
            Self::Screening => "screening",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Public => msg!("Public page"),
            Self::Worker => msg!("Signed-in worker"),
            Self::Telephone => msg!("Telephone"),
            Self::Email => msg!("E-mail"),
            Self::Paper => msg!("Paper"),
            Self::Api => msg!("Another system"),
            Self::Import => msg!("Imported file"),
            Self::Screening => msg!("Screening"),
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.id() == id)
    }
}

/// Where a concern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody has opened it yet.
    Received,
    /// An officer is working on it.
    BeingAssessed,
    /// A question to the sender is open.
    MoreWanted,
    /// Every child in it has a decision and the sender has been told.
    Decided,
    /// The sender took it back.
    Withdrawn,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::Received, Self::BeingAssessed, Self::MoreWanted, Self::Decided, Self::Withdrawn];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::BeingAssessed => "being_assessed",
            Self::MoreWanted => "more_wanted",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As shown to everyone.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => msg!("Received"),
            Self::BeingAssessed => msg!("Being assessed"),
            Self::MoreWanted => msg!("More information wanted"),
            Self::Decided => msg!("Decided"),
            Self::Withdrawn => msg!("Withdrawn"),
        }
    }

    /// What it means for the person who told us.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Self::Received => msg!("We have it. Nobody has started on it yet."),
            Self::BeingAssessed => msg!("A named officer is reading it and deciding what to do."),
            Self::MoreWanted => msg!("We have a question for you. You can answer it below."),
            Self::Decided => msg!("We have decided what to do."),
            Self::Withdrawn => msg!("You took this back. We keep a record that it was sent."),
        }
    }

    /// Whether work on it goes on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::BeingAssessed | Self::MoreWanted)
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == id)
    }
}
