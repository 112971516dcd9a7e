//! Dates and lengths of time in plain words, in the language in force.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};

use crate::time::{self, day_in_words, weekday_name};
use crate::{t, tn};

/// A date as "Friday 6 March 2026".
pub fn date_in_words(date: Date) -> String {
    t!("{weekday} {date}", weekday = weekday_name(date.weekday()), date = day_in_words(date))
}

/// A time as "4:40pm on Friday 6 March 2026".
pub fn time_in_words(local: DateTime) -> String {
    let (time, date) = (time::time_in_words(local), date_in_words(local.date()));
    t!("{time} on {date}", time = time, date = date)
}

/// The length in its largest sensible unit, rounded down: minutes below an hour, hours below two
/// days, then days.
pub(super) fn length(duration: SignedDuration) -> String {
    match duration.as_hours() {
        0 if duration.as_mins() == 0 => t!("less than a minute"),
        0 => tn!(duration.as_mins(), "{n} minute", "{n} minutes"),
        hours @ 1..48 => tn!(hours, "{n} hour", "{n} hours"),
        hours => tn!(hours / 24, "{n} day", "{n} days"),
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => t!("{most} and {last}", most = most.join(", "), last = last),
    }
}
