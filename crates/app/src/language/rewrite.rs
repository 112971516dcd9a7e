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

/// Words with which an alternative begins that says what to do rather than what to write.
const ASKS: [&str; 14] = [
    "describe", "name", "leave", "remove", "ask", "refer", "quote", "record", "say", "state",
    "give", "write", "use", "explain",
];

/// Whether an alternative can stand in a text. Others say what to write about.
#[must_use]
pub fn is_wording(alternative: &str) -> bool {
    let first = alternative.split_whitespace().next().unwrap_or_default();
    let first = first.trim_end_matches(':');
    !ASKS.contains(&first) && !alternative.contains('(')
}

/// The text with one place rewritten; `None` when what was chosen is not there.
#[must_use]
pub fn rewrite(checker: &Checker, text: &str, chosen: &Chosen) -> Option<String> {
    let findings = checker.check(text).findings;
    let found = findings.iter().filter(|f| f.entry == chosen.entry).nth(chosen.nth)?;
    let instead = match chosen.swap {
        Swap::OwnWords => format!("“{}”", found.matched),
        Swap::Alternative(n) => {
            let words = found.alternatives.get(n).filter(|words| is_wording(words))?;
            fitted(found, words)
        }
    };
    let (before, after) = (text.get(..found.span.bytes.start)?, text.get(found.span.bytes.end..)?);
    Some(format!("{before}{instead}{after}"))
}

/// An alternative with a capital where the words it replaces began with one.
fn fitted(found: &Finding, words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    let second_lower = found.matched.chars().nth(1).is_none_or(|c| !c.is_uppercase());
    if found.matched.starts_with(char::is_uppercase) && second_lower {
        format!("{}{}", first.to_uppercase(), chars.as_str())
    } else {
        words.to_owned()
    }
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
        assert!(is_wording("is being exploited"));
        assert!(!is_wording("describe what happened and who was responsible"));
        assert!(!is_wording("leave out: it is not relevant to the harm"));
        assert!(!is_wording("(use the child's name)"));
    }
}
