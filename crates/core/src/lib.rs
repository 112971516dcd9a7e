//! Words of the domain: ids, time with precision, sensitive values, validation; one module a noun

pub mod clock;
pub mod content;
