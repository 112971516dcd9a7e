//! A batch: a spreadsheet that is brought in as intelligence reports, one a row.

use crate::{
    ids::{BatchId, UserId},
    time::Timestamp,
};

/// The most rows of one batch.
pub const MOST_ROWS: usize = 1_000;
/// The largest file that is taken, in bytes.
pub const MOST_BYTES: usize = 5 << 20;

/// What a spreadsheet lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// Reports: each row tells what was noticed.
    Reports,
    /// People: each row is about one person.
    People,
    /// Vehicles: each row is about one vehicle.
    Vehicles,
}

impl BatchKind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 3] = [Self::Reports, Self::People, Self::Vehicles];

    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::People => "people",
            Self::Vehicles => "vehicles",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reports => "Reports",
            Self::People => "People",
            Self::Vehicles => "Vehicles",
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// Its columns are being named; nothing was brought in.
    Draft,
    /// Its rows were brought in.
    Done,
    /// It was undone.
    Undone,
}

impl BatchState {
    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Not brought in yet",
            Self::Done => "Brought in",
            Self::Undone => "Undone",
        }
    }

    /// Read back from its id; anything unknown counts as undone.
    #[must_use]
    pub fn from_id(id: &str) -> Self {
        [Self::Draft, Self::Done].into_iter().find(|s| s.id() == id).unwrap_or(Self::Undone)
    }
}

/// What is known of a batch without opening its rows.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// What it lists.
    pub kind: BatchKind,
    /// Where it stands.
    pub state: BatchState,
    /// Who brings it in.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// When the file came.
    pub at: Timestamp,
    /// Rows brought in.
    pub rows: i64,
    /// Rows that could not be.
    pub rejected: i64,
    /// SHA-256 (FIPS 180-4) of the file, in hexadecimal digits.
    pub sha256: String,
    /// Who undid it, and when.
    pub undone: Option<(String, Timestamp)>,
    /// Counts changes.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_states_come_back_from_their_ids() {
        for kind in BatchKind::ALL {
            assert_eq!(BatchKind::from_id(kind.id()), Some(kind));
        }
        for state in [BatchState::Draft, BatchState::Done, BatchState::Undone] {
            assert_eq!(BatchState::from_id(state.id()), state);
        }
    }
}
