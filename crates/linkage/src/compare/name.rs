//! How far two words of names agree.

use crate::compare::edit;
use crate::normalise::name::{Word, WordKind};
use crate::normalise::nickname::{self, Kinship};
use crate::normalise::sound;

/// Levels of agreement of two words, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordLevel {
    /// The same letters.
    Same,
    /// Two spellings of one name.
    Spelling,
    /// One is a short form of the other, or both are of a third.
    ShortForm,
    /// One slip of the pen apart, in words of four letters or more.
    OneSlip,
    /// Written differently, heard alike.
    SoundsAlike,
    /// One begins with the other, at least three letters.
    Beginning,
    /// One is the first letter of the other.
    Initial,
    /// None of these.
    Different,
}

impl WordLevel {
    /// The stable name of the level in documents.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Spelling => "spelling",
            Self::ShortForm => "short_form",
            Self::OneSlip => "one_slip",
            Self::SoundsAlike => "sounds_alike",
            Self::Beginning => "beginning",
            Self::Initial => "initial",
            Self::Different => "different",
        }
    }
}

/// Compares two folded words.
#[must_use]
pub fn compare_words(left: &Word, right: &Word) -> WordLevel {
    let (a, b) = (left.text.as_str(), right.text.as_str());
    if a == b {
        return if left.kind == WordKind::Initial { WordLevel::Initial } else { WordLevel::Same };
    }
    if left.kind == WordKind::Initial || right.kind == WordKind::Initial {
        let agrees = a.starts_with(b) || b.starts_with(a);
        return if agrees { WordLevel::Initial } else { WordLevel::Different };
    }
    match nickname::kinship(a, b) {
        Some(Kinship::Spelling) => return WordLevel::Spelling,
        Some(Kinship::ShortForm | Kinship::SharedFullName) => return WordLevel::ShortForm,
        None => {}
    }
    let shorter = a.chars().count().min(b.chars().count());
    if shorter >= 4 && edit::within_one(a, b) {
        WordLevel::OneSlip
    } else if shorter >= 3 && sounds_alike(a, b) {
        WordLevel::SoundsAlike
    } else if shorter >= 3 && (a.starts_with(b) || b.starts_with(a)) {
        WordLevel::Beginning
    } else {
        WordLevel::Different
    }
}

fn sounds_alike(left: &str, right: &str) -> bool {
    let (a, b) = (sound::key(left), sound::key(right));
    a == b && a.len() >= 2
}
