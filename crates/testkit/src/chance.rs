//! Randomness that is the same on every run.

use std::sync::{Mutex, PoisonError};

use tessera_core::chance::Chance;

/// A seeded sequence (xorshift64*): good enough to be different, useless for secrets.
#[derive(Debug)]
pub struct Seeded(Mutex<u64>);

impl Seeded {
    /// A sequence of its own for each seed.
    pub const fn new(seed: u64) -> Self {
        Self(Mutex::new(seed ^ 0x9e37_79b9_7f4a_7c15))
    }

    /// The next 64 bits.
    pub fn word(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// Whether one draw of `n` came out.
    pub fn once_in(&self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A number from 0 to before `limit`.
    pub fn below(&self, limit: usize) -> usize {
        usize::try_from(self.word() % limit.max(1) as u64).unwrap_or(0)
    }
}

impl Chance for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state ^= *state >> 12;
            *state ^= *state << 25;
            *state ^= *state >> 27;
            let drawn = state.wrapping_mul(0x2545_f491_4f6c_dd1d).to_le_bytes();
            for (byte, new) in chunk.iter_mut().zip(drawn) {
                *byte = new;
            }
        }
    }
}
