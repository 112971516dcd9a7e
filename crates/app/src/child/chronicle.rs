//! What a concern writes to the chronology of a file by itself, always with its source.

use tessera_core::{
    chance::Draw,
    ids::{ChildId, ConcernId},
    partial_date::PartialDate,
    time::day_in_london,
};
use tessera_store::{
    Tx,
    child::file::{self, NewEvent},
    concern::read,
};

use crate::AppError;

/// A concern was joined to the file: its words as told, with its date and source.
pub(crate) async fn concern_joined(
    tx: &mut Tx,
    child: ChildId,
    concern: ConcernId,
    by: &str,
) -> Result<(), AppError> {
    let whole = read::whole(&mut tx.conn(), concern).await?;
    let c = &whole.concern;
    let received = PartialDate::day(day_in_london(c.received_at));
    let from = c.agency_name.clone().unwrap_or_else(|| c.channel.label().to_lowercase());
    let source = format!("Concern {} from {from}", c.reference);
    let now = tx.now();
    let id = tx.chance().id(now);
    let new = NewEvent {
        id,
        child,
        happened_on: c.happened_on.or(Some(received)),
        kind: "concern",
        fact: &c.what,
        opinion: c.opinion.as_deref(),
        source: &source,
        concern: Some(concern),
        audience: "hub",
        by,
        corrects: None,
    };
    file::add_event(tx, &new).await?;
    crate::screening::joined(tx, child, concern).await
}

/// A decision was taken about the child.
pub(crate) async fn decided(
    tx: &mut Tx,
    child: ChildId,
    concern: ConcernId,
    outcome: &str,
    reason: &str,
    by: &str,
) -> Result<(), AppError> {
    let reference = tessera_store::concern::triage::reference(&mut tx.conn(), concern).await?;
    let now = tx.now();
    let id = tx.chance().id(now);
    let (fact, source) =
        (format!("Decision: {outcome}"), format!("Decision on {reference} by {by}"));
    let new = NewEvent {
        id,
        child,
        happened_on: Some(PartialDate::day(day_in_london(now))),
        kind: "decision",
        fact: &fact,
        opinion: Some(reason),
        source: &source,
        concern: Some(concern),
        audience: "hub",
        by,
        corrects: None,
    };
    Ok(file::add_event(tx, &new).await?)
}
