//! Logs to try things on, and chance that repeats.

use tessera_ledger::{Checkpoint, Hash, Signer, Tree, canonical, leaf_hash};

pub(crate) const ORIGIN: &str = "tessera.example.org/log";

pub(crate) fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[7; 32]).unwrap()
}

/// A fictional audit entry of about 170 bytes.
pub(crate) fn entry(number: u64) -> Vec<u8> {
    let value = serde_json::json!({
        "action": "concern.view",
        "actor": format!("01890000-0000-7000-8000-{number:012x}"),
        "at": 1_767_225_600 + number,
        "reason": "planned visit",
        "subject": format!("01890000-0000-7000-9000-{:012x}", number * 7),
    });
    canonical::to_bytes(&value).unwrap()
}

pub(crate) fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(entry).collect()
}

/// The tree over entries and all hashes to keep, in the order of their indexes.
pub(crate) fn grow<E: AsRef<[u8]>>(entries: &[E]) -> (Tree, Vec<Hash>) {
    let mut tree = Tree::empty();
    let leaves = entries.iter().map(|entry| leaf_hash(entry.as_ref()));
    let (kept, _) = tree.append_all(leaves).unwrap();
    (tree, kept.into_iter().map(|stored| stored.hash).collect())
}

pub(crate) fn checkpoint<E: AsRef<[u8]>>(entries: &[E]) -> Checkpoint {
    grow(entries).0.checkpoint(ORIGIN)
}

/// xorshift64*: small, seeded, good enough to choose edits.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let roll = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11;
        usize::try_from(roll % limit as u64).unwrap()
    }
}
