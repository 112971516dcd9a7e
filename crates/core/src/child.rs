//! A child's file: dated facts that keep their history, a chronology, and the people around the
//! child.

use crate::{
    ids::{AgencyId, ChildId, EventId, FactId, RelationId, UserId},
    partial_date::PartialDate,
    reference::Reference,
    time::Timestamp,
};

/// Whether something was seen to be so or is somebody's view. Kept apart everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Established or witnessed.
    Fact,
    /// Somebody's view.
    Opinion,
}

/// What one recorded value of a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Full name.
    Name,
    /// Another name used; a child may have several.
    KnownAs,
    /// Date of birth.
    Born,
    /// NHS number.
    NhsNumber,
    /// Address.
    Address,
    /// School or other setting.
    School,
    /// Sex (M, F, U).
    Sex,
    /// Ethnicity.
    Ethnicity,
    /// First language and interpreter.
    Language,
    /// How best to communicate with the child; disability.
    Communication,
    /// Legal status.
    LegalStatus,
    /// An alert a worker must read first.
    Alert,
}

impl Field {
    /// Every field, in the order shown.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::KnownAs,
        Self::Born,
        Self::NhsNumber,
        Self::Address,
        Self::School,
        Self::Sex,
        Self::Ethnicity,
        Self::Language,
        Self::Communication,
        Self::LegalStatus,
        Self::Alert,
    ];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::KnownAs => "known_as",
            Self::Born => "born",
            Self::NhsNumber => "nhs_number",
            Self::Address => "address",
            Self::School => "school",
            Self::Sex => "sex",
            Self::Ethnicity => "ethnicity",
            Self::Language => "language",
            Self::Communication => "communication",
            Self::LegalStatus => "legal_status",
            Self::Alert => "alert",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::KnownAs => "Known as",
            Self::Born => "Date of birth",
            Self::NhsNumber => "NHS number",
            Self::Address => "Address",
            Self::School => "School or setting",
            Self::Sex => "Sex",
            Self::Ethnicity => "Ethnicity",
            Self::Language => "First language",
            Self::Communication => "Communication needs",
            Self::LegalStatus => "Legal status",
            Self::Alert => "Alert",
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }

    /// Whether a file may hold several current values side by side.
    #[must_use]
    pub const fn is_many(self) -> bool {
        matches!(self, Self::KnownAs | Self::Address | Self::Alert)
    }
}

/// One recorded value. A correction is a new one that points at the old.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its id.
    pub id: FactId,
    /// What it is about.
    pub field: Field,
    /// The value, as text.
    pub value: String,
    /// Where it comes from, in words.
    pub source: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub recorded_by: String,
    /// The value it corrects.
    pub corrects: Option<FactId>,
    /// Why it was corrected.
    pub reason: Option<String>,
}

/// One item of the chronology.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// When it happened, as far as known.
    pub happened_on: Option<PartialDate>,
    /// The first instant that can mean, for sorting.
    pub sort_at: Timestamp,
    /// What sort of event (list `event_kind`).
    pub kind: String,
    /// What is established.
    pub fact: String,
    /// What somebody thinks, apart from it.
    pub opinion: Option<String>,
    /// Where it comes from, in words.
    pub source: String,
    /// The concern it came from, if any.
    pub concern: Option<crate::ids::ConcernId>,
    /// Who may read it besides the hub (list `audience`).
    pub audience: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub recorded_by: String,
    /// The item it corrects.
    pub corrects: Option<EventId>,
    /// Why.
    pub reason: Option<String>,
}

/// A person around the child.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its id.
    pub id: RelationId,
    /// Name as known.
    pub name: String,
    /// Who they are to the child.
    pub relationship: String,
    /// Whether they hold parental responsibility (list `yes_no_unknown`).
    pub parental_responsibility: String,
    /// How to reach them.
    pub contact: Option<String>,
    /// Whether contacting them is safe (list `yes_no_unknown`).
    pub safe_to_contact: String,
    /// Where it comes from.
    pub source: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: String,
}

/// A worker or agency involved with the child.
#[derive(Debug, Clone)]
pub struct Involvement {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// The worker, if one is named.
    pub user: Option<UserId>,
    /// Their name.
    pub user_name: Option<String>,
    /// What they do for the child.
    pub role: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when, once it has ended.
    pub until: Option<Timestamp>,
}

/// The few facts that keep a child in view on every page of the file.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The child.
    pub id: ChildId,
    /// The file's reference.
    pub reference: Reference,
    /// Name; empty when not known.
    pub name: String,
    /// Date of birth.
    pub born: Option<PartialDate>,
    /// Restricted to named people.
    pub restricted: bool,
}
