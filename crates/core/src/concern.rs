//! A concern: what somebody noticed or worries about, as they told it.

mod draft;
mod status;

pub use draft::{Draft, DraftChild, MAX_CHILDREN, NameSharing, RawChild, RawConcern, Reporter};
pub use status::{Channel, Status};

use crate::{
    ids::{AgencyId, ConcernChildId, ConcernId, EntryId, UserId},
    msg,
    partial_date::PartialDate,
    reference::Reference,
    time::Timestamp,
};

/// A concern as received. Its words are never changed; what comes later is an [`Entry`].
#[derive(Debug, Clone)]
pub struct Concern {
    /// Its id.
    pub id: ConcernId,
    /// The reference people quote.
    pub reference: Reference,
    /// When it reached us.
    pub received_at: Timestamp,
    /// How it came.
    pub channel: Channel,
    /// The signed-in person who sent it, if any.
    pub submitted_by: Option<UserId>,
    /// Their agency.
    pub agency: Option<AgencyId>,
    /// The agency's name, for showing.
    pub agency_name: Option<String>,
    /// The hub officer who typed it in for someone on the telephone, by e-mail or on paper.
    pub entered_by: Option<UserId>,
    /// Where it stands.
    pub status: Status,
    /// The present urgency code (list `urgency`), set by a named officer; none yet while new.
    pub urgency: Option<String>,
    /// Whether the sender said a child is in danger now.
    pub danger_now: bool,
    /// What they noticed: the one required answer.
    pub what: String,
    /// What they think, apart from what they saw.
    pub opinion: Option<String>,
    /// The child's own words, as given.
    pub child_words: Option<String>,
    /// Where, in their words.
    pub place: Option<String>,
    /// When, in their words.
    pub when_text: Option<String>,
    /// The date, as far as known.
    pub happened_on: Option<PartialDate>,
    /// Other people, cars, telephones, names used online: in their words.
    pub others: Option<String>,
    /// How they know (list `origin`).
    pub origin: Option<String>,
    /// Who may be told who said it.
    pub name_sharing: NameSharing,
    /// Whether the child knows that this is being shared (list `knows`).
    pub child_knows: Option<String>,
    /// Whether the parents or carers know (list `knows`).
    pub parents_know: Option<String>,
    /// The version of the language lexicon it was checked with, if it was.
    pub lexicon_version: Option<String>,
    /// Restricted to named people.
    pub restricted: bool,
    /// Counts changes, so that two people deciding at once are noticed.
    pub version: i64,
}

/// One child as named in a concern.
#[derive(Debug, Clone)]
pub struct ConcernChild {
    /// Its id.
    pub id: ConcernChildId,
    /// The concern.
    pub concern: ConcernId,
    /// The name as given; empty when not known.
    pub name: String,
    /// Other names as given.
    pub known_as: Option<String>,
    /// The date of birth as far as known.
    pub born: Option<PartialDate>,
    /// The age as said, for example `about 14`.
    pub age: Option<String>,
    /// School or place as said.
    pub school: Option<String>,
    /// Address as said.
    pub address: Option<String>,
    /// NHS number as said.
    pub nhs_number: Option<String>,
    /// The child's file it was joined to, by a person's decision.
    pub child: Option<crate::ids::ChildId>,
}

/// What an [`Entry`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// The sender adds something.
    Addition,
    /// The sender puts something right.
    Correction,
    /// The hub asks the sender.
    Question,
    /// The sender answers.
    Answer,
    /// The hub tells the sender.
    Told,
    /// A note between officers, never shown to the sender.
    Note,
    /// The sender takes it back; the record stays.
    Withdrawal,
}

impl EntryKind {
    const ALL: [Self; 7] = [
        Self::Addition,
        Self::Correction,
        Self::Question,
        Self::Answer,
        Self::Told,
        Self::Note,
        Self::Withdrawal,
    ];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Addition => "addition",
            Self::Correction => "correction",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Told => "told",
            Self::Note => "note",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Addition => msg!("Added by the sender"),
            Self::Correction => msg!("Corrected by the sender"),
            Self::Question => msg!("Question to the sender"),
            Self::Answer => msg!("Answer from the sender"),
            Self::Told => msg!("Told to the sender"),
            Self::Note => msg!("Officer's note"),
            Self::Withdrawal => msg!("Withdrawn by the sender"),
        }
    }

    /// Whether the sender may read it.
    #[must_use]
    pub const fn for_sender(self) -> bool {
        !matches!(self, Self::Note)
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// A dated addition to a concern.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// When.
    pub at: Timestamp,
    /// Who wrote it, by name; `The sender` where the sender has no account.
    pub by: String,
    /// The words.
    pub body: String,
}
