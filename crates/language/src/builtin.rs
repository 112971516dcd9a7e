//! The lexicon and the cues that this crate carries, built once.

use std::sync::OnceLock;

use crate::check::Checker;
use crate::cues::CueFile;
use crate::lexicon::Lexicon;

const LEXICON: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.json"));
/// English words that lie one letter from a word of a term.
pub(crate) const REAL_WORDS: &str = include_str!("../../../content/language/real-words.txt");
const CUES: &str = include_str!(concat!(env!("OUT_DIR"), "/contexts.json"));

pub(crate) fn lexicon() -> Lexicon {
    serde_json::from_str(LEXICON).unwrap_or_else(|error| unreachable!("own lexicon: {error}"))
}

pub(crate) fn cues() -> CueFile {
    serde_json::from_str(CUES).unwrap_or_else(|error| unreachable!("own cues: {error}"))
}

/// The checker of the built-in lexicon, made at its first use.
pub(crate) fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| {
        Checker::new(&lexicon()).unwrap_or_else(|error| unreachable!("own lexicon: {error}"))
    })
}
