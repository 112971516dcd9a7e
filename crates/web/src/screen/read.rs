//! From posted pairs into the draft, and which fields a page has.

use tessera_app::screening::{Instrument, RawScreening, Response};
use tessera_core::{concern::RawChild, partial_date::RawDate};

use super::Step;
use crate::form::Pairs;

fn date(pairs: &Pairs, prefix: &str) -> RawDate {
    let get = |part: &str| pairs.get(&format!("{prefix}_{part}")).to_owned();
    RawDate { day: get("day"), month: get("month"), year: get("year"), approximate: false }
}

/// The indicators of a section.
fn ids(instrument: &Instrument, place: usize) -> Vec<String> {
    let section = instrument.sections().get(place);
    let all = section.and_then(|one| instrument.indicators().get(one.indicators.clone()));
    all.unwrap_or_default().iter().map(|one| one.id.clone()).collect()
}

/// One page.
pub(super) fn step(at: Step<'_>, pairs: &Pairs, instrument: &Instrument, raw: &mut RawScreening) {
    let text = |name: &str| pairs.get(name).to_owned();
    match at {
        Step::Child => {
            raw.danger = text("danger");
            raw.child = RawChild {
                name: text("name"),
                known_as: text("known_as"),
                born: date(pairs, "born"),
                age: text("age"),
                school: text("school"),
                address: text("address"),
                nhs_number: if pairs.has("nhs_number") {
                    text("nhs_number")
                } else {
                    raw.child.nhs_number.clone()
                },
            };
            raw.missing_episodes = text("missing_episodes");
            raw.sender_name = text("sender_name");
            raw.sender_contact = text("sender_contact");
        }
        Step::Section(place) => {
            for id in ids(instrument, place) {
                let given = Response::from_id(pairs.get(&id)).unwrap_or_default();
                // What was told about an answer stays, also when it is changed to no and back.
                given.id().clone_into(&mut raw.answers.entry(id).or_default().response);
            }
        }
        Step::More(place) => {
            for id in ids(instrument, place) {
                if !pairs.has(&format!("{id}-narrative")) {
                    continue;
                }
                let answer = raw.answers.entry(id.clone()).or_default();
                answer.on = date(pairs, &format!("{id}-on"));
                answer.basis = text(&format!("{id}-basis"));
                answer.narrative = text(&format!("{id}-narrative"));
            }
        }
        Step::Words => {
            raw.protective = pairs.all("protective").map(str::to_owned).collect();
            raw.child_words = text("child_words");
            raw.child_wishes = text("child_wishes");
            raw.opinion = text("opinion");
            raw.place = text("place");
            raw.others = text("others");
            raw.child_knows = text("child_knows");
            raw.parents_know = text("parents_know");
        }
        Step::None(_) => {}
    }
}

/// The fields of a page, as errors name them.
pub(super) fn names(at: Step<'_>, instrument: &Instrument) -> Vec<String> {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match at {
        Step::Child => all(&[
            "danger",
            "name",
            "known_as",
            "born",
            "age",
            "school",
            "address",
            "missing_episodes",
            "sender_name",
            "sender_contact",
        ]),
        Step::More(place) => {
            let parts = ["on", "basis", "narrative"];
            let each = ids(instrument, place).into_iter();
            each.flat_map(|id| parts.map(|part| format!("{id}-{part}"))).collect()
        }
        Step::Words => all(&["child_words", "child_wishes", "opinion", "place", "others"]),
        Step::Section(_) | Step::None(_) => Vec::new(),
    }
}

/// The step on which a field is asked.
pub(super) fn step_of(field: &str, instrument: &Instrument) -> Step<'static> {
    let sections = 0..instrument.sections().len();
    let more = sections.map(Step::More);
    let mut all = [Step::Child, Step::Words].into_iter().chain(more);
    all.find(|step| names(*step, instrument).iter().any(|name| name == field))
        .unwrap_or(Step::Child)
}
