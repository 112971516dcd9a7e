#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at surprise"
)]
#![allow(clippy::print_stdout, reason = "a long run says what it did")]
//! The program itself, as people run it.

mod audit;
mod backup;
mod bench;
mod crash;
mod demo;
mod doctor;
mod import;
mod language;
mod picture;
mod screening_kill;
mod serve;
