//! Finds victim-blaming words in text and suggests better ones, explaining every finding.
//!
//! The library knows nothing of any program around it. A [`Lexicon`] lists terms with the reason
//! they harm, what to write instead and the contexts in which they are right; a [`Checker`] finds
//! them in text, asks small recognisers about the context, and reports findings and, on request,
//! what it let pass and why. It advises; a person decides.
//!
//! ```
//! let findings = tessera_language::advice("She puts herself at risk.");
//! assert_eq!(findings[0].entry, "puts-self-at-risk");
//! assert_eq!(findings[0].span.chars, 4..24);
//! assert!(tessera_language::advice("Nobody said she puts herself at risk.").is_empty());
//! ```

mod builtin;
mod check;
mod context;
mod cues;
#[cfg(feature = "documents")]
pub mod document;
pub mod evaluate;
mod finding;
mod fit;
pub mod house;
mod lexicon;
mod pattern;
mod scene;
mod spelling;
mod template;
mod text;
mod trie;

pub use check::{Checker, Stream};
pub use finding::{Finding, Outcome, Report, Span, Suppressed};
pub use lexicon::{
    Category, Context, Entry, Lexicon, LexiconError, Meta, Requirement, Severity, Source,
};

/// Findings of the built-in lexicon in `text`, in the order of the text.
pub fn advice(text: &str) -> Vec<Finding> {
    builtin_checker().check(text).findings
}

/// The checker of the built-in lexicon, made once and shared.
pub fn builtin_checker() -> &'static Checker {
    builtin::checker()
}
