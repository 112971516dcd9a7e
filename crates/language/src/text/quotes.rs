//! Which stretches of a paragraph are someone's quoted words.
//!
//! Straight and curly, single and double marks, nested ones, lines quoted by `>`, and the lines of
//! a question-and-answer transcript. Apostrophes, decades, feet and inches are no quotation marks.
//! A mark that is never closed protects nothing.

use super::token::{Gap, Token, mark};

/// Puts the token ranges (both ends included) that are quoted into `found`, by their start.
pub(crate) fn quoted(text: &str, tokens: &[Token], found: &mut Vec<(u32, u32)>) {
    found.clear();
    if !tokens.iter().any(may_quote) {
        return;
    }
    paired(tokens, mark::DOUBLE_OPEN, mark::DOUBLE_CLOSE, found);
    straight_double(tokens, found);
    single(text, tokens, found);
    lines(text, tokens, found);
    found.sort_unstable();
}

/// Whether a token can be part of anything this file looks for: most paragraphs hold none.
fn may_quote(token: &Token) -> bool {
    let quotes = mark::SINGLE_OPEN..=mark::DOUBLE_CLOSE;
    let answer = token.end - token.start == 1 && token.is_word() && token.gap != Gap::Space;
    quotes.contains(&token.mark) || matches!(token.mark, b'"' | b'\'' | b'>') || answer
}

fn span(first: usize, last: usize) -> Option<(u32, u32)> {
    Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
}

/// Curly or angled pairs; an inner pair of the same kind is part of the outer.
fn paired(tokens: &[Token], open: u8, close: u8, found: &mut Vec<(u32, u32)>) {
    let mut opened: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.mark == open {
            opened.push(at);
        } else if token.mark == close
            && let Some(first) = opened.pop()
        {
            found.extend(span(first, at));
        }
    }
}

fn touches_next(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None)
}

/// Whether the mark at `at` stands where a quotation may open: not right after a word.
fn may_open(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let free = token.gap != Gap::None
        || before.is_none_or(|before| {
            matches!(before.mark, b'(' | b'[' | b'/' | b':' | b'"' | b'\'' | b'>' | mark::OTHER)
                || matches!(before.mark, mark::DOUBLE_OPEN | mark::SINGLE_OPEN | b'=' | b'*' | b'_')
        });
    free && touches_next(tokens, at)
}

/// Whether the mark at `at` stands where a quotation may close: right after something.
fn may_close(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens.get(at).is_some_and(|token| token.gap == Gap::None)
}

fn straight_double(tokens: &[Token], found: &mut Vec<(u32, u32)>) {
    let mut open: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.mark != b'"' && token.mark != mark::DOUBLE_CLOSE {
            continue;
        }
        match open {
            Some(first) if may_close(tokens, at) => {
                found.extend(span(first, at));
                open = None;
            }
            _ if token.mark == b'"' && may_open(tokens, at) => open = Some(at),
            _ => {}
        }
    }
}

fn single(text: &str, tokens: &[Token], found: &mut Vec<(u32, u32)>) {
    let mut open: Option<usize> = None;
    let mut doubtful: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        let curly_open = token.mark == mark::SINGLE_OPEN;
        let straight = token.mark == b'\'';
        let closing = straight || token.mark == mark::SINGLE_CLOSE;
        if let Some(first) = open
            && closing
            && may_close(tokens, at)
        {
            if is_plural_possessive(text, tokens, at) {
                doubtful = doubtful.or(Some(at));
            } else {
                found.extend(span(first, at));
                (open, doubtful) = (None, None);
            }
            continue;
        }
        if (curly_open || straight) && may_open(tokens, at) && opens_words(text, tokens, at) {
            if let (Some(first), Some(last)) = (open, doubtful.take()) {
                found.extend(span(first, last));
            }
            open = Some(at);
        }
    }
    if let (Some(first), Some(last)) = (open, doubtful) {
        found.extend(span(first, last));
    }
}

/// `'90s`, `'tis` and `'em` begin with an apostrophe, not with a quotation mark.
fn opens_words(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = tokens.get(at + 1).and_then(|token| text.get(token.range())).unwrap_or("");
    let lower = word.to_lowercase();
    let decade =
        lower.len() == 3 && lower.ends_with('s') && lower.starts_with(|c: char| c.is_ascii_digit());
    let elided =
        matches!(lower.as_str(), "tis" | "twas" | "em" | "cause" | "til" | "n" | "bout" | "cos");
    !decade && !elided
}

/// `the girls' placement`: an apostrophe after an s with a lower-case word behind it may be a
/// possessive; it closes a quotation only when nothing after it does so more plainly.
fn is_plural_possessive(text: &str, tokens: &[Token], at: usize) -> bool {
    let ends_in_s = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .filter(|token| token.is_word())
        .and_then(|token| text.get(token.range()))
        .is_some_and(|word| word.ends_with(['s', 'S']));
    let goes_on = tokens.get(at + 1).is_some_and(|next| {
        next.gap == Gap::Space
            && next.is_word()
            && text
                .get(next.range())
                .and_then(|word| word.chars().next())
                .is_some_and(char::is_lowercase)
    });
    ends_in_s && goes_on
}

/// Lines that begin with `>`, and the answers of a transcript (`Q:` and `A:` lines together).
fn lines(text: &str, tokens: &[Token], found: &mut Vec<(u32, u32)>) {
    let mut starts: Vec<usize> = vec![0];
    let begins = |token: &Token| matches!(token.gap, Gap::Line | Gap::Item);
    starts.extend(
        tokens.iter().enumerate().skip(1).filter(|(_, token)| begins(token)).map(|(at, _)| at),
    );
    let label = |at: usize| -> Option<char> {
        let word = tokens.get(at).and_then(|token| text.get(token.range()))?;
        let colon = tokens.get(at + 1).is_some_and(|next| matches!(next.mark, b':' | b'.'));
        word.chars().next().filter(|_| colon && word.len() == 1)
    };
    let transcript = starts.iter().any(|at| label(*at) == Some('Q'))
        && starts.iter().any(|at| label(*at) == Some('A'));
    for (nth, first) in starts.iter().enumerate() {
        let last = starts.get(nth + 1).copied().unwrap_or(tokens.len()).saturating_sub(1);
        let marked = tokens.get(*first).is_some_and(|token| token.mark == b'>');
        if marked || (transcript && label(*first).is_some_and(|c| c == 'Q' || c == 'A')) {
            found.extend(span(*first, last));
        }
    }
}
