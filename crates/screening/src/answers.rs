//! The answers of one screen: read, checked against an instrument, and laid out for evaluation.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::instrument::Instrument;
use crate::strict_json;

/// What a worker answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// It is so.
    Yes,
    /// Suspected or told, not confirmed.
    Possible,
    /// There is reason to think not.
    No,
    /// The default; never counted as no.
    #[default]
    NotKnown,
}

impl Response {
    /// All responses.
    pub const ALL: [Self; 4] = [Self::Yes, Self::Possible, Self::No, Self::NotKnown];

    /// The id that instruments and answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Possible => "possible",
            Self::No => "no",
            Self::NotKnown => "not_known",
        }
    }

    /// The response with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|response| response.id() == id)
    }
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// What was answered.
    pub response: Response,
    /// When it was last seen; missing counts as now.
    pub last_observed_on: Option<Date>,
    /// How it is known; forms require it with yes or possible, evaluation does not.
    pub evidence_basis: Option<String>,
    /// What was seen, in the worker's words.
    pub narrative: Option<String>,
}

/// The answers of one screen, as a form or a file gives them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screening {
    /// The day of the screen.
    pub screened_on: Date,
    /// The child's age in years, not rounded; missing is not known.
    pub age_years: Option<f64>,
    /// Missing episodes in the last 90 days, from missing records; missing is not known.
    pub missing_episodes_90d: Option<u32>,
    /// Whether the worker says that a child is in danger now.
    pub danger_ticked: bool,
    /// Answers by indicator id; an indicator not here is not known.
    pub answers: BTreeMap<String, Answer>,
}

/// Why answers were not evaluated. There is never a partial result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The text is not JSON, or a field has the wrong form.
    #[error("{0}")]
    Malformed(String),
    /// A field that must be there is not.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A field has a value it cannot have.
    #[error("`{field}` cannot be {value}: {wanted}")]
    Value {
        /// The field, with the indicator it belongs to.
        field: String,
        /// The value, as written.
        value: String,
        /// What is allowed.
        wanted: &'static str,
    },
    /// The instrument has no such indicator.
    #[error("unknown indicator `{0}`")]
    UnknownIndicator(String),
}

impl Screening {
    /// Reads the JSON form of a screen. Keys that are not known are let be.
    pub fn from_json(text: &str) -> Result<Self, AnswerError> {
        let raw = strict_json::parse(text).map_err(AnswerError::Malformed)?;
        let field = |name: &str| raw.get(name).filter(|value| !value.is_null());
        let screened_on = field("screened_on").ok_or(AnswerError::Missing("screened_on"))?;
        let answers = field("answers").ok_or(AnswerError::Missing("answers"))?;
        let Some(answers) = answers.as_object() else {
            return Err(wrong("answers", answers, "give an object of indicators"));
        };
        Ok(Self {
            screened_on: date("screened_on", screened_on)?,
            age_years: field("age_years").map(|age| number("age_years", age)).transpose()?,
            missing_episodes_90d: field("missing_episodes_90d").map(count).transpose()?,
            danger_ticked: field("danger_ticked").map(truth).transpose()?.unwrap_or_default(),
            answers: answers
                .iter()
                .map(|(id, value)| Ok((id.clone(), answer(id, value)?)))
                .collect::<Result<_, AnswerError>>()?,
        })
    }
}

fn wrong(field: impl Into<String>, value: &Value, wanted: &'static str) -> AnswerError {
    AnswerError::Value { field: field.into(), value: value.to_string(), wanted }
}

fn number(field: &str, value: &Value) -> Result<f64, AnswerError> {
    value.as_f64().filter(|n| n.is_finite()).ok_or_else(|| wrong(field, value, "give a number"))
}

fn count(value: &Value) -> Result<u32, AnswerError> {
    let wanted = "give a whole number from 0, or null";
    value
        .as_u64()
        .and_then(|count| u32::try_from(count).ok())
        .ok_or_else(|| wrong("missing_episodes_90d", value, wanted))
}

fn truth(value: &Value) -> Result<bool, AnswerError> {
    value.as_bool().ok_or_else(|| wrong("danger_ticked", value, "give true or false"))
}

/// A date as `2026-11-01`, nothing else.
fn date(field: &str, value: &Value) -> Result<Date, AnswerError> {
    let wanted = "give a date as 2026-11-01";
    value
        .as_str()
        .filter(|text| text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| wrong(field, value, wanted))
}

fn answer(id: &str, value: &Value) -> Result<Answer, AnswerError> {
    let Some(fields) = value.as_object() else {
        return Err(wrong(format!("answers.{id}"), value, "give an object with a `response`"));
    };
    let at = |key: &str| format!("answers.{id}.{key}");
    let given = |key: &str| fields.get(key).filter(|value| !value.is_null());
    let words = |key: &str| match given(key) {
        None => Ok(None),
        Some(Value::String(words)) => Ok(Some(words.clone())),
        Some(other) => Err(wrong(at(key), other, "give a text or null")),
    };
    let response = given("response").unwrap_or(&Value::Null);
    Ok(Answer {
        response: response.as_str().and_then(Response::from_id).ok_or_else(|| {
            wrong(at("response"), response, "give yes, possible, no or not_known")
        })?,
        last_observed_on: given("last_observed_on")
            .map(|value| date(&at("last_observed_on"), value))
            .transpose()?,
        evidence_basis: words("evidence_basis")?,
        narrative: words("narrative")?,
    })
}

/// Answers laid out in the order of an instrument's indicators.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub(crate) screened_on: Date,
    pub(crate) age_years: Option<f64>,
    pub(crate) missing_episodes_90d: Option<u32>,
    pub(crate) danger_ticked: bool,
    pub(crate) answers: Vec<Answer>,
}

impl Sheet {
    /// Lays out the answers of `screening`; an id the instrument does not have is a fault.
    pub fn new(instrument: &Instrument, screening: &Screening) -> Result<Self, AnswerError> {
        let mut answers = vec![Answer::default(); instrument.indicators().len()];
        for (id, answer) in &screening.answers {
            let place = instrument.place_of(id).and_then(|place| answers.get_mut(place));
            let Some(place) = place else {
                return Err(AnswerError::UnknownIndicator(id.clone()));
            };
            place.clone_from(answer);
        }
        Ok(Self {
            screened_on: screening.screened_on,
            age_years: screening.age_years,
            missing_episodes_90d: screening.missing_episodes_90d,
            danger_ticked: screening.danger_ticked,
            answers,
        })
    }

    /// The day of the screen.
    pub fn screened_on(&self) -> Date {
        self.screened_on
    }

    /// The answers, in the order of the instrument's indicators.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }
}
