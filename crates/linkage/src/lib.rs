//! Finds records that may speak of the same person, vehicle or place, and explains each
//! suggestion.
//!
//! A pure library: it knows nothing of the program around it, reads no clock and draws no chance.
//! [`normalise`] gives values a comparable form, [`compare`] says how far two values agree, and
//! [`person`] ranks the records that may answer a question about a person, with reasons.
//! [`people`] links whole files of people and keeps an index that grows, [`reports`] finds which
//! intelligence reports speak of the same and hang together, and [`decisions`] holds what people
//! have decided about who is who; [`journal`] reads such decisions from a file.

mod column;
pub mod compare;
pub mod decisions;
mod forest;
pub mod journal;
mod lexicon;
pub mod normalise;
pub mod people;
pub mod person;
pub mod reports;
mod share_out;
