//! Linking intelligence reports: which of them speak of the same people and things, and which
//! hang together as a network.

mod candidates;
mod common;
mod features;
mod files;
mod link;
mod network;
mod plate;
mod setting;
mod venues;
mod weigh;

pub use candidates::KEYS;
pub use features::{RawMention, RawReport, Reports, ReportsBuilder};
pub use files::{read_reports, write_links, write_mentions, write_networks};
pub use link::{LinkedReports, ReportLink, Settings, link};
