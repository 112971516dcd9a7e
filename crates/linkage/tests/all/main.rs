//! Tests of the linkage engine.

mod compare;
mod decisions;
mod index;
mod journal;
mod networks;
mod normalise;
mod people;
mod person_search;
mod report_index;
mod reports;
mod town;
