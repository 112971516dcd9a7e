//! A named person decides the level, with a reason. Raising or agreeing needs nothing more; a lower
//! level needs a manager or lead who did not complete the screen, and a second person who agrees.
//! What the actions of the level open is opened in the same step.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::LevelId,
    reference::Reference,
    time::Timestamp,
    user::Role,
};
use tessera_policy::{Actor, Permit, Refusal, rules::screening::DecideScreening};
use tessera_screening::judgement::{self, Proposal, Refusal as Objection};
use tessera_store::{
    Tx,
    screening::{
        level::{self, Level},
        record,
    },
    user,
};

use super::{
    Shown, chronicle,
    concern::{self, Passing, Wanted},
    submit::{opened, tell},
};
use crate::{App, AppError, language::store_checked};

/// A decision about the level, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawLevel {
    /// The version of the page.
    pub version: i64,
    /// The level, by id.
    pub level: String,
    /// Why.
    pub level_reason: String,
    /// Ids of the protective factors relied on.
    pub factors: Vec<String>,
    /// What would show that it is wrong.
    pub change_mind: String,
}

/// What is passed on although no action opens it, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawPassOn {
    /// Codes of list `route`.
    pub routes: Vec<String>,
    /// Why.
    pub pass_reason: String,
}

impl App {
    /// Decides the level.
    pub async fn decide_level(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawLevel,
    ) -> Result<(), AppError> {
        let (permit, id, facts): (Permit<DecideScreening>, _, _) =
            self.screening_gate(actor, reference, false).await?;
        let shown = self.read_screening(actor, id, &facts).await?;
        let level = self.check_level(actor, &shown, raw)?;
        let place = shown.instrument.level_of(&level.level).unwrap_or(shown.outcome.level);
        let passing = if level.holds() {
            self.what_follows(actor, &shown, &level.level, place).await?
        } else {
            None
        };
        let seconds = if level.needs_second { self.seconds(&shown, actor).await? } else { vec![] };
        let version = raw.version;
        let checked = self.checked(actor, &[&raw.level_reason, &raw.change_mind]).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    level::insert(tx, id, &level).await?;
                    store_checked(checked.as_ref(), tx, "screening_level", id).await?;
                    tx.note("level", &level.level);
                    if level.holds() {
                        return take_effect(tx, &shown, &level, version, passing).await;
                    }
                    // Until somebody agrees, actions follow the higher level.
                    let stands = shown.screening.level.clone();
                    record::set_level(tx, id, version, &stands, "second").await?;
                    tell(tx, id, seconds, "A lower level of a screening waits for your agreement")
                        .await
                })
            })
            .await
    }

    /// A second person agrees to a lower level.
    pub async fn agree_to_level(
        &self,
        actor: &Actor,
        reference: &Reference,
        version: i64,
    ) -> Result<(), AppError> {
        let (permit, id, facts): (Permit<DecideScreening>, _, _) =
            self.screening_gate(actor, reference, false).await?;
        let shown = self.read_screening(actor, id, &facts).await?;
        let waiting = shown.waiting().ok_or(AppError::Conflict)?.clone();
        if !shown.may_agree {
            return Err(Refusal::Refused.into());
        }
        let user = actor.user().ok_or(Refusal::Refused)?;
        let place = shown.instrument.level_of(&waiting.level).ok_or(Refusal::Absent)?;
        let factors: Vec<&str> = waiting.factors.iter().map(String::as_str).collect();
        let (by, second) = (waiting.by.to_string(), user.to_string());
        let completed_by = completed_by(&shown);
        let proposal = Proposal {
            level: place,
            by: &by,
            role: role_of(&waiting.by_role),
            completed_by: &completed_by,
            reason: &waiting.reason,
            protective_factors: &factors,
            what_would_change_my_mind: &waiting.change_mind,
            second_person: Some(&second),
        };
        judgement::judge(&shown.instrument, &shown.outcome, &proposal)
            .map_err(|objections| as_fields(&objections))?;
        let passing = self.what_follows(actor, &shown, &waiting.level, place).await?;
        let name = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("agreed", &waiting.level);
                    level::agree(tx, waiting.id, user, &name).await?;
                    take_effect(tx, &shown, &waiting, version, passing).await
                })
            })
            .await
    }

    /// Passes it on to the front door although the actions of its level do not ask for that.
    pub async fn pass_screening_on(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawPassOn,
    ) -> Result<(), AppError> {
        let (permit, id, facts): (Permit<DecideScreening>, _, _) =
            self.screening_gate(actor, reference, false).await?;
        let mut e = FieldErrors::default();
        let known = |route: &String| self.codes.find("route", route).is_some();
        if raw.routes.is_empty() || !raw.routes.iter().all(known) {
            e.add("routes", "Choose where it goes");
        }
        let why = required_text(&mut e, "pass_reason", &raw.pass_reason, 8_000, "Say why");
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let shown = self.read_screening(actor, id, &facts).await?;
        let passing = self.passing(actor, wanted(&shown, raw.routes.clone(), why)).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    store_checked(checked.as_ref(), tx, "pass_on", id).await?;
                    concern::write(tx, &shown.screening, passing).await.map(|_| ())
                })
            })
            .await
    }

    /// Who may agree to a lower level: other leads of the agency, and the managers of the hub once
    /// it is with the hub.
    async fn seconds(
        &self,
        shown: &Shown,
        actor: &Actor,
    ) -> Result<Vec<tessera_core::ids::UserId>, AppError> {
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let agency = shown.screening.agency;
        let leads = user::of_agency(&mut read.conn(), agency, Role::AgencyLead, now).await?;
        let mut people: Vec<_> = leads.into_iter().map(|(id, _)| id).collect();
        people.extend(user::with_role(&mut read.conn(), Role::HubManager, now).await?);
        people.retain(|id| Some(*id) != actor.user() && Some(*id) != shown.screening.submitted_by);
        Ok(people)
    }

    fn check_level(&self, actor: &Actor, shown: &Shown, raw: &RawLevel) -> Result<Level, AppError> {
        let Some(place) = shown.instrument.level_of(&raw.level) else {
            return Err(FieldErrors::one("level", "Choose the level").into());
        };
        let user = actor.user().ok_or(Refusal::Refused)?;
        let by_role = if actor.is(Role::HubManager) { "manager" } else { "designated_lead" };
        let (by, completed_by) = (user.to_string(), completed_by(shown));
        let factors: Vec<&str> = raw.factors.iter().map(String::as_str).collect();
        let proposal = Proposal {
            level: place,
            by: &by,
            role: role_of(by_role),
            completed_by: &completed_by,
            reason: &raw.level_reason,
            protective_factors: &factors,
            what_would_change_my_mind: &raw.change_mind,
            second_person: None,
        };
        let judged = judgement::judge(&shown.instrument, &shown.outcome, &proposal);
        let mut objections = judged.err().unwrap_or_default();
        let needs_second = objections.contains(&Objection::NoSecondPerson);
        objections.retain(|one| *one != Objection::NoSecondPerson);
        if !objections.is_empty() {
            return Err(as_fields(&objections).into());
        }
        Ok(Level {
            id: self.db.chance().id::<LevelId>(self.db.now()),
            level: raw.level.clone(),
            reason: raw.level_reason.trim().to_owned(),
            factors: raw.factors.clone(),
            change_mind: raw.change_mind.trim().to_owned(),
            by: user,
            by_name: actor.name.clone(),
            by_role: by_role.into(),
            at: Timestamp::UNIX_EPOCH,
            needs_second,
            second_name: None,
            second_at: None,
        })
    }

    /// What the actions of a level, and of the overlays that are set, open.
    async fn what_follows(
        &self,
        actor: &Actor,
        shown: &Shown,
        level: &str,
        place: usize,
    ) -> Result<Option<Passing>, AppError> {
        let mut headings: Vec<&str> = shown.report.overlays.iter().map(String::as_str).collect();
        headings.push(level);
        let routes = opened(&shown.instrument, &headings);
        if routes.is_empty() {
            return Ok(None);
        }
        let label = &shown.instrument.level(place).label;
        let why = format!("Screening {} at the level: {label}", shown.screening.reference);
        Ok(Some(self.passing(actor, wanted(shown, routes, why)).await?))
    }
}

fn wanted(shown: &Shown, routes: Vec<String>, why: String) -> Wanted<'_> {
    Wanted {
        screening: shown.screening.id,
        reference: &shown.screening.reference,
        sender: shown.screening.submitted_by,
        agency: shown.screening.agency,
        raw: &shown.raw,
        instrument: &shown.instrument,
        report: &shown.report,
        routes,
        why,
    }
}

async fn take_effect(
    tx: &mut Tx,
    shown: &Shown,
    level: &Level,
    version: i64,
    passing: Option<Passing>,
) -> Result<(), AppError> {
    let mut screening = shown.screening.clone();
    record::set_level(tx, screening.id, version, &level.level, "decided").await?;
    if let Some(passing) = passing {
        screening.concern = Some(concern::write(tx, &screening, passing).await?);
    }
    for child in record::files(&mut tx.conn(), screening.id).await? {
        let (of, why, by) = (&level.level, &level.reason, &level.by_name);
        chronicle::decided(tx, child, &screening, of, why, by).await?;
    }
    Ok(())
}

/// Who completed it, for the engine: a person's id, or the name of somebody without an account.
fn completed_by(shown: &Shown) -> String {
    let user = shown.screening.submitted_by.map(|id| id.to_string());
    user.unwrap_or_else(|| format!("without an account: {}", shown.screening.sent_by_name))
}

fn role_of(role: &str) -> judgement::Role {
    if role == "manager" { judgement::Role::Manager } else { judgement::Role::DesignatedLead }
}

/// Each objection beside the field that it is about.
fn as_fields(objections: &[Objection]) -> FieldErrors {
    let mut e = FieldErrors::default();
    for objection in objections {
        let field = match objection {
            Objection::ReasonTooShort(_) => "level_reason",
            Objection::NoProtectiveFactor | Objection::UnknownProtectiveFactor(_) => "factors",
            Objection::NoChangeOfMind => "change_mind",
            _ => "level",
        };
        let mut words = objection.to_string();
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        e.add(field, words);
    }
    e
}
