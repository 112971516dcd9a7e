//! One clock's rule: what starts it, how long it allows, on whose authority.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::WorkCalendar;
use super::due::Due;
use super::limit::{Ends, Limit, Unit};
use super::standing::{Ending, Punctuality, Standing};
use super::words::{date_in_words, length, list, time_in_words};
use crate::{messages::content, t, tn};

/// On what a rule rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Statute, statutory guidance or a national return.
    National,
    /// Forms or procedures of real areas.
    Local,
    /// A default of this product, to be set by the partnership.
    ProductDefault,
}

/// How far a rule was compared with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    /// The source itself was read.
    Read,
    /// A summary of the source was read.
    ReadInSummary,
    /// Written from background knowledge: confirm before relying on it.
    NotRead,
}

/// One version of one clock.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) starts: String,
    pub(super) ends_when: String,
    pub(super) limit: Limit,
    pub(super) due_soon: Limit,
    pub(super) effective_from: Option<Date>,
    pub(super) basis: Basis,
    pub(super) checked: Checked,
    pub(super) source: String,
    pub(super) note: Option<String>,
    pub(super) not_later_than: Option<Box<Rule>>,
    pub(super) calendar: Arc<WorkCalendar>,
}

impl Rule {
    /// Its id, stable over versions.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What has to be done, as an instruction.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What starts it, as the rest of "when ...".
    pub fn starts(&self) -> &str {
        &self.starts
    }

    /// The event that satisfies it, as the rest of "until ...".
    pub fn ends_when(&self) -> &str {
        &self.ends_when
    }

    /// How long it allows.
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// From when this version applies; nothing while it waits for commencement.
    pub fn effective_from(&self) -> Option<Date> {
        self.effective_from
    }

    /// On what it rests.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// How far it was compared with its source.
    pub fn checked(&self) -> Checked {
        self.checked
    }

    /// Where it comes from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What else to know, such as what other areas do.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// When a clock that started at `start` is due, and why.
    pub fn due(&self, start: Timestamp) -> Due {
        let own = self.calendar.due(start, self.limit);
        let (at, cap) = match &self.not_later_than {
            Some(cap) => (own.min(cap.due(start).at), Some(cap)),
            None => (own, None),
        };
        let cap = cap.filter(|_| at < own);
        let mut explained = self.sentence(start, cap.map_or(self, Box::as_ref), at);
        if let Some(cap) = cap {
            let own = self.limit;
            explained = t!(
                "{explained} Its own limit of {own} would end later, but “{cap}” still applies.",
                explained = explained,
                own = own,
                cap = content(&cap.label)
            );
        }
        Due {
            rule: self.id.clone(),
            started: start,
            at,
            explained,
            caution: self.caution(start, at),
        }
    }

    /// How the time it is due follows from `start`, in sentences.
    pub fn explain(&self, start: Timestamp) -> String {
        self.due(start).explained
    }

    /// Where a clock with this rule stands at `now`.
    pub fn standing(&self, now: Timestamp, due: &Due, ending: Option<&Ending>) -> Standing {
        match ending {
            Some(Ending::Satisfied { at, .. }) if *at <= due.at => {
                Standing::Met(Punctuality::InTime)
            }
            Some(Ending::Satisfied { .. }) => Standing::Met(Punctuality::Late),
            Some(Ending::Decided(_)) => Standing::Stopped,
            None if now > due.at => Standing::Breached,
            None if self.calendar.due(now, self.due_soon) >= due.at => Standing::DueSoon,
            None => Standing::Running,
        }
    }

    /// The time left or over at `now`: "3 working hours left", "overdue by 2 days".
    pub fn remaining(&self, now: Timestamp, due: &Due) -> String {
        if now > due.at {
            return t!("overdue by {time}", time = length(due.at.duration_until(now)));
        }
        if self.limit.unit.is_at_once() {
            return t!("due now");
        }
        let counts_work =
            matches!(self.limit.unit, Unit::WorkingDay | Unit::WorkingHour | Unit::OfficeHour);
        if !counts_work {
            return t!("{time} left", time = length(now.duration_until(due.at)));
        }
        self.work_left(now, due.at)
    }

    fn work_left(&self, now: Timestamp, at: Timestamp) -> String {
        let office = self.calendar.office_time(now, at);
        let day = self.calendar.opens.duration_until(self.calendar.closes);
        let days = office.as_secs() / day.as_secs().max(1);
        if office > SignedDuration::ZERO && days > 0 {
            tn!(days, "{n} working day left", "{n} working days left")
        } else if office.as_hours() > 0 {
            tn!(office.as_hours(), "{n} working hour left", "{n} working hours left")
        } else if office.as_mins() > 0 {
            tn!(office.as_mins(), "{n} working minute left", "{n} working minutes left")
        } else {
            t!("no working time left, due in {time}", time = length(now.duration_until(at)))
        }
    }

    fn sentence(&self, start: Timestamp, deciding: &Rule, at: Timestamp) -> String {
        let calendar = &self.calendar;
        let from = time_in_words(calendar.local(start));
        let mut out = t!(
            "{clock}: {limit}, counted from when {starts} ({from}).",
            clock = content(&self.label),
            limit = deciding.limit,
            starts = content(&self.starts),
            from = from
        );
        if let Some(skipped) = deciding.skipped(start, at) {
            out.push(' ');
            out.push_str(&skipped);
        }
        let local = calendar.local(at);
        let due = if calendar.is_end_of_day(at) {
            t!("the end of {date}", date = date_in_words(local.date()))
        } else {
            time_in_words(local)
        };
        out.push(' ');
        out.push_str(&t!("It is due by {time}.", time = due));
        if !calendar.is_working_day(local.date()) {
            out.push(' ');
            out.push_str(&t!("That is not a working day: do it before the office closes for it."));
        }
        out
    }

    /// What was not counted, or why wall time looks odd.
    fn skipped(&self, start: Timestamp, at: Timestamp) -> Option<String> {
        let calendar = &self.calendar;
        let (from, to) = (calendar.local(start), calendar.local(at));
        if self.limit.unit == Unit::ElapsedHour {
            let change = calendar.zone.to_offset(start) != calendar.zone.to_offset(at);
            return change.then(|| t!("The clocks change in between; hours are real hours."));
        }
        let by_work =
            matches!(self.limit.unit, Unit::WorkingDay | Unit::WorkingHour | Unit::OfficeHour);
        if !by_work {
            return None;
        }
        let mut parts = Vec::new();
        let out_of_hours = self.limit.unit == Unit::WorkingDay
            && self.limit.ends == Ends::SameTime
            && calendar.is_out_of_hours(start);
        if out_of_hours || !calendar.is_working_day(from.date()) {
            parts.push(t!("It came outside working time, so the next working day counts first."));
        }
        parts.extend(self.days_left_out(from.date(), to.date()));
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn days_left_out(&self, from: Date, to: Date) -> Option<String> {
        let days = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day < to);
        let mut weekend = 0;
        let mut named = Vec::new();
        for day in days {
            match self.calendar.holidays.on(day) {
                Some(holiday) => named.push(t!(
                    "{date} ({holiday})",
                    date = date_in_words(day),
                    holiday = content(&holiday.name)
                )),
                None => weekend += i64::from(!self.calendar.is_working_day(day)),
            }
        }
        let mut out = Vec::new();
        if weekend > 0 {
            out.push(tn!(weekend, "{n} weekend day", "{n} weekend days"));
        }
        out.extend(named);
        (!out.is_empty()).then(|| t!("Not counted: {days}.", days = list(&out)))
    }

    fn caution(&self, start: Timestamp, at: Timestamp) -> Option<String> {
        let counts_work = |limit: Limit| {
            matches!(limit.unit, Unit::WorkingDay | Unit::WorkingHour | Unit::OfficeHour)
        };
        let years = self.calendar.local(start).year()..=self.calendar.local(at).year();
        let missing = years.into_iter().find(|year| !self.calendar.holidays.covers(*year))?;
        counts_work(self.limit).then(|| {
            format!(
                "The bank holidays of {missing} are not listed; only weekends were left out, so \
                 the true limit may be later."
            )
        })
    }
}
