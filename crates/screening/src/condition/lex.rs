//! Splits a condition into tokens.

use super::ConditionError;

/// The longest condition that is read, in bytes: far beyond any a person would write.
pub(super) const LONGEST: usize = 2000;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Word(String),
    Text(String),
    Number(f64),
    Sign(&'static str),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The column, in characters, counted from 1.
    pub(super) column: usize,
}

/// Signs, longest first where one begins another.
const SIGNS: [&str; 14] =
    ["<=", ">=", "==", "!=", "<", ">", "(", ")", "[", "]", ",", "+", "-", "*"];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ConditionError> {
    if text.len() > LONGEST {
        return Err(ConditionError::new(1, format!("longer than {LONGEST} characters")));
    }
    let mut out = Vec::new();
    let mut rest = text;
    let mut column = 1;
    while let Some(first) = rest.chars().next() {
        let (length, kind) = if first.is_whitespace() {
            (first.len_utf8(), None)
        } else {
            let (length, kind) = one(rest, first, column)?;
            (length, Some(kind))
        };
        out.extend(kind.map(|kind| Token { kind, column }));
        let (taken, left) = rest.split_at(length);
        column += taken.chars().count();
        rest = left;
    }
    Ok(out)
}

/// The token at the start of `rest` and its length in bytes.
fn one(rest: &str, first: char, column: usize) -> Result<(usize, Kind), ConditionError> {
    let span = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
    if first.is_ascii_alphabetic() || first == '_' {
        let length = span(|c| c.is_ascii_alphanumeric() || c == '_');
        let word = rest.get(..length).unwrap_or_default();
        return Ok((length, Kind::Word(word.to_owned())));
    }
    if first.is_ascii_digit() || first == '.' {
        let length = span(|c| c.is_ascii_digit() || c == '.');
        let digits = rest.get(..length).unwrap_or_default();
        return match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok((length, Kind::Number(number))),
            _ => Err(ConditionError::new(column, format!("`{digits}` is not a number"))),
        };
    }
    if first == '\'' || first == '"' {
        let inside = rest.get(1..).unwrap_or_default();
        let Some(end) = inside.find(first) else {
            return Err(ConditionError::new(column, "a quotation mark is not closed"));
        };
        let text = inside.get(..end).unwrap_or_default();
        return Ok((end + 2, Kind::Text(text.to_owned())));
    }
    let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
    match sign {
        Some(sign) => Ok((sign.len(), Kind::Sign(sign))),
        None => Err(ConditionError::new(column, format!("`{first}` has no meaning here"))),
    }
}
