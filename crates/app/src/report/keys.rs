//! Keys of a mention: what another mention must share to be compared with it. Kept as keyed hashes,
//! so that they say nothing to whoever copies the database.

use std::collections::BTreeSet;

use tessera_core::report::{MentionKind, RawMention};
use tessera_linkage::{
    normalise::{
        name,
        phone::{self, Phone},
        postcode,
        vehicle::Plate,
    },
    person::{KeyKind, keys_for_token},
};

/// Words that name a kind of place or vehicle and not one of them.
const KINDS_OF_PLACE: &[&str] = &[
    "the",
    "road",
    "street",
    "lane",
    "avenue",
    "close",
    "drive",
    "way",
    "place",
    "square",
    "court",
    "park",
    "car",
    "skate",
    "station",
    "bus",
    "train",
    "shop",
    "shops",
    "school",
    "hotel",
    "house",
    "flat",
    "estate",
    "centre",
    "center",
    "town",
    "retail",
    "near",
    "behind",
    "by",
    "at",
    "on",
    "in",
    "of",
    "and",
    "marlbrook",
    "end",
    "side",
    "corner",
    "outside",
    "rank",
    "taxi",
];
/// Marks at the end of a partial number that are too few to be compared.
const FEWEST_DIGITS: usize = 4;
const FEWEST_SIGNS: usize = 3;

/// The keys of a mention.
pub(crate) fn of(mention: &RawMention) -> Vec<String> {
    let mut keys = BTreeSet::new();
    match MentionKind::from_id(&mention.kind) {
        Some(MentionKind::Person) => person(&mention.value, &mut keys),
        Some(MentionKind::Vehicle) => vehicle(mention, &mut keys),
        Some(MentionKind::Phone) => telephone(&mention.value, &mut keys),
        Some(MentionKind::Handle) => {
            let handle = handle(&mention.value);
            if handle.len() >= 3 {
                keys.insert(format!("handle:{handle}"));
            }
        }
        Some(MentionKind::Place) => place(mention, &mut keys),
        None => {}
    }
    keys.into_iter().collect()
}

fn person(text: &str, keys: &mut BTreeSet<String>) {
    for word in name::words(text) {
        for key in keys_for_token(&word) {
            if matches!(key.kind, KeyKind::Exact | KeyKind::Family | KeyKind::Sound) {
                keys.insert(format!("person:{}", key.code()));
            }
        }
    }
}

/// A name used online without marks, in lower case.
pub(crate) fn handle(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '-');
    let folded: String = name::fold(text).chars().filter(kept).collect();
    folded.trim_matches(['@', '.', '-']).to_owned()
}

/// The plate of a mention; one that was read only in part gets `*` where more may stand.
pub(crate) fn plate(text: &str) -> Option<Plate> {
    let lower = text.to_lowercase();
    let (front, back) = (
        ["starts", "begins", "start"].iter().find_map(|w| lower.find(w).map(|at| at + w.len())),
        ["ends", "ending", "end"].iter().find_map(|w| lower.find(w).map(|at| at + w.len())),
    );
    let read = |at: usize| text.get(at..).unwrap_or_default().replace("with", "");
    if let Some(at) = front {
        return Plate::parse(&format!("{}*", read(at)));
    }
    if let Some(at) = back {
        return Plate::parse(&format!("*{}", read(at)));
    }
    let plate = Plate::parse(text)?;
    if plate.is_whole() && plate.form().is_none() && plate.as_str().len() < 6 {
        return Plate::parse(&format!("{}*", plate.as_str()));
    }
    Some(plate)
}

/// Look-alike characters as one: the same class as [`tessera_linkage::normalise::vehicle::look_alike`].
fn alike(plate: &str) -> String {
    plate
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' => '1',
            'S' => '5',
            'B' => '8',
            'Z' => '2',
            other => other,
        })
        .collect()
}

/// The key of a whole plate.
pub(crate) fn plate_key(plate: &Plate) -> String {
    format!("plate:{}", alike(plate.as_str()))
}

fn vehicle(mention: &RawMention, keys: &mut BTreeSet<String>) {
    if let Some(plate) = plate(&mention.value) {
        let read = alike(plate.as_str());
        let open = |c: char| c == '*' || c == '?';
        let front: String = read.chars().take_while(|c| !open(*c)).take(4).collect();
        let back: Vec<char> = read.chars().rev().take_while(|c| !open(*c)).take(3).collect();
        let back: String = back.into_iter().rev().collect();
        if front.chars().count() >= FEWEST_SIGNS {
            keys.insert(format!("plate-front:{front}"));
        }
        if back.chars().count() >= FEWEST_SIGNS && !read.ends_with('*') {
            keys.insert(format!("plate-back:{back}"));
        }
        if plate.is_whole() {
            keys.insert(plate_key(&plate));
        }
    }
    let (make, colour) = (words(&mention.make), words(&mention.colour));
    if let (Some(make), Some(colour)) = (make.first(), colour.first()) {
        keys.insert(format!("car:{colour}:{make}"));
    }
}

fn telephone(text: &str, keys: &mut BTreeSet<String>) {
    let digits: String = match phone::parse(text) {
        Some(Phone::Whole(number)) => {
            keys.insert(format!("phone:{number}"));
            number
        }
        Some(Phone::Partial(digits)) => digits,
        None => return,
    };
    if let Some(end) = digits.len().checked_sub(FEWEST_DIGITS).and_then(|at| digits.get(at..)) {
        keys.insert(format!("phone-end:{end}"));
    }
}

/// The words of a text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    name::fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words of a place that tell it from others, in order, each once.
pub(crate) fn telling_words(mention: &RawMention) -> BTreeSet<String> {
    let plain = mention.value.replace("'s", "").replace("’s", "");
    words(&plain).into_iter().filter(|w| !KINDS_OF_PLACE.contains(&w.as_str())).collect()
}

fn place(mention: &RawMention, keys: &mut BTreeSet<String>) {
    let telling = telling_words(mention);
    if !telling.is_empty() {
        let joined: Vec<&str> = telling.iter().map(String::as_str).collect();
        keys.insert(format!("place:{}", joined.join(" ")));
    }
    for word in &telling {
        keys.insert(format!("place-word:{word}"));
    }
    for text in [&mention.address, &mention.value] {
        if let Some(code) = postcode::parse(text) {
            keys.insert(format!("postcode:{code}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(kind: &str, value: &str) -> RawMention {
        RawMention { kind: kind.into(), value: value.into(), ..RawMention::default() }
    }

    fn meet(kind: &str, one: &str, other: &str) -> bool {
        let others = of(&mention(kind, other));
        of(&mention(kind, one)).iter().any(|key| others.contains(key))
    }

    #[test]
    fn parts_meet_their_wholes() {
        assert!(meet("vehicle", "starts AB51", "AB51 ABC"));
        assert!(meet("vehicle", "ends ABC", "AB51 ABC"));
        assert!(meet("vehicle", "A851 A8C", "AB51 ABC"));
        assert!(meet("phone", "ends 0123", "07700 900123"));
        assert!(meet("person", "Bobby", "Robert Larkfield"));
        assert!(meet("handle", "@Quill.Rider", "quill.rider"));
        assert!(meet("place", "The Lantern Cafe", "Lantern Café, Mill Road"));
    }

    #[test]
    fn what_only_names_a_kind_meets_nothing() {
        assert!(of(&mention("place", "the car park near the station")).is_empty());
        assert!(!meet("vehicle", "starts AB51", "CD62 ABC"));
        assert!(of(&mention("phone", "ends 12")).is_empty());
    }
}
