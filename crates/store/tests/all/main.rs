#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at surprise"
)]
//! The store on both engines.

mod at_rest;
mod jobs;
mod ledger;
mod schema;
mod sealed;
mod source;
mod writing;

use tessera_core::{agency::AgencyKind, chance::Draw, ids::AgencyId};
use tessera_policy::{Actor, Authority, Resource, decide, rules::admin::RunJob};
use tessera_store::{StoreError, Tx, agency};

/// What a job of the program may do: enough to write.
fn authority() -> Authority {
    let actor = Actor::system("a test");
    decide::<RunJob>(&actor, Resource::None, &()).unwrap().authority().clone()
}

/// Writes one row that is easy to count.
async fn add_agency(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    let id: AgencyId = tx.chance().id(tx.now());
    agency::insert(tx, id, name, AgencyKind::Voluntary).await
}
