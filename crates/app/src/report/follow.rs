//! What a sender sees of a report: their own words, and where it stands.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    reference::Reference,
    report::LONG,
};
use tessera_policy::{
    Actor, Refusal,
    rules::report::{AddToReport, FollowReport, ListOwnReports},
};
use tessera_store::{
    language::checked::Checked,
    report::{
        desk, list,
        read::{self, Mention, Piece, ReportEntry},
    },
};

use crate::{
    App, AppError,
    language::store_checked,
    report::{keys, recognise::recognise},
};

/// One's own report.
pub struct OwnReport {
    /// What was sent.
    pub piece: Piece,
    /// People and things in it.
    pub mentions: Vec<Mention>,
    /// What was added and what the desk told.
    pub entries: Vec<ReportEntry>,
}

/// More, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAddition {
    /// What is added.
    pub addition: String,
}

impl App {
    /// The reports that somebody sent.
    pub async fn own_reports(&self, actor: &Actor) -> Result<Vec<Piece>, AppError> {
        self.ask::<ListOwnReports>(actor, vec![]).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(list::own(&mut read.conn(), self.db.keys(), user).await?)
    }

    /// A report as its sender sees it: nothing of what others know or decided, but for the status.
    pub async fn own_report(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<OwnReport, AppError> {
        let (_, id) = self.own_report_permit::<FollowReport>(actor, reference).await?;
        let (mut read, keys) = (self.db.read().await?, self.db.keys());
        let mut entries = read::entries(&mut read.conn(), keys, id).await?;
        entries.retain(|entry| matches!(entry.kind.as_str(), "added" | "told"));
        Ok(OwnReport {
            piece: read::piece(&mut read.conn(), keys, id).await?,
            mentions: read::mentions(&mut read.conn(), keys, id).await?,
            entries,
        })
    }

    /// Adds to one's own report. What is found in the addition is marked as found by the program.
    pub async fn add_to_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAddition,
    ) -> Result<(), AppError> {
        let (permit, id) = self.own_report_permit::<AddToReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let words = required_text(&mut e, "addition", &raw.addition, LONG, "Say what you add");
        let words = e.into_result(words)?;
        // The agency stays out: the desk must not learn who sent it.
        let checked = self.checked(actor, &[&words]).await?;
        let checked = checked.map(|checked| Checked { agency: None, ..checked });
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    for mention in recognise(&words) {
                        let texts = keys::of(&mention);
                        tessera_store::report::insert::add_mention(tx, id, &mention, &texts)
                            .await?;
                    }
                    // The entry does not name its writer: the desk must not learn it here.
                    desk::add_entry(tx, id, "added", &words, "the sender").await?;
                    store_checked(checked.as_ref(), tx, "added", id).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}
