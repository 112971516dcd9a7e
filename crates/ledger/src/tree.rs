use tlog_tiles::tlog;

use crate::{Checkpoint, Error, Hash, HashReader, MAX_SIZE, StoredHash, stored_index};

/// The right edge of the log: all that is needed to append and to know the root.
///
/// It holds one hash for each set bit of its size, so a copy is cheap. A writer that appends inside
/// a database transaction works on a copy and keeps that copy only after the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// Roots of the complete subtrees the size is made of, largest first.
    edge: Vec<Hash>,
}

impl Tree {
    /// The log without entries.
    pub const fn empty() -> Self {
        Self { size: 0, edge: Vec::new() }
    }

    /// The stored-hash indexes [`Tree::new`] reads for a log of `size` entries: at most 48.
    pub fn edge_indexes(size: u64) -> Result<Vec<u64>, Error> {
        if size > MAX_SIZE {
            return Err(Error::OutOfRange);
        }
        Ok(tlog::sub_tree_index(0, size, Vec::new()))
    }

    /// Takes up a log of `size` entries whose hashes were kept.
    pub fn new(size: u64, reader: &(impl HashReader + ?Sized)) -> Result<Self, Error> {
        let indexes = Self::edge_indexes(size)?;
        let edge = indexes.into_iter().map(|i| reader.read(i)).collect::<Result<_, _>>()?;
        Ok(Self { size, edge })
    }

    /// Number of entries.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root over all entries so far.
    pub fn root(&self) -> Hash {
        let joined = self.edge.iter().rev().copied().reduce(|right, left| Hash::node(left, right));
        joined.unwrap_or(Hash::EMPTY)
    }

    /// The statement to sign.
    pub fn checkpoint(&self, origin: &str) -> Checkpoint {
        Checkpoint { origin: origin.to_owned(), size: self.size, root: self.root() }
    }

    /// Appends one leaf hash and returns the hashes to keep, under consecutive indexes: the leaf and
    /// every subtree it completes (fewer than two on average).
    pub fn append(&mut self, leaf: Hash) -> Result<Vec<StoredHash>, Error> {
        if self.size >= MAX_SIZE {
            return Err(Error::OutOfRange);
        }
        let first = stored_index(0, self.size);
        let mut hash = leaf;
        let mut kept = vec![StoredHash { index: first, hash }];
        for (index, _) in (first + 1..).zip(0..self.size.trailing_ones()) {
            let Some(left) = self.edge.pop() else { return Err(Error::OutOfRange) };
            hash = Hash::node(left, hash);
            kept.push(StoredHash { index, hash });
        }
        self.edge.push(hash);
        self.size += 1;
        Ok(kept)
    }

    /// Appends several leaf hashes; returns the hashes to keep and the new root.
    pub fn append_all(
        &mut self,
        leaves: impl IntoIterator<Item = Hash>,
    ) -> Result<(Vec<StoredHash>, Hash), Error> {
        let mut kept = Vec::new();
        for leaf in leaves {
            kept.extend(self.append(leaf)?);
        }
        Ok((kept, self.root()))
    }
}
