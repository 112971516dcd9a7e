//! Fits an alternative to the words it may stand for: capital, number and tense, where that is safe.

/// Opening words of alternatives that tell the writer what to do instead of what to write.
const ADVICE: &[&str] = &[
    "ask", "describe", "do", "explain", "give", "identify", "leave", "list", "name", "not", "note",
    "quote", "record", "refer", "remove", "replace", "say", "state", "use", "what", "where",
    "write",
];

/// Verbs of terms whose past has no `-ed`, where the past differs from the present.
const PAST: &[&str] = &[
    "blew", "brought", "came", "chose", "did", "fell", "gave", "got", "goaded", "had", "kept",
    "knew", "led", "left", "made", "met", "ran", "sent", "sold", "threw", "told", "took", "was",
    "went", "were",
];

/// Whether `alternative` can be written as it stands; else it is advice about what to write.
pub(crate) fn is_wording(alternative: &str) -> bool {
    let first = alternative.split([' ', ',', ':']).next().unwrap_or("");
    let open = alternative.contains(['(', '/', '…', ':', ';']) || alternative.contains("...");
    !open && !ADVICE.contains(&first.to_lowercase().as_str())
}

/// `alternative` in the number and tense of `matched`, with its capital.
///
/// Only "is", "was" and "has" at the start of the alternative are fitted, and only to a verb at
/// the start of `matched` whose form is plain; everything else is left as it is.
pub(crate) fn fitted(alternative: &str, matched: &str) -> String {
    let fitted = match alternative.split_once(' ') {
        Some((verb @ ("is" | "was" | "has"), rest)) => {
            // "putting herself at risk": "being placed", not "being being placed".
            let verb = fit_verb(verb, matched);
            let rest = if verb == "being" { rest.trim_start_matches("being ") } else { rest };
            format!("{verb} {rest}")
        }
        _ => alternative.to_owned(),
    };
    // A sentence that began with the term begins with the alternative.
    let capital = matched.chars().next().is_some_and(char::is_uppercase)
        && !matched.chars().nth(1).is_some_and(char::is_uppercase);
    let mut chars = fitted.chars();
    match chars.next() {
        Some(first) if capital => first.to_uppercase().chain(chars).collect(),
        _ => fitted,
    }
}

fn fit_verb<'a>(verb: &'a str, matched: &str) -> &'a str {
    let lower = matched.to_lowercase();
    let mut words = lower.split([' ', '-', '\n', '\u{a0}']);
    let first = words.next().unwrap_or("");
    let many = lower
        .split(|char: char| !char.is_alphanumeric())
        .any(|word| matches!(word, "themselves" | "their"));
    let past = first.ends_with("ed") || PAST.contains(&first);
    let going = first.len() > 5 && first.ends_with("ing");
    match (verb, past, many) {
        ("is" | "was", ..) if going => "being",
        ("has", ..) if going => "having",
        ("is", true, false) => "was",
        ("is" | "was", true, true) => "were",
        ("is", false, true) => "are",
        ("has", true, _) => "had",
        ("has", false, true) => "have",
        _ => verb,
    }
}

#[cfg(test)]
mod tests {
    use super::{fitted, is_wording};

    #[test]
    fn an_alternative_takes_the_number_and_tense_of_the_words_it_stands_for() {
        let instead = "is being placed at risk by others";
        assert_eq!(fitted(instead, "puts herself at risk"), instead);
        assert_eq!(fitted(instead, "put themselves at risk"), "are being placed at risk by others");
        assert_eq!(fitted(instead, "placed himself at risk"), "was being placed at risk by others");
        assert_eq!(
            fitted(instead, "placed themselves at risk"),
            "were being placed at risk by others"
        );
        assert_eq!(fitted(instead, "putting herself at risk"), "being placed at risk by others");
    }

    #[test]
    fn a_term_that_opens_a_sentence_hands_its_capital_on() {
        assert_eq!(fitted("went missing", "Absconded"), "Went missing");
        assert_eq!(fitted("child in care", "LAC"), "child in care");
    }

    #[test]
    fn advice_about_writing_is_told_from_words_to_write() {
        assert!(is_wording("is being exploited") && is_wording("went missing"));
        assert!(!is_wording("describe what happened") && !is_wording("(name) or child"));
    }
}
