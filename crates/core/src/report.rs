//! Intelligence reports: what a worker noticed, the people and things in it as far as known, and
//! how it is known. Nothing is required but one sentence, and no police code is asked for.

use serde::{Deserialize, Serialize};

use crate::{
    codes::CodeBook,
    errors::{FieldErrors, optional_text, required_text},
    partial_date::{PartialDate, RawDate},
};

/// The most mentions of one report.
pub const MAX_MENTIONS: usize = 60;
/// The longest narrative, in characters.
pub const LONG: usize = 4_000;
const SHORT: usize = 200;

/// What a mention is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A person, by whatever name or look.
    Person,
    /// A vehicle, by plate, make or colour.
    Vehicle,
    /// A telephone number or part of one.
    Phone,
    /// A name used online, or an e-mail address.
    Handle,
    /// A venue, street or address.
    Place,
}

impl MentionKind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Person, Self::Vehicle, Self::Phone, Self::Handle, Self::Place];

    /// As stored, and as the prefix of form fields.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Vehicle => "vehicle",
            Self::Phone => "phone",
            Self::Handle => "handle",
            Self::Place => "place",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Vehicle => "Vehicle",
            Self::Phone => "Telephone number",
            Self::Handle => "Name used online",
            Self::Place => "Place",
        }
    }

    /// Several of them, as a heading.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Vehicle => "Vehicles",
            Self::Phone => "Telephone numbers",
            Self::Handle => "Names used online",
            Self::Place => "Places",
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// One person or thing as it stands in a report; every part may be missing, `value` among them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawMention {
    /// [`MentionKind`] by id.
    pub kind: String,
    /// Name or nickname, plate, number, handle, venue: whole or in part.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Age of a person, as said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub age: String,
    /// What a person looks like.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub looks: String,
    /// Make of a vehicle.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub make: String,
    /// Colour of a vehicle.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// App or website of a handle.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub platform: String,
    /// Street, town or postcode of a place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// `yes` when the person is a child, `no` when an adult, empty when not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub child: String,
    /// `text` when a recogniser found it and a person took it over; empty when typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
}

impl std::fmt::Debug for RawMention {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawMention({}, [withheld])", self.kind)
    }
}

impl RawMention {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().all(|(_, text)| text.trim().is_empty())
    }

    /// The parts of a mention by the names of their fields.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("value", self.value.as_str()),
            ("age", &self.age),
            ("looks", &self.looks),
            ("make", &self.make),
            ("colour", &self.colour),
            ("platform", &self.platform),
            ("address", &self.address),
            ("child", &self.child),
        ]
        .into_iter()
    }

    /// In one line, as shown in lists: `White Transit van, plate AB51`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let value = self.value.trim();
        let described: Vec<&str> = match MentionKind::from_id(&self.kind) {
            Some(MentionKind::Vehicle) => vec![&self.colour, &self.make],
            Some(MentionKind::Handle) => vec![&self.platform],
            Some(MentionKind::Place) => vec![&self.address],
            _ => vec![&self.looks],
        };
        let mut described: Vec<String> =
            described.into_iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
        if !self.age.trim().is_empty() {
            described.insert(0, format!("aged {}", self.age.trim()));
        }
        let described = described.join(", ");
        match (value.is_empty(), described.is_empty()) {
            (false, true) => value.to_owned(),
            (true, false) => format!("Not named: {described}"),
            (true, true) => "Not named".to_owned(),
            (false, false) => format!("{value} ({described})"),
        }
    }
}

/// A report exactly as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawReport {
    /// What was seen or heard.
    pub what: String,
    /// What the sender thinks, apart.
    pub opinion: String,
    /// When, in words.
    pub when_text: String,
    /// The date as far as known.
    pub happened: RawDate,
    /// Where, in words.
    pub place: String,
    /// People and things in it.
    pub mentions: Vec<RawMention>,
    /// Code of list `origin`: how the sender knows.
    pub origin: String,
    /// How they came to know it; only the desk and the sender read it.
    pub provenance: String,
    /// Who else knows it.
    pub who_else: String,
    /// Code of list `report_risk`: risk to whoever told it.
    pub source_risk: String,
    /// Code of list `report_risk`: risk to a child if somebody acts on it.
    pub child_risk: String,
    /// Why.
    pub risk_why: String,
    /// `yes` when the sender must not be known, not even their agency.
    pub protect: String,
    /// `yes` when the sender suspects it to be untrue or told in bad faith.
    pub doubted: String,
}

/// A report that can be kept. Sealed as a whole.
#[derive(Clone, Serialize, Deserialize)]
pub struct Report {
    /// What was seen or heard.
    pub what: String,
    /// What the sender thinks.
    pub opinion: Option<String>,
    /// When, in words.
    pub when_text: Option<String>,
    /// The date as far as known.
    pub happened_on: Option<PartialDate>,
    /// Where, in words.
    pub place: Option<String>,
    /// Code of list `origin`.
    pub origin: Option<String>,
    /// How the sender came to know it.
    pub provenance: Option<String>,
    /// Who else knows it.
    pub who_else: Option<String>,
    /// Code of list `report_risk`.
    pub source_risk: Option<String>,
    /// Code of list `report_risk`.
    pub child_risk: Option<String>,
    /// Why.
    pub risk_why: Option<String>,
    /// The sender must not be known, not even their agency.
    pub protect: bool,
    /// The sender doubts it.
    pub doubted: bool,
    /// People and things in it; they are stored one by one, not with the body.
    #[serde(skip)]
    pub mentions: Vec<RawMention>,
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Report([withheld])")
    }
}

impl RawReport {
    /// Checks everything together.
    pub fn check(&self, codes: &CodeBook) -> Result<Report, FieldErrors> {
        let mut e = FieldErrors::default();
        let what = required_text(&mut e, "what", &self.what, LONG, "Say what you noticed");
        let mut text = |field: &str, value: &str, most| optional_text(&mut e, field, value, most);
        let opinion = text("opinion", &self.opinion, LONG);
        let when_text = text("when_text", &self.when_text, SHORT);
        let place = text("place", &self.place, SHORT);
        let provenance = text("provenance", &self.provenance, LONG);
        let who_else = text("who_else", &self.who_else, LONG);
        let risk_why = text("risk_why", &self.risk_why, LONG);
        for (field, list, id) in [
            ("origin", "origin", &self.origin),
            ("source_risk", "report_risk", &self.source_risk),
            ("child_risk", "report_risk", &self.child_risk),
        ] {
            if !id.is_empty() && codes.find(list, id).is_none() {
                e.add(field, "Choose one of the answers");
            }
        }
        let happened_on = self.happened.read(&mut e, "happened");
        if self.mentions.len() > MAX_MENTIONS {
            e.add("what", format!("Send this in parts: a report holds {MAX_MENTIONS} mentions"));
        }
        for (place, mention) in self.mentions.iter().enumerate() {
            // Counted within its kind, as on the page.
            let n = self.mentions.iter().take(place).filter(|m| m.kind == mention.kind).count();
            for (part, value) in mention.parts() {
                let field = format!("{}-{n}-{part}", mention.kind);
                optional_text(&mut e, &field, value, SHORT);
            }
        }
        let code = |id: &str| (!id.is_empty()).then(|| id.to_owned());
        let mentions = self.mentions.iter().filter(|m| !m.is_empty()).cloned().collect();
        let checked = Report {
            what,
            opinion,
            when_text,
            happened_on,
            place,
            origin: code(&self.origin),
            provenance,
            who_else,
            source_risk: code(&self.source_risk),
            child_risk: code(&self.child_risk),
            risk_why,
            protect: self.protect == "yes",
            doubted: self.doubted == "yes",
            mentions,
        };
        e.into_result(checked)
    }
}

/// Where a report stands, as its sender is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportStatus {
    /// It came.
    Received,
    /// The desk asks something.
    NeedsMore,
    /// It was assessed.
    Assessed,
    /// It was used.
    Used,
    /// Something was done.
    ActionTaken,
    /// Nothing is done now.
    NoAction,
}

impl ReportStatus {
    /// Every status, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::NeedsMore,
        Self::Assessed,
        Self::Used,
        Self::ActionTaken,
        Self::NoAction,
    ];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::NeedsMore => "needs_more",
            Self::Assessed => "assessed",
            Self::Used => "used",
            Self::ActionTaken => "action_taken",
            Self::NoAction => "no_action",
        }
    }

    /// As shown to the sender.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::NeedsMore => "We ask you for more",
            Self::Assessed => "Assessed",
            Self::Used => "Used",
            Self::ActionTaken => "Action taken",
            Self::NoAction => "No action now",
        }
    }

    /// Read back from its id; anything unknown counts as received.
    #[must_use]
    pub fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.id() == id).unwrap_or(Self::Received)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_is_enough_and_empty_mentions_are_left_out() {
        let codes = CodeBook::builtin().unwrap();
        let raw = RawReport {
            what: "A man called Dev waits by the shops.".into(),
            mentions: vec![
                RawMention { kind: "person".into(), ..RawMention::default() },
                RawMention { kind: "person".into(), value: "Dev".into(), ..RawMention::default() },
            ],
            ..RawReport::default()
        };
        assert_eq!(raw.check(&codes).unwrap().mentions.len(), 1);
        let errors = RawReport::default().check(&codes).unwrap_err();
        assert_eq!(errors.of("what"), Some("Say what you noticed"));
    }

    #[test]
    fn a_mention_without_a_name_is_told_by_its_looks() {
        let mention = RawMention {
            kind: "person".into(),
            looks: "tall, green jacket".into(),
            age: "30".into(),
            ..RawMention::default()
        };
        assert_eq!(mention.in_words(), "Not named: aged 30, tall, green jacket");
    }
}
