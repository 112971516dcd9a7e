//! Bank holidays as data: dates with names, and the years the list covers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use crate::content::{ContentError, Source};

/// One bank holiday.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day on which offices are closed (the substitute day, where there is one).
    pub date: Date,
    /// Its usual name.
    pub name: String,
    /// Whether the date was compared with the government's published list.
    pub verified: bool,
}

/// The bank holidays of one jurisdiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    days: BTreeMap<Date, Holiday>,
    years: BTreeSet<i16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHolidays {
    #[serde(rename = "schema_version")]
    _schema_version: String,
    #[serde(rename = "jurisdiction")]
    _jurisdiction: String,
    #[serde(rename = "law")]
    _law: Vec<String>,
    #[serde(rename = "note")]
    _note: String,
    covers: Vec<i16>,
    holidays: Vec<Holiday>,
}

impl Holidays {
    /// Reads and checks a list: every date in a covered year, none twice, none at a weekend.
    pub fn from_yaml(file: &str, text: &str) -> Result<Self, ContentError> {
        let source = Source::new(file, text);
        let raw: RawHolidays = source.read()?;
        let years: BTreeSet<i16> = raw.covers.iter().copied().collect();
        let mut days = BTreeMap::new();
        for (at, day) in raw.holidays.into_iter().enumerate() {
            let path = format!("holidays[{at}].date");
            let date = day.date;
            if !years.contains(&date.year()) {
                return Err(source.fault(&path, format!("{date} is in a year not in `covers`")));
            }
            if is_weekend(date) {
                return Err(source.fault(&path, format!("{date} is a weekend: give the weekday")));
            }
            if days.insert(date, day).is_some() {
                return Err(source.fault(&path, format!("{date} is listed twice")));
            }
        }
        if let Some(year) = years.iter().find(|year| !days.keys().any(|d| d.year() == **year)) {
            return Err(source.fault("covers", format!("{year} is covered but has no holiday")));
        }
        Ok(Self { days, years })
    }

    /// The bank holiday on `date`, if it is one.
    pub fn on(&self, date: Date) -> Option<&Holiday> {
        self.days.get(&date)
    }

    /// All of them, earliest first.
    pub fn all(&self) -> impl Iterator<Item = &Holiday> {
        self.days.values()
    }

    /// Whether the list says which days of `year` are bank holidays.
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains(&year)
    }
}

/// Saturday or Sunday.
pub(super) fn is_weekend(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() >= 5
}
