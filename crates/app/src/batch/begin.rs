//! A spreadsheet comes in: it is read, sealed, and its columns are guessed from their headings.

use sha2::{Digest, Sha256};
use tessera_core::{
    batch::{BatchKind, MOST_BYTES, MOST_ROWS},
    document::plain_name,
    errors::FieldErrors,
    ids::BatchId,
    time::SignedDuration,
};
use tessera_language::document::{SheetLimits, read_rows};
use tessera_policy::{Actor, Refusal, Resource, rules::batch::ListBatches};
use tessera_store::batch::{self, NewBatch};

use super::{Work, columns};
use crate::{App, AppError};

/// What was begun and not brought in is dropped after this long.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// A file as sent.
#[derive(Debug, Clone, Default)]
pub struct RawFile {
    /// [`BatchKind`] by id.
    pub kind: String,
    /// The name of the file.
    pub name: String,
    /// Its bytes.
    pub body: Vec<u8>,
    /// It was larger than what is taken.
    pub too_large: bool,
}

impl App {
    /// Reads a file and begins a batch with it; nothing is brought in yet.
    pub async fn begin_batch(&self, actor: &Actor, raw: RawFile) -> Result<BatchId, AppError> {
        let permit = self.may::<ListBatches>(actor, Resource::None).await?;
        let by = actor.user().ok_or(Refusal::Refused)?;
        let mut e = FieldErrors::default();
        let kind = BatchKind::from_id(&raw.kind);
        if kind.is_none() {
            e.add("kind", "Say what it lists");
        }
        let sha256 = hex::encode(Sha256::digest(&raw.body));
        let read = read(raw).await;
        if let Err(problem) = &read {
            e.add("file", problem.clone());
        }
        e.into_result(())?;
        let (Some(kind), Ok(mut work)) = (kind, read) else { return Err(Refusal::Absent.into()) };
        work.means = self.guessed(actor, kind, &work.headings).await?;
        let by_name = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    batch::drop_old(tx, tx.now() - KEPT_FOR).await?;
                    let new = NewBatch { kind, by, by_name: &by_name, sha256: &sha256 };
                    let id = batch::insert(tx, &new, &work).await?;
                    tx.note("batch", id.to_string());
                    tx.note("rows", work.rows.len().to_string());
                    tx.note("sha256", sha256.clone());
                    Ok::<_, AppError>(id)
                })
            })
            .await
    }

    /// What the columns mean: as this agency named them before, or guessed from the headings.
    async fn guessed(
        &self,
        actor: &Actor,
        kind: BatchKind,
        headings: &[String],
    ) -> Result<Vec<String>, AppError> {
        let agency = actor.agency.ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        let kept = batch::headings(&mut read.conn(), agency, kind).await?;
        let means = |heading: &String| {
            let plain = columns::plain(heading);
            let known = kept.iter().find(|(kept, _)| *kept == plain).map(|(_, means)| means);
            known.cloned().unwrap_or_else(|| columns::guess(kind, heading).to_owned())
        };
        Ok(headings.iter().map(means).collect())
    }
}

/// The rows of a file, or what is wrong with it.
async fn read(raw: RawFile) -> Result<Work, String> {
    let most = MOST_BYTES >> 20;
    if raw.too_large || raw.body.len() > MOST_BYTES {
        return Err(format!("The file must be smaller than {most} MB"));
    }
    let file = plain_name(&raw.name);
    if file.is_empty() || raw.body.is_empty() {
        return Err("Choose a file that is not empty".into());
    }
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let Some(ending) = ending.filter(|ending| ["csv", "xlsx"].contains(&ending.as_str())) else {
        return Err("The file must end in .csv or .xlsx".into());
    };
    let limits = SheetLimits { file: MOST_BYTES, rows: MOST_ROWS + 1, ..SheetLimits::default() };
    // Unpacking takes as long as the file asks for: not on a thread that answers other people.
    let rows = tokio::task::spawn_blocking(move || read_rows(&ending, &raw.body, &limits));
    let rows = rows.await.map_err(|_| "The file could not be read".to_owned())?;
    let mut rows =
        rows.map_err(|error| format!("The file could not be read: {error}"))?.into_iter();
    let headings = rows.next().map(|row| row.cells).unwrap_or_default();
    let rows: Vec<(u64, Vec<String>)> = rows.map(|row| (row.number, row.cells)).collect();
    if rows.is_empty() {
        return Err("The file must have headings in its first row, and a row below them".into());
    }
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut headings: Vec<String> = headings.iter().map(|h| h.trim().to_owned()).collect();
    headings.resize(headings.len().max(widest), String::new());
    for (n, heading) in headings.iter_mut().enumerate().filter(|(_, h)| h.is_empty()) {
        *heading = format!("Column {}", n + 1);
    }
    Ok(Work { file, headings, rows, ..Work::default() })
}
