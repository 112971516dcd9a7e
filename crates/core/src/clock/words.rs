//! Dates and lengths of time in plain English.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};

/// A date as "Friday 6 March 2026".
pub fn date_in_words(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// A time as "4:40pm on Friday 6 March 2026".
pub fn time_in_words(local: DateTime) -> String {
    let format = if local.minute() == 0 { "%-I%P" } else { "%-I:%M%P" };
    format!("{} on {}", local.strftime(format), date_in_words(local.date()))
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
