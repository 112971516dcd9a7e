//! Scores the checker against labelled cases: exact span and entry, one to one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::check::Checker;
use crate::lexicon::Severity;

/// A labelled text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Name of the case.
    pub id: String,
    /// The text.
    pub text: String,
    /// What should be found.
    pub expected: Vec<Expected>,
    /// Register and what it tests, the kind of test before a colon.
    #[serde(default)]
    pub note: String,
}

/// A labelled span.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Expected {
    /// First code point.
    pub start: usize,
    /// Code point after the last one.
    pub end: usize,
    /// Id of the lexicon entry.
    pub entry_id: String,
}

/// Counts of right, wrong and missed spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Found and labelled.
    pub right: usize,
    /// Found but not labelled.
    pub wrong: usize,
    /// Labelled but not found.
    pub missed: usize,
}

#[expect(clippy::cast_precision_loss, reason = "counts of cases are far below 2^52")]
impl Score {
    /// Share of what was found that is labelled; 1 when nothing was found.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// Share of what is labelled that was found; 1 when nothing is labelled.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let twice = 2 * self.right;
        if twice == 0 {
            return if self.wrong + self.missed == 0 { 1.0 } else { 0.0 };
        }
        twice as f64 / (twice + self.wrong + self.missed) as f64
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of cases are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A case that came out otherwise than labelled.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// Name of the case.
    pub id: String,
    /// The text.
    pub text: String,
    /// Found but not labelled: words, entry.
    pub wrong: Vec<(String, String)>,
    /// Labelled but not found: words, entry, and why it was let pass, if it was.
    pub missed: Vec<(String, String, String)>,
}

/// The outcome over a set of cases.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Evaluation {
    /// Number of cases.
    pub cases: usize,
    /// Words in all texts.
    pub words: usize,
    /// Cases without a labelled span.
    pub clean: usize,
    /// Words in those.
    pub clean_words: usize,
    /// Clean cases in which something was found.
    pub clean_flagged: usize,
    /// Findings in clean cases.
    pub false_alarms: usize,
    /// All spans.
    pub overall: Score,
    /// By category of the entry.
    pub by_category: BTreeMap<String, Score>,
    /// By severity of the entry.
    pub by_severity: BTreeMap<String, Score>,
    /// By what the case tests: the first words of its note.
    pub by_context: BTreeMap<String, Score>,
    /// Cases that came out otherwise than labelled.
    pub differences: Vec<Difference>,
}

/// Runs the checker over `cases`, counting findings of `least` severity and above.
pub fn evaluate(checker: &Checker, cases: &[Case], least: Severity) -> Evaluation {
    let mut out = Evaluation { cases: cases.len(), ..Evaluation::default() };
    for case in cases {
        add_case(checker, case, least, &mut out);
    }
    out
}

fn add_case(checker: &Checker, case: &Case, least: Severity, out: &mut Evaluation) {
    let report = checker.check(&case.text);
    let found: BTreeSet<Expected> = report
        .findings
        .iter()
        .filter(|finding| finding.severity >= least)
        .map(|finding| Expected {
            start: finding.span.chars.start,
            end: finding.span.chars.end,
            entry_id: finding.entry.clone(),
        })
        .collect();
    let labelled: BTreeSet<Expected> = case.expected.iter().cloned().collect();
    let words = case.text.split_whitespace().count();
    out.words += words;
    if labelled.is_empty() {
        out.clean += 1;
        out.clean_words += words;
        out.clean_flagged += usize::from(!found.is_empty());
        out.false_alarms += found.len();
    }
    let context = context_of(&case.note, labelled.is_empty());
    for span in found.union(&labelled) {
        let one = match (found.contains(span), labelled.contains(span)) {
            (true, true) => Score { right: 1, ..Score::default() },
            (true, false) => Score { wrong: 1, ..Score::default() },
            _ => Score { missed: 1, ..Score::default() },
        };
        add(&mut out.overall, one);
        add(out.by_context.entry(context.clone()).or_default(), one);
        if let Some(entry) = checker.entry(&span.entry_id) {
            add(out.by_category.entry(entry.category.name().to_owned()).or_default(), one);
            add(out.by_severity.entry(entry.severity.name().to_owned()).or_default(), one);
        }
    }
    if found != labelled {
        let wrong = found.difference(&labelled).map(|span| named(&case.text, span)).collect();
        let missed = labelled
            .difference(&found)
            .map(|span| {
                let (words, entry) = named(&case.text, span);
                let passed = report.suppressed.iter().find(|passed| {
                    passed.entry == span.entry_id && passed.span.chars.start == span.start
                });
                let why = passed.map_or("not matched".to_owned(), |passed| {
                    format!("{}: {}", passed.context.name(), passed.because)
                });
                (words, entry, why)
            })
            .collect();
        let (id, text) = (case.id.clone(), case.text.clone());
        out.differences.push(Difference { id, text, wrong, missed });
    }
}

fn add(score: &mut Score, one: Score) {
    score.right += one.right;
    score.wrong += one.wrong;
    score.missed += one.missed;
}

fn named(text: &str, span: &Expected) -> (String, String) {
    let words = text.chars().skip(span.start).take(span.end.saturating_sub(span.start)).collect();
    (words, span.entry_id.clone())
}

/// The kind of test: the note up to its first colon, semicolon or bracket.
fn context_of(note: &str, clean: bool) -> String {
    let kind = note.split([':', ';', '(']).next().unwrap_or("").trim();
    format!("{}{}", if clean { "clean, " } else { "" }, kind)
}

/// Why a file of cases cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct CaseError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Reads cases, one JSON object a line.
pub fn read_cases(text: &str) -> Result<Vec<Case>, CaseError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line)
                .map_err(|error| CaseError { line: at + 1, problem: error.to_string() })
        })
        .collect()
}
