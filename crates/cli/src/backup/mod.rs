//! `tessera backup` and `tessera restore`.

mod make;
mod manifest;
mod restore;

pub(crate) use make::{Args as BackupArgs, run as backup};
pub(crate) use restore::{Args as RestoreArgs, run as restore};
