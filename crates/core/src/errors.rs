//! What is wrong with what somebody typed: all of it together, each beside its field.

use serde::Serialize;

use crate::t;

/// One thing to mend, in words the person can act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The name of the form field, also the anchor on the page.
    pub field: String,
    /// What to do, in one plain sentence without a full stop.
    pub message: String,
}

/// Everything wrong with one form. Empty means it may go on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Adds one error.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    /// One error alone.
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// The message for a field, if it has one.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|e| e.field == field).map(|e| e.message.as_str())
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` with the value when nothing is wrong, the errors otherwise.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// A required text: trimmed, not empty, at most `max` characters.
pub fn required_text(
    errors: &mut FieldErrors,
    field: &str,
    value: &str,
    max: usize,
    missing: &str,
) -> String {
    let text = value.trim();
    if text.is_empty() {
        errors.add(field, missing);
    }
    limited(errors, field, text, max)
}

/// An optional text: trimmed, at most `max` characters; empty becomes `None`.
pub fn optional_text(
    errors: &mut FieldErrors,
    field: &str,
    value: &str,
    max: usize,
) -> Option<String> {
    let text = limited(errors, field, value.trim(), max);
    (!text.is_empty()).then_some(text)
}

fn limited(errors: &mut FieldErrors, field: &str, text: &str, max: usize) -> String {
    let length = text.chars().count();
    if length > max {
        let message = t!(
            "Shorten this to {max} characters or fewer; it has {length}",
            max = max,
            length = length
        );
        errors.add(field, message);
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_errors_come_together_and_keep_their_fields() {
        let mut errors = FieldErrors::default();
        required_text(&mut errors, "what", "  ", 10, "Tell us what you noticed");
        optional_text(&mut errors, "where", "much longer than ten", 10);
        assert_eq!(errors.0.len(), 2);
        assert_eq!(errors.of("what"), Some("Tell us what you noticed"));
        assert_eq!(errors.of("where"), Some("Shorten this to 10 characters or fewer; it has 20"));
    }
}
