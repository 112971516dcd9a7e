//! Time and randomness. This is the only place that reads the machine's.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use tessera_core::{
    chance::Chance,
    time::{Clock, Timestamp},
};

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The machine's randomness.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemChance;

impl Chance for SystemChance {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's randomness"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // Without randomness no key, session or reference may be made.
            crate::say::warn("tessera: this machine gives no randomness");
            std::process::abort();
        }
    }
}

/// A clock that is set by hand, for filling the demo. It moves on a millisecond each time it is
/// read, so that what follows comes later.
#[derive(Debug)]
pub(crate) struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that shows an instant.
    pub(crate) const fn at(micros: i64) -> Self {
        Self(AtomicI64::new(micros))
    }

    /// Sets it.
    pub(crate) fn set(&self, to: Timestamp) {
        self.0.store(to.as_microsecond(), Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        let micros = self.0.fetch_add(1_000, Ordering::Relaxed);
        Timestamp::from_microsecond(micros).unwrap_or_default()
    }
}

/// Bytes that are the same for the same seed, for filling the demo. Never for secrets.
#[derive(Debug)]
pub(crate) struct SeededChance {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededChance {
    /// A source for a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(32) {
            let n = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = Sha256::new_with_prefix(self.seed.to_le_bytes())
                .chain_update(n.to_le_bytes())
                .finalize();
            for (byte, drawn) in part.iter_mut().zip(block) {
                *byte = drawn;
            }
        }
    }
}

/// Waits until the threads on which SQLite works have ended. A connection closes on its own thread, and
/// at the end of the process SQLCipher takes its memory away from under one that is still closing.
/// Bounded, because a thread that hangs must not keep the program from ending.
pub(crate) fn wait_for_database_threads() {
    for _ in 0..2_000 {
        if !database_threads() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// Whether a thread of this process has the name that the driver gives to those of SQLite; where the
/// system has no list of threads there is nothing to wait for.
fn database_threads() -> bool {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return false };
    let names = tasks.flatten().filter_map(|task| std::fs::read(task.path().join("comm")).ok());
    names.into_iter().any(|name| name.starts_with(b"sqlx-sqlite"))
}
