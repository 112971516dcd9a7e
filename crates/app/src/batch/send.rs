//! Naming the columns of a batch, and bringing it in: all of it in one transaction, or nothing.

use std::sync::Arc;

use tessera_core::{
    batch::{BatchKind, BatchState},
    chance::Draw,
    errors::FieldErrors,
    ids::{BatchId, ReportId},
    reference::{Of, Reference},
};
use tessera_policy::{Actor, Refusal, rules::batch::WorkBatch};
use tessera_store::{
    StoreError, Tx, batch,
    report::insert::{self, NewReport, Source},
};

use super::{Checked, Rejected, Row, Work, columns};
use crate::{
    App, AppError,
    report::{RawGrade, grade, keys, submit::priority},
};

/// So often everything is tried again when a reference that was drawn is taken already.
const TRIES: usize = 3;

/// What the columns mean, as chosen.
#[derive(Debug, Clone, Default)]
pub struct RawColumns {
    /// The version of the page.
    pub version: i64,
    /// [`BatchKind`] by id.
    pub kind: String,
    /// For each column one of [`columns::MEANINGS`] by id.
    pub means: Vec<String>,
    /// `yes` to take these names for the agency's next file too.
    pub keep: String,
}

/// How a batch is brought in, as chosen.
#[derive(Debug, Clone, Default)]
pub struct RawSend {
    /// The version of the page.
    pub version: i64,
    /// The grade that every row gets.
    pub grade: RawGrade,
    /// `yes` to bring in rows that are nearly the same as something held.
    pub near: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Rows brought in.
    pub rows: usize,
    /// Rows that were not.
    pub rejected: usize,
}

impl App {
    /// Keeps what the columns of a batch mean.
    pub async fn name_columns(
        &self,
        actor: &Actor,
        id: BatchId,
        raw: &RawColumns,
    ) -> Result<(), AppError> {
        let permit = self.may_batch::<WorkBatch>(actor, id).await?;
        let mut work = self.draft_batch(id).await?;
        let mut e = FieldErrors::default();
        let kind = BatchKind::from_id(&raw.kind);
        if kind.is_none() {
            e.add("kind", "Say what it lists");
        }
        if raw.means.len() != work.headings.len()
            || !raw.means.iter().all(|means| columns::is_known(means))
        {
            e.add("means-0", "Say what each column means");
        }
        e.into_result(())?;
        let kind = kind.ok_or(Refusal::Absent)?;
        work.means.clone_from(&raw.means);
        let agency = actor.agency.filter(|_| raw.keep == "yes");
        let (version, by) = (raw.version, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    batch::save(tx, id, version, kind, &work).await?;
                    if let Some(agency) = agency {
                        for (heading, means) in work.headings.iter().zip(&work.means) {
                            let plain = columns::plain(heading);
                            let pair = (plain.as_str(), means.as_str());
                            batch::keep_heading(tx, agency, kind, pair, &by).await?;
                        }
                        tx.note("names", "kept");
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Brings in every row that can be.
    pub async fn send_batch(
        &self,
        actor: &Actor,
        id: BatchId,
        raw: &RawSend,
    ) -> Result<Sent, AppError> {
        let permit = self.may_batch::<WorkBatch>(actor, id).await?;
        let why = raw.grade.check(&self.codes)?;
        let (work, Checked { good, mut rejected }) = self.checked_rows(actor, id).await?;
        let near = raw.near == "yes";
        let (good, like): (Vec<Row>, Vec<Row>) =
            good.into_iter().partition(|row| near || row.like.is_none());
        for row in like {
            let cells = work.rows.iter().find(|(n, _)| *n == row.number).map(|(_, c)| c.clone());
            let problem = format!("Nearly the same as {}", row.like.unwrap_or_default());
            let cells = cells.unwrap_or_default();
            rejected.push(Rejected { number: row.number, problems: vec![problem], cells });
        }
        rejected.sort_by_key(|row| row.number);
        if good.is_empty() {
            return Err(FieldErrors::one("near", "There is no row that can be brought in").into());
        }
        let sent = Sent { rows: good.len(), rejected: rejected.len() };
        let source = Source {
            user: actor.user().ok_or(Refusal::Refused)?.0,
            name: actor.name.clone(),
            agency: self.agency_name(actor).await?,
        };
        let lexicon_version = self.checker().await?.version().to_owned();
        let order = Arc::new(Order {
            id,
            version: raw.version,
            actor: actor.clone(),
            source,
            lexicon_version,
            grade: raw.grade.clone(),
            why,
            good,
            work: Work { rows: Vec::new(), rejected, grade: raw.grade.clone(), ..work },
        });
        let mut ended = Err(AppError::Store(StoreError::AlreadyThere));
        for _ in 0..TRIES {
            let order = Arc::clone(&order);
            ended = self
                .db
                .write(permit.authority(), move |tx| Box::pin(async move { order.run(tx).await }))
                .await;
            if !matches!(ended, Err(AppError::Store(StoreError::AlreadyThere))) {
                break;
            }
        }
        ended.map(|()| sent)
    }

    /// Drops a batch that was not brought in.
    pub async fn drop_batch(
        &self,
        actor: &Actor,
        id: BatchId,
        version: i64,
    ) -> Result<(), AppError> {
        let permit = self.may_batch::<WorkBatch>(actor, id).await?;
        self.draft_batch(id).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("dropped", "yes");
                    Ok::<_, AppError>(batch::drop_draft(tx, id, version).await?)
                })
            })
            .await
    }

    /// What is sealed of a batch that is not brought in yet; a conflict when it was.
    pub(crate) async fn draft_batch(&self, id: BatchId) -> Result<Work, AppError> {
        let mut read = self.db.read().await?;
        let batch = batch::by_id(&mut read.conn(), id).await?;
        if batch.state != BatchState::Draft {
            return Err(AppError::Conflict);
        }
        Ok(batch::work(&mut read.conn(), self.db.keys(), id).await?)
    }
}

/// Everything that one transaction brings in.
struct Order {
    id: BatchId,
    version: i64,
    actor: Actor,
    source: Source,
    lexicon_version: String,
    grade: RawGrade,
    why: String,
    good: Vec<Row>,
    work: Work,
}

impl Order {
    async fn run(&self, tx: &mut Tx) -> Result<(), AppError> {
        let counts = (self.good.len(), self.work.rejected.len());
        batch::sent(tx, self.id, self.version, counts, &self.work).await?;
        for row in &self.good {
            let id: ReportId = tx.chance().id(tx.now());
            let reference = Reference::draw(Of::Report, tx.chance());
            let mut report = row.report.clone();
            let origin = format!("Row {} of the file {}", row.number, self.work.file);
            report.provenance = Some(match report.provenance.take() {
                Some(said) => format!("{said}\n{origin}"),
                None => origin,
            });
            let key = format!("batch {} {}", self.id, row.number);
            let new = NewReport {
                id,
                reference,
                send_key: tx.keys().blind("report send key", key.as_bytes()),
                user: self.source.user.into(),
                source: self.source.clone(),
                agency: self.actor.agency,
                concern: None,
                priority: priority(&report),
                keys: report.mentions.iter().map(keys::of).collect(),
                report,
                lexicon_version: self.lexicon_version.clone(),
            };
            insert::insert(tx, &new).await?;
            grade::assign(tx, id, &self.grade, &self.why, &self.actor.name).await?;
            batch::add_row(tx, self.id, row.number, id).await?;
        }
        tx.note("rows", counts.0.to_string());
        tx.note("rejected", counts.1.to_string());
        tx.note("handling", self.grade.handling_in_full());
        Ok(())
    }
}
