//! Concerns.

pub mod document;
pub mod insert;
pub mod list;
pub mod queue;
pub mod read;
pub mod rights;
pub mod search;
pub mod triage;
