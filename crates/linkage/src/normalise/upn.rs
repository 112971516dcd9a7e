//! Unique pupil numbers: a check letter and twelve characters.
//!
//! Source: Department for Education, *Unique pupil numbers*: positions 2 to 13 weighted by their
//! position, remainder modulo 23, into an alphabet without I, O and S. A temporary number ends in
//! a letter, which counts as its place in that alphabet.

use thiserror::Error;

const ALPHABET: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// Whether a number stays with the pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upn {
    /// Twelve digits after the letter.
    Permanent,
    /// Eleven digits and a closing letter.
    Temporary,
}

/// Why a text is not a UPN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UpnError {
    /// Not a letter, eleven digits and a digit or letter.
    #[error("a UPN is a letter, 11 digits and a last digit or letter")]
    Form,
    /// The first letter does not agree with the rest.
    #[error("the check letter does not agree, so at least one character is wrong")]
    CheckLetter,
}

/// Upper case without spaces, and which kind it is, when the check letter agrees.
///
/// # Errors
/// See [`UpnError`].
pub fn parse(text: &str) -> Result<(String, Upn), UpnError> {
    let upn: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let [letter, middle @ .., last] = upn.as_bytes() else { return Err(UpnError::Form) };
    if middle.len() != 11 || !middle.iter().all(u8::is_ascii_digit) {
        return Err(UpnError::Form);
    }
    let (closing, kind) = if last.is_ascii_digit() {
        (usize::from(last.wrapping_sub(b'0')), Upn::Permanent)
    } else {
        (place(*last).ok_or(UpnError::Form)?, Upn::Temporary)
    };
    let weighted = (2..).zip(middle).map(|(weight, digit)| weight * usize::from(digit - b'0'));
    let sum = weighted.sum::<usize>() + 13 * closing;
    if ALPHABET.get(sum % 23) == Some(letter) {
        Ok((upn, kind))
    } else if place(*letter).is_none() {
        Err(UpnError::Form)
    } else {
        Err(UpnError::CheckLetter)
    }
}

fn place(letter: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == letter)
}
