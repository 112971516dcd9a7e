//! What tests share: a clock that can be moved, seeded chance, databases of both kinds, fictional people

pub mod chance;
pub mod folder;
pub mod http;
pub mod make;
pub mod postgres;
pub mod program;
mod raw;
pub mod time;
pub mod visit;
pub mod world;

pub use world::{Engine, World};
