//! Growing a file: values, corrections, chronology, people, workers. Nothing is overwritten.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    child::{Fact, Field},
    errors::{FieldErrors, optional_text, required_text},
    ids::{AgencyId, ChildId, EventId, FactId, RelationId, UserId},
    partial_date::{PartialDate, RawDate},
    reference::Reference,
};
use tessera_policy::{Actor, Refusal, rules::child::CorrectChild};
use tessera_store::{
    agency,
    child::{
        access,
        file::{self, NewEvent, NewRelation},
    },
    notice, user,
};

use crate::{App, AppError, child::create::record_fact, language::store_checked};

const LONG: usize = 8_000;
const SHORT: usize = 500;

/// A value to add, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawFact {
    /// Which field.
    pub field: String,
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub source: String,
}

/// A correction, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawCorrection {
    /// The recorded value to correct.
    pub fact: String,
    /// What it should be; empty when the old value is wrong and the right one not known.
    pub value: String,
    /// Where the right value comes from.
    pub source: String,
    /// Why.
    pub reason: String,
}

/// An item of the chronology, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawEvent {
    /// Day, month, year; what is not known is left out.
    pub happened_day: String,
    /// Month.
    pub happened_month: String,
    /// Year.
    pub happened_year: String,
    /// Code of list `event_kind`.
    pub kind: String,
    /// What is established.
    pub fact: String,
    /// What somebody thinks.
    pub opinion: String,
    /// Where it comes from.
    pub source: String,
    /// Code of list `audience`.
    pub audience: String,
}

/// A person around the child, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRelation {
    /// Name.
    pub name: String,
    /// Who they are to the child.
    pub relationship: String,
    /// Code of list `yes_no_unknown`.
    pub parental_responsibility: String,
    /// How to reach them.
    pub contact: String,
    /// Code of list `yes_no_unknown`.
    pub safe_to_contact: String,
    /// Where it comes from.
    pub source: String,
}

/// A worker to name, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawInvolvement {
    /// The agency.
    pub agency: String,
    /// The worker; empty for the agency as a whole.
    pub user: String,
    /// What they do for the child.
    pub role: String,
}

impl App {
    /// Adds a value.
    pub async fn add_fact(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawFact,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<CorrectChild>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let field = Field::from_id(&raw.field);
        if field.is_none() {
            e.add("field", "Choose what you want to add");
        }
        let field = field.unwrap_or(Field::Alert);
        let value = check_value(&mut e, field, &raw.value, "Type the value");
        let source = required_text(&mut e, "source", &raw.source, SHORT, "Say where it comes from");
        let (value, source) = e.into_result((value, source))?;
        let checked = self.checked(actor, &[&value, &source]).await?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("field", field.id());
                    let id = record_fact(tx, child, field, &value, &source, &by, None).await?;
                    store_checked(checked.as_ref(), tx, "fact", id).await
                })
            })
            .await
    }

    /// Corrects a value: the old one stays, marked as corrected, with the reason.
    pub async fn correct_fact(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawCorrection,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<CorrectChild>(actor, reference).await?;
        let old = self.fact_of(child, &raw.fact).await?;
        let mut e = FieldErrors::default();
        let value = if raw.value.trim().is_empty() {
            "not known".to_owned()
        } else {
            check_value(&mut e, old.field, &raw.value, "Type the right value")
        };
        let source = required_text(&mut e, "source", &raw.source, SHORT, "Say where it comes from");
        let why = required_text(&mut e, "reason", &raw.reason, LONG, "Say why it is corrected");
        let (value, source, why) = e.into_result((value, source, why))?;
        let checked = self.checked(actor, &[&value, &source, &why]).await?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("field", old.field.id());
                    let corrects = Some((old.id, why.as_str()));
                    let id =
                        record_fact(tx, child, old.field, &value, &source, &by, corrects).await?;
                    store_checked(checked.as_ref(), tx, "fact", id).await
                })
            })
            .await
    }

    /// A value of a file that still stands.
    pub async fn fact_of(&self, child: ChildId, id: &str) -> Result<Fact, AppError> {
        let id: FactId = id.parse().map_err(|_| Refusal::Absent)?;
        let mut read = self.db.read().await?;
        let facts = file::facts(&mut read.conn(), child, self.db.now()).await?;
        if facts.iter().any(|fact| fact.corrects == Some(id)) {
            return Err(AppError::Conflict);
        }
        facts.into_iter().find(|fact| fact.id == id).ok_or_else(|| Refusal::Absent.into())
    }

    /// Adds to the chronology.
    pub async fn add_event(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawEvent,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<CorrectChild>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let boxes = RawDate {
            day: raw.happened_day.clone(),
            month: raw.happened_month.clone(),
            year: raw.happened_year.clone(),
            approximate: false,
        };
        let happened_on = boxes.read(&mut e, "happened");
        if self.codes.find("event_kind", &raw.kind).is_none() {
            e.add("kind", "Choose what sort of event it is");
        }
        if self.codes.find("audience", &raw.audience).is_none() {
            e.add("audience", "Choose who may read it");
        }
        let fact = required_text(&mut e, "fact", &raw.fact, LONG, "Write what happened");
        let opinion = optional_text(&mut e, "opinion", &raw.opinion, LONG);
        let source = required_text(&mut e, "source", &raw.source, SHORT, "Say where it comes from");
        let (fact, opinion, source) = e.into_result((fact, opinion, source))?;
        let words = [fact.as_str(), opinion.as_deref().unwrap_or_default(), &source];
        let checked = self.checked(actor, &words).await?;
        let id: EventId = self.db.chance().id(self.db.now());
        let (raw, by) = (raw.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("event", raw.kind.clone());
                    let new = NewEvent {
                        id,
                        child,
                        happened_on,
                        kind: &raw.kind,
                        fact: &fact,
                        opinion: opinion.as_deref(),
                        source: &source,
                        concern: None,
                        audience: &raw.audience,
                        by: &by,
                        corrects: None,
                    };
                    file::add_event(tx, &new).await?;
                    store_checked(checked.as_ref(), tx, "event", id).await
                })
            })
            .await
    }

    /// Adds a person around the child.
    pub async fn add_relation(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawRelation,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<CorrectChild>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let name = required_text(&mut e, "name", &raw.name, SHORT, "Type the name, as known");
        let who = "Say who they are to the child";
        let relationship = required_text(&mut e, "relationship", &raw.relationship, SHORT, who);
        let contact = optional_text(&mut e, "contact", &raw.contact, SHORT);
        let source = required_text(&mut e, "source", &raw.source, SHORT, "Say where it comes from");
        let known = |code: &str| self.codes.find("yes_no_unknown", code).is_some();
        for (field, code) in [
            ("parental_responsibility", &raw.parental_responsibility),
            ("safe_to_contact", &raw.safe_to_contact),
        ] {
            if !known(code) {
                e.add(field, "Choose yes, no or not known");
            }
        }
        let (name, relationship, contact, source) =
            e.into_result((name, relationship, contact, source))?;
        let checked = self.checked(actor, &[&relationship, &source]).await?;
        let id: RelationId = self.db.chance().id(self.db.now());
        let (raw, by) = (raw.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("person", "added");
                    let new = NewRelation {
                        id,
                        child,
                        name: &name,
                        relationship: &relationship,
                        parental_responsibility: &raw.parental_responsibility,
                        contact: contact.as_deref(),
                        safe_to_contact: &raw.safe_to_contact,
                        source: &source,
                        by: &by,
                    };
                    file::add_relation(tx, &new).await?;
                    store_checked(checked.as_ref(), tx, "relation", id).await
                })
            })
            .await
    }

    /// Names a worker of the child, who from then on may open the file.
    pub async fn add_involvement(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawInvolvement,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<CorrectChild>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let what = "Say what they do for the child";
        let role = required_text(&mut e, "role", &raw.role, SHORT, what);
        let mut read = self.db.read().await?;
        let agencies = agency::all(&mut read.conn()).await?;
        let chosen = raw.agency.parse::<AgencyId>().ok();
        let known = agencies.iter().any(|a| Some(a.id) == chosen);
        if !known {
            e.add("agency", "Choose the agency");
        }
        let worker = raw.user.parse::<UserId>().ok();
        if let Some(id) = worker {
            let found = user::by_id(&mut read.conn(), id, self.db.now()).await?;
            if found.is_none_or(|u| Some(u.agency) != chosen) {
                e.add("user", "Choose a worker of this agency");
            }
        }
        drop(read);
        let role = e.into_result(role)?;
        let checked = self.checked(actor, &[&role]).await?;
        let agency = chosen.ok_or(Refusal::Absent)?;
        let file = reference.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("worker", worker.map(|id| id.to_string()).unwrap_or_default());
                    file::add_involvement(tx, child, agency, worker, &role).await?;
                    store_checked(checked.as_ref(), tx, "involvement", child).await?;
                    if let Some(worker) = worker {
                        if access::is_excluded(&mut tx.conn(), child, worker).await? {
                            let message = "This person must not see this file";
                            return Err(FieldErrors::one("user", message).into());
                        }
                        let words = format!("You are named as a worker on {file}");
                        let link = format!("/children/{file}");
                        notice::insert(tx, worker, &words, Some(&link)).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

fn check_value(e: &mut FieldErrors, field: Field, text: &str, missing: &str) -> String {
    let value = required_text(e, "value", text, LONG, missing);
    match field {
        Field::Born => typed_date(&value).map_or_else(
            || {
                if !value.is_empty() {
                    e.add("value", "Type a date such as 3 5 2011, 5 2011 or 2011");
                }
                value.clone()
            },
            String::from,
        ),
        Field::NhsNumber => {
            if let Err(error) = tessera_linkage::normalise::nhs_number::parse(&value)
                && !value.is_empty()
            {
                e.add("value", format!("Check the NHS number: {error}"));
            }
            value
        }
        _ => value,
    }
}

/// A date typed in one box: its stored form, or day, month and year in that order.
fn typed_date(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let parts: Vec<&str> =
        text.split([' ', '/', '.', '-']).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month, year] => (*day, *month, *year),
        [month, year] => ("", *month, *year),
        [year] => ("", "", *year),
        _ => return None,
    };
    let boxes =
        RawDate { day: day.into(), month: month.into(), year: year.into(), approximate: false };
    boxes.read(&mut FieldErrors::default(), "value")
}
