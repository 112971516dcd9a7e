//! Counting on the calendar of one place: its time zone, office hours and bank holidays.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::holidays::{Holidays, is_weekend};
use super::limit::{Ends, Limit, Unit};

/// The last instant of a day that a store of microseconds can hold.
const END_OF_DAY: Time = Time::constant(23, 59, 59, 999_999_000);

/// A time zone, office hours and bank holidays.
#[derive(Clone, Debug)]
pub struct WorkCalendar {
    pub(super) zone: TimeZone,
    pub(super) opens: Time,
    pub(super) closes: Time,
    pub(super) holidays: Holidays,
}

impl WorkCalendar {
    /// The clock on the wall at `instant`.
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.zone.to_datetime(instant)
    }

    /// The instant at which the wall shows `local`; in an hour that is skipped or repeated, the
    /// reading that keeps the offset of before.
    pub fn instant(&self, local: DateTime) -> Timestamp {
        self.zone.to_timestamp(local).unwrap_or(Timestamp::MAX)
    }

    /// Monday to Friday and not a bank holiday.
    pub fn is_working_day(&self, date: Date) -> bool {
        !is_weekend(date) && self.holidays.on(date).is_none()
    }

    /// The bank holidays used.
    pub fn holidays(&self) -> &Holidays {
        &self.holidays
    }

    /// The `count`th working day after `date`.
    pub fn working_days_after(&self, date: Date, count: u16) -> Date {
        let mut day = date;
        let mut left = count;
        while left > 0 && day < Date::MAX {
            day = day.saturating_add(SignedDuration::from_hours(24));
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// The last instant of `date`.
    pub fn end_of(&self, date: Date) -> Timestamp {
        self.instant(date.to_datetime(END_OF_DAY))
    }

    /// Whether `instant` is what [`WorkCalendar::end_of`] gives for its day.
    pub fn is_end_of_day(&self, instant: Timestamp) -> bool {
        self.local(instant).time() >= END_OF_DAY
    }

    /// When a clock of `limit` that started at `start` is due.
    pub fn due(&self, start: Timestamp, limit: Limit) -> Timestamp {
        let date = self.local(start).date();
        let count = i64::from(limit.count);
        match limit.unit {
            Unit::ElapsedHour => {
                start.saturating_add(SignedDuration::from_hours(count)).unwrap_or(Timestamp::MAX)
            }
            Unit::WorkingHour => self.after_hours(start, count, Time::midnight(), END_OF_DAY),
            Unit::OfficeHour => self.after_hours(start, count, self.opens, self.closes),
            Unit::WorkingDay => self.after_working_days(start, limit),
            Unit::CalendarDay => self.end_of(date.saturating_add(Span::new().days(count))),
            Unit::CalendarWeek => self.end_of(date.saturating_add(Span::new().weeks(count))),
            Unit::CalendarMonth => self.end_of(date.saturating_add(Span::new().months(count))),
            Unit::SameDayOrSoonest | Unit::AsSoonAsPracticable => self.end_of(date),
        }
    }

    /// Whether a clock that starts then is counted from the next working day.
    pub fn is_out_of_hours(&self, start: Timestamp) -> bool {
        let local = self.local(start);
        !self.is_working_day(local.date()) || local.time() > self.closes
    }

    fn after_working_days(&self, start: Timestamp, limit: Limit) -> Timestamp {
        let local = self.local(start);
        let last = self.working_days_after(local.date(), limit.count);
        match limit.ends {
            Ends::EndOfDay => self.end_of(last),
            Ends::SameTime if self.is_out_of_hours(start) => {
                self.instant(last.to_datetime(self.closes))
            }
            Ends::SameTime => self.instant(last.to_datetime(local.time())),
        }
    }

    /// `hours` later, when only the time from `opens` to `closes` of working days passes.
    fn after_hours(&self, start: Timestamp, hours: i64, opens: Time, closes: Time) -> Timestamp {
        let mut left = SignedDuration::from_hours(hours);
        let mut day = self.local(start).date();
        while day < Date::MAX {
            if self.is_working_day(day) {
                let from = self.instant(day.to_datetime(opens)).max(start);
                let to = self.instant(day.to_datetime(closes));
                // A day that is counted whole ends a microsecond early, so as not to be the next.
                let slack = SignedDuration::from_micros(i64::from(closes == END_OF_DAY));
                let open = from.duration_until(to) + slack;
                if open >= left {
                    return from.saturating_add(left).unwrap_or(Timestamp::MAX).min(to);
                }
                left -= open.max(SignedDuration::ZERO);
            }
            day = day.saturating_add(SignedDuration::from_hours(24));
        }
        Timestamp::MAX
    }

    /// The time in which the office is open between two instants.
    pub fn office_time(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let mut total = SignedDuration::ZERO;
        let (mut day, last) = (self.local(from).date(), self.local(to).date());
        while day <= last && day < Date::MAX {
            if self.is_working_day(day) {
                let opens = self.instant(day.to_datetime(self.opens)).max(from);
                let closes = self.instant(day.to_datetime(self.closes)).min(to);
                total += opens.duration_until(closes).max(SignedDuration::ZERO);
            }
            day = day.saturating_add(SignedDuration::from_hours(24));
        }
        total
    }
}
