//! What changed since a person last looked.

use tessera_core::time::{SignedDuration, Timestamp, end_of_day, london};
use tessera_guidance::Page;
use tessera_policy::{Actor, Refusal, Resource, rules::guidance::ViewChanges};
use tessera_store::guidance::{
    reader,
    version::{self, Origin, Version},
};

use crate::{App, AppError};

/// Somebody who never said that they looked is told of changes this far back.
const AT_FIRST: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Something that changed.
#[derive(Debug, Clone)]
pub struct Changed {
    /// When it came into force here.
    pub at: Timestamp,
    /// The title of the page.
    pub title: String,
    /// Where it is read.
    pub href: String,
    /// What changed, in its writer's words; empty when a release brought it.
    pub note: String,
    /// Whether the page is new.
    pub new: bool,
}

/// When a version came or comes into force: with its publication, or at the beginning of its day if
/// that is later. What came with the first release was in force before it was taken in.
pub(super) fn effective(version: &Version) -> Option<Timestamp> {
    let published = version.published_at?;
    let begins = version
        .in_force_from
        .and_then(|day| day.to_zoned_datetime(london()).ok().map(|at| at.timestamp()));
    Some(match begins {
        Some(begins) if version.origin == Origin::Release && version.number == 1 => begins,
        Some(begins) => begins.max(published),
        None => published,
    })
}

impl App {
    /// What changed since a person last looked, newest first, and since when that is.
    pub async fn guidance_changes(
        &self,
        actor: &Actor,
    ) -> Result<(Timestamp, Vec<Changed>), AppError> {
        self.may::<ViewChanges>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let now = self.guidance().await?;
        let mut read = self.db.read().await?;
        let looked = reader::looked_at(&mut read.conn(), me).await?;
        let since = looked.unwrap_or(self.db.now() - AT_FIRST);
        let published = version::published(&mut read.conn()).await?;
        drop(read);
        let until = end_of_day(now.day).min(self.db.now());
        let mut changes: Vec<Changed> = published
            .iter()
            .filter_map(|version| {
                let at = effective(version).filter(|at| *at > since && *at <= until)?;
                let page = Page::read(&version.path, &version.path, &version.body).ok()?;
                page.is_published().then(|| Changed {
                    at,
                    title: page.front.title.clone(),
                    href: page.href(),
                    note: version.note.clone(),
                    new: version.number == 1,
                })
            })
            .collect();
        changes.sort_by_key(|change| std::cmp::Reverse(change.at));
        Ok((since, changes))
    }

    /// Remembers that a person has seen what changed until now.
    pub async fn guidance_seen(&self, actor: &Actor) -> Result<(), AppError> {
        let permit = self.may::<ViewChanges>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { reader::look(tx, me).await.map_err(AppError::from) })
            })
            .await
    }
}
