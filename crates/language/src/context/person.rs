//! People and bodies that a text names: what kind each is, and which token names it.

use std::ops::Range;

use crate::cues::{Class, ClassSet};
use crate::scene::{Lower, Scene};
use crate::text::token::Gap;
use crate::text::vocabulary::UNKNOWN;

use super::age;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Child,
    Parent,
    Adult,
    Professional,
    Perpetrator,
    Agency,
    /// A name or pronoun of which nothing is known.
    Someone,
}

/// A subject: what it is and the token that names it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    pub(super) kind: Kind,
    pub(super) at: usize,
}

pub(super) fn kind_of(set: ClassSet) -> Option<Kind> {
    // The more telling class first: "adult males" name perpetrators only as a whole phrase.
    if set.has(Class::PerpetratorNoun) {
        Some(Kind::Perpetrator)
    } else if set.has(Class::ProfessionalNoun) {
        Some(Kind::Professional)
    } else if set.has(Class::ChildNoun) {
        Some(Kind::Child)
    } else if set.has(Class::ParentNoun) {
        Some(Kind::Parent)
    } else if set.has(Class::AdultNoun) {
        Some(Kind::Adult)
    } else if set.has(Class::AgencyNoun) {
        Some(Kind::Agency)
    } else {
        None
    }
}

pub(super) fn people(scene: &Scene, range: Range<usize>) -> Vec<Subject> {
    range.filter_map(|at| person(scene, at)).collect()
}

/// The person or body that a token names, if it names one.
pub(super) fn person(scene: &Scene, at: usize) -> Option<Subject> {
    let token = scene.token(at).filter(|token| token.is_word())?;
    // "Mum's friend": the owner is not the subject, what is owned may be.
    if token.owner != UNKNOWN {
        return None;
    }
    let written = scene.written(at);
    if let "you" | "You" | "he" | "she" | "they" | "He" | "She" | "They" | "he's" | "she's"
    | "they're" | "He's" | "She's" = written
    {
        return Some(Subject { kind: Kind::Someone, at });
    }
    // "both are prolific offenders": whoever was named before.
    if matches!(written, "both" | "Both" | "all" | "neither")
        && matches!(scene.written(at + 1), "are" | "were" | "have" | "had")
    {
        return Some(Subject { kind: Kind::Someone, at });
    }
    if let "we" | "We" | "our" | "Our" = written {
        return (written.eq_ignore_ascii_case("we")).then_some(Subject { kind: Kind::Agency, at });
    }
    if of_an_adult(scene, at) {
        return Some(Subject { kind: aged(scene, at, Kind::Adult), at });
    }
    if let Some(kind) = titled(scene, at) {
        return Some(Subject { kind: aged(scene, at, kind), at });
    }
    if let Some(kind) = kind_of(scene.classes(at)) {
        // "gang" in "gang members": only the last noun of a run counts.
        let next_noun = scene.gap(at + 1) == Gap::Space && kind_of(scene.classes(at + 1)).is_some();
        return (!next_noun).then(|| Subject { kind: aged(scene, at, kind), at });
    }
    is_name(scene, at).then(|| Subject { kind: aged(scene, at, Kind::Someone), at })
}

/// A capitalised word that is no known word, or an initial: in these records it names a person.
pub(super) fn is_name(scene: &Scene, at: usize) -> bool {
    let written = scene.written(at);
    // "Room 6", "Year 8": a name of a place or a group.
    let numbered = scene.written(at + 1).starts_with(|char: char| char.is_ascii_digit());
    let capital = scene.is_capitalised(at) && !numbered;
    let named = capital
        && scene.token(at).is_some_and(|token| token.word == UNKNOWN)
        && written.chars().skip(1).all(|char| char.is_lowercase() || char == '-');
    named || (capital && written.len() == 1 && written != "I" && written != "A")
}

/// "Mum's friend", "the mother's partner": an adult's company is adult unless an age says otherwise.
pub(super) fn of_an_adult(scene: &Scene, at: usize) -> bool {
    let company = matches!(
        scene.written(at),
        "partner"
            | "boyfriend"
            | "girlfriend"
            | "friend"
            | "ex"
            | "ex-partner"
            | "colleague"
            | "employer"
    );
    company
        && at.checked_sub(1).is_some_and(|before| {
            scene.token(before).is_some_and(|token| token.owner != UNKNOWN)
                && scene.classes(before).any(&[Class::ParentNoun, Class::AdultNoun])
        })
}

/// "Officer Patel", "Mr T", "Dr Shah": the name after a title.
pub(super) fn titled(scene: &Scene, at: usize) -> Option<Kind> {
    let before = at.checked_sub(1)?;
    if !scene.is_capitalised(at) {
        return None;
    }
    let title = if scene.mark(before) == b'.' { before.checked_sub(1)? } else { before };
    let set = scene.classes(title);
    if !scene.is_capitalised(title) {
        return None;
    }
    if set.has(Class::TitleProfessional) {
        Some(Kind::Professional)
    } else if set.any(&[Class::TitlePerson, Class::AdultNoun]) && !set.has(Class::ChildNoun) {
        // "Uncle Joe" as well as "Mr T".
        Some(Kind::Adult)
    } else {
        None
    }
}

/// Corrects a kind by an age stated beside it: "Kelly (34)", "a 41 year old man", "Patient is 34".
pub(super) fn aged(scene: &Scene, at: usize, kind: Kind) -> Kind {
    let after = age::ages(scene, at + 1..at + 4);
    // "a 41 year old man": nothing but the age itself may stand between.
    let apart = |token: usize| !scene.is_word(token) || scene.has(token, Class::Finite);
    let before = (at.saturating_sub(4)..at)
        .rev()
        .filter_map(|token| Some((token, age::at(scene, token)?.years)))
        .find(|(token, _)| !(token + 1..at).any(apart))
        .map(|(_, years)| years);
    match after.first().or(before.as_ref()) {
        Some(years) if *years < 18 && matches!(kind, Kind::Someone | Kind::Adult | Kind::Child) => {
            Kind::Child
        }
        Some(years) if *years >= 18 && matches!(kind, Kind::Someone | Kind::Child) => Kind::Adult,
        _ => kind,
    }
}

/// Whether a person stands behind a preposition: "with staff", "to the girl".
pub(super) fn is_object(scene: &Scene, at: usize) -> bool {
    let mut before = scene.phrase_start(at);
    for _ in 0..4 {
        let Some(step) = before.checked_sub(1) else { return false };
        before = step;
        let word = scene.lower(before);
        if word.as_str() == "of" {
            let part = Lower::new(before.checked_sub(1).map_or("", |near| scene.written(near)));
            return !matches!(
                part.as_str(),
                "one"
                    | "some"
                    | "group"
                    | "both"
                    | "all"
                    | "each"
                    | "two"
                    | "three"
                    | "any"
                    | "many"
                    | "most"
                    | "number"
            );
        }
        if scene.has(before, Class::Preposition) && !scene.has(before, Class::Breaker) {
            return true;
        }
        let inside = matches!(
            word.as_str(),
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "their"
                | "this"
                | "that"
                | "these"
                | "those"
                | "older"
                | "young"
                | "younger"
                | "other"
                | "another"
                | "two"
                | "three"
                | "some"
                | "adult"
                | "both"
                | "new"
                | "local"
                | "our"
                | "my"
                | "its"
                | "all"
                | "many"
                | "several"
                | "unknown"
                | "male"
                | "female"
        ) || scene.token(before).is_some_and(|token| token.owner != UNKNOWN)
            || plain_adjective(scene, before);
        if !inside {
            return false;
        }
    }
    false
}

/// "the chicken shop": a lower-case word that is in no class.
fn plain_adjective(scene: &Scene, at: usize) -> bool {
    let plain = scene.is_word(at) && scene.classes(at) == ClassSet::default();
    plain && scene.written(at).starts_with(char::is_lowercase)
}
