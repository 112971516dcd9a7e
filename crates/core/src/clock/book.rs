//! All clocks: read from content, checked, and found by id and date.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::calendar::WorkCalendar;
use super::holidays::Holidays;
use super::limit::{Ends, Limit, Unit};
use super::rule::{Basis, Checked, Rule};
use crate::content::{ContentError, Source};

/// The clocks of one partnership.
#[derive(Clone, Debug)]
pub struct ClockBook {
    rules: BTreeMap<String, Vec<Rule>>,
    grades: Vec<Grade>,
    calendar: Arc<WorkCalendar>,
}

/// A colour of the front door's urgency grading and the clock it sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its id, such as `red`.
    pub id: String,
    /// The level of need it belongs to, 1 to 4.
    pub need: u8,
    /// The clock to decide by; nothing where there is no target.
    pub clock: Option<String>,
    /// What it means, in plain English.
    pub label: String,
}

/// Why a rule was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRule {
    /// No clock has this id.
    #[error("there is no clock called `{0}`")]
    Unknown(String),
    /// The clock exists, but no version of it applies on the date.
    #[error("the clock `{id}` does not apply on {on}")]
    NotInForce {
        /// The id.
        id: String,
        /// The date asked for.
        on: Date,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBook {
    #[serde(rename = "schema_version")]
    _schema_version: String,
    #[serde(rename = "jurisdiction")]
    _jurisdiction: String,
    #[serde(rename = "reviewed")]
    _reviewed: Date,
    #[serde(rename = "decisions")]
    _decisions: Vec<String>,
    time_zone: String,
    office_hours: RawHours,
    clocks: Vec<RawRule>,
    front_door_grades: Vec<Grade>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHours {
    opens: Time,
    closes: Time,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    label: String,
    starts: String,
    ends_when: String,
    limit: u16,
    unit: Unit,
    #[serde(default)]
    ends: Ends,
    due_soon: Limit,
    not_later_than: Option<String>,
    effective_from: Option<Date>,
    awaits: Option<String>,
    basis: Basis,
    checked: Checked,
    source: String,
    note: Option<String>,
}

impl ClockBook {
    /// The file names under which the built-in content is reported.
    pub const FILES: [&str; 2] =
        ["content/clocks/clocks.yaml", "content/clocks/bank-holidays-england-wales.yaml"];

    /// The clocks this program was built with.
    pub fn builtin() -> Result<Self, ContentError> {
        Self::from_yaml(
            include_str!("../../../../content/clocks/clocks.yaml"),
            include_str!("../../../../content/clocks/bank-holidays-england-wales.yaml"),
        )
    }

    /// Reads and checks clocks and bank holidays; faults name the files as [`ClockBook::FILES`].
    pub fn from_yaml(clocks: &str, holidays: &str) -> Result<Self, ContentError> {
        let [clocks_file, holidays_file] = Self::FILES;
        Self::from_files((clocks_file, clocks), (holidays_file, holidays))
    }

    /// Reads and checks clocks and bank holidays, each given as file name and text.
    pub fn from_files(
        (clocks_file, clocks): (&str, &str),
        (holidays_file, holidays): (&str, &str),
    ) -> Result<Self, ContentError> {
        let source = Source::new(clocks_file, clocks);
        let raw: RawBook = source.read()?;
        let zone = TimeZone::get(&raw.time_zone)
            .map_err(|_| source.fault("time_zone", format!("no time zone `{}`", raw.time_zone)))?;
        let RawHours { opens, closes } = raw.office_hours;
        if opens >= closes {
            return Err(source.fault("office_hours", "the office must open before it closes"));
        }
        let holidays = Holidays::from_yaml(holidays_file, holidays)?;
        let calendar = Arc::new(WorkCalendar { zone, opens, closes, holidays });
        let mut book =
            Self { rules: BTreeMap::new(), grades: Vec::new(), calendar: calendar.clone() };
        for (at, raw) in raw.clocks.into_iter().enumerate() {
            book.add(&source, &format!("clocks[{at}]"), raw)?;
        }
        for (at, grade) in raw.front_door_grades.iter().enumerate() {
            let path = format!("front_door_grades[{at}]");
            if let Some(clock) = grade.clock.as_ref().filter(|id| !book.rules.contains_key(*id)) {
                return Err(source.fault(&path, format!("there is no clock called `{clock}`")));
            }
            if !(1..=4).contains(&grade.need) {
                return Err(source.fault(&path, "the level of need must be from 1 to 4"));
            }
        }
        book.grades = raw.front_door_grades;
        Ok(book)
    }

    fn add(&mut self, source: &Source<'_>, path: &str, raw: RawRule) -> Result<(), ContentError> {
        let fault = |key: &str, reason: String| Err(source.fault(&format!("{path}.{key}"), reason));
        let limit = Limit { count: raw.limit, unit: raw.unit, ends: raw.ends };
        if let Some(reason) = limit.fault() {
            return fault("limit", reason);
        }
        if let Some(reason) = raw.due_soon.fault() {
            return fault("due_soon", reason);
        }
        for (key, words) in
            [("label", &raw.label), ("starts", &raw.starts), ("source", &raw.source)]
        {
            if words.trim().is_empty() {
                return fault(key, format!("`{key}` is blank"));
            }
        }
        if raw.effective_from.is_some() == raw.awaits.is_some() {
            return fault(
                "effective_from",
                "give either `effective_from`, or `awaits` with what must happen first".into(),
            );
        }
        let not_later_than = match &raw.not_later_than {
            None => None,
            Some(id) => match self.rules.get(id).and_then(|versions| versions.last()) {
                Some(rule) if rule.not_later_than.is_none() => Some(Box::new(rule.clone())),
                Some(_) => return fault("not_later_than", format!("`{id}` has a cap itself")),
                None => {
                    return fault("not_later_than", format!("`{id}` is not a clock listed above"));
                }
            },
        };
        let versions = self.rules.entry(raw.id.clone()).or_default();
        let later = match versions.last() {
            None => true,
            Some(last) => last.effective_from.is_some() && last.effective_from < raw.effective_from,
        };
        if !later {
            return fault(
                "id",
                format!("a version of `{}` must take effect after the one before it", raw.id),
            );
        }
        let note = match (raw.note, raw.awaits) {
            (note, None) => note,
            (None, Some(awaits)) => Some(format!("Awaits {awaits}.")),
            (Some(note), Some(awaits)) => Some(format!("{note} Awaits {awaits}.")),
        };
        versions.push(Rule {
            id: raw.id,
            label: raw.label,
            starts: raw.starts,
            ends_when: raw.ends_when,
            limit,
            due_soon: raw.due_soon,
            effective_from: raw.effective_from,
            basis: raw.basis,
            checked: raw.checked,
            source: raw.source,
            note,
            not_later_than,
            calendar: self.calendar.clone(),
        });
        Ok(())
    }

    /// The version of the clock `id` that applies on a date.
    pub fn rule(&self, id: &str, on: Date) -> Result<&Rule, NoRule> {
        let versions = self.rules.get(id).ok_or_else(|| NoRule::Unknown(id.to_owned()))?;
        versions
            .iter()
            .rfind(|rule| rule.effective_from.is_some_and(|from| from <= on))
            .ok_or_else(|| NoRule::NotInForce { id: id.to_owned(), on })
    }

    /// Every version of every clock, by id and then date.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().flatten()
    }

    /// The front door's grades, most urgent first.
    pub fn grades(&self) -> &[Grade] {
        &self.grades
    }

    /// The calendar all clocks count on.
    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar
    }
}
