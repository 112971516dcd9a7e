//! Randomness, injected, so that tests and the demo can be repeated exactly.

use uuid::{Builder, Uuid};

use crate::time::Timestamp;

/// A source of random bytes fit for secrets.
pub trait Chance: Send + Sync {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]);
}

/// What can be drawn from a [`Chance`].
pub trait Draw: Chance {
    /// A new time-ordered id (UUID version 7, RFC 9562) for an instant.
    fn id<T: From<Uuid>>(&self, at: Timestamp) -> T {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        T::from(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// 256 random bits: a session token, a one-use link.
    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0_u8; 32];
        self.fill(&mut bytes);
        bytes
    }
}

impl<C: Chance + ?Sized> Draw for C {}
