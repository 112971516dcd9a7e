//! When something is due, and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The end of a clock's time, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The rule's id.
    pub rule: String,
    /// When the clock started.
    pub started: Timestamp,
    /// When its time is up.
    pub at: Timestamp,
    /// How `at` follows from `started`, in sentences for a worker.
    pub explained: String,
    /// What to know before relying on it, such as a year whose bank holidays are not listed.
    pub caution: Option<String>,
}
