//! Decisions kept in a file, one a line in the order in which they were made.
//!
//! Columns `left`, `right` and `verdict`: `same`, `not_same`, `not_sure`, or `undo`, which undoes
//! the last decision about the two that stands. Nothing is ever taken out of the file.

use std::io::Read;

use crate::decisions::{Contradiction, Decisions, Verdict};

/// Why a file of decisions cannot be used. No cell is repeated.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Not comma-separated text in UTF-8.
    #[error("the file cannot be read as comma-separated text")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("the file has no column \"{0}\"")]
    Column(&'static str),
    /// A thing that is not there.
    #[error("line {0}: no record has that identifier")]
    Unknown(u64),
    /// A thing beside itself.
    #[error("line {0}: both identifiers are the same")]
    Itself(u64),
    /// Another word than the four.
    #[error("line {0}: the verdict must be same, not_same, not_sure or undo")]
    Verdict(u64),
    /// An undoing of nothing.
    #[error("line {0}: no decision about the two stands that could be undone")]
    NothingToUndo(u64),
}

/// Reads decisions; `find` gives the number of a thing by its identifier.
///
/// # Errors
/// See [`JournalError`].
pub fn read_decisions(
    input: impl Read,
    mut find: impl FnMut(&str) -> Option<u64>,
) -> Result<Decisions, JournalError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
    let head = reader.headers()?.clone();
    let place = |name: &'static str| {
        head.iter().position(|column| column == name).ok_or(JournalError::Column(name))
    };
    let places = [place("left")?, place("right")?, place("verdict")?];
    let mut decisions = Decisions::default();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        let line = row.position().map_or(0, csv::Position::line);
        let [left, right, verdict] = places.map(|place| row.get(place).unwrap_or_default());
        let mut known = |id: &str| find(id).ok_or(JournalError::Unknown(line));
        let (left, right) = (known(left)?, known(right)?);
        let verdict = match verdict {
            "same" => Verdict::Same,
            "not_same" => Verdict::NotSame,
            "not_sure" => Verdict::NotSure,
            "undo" => {
                let pair = (left.min(right), left.max(right));
                let last = decisions.standing().find(|made| (made.left, made.right) == pair);
                let id = last.map(|made| made.id).ok_or(JournalError::NothingToUndo(line))?;
                decisions.undo(id);
                continue;
            }
            _ => return Err(JournalError::Verdict(line)),
        };
        decisions.decide(left, right, verdict).ok_or(JournalError::Itself(line))?;
    }
    Ok(decisions)
}

/// What a run obeys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obeyed {
    /// The decisions that stand and do not contradict each other.
    pub pairs: Vec<(u32, u32, Verdict)>,
    /// The contradictions, for people to resolve. What is said to be the same among the things they
    /// touch is not obeyed meanwhile; what is said to be different is.
    pub contradictions: Vec<Contradiction>,
}

/// The decisions that a run over numbered records obeys.
#[must_use]
pub fn obeyed(decisions: &Decisions) -> Obeyed {
    let view = decisions.view();
    let number = |thing: u64| u32::try_from(thing).ok();
    let stands = decisions.standing().filter(|made| {
        made.verdict != Verdict::Same || view.group_of(made.left) == view.group_of(made.right)
    });
    let pairs = stands
        .filter_map(|made| Some((number(made.left)?, number(made.right)?, made.verdict)))
        .collect();
    Obeyed { pairs, contradictions: view.contradictions }
}
