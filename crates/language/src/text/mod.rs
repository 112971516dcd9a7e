//! Text as the checker sees it: words, gaps, sentences, quotations and positions.

pub(crate) mod paragraph;
pub(crate) mod position;
pub(crate) mod quotes;
pub(crate) mod sentence;
pub(crate) mod token;
pub(crate) mod vocabulary;

pub use position::Span;
