#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop at surprise"
)]
//! What the log promises, and what it must catch.

mod canonical;
mod checkpoints;
mod published;
mod sample;
mod tamper;
mod tree;
