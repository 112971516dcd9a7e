//! The pages as they are served: the real router over real HTTP on real databases.

mod api;
mod guard;
mod people;
mod policy;
mod rights;
