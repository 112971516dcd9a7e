//! Rewriting a text at one marked place, by one choice of its writer.

use std::str::FromStr;

use tessera_language::{Checker, Finding};

/// What a writer chose for one marked place. Places are named by entry and count, so that a choice
/// still fits when the writer changed another part of the text before pressing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The id of the lexicon entry.
    pub entry: String,
    /// Which of its findings in the text, from 0.
    pub nth: usize,
    /// What takes the place of the words.
    pub swap: Swap,
}

/// What takes the place of marked words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swap {
    /// An alternative of the entry, from 0.
    Alternative(usize),
    /// The same words in quotation marks: someone said them.
    OwnWords,
}

impl std::fmt::Display for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.swap {
            Swap::Alternative(n) => write!(f, "{}.{}.{n}", self.entry, self.nth),
            Swap::OwnWords => write!(f, "{}.{}.own", self.entry, self.nth),
        }
    }
}

impl FromStr for Chosen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let (Some(entry), Some(nth), Some(swap), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let swap = match swap {
            "own" => Swap::OwnWords,
            n => Swap::Alternative(n.parse().map_err(|_| ())?),
        };
        Ok(Self { entry: entry.to_owned(), nth: nth.parse().map_err(|_| ())?, swap })
    }
}

/// The alternatives of a finding, fitted to its words, each with whether it can stand in a text: others
/// say what to write about.
#[must_use]
pub fn instead(finding: &Finding) -> Vec<(String, bool)> {
    let wordings = finding.wordings();
    let each = finding.fitted().into_iter();
    each.map(|text| {
        let stands = wordings.contains(&text);
        (text, stands)
    })
    .collect()
}

/// The text with one place rewritten; `None` when what was chosen is not there.
#[must_use]
pub fn rewrite(checker: &Checker, text: &str, chosen: &Chosen) -> Option<String> {
    let findings = checker.check(text).findings;
    let found = findings.iter().filter(|f| f.entry == chosen.entry).nth(chosen.nth)?;
    let instead = match chosen.swap {
        Swap::OwnWords => format!("“{}”", found.matched),
        Swap::Alternative(n) => {
            let (words, _) = instead(found).into_iter().nth(n).filter(|(_, stands)| *stands)?;
            words
        }
    };
    let (before, after) = (text.get(..found.span.bytes.start)?, text.get(found.span.bytes.end..)?);
    Some(format!("{before}{instead}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "She puts herself at risk. It is a lifestyle choice. \
                        Lifestyle choice, she puts herself at risk again.";

    fn checker() -> &'static Checker {
        tessera_language::builtin_checker()
    }

    #[test]
    fn a_choice_changes_its_own_place_and_no_other() {
        let chosen: Chosen = "puts-self-at-risk.1.0".parse().unwrap();
        let text = rewrite(checker(), TEXT, &chosen).unwrap();
        let instead = &checker().entry("puts-self-at-risk").unwrap().alternatives[0];
        assert_eq!(text.matches("puts herself at risk").count(), 1);
        assert!(text.ends_with(&format!("she {instead} again.")), "{text}");
        assert!(text.starts_with("She puts herself at risk."));
    }

    #[test]
    fn a_capital_stays_a_capital() {
        let chosen: Chosen = "lifestyle-choice.1.0".parse().unwrap();
        let text = rewrite(checker(), TEXT, &chosen).unwrap();
        assert!(text.contains("choice. Is being exploited, she"), "{text}");
    }

    #[test]
    fn someones_own_words_are_kept_in_quotation_marks_and_not_found_again() {
        let before = "Mum told the officer he makes poor choices.";
        let found = checker().check(before).findings;
        assert_eq!(found.len(), 1);
        let chosen: Chosen = "poor-choices.0.own".parse().unwrap();
        let text = rewrite(checker(), before, &chosen).unwrap();
        assert!(text.contains("“poor choices”"), "{text}");
        assert!(checker().check(&text).findings.is_empty(), "{text}");
    }

    #[test]
    fn what_is_not_there_any_more_changes_nothing() {
        for chosen in ["puts-self-at-risk.7.0", "puts-self-at-risk.0.99", "no-such-entry.0.0"] {
            assert_eq!(rewrite(checker(), TEXT, &chosen.parse().unwrap()), None, "{chosen}");
        }
        assert!("a.b".parse::<Chosen>().is_err());
        assert!("a.0.b".parse::<Chosen>().is_err());
    }

    #[test]
    fn what_says_what_to_do_is_not_put_into_the_text() {
        let found = checker().check("He makes poor choices.").findings;
        let asks = instead(&found[0]).iter().position(|(_, stands)| !stands).unwrap();
        let chosen = format!("poor-choices.0.{asks}").parse().unwrap();
        assert_eq!(rewrite(checker(), "He makes poor choices.", &chosen), None);
    }
}
