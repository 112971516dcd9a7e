//! Statutory and local clocks: when something is due, in words that say why.
//!
//! A [`ClockBook`] holds the dated rules of `content/clocks/`. A [`Rule`] turns the instant at
//! which a clock started into a [`Due`]. A running clock ends only by an [`Ending`]: the event
//! that satisfies it, or a [`StopDecision`] by a named person with a reason. Nothing pauses it:
//! that someone has not answered is never a reason for more time.
//!
//! How the open questions of counting are decided (each the reading that protects the child):
//!
//! - *One working day from 16:40 on Friday* is 16:40 on Monday: a working day runs to the same
//!   clock time on the next working day.
//! - A start *after closing time or on a day that does not count* is counted from the next working
//!   day and ends when that day's office hours end: one whole working day has passed by then, and
//!   later nobody is there to act.
//! - *Working hours* of a rule are all 24 hours of Monday to Friday except bank holidays, so that
//!   24 of them are one working day; *office hours* are those in which the office is open.
//! - Clocks that national returns count in dates end with the last day, not at a clock time.
//! - A *month* ends on the corresponding date, or on the last day of a shorter month (Dodds v
//!   Walker [1981] 1 WLR 1027).
//! - *Elapsed hours* are real hours: the nights when clocks change lengthen or shorten nothing.

mod book;
mod calendar;
mod due;
mod holidays;
mod limit;
mod rule;
mod standing;
mod words;

#[cfg(test)]
mod tests;

pub use book::{ClockBook, Grade, NoRule};
pub use calendar::WorkCalendar;
pub use due::Due;
pub use holidays::{Holiday, Holidays};
pub use limit::{Ends, Limit, Unit};
pub use rule::{Basis, Checked, Rule};
pub use standing::{Ending, NamedPerson, Punctuality, Reason, Standing, StopDecision, StopRefused};
pub use words::{date_in_words, time_in_words};
