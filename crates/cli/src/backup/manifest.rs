//! What stands beside a backup: its hash, its schema, and the audit log's checkpoint at that
//! moment, sealed with a key so that nobody without the key file can put another backup in its
//! place.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tessera_store::Keys;

use crate::failure::Failure;

/// The form described here.
const FORMAT: u32 = 1;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The form of this file.
    pub(crate) format: u32,
    /// The program's version that made it.
    pub(crate) made_by: String,
    /// When, in UTC.
    pub(crate) made_at: String,
    /// The backup's length in bytes.
    pub(crate) bytes: u64,
    /// The backup's SHA-256, in hexadecimal.
    pub(crate) sha256: String,
    /// The number of its newest schema change.
    pub(crate) schema: i64,
    /// The audit log's newest signed checkpoint in it; empty when nothing was signed yet.
    pub(crate) checkpoint: String,
    /// A keyed hash (HMAC-SHA-256) of all above.
    pub(crate) seal: String,
}

/// A file's length and SHA-256.
pub(crate) struct Measured {
    /// Bytes.
    pub(crate) bytes: u64,
    /// Hexadecimal.
    pub(crate) sha256: String,
}

/// The manifest beside a backup.
pub(crate) fn beside(backup: &Path) -> PathBuf {
    let mut name = backup.as_os_str().to_owned();
    name.push(".manifest.json");
    PathBuf::from(name)
}

/// Reads a whole file once.
pub(crate) fn measure(path: &Path) -> Result<Measured, Failure> {
    let mut file = fs::File::open(path).map_err(Failure::file(path))?;
    let (mut hash, mut bytes, mut part) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let length = file.read(&mut part).map_err(Failure::file(path))?;
        if length == 0 {
            return Ok(Measured { bytes, sha256: hex::encode(hash.finalize()) });
        }
        hash.update(part.get(..length).unwrap_or_default());
        bytes += length as u64;
    }
}

impl Manifest {
    /// A sealed manifest.
    pub(crate) fn new(
        keys: &Keys,
        made_at: String,
        measured: Measured,
        schema: i64,
        checkpoint: String,
    ) -> Self {
        let mut manifest = Self {
            format: FORMAT,
            made_by: env!("CARGO_PKG_VERSION").into(),
            made_at,
            bytes: measured.bytes,
            sha256: measured.sha256,
            schema,
            checkpoint,
            seal: String::new(),
        };
        manifest.seal = manifest.right_seal(keys);
        manifest
    }

    fn right_seal(&self, keys: &Keys) -> String {
        let unsealed = Self { seal: String::new(), ..self.clone() };
        hex::encode(keys.blind("backup manifest", unsealed.text().as_bytes()))
    }

    /// As written.
    pub(crate) fn text(&self) -> String {
        // A struct of numbers and texts always has a JSON form.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a manifest; one byte that is not as it was written is damage.
    pub(crate) fn read(path: &Path, keys: &Keys) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(Failure::file(path))?;
        let damaged = || {
            Failure::refused(format!(
                "{} is damaged, or was not made with this key file; nothing was changed",
                path.display()
            ))
        };
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        let whole = manifest.text().as_bytes() == bytes;
        // Which byte differs may show in the time this takes; whoever can measure it has the files.
        if !whole || manifest.format != FORMAT || manifest.seal != manifest.right_seal(keys) {
            return Err(damaged());
        }
        Ok(manifest)
    }
}
