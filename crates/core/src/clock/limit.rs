//! How long a clock allows: a number of units, and what the last unit ends with.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{t, tn};

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Real hours, also through the nights when clocks change.
    ElapsedHour,
    /// Hours of Monday to Friday except bank holidays, all 24 of each day.
    WorkingHour,
    /// Hours in which the office is open on a working day.
    OfficeHour,
    /// Monday to Friday except bank holidays.
    WorkingDay,
    /// Days of the calendar.
    CalendarDay,
    /// Seven days of the calendar.
    CalendarWeek,
    /// To the corresponding date of a later month.
    CalendarMonth,
    /// At once; shown as overdue when the day is over.
    SameDayOrSoonest,
    /// As soon as practicable; shown as overdue when the day is over.
    AsSoonAsPracticable,
}

impl Unit {
    /// Whether the law or procedure gives no number, only "at once" or "as soon as practicable".
    pub fn is_at_once(self) -> bool {
        matches!(self, Self::SameDayOrSoonest | Self::AsSoonAsPracticable)
    }
}

/// Where in its last day a limit of working days ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// At the clock time at which it started.
    SameTime,
    /// With the day: national returns count these clocks in dates.
    #[default]
    EndOfDay,
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many; 0 only for a unit that is "at once".
    #[serde(rename = "limit")]
    pub count: u16,
    /// Of what.
    pub unit: Unit,
    /// Where the last working day ends; of no meaning for other units.
    #[serde(default)]
    pub ends: Ends,
}

impl Limit {
    /// The largest number of units a limit may have: beyond it a data file is mistaken.
    pub const MOST: u16 = 1000;

    /// Why this limit cannot be meant, if it cannot.
    pub(super) fn fault(self) -> Option<String> {
        match (self.unit.is_at_once(), self.count) {
            (true, 0) | (false, 1..=Self::MOST) => None,
            (true, _) => Some("a limit that is at once must be 0".to_owned()),
            (false, _) => Some(format!("the limit must be from 1 to {}", Self::MOST)),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self.unit {
            Unit::ElapsedHour => tn!(self.count, "{n} hour", "{n} hours"),
            Unit::WorkingHour => tn!(self.count, "{n} working hour", "{n} working hours"),
            Unit::OfficeHour => tn!(self.count, "{n} office hour", "{n} office hours"),
            Unit::WorkingDay => tn!(self.count, "{n} working day", "{n} working days"),
            Unit::CalendarDay => tn!(self.count, "{n} day", "{n} days"),
            Unit::CalendarWeek => tn!(self.count, "{n} week", "{n} weeks"),
            Unit::CalendarMonth => tn!(self.count, "{n} month", "{n} months"),
            Unit::SameDayOrSoonest => t!("at once, the same day"),
            Unit::AsSoonAsPracticable => t!("as soon as practicable"),
        })
    }
}
