//! The guidance that ships with the program.

/// Every file under `content/guidance`, by its path there.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
