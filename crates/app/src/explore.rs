//! Exploring everything that the desk holds: the picture of it all with its filters, one person or
//! thing, the shortest way between two, the map, watches, the rule, candidates for group-based
//! exploitation and snapshots for a meeting. All of it is computed from what the reader may see.

mod candidate;
mod entity;
mod filter;
mod group;
mod look;
mod map;
mod path;
mod rule;
mod snapshot;
mod watch;
mod whole;

pub use candidate::{CandidateView, Counts, RawPut, RawVerdict as RawCandidateVerdict};
pub use entity::{Age, Entity, Event, Neighbour};
pub use filter::{Filter, months, say};
pub use group::{Group, groups};
pub use map::{Mark, Placed};
pub use path::{Hop, shortest};
pub use rule::{Hit, RawRule, Rule, hits};
pub use snapshot::{RawSnapshot, SnapshotView};
pub use watch::{RawWatch, WatchView};

pub use tessera_store::explore::{
    candidate::{Candidate, Decided},
    snapshot::{Shown, ShownReport, ShownThing, Snapshot},
    watch::Watch,
};
