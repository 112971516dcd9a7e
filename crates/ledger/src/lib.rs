//! An append-only log whose history can be checked by anyone who kept one line of it.
//!
//! The log is a Merkle tree as in RFC 6962 section 2, kept and published in the forms of the C2SP
//! documents `tlog-tiles`, `tlog-checkpoint`, `signed-note` and `tlog-cosignature`. This crate knows
//! nothing of what the entries mean, reads no clock, file or database, and draws no random numbers:
//! entries are bytes, stored hashes come through [`HashReader`], keys and times are passed in.
//!
//! - [`canonical`] turns a JSON value into the one byte string that stands for it.
//! - [`Tree`] appends leaf hashes, holding only the right edge (at most 64 hashes).
//! - [`Checkpoint`], [`Signer`] and [`LogKey`] sign and open the statement "so many entries, this
//!   root"; [`Witness`] and [`WitnessKey`] are a partner's second signature on it.
//! - [`proof`] shows that an entry is in the log, or that a later log extends an earlier one.
//! - [`LogCheck`] replays entries against checkpoints and names the first that differs.
//! - [`tiles`] lays the log out as files, and [`export`] writes and checks such a folder.

pub mod canonical;
mod check;
mod checkpoint;
mod error;
pub mod export;
mod hash;
pub mod proof;
mod reader;
pub mod tiles;
mod tree;
mod witness;

pub use check::{Checked, Fault, LogCheck, check_entries};
pub use checkpoint::{Checkpoint, LogKey, Signer};
pub use error::Error;
pub use hash::{Hash, StoredHash, indexes_of_entry, leaf_hash, stored_count, stored_index};
pub use reader::{HashReader, MemoryHashes};
pub use tree::Tree;
pub use witness::{Cosigned, Witness, WitnessKey};

/// Largest entry in bytes: an entry bundle gives each length 16 bits (C2SP `tlog-tiles`).
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// Largest number of entries handled, 2^48: far beyond any real log, and small enough that no index
/// computed from a hostile checkpoint can overflow.
pub const MAX_SIZE: u64 = 1 << 48;
