//! Linking many records of people at once.

mod block;
mod cluster;

mod compare;
mod decided;
mod doubts;
mod explain;
mod fields;
mod files;
mod index;

mod link;
mod model;
#[cfg(feature = "parquet")]
mod parquet;

mod specification;
mod splink;
mod streets;
mod table;
mod together;
mod train;
mod weigh;

pub use block::RULE_NAMES;
pub use doubts::{Doubt, Doubtful, doubts, write_doubts};
pub use explain::{Explainer, Reason, Reckoning};
pub use fields::Field;
pub use files::{ReadError, each_record, read_people, write_clusters, write_pairs};
pub use index::Index;
pub use link::{Linked, Pair, Settings, Step, learn, link};
pub use model::{
    Class, ClassShare, ContextShares, FieldShares, LevelShares, Model, ModelDocument, ModelError,
};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetFault, read_people_parquet, write_clusters_parquet, write_pairs_parquet};
pub use specification::specification;
pub use splink::{SplinkError, from_splink};
pub use table::{RawRecord, Table, TableBuilder};
pub use train::Effort;
