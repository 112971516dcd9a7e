//! What the program does by itself: it signs the audit log, raises checks that nobody answered, and
//! deletes drafts whose time is up.

use tessera_core::{
    ids::CheckId,
    time::{SignedDuration, Timestamp},
    user::Role,
};
use tessera_policy::{Actor, Resource, decide, rules::admin::RunJob};
use tessera_store::{
    check,
    concern::{rights, triage},
    draft,
    job::{self, Ended, Job},
    ledger, notice, user,
};

use crate::{App, AppError};

/// Raise a check with a senior.
pub const ESCALATE_CHECK: &str = "check.escalate";
/// Drafts are looked through this often.
const SWEEP_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// What people watch is looked at this often.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(30);
/// The log is signed this often.
const TICK: std::time::Duration = std::time::Duration::from_millis(500);

impl App {
    /// Does all that is due now; how many jobs.
    pub async fn run_due_jobs(&self) -> Result<usize, AppError> {
        let mut done = 0;
        while let Some(job) = job::take(&self.db).await? {
            let ended = match self.run_job(&job).await {
                Ok(()) => Ended::Done,
                Err(AppError::Store(error)) => Ended::Retry(error.to_string()),
                Err(AppError::Later(why)) => Ended::Retry(why),
                Err(error) => Ended::GiveUp(error.to_string()),
            };
            job::finish(&self.db, job, ended).await?;
            done += 1;
        }
        Ok(done)
    }

    async fn run_job(&self, job: &Job) -> Result<(), AppError> {
        match (job.kind.as_str(), job.subject) {
            (ESCALATE_CHECK, Some(id)) => self.escalate_check(job, id.into()).await,
            (crate::mail::SEND, Some(id)) => self.send_letter(job, id.into()).await,
            (crate::guidance::TELL, Some(id)) => self.tell_followers(job, id.into()).await,
            (crate::screening::UNCHECKED, Some(id)) => self.raise_unchecked(job, id.into()).await,
            (kind, _) => Err(AppError::Content(format!("no such job: {kind}"))),
        }
    }

    /// Nobody answered in time: the asked agency's leads and the hub's managers are told.
    async fn escalate_check(&self, job: &Job, id: CheckId) -> Result<(), AppError> {
        let mut read = self.db.read().await?;
        let Some(found) = check::by_id(&mut read.conn(), id).await? else { return Ok(()) };
        let now = self.db.now();
        let managers = user::with_role(&mut read.conn(), Role::HubManager, now).await?;
        let leads = user::of_agency(&mut read.conn(), found.agency, Role::AgencyLead, now).await?;
        let mut tell = Vec::new();
        for (lead, _) in leads {
            let facts = check::facts(&mut read.conn(), id, Some(found.agency), Some(lead)).await?;
            if !facts.excluded {
                tell.push(lead);
            }
        }
        let managers = rights::may_know(&mut read.conn(), found.concern, managers, now).await?;
        drop(read);
        let actor = Actor::system("raise unanswered checks");
        let permit = decide::<RunJob>(&actor, Resource::Job(job.id), &())?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("check", id.to_string());
                    if check::escalate(tx, id).await? {
                        let words = "A partner check was not answered in time";
                        for person in tell {
                            notice::insert(tx, person, words, Some("/checks")).await?;
                        }
                        let reference = triage::reference(&mut tx.conn(), found.concern).await?;
                        let link = format!("/queue/{reference}");
                        for manager in managers {
                            notice::insert(tx, manager, words, Some(&link)).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Deletes drafts whose time is up; how many.
    pub async fn sweep_drafts(&self) -> Result<u64, AppError> {
        let actor = Actor::system("delete drafts whose time is up");
        let permit = decide::<RunJob>(&actor, Resource::None, &())?;
        self.db
            .write(permit.authority(), |tx| {
                Box::pin(async move {
                    let mut swept = draft::sweep(tx).await?;
                    swept += tessera_store::screening::draft::sweep(tx).await?;
                    tx.note("deleted", swept.to_string());
                    Ok(swept)
                })
            })
            .await
    }

    /// Works until the task is dropped.
    pub async fn work(&self) {
        let mut next_sweep = Timestamp::UNIX_EPOCH;
        let mut next_look = Timestamp::UNIX_EPOCH;
        loop {
            if let Err(error) = ledger::sequence(&self.db).await {
                tracing::error!(%error, "the audit log could not be signed");
            }
            if let Err(error) = self.run_due_jobs().await {
                tracing::error!(%error, "a job could not be taken or ended");
            }
            if self.db.now() >= next_look {
                next_look = self.db.now() + LOOK_EVERY;
                if let Err(error) = self.look_at_watches().await {
                    tracing::error!(%error, "what people watch could not be looked at");
                }
            }
            if self.db.now() >= next_sweep {
                next_sweep = self.db.now() + SWEEP_EVERY;
                if let Err(error) = self.sweep_drafts().await {
                    tracing::error!(%error, "drafts could not be looked through");
                }
                if let Err(error) = self.erase_snapshots().await {
                    tracing::error!(%error, "snapshots could not be looked through");
                }
                if let Err(error) = self.sweep_subscriptions().await {
                    tracing::error!(%error, "subscriptions could not be looked through");
                }
            }
            tokio::time::sleep(TICK).await;
        }
    }
}
