//! The decision aid as its file writes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidFile {
    /// The version of this file format.
    pub schema_version: String,
    /// What the aid is, and what holds throughout.
    pub aid: Header,
    /// What the law says, each with its source.
    pub law: Vec<Law>,
    /// Legal bands, by age or set by an answer.
    pub bands: Vec<Band>,
    /// What answers may suggest.
    pub definitions: Vec<Definition>,
    /// What may have to be done, by id.
    pub to_do: BTreeMap<String, String>,
    /// The questions, in their order.
    pub questions: Vec<Question>,
    /// What follows; the first that holds.
    pub outcomes: Vec<Outcome>,
    /// What follows where no outcome holds.
    pub otherwise: Otherwise,
    /// Duties beside the aid.
    pub duties: Vec<Duty>,
}

/// What the aid is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// When it was last gone through.
    pub reviewed: Date,
    /// What to ask before anything else.
    pub asks_first: Vec<String>,
    /// What never to do.
    pub never: Vec<String>,
    /// What stands below every result.
    pub closing_words: String,
}

/// A statement of law.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its id.
    pub id: String,
    /// What it says, in our words.
    pub text: String,
    /// The Act and section.
    pub source: String,
    /// Where to read it.
    pub address: String,
    /// Whether the text itself was compared.
    pub verified: bool,
}

/// A legal band.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// From this age in years on.
    #[serde(default)]
    pub from: Option<f64>,
    /// Below this age in years.
    #[serde(default)]
    pub below: Option<f64>,
    /// The law, by id.
    pub law: Vec<String>,
    /// What it suggests.
    pub suggests: String,
    /// What must be done, by id.
    pub must_do: Vec<String>,
    /// Whether a case in this band may be closed without a referral.
    #[serde(default = "yes")]
    pub may_close_without_referral: bool,
}

fn yes() -> bool {
    true
}

/// A term and what it means.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// The term.
    pub label: String,
    /// What it means.
    pub means: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What to bear in mind.
    #[serde(default)]
    pub note: Option<String>,
    /// The possible answers; none for a question answered in words.
    #[serde(default)]
    pub answers: Vec<Choice>,
    /// Whether it is answered in words.
    #[serde(default)]
    pub free_text: bool,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id; `not_known` leaves the question open.
    pub id: String,
    /// What the page shows.
    pub label: String,
    /// How it weighs.
    #[serde(default)]
    pub flag: Option<Flag>,
    /// A red flag is amber only where all of these are known to be so.
    #[serde(default)]
    pub amber_only_when: Vec<Line>,
    /// The band it puts the child into.
    #[serde(default)]
    pub band: Option<String>,
    /// The definitions it suggests, by id.
    #[serde(default)]
    pub suggests: Vec<String>,
    /// The law, by id.
    #[serde(default)]
    pub law: Vec<String>,
    /// What must be done, by id.
    #[serde(default)]
    pub must_do: Vec<String>,
}

/// How an answer weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Weigh it with the others.
    Amber,
    /// Refer the same day.
    Red,
}

/// Something that holds or not; everything it names must hold together.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Line {
    /// The child is in this band.
    pub band: Option<String>,
    /// The band is known and is not this one.
    pub not_band: Option<String>,
    /// At least so many red flags.
    pub red: Option<usize>,
    /// At least so many amber flags.
    pub amber: Option<usize>,
    /// Every question with answers is answered, and not with `not_known`.
    pub everything_answered: bool,
    /// This question has one of `answers`.
    pub question: Option<String>,
    /// The answers of `question`.
    pub answers: Vec<String>,
}

/// What follows from the answers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// It holds when one of these does.
    pub when: Vec<Line>,
    /// What to do.
    pub result: String,
    /// Who may close it without a referral, and how.
    pub may_close_without_referral: String,
}

/// What follows where no outcome holds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Otherwise {
    /// Its id.
    pub id: String,
    /// What to do.
    pub result: String,
    /// Who may close it without a referral, and how.
    pub may_close_without_referral: String,
}

/// A duty beside the aid.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The law or guidance.
    pub law: String,
    /// From when it applies; nothing while it waits for commencement.
    pub in_force_from: Option<Date>,
    /// What to know.
    pub note: String,
    /// Whether the text itself was compared.
    pub verified: bool,
}
