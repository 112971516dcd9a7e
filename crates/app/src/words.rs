//! Advice on the words of a record. It never stops anything: a concern is sent as it is written.

use std::sync::OnceLock;

use tessera_core::concern::RawConcern;
use tessera_language::{Finding, Lexicon, advice};

/// Advice on one text.
#[derive(Debug, Clone)]
pub struct Advice {
    /// Which text it is about, in words.
    pub place: &'static str,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Advice on a worker's own words in a concern. The child's own words are kept and never checked.
#[must_use]
pub fn on_concern(raw: &RawConcern) -> Vec<Advice> {
    on_texts(&[
        ("What you noticed", &raw.what),
        ("Others", &raw.others),
        ("What you think", &raw.opinion),
    ])
}

/// Advice on texts, each with its place; a text without findings gives none.
#[must_use]
pub fn on_texts(texts: &[(&'static str, &str)]) -> Vec<Advice> {
    let found = texts.iter().map(|(place, text)| Advice { place, findings: advice(text) });
    found.filter(|advice| !advice.findings.is_empty()).collect()
}

/// The version of the lexicon, stored with what was checked by it.
pub(crate) fn lexicon_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| Lexicon::builtin().version().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workers_words_get_advice_and_the_childs_own_words_do_not() {
        let raw = RawConcern {
            what: "She puts herself at risk by meeting older men.".into(),
            child_words: "I know I put myself at risk, she puts herself at risk too".into(),
            ..RawConcern::default()
        };
        let advice = on_concern(&raw);
        assert_eq!(advice.len(), 1);
        assert_eq!(advice[0].place, "What you noticed");
        assert!(!advice[0].findings[0].alternatives.is_empty());
    }
}
