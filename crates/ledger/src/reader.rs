use std::{cell::RefCell, collections::BTreeMap};

use tlog_tiles::tlog;

use crate::{Error, Hash};

/// Gives back hashes that [`crate::Tree::append`] handed out for keeping.
///
/// A store that cannot answer at once (an asynchronous one) asks first which indexes will be needed
/// ([`crate::Tree::edge_indexes`], [`crate::proof::inclusion_indexes`],
/// [`crate::proof::consistency_indexes`]), fetches those rows, and passes them as [`MemoryHashes`].
pub trait HashReader {
    /// The hash under a stored-hash index, or [`Error::HashMissing`].
    fn read(&self, index: u64) -> Result<Hash, Error>;
}

/// Hashes in memory, by stored-hash index.
pub type MemoryHashes = BTreeMap<u64, Hash>;

impl HashReader for MemoryHashes {
    fn read(&self, index: u64) -> Result<Hash, Error> {
        self.get(&index).copied().ok_or(Error::HashMissing { index })
    }
}

/// All hashes of a log from index 0 on.
impl HashReader for [Hash] {
    fn read(&self, index: u64) -> Result<Hash, Error> {
        let place = usize::try_from(index).ok();
        place.and_then(|i| self.get(i)).copied().ok_or(Error::HashMissing { index })
    }
}

impl HashReader for Vec<Hash> {
    fn read(&self, index: u64) -> Result<Hash, Error> {
        self.as_slice().read(index)
    }
}

/// Runs one of the tree functions of `tlog_tiles` over our reader and keeps the reader's own error.
pub(crate) fn with_reader<T>(
    reader: &(impl HashReader + ?Sized),
    run: impl FnOnce(&Adapter<'_>) -> Result<T, tlog::Error>,
) -> Result<T, Error> {
    let look_up = |index| reader.read(index);
    let adapter = Adapter { look_up: &look_up, failed: RefCell::new(None) };
    let outcome = run(&adapter);
    match (outcome, adapter.failed.into_inner()) {
        (_, Some(error)) => Err(error),
        (Ok(value), None) => Ok(value),
        (Err(_), None) => Err(Error::OutOfRange),
    }
}

/// Which indexes a tree function would read: it is run once over a reader that only takes notes.
pub(crate) fn indexes_read<T>(
    run: impl FnOnce(&Adapter<'_>) -> Result<T, tlog::Error>,
) -> Result<Vec<u64>, Error> {
    let seen = RefCell::new(Vec::new());
    let look_up = |index| {
        seen.borrow_mut().push(index);
        Ok(Hash::EMPTY)
    };
    let adapter = Adapter { look_up: &look_up, failed: RefCell::new(None) };
    run(&adapter).map_err(|_| Error::OutOfRange)?;
    Ok(seen.into_inner())
}

pub(crate) struct Adapter<'a> {
    look_up: &'a dyn Fn(u64) -> Result<Hash, Error>,
    failed: RefCell<Option<Error>>,
}

impl tlog::HashReader for Adapter<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        let found: Result<Vec<tlog::Hash>, Error> =
            indexes.iter().map(|&index| (self.look_up)(index).map(Into::into)).collect();
        found.map_err(|error| {
            *self.failed.borrow_mut() = Some(error);
            tlog::Error::IndexesNotInTree
        })
    }
}
