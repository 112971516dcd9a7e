//! An instrument whose names are looked up and whose conditions are read.

pub mod file;
mod load;
mod overlay;

use std::collections::HashMap;

use tessera_core::content::ContentError;

use crate::condition::Condition;
use crate::judgement::Rules;
use crate::recency::Class;

pub(crate) use file::{Action, ChangeFile, InstrumentFile, JudgementFile, Level};
pub use overlay::OverlayWhen;
pub(crate) use overlay::parse as parse_set_when;

/// The day on which an instrument's own cases are screened.
pub const SELF_TEST_DATE: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 1);

/// A screening instrument, checked.
#[derive(Clone, Debug)]
pub struct Instrument {
    file: InstrumentFile,
    noted: Vec<ContentError>,
    sections: Vec<Section>,
    indicators: Vec<Indicator>,
    places: HashMap<String, usize>,
    levels: Vec<Level>,
    pub(crate) window: i32,
    pub(crate) level_rules: Vec<LevelRule>,
    pub(crate) floors: Vec<Floor>,
    pub(crate) prompts: Vec<Prompt>,
    pub(crate) overlays: Vec<Overlay>,
    pub(crate) judgement: Option<Rules>,
}

/// A group of indicators.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What a worker reads above its indicators.
    pub help: Option<String>,
    /// The places of its indicators in [`Instrument::indicators`].
    pub indicators: std::ops::Range<usize>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// Its weight class.
    pub class: Class,
    /// The places of the exploitation types it may point to.
    pub types: Vec<usize>,
    /// The statement that is answered.
    pub text: String,
    /// What else to write down.
    pub prompt: Option<String>,
    /// What to bear in mind.
    pub note: Option<String>,
    /// The record from which a form fills it in before evaluation.
    pub computed_from: Option<String>,
    /// Whether it means immediate danger when it is yes or possible and current.
    pub danger_flag: bool,
}

/// A rule that gives a level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelRule {
    /// Its id.
    pub id: String,
    /// Its condition.
    pub condition: Condition,
    /// The place of the level in [`Instrument::levels`].
    pub level: usize,
    /// Its reason in words.
    pub reason: String,
    /// What it asks of a person.
    pub requires: Option<String>,
}

/// A rule that raises a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    /// Its id.
    pub id: String,
    /// Its condition.
    pub condition: Condition,
    /// How it raises.
    pub effect: Effect,
    /// Whether it forbids a professional level below what it demands.
    pub lock: bool,
    /// Its reason in words.
    pub reason: String,
}

/// How a floor raises a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// To the level at this place, unless it is higher already.
    AtLeast(usize),
    /// By so many steps, at most to the highest level.
    StepUp(usize),
}

impl Effect {
    /// The level after this, where `highest` is the place of the highest one.
    pub fn on(self, level: usize, highest: usize) -> usize {
        match self {
            Self::AtLeast(least) => level.max(least),
            Self::StepUp(steps) => level.saturating_add(steps).min(highest).max(level),
        }
    }
}

/// Advice that never changes a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Its id.
    pub id: String,
    /// Its condition.
    pub condition: Condition,
    /// What it advises.
    pub text: String,
}

/// A mark beside a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// It is set when one of these holds.
    pub when: Vec<OverlayWhen>,
}

impl Instrument {
    /// Reads and checks an instrument; `file` names it in faults.
    pub fn from_yaml(file: &str, text: &str) -> Result<Self, ContentError> {
        load::load(file, text)
    }

    /// The instrument as its file writes it: headings, texts, actions, routes and sources.
    pub fn file(&self) -> &InstrumentFile {
        &self.file
    }

    /// Keys that the file has and an instrument does not: the rest was read without them.
    pub fn noted(&self) -> &[ContentError] {
        &self.noted
    }

    /// Its id and version, as `CE-SCREEN 2026.1`.
    pub fn name(&self) -> String {
        format!("{} {}", self.file.instrument.id, self.file.instrument.version)
    }

    /// Its groups of indicators.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// All indicators, in the order of the file.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The place of the indicator with this id.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The id of the indicator at `place`.
    pub(crate) fn id_at(&self, place: usize) -> &str {
        self.indicators.get(place).map_or("", |indicator| indicator.id.as_str())
    }

    /// The levels, lowest first.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The level at `place`; past the last, the highest.
    pub fn level(&self, place: usize) -> &Level {
        static NONE: Level = Level {
            id: String::new(),
            rank: 0,
            label: String::new(),
            need_level: None,
            local_names: Vec::new(),
        };
        self.levels.get(place).or(self.levels.last()).unwrap_or(&NONE)
    }

    /// The place of the level with this id.
    pub fn level_of(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    /// The most days ago that an observation still is current.
    pub fn window_days(&self) -> i32 {
        self.window
    }

    /// What a person may do to a computed level, where the instrument says.
    pub fn judgement(&self) -> Option<&Rules> {
        self.judgement.as_ref()
    }
}
