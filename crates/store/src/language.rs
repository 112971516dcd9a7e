//! The words of records: what they were checked with, and the partnership's own lexicon.

pub mod checked;
pub mod lexicon;
