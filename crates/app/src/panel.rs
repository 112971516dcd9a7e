//! Children put forward for the panel: the list, and the decision of a named person. A child comes
//! onto it by the route `panel` of a concern, taken by an officer or opened by a screening's actions.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    ids::{ChildId, ConcernChildId},
    reference::Reference,
    time::Timestamp,
};
use tessera_policy::{
    Actor, Refusal,
    rules::panel::{DecidePanel, ListPanel, ViewPanel},
};
use tessera_store::{concern::read, panel};

use crate::{App, AppError, child::chronicle, language::store_checked};

pub use tessera_store::panel::{Decision, Listing};

/// What is decided about a child on the list, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawPanelDecision {
    /// The child as named in the concern.
    pub child: String,
    /// How many decisions about this child the page showed.
    pub seen: i64,
    /// `accepted` or `declined`.
    pub verdict: String,
    /// Why.
    pub panel_reason: String,
}

/// A child on the list with every decision, newest first.
pub struct Put {
    /// The child.
    pub listing: Listing,
    /// What was decided.
    pub decisions: Vec<Decision>,
}

impl App {
    /// The children put forward, newest first.
    pub async fn panel_list(&self, actor: &Actor) -> Result<Vec<Listing>, AppError> {
        self.ask::<ListPanel>(actor, vec![]).await?;
        let reader = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(panel::all(&mut read.conn(), reader, self.db.now()).await?)
    }

    /// The children of a concern that were put forward, with what was decided.
    pub async fn panel_of_concern(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Vec<Put>, AppError> {
        let (_, concern) = self.open_concern::<ViewPanel>(actor, reference).await?;
        let reader = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        let found = panel::of_concern(&mut read.conn(), concern, reader, self.db.now()).await?;
        if found.is_empty() {
            return Err(Refusal::Absent.into());
        }
        let mut all = Vec::new();
        for listing in found {
            let decisions = panel::decisions(&mut read.conn(), listing.child).await?;
            all.push(Put { listing, decisions });
        }
        Ok(all)
    }

    /// How often the child of a file was put forward. The look at the file itself was written down
    /// by the page that shows this.
    pub async fn panel_of_file(&self, actor: &Actor, child: ChildId) -> Result<Vec<Put>, AppError> {
        let Some(reader) = actor.user().filter(|_| actor.is_hub()) else { return Ok(Vec::new()) };
        let mut read = self.db.read().await?;
        let mut all = Vec::new();
        for listing in panel::of_child(&mut read.conn(), child, reader, self.db.now()).await? {
            let decisions = panel::decisions(&mut read.conn(), listing.child).await?;
            all.push(Put { listing, decisions });
        }
        Ok(all)
    }

    /// A named person decides whether a child is discussed, with a reason.
    pub async fn decide_panel(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawPanelDecision,
    ) -> Result<(), AppError> {
        let (permit, concern) = self.may_concern::<DecidePanel>(actor, reference).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        let found = panel::of_concern(&mut read.conn(), concern, user, self.db.now()).await?;
        drop(read);
        if found.is_empty() {
            return Err(Refusal::Absent.into());
        }
        let mut e = FieldErrors::default();
        let child = raw.child.parse::<ConcernChildId>().ok();
        let child = child.filter(|id| found.iter().any(|one| one.child == *id));
        if !["accepted", "declined"].contains(&raw.verdict.as_str()) {
            e.add("verdict", "Choose whether the panel takes it");
        }
        let why = required_text(&mut e, "panel_reason", &raw.panel_reason, 8_000, "Say why");
        let why = e.into_result(why)?;
        let child = child.ok_or(Refusal::Absent)?;
        let checked = self.checked(actor, &[&why]).await?;
        let new = Decision {
            verdict: raw.verdict.clone(),
            reason: why,
            by_name: actor.name.clone(),
            at: Timestamp::UNIX_EPOCH,
        };
        let seen = raw.seen;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("verdict", &new.verdict);
                    panel::decide(tx, child, seen, &new, user).await?;
                    store_checked(checked.as_ref(), tx, "panel_decision", child).await?;
                    let whole = read::whole(&mut tx.conn(), concern).await?;
                    let file = whole.children.iter().find(|one| one.id == child);
                    if let Some(file) = file.and_then(|one| one.child) {
                        let words = if new.verdict == "accepted" {
                            "Taken by the exploitation panel"
                        } else {
                            "Not taken by the exploitation panel"
                        };
                        let (why, by) = (&new.reason, &new.by_name);
                        chronicle::decided(tx, file, concern, words, why, by).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}
