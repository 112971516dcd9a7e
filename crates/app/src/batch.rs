//! Spreadsheets brought in as intelligence reports: read, columns named, looked at, brought in as one
//! batch, undone as one batch.

mod begin;
mod columns;
mod rows;
mod send;
mod undo;
mod view;

pub use begin::RawFile;
pub use columns::{MEANINGS, Meaning};
pub use rows::{Checked, Rejected, Row};
pub use send::{RawColumns, RawSend, Sent};
pub use tessera_core::batch::{Batch, BatchKind, BatchState};
pub use undo::{RawUndoBatch, Undone};
pub use view::{BatchView, rejected_csv};

use serde::{Deserialize, Serialize};
use tessera_core::ids::BatchId;
use tessera_policy::{Act, Actor, Permit, Resource, decide, rules::batch::BatchFacts};
use tessera_store::batch;

use crate::{App, AppError, report::RawGrade};

/// What is sealed of a batch: all rows while it is a draft, later only those that could not come in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Work {
    /// The name of the file.
    pub(crate) file: String,
    /// The first row.
    pub(crate) headings: Vec<String>,
    /// What each column means, in their order.
    pub(crate) means: Vec<String>,
    /// The other rows, with their numbers.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
    /// Rows that could not be brought in.
    pub(crate) rejected: Vec<Rejected>,
    /// The grade that all of them got.
    pub(crate) grade: RawGrade,
    /// Why it was undone.
    pub(crate) undone: String,
}

impl App {
    /// Opens a batch for reading.
    pub(crate) async fn open_batch<A: Act<Facts = BatchFacts>>(
        &self,
        actor: &Actor,
        id: BatchId,
    ) -> Result<Permit<A>, AppError> {
        self.batch(actor, id, true).await
    }

    /// A permit to change a batch; the write itself is audited, a refusal here.
    pub(crate) async fn may_batch<A: Act<Facts = BatchFacts>>(
        &self,
        actor: &Actor,
        id: BatchId,
    ) -> Result<Permit<A>, AppError> {
        self.batch(actor, id, false).await
    }

    async fn batch<A: Act<Facts = BatchFacts>>(
        &self,
        actor: &Actor,
        id: BatchId,
        reading: bool,
    ) -> Result<Permit<A>, AppError> {
        let mut read = self.db.read().await?;
        let facts = batch::facts(&mut read.conn(), id, actor).await?;
        drop(read);
        let resource = if facts.exists { Resource::Batch(id) } else { Resource::None };
        let decided = decide::<A>(actor, resource, &facts);
        if reading || decided.is_err() {
            self.write_down(actor, resource, &decided, vec![("asked", id.to_string())]).await?;
        }
        Ok(decided?)
    }
}
