//! Dates that may be known only in part. A day that was not said is never invented.

use std::fmt;

/// A date of which any part may be unknown, in the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
    approximate: bool,
}

impl PartialDate {
    /// A date known to the day; `None` when there is no such day between 1850 and 2199.
    #[must_use]
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        let known = (1..=days_in(year, month)?).contains(&day);
        known.then_some(Self { year, month: Some(month), day: Some(day), approximate: false })
    }

    /// A date known to the month.
    #[must_use]
    pub fn month(year: u16, month: u8) -> Option<Self> {
        days_in(year, month)?;
        Some(Self { year, month: Some(month), day: None, approximate: false })
    }

    /// A date known to the year.
    #[must_use]
    pub fn year(year: u16) -> Option<Self> {
        let known = (1850..=2199).contains(&year);
        known.then_some(Self { year, month: None, day: None, approximate: false })
    }

    /// The same date marked as somebody's estimate.
    #[must_use]
    pub fn about(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The parts that are known: year, month 1 to 12, day 1 to 31.
    #[must_use]
    pub fn parts(self) -> (u16, Option<u8>, Option<u8>) {
        (self.year, self.month, self.day)
    }

    /// Whether it was said to be an estimate.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        self.approximate
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.approximate {
            f.write_str("about ")?;
        }
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `2011-04-03`, `03/04/2011` (day first, as in Britain), `3 April 2011`, `2011-04`,
/// `04/2011`, `April 2011`, `2011`, each with `about`, `c.` or `circa` before it. A year of two
/// digits is refused, because it would have to be guessed.
#[must_use]
pub fn parse(text: &str) -> Option<PartialDate> {
    let lower = text.trim().to_lowercase();
    let stripped = ["about ", "approx ", "approximately ", "circa ", "c. ", "c.", "c ", "~"]
        .iter()
        .find_map(|mark| lower.strip_prefix(mark));
    let date = parse_exact(stripped.unwrap_or(&lower))?;
    Some(if stripped.is_some() { date.about() } else { date })
}

fn parse_exact(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    match *parts.as_slice() {
        [year] => PartialDate::year(whole_year(year)?),
        [first, second] => {
            let (year, month) = match whole_year(first) {
                Some(year) => (year, month_of(second)?),
                None => (whole_year(second)?, month_of(first)?),
            };
            PartialDate::month(year, month)
        }
        [first, month, last] => {
            let (year, day) = match whole_year(first) {
                Some(year) => (year, day_of(last)?),
                None => (whole_year(last)?, day_of(first)?),
            };
            PartialDate::day(year, month_of(month)?, day)
        }
        _ => None,
    }
}

fn whole_year(text: &str) -> Option<u16> {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

fn day_of(text: &str) -> Option<u8> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end));
    bare.unwrap_or(text).parse().ok()
}

fn month_of(text: &str) -> Option<u8> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let place = MONTHS.iter().position(|short| text.starts_with(short))?;
    u8::try_from(place + 1).ok()
}

fn days_in(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    PartialDate::year(year)?;
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}
