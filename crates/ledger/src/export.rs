//! Writing a log as files and checking such files, wherever they are kept.

use std::collections::BTreeMap;

use crate::{
    Checked, Checkpoint, Error, Fault, Hash, HashReader, LogCheck, LogKey, StoredHash,
    tiles::{CHECKPOINT_PATH, Kind, Tile, layout, next_entry, to_bundle},
};

/// Gives back a published file.
pub trait FileReader {
    /// The bytes at a path inside the folder, or [`Error::FileMissing`].
    fn read(&self, path: &str) -> Result<Vec<u8>, Error>;
}

/// A published folder in memory.
pub type MemoryFiles = BTreeMap<String, Vec<u8>>;

impl FileReader for MemoryFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.get(path).cloned().ok_or_else(|| Error::FileMissing { path: path.to_owned() })
    }
}

/// The bytes of one tile, from kept hashes and from `entry`, which gives an entry by its number.
pub fn tile_bytes<E: AsRef<[u8]>>(
    tile: &Tile,
    hashes: &(impl HashReader + ?Sized),
    entry: impl Fn(u64) -> Result<E, Error>,
) -> Result<Vec<u8>, Error> {
    match tile.kind {
        Kind::Entries => {
            let numbers = tile.first()..tile.first() + tile.width;
            to_bundle(numbers.map(entry).collect::<Result<Vec<_>, _>>()?)
        }
        Kind::Hashes { .. } => {
            let mut bytes = Vec::new();
            for index in tile.hash_indexes() {
                bytes.extend_from_slice(hashes.read(index)?.as_bytes());
            }
            Ok(bytes)
        }
    }
}

/// All files of a log held in memory; larger logs go tile by tile with [`tile_bytes`].
pub fn files<E: AsRef<[u8]>>(
    note: &str,
    entries: &[E],
    hashes: &(impl HashReader + ?Sized),
) -> Result<MemoryFiles, Error> {
    let entry = |number: u64| {
        let place = usize::try_from(number).map_err(|_| Error::OutOfRange)?;
        entries.get(place).ok_or(Error::OutOfRange)
    };
    let mut files = MemoryFiles::from([(CHECKPOINT_PATH.to_owned(), note.as_bytes().to_vec())]);
    for tile in layout(entries.len() as u64)? {
        files.insert(tile.path(), tile_bytes(&tile, hashes, entry)?);
    }
    Ok(files)
}

/// Checks a published folder from its first byte to its last: the checkpoint's signature, every
/// entry, every hash tile, and that the log extends every checkpoint in `held` (opened ones a
/// partner kept). The log must end exactly where its checkpoint says.
pub fn check_files(
    files: &(impl FileReader + ?Sized),
    key: &LogKey,
    held: &[Checkpoint],
) -> Result<Checked, Fault> {
    let signed = key.open(&files.read(CHECKPOINT_PATH)?)?;
    check_tiles(files, &signed, held)
}

/// As [`check_files`], for a checkpoint that is already opened.
pub fn check_tiles(
    files: &(impl FileReader + ?Sized),
    signed: &Checkpoint,
    held: &[Checkpoint],
) -> Result<Checked, Fault> {
    let mut checkpoints = held.to_vec();
    checkpoints.push(signed.clone());
    let mut check = LogCheck::new(&checkpoints)?;
    let mut upper = Upper::default();
    let tiles = layout(signed.size)?;
    for tile in tiles.iter().filter(|tile| tile.kind == Kind::Entries) {
        check_bundle(files, tile, &mut check, &mut upper)?;
    }
    for tile in tiles.iter().filter(|tile| Upper::holds(tile)) {
        upper.check(files, tile)?;
    }
    check.finish()
}

fn check_bundle(
    files: &(impl FileReader + ?Sized),
    bundle: &Tile,
    check: &mut LogCheck,
    upper: &mut Upper,
) -> Result<(), Fault> {
    let path = bundle.path();
    let bytes = files.read(&path)?;
    let leaves = Tile { kind: Kind::Hashes { level: 0 }, ..*bundle };
    let leaf_bytes = read_hash_tile(files, &leaves)?;
    let mut rest = bytes.as_slice();
    for (number, leaf) in (bundle.first()..).zip(leaf_bytes.chunks_exact(32)) {
        let Some(entry) = next_entry(&mut rest) else {
            return Err(Error::FileMalformed { path }.into());
        };
        let added = check.entry(entry)?;
        if added.first().is_none_or(|stored| stored.hash.as_bytes() != leaf) {
            return Err(Fault::EntryDiffers { entry: number });
        }
        upper.note(number, &added);
    }
    if rest.is_empty() { Ok(()) } else { Err(Error::FileMalformed { path }.into()) }
}

fn read_hash_tile(files: &(impl FileReader + ?Sized), tile: &Tile) -> Result<Vec<u8>, Error> {
    let path = tile.path();
    let bytes = files.read(&path)?;
    if bytes.len() as u64 == 32 * tile.width {
        Ok(bytes)
    } else {
        Err(Error::FileMalformed { path })
    }
}

/// The recomputed hashes that tiles above level 0 must hold: one in 256 entries.
#[derive(Default)]
struct Upper(BTreeMap<u64, (Hash, u64)>);

impl Upper {
    fn holds(tile: &Tile) -> bool {
        matches!(tile.kind, Kind::Hashes { level: 1.. })
    }

    fn note(&mut self, entry: u64, added: &[StoredHash]) {
        let tile_levels = added.iter().step_by(8).skip(1);
        self.0.extend(tile_levels.map(|stored| (stored.index, (stored.hash, entry))));
    }

    fn check(&self, files: &(impl FileReader + ?Sized), tile: &Tile) -> Result<(), Fault> {
        let bytes = read_hash_tile(files, tile)?;
        for (index, found) in tile.hash_indexes().into_iter().zip(bytes.chunks_exact(32)) {
            let Some((hash, entry)) = self.0.get(&index) else {
                return Err(Error::HashMissing { index }.into());
            };
            if hash.as_bytes() != found {
                return Err(Fault::EntryDiffers { entry: *entry });
            }
        }
        Ok(())
    }
}
