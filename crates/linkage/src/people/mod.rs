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

mod specification;
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
pub use specification::specification;
pub use table::{RawRecord, Table, TableBuilder};
pub use train::Effort;
