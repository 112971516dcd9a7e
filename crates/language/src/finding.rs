//! What the checker reports.

use std::sync::Arc;

use serde::Serialize;

use crate::fit;
use crate::lexicon::{Category, Context, Entry, Severity, Source};
pub use crate::text::Span;

/// Words that were raised, with everything needed to decide about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where they stand in the text as it was read.
    pub span: Span,
    /// Id of the lexicon entry.
    pub entry: String,
    /// Kind of harm.
    pub category: Category,
    /// Strength of the advice.
    pub severity: Severity,
    /// The words as written.
    pub matched: String,
    /// Why they were raised, in one sentence.
    pub message: String,
    /// Why words like these harm.
    pub why: Arc<str>,
    /// What to write instead, best first.
    pub alternatives: Arc<[String]>,
    /// Where the advice comes from.
    pub sources: Arc<[Source]>,
}

/// Words of the lexicon that are right to use where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// Where they stand in the text as it was read.
    pub span: Span,
    /// Id of the lexicon entry.
    pub entry: String,
    /// The words as written.
    pub matched: String,
    /// The context that excuses them.
    pub context: Context,
    /// What in the text shows that context.
    pub because: String,
}

/// The outcome of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Words to think about, in the order of the text.
    pub findings: Vec<Finding>,
    /// Words that were let pass, with the reason.
    pub suppressed: Vec<Suppressed>,
}

/// A finding, or words that were let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Words to think about.
    Finding(Finding),
    /// Words that are right where they stand.
    Suppressed(Suppressed),
}

impl Report {
    pub(crate) fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Finding(finding) => self.findings.push(finding),
            Outcome::Suppressed(suppressed) => self.suppressed.push(suppressed),
        }
    }
}

/// What every finding of an entry carries, shared between them.
pub(crate) struct Carried {
    why: Arc<str>,
    alternatives: Arc<[String]>,
    sources: Arc<[Source]>,
}

impl Carried {
    pub(crate) fn new(entry: &Entry) -> Self {
        Self {
            why: entry.why.as_str().into(),
            alternatives: entry.alternatives.as_slice().into(),
            sources: entry.sources.as_slice().into(),
        }
    }
}

impl Finding {
    /// Alternatives that can be written in place of the words, best first, with their capital and,
    /// where that is safe, in their number and tense. Advice about writing is left out.
    pub fn wordings(&self) -> Vec<String> {
        let wordings = self.alternatives.iter().filter(|alternative| fit::is_wording(alternative));
        wordings.map(|alternative| fit::fitted(alternative, &self.matched)).collect()
    }

    /// All alternatives, those that can be written fitted to the words.
    pub fn fitted(&self) -> Vec<String> {
        let fit = |alternative: &String| {
            if fit::is_wording(alternative) {
                fit::fitted(alternative, &self.matched)
            } else {
                alternative.clone()
            }
        };
        self.alternatives.iter().map(fit).collect()
    }

    pub(crate) fn new(
        span: Span,
        entry: &Entry,
        carried: &Carried,
        matched: &str,
        slip: bool,
    ) -> Self {
        let spelling = if slip { ", misspelt" } else { "" };
        let effect = entry.category.effect();
        let mut message = String::with_capacity(matched.len() + 96);
        message.push('“');
        for (nth, word) in matched.split_whitespace().enumerate() {
            message.push_str(if nth == 0 { "" } else { " " });
            message.push_str(word);
        }
        for part in ["”", spelling, ": these words ", effect] {
            message.push_str(part);
        }
        Self {
            span,
            entry: entry.id.clone(),
            category: entry.category,
            severity: entry.severity,
            matched: matched.to_owned(),
            message,
            why: carried.why.clone(),
            alternatives: carried.alternatives.clone(),
            sources: carried.sources.clone(),
        }
    }
}
