//! Dates and lengths of time in plain English.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A date as "Friday 6 March 2026".
pub fn date_in_words(date: Date) -> String {
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let weekday = DAYS.get(weekday).copied().unwrap_or_default();
    let month = MONTHS.get(month).copied().unwrap_or_default();
    format!("{weekday} {} {month} {}", date.day(), date.year())
}

/// A time as "16:40 on Friday 6 March 2026".
pub fn time_in_words(local: DateTime) -> String {
    let date = date_in_words(local.date());
    format!("{:02}:{:02} on {date}", local.hour(), local.minute())
}

/// "1 hour", "3 hours".
pub(super) fn counted(count: i64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The length in its largest sensible unit, rounded down: minutes below an hour, hours below two
/// days, then days.
pub(super) fn length(duration: SignedDuration) -> String {
    match duration.as_hours() {
        0 if duration.as_mins() == 0 => "less than a minute".to_owned(),
        0 => counted(duration.as_mins(), "minute"),
        hours @ 1..48 => counted(hours, "hour"),
        hours => counted(hours / 24, "day"),
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
