//! Partner checks: asking an agency what it holds.

use crate::{
    ids::{AgencyId, CheckId, ConcernChildId, ConcernId},
    time::Timestamp,
};

/// What an agency answered. Nothing held is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// We hold nothing.
    NothingHeld,
    /// We hold this.
    Held,
    /// We hold something and do not share it; the reason is recorded.
    Withheld,
}

impl Answer {
    /// Every answer, in the order shown.
    pub const ALL: [Self; 3] = [Self::NothingHeld, Self::Held, Self::Withheld];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NothingHeld => "nothing_held",
            Self::Held => "held",
            Self::Withheld => "withheld",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NothingHeld => "Nothing held",
            Self::Held => "Held",
            Self::Withheld => "Held, and withheld",
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.id() == id)
    }
}

/// One request to one agency.
#[derive(Debug, Clone)]
pub struct PartnerCheck {
    /// Its id.
    pub id: CheckId,
    /// The concern it belongs to.
    pub concern: ConcernId,
    /// The child it asks about.
    pub child: ConcernChildId,
    /// The name the agency is asked about: the only part of the concern it sees.
    pub child_name: String,
    /// Date of birth as asked.
    pub child_born: String,
    /// The agency asked.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// What is asked, and why the law allows asking.
    pub question: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// When an answer is due.
    pub due_at: Timestamp,
    /// The answer, once given.
    pub answer: Option<Answer>,
    /// What is held, in the agency's words.
    pub held: Option<String>,
    /// Why it is withheld.
    pub reason: Option<String>,
    /// Who answered.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// When it was raised with a senior because no answer came.
    pub escalated_at: Option<Timestamp>,
}
