//! Screenings: drafts, one-use links, what was sent, the decisions about it, and the instruments.

pub mod draft;
pub mod instrument;
pub mod level;
pub mod link;
pub mod record;
pub mod rights;
