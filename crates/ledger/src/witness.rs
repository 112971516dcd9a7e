use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use signed_note::{Note, Verifier, VerifierList, is_key_name_valid, key_id};

use crate::{Checkpoint, Error, Hash, LogKey, proof};

/// Type byte of an Ed25519 cosigning key (C2SP `tlog-cosignature`).
const COSIGNATURE: u8 = 0x04;

/// A partner that keeps the newest checkpoint it saw and signs only what extends it.
pub struct Witness {
    name: String,
    key: SigningKey,
}

/// A checkpoint a witness vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// What was vouched for.
    pub checkpoint: Checkpoint,
    /// When, in seconds since 1970-01-01T00:00:00Z.
    pub unix_seconds: u64,
}

impl Witness {
    /// Makes the witness's key from 32 secret random bytes; each witness needs its own.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        if !is_key_name_valid(name) || name.chars().any(char::is_control) {
            return Err(Error::BadKey);
        }
        Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(seed) })
    }

    /// The public half.
    pub fn public(&self) -> WitnessKey {
        WitnessKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// Checks that the log's new note is signed and extends the checkpoint this witness `held`
    /// (`None` at first sight: then no proof is asked for), and returns the note with the witness's
    /// signature added and the checkpoint to hold from now on.
    pub fn cosign(
        &self,
        log: &LogKey,
        held: Option<&Checkpoint>,
        note: &[u8],
        consistency: &[Hash],
        unix_seconds: u64,
    ) -> Result<(String, Checkpoint), Error> {
        let new = log.open(note)?;
        if let Some(held) = held {
            proof::check_consistency(consistency, held, &new)?;
        }
        let signing = Timestamped { witness: self, unix_seconds };
        let mut note = Note::from_bytes(note).map_err(|_| Error::MalformedCheckpoint)?;
        note.add_sigs(&[&signing]).map_err(|_| Error::BadKey)?;
        let note = String::from_utf8(note.to_bytes()).map_err(|_| Error::MalformedCheckpoint)?;
        Ok((note, new))
    }
}

impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Witness").field("name", &self.name).finish_non_exhaustive()
    }
}

struct Timestamped<'a> {
    witness: &'a Witness,
    unix_seconds: u64,
}

impl signed_note::Signer for Timestamped<'_> {
    fn name(&self) -> &str {
        &self.witness.name
    }

    fn key_id(&self) -> u32 {
        self.witness.public().key_id()
    }

    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        let signature = self.witness.key.try_sign(&signed_message(self.unix_seconds, text))?;
        Ok([self.unix_seconds.to_be_bytes().as_slice(), &signature.to_bytes()].concat())
    }
}

/// A witness's public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessKey {
    name: String,
    key: VerifyingKey,
}

impl WitnessKey {
    /// Takes the name and the 32 bytes of the public key.
    pub fn new(name: &str, public: &[u8; 32]) -> Result<Self, Error> {
        if !is_key_name_valid(name) {
            return Err(Error::BadKey);
        }
        let key = VerifyingKey::from_bytes(public).map_err(|_| Error::BadKey)?;
        Ok(Self { name: name.to_owned(), key })
    }

    /// The 32 bytes of the public key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Opens a note that must carry both the log's and this witness's valid signature.
    pub fn open(&self, log: &LogKey, note: &[u8]) -> Result<Cosigned, Error> {
        let checkpoint = log.open(note)?;
        let note = Note::from_bytes(note).map_err(|_| Error::MalformedCheckpoint)?;
        let known = VerifierList::new(vec![Box::new(self.clone())]);
        let (valid, _) = note.verify(&known).map_err(|_| Error::BadSignature)?;
        let parts = valid.first().and_then(|signature| split(signature.signature()));
        let (unix_seconds, _) = parts.ok_or(Error::BadSignature)?;
        Ok(Cosigned { checkpoint, unix_seconds })
    }
}

impl Verifier for WitnessKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        key_id(&self.name, &[&[COSIGNATURE], self.key.as_bytes().as_slice()].concat())
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        split(signature).is_some_and(|(unix_seconds, signature)| {
            self.key.verify(&signed_message(unix_seconds, text), &signature).is_ok()
        })
    }
}

fn split(signature: &[u8]) -> Option<(u64, Signature)> {
    let (time, rest) = signature.split_first_chunk::<8>()?;
    let unix_seconds = u64::from_be_bytes(*time);
    if unix_seconds > i64::MAX.unsigned_abs() {
        return None;
    }
    Some((unix_seconds, Signature::from_slice(rest).ok()?))
}

fn signed_message(unix_seconds: u64, text: &[u8]) -> Vec<u8> {
    [format!("cosignature/v1\ntime {unix_seconds}\n").as_bytes(), text].concat()
}
