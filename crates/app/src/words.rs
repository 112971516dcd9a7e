//! Advice on the words of a concern. It never stops anything: a concern is sent as it is written.

use tessera_core::{concern::RawConcern, msg};
use tessera_language::{Checker, Finding};

use crate::{App, AppError};

/// Advice on one text.
#[derive(Debug, Clone)]
pub struct Advice {
    /// The field it is in.
    pub field: &'static str,
    /// Which text it is about, in words.
    pub place: &'static str,
    /// The text.
    pub text: String,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

impl App {
    /// Advice on a worker's own words in a concern.
    pub async fn advice_on_concern(&self, raw: &RawConcern) -> Result<Vec<Advice>, AppError> {
        Ok(on_texts(&*self.checker().await?, &texts(raw)))
    }

    /// Advice on texts: field, place in words, text. A text without findings gives none.
    pub async fn advice_on(
        &self,
        texts: &[(&'static str, &'static str, &str)],
    ) -> Result<Vec<Advice>, AppError> {
        Ok(on_texts(&*self.checker().await?, texts))
    }
}

/// The texts of a concern that are its writer's own: field, place in words, text. The child's own
/// words are kept and never checked.
pub(crate) fn texts(raw: &RawConcern) -> [(&'static str, &'static str, &str); 3] {
    [
        ("what", msg!("What you noticed"), &raw.what),
        ("others", msg!("Others"), &raw.others),
        ("opinion", msg!("What you think"), &raw.opinion),
    ]
}

fn on_texts(checker: &Checker, texts: &[(&'static str, &'static str, &str)]) -> Vec<Advice> {
    let found = texts.iter().map(|&(field, place, text)| Advice {
        field,
        place,
        text: text.to_owned(),
        findings: checker.check(text).findings,
    });
    found.filter(|advice| !advice.findings.is_empty()).collect()
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
        let advice = on_texts(tessera_language::builtin_checker(), &texts(&raw));
        assert_eq!(advice.len(), 1);
        assert_eq!(advice[0].place, "What you noticed");
        assert!(!advice[0].findings[0].alternatives.is_empty());
    }
}
