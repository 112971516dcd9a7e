//! Instants, and the clock that tells them. Stored in UTC, shown in Europe/London.

pub use jiff::{SignedDuration, Timestamp, civil::Date};
use jiff::{civil, tz::TimeZone};

use crate::t;

/// Tells the time. Injected everywhere; tests move their own.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The time zone of every deadline and every page: Europe/London.
#[must_use]
pub fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// The calendar day in London on which an instant falls.
#[must_use]
pub fn day_in_london(at: Timestamp) -> Date {
    at.to_zoned_datetime(london()).date()
}

/// An instant in words, in the language in force: `24 November 2026 at 4:40pm`.
#[must_use]
pub fn in_words(at: Timestamp) -> String {
    let local = at.to_zoned_datetime(london());
    let (day, time) = (day_in_words(local.date()), time_in_words(local.datetime()));
    t!("{day} at {time}", day = day, time = time)
}

/// A day in words: `24 November 2026`.
#[must_use]
pub fn day_in_words(day: Date) -> String {
    t!("{day} {month} {year}", day = day.day(), month = month_name(day.month()), year = day.year())
}

/// A time of day in words: `4:40pm`, `9am`.
pub(crate) fn time_in_words(at: civil::DateTime) -> String {
    let hour = match at.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let minute = format!("{:02}", at.minute());
    match (at.hour() < 12, at.minute() == 0) {
        (true, true) => t!("{hour}am", hour = hour),
        (true, false) => t!("{hour}:{minute}am", hour = hour, minute = minute),
        (false, true) => t!("{hour}pm", hour = hour),
        (false, false) => t!("{hour}:{minute}pm", hour = hour, minute = minute),
    }
}

/// The name of a month, 1 to 12.
pub(crate) fn month_name(month: i8) -> String {
    match month {
        1 => t!("January"),
        2 => t!("February"),
        3 => t!("March"),
        4 => t!("April"),
        5 => t!("May"),
        6 => t!("June"),
        7 => t!("July"),
        8 => t!("August"),
        9 => t!("September"),
        10 => t!("October"),
        11 => t!("November"),
        _ => t!("December"),
    }
}

/// The name of a day of the week.
pub(crate) fn weekday_name(day: civil::Weekday) -> String {
    match day {
        civil::Weekday::Monday => t!("Monday"),
        civil::Weekday::Tuesday => t!("Tuesday"),
        civil::Weekday::Wednesday => t!("Wednesday"),
        civil::Weekday::Thursday => t!("Thursday"),
        civil::Weekday::Friday => t!("Friday"),
        civil::Weekday::Saturday => t!("Saturday"),
        civil::Weekday::Sunday => t!("Sunday"),
    }
}

/// A month in words: `November 2026`.
#[must_use]
pub fn month_in_words(day: Date) -> String {
    t!("{month} {year}", month = month_name(day.month()), year = day.year())
}

/// The first day of each of the last `many` months in London, the current one last, and of the month
/// after it; each with its first instant.
#[must_use]
pub fn month_starts(at: Timestamp, many: u8) -> Vec<(Date, Timestamp)> {
    let first = day_in_london(at).first_of_month();
    let months = (1 - i64::from(many))..=1;
    let day = |n: i64| first.saturating_add(jiff::Span::new().months(n));
    let start =
        |day: Date| day.to_zoned_datetime(london()).map_or(Timestamp::MAX, |z| z.timestamp());
    months.map(day).map(|day| (day, start(day))).collect()
}

/// The instant at the end of a London day: the last moment that "on that day" covers.
#[must_use]
pub fn end_of_day(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(day);
    next.to_zoned_datetime(london()).map_or(Timestamp::MAX, |z| z.timestamp())
}

/// Whole years between a birth date and a day: a birthday of 29 February is reached on 1 March in
/// common years (Family Law Reform Act 1969 s.9 counts from the commencement of the day).
#[must_use]
pub fn age_on(born: Date, on: Date) -> i16 {
    let years = on.year() - born.year();
    if (on.month(), on.day()) < (born.month(), born.day()) { years - 1 } else { years }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_told_in_london_words_on_both_sides_of_the_clock_change() {
        let summer: Timestamp = "2026-07-01T15:40:00Z".parse().unwrap();
        let winter: Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
        assert_eq!(in_words(summer), "1 July 2026 at 4:40pm");
        assert_eq!(in_words(winter), "1 December 2026 at 12am");
    }

    #[test]
    fn a_leap_day_child_turns_eighteen_on_the_first_of_march() {
        let born: Date = "2008-02-29".parse().unwrap();
        assert_eq!(age_on(born, "2026-02-28".parse().unwrap()), 17);
        assert_eq!(age_on(born, "2026-03-01".parse().unwrap()), 18);
    }
}
