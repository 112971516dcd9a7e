//! The clocks of the built-in content, at the edges of weekends, holidays and time changes.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn book() -> ClockBook {
    ClockBook::builtin().unwrap()
}

fn at(local: &str) -> Timestamp {
    let local: DateTime = local.parse().unwrap();
    TimeZone::get("Europe/London").unwrap().to_timestamp(local).unwrap()
}

fn rule(id: &str) -> Rule {
    book().rule(id, date(2026, 6, 1)).unwrap().clone()
}

/// The time a clock is due, as the wall in London shows it, to the minute.
fn due(id: &str, start: &str) -> String {
    let rule = rule(id);
    let local = rule.calendar.local(rule.due(at(start)).at);
    format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
}

#[test]
fn one_working_day_from_friday_afternoon_is_monday_at_the_same_time() {
    assert_eq!(due("ack_and_decide", "2026-03-06T16:40"), "2026-03-09T16:40");
}

#[test]
fn a_start_out_of_hours_ends_when_the_next_working_day_closes() {
    for start in ["2026-03-06T17:01", "2026-03-06T23:30", "2026-03-07T10:00", "2026-03-08T23:59"] {
        assert_eq!(due("ack_and_decide", start), "2026-03-09T17:00", "{start}");
    }
    assert_eq!(due("ack_and_decide", "2026-03-09T06:00"), "2026-03-10T06:00");
}

#[test]
fn times_are_told_as_people_say_them() {
    let words = |local: &str| time_in_words(local.parse().unwrap());
    assert_eq!(words("2026-03-06T16:40"), "4:40pm on Friday 6 March 2026");
    assert_eq!(words("2026-11-24T00:05"), "12:05am on Tuesday 24 November 2026");
}

#[test]
fn the_easter_weekend_does_not_count() {
    assert_eq!(due("ack_and_decide", "2026-04-02T15:00"), "2026-04-07T15:00");
    let explained = rule("ack_and_decide").explain(at("2026-04-02T15:00"));
    assert_eq!(
        explained,
        "Acknowledge the referral and decide what happens next: 1 working day, counted from when \
         the referral was received (3pm on Thursday 2 April 2026). Not counted: 2 weekend days, \
         Friday 3 April 2026 (Good Friday) and Monday 6 April 2026 (Easter Monday). It is due by \
         3pm on Tuesday 7 April 2026."
    );
}

#[test]
fn clocks_that_returns_count_in_dates_end_with_the_day() {
    assert_eq!(due("icpc", "2026-03-02T11:00"), "2026-03-23T23:59");
    assert_eq!(due("assessment", "2026-03-02T11:00"), "2026-05-07T23:59");
    assert_eq!(due("icpc", "2026-03-01T11:00"), "2026-03-20T23:59");
}

#[test]
fn a_month_ends_on_the_corresponding_date_or_the_last_of_a_shorter_month() {
    assert_eq!(due("first_review_cpc", "2026-11-30T10:00"), "2027-02-28T23:59");
    assert_eq!(due("first_review_cpc", "2027-11-30T10:00"), "2028-02-29T23:59");
    assert_eq!(due("first_review_cpc", "2028-02-29T10:00"), "2028-05-29T23:59");
}

#[test]
fn elapsed_hours_are_real_hours_when_the_clocks_change() {
    // Clocks went forward at 01:00 on 29 March 2026 and back at 02:00 on 25 October 2026.
    assert_eq!(due("rhi", "2026-03-28T20:00"), "2026-03-31T21:00");
    assert_eq!(due("rhi", "2026-10-24T20:00"), "2026-10-27T19:00");
    assert_eq!(due("written_after_phone", "2026-03-28T12:00"), "2026-03-29T13:00");
    let explained = rule("rhi").explain(at("2026-03-28T20:00"));
    assert!(explained.contains("hours are real hours"), "{explained}");
    // A working day keeps the time on the wall instead.
    assert_eq!(due("ack_and_decide", "2026-03-27T16:40"), "2026-03-30T16:40");
}

#[test]
fn a_start_in_the_repeated_hour_is_told_apart_by_its_instant() {
    let rule = rule("rhi");
    let first: Timestamp = "2026-10-25T00:30:00Z".parse().unwrap();
    let second: Timestamp = "2026-10-25T01:30:00Z".parse().unwrap();
    assert_eq!(rule.calendar.local(first).time(), rule.calendar.local(second).time());
    let apart = rule.due(first).at.duration_until(rule.due(second).at);
    assert_eq!(apart, SignedDuration::from_hours(1));
}

#[test]
fn front_door_hours_pass_on_working_days_only_and_never_outlast_the_statutory_day() {
    assert_eq!(due("front_door_red", "2026-03-06T14:00"), "2026-03-06T18:00");
    assert_eq!(due("front_door_red", "2026-03-06T22:00"), "2026-03-09T02:00");
    assert_eq!(due("front_door_red", "2026-03-06T20:00"), "2026-03-06T23:59");
    assert_eq!(due("front_door_amber", "2026-03-06T16:40"), "2026-03-09T16:40");
    assert_eq!(due("front_door_green", "2026-03-09T10:00"), "2026-03-10T10:00");
    let explained = rule("front_door_green").explain(at("2026-03-09T10:00"));
    assert!(explained.contains("limit of 72 working hours would end later"), "{explained}");
}

#[test]
fn something_to_do_at_once_is_due_the_same_day_and_soon_from_the_start() {
    let (rule, start) = (rule("strategy"), at("2026-03-07T10:00"));
    let due = rule.due(start);
    assert_eq!(rule.calendar.local(due.at).date(), date(2026, 3, 7));
    assert_eq!(rule.standing(start, &due, None), Standing::DueSoon);
    assert_eq!(rule.remaining(start, &due), "due now");
}

#[test]
fn a_clock_runs_warns_and_is_overdue_however_long_nobody_answers() {
    let rule = rule("ack_and_decide");
    let due = rule.due(at("2026-03-06T16:40"));
    let standing = |now: &str| rule.standing(at(now), &due, None);
    assert_eq!(standing("2026-03-06T16:40"), Standing::Running);
    assert_eq!(standing("2026-03-09T14:39"), Standing::Running);
    assert_eq!(standing("2026-03-09T14:40"), Standing::DueSoon);
    assert_eq!(standing("2026-03-09T16:40"), Standing::DueSoon);
    assert_eq!(standing("2026-03-09T16:41"), Standing::Breached);
    assert_eq!(standing("2027-03-09T16:41"), Standing::Breached);
}

#[test]
fn the_time_left_is_told_in_words() {
    let rule = rule("ack_and_decide");
    let due = rule.due(at("2026-03-06T16:40"));
    let words = |now: &str| rule.remaining(at(now), &due);
    assert_eq!(words("2026-03-06T16:40"), "1 working day left");
    assert_eq!(words("2026-03-07T12:00"), "7 working hours left");
    assert_eq!(words("2026-03-09T13:40"), "3 working hours left");
    assert_eq!(words("2026-03-09T16:10"), "30 working minutes left");
    assert_eq!(words("2026-03-09T17:20"), "overdue by 40 minutes");
    assert_eq!(words("2026-03-11T17:00"), "overdue by 2 days");
}

#[test]
fn a_clock_ends_by_its_event_or_by_a_named_decision() {
    let rule = rule("ack_and_decide");
    let due = rule.due(at("2026-03-06T16:40"));
    let satisfied = |when: &str| Ending::Satisfied { at: at(when), event: "told".into() };
    let now = at("2026-04-01T09:00");
    let standing = |ending: &Ending| rule.standing(now, &due, Some(ending));
    assert_eq!(standing(&satisfied("2026-03-09T16:40")), Standing::Met(Punctuality::InTime));
    assert_eq!(standing(&satisfied("2026-03-09T16:41")), Standing::Met(Punctuality::Late));
    let by = NamedPerson::new(Uuid::nil(), "Alex Example").unwrap();
    let reason = Reason::new("Sent to the authority where the child lives").unwrap();
    let decision = StopDecision { at: now, by, reason };
    assert_eq!(standing(&Ending::Decided(decision)), Standing::Stopped);
}

#[test]
fn nobody_and_no_reason_cannot_stop_a_clock() {
    assert_eq!(NamedPerson::new(Uuid::nil(), "  "), Err(StopRefused::NoName));
    assert_eq!(Reason::new("no answer yet"), Err(StopRefused::ReasonTooShort));
}

#[test]
fn a_duty_that_has_not_commenced_has_no_rule() {
    let book = book();
    let on = date(2026, 11, 1);
    let refused = book.rule("mandatory_report", on).unwrap_err();
    assert_eq!(refused, NoRule::NotInForce { id: "mandatory_report".into(), on });
    assert_eq!(book.rule("absent", on).unwrap_err(), NoRule::Unknown("absent".into()));
}

#[test]
fn a_year_without_listed_holidays_is_counted_early_and_says_so() {
    let due = rule("icpc").due(at("2035-12-20T10:00"));
    assert!(due.caution.unwrap().contains("bank holidays of 2035 are not listed"));
    assert_eq!(rule("icpc").due(at("2026-12-20T10:00")).caution, None);
    assert_eq!(rule("rhi").due(at("2035-12-20T10:00")).caution, None);
}

#[test]
fn the_end_of_time_is_reached_without_a_fault() {
    for rule in book().rules() {
        assert!(rule.due(Timestamp::MAX).at <= Timestamp::MAX);
        let _ = rule.due(Timestamp::MIN);
    }
}

/// Easter Sundays of 2022 to 2030 by the Gregorian reckoning.
const EASTERS: [Date; 9] = [
    date(2022, 4, 17),
    date(2023, 4, 9),
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2028, 4, 16),
    date(2029, 4, 1),
    date(2030, 4, 21),
];

#[test]
fn the_listed_holidays_follow_from_the_1971_act_but_for_proclaimed_days() {
    let book = book();
    let holidays = book.calendar().holidays();
    for sunday in EASTERS {
        let year = sunday.year();
        let day = SignedDuration::from_hours(24);
        let monday = jiff::civil::Weekday::Monday;
        let mut expected = vec![
            sunday.saturating_sub(day * 2),
            sunday.saturating_add(day),
            date(year, 5, 1).nth_weekday_of_month(1, monday).unwrap(),
            date(year, 5, 1).nth_weekday_of_month(-1, monday).unwrap(),
            date(year, 8, 1).nth_weekday_of_month(-1, monday).unwrap(),
        ];
        for fixed in [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)] {
            let mut on = fixed;
            while on.weekday().to_monday_zero_offset() >= 5 || expected.contains(&on) {
                on = on.saturating_add(day);
            }
            expected.push(on);
        }
        match year {
            2022 => {
                expected.retain(|on| *on != date(2022, 5, 30));
                expected.extend([date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)]);
            }
            2023 => expected.push(date(2023, 5, 8)),
            _ => {}
        }
        expected.sort_unstable();
        let listed: Vec<Date> =
            holidays.all().map(|day| day.date).filter(|day| day.year() == year).collect();
        assert_eq!(listed, expected, "{year}");
    }
}

#[test]
fn every_built_in_clock_explains_itself_and_names_its_source() {
    for rule in book().rules() {
        let due = rule.due(at("2026-03-06T16:40"));
        assert!(due.explained.starts_with(rule.label()), "{}", due.explained);
        assert!(due.explained.contains("due by"), "{}", due.explained);
        assert!(!rule.source().is_empty() && !rule.ends_when().is_empty());
    }
}

mod content {
    use super::*;

    const CLOCKS: &str = include_str!("../../../../content/clocks/clocks.yaml");
    const HOLIDAYS: &str =
        include_str!("../../../../content/clocks/bank-holidays-england-wales.yaml");

    fn fault(clocks: &str, holidays: &str) -> String {
        ClockBook::from_yaml(clocks, holidays).unwrap_err().to_string()
    }

    fn line_of(text: &str, part: &str) -> usize {
        1 + text.lines().position(|line| line.contains(part)).unwrap()
    }

    #[test]
    fn a_limit_of_nothing_is_refused_with_its_line() {
        let broken = CLOCKS.replace("limit: 45", "limit: 0");
        let line = line_of(&broken, "limit: 0");
        let expected =
            format!("content/clocks/clocks.yaml:{line}: the limit must be from 1 to 1000");
        assert_eq!(fault(&broken, HOLIDAYS), expected);
    }

    #[test]
    fn a_cap_that_is_no_clock_is_refused_with_its_line() {
        let broken = CLOCKS.replacen("not_later_than: ack_and_decide", "not_later_than: ack", 1);
        let line = line_of(&broken, "not_later_than: ack");
        assert_eq!(
            fault(&broken, HOLIDAYS),
            format!("content/clocks/clocks.yaml:{line}: `ack` is not a clock listed above")
        );
    }

    #[test]
    fn an_unknown_unit_is_refused_with_its_line() {
        let broken = CLOCKS.replace("limit: 45\n    unit: working_day", "limit: 45\n    unit: day");
        let message = fault(&broken, HOLIDAYS);
        assert!(message.contains("unknown variant `day`"), "{message}");
        let line = line_of(&broken, "unit: day");
        assert!(message.contains(&format!("clocks.yaml:{line}:")), "{line} {message}");
    }

    #[test]
    fn a_holiday_at_a_weekend_or_listed_twice_is_refused() {
        let broken = HOLIDAYS.replace("2026-12-28", "2026-12-26");
        assert!(fault(CLOCKS, &broken).contains("2026-12-26 is a weekend"));
        let broken = HOLIDAYS.replace("2026-12-28", "2026-12-25");
        assert!(fault(CLOCKS, &broken).contains("2026-12-25 is listed twice"));
    }

    #[test]
    fn a_new_version_must_take_effect_later_and_then_applies_from_its_date() {
        let entry = "clocks:\n  - {id: rhi, label: Hold it, starts: back, ends_when: held, \
                     limit: 48, unit: elapsed_hour, due_soon: {limit: 8, unit: elapsed_hour}, \
                     effective_from: 2021-01-01, basis: local, checked: read, source: Here}\n";
        let both = CLOCKS.replacen("clocks:\n", entry, 1);
        let book = ClockBook::from_yaml(&both, HOLIDAYS).unwrap();
        assert_eq!(book.rule("rhi", date(2021, 6, 1)).unwrap().limit().count, 48);
        assert_eq!(book.rule("rhi", date(2026, 6, 1)).unwrap().limit().count, 72);
        let same = both.replace("effective_from: 2021-01-01", "effective_from: 2022-01-01");
        assert!(fault(&same, HOLIDAYS).contains("must take effect after the one before"));
    }
}

/// Instants from 2022 to 2029, thick around the nights when clocks change.
fn instants() -> impl Strategy<Value = Timestamp> {
    let any = (1_640_995_200_i64..1_893_456_000).prop_map(|s| Timestamp::from_second(s).unwrap());
    let nights = prop::sample::select(vec![
        "2024-03-31T01:00:00Z",
        "2024-10-27T01:00:00Z",
        "2026-03-29T01:00:00Z",
        "2026-10-25T01:00:00Z",
        "2028-02-29T00:00:00Z",
    ]);
    let near = (nights, -10_000_i64..10_000).prop_map(|(night, seconds)| {
        let night: Timestamp = night.parse().unwrap();
        night.saturating_add(SignedDuration::from_secs(seconds)).unwrap()
    });
    prop_oneof![any, near]
}

fn every_rule() -> impl Strategy<Value = Rule> {
    prop::sample::select(book().rules().cloned().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn a_later_start_is_never_due_earlier(rule in every_rule(), a in instants(), b in instants()) {
        let (first, second) = (a.min(b), a.max(b));
        prop_assert!(rule.due(first).at <= rule.due(second).at);
    }

    #[test]
    fn starts_close_together_keep_their_order(
        rule in every_rule(), a in instants(), gap in 0_i64..7200,
    ) {
        let b = a.saturating_add(SignedDuration::from_secs(gap)).unwrap();
        prop_assert!(rule.due(a).at <= rule.due(b).at);
    }

    #[test]
    fn nothing_is_due_before_it_starts(rule in every_rule(), start in instants()) {
        prop_assert!(rule.due(start).at >= start);
    }

    #[test]
    fn working_time_never_ends_on_a_day_off(rule in every_rule(), start in instants()) {
        let by_work =
            matches!(rule.limit.unit, Unit::WorkingDay | Unit::WorkingHour | Unit::OfficeHour);
        let day = rule.calendar.local(rule.due(start).at).date();
        prop_assert!(!by_work || rule.calendar.is_working_day(day));
    }

    #[test]
    fn a_working_day_leaves_a_whole_days_office_hours(start in instants()) {
        let rule = rule("ack_and_decide");
        let office = rule.calendar.office_time(start, rule.due(start).at);
        prop_assert_eq!(office, SignedDuration::from_hours(8));
    }

    #[test]
    fn a_clock_left_alone_only_gets_worse(
        rule in every_rule(), start in instants(), a in instants(), b in instants(),
    ) {
        let due = rule.due(start);
        let rank = |now| match rule.standing(now, &due, None) {
            Standing::Running => 0,
            Standing::DueSoon => 1,
            _ => 2,
        };
        prop_assert!(rank(a.min(b)) <= rank(a.max(b)));
    }
}
