//! Ages that a stretch of text states.

use std::ops::Range;

use crate::cues::Class;
use crate::scene::{Lower, Scene};

/// An age, and the token that states it.
pub(super) struct Age {
    pub(super) years: u32,
}

/// Whether the number at `at` is an age: `aged 14`, `14 years old`, `14yo`, `(14)`, `, 14,`, `15F`,
/// `is 34`, `Year 9` (ages 13 and 14).
pub(super) fn at(scene: &Scene, at: usize) -> Option<Age> {
    let years = scene.number(at).filter(|years| (1..=110).contains(years))?;
    let written = scene.written(at);
    let suffix = written.trim_start_matches(|char: char| char.is_ascii_digit());
    if written.len() != suffix.len() && !suffix.is_empty() {
        let person = matches!(
            Lower::new(suffix).as_str(),
            "yo" | "f" | "m" | "yrs" | "y" | "yr" | "yof" | "yom"
        );
        return person.then_some(Age { years });
    }
    let before = at.checked_sub(1);
    let word_before = Lower::new(before.map_or("", |before| scene.written(before)));
    if matches!(word_before.as_str(), "year" | "yr" | "y") && suffix.is_empty() {
        return (years <= 13).then_some(Age { years: years + 4 });
    }
    let next = scene.lower(at + 1);
    let (mark_before, mark_after) =
        (before.map_or(0, |before| scene.mark(before)), scene.mark(at + 1));
    let stated = matches!(
        word_before.as_str(),
        "aged"
            | "age"
            | "is"
            | "turned"
            | "was"
            | "at"
            | "of"
            | "now"
            | "only"
            | "by"
            | "her"
            | "his"
            | "under"
    ) && !matches!(next.as_str(), |"days"| "weeks"
        | "months"
        | "minutes"
        | "hours"
        | "miles"
        | "times"
        | "other"
        | "am"
        | "pm"
        | "%"
        | "per");
    let years_old = next.as_str() == "yo"
        || (matches!(next.as_str(), "year" | "years" | "yr" | "yrs") && {
            let old = scene.lower(at + 2);
            matches!(old.as_str(), "old" | "olds" | "of")
        });
    let bracketed = mark_before == b'(' && matches!(mark_after, b')' | b',')
        || mark_before == b',' && matches!(mark_after, b',' | b'.' | b')');
    (stated || years_old || bracketed).then_some(Age { years })
}

/// All ages stated in a range of tokens.
pub(super) fn ages(scene: &Scene, range: Range<usize>) -> Vec<u32> {
    let stated = range.filter(|token| {
        scene.is_word(*token)
            && (scene.has(*token, Class::TeenNumber)
                || scene.written(*token).starts_with(|char: char| char.is_ascii_digit()))
    });
    stated.filter_map(|token| at(scene, token)).map(|age| age.years).collect()
}
