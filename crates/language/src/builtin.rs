//! The lexicon and the cues that this crate carries, built once.

use std::sync::OnceLock;

use crate::check::Checker;
use crate::cues::CueFile;
use crate::lexicon::Lexicon;

const LEXICON: &str = include_str!("../../../content/language/lexicon.yaml");
/// English words that lie one letter from a word of a term.
pub(crate) const REAL_WORDS: &str = include_str!("../../../content/language/real-words.txt");
const CUES: &str = include_str!("../../../content/language/contexts.yaml");

pub(crate) fn lexicon() -> Lexicon {
    Lexicon::from_yaml(LEXICON).unwrap_or_else(|error| unreachable!("own lexicon: {error}"))
}

pub(crate) fn cues() -> CueFile {
    CueFile::from_yaml(CUES).unwrap_or_else(|error| unreachable!("own cues: {error}"))
}

/// The checker of the built-in lexicon, made at its first use.
pub(crate) fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| {
        Checker::new(&lexicon()).unwrap_or_else(|error| unreachable!("own lexicon: {error}"))
    })
}
