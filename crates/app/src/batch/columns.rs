//! What a column of a spreadsheet may mean, and the guess from its heading.

use tessera_core::batch::BatchKind;
use tessera_linkage::normalise::name::fold;

/// What a column may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// As stored.
    pub id: &'static str,
    /// As shown.
    pub label: &'static str,
    /// Headings that are taken for it, folded.
    headings: &'static [&'static str],
}

const fn means(
    id: &'static str,
    label: &'static str,
    headings: &'static [&'static str],
) -> Meaning {
    Meaning { id, label, headings }
}

/// Every meaning, in the order shown. An empty id leaves a column out.
pub const MEANINGS: &[Meaning] = &[
    means("", "Leave it out", &[]),
    means(
        "what",
        "What was seen or heard",
        &["what", "details", "description of event", "information", "narrative", "report", "text"],
    ),
    means("opinion", "What the sender thinks", &["opinion", "comment", "professional opinion"]),
    means("when", "When, in words", &["when", "time", "times"]),
    means("date", "When, as a date", &["date", "seen on", "event date", "date of event", "day"]),
    means("place", "Where, in words", &["where", "location"]),
    means("origin", "How it is known", &["origin", "how known", "source type"]),
    means("provenance", "How they came to know it", &["provenance", "how they know"]),
    means("who_else", "Who else knows", &["who else knows", "shared with"]),
    means(
        "person",
        "Person: name or nickname",
        &["person", "name", "full name", "nickname", "alias", "known as", "subject"],
    ),
    means("age", "Person: age", &["age", "approximate age"]),
    means("looks", "Person: looks", &["looks", "description", "appearance"]),
    means("child", "Person: a child, yes or no", &["child", "a child", "under 18"]),
    means(
        "vehicle",
        "Vehicle: number plate",
        &["plate", "registration", "vrm", "vrn", "reg", "vehicle", "number plate"],
    ),
    means("make", "Vehicle: make", &["make", "make and model", "model"]),
    means("colour", "Vehicle: colour", &["colour", "color"]),
    means("phone", "Telephone number", &["phone", "telephone", "mobile", "telephone number"]),
    means(
        "handle",
        "Name used online",
        &["handle", "username", "user name", "online name", "email"],
    ),
    means("platform", "App or website", &["platform", "app", "website"]),
    means("venue", "Place: name", &["venue", "place", "premises"]),
    means("address", "Place: street, town or postcode", &["address", "street", "postcode", "town"]),
    means("note", "Part of the words, with its heading", &["notes", "note", "remarks"]),
];

/// A heading as it is compared and kept.
pub(crate) fn plain(heading: &str) -> String {
    let folded = fold(heading);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(100).collect()
}

/// What a column most likely means; empty when nothing is likely.
pub(crate) fn guess(kind: BatchKind, heading: &str) -> &'static str {
    let plain = plain(heading);
    let found = MEANINGS.iter().find(|means| means.headings.contains(&plain.as_str()));
    match (kind, plain.as_str(), found) {
        // A list of people describes them; a list of reports describes what happened.
        (BatchKind::Reports, "description", _) => "what",
        (_, _, Some(means)) => means.id,
        _ if MEANINGS.iter().any(|means| means.id == plain) => {
            MEANINGS.iter().find(|means| means.id == plain).map_or("", |means| means.id)
        }
        _ => "",
    }
}

/// Whether an id is one of a meaning.
pub(crate) fn is_known(id: &str) -> bool {
    MEANINGS.iter().any(|means| means.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_whatever_its_case_and_signs() {
        assert_eq!(guess(BatchKind::Vehicles, "Reg."), "vehicle");
        assert_eq!(guess(BatchKind::People, "FULL-NAME"), "person");
        assert_eq!(guess(BatchKind::People, "Description"), "looks");
        assert_eq!(guess(BatchKind::Reports, "Description"), "what");
        assert_eq!(guess(BatchKind::Reports, "Shoe size"), "");
    }

    #[test]
    fn no_heading_has_two_meanings() {
        let all: Vec<_> = MEANINGS.iter().flat_map(|means| means.headings).collect();
        for (n, heading) in all.iter().enumerate() {
            assert!(!all.iter().skip(n + 1).any(|other| other == heading), "{heading}");
            assert_eq!(plain(heading), **heading);
        }
    }
}
