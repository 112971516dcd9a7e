#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at surprise")]
//! What people do, against real databases of both kinds.

mod crash;
