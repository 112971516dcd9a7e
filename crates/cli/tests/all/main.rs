#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at surprise")]
#![allow(clippy::print_stdout, reason = "a long run says what it did")]
//! The real program as a process.

mod crash;
