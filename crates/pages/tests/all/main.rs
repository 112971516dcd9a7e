//! Everything about the pages that can be said without a server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // tests may panic

mod components;
mod embedded;
mod fixtures;
mod html;
mod shell;
