//! What an answer counts as on the day of the screen.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answers::Response;

/// The weight class of an indicator. Classes are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Context that others may take advantage of; never sets a level alone.
    Vulnerability,
    /// Matters in combination; has other explanations.
    Moderate,
    /// Often present where children are exploited.
    Strong,
    /// May show that harm is already happening.
    HarmSign,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 4] = [Self::Vulnerability, Self::Moderate, Self::Strong, Self::HarmSign];

    /// The id that instruments use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Vulnerability => "vulnerability",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
            Self::HarmSign => "harm_sign",
        }
    }
}

/// What an answer counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Yes, and current.
    Yes,
    /// Possible, and current.
    Possible,
    /// Yes or possible, but not current.
    Historic,
    /// No, or not known.
    #[default]
    Neither,
}

impl State {
    /// The state of an answer on `screened_on`.
    ///
    /// A missing date, or one after the screen, counts as current: a gap in a record never makes a
    /// worry history. `window` is the most days ago that still are current.
    pub fn of(response: Response, observed: Option<Date>, screened_on: Date, window: i32) -> Self {
        let days = observed.map_or(0, |date| days_between(date, screened_on));
        match response {
            Response::No | Response::NotKnown => Self::Neither,
            Response::Yes | Response::Possible if days > window => Self::Historic,
            Response::Yes => Self::Yes,
            Response::Possible => Self::Possible,
        }
    }

    /// Yes or possible, and current.
    pub fn is_current(self) -> bool {
        matches!(self, Self::Yes | Self::Possible)
    }
}

/// Calendar days from `earlier` to `later`, negative if they are the other way round.
pub(crate) fn days_between(earlier: Date, later: Date) -> i32 {
    let seconds = earlier.duration_until(later).as_secs();
    i32::try_from(seconds / 86_400).unwrap_or(i32::MAX)
}
