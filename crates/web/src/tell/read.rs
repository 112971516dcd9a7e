//! From posted pairs into the draft.

use tessera_core::{
    concern::{MAX_CHILDREN, RawChild, RawConcern},
    partial_date::RawDate,
};

use crate::form::Pairs;

fn date(pairs: &Pairs, prefix: &str) -> RawDate {
    let get = |part: &str| pairs.get(&format!("{prefix}_{part}")).to_owned();
    RawDate {
        day: get("day"),
        month: get("month"),
        year: get("year"),
        approximate: get("approximate") == "yes",
    }
}

/// The first page.
pub(super) fn what(pairs: &Pairs, raw: &mut RawConcern) {
    crate::help::keep(pairs, &mut raw.help);
    pairs.get("what").clone_into(&mut raw.what);
    if pairs.has("kind") {
        pairs.get("kind").clone_into(&mut raw.kind);
    }
    if pairs.has("channel") {
        pairs.get("channel").clone_into(&mut raw.channel);
    }
}

/// One of the further pages.
pub(super) fn step(step: &str, pairs: &Pairs, raw: &mut RawConcern) {
    crate::help::keep(pairs, &mut raw.help);
    let text = |name: &str| pairs.get(name).to_owned();
    match step {
        "children" => raw.children = children(pairs),
        "where" => {
            raw.place = text("place");
            raw.when_text = text("when_text");
            raw.happened = date(pairs, "happened");
        }
        "others" => raw.others = text("others"),
        "know" => {
            raw.origin = text("origin");
            raw.child_words = text("child_words");
        }
        "think" => {
            raw.opinion = text("opinion");
            raw.child_knows = text("child_knows");
            raw.parents_know = text("parents_know");
        }
        _ => {
            raw.name_sharing = text("name_sharing");
            raw.reporter_name = text("reporter_name");
            raw.reporter_telephone = text("reporter_telephone");
            raw.reporter_email = text("reporter_email");
            raw.reporter_relation = text("reporter_relation");
        }
    }
}

fn children(pairs: &Pairs) -> Vec<RawChild> {
    (0..MAX_CHILDREN)
        .take_while(|n| pairs.has(&format!("child-{n}-name")))
        .map(|n| {
            let text = |name: &str| pairs.get(&format!("child-{n}-{name}")).to_owned();
            RawChild {
                name: text("name"),
                known_as: text("known_as"),
                born: date(pairs, &format!("child-{n}-born")),
                age: text("age"),
                school: text("school"),
                address: text("address"),
                nhs_number: text("nhs_number"),
            }
        })
        .filter(|child| !child.is_empty())
        .collect()
}
