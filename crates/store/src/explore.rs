//! What is built on the whole of the reports: the picture, watches, candidates, snapshots.

pub mod candidate;
pub mod snapshot;
pub mod watch;
pub mod whole;

use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    Keys, StoreError, Tx,
    envelope::{Place, open, seal},
};

const fn place(row: Uuid) -> Place {
    Place { column: "explore", row }
}

fn seal_json<T: Serialize>(tx: &Tx, row: Uuid, value: &T) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(value).map_err(|_| StoreError::Sealed)?;
    seal(&tx.keys().derive("explore"), place(row), &plain, tx.chance())
}

fn open_json<T: DeserializeOwned>(keys: &Keys, row: Uuid, sealed: &[u8]) -> Result<T, StoreError> {
    let plain = open(&keys.derive("explore"), place(row), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)
}
