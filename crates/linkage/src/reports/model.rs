//! What agreements between reports are worth, as far as these reports have shown it.

use serde::{Deserialize, Serialize};

use super::evidence::{WAY_NAMES, WAYS, Way, on_grid};
use super::setting::Setting;

/// The version of the document a model is kept as.
pub const REPORT_MODEL_VERSION: u32 = 2;
/// Bits that one step of a scale is wide.
pub(crate) const STEP: f32 = 2.0;
/// Steps of a scale.
pub(crate) const STEPS: usize = 20;

/// How agreements, areas and days are weighed.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportModel {
    /// The version of this form.
    pub version: u32,
    /// How many other reports a report is linked with, on average.
    pub partners: f32,
    /// A small collection is taken to be a part of one of so many reports: how rare a name is, or
    /// two reports of one matter, cannot be told from a few dozen.
    #[serde(default)]
    pub part_of: u32,
    /// Areas and days.
    pub setting: Setting,
    /// For every way of agreeing, by steps of two bits of what the agreement is worth by itself,
    /// the bits it is worth for the reports.
    pub scales: Vec<Scale>,
}

/// What one way of agreeing is worth.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The way of agreeing.
    pub way: String,
    /// Bits at 1, 3, 5 and so on bits of the agreement by itself.
    pub bits: Vec<f32>,
    /// How many pairs of reports were seen at each step.
    pub seen: Vec<u32>,
}

impl Default for ReportModel {
    /// Before anything is learnt: one partner to a report, every agreement at its own worth.
    fn default() -> Self {
        let mut own = Vec::with_capacity(STEPS);
        let mut middle = STEP / 2.0;
        for _ in 0..STEPS {
            own.push(middle);
            middle += STEP;
        }
        let scale =
            |name: &str| Scale { way: name.to_owned(), bits: own.clone(), seen: vec![0; STEPS] };
        Self {
            version: REPORT_MODEL_VERSION,
            partners: 1.0,
            part_of: 0,
            setting: Setting::default(),
            scales: WAY_NAMES.into_iter().map(scale).collect(),
        }
    }
}

/// Why a document is not a model of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReportModelError {
    /// Of another version.
    #[error("this model is of version {0}; version {REPORT_MODEL_VERSION} is read")]
    Version(u32),
    /// A scale is missing, out of order or of the wrong length.
    #[error("the scales must be the {WAYS} ways in order, each with {STEPS} steps")]
    Scales,
    /// A number is not finite, a share not between 0 and 1.
    #[error("a number is out of range")]
    Number,
}

impl ReportModel {
    /// Whether the numbers can be used.
    ///
    /// # Errors
    /// See [`ReportModelError`].
    pub fn check(&self) -> Result<(), ReportModelError> {
        if self.version != REPORT_MODEL_VERSION {
            return Err(ReportModelError::Version(self.version));
        }
        let names = self.scales.iter().map(|scale| scale.way.as_str());
        let whole = |scale: &Scale| scale.bits.len() == STEPS && scale.seen.len() == STEPS;
        if !names.eq(WAY_NAMES) || !self.scales.iter().all(whole) {
            return Err(ReportModelError::Scales);
        }
        let bits = self.scales.iter().flat_map(|scale| &scale.bits).chain(&self.setting.days);
        let share = |share: f32| share > 0.0 && share < 1.0;
        let fine = bits.copied().all(|bits| bits.is_finite() && bits.abs() < 100.0)
            && share(self.setting.one_area)
            && share(self.setting.one_area_by_chance)
            && self.partners.is_finite()
            && self.partners > 0.0;
        if fine { Ok(()) } else { Err(ReportModelError::Number) }
    }

    /// What a match starts with in a small collection: how seldom two reports are linked, in bits.
    #[must_use]
    pub fn start(&self) -> f32 {
        self.prior(0)
    }

    /// How seldom two of that many reports are linked, in bits.
    #[expect(clippy::cast_precision_loss, reason = "a count of reports")]
    pub(crate) fn prior(&self, reports: usize) -> f32 {
        let reports = reports.max(self.part_of as usize).max(2);
        on_grid((self.partners / reports as f32).log2().min(0.0))
    }

    /// What an agreement of so many bits is worth for the reports: never against them, since
    /// sharing a thing that everybody shares speaks for nothing, and against nothing.
    pub(crate) fn worth(&self, way: Way, bits: f32) -> f32 {
        let Some(scale) = self.scales.get(way as usize) else { return 0.0 };
        let at = |place: usize| scale.bits.get(place).copied().unwrap_or_default();
        let place = (bits / STEP - 0.5).max(0.0);
        let below = step(place);
        let above = (below + 1).min(STEPS - 1);
        let part = place - place.floor();
        let between =
            if below == above { at(below) } else { at(below) * (1.0 - part) + at(above) * part };
        on_grid(between.max(0.0))
    }
}

/// The step of a scale at a place on it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the scale")]
pub(crate) fn step(place: f32) -> usize {
    (place.clamp(0.0, 1000.0).floor() as usize).min(STEPS - 1)
}
