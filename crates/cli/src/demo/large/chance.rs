//! Quick numbers that are the same for the same seed (`SplitMix64`, Steele and others 2014).

use std::sync::atomic::{AtomicU64, Ordering};

use tessera_core::chance::Chance;

/// A source of numbers to draw what is invented with; never for secrets.
#[derive(Debug)]
pub(super) struct Quick(AtomicU64);

impl Quick {
    /// A source for a seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&self, end: u32) -> u32 {
        // The upper half of a product: near enough to even for made-up things.
        u32::try_from(((self.next() >> 32) * u64::from(end)) >> 32).unwrap_or(0)
    }

    /// One in so many.
    pub(super) fn one_in(&self, many: u32) -> bool {
        self.below(many) == 0
    }

    /// One of several, each as likely.
    pub(super) fn one_of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        let end = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.get(self.below(end) as usize)
    }

    /// One of several, the first far more often than the last, as with names.
    pub(super) fn early_of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        let end = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.get(self.below(self.below(end) + 1) as usize)
    }
}

impl Chance for Quick {
    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            for (byte, drawn) in part.iter_mut().zip(self.next().to_le_bytes()) {
                *byte = drawn;
            }
        }
    }
}
