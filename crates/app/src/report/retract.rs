//! Taking a report back: it joins nothing any more, and whoever built on it is told.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    ids::ReportId,
    reference::Reference,
    report::LONG,
};
use tessera_policy::{Actor, rules::report::WorkReport};
use tessera_store::{
    Tx, notice,
    report::{child, desk},
};

use crate::{App, AppError, language::store_checked, report::identify::on_file};

/// A report to be taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRetract {
    /// The version of the page.
    pub version: i64,
    /// Why.
    pub retract_reason: String,
}

impl App {
    /// Takes a report back. It joins nothing any more, everybody who was given it is told, and the
    /// files that name it say so.
    pub async fn retract_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawRetract,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why it is taken back";
        let why = required_text(&mut e, "retract_reason", &raw.retract_reason, LONG, missing);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (version, by, reference) = (raw.version, actor.name.clone(), reference.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    store_checked(checked.as_ref(), tx, "retract", id).await?;
                    take_back(tx, (id, &reference), &why, &by).await
                })
            })
            .await
    }
}

/// Takes a report back with all that follows from it; one that was taken back before stays so.
pub(crate) async fn take_back(
    tx: &mut Tx,
    (id, reference): (ReportId, &Reference),
    why: &str,
    by: &str,
) -> Result<(), AppError> {
    if desk::retract(tx, id).await? {
        desk::add_entry(tx, id, "retracted", why, by).await?;
        tell_recipients(tx, id).await?;
        for (file, _) in child::of_report(&mut tx.conn(), id).await? {
            let fact = format!("Intelligence report {reference} was taken back");
            on_file(tx, file, reference, &fact, by).await?;
        }
    }
    Ok(())
}

/// Everybody who was given a report is told that it changed.
pub(super) async fn tell_recipients(tx: &mut Tx, id: ReportId) -> Result<(), AppError> {
    for person in desk::recipients(&mut tx.conn(), id).await? {
        let words = "Something that was shared with you was taken back or doubted. Read it again";
        notice::insert(tx, person, words, Some("/shared")).await?;
    }
    Ok(())
}
