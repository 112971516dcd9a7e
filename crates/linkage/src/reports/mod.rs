//! Linking intelligence reports: which of them speak of the same people and things, and which
//! hang together as a network.

mod around;
mod ask;
mod assumptions;
mod candidates;
mod clash;
mod common;
mod course;
mod evidence;
mod features;
mod files;
mod index;
mod learn;
mod link;
mod model;
mod network;
mod opaque;
mod plate;
mod postings;
mod published;
mod read;
mod setting;
mod story;
mod through;
mod venues;
mod weigh;

pub use around::{Around, Looking};
pub use ask::{Asking, Found, Thing};
pub use candidates::KEYS;
pub use clash::clash;
pub use course::{Course, carry_on};
pub use evidence::{About, Row};
pub use features::{RawMention, RawReport, Reports, ReportsBuilder};
pub use files::{read_reports, write_links, write_mentions, write_networks, write_stories};
pub use index::{Piece, ReportIndex, Seen};
pub use link::{LinkedReports, ReportLink, Settings, link};
pub use model::{REPORT_MODEL_VERSION, ReportModel, ReportModelError, Scale};
pub use opaque::{KEYS_VERSION, OpaqueKey, opaque_keys};
pub use published::published;
pub use setting::Setting;
pub use story::{Bridge, SharedThing, Story, ThingKind, stories};
