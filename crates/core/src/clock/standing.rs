//! Where a clock stands, and the only two ways in which it ends.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a clock stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// There is time.
    Running,
    /// The time left is within the rule's warning.
    DueSoon,
    /// The time is up and nothing has ended the clock.
    Breached,
    /// The event it waits for has happened.
    Met(Punctuality),
    /// A named person decided, with a reason, that it no longer applies.
    Stopped,
}

impl Standing {
    /// The plain-English label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Running => "in time",
            Self::DueSoon => "due soon",
            Self::Breached => "overdue",
            Self::Met(Punctuality::InTime) => "done in time",
            Self::Met(Punctuality::Late) => "done late",
            Self::Stopped => "stopped by decision",
        }
    }
}

/// Whether the satisfying event came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Punctuality {
    /// At or before the time it was due.
    InTime,
    /// After it.
    Late,
}

/// How a clock ended. There is no third way and no pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The event that the clock waits for.
    Satisfied {
        /// When it happened.
        at: Timestamp,
        /// What it was, such as "decision recorded".
        event: String,
    },
    /// A person's decision that the clock no longer applies.
    Decided(StopDecision),
}

/// A person who can be asked about a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPerson {
    id: Uuid,
    name: String,
}

impl NamedPerson {
    /// A person by id and name; a team or a system is not a person, and a blank name is refused.
    pub fn new(id: Uuid, name: &str) -> Result<Self, StopRefused> {
        let name = name.trim();
        if name.is_empty() {
            return Err(StopRefused::NoName);
        }
        Ok(Self { id, name: name.to_owned() })
    }

    /// The person's id.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The person's name as it was when they decided.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A reason in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason(String);

impl Reason {
    /// The fewest characters of a reason: enough for a short sentence.
    pub const LEAST: usize = 20;

    /// A reason of at least [`Reason::LEAST`] characters, not counting space at its ends.
    pub fn new(words: &str) -> Result<Self, StopRefused> {
        let words = words.trim();
        if words.chars().count() < Self::LEAST {
            return Err(StopRefused::ReasonTooShort);
        }
        Ok(Self(words.to_owned()))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A recorded decision that a clock no longer applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopDecision {
    /// When it was decided.
    pub at: Timestamp,
    /// By whom.
    pub by: NamedPerson,
    /// Why.
    pub reason: Reason,
}

/// Why a decision to stop a clock was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StopRefused {
    /// Nobody is named.
    #[error("a clock is stopped by a named person")]
    NoName,
    /// The reason is missing or too short.
    #[error("give a reason of at least {} characters", Reason::LEAST)]
    ReasonTooShort,
}
