//! The pages as they are served: the real router over real HTTP on real databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a surprise stops the test"
)]

mod api;
mod guard;
mod instruments;
mod language;
mod people;
mod policy;
mod rights;
mod screening;
mod tongue;
mod words_leaving;
