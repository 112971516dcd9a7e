//! Values about people that must never reach a log line or an error message.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Holds a value whose `Debug` never shows it. Read it only where it is meant to be shown.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, to store it or to show it to someone who may see it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Gives the value up.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[withheld]")
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_be_printed_by_accident() {
        let name = Sensitive::new("Robin Example".to_owned());
        assert_eq!(format!("{name:?}"), "[withheld]");
        assert_eq!(name.reveal(), "Robin Example");
    }
}
