//! Tests of the linkage engine.

mod compare;
mod normalise;
mod person_search;
