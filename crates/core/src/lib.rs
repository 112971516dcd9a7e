//! The words of the domain: ids, time with precision, sensitive values, validation, one module
//! a noun.
//!
//! Nothing here reads a clock, draws a random number, opens a file or knows a database: those come
//! in through [`time::Clock`] and [`chance::Chance`].

pub mod agency;
pub mod batch;
pub mod chance;
pub mod check;
pub mod child;
pub mod clock;
pub mod codes;
pub mod concern;
pub mod content;
pub mod decision;
pub mod document;
pub mod emergency;
pub mod errors;
pub mod explore;
pub mod guidance;
pub mod ids;
pub mod messages;
pub mod partial_date;
pub mod reference;
pub mod report;
pub mod sensitive;
pub mod time;
pub mod user;
