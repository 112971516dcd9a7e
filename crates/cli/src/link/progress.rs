//! Telling a person at a terminal how far a run is.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tessera_linkage::people::Step;

/// A line that says which step a run is at; silent where standard error is not a terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts with reading.
    pub(crate) fn start() -> Self {
        let bar = ProgressBar::new(6);
        if let Ok(style) = ProgressStyle::with_template("{bar:12} {pos}/{len} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar.set_message("reading");
        Self(bar)
    }

    /// Moves to a step.
    pub(crate) fn at(&self, step: Step) {
        let (place, words) = match step {
            Step::Block => (1, "grouping"),
            Step::Train => (2, "learning"),
            Step::Compare => (3, "comparing"),
            Step::Cluster => (4, "joining"),
            Step::Done => (5, "writing"),
        };
        self.0.set_position(place);
        self.0.set_message(words);
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}
