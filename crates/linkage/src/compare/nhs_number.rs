//! How far two NHS numbers agree.

use crate::compare::edit;

/// Levels of agreement of two numbers of ten digits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberLevel {
    /// The same digits.
    Same,
    /// One slip apart: the check digit should have caught it, so one side was not checked.
    OneSlip,
    /// None of these.
    Different,
}

impl NumberLevel {
    /// The stable name of the level in documents.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::OneSlip => "one_slip",
            Self::Different => "different",
        }
    }
}

/// Compares two numbers given as digits.
#[must_use]
pub fn compare(left: &str, right: &str) -> NumberLevel {
    if left == right {
        NumberLevel::Same
    } else if edit::within_one(left, right) {
        NumberLevel::OneSlip
    } else {
        NumberLevel::Different
    }
}
