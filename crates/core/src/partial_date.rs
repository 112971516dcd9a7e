//! Dates as people know them: a day, a month, a year, roughly, or not at all. A day is never
//! invented.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    errors::FieldErrors,
    t,
    time::{Date, day_in_words, month_in_words},
};

/// A date known to the day, the month or the year, possibly approximate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    approximate: bool,
}

/// Why a date could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// No such day in the calendar.
    #[error("there is no such date")]
    NoSuchDay,
    /// A day without its month, or a month without its year.
    #[error("a day needs its month and a month needs its year")]
    Gap,
    /// Not digits, or a year outside 1900 to 2100.
    #[error("a date needs numbers, with a year of four digits")]
    NotNumbers,
}

impl PartialDate {
    /// A whole day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
            approximate: false,
        }
    }

    /// From its parts; a part not known is `None`.
    pub fn new(
        year: i16,
        month: Option<i8>,
        day: Option<i8>,
        approximate: bool,
    ) -> Result<Self, DateError> {
        if !(1900..=2100).contains(&year) {
            return Err(DateError::NotNumbers);
        }
        if month.is_none() && day.is_some() {
            return Err(DateError::Gap);
        }
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| DateError::NoSuchDay)?;
        Ok(Self { year, month, day, approximate })
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, where known.
    #[must_use]
    pub const fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, where known.
    #[must_use]
    pub const fn day_of_month(self) -> Option<i8> {
        self.day
    }

    /// Whether the person said it was only roughly so.
    #[must_use]
    pub const fn is_approximate(self) -> bool {
        self.approximate
    }

    /// The day, when it is known to the day.
    #[must_use]
    pub fn exact(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day it can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::ZERO)
    }

    /// The last day it can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        if let Some(day) = self.exact() {
            return day;
        }
        Date::new(self.year, self.month.unwrap_or(12), 1).map_or(Date::ZERO, Date::last_of_month)
    }
}

impl fmt::Display for PartialDate {
    /// In words, in the language in force: `3 May 2011`, `May 2011`, `about 2011`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = match (self.month, self.exact()) {
            (_, Some(day)) => day_in_words(day),
            (Some(_), None) => month_in_words(self.earliest()),
            (None, None) => self.year.to_string(),
        };
        if self.approximate {
            f.write_str(&t!("about {date}", date = date))
        } else {
            f.write_str(&date)
        }
    }
}

impl From<PartialDate> for String {
    /// As stored and exchanged: `2011-05-03`, `2011-05`, `2011`, with `~` behind an approximate one
    /// (the sign of ISO 8601-2 for uncertain values).
    fn from(date: PartialDate) -> Self {
        let mut text = format!("{:04}", date.year);
        for part in [date.month, date.day].into_iter().flatten() {
            text = format!("{text}-{part:02}");
        }
        if date.approximate {
            text.push('~');
        }
        text
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl FromStr for PartialDate {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let (text, approximate) = match text.trim().strip_suffix('~') {
            Some(rest) => (rest, true),
            None => (text.trim(), false),
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|p| p.parse().ok()).ok_or(DateError::NotNumbers)?;
        let month = parts.next().map(str::parse).transpose().map_err(|_| DateError::NotNumbers)?;
        let day = parts.next().map(str::parse).transpose().map_err(|_| DateError::NotNumbers)?;
        if parts.next().is_some() {
            return Err(DateError::NotNumbers);
        }
        Self::new(year, month, day, approximate)
    }
}

/// The three boxes of a date question, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawDate {
    /// Day of the month.
    #[serde(default)]
    pub day: String,
    /// Month, as a number or its English name.
    #[serde(default)]
    pub month: String,
    /// Year of four digits.
    #[serde(default)]
    pub year: String,
    /// Ticked when it is only roughly so.
    #[serde(default)]
    pub approximate: bool,
}

impl RawDate {
    /// From one cell or line: `2011-05-03`, `2011-05`, `2011`, with a time behind it or not, or with day
    /// first `3/5/2011`, `5/2011`. What is neither is kept, so that [`RawDate::read`] reports it.
    ///
    /// ```
    /// use tessera_core::partial_date::RawDate;
    /// assert_eq!(RawDate::typed("3/5/2011").month, "5");
    /// assert_eq!(RawDate::typed("2011-05-03 14:30").day, "3");
    /// assert_eq!(RawDate::typed("soon").year, "soon");
    /// ```
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let text = text.trim();
        let without_time = text.split([' ', 'T']).next().filter(|day| day.len() == 10);
        for text in [Some(text), without_time].into_iter().flatten() {
            if let Ok(date) = text.parse::<PartialDate>() {
                return Self::of(date);
            }
        }
        let slashed = without_time.filter(|day| day.contains(['/', '.'])).unwrap_or(text);
        let parts: Vec<&str> = slashed.split(['/', '.', ' ']).filter(|p| !p.is_empty()).collect();
        let (day, month, year) = match parts.as_slice() {
            [day, month, year] => (*day, *month, *year),
            [month, year] => ("", *month, *year),
            _ => ("", "", text),
        };
        Self { day: day.into(), month: month.into(), year: year.into(), approximate: false }
    }

    /// The boxes filled from a date.
    #[must_use]
    pub fn of(date: PartialDate) -> Self {
        Self {
            day: date.day.map(|d| d.to_string()).unwrap_or_default(),
            month: date.month.map(|m| m.to_string()).unwrap_or_default(),
            year: date.year.to_string(),
            approximate: date.approximate,
        }
    }

    /// Reads the boxes. All empty means not known.
    pub fn read(&self, errors: &mut FieldErrors, field: &str) -> Option<PartialDate> {
        let (day, month, year) = (self.day.trim(), self.month.trim(), self.year.trim());
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return None;
        }
        let result = (|| {
            let year = year.parse().map_err(|_| DateError::NotNumbers)?;
            let month = (!month.is_empty()).then(|| month_number(month)).transpose()?;
            let day = (!day.is_empty())
                .then(|| day.parse().map_err(|_| DateError::NotNumbers))
                .transpose()?;
            PartialDate::new(year, month, day, self.approximate)
        })();
        result
            .map_err(|error| {
                errors.add(
                    field,
                    match error {
                        DateError::NoSuchDay => t!("Check the date: there is no such day"),
                        DateError::Gap => t!("Add the month, or leave the day empty"),
                        DateError::NotNumbers => {
                            t!("Use numbers, with a year of four digits, for example 3 5 2011. \
                             Leave out what you do not know")
                        }
                    },
                );
            })
            .ok()
    }
}

fn month_number(text: &str) -> Result<i8, DateError> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    let lower = text.to_lowercase();
    NAMES
        .iter()
        .position(|name| lower.starts_with(name))
        .and_then(|at| i8::try_from(at + 1).ok())
        .ok_or(DateError::NotNumbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_alone_is_a_date_and_no_day_is_invented() {
        let date: PartialDate = "2011~".parse().unwrap();
        assert_eq!(date.to_string(), "about 2011");
        assert_eq!(date.exact(), None);
        assert_eq!(date.earliest().to_string(), "2011-01-01");
        assert_eq!(date.latest().to_string(), "2011-12-31");
    }

    #[test]
    fn boxes_take_month_names_and_say_what_is_wrong() {
        let mut errors = FieldErrors::default();
        let raw = RawDate {
            day: "3".into(),
            month: "May".into(),
            year: "2011".into(),
            ..RawDate::default()
        };
        assert_eq!(raw.read(&mut errors, "dob").unwrap().to_string(), "3 May 2011");
        let raw = RawDate {
            day: "31".into(),
            month: "2".into(),
            year: "2011".into(),
            ..RawDate::default()
        };
        assert_eq!(raw.read(&mut errors, "dob"), None);
        assert_eq!(errors.of("dob"), Some("Check the date: there is no such day"));
    }

    #[test]
    fn stored_form_comes_back_the_same() {
        for text in ["2011", "2011-05", "2011-05-03", "2011-05~"] {
            assert_eq!(String::from(text.parse::<PartialDate>().unwrap()), text);
        }
        for text in ["", "20-11", "2011-13", "2011-05-03-04", "2011-02-30", "1700"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
