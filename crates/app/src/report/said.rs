//! A mention in the form in which the engine of matching reads it.

use tessera_core::report::{MentionKind, RawMention};
use tessera_linkage::{
    normalise::{name, postcode, vehicle::Plate},
    reports::Seen,
};

use crate::report::keys;

/// What the engine calls the area. All reports of a partnership are of its own one: an area says
/// something only between partnerships.
pub(crate) const AREA: &str = "here";

/// One thing a mention says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    kind: &'static str,
    value: String,
    first: String,
    second: String,
}

impl Said {
    fn of(kind: &'static str, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), first: String::new(), second: String::new() }
    }

    /// As the engine takes it.
    pub(crate) fn seen(&self) -> Seen<'_> {
        Seen { kind: self.kind, value: &self.value, attr1: &self.first, attr2: &self.second }
    }
}

/// The things a mention says; nothing where all of it only names a kind of thing.
pub(crate) fn said(mention: &RawMention) -> Vec<Said> {
    match MentionKind::from_id(&mention.kind) {
        Some(MentionKind::Person) => vec![person(mention)],
        Some(MentionKind::Vehicle) => vec![vehicle(mention)],
        Some(MentionKind::Phone) => vec![Said::of("phone", ends(&mention.value))],
        Some(MentionKind::Handle) => handle(mention),
        Some(MentionKind::Place) => place(mention),
        None => Vec::new(),
    }
}

fn person(mention: &RawMention) -> Said {
    let number: String = mention
        .age
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let first = match mention.child.as_str() {
        _ if !number.is_empty() => number,
        "yes" => "child".to_owned(),
        "no" => "adult".to_owned(),
        _ => String::new(),
    };
    Said { first, second: mention.looks.clone(), ..Said::of("person", mention.value.clone()) }
}

fn vehicle(mention: &RawMention) -> Said {
    let value = keys::plate(&mention.value).map(|plate| places(&plate)).unwrap_or_default();
    Said {
        first: mention.make.clone(),
        second: mention.colour.clone(),
        ..Said::of("vehicle", value)
    }
}

/// A plate by its seven places, `?` where nothing was read.
fn places(plate: &Plate) -> String {
    let read = plate.as_str();
    let signs = read.chars().filter(|c| *c != '*').count();
    if let (Some(front), 1..=6) = (read.strip_suffix('*'), signs) {
        return format!("{front:?<7}");
    }
    if let (Some(back), 1..=6) = (read.strip_prefix('*'), signs) {
        return format!("{back:?>7}");
    }
    read.to_owned()
}

/// A number of which only the end was noted is marked as such.
fn ends(text: &str) -> String {
    let lower = text.to_lowercase();
    let end = ["ends", "ending", "last"].iter().any(|word| lower.contains(word));
    if end { format!("*{text}") } else { text.to_owned() }
}

fn handle(mention: &RawMention) -> Vec<Said> {
    let value = mention.value.trim();
    let address = value.split_once('@').is_some_and(|(before, after)| {
        !before.is_empty() && after.contains('.') && !value.contains(' ')
    });
    if address {
        return vec![Said::of("email", value)];
    }
    vec![Said::of("handle", keys::handle(value))]
}

/// A venue without the words that name a town or say where one stood; a postcode besides.
fn place(mention: &RawMention) -> Vec<Said> {
    let mut said = Vec::new();
    let code = postcode::parse(&mention.address).or_else(|| postcode::parse(&mention.value));
    let plain = mention.value.split(',').next().unwrap_or_default();
    if !keys::telling_words(mention).is_empty() {
        let kept: Vec<&str> = plain.split_whitespace().filter(|word| !beside(word)).collect();
        said.push(Said {
            first: street(&mention.address),
            second: AREA.to_owned(),
            ..Said::of("place", kept.join(" "))
        });
    }
    if let Some(code) = code {
        said.push(Said { second: AREA.to_owned(), ..Said::of("street", code) });
    }
    said
}

/// Words that say where somebody stood, or in which town.
fn beside(word: &str) -> bool {
    let folded = name::fold(word);
    ["at", "behind", "by", "in", "inside", "near", "opposite", "outside", "marlbrook"]
        .contains(&folded.as_str())
}

/// The street of an address: its last part that is neither a postcode nor a town nor a flat.
fn street(address: &str) -> String {
    let is_street = |part: &&str| {
        let letters = part.chars().any(char::is_alphabetic);
        let folded = name::fold(part);
        let flat = folded.starts_with("flat") || folded.starts_with("unit");
        letters && !flat && !beside(part) && postcode::parse(part).is_none()
    };
    let parts: Vec<&str> = address.split(',').map(str::trim).filter(is_street).collect();
    let last = parts.last().copied().unwrap_or_default();
    last.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(kind: &str, value: &str) -> RawMention {
        RawMention { kind: kind.into(), value: value.into(), ..RawMention::default() }
    }

    fn one(kind: &str, value: &str) -> String {
        said(&mention(kind, value)).first().map(|said| said.value.clone()).unwrap_or_default()
    }

    #[test]
    fn half_a_plate_stands_in_its_places() {
        assert_eq!(one("vehicle", "starts AB51"), "AB51???");
        assert_eq!(one("vehicle", "ends ABC"), "????ABC");
        assert_eq!(one("vehicle", "AB51 ABC"), "AB51ABC");
    }

    #[test]
    fn the_end_of_a_number_is_no_beginning() {
        assert_eq!(one("phone", "ends 0418"), "*ends 0418");
        assert_eq!(one("phone", "07700 900123"), "07700 900123");
    }

    #[test]
    fn a_kind_of_place_is_no_place_and_a_town_is_left_out() {
        assert!(said(&mention("place", "the car park near the station")).is_empty());
        assert_eq!(one("place", "Outside Marlbrook Grandgate Station"), "Grandgate Station");
        let raw = RawMention {
            address: "Flat 3, 12 Harbour Road, Marlbrook".into(),
            ..mention("place", "Quay House")
        };
        assert_eq!(said(&raw).first().map(|said| said.first.clone()), Some("Harbour Road".into()));
    }

    #[test]
    fn a_child_without_an_age_is_a_child() {
        let child = RawMention { child: "yes".into(), ..mention("person", "Kai") };
        let aged = RawMention { age: "about 13".into(), ..child.clone() };
        let first = |raw: &RawMention| said(raw).first().map(|said| said.first.clone());
        assert_eq!(first(&child), Some("child".into()));
        assert_eq!(first(&aged), Some("13".into()));
    }
}
