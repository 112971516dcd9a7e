//! What a screening writes to the chronology of the child's file by itself.

use tessera_core::{
    chance::Draw,
    ids::{ChildId, ConcernId},
    partial_date::PartialDate,
    time::day_in_london,
};
use tessera_screening::Instrument;
use tessera_store::{
    Tx,
    child::file::{self, NewEvent},
    screening::{
        instrument,
        record::{self, Screening},
    },
};

use crate::AppError;

/// A screening that belongs to the file: who completed it and what the rules suggest.
pub(super) async fn completed(
    tx: &mut Tx,
    child: ChildId,
    screening: &Screening,
) -> Result<(), AppError> {
    let label = label(tx, screening, &screening.computed_level).await?;
    let fact = format!("Screening completed. The rules suggest the level: {label}.");
    add(tx, child, screening, &fact, None, &screening.sent_by_name).await
}

/// Somebody decided the level.
pub(super) async fn decided(
    tx: &mut Tx,
    child: ChildId,
    screening: &Screening,
    level: &str,
    reason: &str,
    by: &str,
) -> Result<(), AppError> {
    let label = label(tx, screening, level).await?;
    let fact = format!("The level of the screening was decided: {label}.");
    add(tx, child, screening, &fact, Some(reason), by).await
}

/// A concern was joined to the file: the screenings attached to it come with it.
pub(crate) async fn joined(
    tx: &mut Tx,
    child: ChildId,
    concern: ConcernId,
) -> Result<(), AppError> {
    for screening in record::attached(&mut tx.conn(), concern).await? {
        // One begun from this file is in its chronology already.
        if screening.child != Some(child) {
            completed(tx, child, &screening).await?;
        }
    }
    Ok(())
}

async fn label(tx: &mut Tx, screening: &Screening, level: &str) -> Result<String, AppError> {
    let kept = instrument::by_id(&mut tx.conn(), screening.instrument).await?;
    let parsed = kept.and_then(|kept| Instrument::from_yaml(&kept.code, &kept.body).ok());
    let found = parsed.and_then(|one| Some(one.level(one.level_of(level)?).label.clone()));
    Ok(found.unwrap_or_else(|| level.to_owned()))
}

async fn add(
    tx: &mut Tx,
    child: ChildId,
    screening: &Screening,
    fact: &str,
    opinion: Option<&str>,
    by: &str,
) -> Result<(), AppError> {
    let now = tx.now();
    let id = tx.chance().id(now);
    let source = format!("Screening {} from {}", screening.reference, screening.agency_name);
    let new = NewEvent {
        id,
        child,
        happened_on: Some(PartialDate::day(day_in_london(now))),
        kind: "screening",
        fact,
        opinion,
        source: &source,
        concern: screening.concern,
        audience: "hub",
        by,
        corrects: None,
    };
    Ok(file::add_event(tx, &new).await?)
}
