//! Intelligence reports.

pub mod change;
pub mod child;
pub mod desk;
pub mod fit;
pub mod insert;
pub mod link;
pub mod list;
pub mod read;
pub mod rights;
pub mod share;
pub mod source;
