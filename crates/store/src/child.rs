//! Children's files.

pub mod access;
pub mod file;
pub mod find;
pub mod rights;
