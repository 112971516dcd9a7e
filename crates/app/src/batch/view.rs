//! What is seen of batches: the list, one with its rows as they will be, the rows that could not come
//! in as a file.

use tessera_core::{batch::BatchState, ids::BatchId, reference::Reference};
use tessera_policy::{
    Actor, Refusal,
    rules::batch::{ListBatches, ViewBatch, WorkBatch},
};
use tessera_store::{batch, report::list};

use super::{Batch, Checked, Work, rows};
use crate::{App, AppError, report::RawGrade};

/// A batch as somebody of the desk sees it.
pub struct BatchView {
    /// What is known of it.
    pub batch: Batch,
    /// The name of the file.
    pub file: String,
    /// Its headings with what they mean; of a draft only.
    pub columns: Vec<(String, String)>,
    /// A few cells of each column; of a draft only.
    pub samples: Vec<Vec<String>>,
    /// What its rows come to; of a draft, and for the one who brought it in the rejected rows after.
    pub checked: Checked,
    /// The grade that all of them got.
    pub grade: RawGrade,
    /// The reports it became that this reader may see, each with its row.
    pub reports: Vec<(Reference, i64)>,
    /// On how many of its reports somebody has built.
    pub built_on: usize,
    /// Why it was undone.
    pub why_undone: String,
    /// Whether the reader brings it in.
    pub own: bool,
}

impl App {
    /// The batches that somebody of the desk may see.
    pub async fn batches(&self, actor: &Actor) -> Result<Vec<Batch>, AppError> {
        self.ask::<ListBatches>(actor, vec![]).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(batch::list(&mut read.conn(), user).await?)
    }

    /// Opens a batch.
    pub async fn view_batch(&self, actor: &Actor, id: BatchId) -> Result<BatchView, AppError> {
        self.open_batch::<ViewBatch>(actor, id).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let found = batch::by_id(&mut read.conn(), id).await?;
        let reports = batch::reports(&mut read.conn(), id, reader).await?;
        let own = actor.user() == Some(found.by);
        let mut work: Work = batch::work(&mut read.conn(), self.db.keys(), id).await?;
        drop(read);
        let draft = found.state == BatchState::Draft;
        let checked = if draft {
            self.checked_rows(actor, id).await?.1
        } else {
            let rejected = if own { std::mem::take(&mut work.rejected) } else { Vec::new() };
            Checked { good: Vec::new(), rejected }
        };
        let built_on = self.built_on(id).await?.into_iter().filter(|(.., built)| *built).count();
        let samples = (0..work.headings.len()).map(|at| sample(&work, at)).collect();
        Ok(BatchView {
            batch: found,
            file: work.file,
            columns: work.headings.into_iter().zip(work.means).filter(|_| draft).collect(),
            samples,
            checked,
            grade: work.grade,
            reports,
            built_on,
            why_undone: work.undone,
            own,
        })
    }

    /// What the rows of a draft come to, compared with what this reader may see.
    pub(super) async fn checked_rows(
        &self,
        actor: &Actor,
        id: BatchId,
    ) -> Result<(Work, Checked), AppError> {
        let work = self.draft_batch(id).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let kind = batch::by_id(&mut read.conn(), id).await?.kind;
        let held = list::recent(&mut read.conn(), self.db.keys(), reader).await?;
        drop(read);
        let checked = rows::check(&work, kind, &self.codes, &held);
        Ok((work, checked))
    }

    /// The rows that could not come in, as a file that can be mended and brought in again.
    pub async fn rejected_rows(&self, actor: &Actor, id: BatchId) -> Result<String, AppError> {
        self.open_batch::<WorkBatch>(actor, id).await?;
        let mut read = self.db.read().await?;
        let work: Work = batch::work(&mut read.conn(), self.db.keys(), id).await?;
        let state = batch::by_id(&mut read.conn(), id).await?.state;
        drop(read);
        let rejected = if state == BatchState::Draft {
            self.checked_rows(actor, id).await?.1.rejected
        } else {
            work.rejected
        };
        Ok(rejected_csv(&work.headings, &rejected))
    }
}

/// The first cells of a column that say something.
fn sample(work: &Work, at: usize) -> Vec<String> {
    let cells = work.rows.iter().filter_map(|(_, cells)| cells.get(at));
    cells.filter(|cell| !cell.trim().is_empty()).take(3).cloned().collect()
}

/// Rejected rows as CSV: number, problem, and the cells as they were; nothing that a spreadsheet runs.
#[must_use]
pub fn rejected_csv(headings: &[String], rejected: &[super::Rejected]) -> String {
    let cell = crate::report::cell;
    let own = |name: &&String| !["row", "problem"].contains(&name.as_str());
    let names = ["row", "problem"].map(str::to_owned);
    let line = |cells: Vec<String>| format!("{}\r\n", cells.join(","));
    let mut out = line(names.iter().chain(headings.iter().filter(own)).map(|h| cell(h)).collect());
    for row in rejected {
        let mut cells = vec![cell(&row.number.to_string()), cell(&row.problems.join(". "))];
        let kept = row.cells.iter().zip(headings).filter(|(_, heading)| own(heading));
        cells.extend(kept.map(|(text, _)| cell(text)));
        out.push_str(&line(cells));
    }
    out
}
