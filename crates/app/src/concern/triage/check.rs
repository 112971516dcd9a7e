//! Asking agencies what they hold. An agency sees the child's name and the question, nothing else
//! of the concern.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::{AgencyId, CheckId, ConcernChildId},
    reference::Reference,
    user::Role,
};
use tessera_policy::{Actor, rules::concern::TriageConcern};
use tessera_store::{
    agency,
    check::{self, NewCheck},
    concern::read,
    job, notice, user,
};

use super::LONG;
use crate::{App, AppError, jobs::ESCALATE_CHECK, language::store_checked};

/// The clock of a partner check.
const CHECK_CLOCK: &str = "partner_check";

/// A request as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawCheck {
    /// The version of the page.
    pub version: i64,
    /// The child asked about.
    pub check_child: String,
    /// The agencies asked.
    pub agencies: Vec<String>,
    /// What is asked, and why it may be asked.
    pub question: String,
}

impl App {
    /// Sends a request to each agency.
    pub async fn ask_agencies(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawCheck,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Write what you ask and why you may ask it";
        let question = required_text(&mut e, "question", &raw.question, LONG, missing);
        let asked: Vec<AgencyId> = raw.agencies.iter().filter_map(|id| id.parse().ok()).collect();
        let mut read = self.db.read().await?;
        let known = agency::all(&mut read.conn()).await?;
        if asked.is_empty() || !asked.iter().all(|id| known.iter().any(|a| a.id == *id)) {
            e.add("agencies", "Choose at least one agency");
        }
        let child = raw.check_child.parse::<ConcernChildId>().ok();
        if child.is_none() {
            e.add("check_child", "Choose the child you ask about");
        }
        let (question, child) =
            e.into_result((question, child.unwrap_or(ConcernChildId(uuid::Uuid::nil()))))?;
        let due = self.due(CHECK_CLOCK, self.db.now())?.at;
        let mut orders: Vec<(CheckId, AgencyId, Vec<_>)> = Vec::new();
        for id in asked {
            let now = self.db.now();
            let leads = user::of_agency(&mut read.conn(), id, Role::AgencyLead, now).await?;
            orders.push((self.db.chance().id(now), id, leads));
        }
        drop(read);
        let checked = self.checked(actor, &[&question]).await?;
        let by = actor.name.clone();
        self.change_concern(&permit, concern_id, raw.version, move |tx, concern| {
            Box::pin(async move {
                let children = read::children(&mut tx.conn(), concern).await?;
                if !children.iter().any(|c| c.id == child) {
                    let message = "Choose a child of this concern";
                    return Err(FieldErrors::one("check_child", message).into());
                }
                tx.note("agencies", orders.len().to_string());
                for (id, agency, leads) in orders {
                    let question = question.as_str();
                    let asked_by = by.as_str();
                    let new =
                        NewCheck { id, concern, child, agency, question, asked_by, due_at: due };
                    check::insert(tx, &new).await?;
                    store_checked(checked.as_ref(), tx, "check_question", id).await?;
                    job::enqueue(tx, ESCALATE_CHECK, Some(id.0), due).await?;
                    for (lead, _) in leads {
                        // Whoever may not know of the child hears nothing of the check.
                        let facts =
                            check::facts(&mut tx.conn(), id, Some(agency), Some(lead)).await?;
                        if facts.excluded {
                            continue;
                        }
                        let link = format!("/checks/{id}");
                        let words = "The front door asks what your agency holds";
                        notice::insert(tx, lead, words, Some(&link)).await?;
                    }
                }
                Ok(())
            })
        })
        .await
    }
}
