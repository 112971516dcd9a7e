//! The keys of one installation, in a file of mode 0600 outside the data folder and its backups.

use std::{
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use hkdf::Hkdf;
use sha2::Sha256;
use tessera_core::chance::{Chance, Draw};

use crate::StoreError;

/// Four independent keys of 256 bits. Whoever has one does not have the others.
#[derive(Clone)]
pub struct Keys {
    /// Opens the database file.
    pub(crate) database: [u8; 32],
    /// Seals drafts and second factors.
    pub(crate) fields: [u8; 32],
    /// Seals who sent a concern.
    pub(crate) sources: [u8; 32],
    /// Signs the audit log.
    pub(crate) log: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys([withheld])")
    }
}

const NAMES: [&str; 4] = ["database", "fields", "sources", "log"];

impl Keys {
    /// New random keys.
    #[must_use]
    pub fn draw(chance: &dyn Chance) -> Self {
        Self {
            database: chance.secret(),
            fields: chance.secret(),
            sources: chance.secret(),
            log: chance.secret(),
        }
    }

    /// Reads the key file, or makes one when there is none.
    pub fn load_or_create(path: &Path, chance: &dyn Chance) -> Result<Self, StoreError> {
        if path.exists() {
            return Self::load(path);
        }
        let keys = Self::draw(chance);
        keys.save(path)?;
        Ok(keys)
    }

    /// Reads the key file and refuses one that others may read.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        let fail = |why: &str| StoreError::KeyFile(format!("{}: {why}", path.display()));
        let meta = fs::metadata(path).map_err(|e| fail(&e.to_string()))?;
        if meta.permissions().mode() & 0o077 != 0 {
            return Err(fail("others may read it; run chmod 600 on it"));
        }
        let text = fs::read_to_string(path).map_err(|e| fail(&e.to_string()))?;
        let find = |name: &str| {
            let line = text.lines().find_map(|l| l.strip_prefix(name)?.trim().strip_prefix('='));
            let bytes = line.and_then(|hex| hex::decode(hex.trim()).ok());
            bytes
                .and_then(|b| <[u8; 32]>::try_from(b).ok())
                .ok_or_else(|| fail(&format!("no key named {name} of 64 hexadecimal digits")))
        };
        Ok(Self {
            database: find(NAMES[0])?,
            fields: find(NAMES[1])?,
            sources: find(NAMES[2])?,
            log: find(NAMES[3])?,
        })
    }

    fn save(&self, path: &Path) -> Result<(), StoreError> {
        let fail = |e: std::io::Error| StoreError::KeyFile(format!("{}: {e}", path.display()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(fail)?;
        let values = [self.database, self.fields, self.sources, self.log];
        let lines: Vec<String> = NAMES
            .iter()
            .zip(values)
            .map(|(name, value)| format!("{name} = {}\n", hex::encode(value)))
            .collect();
        let head = "# The keys of this Tessera installation. Without them the data cannot be read.\n\
                    # Keep a copy in a safe place, apart from backups of the data.\n";
        file.write_all(head.as_bytes()).map_err(fail)?;
        file.write_all(lines.concat().as_bytes()).map_err(fail)?;
        file.sync_all().map_err(fail)
    }

    /// A key for one use, derived from the field key (HKDF-SHA256, RFC 5869).
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut out = [0_u8; 32];
        // 32 bytes are always within what HKDF can give (255 times the hash length).
        let _ = Hkdf::<Sha256>::new(None, &self.fields).expand(purpose.as_bytes(), &mut out);
        out
    }

    /// A keyed hash for looking something up without storing it: codes, tokens, addresses.
    #[must_use]
    pub fn blind(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        use hmac::{KeyInit, Mac};
        let key = self.derive(purpose);
        let Ok(mut mac) = hmac::Hmac::<Sha256>::new_from_slice(&key) else { return key };
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// The seed of the key that signs the audit log.
    #[must_use]
    pub const fn log_seed(&self) -> &[u8; 32] {
        &self.log
    }
}
