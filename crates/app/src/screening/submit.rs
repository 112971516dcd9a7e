//! Sending a screening. It goes to the safeguarding lead of the sender's agency for a check. A check
//! is never a gate to protection: where a child is in danger now, the front door gets it at once.

use tessera_core::{
    chance::Draw,
    ids::{ScreeningId, UserId},
    reference::{Of, Reference},
    time::Timestamp,
    user::Role,
};
use tessera_policy::{
    Actor, Refusal, Resource, decide,
    rules::{admin::RunJob, screening::SubmitScreening},
};
use tessera_screening::{Facts, Report, evaluate};
use tessera_store::{
    Tx,
    job::{self, Job},
    notice,
    screening::{
        draft, link,
        record::{self, NewScreening},
        rights,
    },
    user,
};

use super::{
    OpenScreening, chronicle,
    concern::{self, Passing, Wanted},
};
use crate::{App, AppError, concern::submit::FIRST_CLOCK, language::store_checked};

/// Nobody checked a screening in time.
pub const UNCHECKED: &str = "screening.unchecked";

/// What whoever completed it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The reference to quote.
    pub reference: Reference,
    /// A child is in danger now: the front door has it already.
    pub danger: bool,
    /// The agency that checks it.
    pub agency: String,
    /// Nobody there can: the managers of the hub do.
    pub by_hub: bool,
    /// When somebody has looked at it at the latest.
    pub due_at: Timestamp,
}

/// Who checks and who is told.
struct Checkers {
    leads: Vec<UserId>,
    managers: Vec<UserId>,
}

impl App {
    /// Sends it. Sent twice, it is received once, and both times there is the same receipt.
    pub async fn submit_screening(
        &self,
        actor: &Actor,
        open: &OpenScreening,
    ) -> Result<Sent, AppError> {
        if let Some(reference) = &open.sent_as {
            return self.receipt_of_screening(reference).await;
        }
        let signed_in = open.belongs.user.is_some();
        open.raw.check(&open.instrument, open.today, signed_in).into_result(())?;
        let id: ScreeningId = self.db.chance().id(self.db.now());
        let permit =
            self.may_draft::<SubmitScreening>(actor, Resource::Screening(id), true).await?;
        let sheet = open.sheet()?;
        let facts = Facts::default();
        let outcome = evaluate(&open.instrument, &sheet, &facts);
        let report = Report::new(&open.instrument, &sheet, &facts, &outcome);
        let danger = report.overlays.iter().any(|one| one == "immediate_danger");
        let reference = Reference::draw(Of::Screening, self.db.chance());
        let new = self.new_screening(open, id, &reference, &report, danger, actor)?;
        let checkers = self.checkers(open, actor).await?;
        let passing = if danger {
            let routes = opened(&open.instrument, &["immediate_danger"]);
            let wanted = Wanted {
                screening: id,
                reference: &reference,
                sender: open.belongs.user,
                agency: open.belongs.agency,
                raw: &open.raw,
                instrument: &open.instrument,
                report: &report,
                routes,
                why: format!("A child is in danger now, by screening {reference}"),
            };
            Some(self.passing(actor, wanted).await?)
        } else {
            None
        };
        let words: Vec<&str> =
            open.raw.answers.values().map(|answer| answer.narrative.as_str()).collect();
        let checked = self.checked(actor, &words).await?;
        let (draft, link) = (open.id, open.belongs.link);
        let kept = self
            .db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if !draft::mark_sent(tx, draft, &new.reference).await? {
                        tx.note("again", "yes");
                        return Ok::<_, AppError>(false);
                    }
                    receive(tx, &new, checkers, passing).await?;
                    store_checked(checked.as_ref(), tx, "screening", id).await?;
                    if let Some(link) = link {
                        link::used(tx, link).await?;
                    }
                    Ok(true)
                })
            })
            .await?;
        if kept {
            return self.receipt_of_screening(&reference).await;
        }
        // Sent meanwhile by another press of the button: that one's receipt.
        let found = record::by_draft(&mut self.db.read().await?.conn(), open.id).await?;
        self.receipt_of_screening(&found.ok_or(Refusal::Absent)?).await
    }

    fn new_screening(
        &self,
        open: &OpenScreening,
        id: ScreeningId,
        reference: &Reference,
        report: &Report,
        danger: bool,
        actor: &Actor,
    ) -> Result<NewScreening, AppError> {
        let body = serde_json::to_string(&open.raw)
            .map_err(|error| AppError::Content(error.to_string()))?;
        let name = match open.belongs.user {
            Some(_) => actor.name.clone(),
            None => open.raw.sender_name.trim().to_owned(),
        };
        Ok(NewScreening {
            id,
            reference: reference.clone(),
            draft: open.id,
            instrument: open.belongs.instrument,
            screened_on: open.today,
            submitted_by: open.belongs.user,
            sent_by_name: name,
            agency: open.belongs.agency,
            link: open.belongs.link,
            child: open.belongs.child,
            concern: open.belongs.concern,
            child_name: open.raw.child.name.trim().to_owned(),
            danger,
            computed_level: report.computed_level.clone(),
            due_at: self.due(FIRST_CLOCK, self.db.now())?.at,
            body,
        })
    }

    /// The leads of the agency, or the managers of the hub where there is no lead.
    async fn checkers(&self, open: &OpenScreening, actor: &Actor) -> Result<Checkers, AppError> {
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let agency = open.belongs.agency;
        let leads = user::of_agency(&mut read.conn(), agency, Role::AgencyLead, now).await?;
        let leads: Vec<UserId> = leads.into_iter().map(|(id, _)| id).collect();
        let managers = if leads.iter().all(|lead| Some(*lead) == actor.user()) {
            user::with_role(&mut read.conn(), Role::HubManager, now).await?
        } else {
            Vec::new()
        };
        Ok(Checkers { leads, managers })
    }

    /// The receipt of a screening, to be shown again.
    pub async fn receipt_of_screening(&self, reference: &Reference) -> Result<Sent, AppError> {
        let mut read = self.db.read().await?;
        let id = record::id_of(&mut read.conn(), reference).await?.ok_or(Refusal::Absent)?;
        let found = record::by_id(&mut read.conn(), id).await?;
        Ok(Sent {
            reference: found.reference,
            danger: found.danger,
            agency: found.agency_name,
            by_hub: found.hub_told_at.is_some(),
            due_at: found.due_at,
        })
    }

    /// Nobody checked it in time: the managers of the hub are told, and may check it.
    pub(crate) async fn raise_unchecked(&self, job: &Job, id: ScreeningId) -> Result<(), AppError> {
        let mut read = self.db.read().await?;
        let Some(status) = record::status(&mut read.conn(), id).await? else { return Ok(()) };
        if status == "decided" {
            return Ok(());
        }
        let now = self.db.now();
        let managers = user::with_role(&mut read.conn(), Role::HubManager, now).await?;
        drop(read);
        let permit = decide::<RunJob>(
            &Actor::system("raise unchecked screenings"),
            Resource::Job(job.id),
            &(),
        )?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("screening", id.to_string());
                    record::tell_hub(tx, id).await?;
                    tell(tx, id, managers, "A screening was not checked in time").await
                })
            })
            .await
    }
}

/// The routes that the actions under some headings open, each once.
pub(super) fn opened(instrument: &tessera_screening::Instrument, headings: &[&str]) -> Vec<String> {
    let mut routes: Vec<String> = Vec::new();
    for heading in headings {
        let actions = instrument.file().actions.get(*heading).map(Vec::as_slice);
        for route in actions.unwrap_or_default().iter().flat_map(|action| &action.opens) {
            if !routes.contains(route) {
                routes.push(route.clone());
            }
        }
    }
    routes
}

async fn receive(
    tx: &mut Tx,
    new: &NewScreening,
    checkers: Checkers,
    passing: Option<Passing>,
) -> Result<(), AppError> {
    record::insert(tx, new).await?;
    tx.note("level", &new.computed_level);
    let screening = record::by_id(&mut tx.conn(), new.id).await?;
    if let Some(passing) = passing {
        concern::write(tx, &screening, passing).await?;
    }
    if let Some(child) = new.child {
        chronicle::completed(tx, child, &screening).await?;
    }
    if !checkers.managers.is_empty() {
        record::tell_hub(tx, new.id).await?;
    }
    let mut people = checkers.leads;
    people.extend(checkers.managers);
    people.retain(|person| Some(*person) != new.submitted_by);
    tell(tx, new.id, people, "A screening waits for your check").await?;
    job::enqueue(tx, UNCHECKED, Some(new.id.0), new.due_at).await?;
    Ok(())
}

/// Tells those people from whom it is not hidden.
pub(super) async fn tell(
    tx: &mut Tx,
    id: ScreeningId,
    people: Vec<UserId>,
    words: &str,
) -> Result<(), AppError> {
    let now = tx.now();
    let told = rights::may_know(&mut tx.conn(), id, people, now).await?;
    let reference = record::by_id(&mut tx.conn(), id).await?.reference;
    for person in told {
        notice::insert(tx, person, words, Some(&format!("/screenings/{reference}"))).await?;
    }
    Ok(())
}
