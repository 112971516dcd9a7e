//! Tests of the linkage engine.

mod apart;
mod compare;
mod decisions;
mod index;
mod journal;
mod models;
mod networks;
mod normalise;
mod parquet;
mod people;
mod person_search;
mod report_index;
mod reports;
mod town;
