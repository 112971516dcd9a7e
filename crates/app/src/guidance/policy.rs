//! Policies: who has read which version, who is reminded, and how many have.

use std::collections::BTreeMap;

use tessera_core::{
    ids::{AgencyId, GuidanceId},
    time::Timestamp,
    user::Role,
};
use tessera_guidance::Page;
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::guidance::{ReadPolicy, RemindReaders, ViewReceipts},
};
use tessera_store::{
    agency,
    guidance::reader::{self, Reader, Reminder},
    notice,
};

use super::{InForce, Standing};
use crate::{App, AppError};

/// A policy in a person's list.
#[derive(Debug, Clone)]
pub struct PolicyLine {
    /// Its title.
    pub title: String,
    /// Where it is read.
    pub href: String,
    /// Its section and slug.
    pub at: (String, String),
    /// The version in its owner's words.
    pub version: String,
    /// When this person confirmed this version.
    pub read_at: Option<Timestamp>,
}

/// How many of an agency have read a policy.
#[derive(Debug, Clone)]
pub struct AgencyShare {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// People with an account in use.
    pub people: usize,
    /// Of these, who confirmed this version.
    pub read: usize,
}

impl AgencyShare {
    /// How many in a hundred; nobody to read it counts as all.
    #[must_use]
    pub const fn percent(&self) -> usize {
        match (self.read * 100).checked_div(self.people) {
            Some(percent) => percent,
            None => 100,
        }
    }
}

/// Who has read a policy, as far as the one who asks answers for it.
#[derive(Debug, Clone)]
pub struct Receipts {
    /// Its title.
    pub title: String,
    /// The version in its owner's words.
    pub version: String,
    /// By agency.
    pub agencies: Vec<AgencyShare>,
    /// The people, by name.
    pub readers: Vec<Reader>,
    /// The reminders, newest first.
    pub reminders: Vec<Reminder>,
}

/// The one agency whose receipts a person may see; `None`: all of them.
fn scope(actor: &Actor) -> Option<AgencyId> {
    let all = actor.is(Role::Editor) || actor.is(Role::HubManager);
    if all { None } else { actor.agency }
}

fn policy<'f>(
    now: &'f InForce,
    section: &str,
    slug: &str,
) -> Result<(&'f Page, &'f Standing), AppError> {
    let page = now.library.page(section, slug);
    let page = page.filter(|page| page.front.kind == tessera_core::guidance::Kind::Policy);
    let found = page.and_then(|page| Some((page, now.of(page)?)));
    found.ok_or_else(|| Refusal::Absent.into())
}

impl App {
    /// The policies in force, with what this person has confirmed.
    pub async fn policies(&self, actor: &Actor) -> Result<Vec<PolicyLine>, AppError> {
        self.may::<ReadPolicy>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let now = self.guidance().await?;
        let mine = reader::confirmed(&mut self.db.read().await?.conn(), me).await?;
        let is_policy = |page: &&Page| {
            page.is_published() && page.front.kind == tessera_core::guidance::Kind::Policy
        };
        let lines = now.library.all_pages().filter(is_policy).filter_map(|page| {
            let standing = now.of(page)?;
            Some(PolicyLine {
                title: page.front.title.clone(),
                href: page.href(),
                at: (page.section.clone(), page.slug.clone()),
                version: page.front.version.clone(),
                read_at: mine.iter().find(|(id, _)| *id == standing.id).map(|(_, at)| *at),
            })
        });
        Ok(lines.collect())
    }

    /// When a person confirmed the version of a policy that is in force.
    pub async fn policy_read_at(
        &self,
        actor: &Actor,
        version: GuidanceId,
    ) -> Result<Option<Timestamp>, AppError> {
        let Some(me) = actor.user() else { return Ok(None) };
        let mine = reader::confirmed(&mut self.db.read().await?.conn(), me).await?;
        Ok(mine.into_iter().find(|(id, _)| *id == version).map(|(_, at)| at))
    }

    /// Confirms that a person has read the version that is in force. If another one came into force
    /// since they opened the page, it is a conflict: they have not read that one.
    pub async fn confirm_policy(
        &self,
        actor: &Actor,
        section: &str,
        slug: &str,
        version: &str,
    ) -> Result<(), AppError> {
        let permit = self.may::<ReadPolicy>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let agency = actor.agency.ok_or(Refusal::Refused)?;
        let now = self.guidance().await?;
        let (_, standing) = policy(&now, section, slug)?;
        if version.parse() != Ok(standing.id) {
            return Err(AppError::Conflict);
        }
        let id = standing.id;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("version", id.to_string());
                    reader::confirm(tx, me, agency, id).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// Who has read a policy: a safeguarding lead sees their own agency.
    pub async fn receipts(
        &self,
        actor: &Actor,
        section: &str,
        slug: &str,
    ) -> Result<Receipts, AppError> {
        self.ask::<ViewReceipts>(actor, vec![("policy", format!("{section}/{slug}"))]).await?;
        let scope = scope(actor);
        let now = self.guidance().await?;
        let (page, standing) = policy(&now, section, slug)?;
        let mut read = self.db.read().await?;
        let mut readers = reader::readers(&mut read.conn(), standing.id).await?;
        let mut reminders = reader::reminders(&mut read.conn(), standing.id).await?;
        let names = agency::all(&mut read.conn()).await?;
        drop(read);
        readers.retain(|reader| scope.is_none_or(|agency| agency == reader.agency));
        reminders.retain(|r| scope.is_none() || r.agency.is_none() || r.agency == scope);
        let mut shares: BTreeMap<AgencyId, (usize, usize)> = BTreeMap::new();
        for reader in &readers {
            let share = shares.entry(reader.agency).or_default();
            share.0 += 1;
            share.1 += usize::from(reader.read_at.is_some());
        }
        let agencies = names.into_iter().filter_map(|agency| {
            let (people, read) = *shares.get(&agency.id)?;
            Some(AgencyShare { agency: agency.id, name: agency.name, people, read })
        });
        Ok(Receipts {
            title: page.front.title.clone(),
            version: page.front.version.clone(),
            agencies: agencies.collect(),
            readers,
            reminders,
        })
    }

    /// Reminds those who have not read a policy, as far as the one who asks answers for them; how
    /// many were.
    pub async fn remind_readers(
        &self,
        actor: &Actor,
        section: &str,
        slug: &str,
    ) -> Result<usize, AppError> {
        let permit = self.may::<RemindReaders>(actor, Resource::None).await?;
        let scope = scope(actor);
        let now = self.guidance().await?;
        let (page, standing) = policy(&now, section, slug)?;
        let id = standing.id;
        let readers = reader::readers(&mut self.db.read().await?.conn(), id).await?;
        let late: Vec<_> = readers
            .into_iter()
            .filter(|r| r.read_at.is_none() && scope.is_none_or(|agency| agency == r.agency))
            .map(|r| r.user)
            .collect();
        let count = late.len();
        let (words, href) = (format!("Please read: {}", page.front.title), page.href());
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("version", id.to_string());
                    tx.note("people", count.to_string());
                    for person in late {
                        notice::insert(tx, person, &words, Some(&href)).await?;
                    }
                    let people = i64::try_from(count).unwrap_or(i64::MAX);
                    reader::remind(tx, id, scope, &by, people).await.map_err(AppError::from)
                })
            })
            .await?;
        Ok(count)
    }
}
