//! Guidance: its versions, and what people have read of it.

pub mod reader;
pub mod version;
