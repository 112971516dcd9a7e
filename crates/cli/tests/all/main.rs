#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at surprise"
)]
//! The program itself, as people run it.

mod audit;
mod backup;
mod bench;
mod demo;
mod doctor;
mod import;
mod serve;
