//! The small language of an instrument's conditions.
//!
//! A condition is parsed into a tree, its names are looked up in the instrument, and the result is
//! evaluated without any further lookup. It cannot loop, call out or fail while it is evaluated. A
//! comparison with something unknown neither holds nor fails: a condition holds only if what is
//! known makes it hold.

mod compile;
mod lex;
mod parse;
mod tree;

pub use compile::{Condition, Number, RankOf, Scope, View, compile};
pub use parse::parse;
pub use tree::{Comparison, Node, Phrase, Sum};

/// A fault in a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {reason}")]
pub struct ConditionError {
    /// Where, in characters counted from 1.
    pub column: usize,
    /// What is wrong, naming the word that is.
    pub reason: String,
}

impl ConditionError {
    fn new(column: usize, reason: impl Into<String>) -> Self {
        Self { column, reason: reason.into() }
    }
}

#[cfg(test)]
mod tests;
