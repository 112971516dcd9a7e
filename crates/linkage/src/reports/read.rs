//! Reading one report and one mention as they came into comparable form.

use super::features::{Feature, Grown, MarkKind, Number, RawMention, Report};
use super::plate::Slots;
use super::venues;
use crate::lexicon::{Lexicon, WordId};
use crate::normalise::{date, name, nhs_number, phone, upn};

/// A report of that day and area, without mentions.
pub(crate) fn read_report(words: &mut Lexicon, written: &str, area: &str) -> Report {
    let (year, day) = date::parse(written).map_or((0, 0), |date| {
        let (year, month, day) = date.parts();
        let month = u32::from(month.unwrap_or(6));
        (year, u32::from(year) * 372 + month * 31 + u32::from(day.unwrap_or(15)))
    });
    Report { day, area: word(words, area), year, first: 0, end: 0 }
}

/// What a mention says; the year of its report turns an age into a year of birth.
pub(crate) fn read_mention(words: &mut Lexicon, raw: &RawMention<'_>, year: u16) -> Feature {
    match raw.kind {
        "person" => {
            let mut names = [0; 3];
            for (slot, word) in names.iter_mut().zip(name::words(raw.value)) {
                *slot = words.number(&word.text);
            }
            let age = raw.attr1.trim().parse::<u16>().ok().filter(|age| year > 0 && *age < 130);
            let born = age.map_or(0, |age| year.saturating_sub(age));
            let grown =
                match raw.attr1.trim() {
                    "child" => Grown::Child,
                    "adult" => Grown::Adult,
                    _ => age.map_or(Grown::Unknown, |age| {
                        if age < 18 { Grown::Child } else { Grown::Adult }
                    }),
                };
            Feature::Person { words: names, born, grown, looks: looks(words, raw.attr2) }
        }
        "vehicle" => {
            let mut make = [0; 2];
            let mut parts = raw.attr1.split_whitespace();
            if let Some(first) = parts.next() {
                make = [word(words, first), word(words, &parts.collect::<String>())];
            }
            let slots = Slots::read(raw.value).unwrap_or_default();
            Feature::Vehicle { slots, make, colour: word(words, raw.attr2) }
        }
        "phone" => number(raw.value).map_or(Feature::Other, Feature::Phone),
        "place" => {
            let (first, kind) = venue(words, raw.value);
            let (street, area) = (word(words, raw.attr1), word(words, raw.attr2));
            Feature::Place { first, kind, street, area }
        }
        "street" => Feature::Street { name: word(words, raw.value), area: word(words, raw.attr2) },
        kind => mark(kind, raw.value).map_or(Feature::Other, |(kind, text)| Feature::Mark {
            kind,
            value: words.number(&text),
        }),
    }
}

/// Words of a description that say nothing by themselves.
const PLAIN: [&str; 12] =
    ["a", "an", "and", "always", "in", "left", "of", "on", "the", "right", "wears", "with"];

/// The first three telling words of a description, in the order of their numbers.
fn looks(words: &mut Lexicon, text: &str) -> [WordId; 3] {
    let folded = name::fold(text);
    let parts = folded.split(|c: char| !c.is_alphanumeric());
    let mut found: Vec<WordId> = parts
        .filter(|part| part.len() > 1 && !PLAIN.contains(part))
        .map(|part| words.number(part))
        .take(3)
        .collect();
    found.sort_unstable();
    found.dedup();
    let mut looks = [0; 3];
    for (slot, word) in looks.iter_mut().zip(found) {
        *slot = word;
    }
    looks
}

fn word(words: &mut Lexicon, text: &str) -> WordId {
    let folded: String = name::fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    words.number(&folded)
}

/// First word and kind of a venue; `the` and a possessive left out.
fn venue(words: &mut Lexicon, text: &str) -> (WordId, WordId) {
    let plain = name::fold(text).replace("'s ", " ").replace("’s ", " ");
    let parts: Vec<String> = plain
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|word| !word.is_empty() && word != "the")
        .collect();
    let Some((first, rest)) = parts.split_first() else { return (0, 0) };
    let rest = rest.concat();
    let kind = words.number(venues::kind(&rest));
    (words.number(first), kind)
}

/// A handle without its `@` and in lower case, an address in lower case, a reference of letters
/// and digits only, a number that passes its own check.
fn mark(kind: &str, text: &str) -> Option<(MarkKind, String)> {
    let plain = |keep: fn(char) -> bool| {
        let kept = name::fold(text.trim()).chars().filter(|c| keep(*c)).collect::<String>();
        (kept.len() >= 3).then_some(kept)
    };
    match kind {
        "handle" => {
            let kept = plain(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))?;
            Some((MarkKind::Handle, kept))
        }
        "email" => {
            let kept = plain(|c| !c.is_whitespace())?;
            kept.contains('@').then_some((MarkKind::Email, kept))
        }
        "bank" => Some((MarkKind::Bank, plain(char::is_alphanumeric)?)),
        "imei" => phone::is_imei(text).then_some((MarkKind::Imei, plain(|c| c.is_ascii_digit())?)),
        "nhs_number" => Some((MarkKind::NhsNumber, nhs_number::parse(text).ok()?)),
        "upn" => Some((MarkKind::Upn, upn::parse(text).ok()?.0)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Number> {
    let digits = match phone::parse(text)? {
        phone::Phone::Whole(whole) => {
            let national = whole.strip_prefix("+44").or_else(|| whole.strip_prefix('+'));
            return national.and_then(|n| n.parse().ok()).map(Number::Whole);
        }
        phone::Phone::Partial(digits) => digits,
    };
    let length = u8::try_from(digits.len()).ok().filter(|length| *length >= 3)?;
    if text.trim_start().starts_with('*') {
        // Only the end was noted, whatever it begins with.
        return Some(Number::Back(digits.parse().ok()?, length));
    }
    match digits.strip_prefix('0') {
        Some(front) => Some(Number::Front(front.parse().ok()?, length - 1)),
        None => Some(Number::Back(digits.parse().ok()?, length)),
    }
}
