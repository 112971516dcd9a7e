//! When an overlay is set: sentences of a few fixed forms, joined by "or".

use crate::condition::Comparison;
use crate::recency::State;

/// One of the ways in which an overlay is set.
#[derive(Clone, Debug, PartialEq)]
pub enum OverlayWhen {
    /// The worker says so.
    WorkerTicks,
    /// An indicator with a danger flag is in one of these states.
    DangerFlag(Vec<State>),
    /// So many percent of the indicators outside the vulnerability class are not known.
    NotKnownShare(Comparison, f64),
}

/// Reads a sentence such as "worker ticks it, or any indicator with `danger_flag` is YES or POSS".
pub(crate) fn parse(sentence: &str) -> Result<Vec<OverlayWhen>, String> {
    let spaced = sentence.replace(',', " ").replace('%', " % ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let mut found = Vec::new();
    loop {
        let (when, after) = clause(rest).ok_or_else(|| {
            format!("`{}` is none of the forms an overlay can take", rest.join(" "))
        })?;
        found.push(when);
        match after {
            [] => return Ok(found),
            ["or", after @ ..] => rest = after,
            _ => return Err(format!("expected `or`, found `{}`", after.join(" "))),
        }
    }
}

fn clause<'a, 'b>(words: &'a [&'b str]) -> Option<(OverlayWhen, &'a [&'b str])> {
    match words {
        ["worker", "ticks", "it", after @ ..] => Some((OverlayWhen::WorkerTicks, after)),
        ["any", "indicator", "with", "danger_flag", "is", after @ ..] => {
            let (first, mut after) = state(after)?;
            let mut states = vec![first];
            while let ["or", next @ ..] = after
                && let Some((another, next)) = state(next)
            {
                states.push(another);
                after = next;
            }
            Some((OverlayWhen::DangerFlag(states), after))
        }
        [
            how @ ("more" | "at"),
            second @ ("than" | "least"),
            number,
            "%",
            "of",
            "non-vulnerability",
            "indicators",
            "are",
            "not_known",
            after @ ..,
        ] => {
            let comparison = match (*how, *second) {
                ("more", "than") => Comparison::More,
                ("at", "least") => Comparison::AtLeast,
                _ => return None,
            };
            let percent: f64 = number.parse().ok()?;
            let sensible = (0.0..=100.0).contains(&percent);
            sensible.then_some((OverlayWhen::NotKnownShare(comparison, percent), after))
        }
        _ => None,
    }
}

fn state<'a, 'b>(words: &'a [&'b str]) -> Option<(State, &'a [&'b str])> {
    let (first, after) = words.split_first()?;
    let state = match *first {
        "YES" => State::Yes,
        "POSS" => State::Possible,
        "HIST" => State::Historic,
        _ => return None,
    };
    Some((state, after))
}
