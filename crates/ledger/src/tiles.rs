//! The published form: which files a log of a given size has, and what is in them (C2SP
//! `tlog-tiles`). A hash tile holds up to 256 hashes of one level, an entry bundle up to 256 entries.

use crate::{Error, MAX_ENTRY_BYTES, MAX_SIZE, stored_index};

/// Path of the signed checkpoint.
pub const CHECKPOINT_PATH: &str = "checkpoint";

/// Hashes or entries in a full tile.
const WIDTH: u64 = 256;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Hashes of complete subtrees of `256^level` entries.
    Hashes {
        /// Level among tiles; 0 holds leaf hashes.
        level: u8,
    },
    /// The entries themselves.
    Entries,
}

/// One file of the published log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// What it holds.
    pub kind: Kind,
    /// Its number among its kind.
    pub number: u64,
    /// How many it holds: 1 to 256.
    pub width: u64,
}

impl Tile {
    /// Path inside the published folder, for example `tile/0/x001/234.p/17`.
    pub fn path(&self) -> String {
        let kind = match self.kind {
            Kind::Hashes { level } => level.to_string(),
            Kind::Entries => "entries".to_owned(),
        };
        let partial =
            if self.width == WIDTH { String::new() } else { format!(".p/{}", self.width) };
        format!("tile/{kind}/{}{partial}", grouped(self.number))
    }

    /// Number of the first hash or entry in it.
    pub const fn first(&self) -> u64 {
        self.number * WIDTH
    }

    /// The stored-hash indexes of a hash tile in order; empty for entries.
    pub fn hash_indexes(&self) -> Vec<u64> {
        let Kind::Hashes { level } = self.kind else { return Vec::new() };
        let numbers = self.first()..self.first() + self.width;
        numbers.map(|number| stored_index(8 * level, number)).collect()
    }
}

/// All tiles of a log of `size` entries, without the checkpoint: entry bundles first, then hash
/// tiles level by level. Only the partial tiles that belong to this very size are among them.
pub fn layout(size: u64) -> Result<Vec<Tile>, Error> {
    if size > MAX_SIZE {
        return Err(Error::OutOfRange);
    }
    let mut tiles = row(Kind::Entries, size);
    let levels = (0..6_u8).map(|level| (level, size >> (8 * level))).take_while(|(_, n)| *n > 0);
    for (level, count) in levels {
        tiles.extend(row(Kind::Hashes { level }, count));
    }
    Ok(tiles)
}

fn row(kind: Kind, count: u64) -> Vec<Tile> {
    let tile = |number| Tile { kind, number, width: WIDTH.min(count - number * WIDTH) };
    (0..count.div_ceil(WIDTH)).map(tile).collect()
}

/// Three digits a folder, so that no folder grows large.
fn grouped(number: u64) -> String {
    let mut path = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

/// Frames entries: each after its length as 16 bits, most significant byte first.
pub fn to_bundle<E: AsRef<[u8]>>(entries: impl IntoIterator<Item = E>) -> Result<Vec<u8>, Error> {
    let mut bundle = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len())
            .map_err(|_| Error::EntryTooLarge { bytes: entry.len().max(MAX_ENTRY_BYTES) })?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// Takes the next entry off a bundle; `None` if it is cut short.
pub fn next_entry<'a>(bundle: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bundle.split_first_chunk::<2>()?;
    let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    *bundle = rest;
    Some(entry)
}
