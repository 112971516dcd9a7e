//! Knowing who sent a report: one person asks with a reason, another grants or refuses, the agency
//! of the source is told, and the look is written down.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    reference::Reference,
    report::LONG,
    time::SignedDuration,
    user::Role,
};
use tessera_policy::{
    Actor, Refusal,
    rules::report::{AnswerSource, AskSource, ViewReportSource},
};
use tessera_store::{
    notice,
    report::{desk, insert::Source, source},
    user,
};

use crate::{App, AppError, language::store_checked, report::desk::others_of_the_desk};

/// A grant holds this long.
const GRANTED_FOR: SignedDuration = SignedDuration::from_hours(4);

/// A wish to know, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAskSource {
    /// Why.
    pub source_reason: String,
}

/// An answer to a wish, as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAnswerSource {
    /// The wish.
    pub request: i64,
    /// `grant` or `refuse`.
    pub answer: String,
}

impl App {
    /// Asks to know who sent a report.
    pub async fn ask_source(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAskSource,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<AskSource>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why you must know who sent it";
        let why = required_text(&mut e, "source_reason", &raw.source_reason, LONG, missing);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let others = others_of_the_desk(self, actor).await?;
        let (user, by) = (actor.user().ok_or(Refusal::Refused)?, actor.name.clone());
        let link = format!("/desk/{reference}");
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    store_checked(checked.as_ref(), tx, "ask_source", id).await?;
                    source::ask(tx, id, user, &by, &why).await?;
                    for person in others {
                        let words = "Somebody asks to know a source: it takes your answer";
                        notice::insert(tx, person, words, Some(&link)).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Answers somebody else's wish.
    pub async fn answer_source(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAnswerSource,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<AnswerSource>(actor, reference).await?;
        let grant = match raw.answer.as_str() {
            "grant" => true,
            "refuse" => false,
            _ => return Err(FieldErrors::one("answer", "Grant it or refuse it").into()),
        };
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let asked = source::of_report(&mut read.conn(), self.db.keys(), id).await?;
        drop(read);
        let asked = asked.into_iter().find(|r| r.id == raw.request && r.answered.is_none());
        let asked = asked.ok_or(Refusal::Absent)?;
        let told = if grant { self.leads_of_source(id).await? } else { Vec::new() };
        let (user, by) = (actor.user().ok_or(Refusal::Refused)?, actor.name.clone());
        let link = format!("/desk/{reference}");
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let until = grant.then(|| now + GRANTED_FOR);
                    if !source::answer(tx, asked.id, user, &by, until).await? {
                        return Err(AppError::Conflict);
                    }
                    tx.note("answer", if grant { "granted" } else { "refused" });
                    let words = "Your wish to know a source was answered";
                    notice::insert(tx, asked.asked_by, words, Some(&link)).await?;
                    for lead in told {
                        let words = "Police were allowed to know who of your agency sent a report";
                        notice::insert(tx, lead, words, None).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The safeguarding leads of the agency of a source.
    async fn leads_of_source(
        &self,
        id: tessera_core::ids::ReportId,
    ) -> Result<Vec<tessera_core::ids::UserId>, AppError> {
        let Some(found) = desk::source(&self.db, id).await? else { return Ok(Vec::new()) };
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let Some(sender) = user::by_id(&mut read.conn(), found.user.into(), now).await? else {
            return Ok(Vec::new());
        };
        let leads = user::of_agency(&mut read.conn(), sender.agency, Role::AgencyLead, now).await?;
        Ok(leads.into_iter().map(|(lead, _)| lead).collect())
    }

    /// Who sent a report: written down each time, apart from opening it.
    pub async fn view_report_source(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Source, AppError> {
        let (_, id) = self.open_report::<ViewReportSource>(actor, reference).await?;
        Ok(desk::source(&self.db, id).await?.ok_or(Refusal::Absent)?)
    }
}
