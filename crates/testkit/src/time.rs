//! A clock that stands still until a test moves it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use tessera_core::time::{Clock, SignedDuration, Timestamp};

/// Shared by all its copies: move one, and all have moved.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// A clock that shows an instant, for example `2026-11-24T09:30:00Z`.
    ///
    /// # Panics
    ///
    /// If the text is not an instant.
    pub fn at(instant: &str) -> Self {
        let Ok(instant) = instant.parse::<Timestamp>() else { panic!("{instant} is no instant") };
        Self(Arc::new(AtomicI64::new(instant.as_microsecond())))
    }

    /// Sets it to an instant.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves it forward, or back.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}
