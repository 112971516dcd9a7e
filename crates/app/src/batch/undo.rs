//! Undoing a batch: what nobody has built on is taken away as if it had never come; the rest is taken
//! back as any report is, when the person says so, and otherwise nothing is undone.

use tessera_core::{
    errors::{FieldErrors, required_text},
    ids::BatchId,
    report::LONG,
};
use tessera_policy::{Actor, rules::batch::UndoBatch};
use tessera_store::batch::{self, BuiltOn};

use super::{BatchState, Work};
use crate::{App, AppError, report::retract::take_back};

/// A batch to be undone, as typed.
#[derive(Debug, Clone, Default)]
pub struct RawUndoBatch {
    /// The version of the page.
    pub version: i64,
    /// Why.
    pub undo_reason: String,
    /// `yes` to take back the reports that somebody has built on.
    pub built_on: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// Reports that are gone as if they had never come.
    pub removed: usize,
    /// Reports that were taken back, because somebody had built on them.
    pub taken_back: usize,
}

impl App {
    /// Undoes a batch that was brought in.
    pub async fn undo_batch(
        &self,
        actor: &Actor,
        id: BatchId,
        raw: &RawUndoBatch,
    ) -> Result<Undone, AppError> {
        let permit = self.may_batch::<UndoBatch>(actor, id).await?;
        let mut read = self.db.read().await?;
        let found = batch::by_id(&mut read.conn(), id).await?;
        let work: Work = batch::work(&mut read.conn(), self.db.keys(), id).await?;
        drop(read);
        if found.state != BatchState::Done {
            return Err(AppError::Conflict);
        }
        let mut e = FieldErrors::default();
        let missing = "Say why it is undone";
        let why = required_text(&mut e, "undo_reason", &raw.undo_reason, LONG, missing);
        let why = e.into_result(why)?;
        let work = Work { file: work.file, undone: why.clone(), ..Work::default() };
        let (version, by, agreed) = (raw.version, actor.name.clone(), raw.built_on == "yes");
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let all = batch::built_on(&mut tx.conn(), id).await?;
                    let built = all.iter().filter(|(.., built)| *built).count();
                    if built > 0 && !agreed {
                        return Err(refused(built, all.len()).into());
                    }
                    batch::undone(tx, id, version, &by, &work).await?;
                    for (report, reference, built) in &all {
                        if *built {
                            take_back(tx, (*report, reference), &why, &by).await?;
                        } else {
                            batch::remove(tx, *report).await?;
                        }
                    }
                    let undone = Undone { removed: all.len() - built, taken_back: built };
                    tx.note("removed", undone.removed.to_string());
                    tx.note("taken back", undone.taken_back.to_string());
                    Ok(undone)
                })
            })
            .await
    }

    /// Every report of a batch, and on which of them somebody has built.
    pub(super) async fn built_on(&self, id: BatchId) -> Result<Vec<BuiltOn>, AppError> {
        let mut read = self.db.read().await?;
        Ok(batch::built_on(&mut read.conn(), id).await?)
    }
}

fn refused(built: usize, all: usize) -> FieldErrors {
    let words = format!(
        "{built} of {all} reports were worked on since. Tick the box to take those back, or leave all"
    );
    FieldErrors::one("built_on", words)
}
