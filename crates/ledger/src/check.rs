use std::iter::Peekable;

use crate::{Checkpoint, Error, Hash, HashReader, MAX_ENTRY_BYTES, StoredHash, Tree, leaf_hash};

/// What does not fit, and where it begins. Entries are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The entry and the hash kept for it, or for a subtree it completes, disagree. Everything
    /// before it fits.
    #[error("entry {entry} differs from the hash kept for it")]
    EntryDiffers {
        /// The first entry that differs.
        entry: u64,
    },
    /// The log's root at a checkpoint is not the one that was signed: at least one of these entries
    /// was changed, removed, inserted or moved after the checkpoint was made.
    #[error("the log does not lead to the checkpoint at {size}: look from entry {from}")]
    HistoryDiffers {
        /// Entries before this one are vouched for by an earlier checkpoint.
        from: u64,
        /// Size of the checkpoint that does not fit.
        size: u64,
    },
    /// The log ends before a checkpoint that was signed.
    #[error("the log has {found} entries but {signed} were signed")]
    Truncated {
        /// Entries that are there.
        found: u64,
        /// Entries that were signed.
        signed: u64,
    },
    /// Two checkpoints of the same size have different roots: the log told two stories.
    #[error("two signed checkpoints at {size} disagree")]
    SplitView {
        /// Their size.
        size: u64,
    },
    /// A checkpoint or a file could not be read or believed at all.
    #[error(transparent)]
    Unreadable(#[from] Error),
}

/// A log that fits all its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Entries read.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
    /// Entries vouched for by the largest checkpoint; later ones are not signed yet.
    pub signed: u64,
}

/// Replays a log entry by entry against the checkpoints of all who kept one: the log's own, and
/// older ones held by partners. Even the holder of the log's key cannot rewrite what is behind a
/// partner's checkpoint without [`Fault::HistoryDiffers`].
#[derive(Debug)]
pub struct LogCheck {
    tree: Tree,
    ahead: Peekable<std::vec::IntoIter<Checkpoint>>,
    signed: u64,
}

impl LogCheck {
    /// Starts at the first entry. The checkpoints must be opened (their signatures checked) and of
    /// one log; they may come in any order.
    pub fn new(checkpoints: &[Checkpoint]) -> Result<Self, Fault> {
        Self::from_tree(Tree::empty(), checkpoints)
    }

    /// Starts behind a checkpoint whose entries were checked before, for a check that takes as long
    /// as what came since. The hashes kept for its right edge are not trusted: they must lead to the
    /// checkpoint's root. Later checkpoints are met as in [`LogCheck::new`]; earlier ones are not
    /// looked at.
    pub fn after(
        checked: &Checkpoint,
        kept: &(impl HashReader + ?Sized),
        checkpoints: &[Checkpoint],
    ) -> Result<Self, Fault> {
        let tree = Tree::new(checked.size, kept)?;
        let mut later = vec![checked.clone()];
        later.extend(checkpoints.iter().filter(|one| one.size >= checked.size).cloned());
        Self::from_tree(tree, &later)
    }

    fn from_tree(tree: Tree, checkpoints: &[Checkpoint]) -> Result<Self, Fault> {
        let mut ahead = checkpoints.to_vec();
        if ahead.iter().zip(ahead.iter().skip(1)).any(|(a, b)| a.origin != b.origin) {
            return Err(Error::OtherLog.into());
        }
        ahead.sort_by_key(|checkpoint| checkpoint.size);
        ahead.dedup();
        let split = ahead.iter().zip(ahead.iter().skip(1)).find(|(a, b)| a.size == b.size);
        if let Some((one, _)) = split {
            return Err(Fault::SplitView { size: one.size });
        }
        let mut check = Self { tree, ahead: ahead.into_iter().peekable(), signed: 0 };
        check.meet_checkpoint()?;
        Ok(check)
    }

    /// Entries read so far.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Reads the next entry; returns the hashes it adds, for comparison with what is kept.
    pub fn entry(&mut self, entry: &[u8]) -> Result<Vec<StoredHash>, Fault> {
        let added = self.append(entry)?;
        self.meet_checkpoint()?;
        Ok(added)
    }

    /// Reads the next entry and compares the hashes it adds with those `kept` for it, which are the
    /// rows of [`crate::indexes_of_entry`]. A kept hash that differs or lacks is
    /// [`Fault::EntryDiffers`].
    pub fn entry_with_hashes(&mut self, entry: &[u8], kept: &[StoredHash]) -> Result<(), Fault> {
        let number = self.tree.size();
        if self.append(entry)? != kept {
            return Err(Fault::EntryDiffers { entry: number });
        }
        self.meet_checkpoint()
    }

    /// Ends the log.
    pub fn finish(mut self) -> Result<Checked, Fault> {
        let size = self.tree.size();
        match self.ahead.next() {
            Some(missing) => Err(Fault::Truncated { found: size, signed: missing.size }),
            None => Ok(Checked { size, root: self.tree.root(), signed: self.signed }),
        }
    }

    fn append(&mut self, entry: &[u8]) -> Result<Vec<StoredHash>, Fault> {
        if entry.len() > MAX_ENTRY_BYTES {
            return Err(Error::EntryTooLarge { bytes: entry.len() }.into());
        }
        Ok(self.tree.append(leaf_hash(entry))?)
    }

    fn meet_checkpoint(&mut self) -> Result<(), Fault> {
        let size = self.tree.size();
        let Some(met) = self.ahead.next_if(|checkpoint| checkpoint.size == size) else {
            return Ok(());
        };
        if met.root != self.tree.root() {
            return Err(Fault::HistoryDiffers { from: self.signed, size });
        }
        self.signed = size;
        Ok(())
    }
}

/// Replays a whole log in one call.
pub fn check_entries<E: AsRef<[u8]>>(
    entries: impl IntoIterator<Item = E>,
    checkpoints: &[Checkpoint],
) -> Result<Checked, Fault> {
    let mut check = LogCheck::new(checkpoints)?;
    for entry in entries {
        check.entry(entry.as_ref())?;
    }
    check.finish()
}
