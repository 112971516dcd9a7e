//! Typed ids. Each wraps a time-ordered UUID (version 7, RFC 9562), so that a concern's id can
//! never be passed where a child's is wanted. Ids stay inside; people see [`crate::reference`]s.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// An organisation of the partnership.
    AgencyId;
    /// A person who can sign in.
    UserId;
    /// A concern, as received at the front door.
    ConcernId;
    /// One child as named in one concern; becomes part of a child's file only by decision.
    ConcernChildId;
    /// A document that belongs to a record.
    DocumentId;
    /// A dated addition to a concern: a correction, a question, an answer.
    EntryId;
    /// A child's file.
    ChildId;
    /// One recorded value of a child's file.
    FactId;
    /// One item of a child's chronology.
    EventId;
    /// A person around a child.
    RelationId;
    /// A request to an agency to say what it holds.
    CheckId;
    /// A decision about one child in one concern.
    DecisionId;
    /// A challenge to a decision.
    ChallengeId;
    /// A running or ended statutory or local clock.
    ClockId;
    /// A draft not yet sent.
    DraftId;
    /// One request over HTTP, for logs and audit.
    RequestId;
    /// A job waiting or done.
    JobId;
    /// A notice to a user.
    NoticeId;
    /// A change to the partnership's lexicon.
    LexiconChangeId;
    /// One version of one file of the guidance.
    GuidanceId;
    /// Somebody's wish to be told when guidance on a topic changes.
    SubscriptionId;
    /// A letter waiting to be sent, or sent.
    MailId;
    /// A screening that was sent.
    ScreeningId;
    /// A version of a screening instrument.
    InstrumentId;
    /// A one-use link to complete a screening.
    LinkId;
    /// A decision about the level of a screening.
    LevelId;
    /// An intelligence report.
    ReportId;
    /// Something shared with a named person.
    ShareId;
    /// A spreadsheet brought in as reports.
    BatchId;
    /// Something the intelligence desk wants to know.
    RequirementId;
    /// Something that somebody watches, or a search they keep.
    WatchId;
    /// A candidate for group-based exploitation.
    CandidateId;
    /// A snapshot for a meeting.
    SnapshotId;
}
