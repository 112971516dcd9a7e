//! A clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use tessera_core::time::{Clock, SignedDuration, Timestamp};

/// Tells the time it was set to.
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl FakeClock {
    /// A clock at an instant.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_microsecond()))
    }

    /// A clock at an instant in RFC 3339, such as `2026-11-24T09:00:00Z`.
    ///
    /// # Panics
    ///
    /// If the text is no instant.
    #[must_use]
    pub fn at_text(text: &str) -> Self {
        match text.parse() {
            Ok(now) => Self::at(now),
            Err(error) => panic!("{text} is no instant: {error}"),
        }
    }

    /// Sets the time.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves the time; backwards too.
    pub fn advance(&self, by: SignedDuration) {
        self.set(self.now() + by);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
