//! Where sentences begin.

use super::token::{Gap, Token};

/// Words before a full stop that end no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "prof", "rev", "sgt", "insp", "eg", "ie", "etc", "approx", "no",
    "p", "pp", "para", "s", "ss", "v", "vs", "cf", "fig", "ref", "tel", "dept", "hon", "jr",
    "cllr",
];

/// Puts the token indices at which a sentence begins into `starts`; the first is always `0`.
pub(crate) fn starts(text: &str, tokens: &[Token], starts: &mut Vec<u32>) {
    starts.clear();
    starts.push(0);
    for (at, pair) in tokens.windows(2).enumerate() {
        let [before, here] = pair else { continue };
        if begins(text, tokens, at, before, here)
            && let Ok(start) = u32::try_from(at + 1)
        {
            starts.push(start);
        }
    }
}

fn begins(text: &str, tokens: &[Token], at: usize, before: &Token, here: &Token) -> bool {
    if here.gap == Gap::Item || here.mark == super::token::mark::BULLET {
        return true;
    }
    let ends = |mark: u8| matches!(mark, b'.' | b'!' | b'?');
    if here.gap == Gap::Line && (ends(before.mark) || matches!(before.mark, b':' | b';')) {
        return true;
    }
    if here.gap == Gap::None {
        return false;
    }
    if ends(before.mark) {
        return !(before.mark == b'.' && is_abbreviation(text, tokens, at)) && opens(text, here);
    }
    // A closing quotation mark or bracket after the full stop.
    if !before.is_word() && before.mark != b',' && before.gap == Gap::None && at > 0 {
        let inner = tokens.get(at - 1).map_or(0, |token| token.mark);
        return ends(inner) && opens(text, here);
    }
    false
}

/// Whether a sentence can begin with this token: no lower-case word does.
fn opens(text: &str, token: &Token) -> bool {
    let first = text.get(token.range()).and_then(|word| word.chars().next());
    first.is_some_and(|char| !char.is_lowercase() && !matches!(char, ',' | ';' | ')'))
}

fn is_abbreviation(text: &str, tokens: &[Token], stop: usize) -> bool {
    let Some(word) = stop.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
    let Some(written) = text.get(word.range()).filter(|_| word.is_word()) else { return false };
    let lower = written.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        return true;
    }
    // "e.g." and "i.e.": a single letter between full stops.
    written.len() == 1
        && stop.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|two| two.mark == b'.')
}
