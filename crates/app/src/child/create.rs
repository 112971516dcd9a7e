//! Opening a new file from a child of a concern. The search comes first, always: whoever opens a
//! file has been shown every answer they may know, and says that none of them is the child.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    child::Field,
    concern::ConcernChild,
    errors::{FieldErrors, required_text},
    ids::{ChildId, ConcernChildId, FactId},
    reference::{Of, Reference},
};
use tessera_linkage::{
    normalise::{name, nhs_number},
    person::keys_for_token,
};
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::{child::CreateChild, concern::TriageConcern},
};
use tessera_store::{
    Tx,
    child::{
        access,
        file::{self, NewFact},
        find,
    },
    concern::{read, triage},
};

use crate::{
    App, AppError,
    child::{chronicle, search::query_of},
    language::store_checked,
};

/// A hidden file is put to a steward when the reasons add up to at least this many bits.
const PUT_TO_STEWARD: f64 = 6.0;

/// A wish to open a file, as sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawNew {
    /// The version of the page.
    pub version: i64,
    /// The child of the concern.
    pub new_child: String,
    /// The references of the answers that were shown and are not this child.
    pub seen: Vec<String>,
    /// Why it is none of them.
    pub new_reason: String,
}

impl App {
    /// Opens a file and joins the child of the concern to it.
    pub async fn create_child(
        &self,
        actor: &Actor,
        concern: &Reference,
        raw: &RawNew,
    ) -> Result<Reference, AppError> {
        let (_, concern_id) = self.may_concern::<TriageConcern>(actor, concern).await?;
        let id: ChildId = self.db.chance().id(self.db.now());
        let permit = self.may::<CreateChild>(actor, Resource::Child(id)).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why this is a child we have no file for";
        let why = required_text(&mut e, "new_reason", &raw.new_reason, 4_000, missing);
        let children = read::children(&mut self.db.read().await?.conn(), concern_id).await?;
        let wanted = raw.new_child.parse::<ConcernChildId>().ok();
        let Some(named) = children.into_iter().find(|c| Some(c.id) == wanted) else {
            return Err(Refusal::Absent.into());
        };
        if named.name.trim().is_empty() && named.known_as.is_none() {
            e.add("new_reason", "A file needs a name or a nickname; ask the sender for one");
        }
        let hidden = self.answers(actor, &named, &raw.seen, &mut e).await?;
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let reference = Reference::draw(Of::Child, self.db.chance());
        let (user, by) = (actor.user().ok_or(Refusal::Refused)?, actor.name.clone());
        let (stored, version) = (reference.clone(), raw.version);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    triage::expect_version(tx, concern_id, version).await?;
                    triage::begin_work(tx, concern_id).await?;
                    file::insert(tx, id, &stored, &by).await?;
                    let origin = triage::reference(&mut tx.conn(), concern_id).await?;
                    first_facts(tx, id, &named, &format!("Concern {origin}"), &by).await?;
                    triage::link_child(tx, named.id, Some(id), &why, user, &by).await?;
                    store_checked(checked.as_ref(), tx, "new_file", id).await?;
                    chronicle::concern_joined(tx, id, concern_id, &by).await?;
                    for (old, reasons) in hidden {
                        access::add_reconciliation(tx, id, old, &reasons).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok(reference)
    }

    /// Searches once more: an answer that was not shown is an error that names it; one that the
    /// officer may not know is returned for a steward and changes nothing that the officer sees.
    async fn answers(
        &self,
        actor: &Actor,
        named: &ConcernChild,
        seen: &[String],
        e: &mut FieldErrors,
    ) -> Result<Vec<(ChildId, String)>, AppError> {
        let query = query_of(
            &named.name,
            named.known_as.as_deref(),
            named.born,
            named.nhs_number.as_deref().map(str::trim),
        );
        let mut hidden = Vec::new();
        for answer in self.find_children(actor.user(), &query).await? {
            if !answer.may_know {
                if answer.weight >= PUT_TO_STEWARD {
                    hidden.push((answer.id, answer.reasons.join("; ")));
                }
            } else if answer.weight >= PUT_TO_STEWARD
                && !seen.iter().any(|s| *s == answer.reference.as_str())
            {
                e.add("new_reason", format!("Look at {} first", answer.reference));
            }
        }
        Ok(hidden)
    }
}

async fn first_facts(
    tx: &mut Tx,
    child: ChildId,
    named: &ConcernChild,
    source: &str,
    by: &str,
) -> Result<(), AppError> {
    let born = named.born.map(String::from);
    let known = [
        (Field::Name, Some(named.name.as_str()).filter(|n| !n.trim().is_empty())),
        (Field::KnownAs, named.known_as.as_deref()),
        (Field::Born, born.as_deref()),
        (Field::NhsNumber, named.nhs_number.as_deref()),
        (Field::Address, named.address.as_deref()),
        (Field::School, named.school.as_deref()),
    ];
    for (field, value) in known {
        if let Some(value) = value {
            record_fact(tx, child, field, value, source, by, None).await?;
        }
    }
    Ok(())
}

/// Records a value and files the names and numbers in it, so that search finds them.
pub(super) async fn record_fact(
    tx: &mut Tx,
    child: ChildId,
    field: Field,
    value: &str,
    source: &str,
    by: &str,
    corrects: Option<(FactId, &str)>,
) -> Result<FactId, AppError> {
    let now = tx.now();
    let id: FactId = tx.chance().id(now);
    file::add_fact(tx, &NewFact { id, child, field, value, source, by, corrects }).await?;
    match field {
        Field::Name | Field::KnownAs => {
            for word in name::words(value) {
                let keys: Vec<String> =
                    keys_for_token(&word).into_iter().map(|key| key.code()).collect();
                if !keys.is_empty() {
                    find::add_token(tx, child, &word.text, &keys).await?;
                }
            }
        }
        Field::NhsNumber => {
            if let Ok(digits) = nhs_number::digits(value) {
                find::add_number(tx, child, &digits).await?;
            }
        }
        _ => {}
    }
    Ok(id)
}
