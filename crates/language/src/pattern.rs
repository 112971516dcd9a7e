//! Regular expressions of the lexicon, matched in linear time.

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;

/// A pattern that is compiled when a text first holds one of its triggers.
pub(crate) struct Pattern {
    text: String,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), regex: OnceLock::new() }
    }

    /// The compiled pattern; validation of the lexicon has seen that it compiles.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| compile(&self.text).ok()).as_ref()
    }
}

/// A compiled pattern may take this many bytes.
const SIZE_LIMIT: usize = 4 * 1024 * 1024;

/// Compiles `pattern` for lower-case text; says what is wrong otherwise.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    Regex::builder()
        .configure(Regex::config().nfa_size_limit(Some(SIZE_LIMIT)))
        .syntax(syntax::Config::new().case_insensitive(true).unicode(false).utf8(true))
        .build(&format!(r"\b(?:{pattern})\b"))
        .map_err(|error| format!("the pattern {pattern:?} cannot be used: {error}"))
}
