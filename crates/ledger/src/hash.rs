use std::{fmt, ops::Range};

use tlog_tiles::tlog;

/// A SHA-256 value in the tree: of an entry, of an inner node, or the root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Root of the log without entries: SHA-256 of nothing (RFC 6962 section 2.1).
    pub const EMPTY: Self = Self(tlog::EMPTY_HASH.0);

    /// Reads a stored value; `None` unless it has exactly 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 bytes, as stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn node(left: Self, right: Self) -> Self {
        tlog::node_hash(left.into(), right.into()).into()
    }
}

impl From<tlog::Hash> for Hash {
    fn from(hash: tlog::Hash) -> Self {
        Self(hash.0)
    }
}

impl From<Hash> for tlog::Hash {
    fn from(hash: Hash) -> Self {
        Self(hash.0)
    }
}

/// Lower-case hexadecimal.
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One hash to keep, under its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredHash {
    /// Place in the dense order of [`stored_index`].
    pub index: u64,
    /// The hash of a complete subtree.
    pub hash: Hash,
}

/// Leaf hash of an entry: `SHA-256(0x00 || entry)` (RFC 6962 section 2.1).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    tlog::record_hash(entry).into()
}

/// Place of the `number`th complete subtree of `2^level` entries in the order in which hashes come
/// to exist (Crosby and Wallach 2009, section 3.3). Gapless, so it can be a table's key.
pub fn stored_index(level: u8, number: u64) -> u64 {
    tlog::stored_hash_index(level, number)
}

/// How many hashes a log of `size` entries keeps; they have the indexes `0..stored_count(size)`.
pub fn stored_count(size: u64) -> u64 {
    tlog::stored_hash_count(size)
}

/// The stored-hash indexes that entry `number` adds, counted from 0: its leaf and the subtrees it
/// completes.
pub fn indexes_of_entry(number: u64) -> Range<u64> {
    stored_index(0, number)..stored_index(0, number + 1)
}
