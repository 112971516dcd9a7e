//! Two screens of one child side by side, each in the wording of its own version.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::answers::{Response, Sheet};
use crate::evaluate::Outcome;
use crate::instrument::Instrument;
use crate::recency::State;

/// A screen with the instrument it was made with and what came of it.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// The instrument, in the version of the time.
    pub instrument: &'a Instrument,
    /// The answers.
    pub sheet: &'a Sheet,
    /// The result.
    pub outcome: &'a Outcome,
}

/// What differs between two screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The level of the earlier screen, by the name of its version.
    pub level_before: String,
    /// The level of the later screen.
    pub level_after: String,
    /// Indicators whose answer, recency or wording differs, in the order of the later screen and
    /// then those that only the earlier one has.
    pub rows: Vec<Row>,
}

/// One indicator that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its id.
    pub indicator: String,
    /// In the earlier screen; nothing if that version does not have it.
    pub before: Option<Side>,
    /// In the later screen; nothing if that version does not have it.
    pub after: Option<Side>,
}

/// An indicator in one screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Its wording in that version.
    pub text: String,
    /// What was answered.
    pub response: Response,
    /// What that counted as on the day.
    pub state: State,
    /// When it was last seen.
    pub last_observed_on: Option<Date>,
}

/// Puts two screens side by side and keeps what differs.
pub fn compare(before: Screen<'_>, after: Screen<'_>) -> Comparison {
    let mut ids = Vec::new();
    let mut seen = BTreeSet::new();
    for screen in [after, before] {
        for indicator in screen.instrument.indicators() {
            if seen.insert(&indicator.id) {
                ids.push(&indicator.id);
            }
        }
    }
    let rows = ids.into_iter().map(|id| Row {
        indicator: id.clone(),
        before: before.side(id),
        after: after.side(id),
    });
    let label = |screen: Screen<'_>| screen.instrument.level(screen.outcome.level).label.clone();
    Comparison {
        level_before: label(before),
        level_after: label(after),
        rows: rows.filter(|row| row.before != row.after).collect(),
    }
}

impl Screen<'_> {
    fn side(&self, id: &str) -> Option<Side> {
        let place = self.instrument.place_of(id)?;
        let answer = self.sheet.answers.get(place)?;
        Some(Side {
            text: self.instrument.indicators().get(place)?.text.clone(),
            response: answer.response,
            state: self.outcome.states.get(place).copied().unwrap_or_default(),
            last_observed_on: answer.last_observed_on,
        })
    }
}
