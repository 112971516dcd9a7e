#![allow(clippy::unwrap_used, reason = "a test may stop at surprise")]
#![allow(clippy::print_stdout, reason = "a long run says what it did")]
//! What people do, against real databases of both kinds.

mod crash;
mod sending;
