//! What tests share: a clock that can be moved, seeded chance, databases of both kinds, fictional people

pub mod http;
pub mod postgres;
pub mod program;
