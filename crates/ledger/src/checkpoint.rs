use std::{fmt, str};

use ed25519_dalek::{Signer as _, SigningKey};
use signed_note::{Note, StandardVerifier, Verifier, VerifierList, is_key_name_valid, key_id};
use tlog_tiles::checkpoint::Checkpoint as NoteText;

use crate::{Error, Hash, MAX_SIZE};

/// Type byte of an Ed25519 key in a signed note (C2SP `signed-note`).
const ED25519: u8 = 0x01;

/// "The log named `origin` has `size` entries and this root."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log, for example `tessera.example.org/log`; also the name of its key.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root hash over those entries.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed (C2SP `tlog-checkpoint`).
    pub fn to_text(&self) -> Result<String, Error> {
        if !is_key_name_valid(&self.origin) || self.size > MAX_SIZE {
            return Err(Error::MalformedCheckpoint);
        }
        let text = NoteText::new(&self.origin, self.size, self.root.into(), "")
            .map_err(|_| Error::MalformedCheckpoint)?;
        String::from_utf8(text.to_bytes()).map_err(|_| Error::MalformedCheckpoint)
    }

    /// Reads the signed lines. Extension lines are refused: this log writes none, so one that
    /// appears was not written by it.
    pub(crate) fn from_text(text: &[u8]) -> Result<Self, Error> {
        let read = NoteText::from_bytes(text).map_err(|_| Error::MalformedCheckpoint)?;
        if !read.extension().is_empty() || read.size() > MAX_SIZE {
            return Err(Error::MalformedCheckpoint);
        }
        Ok(Self {
            origin: read.origin().to_owned(),
            size: read.size(),
            root: (*read.hash()).into(),
        })
    }
}

/// The log's signing key. The secret is wiped from memory when this is dropped.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// Makes the key from 32 secret random bytes. `name` is the log's origin: not empty, without
    /// spaces or `+`.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        if !is_key_name_valid(name) || name.chars().any(char::is_control) {
            return Err(Error::BadKey);
        }
        Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(seed) })
    }

    /// Name of the key and origin of the log.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half, as partners keep it.
    pub fn public(&self) -> Result<LogKey, Error> {
        LogKey::parse(&signed_note::new_ed25519_verifier_key(&self.name, &self.key.verifying_key()))
    }

    /// Signs a checkpoint of this log; returns the whole note.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<String, Error> {
        if checkpoint.origin != self.name {
            return Err(Error::OtherLog);
        }
        let text = checkpoint.to_text()?;
        let mut note = Note::new(text.as_bytes(), &[]).map_err(|_| Error::MalformedCheckpoint)?;
        note.add_sigs(&[self]).map_err(|_| Error::BadKey)?;
        String::from_utf8(note.to_bytes()).map_err(|_| Error::MalformedCheckpoint)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("name", &self.name).finish_non_exhaustive()
    }
}

impl signed_note::Signer for Signer {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        let public = self.key.verifying_key();
        key_id(&self.name, &[&[ED25519], public.as_bytes().as_slice()].concat())
    }

    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        self.key.try_sign(text).map(|signature| signature.to_vec())
    }
}

/// The log's public key, in the form `name+id+base64` of C2SP `signed-note`.
#[derive(Clone)]
pub struct LogKey {
    text: String,
    verifier: StandardVerifier,
}

impl LogKey {
    /// Reads the one-line form.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let verifier = StandardVerifier::new(text).map_err(|_| Error::BadKey)?;
        Ok(Self { text: text.to_owned(), verifier })
    }

    /// Name of the key and origin of the log.
    pub fn name(&self) -> &str {
        self.verifier.name()
    }

    /// Opens a signed note: the signature by this key must be valid and the origin must be its name.
    /// Signatures by keys it does not know are ignored, as the format asks.
    pub fn open(&self, note: &[u8]) -> Result<Checkpoint, Error> {
        let note = Note::from_bytes(note).map_err(|_| Error::MalformedCheckpoint)?;
        let known = VerifierList::new(vec![Box::new(self.verifier.clone())]);
        note.verify(&known).map_err(|_| Error::BadSignature)?;
        let checkpoint = Checkpoint::from_text(note.text())?;
        if checkpoint.origin == self.name() { Ok(checkpoint) } else { Err(Error::OtherLog) }
    }
}

/// The one-line form, to be handed to partners.
impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogKey({})", self.text)
    }
}
