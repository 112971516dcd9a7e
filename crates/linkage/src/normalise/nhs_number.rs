//! NHS numbers: ten digits, the last a check on the first nine.
//!
//! Source: NHS Data Dictionary, *NHS number*: weights 10 down to 2, remainder modulo 11. Numbers
//! that begin 999 are kept for test data.

use thiserror::Error;

/// Why a text is not an NHS number. The text itself is not repeated, it may be a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NhsNumberError {
    /// Something other than digits, spaces and hyphens.
    #[error("an NHS number holds only digits")]
    NotDigits,
    /// Not ten digits.
    #[error("an NHS number has 10 digits")]
    Length,
    /// The last digit does not agree with the others.
    #[error("the check digit does not agree, so at least one digit is wrong")]
    CheckDigit,
    /// One digit ten times, which passes the sum but is never issued.
    #[error("ten identical digits are not an NHS number")]
    Identical,
}

/// Ten digits without spaces, when the check digit agrees. A number that passes may still be
/// another person's: only a trace proves it.
///
/// # Errors
/// See [`NhsNumberError`].
pub fn parse(text: &str) -> Result<String, NhsNumberError> {
    let digits = digits(text)?;
    if digits.len() != 10 {
        return Err(NhsNumberError::Length);
    }
    let bytes = digits.as_bytes();
    if bytes.iter().all(|digit| bytes.first() == Some(digit)) {
        return Err(NhsNumberError::Identical);
    }
    let sum: u32 = (2..=10)
        .rev()
        .zip(bytes)
        .map(|(weight, digit)| weight * u32::from(digit.wrapping_sub(b'0')))
        .sum();
    let check = (11 - sum % 11) % 11;
    let last = bytes.last().map(|digit| u32::from(digit.wrapping_sub(b'0')));
    if last == Some(check) { Ok(digits) } else { Err(NhsNumberError::CheckDigit) }
}

/// The digits alone, whatever their number and check digit.
///
/// # Errors
/// [`NhsNumberError::NotDigits`] when other characters occur.
pub fn digits(text: &str) -> Result<String, NhsNumberError> {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if kept.is_empty() || !kept.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NhsNumberError::NotDigits);
    }
    Ok(kept)
}
