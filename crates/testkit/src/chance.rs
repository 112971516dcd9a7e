//! Chance that can be repeated: the same seed draws the same bytes.

use std::sync::atomic::{AtomicU64, Ordering};

use tessera_core::chance::Chance;

/// `SplitMix64` (Steele, Lea and Flood, 2014), counted up from a seed. For tests only: whoever
/// knows one word of it knows them all.
#[derive(Debug)]
pub struct SeededChance(AtomicU64);

/// The odd constant that `SplitMix64` counts by.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

impl SeededChance {
    /// Starts at a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// The next word.
    pub fn word(&self) -> u64 {
        let mut z = self.0.fetch_add(GAMMA, Ordering::SeqCst).wrapping_add(GAMMA);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; the small bias of a remainder does no harm to a test.
    pub fn below(&self, limit: usize) -> usize {
        let word = self.word() % u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(word).unwrap_or(0)
    }

    /// True once in `n` draws, on average.
    pub fn once_in(&self, n: usize) -> bool {
        self.below(n) == 0
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.word().to_le_bytes();
            for (byte, drawn) in chunk.iter_mut().zip(word) {
                *byte = drawn;
            }
        }
    }
}
