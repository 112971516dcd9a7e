//! What tests share: a clock that can be moved, seeded chance, databases of both kinds, fictional people

pub mod chance;
pub mod folder;
pub mod http;
pub mod postgres;
pub mod program;
pub mod time;
pub mod visit;
