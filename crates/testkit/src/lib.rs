//! What tests share: a clock that can be moved, seeded chance, databases of both kinds, fictional people

pub mod chance;
pub mod clock;
pub mod folder;
pub mod http;
pub mod make;
pub mod postgres;
pub mod program;
mod raw;
pub mod world;

pub use chance::SeededChance;
pub use clock::FakeClock;
pub use folder::Folder;
pub use world::{Engine, World};
