//! A screening exactly as answered, page after page, and what has to be mended before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tessera_core::{
    concern::RawChild,
    errors::{FieldErrors, optional_text},
    partial_date::{PartialDate, RawDate},
    t,
    time::{Date, age_on},
};
use tessera_screening::{Answer, Instrument, Response, Screening};

/// The longest answer in words.
const LONG: usize = 8_000;
/// The longest answer of a line or two.
const SHORT: usize = 500;

/// What was answered so far. Kept as a draft on the server, and for ever once it is sent.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawScreening {
    /// `yes` when a child is in danger now.
    pub danger: String,
    /// The child, as far as known.
    pub child: RawChild,
    /// How many times the child was reported missing in the last 90 days; empty when not known.
    pub missing_episodes: String,
    /// By indicator. One that is not here is not known.
    pub answers: BTreeMap<String, RawIndicator>,
    /// The pages that were kept at least once.
    pub seen: BTreeSet<String>,
    /// Ids of the protective factors that are there.
    pub protective: Vec<String>,
    /// The child's own words.
    pub child_words: String,
    /// What the child wants, and what they are afraid of.
    pub child_wishes: String,
    /// What the worker thinks, apart from what they saw.
    pub opinion: String,
    /// Where.
    pub place: String,
    /// Other people, cars, telephones, names used online.
    pub others: String,
    /// Code of list `knows`.
    pub child_knows: String,
    /// Code of list `knows`.
    pub parents_know: String,
    /// Who completes it, where nobody is signed in.
    pub sender_name: String,
    /// How to reach them.
    pub sender_contact: String,
    /// The conversation it was begun from.
    pub differences: Option<RawDifferences>,
}

/// The answer to one indicator.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawIndicator {
    /// `yes`, `possible`, `no` or `not_known`.
    pub response: String,
    /// When it was last seen.
    pub on: RawDate,
    /// How it is known.
    pub basis: String,
    /// What was seen or heard.
    pub narrative: String,
}

/// "Know the differences", as it was answered.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawDifferences {
    /// The version of the aid.
    pub version: String,
    /// What the answers came to.
    pub result: String,
    /// The answers in sentences.
    pub summary: Vec<String>,
}

impl RawIndicator {
    /// What was answered; anything else is not known.
    #[must_use]
    pub fn answered(&self) -> Response {
        Response::from_id(&self.response).unwrap_or_default()
    }

    /// Whether it is yes or possible, so that more has to be said.
    #[must_use]
    pub fn is_present(&self) -> bool {
        matches!(self.answered(), Response::Yes | Response::Possible)
    }

    /// The day it counts from: of a date known in part the last one, so that a gap in what is
    /// known never makes a worry history.
    fn day(&self) -> Option<Date> {
        self.on.read(&mut FieldErrors::default(), "").map(PartialDate::latest)
    }
}

impl RawScreening {
    /// The answer to an indicator.
    #[must_use]
    pub fn answer(&self, id: &str) -> RawIndicator {
        self.answers.get(id).cloned().unwrap_or_default()
    }

    /// The answers as the engine takes them, also of a draft that is not finished.
    #[must_use]
    pub fn screening(&self, on: Date) -> Screening {
        let answer = |raw: &RawIndicator| Answer {
            response: raw.answered(),
            last_observed_on: raw.day().filter(|_| raw.is_present()),
            evidence_basis: Some(raw.basis.clone()).filter(|basis| !basis.is_empty()),
            narrative: Some(raw.narrative.clone()).filter(|words| !words.trim().is_empty()),
        };
        let answers = self.answers.iter().filter(|(_, raw)| raw.answered() != Response::NotKnown);
        Screening {
            screened_on: on,
            age_years: self.age(on),
            missing_episodes_90d: self.missing_episodes.trim().parse().ok(),
            danger_ticked: self.danger == "yes",
            answers: answers.map(|(id, raw)| (id.clone(), answer(raw))).collect(),
        }
    }

    /// The child's age in years on a day. Of a date of birth known in part the latest day is taken,
    /// and of an age said in whole years that year: the younger child is the better protected one.
    #[must_use]
    pub fn age(&self, on: Date) -> Option<f64> {
        if let Some(born) = self.child.born.read(&mut FieldErrors::default(), "") {
            return Some(exact_age(born.latest(), on)).filter(|age| (0.0..=130.0).contains(age));
        }
        let digits: String = self
            .child
            .age
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok().filter(|age| (0.0..=130.0).contains(age))
    }

    /// Everything that has to be mended before it can be sent, each beside its field.
    #[must_use]
    pub fn check(&self, instrument: &Instrument, today: Date, signed_in: bool) -> FieldErrors {
        let mut e = FieldErrors::default();
        self.check_about(&mut e, signed_in);
        for indicator in instrument.indicators() {
            if let Some(raw) = self.answers.get(&indicator.id) {
                check_details(&mut e, instrument, &indicator.id, raw, today);
            }
        }
        self.check_words(&mut e);
        e
    }

    fn check_about(&self, e: &mut FieldErrors, signed_in: bool) {
        let child = &self.child;
        for (field, text) in [
            ("name", &child.name),
            ("known_as", &child.known_as),
            ("age", &child.age),
            ("school", &child.school),
            ("address", &child.address),
            ("sender_name", &self.sender_name),
            ("sender_contact", &self.sender_contact),
        ] {
            optional_text(e, field, text, SHORT);
        }
        child.born.read(e, "born");
        let missing = self.missing_episodes.trim();
        if !missing.is_empty() && missing.parse::<u32>().is_err() {
            e.add("missing_episodes", t!("Use a whole number, or leave it empty"));
        }
        if !signed_in && self.sender_name.trim().is_empty() {
            e.add("sender_name", t!("Give your name, so that the lead can ask you something"));
        }
    }

    fn check_words(&self, e: &mut FieldErrors) {
        for (field, text) in [
            ("child_words", &self.child_words),
            ("child_wishes", &self.child_wishes),
            ("opinion", &self.opinion),
            ("others", &self.others),
        ] {
            optional_text(e, field, text, LONG);
        }
        optional_text(e, "place", &self.place, SHORT);
    }
}

/// Checks what is asked with yes or possible, as the instrument says.
fn check_details(
    e: &mut FieldErrors,
    instrument: &Instrument,
    id: &str,
    raw: &RawIndicator,
    today: Date,
) {
    let rules = &instrument.file().response;
    let mut bin = FieldErrors::default();
    let date = raw.on.read(if raw.is_present() { e } else { &mut bin }, &format!("{id}-on"));
    if !raw.is_present() {
        return;
    }
    let needs = |what: &str| rules.required_when_yes_or_possible.iter().any(|one| one == what);
    let written = e.of(&format!("{id}-on")).is_some();
    match date {
        None if needs("last_observed_on") && !written => {
            e.add(format!("{id}-on"), t!("Say when it was last seen or known; a year is enough"));
        }
        Some(date) if date.earliest() > today => {
            e.add(format!("{id}-on"), t!("Check the date: it has not come yet"));
        }
        _ => {}
    }
    let known = rules.evidence_basis.iter().any(|basis| basis.id == raw.basis);
    if needs("evidence_basis") && !known {
        e.add(format!("{id}-basis"), t!("Choose how this is known"));
    }
    let least = rules.narrative_min_chars;
    if needs("narrative") && raw.narrative.trim().chars().count() < least {
        let message =
            t!("Write what was seen or heard, in at least {least} characters", least = least);
        e.add(format!("{id}-narrative"), message);
    }
    optional_text(e, &format!("{id}-narrative"), &raw.narrative, LONG);
}

/// Years between a birth date and a day: whole years, and the part of the next one that has passed.
/// It is 13 or more from the 13th birthday on, and less before.
fn exact_age(born: Date, on: Date) -> f64 {
    let whole = age_on(born, on);
    let days = |from: Date, to: Date| {
        f64::from(i32::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(0))
    };
    let day_of_year = days(born.first_of_year(), born);
    let today = days(on.first_of_year(), on);
    let passed =
        if today >= day_of_year { today - day_of_year } else { today + 365.0 - day_of_year };
    f64::from(whole) + (passed / 366.0).clamp(0.0, 0.999)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_child_is_thirteen_from_the_birthday_on() {
        assert!(exact_age(day("2013-11-24"), day("2026-11-23")) < 13.0);
        assert!(exact_age(day("2013-11-24"), day("2026-11-24")) >= 13.0);
        assert!(exact_age(day("2009-05-20"), day("2026-11-24")) >= 17.5);
    }

    #[test]
    fn of_a_birth_year_alone_the_younger_age_is_taken() {
        let mut raw = RawScreening::default();
        raw.child.born.year = "2013".into();
        assert!(raw.age(day("2026-11-24")).is_some_and(|age| age < 13.0));
        raw.child = RawChild { age: "about 14".into(), ..RawChild::default() };
        assert_eq!(raw.age(day("2026-11-24")), Some(14.0));
        raw.child.age = "a teenager".into();
        assert_eq!(raw.age(day("2026-11-24")), None);
    }
}
