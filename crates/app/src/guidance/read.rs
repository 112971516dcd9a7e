//! What is in force: today, and on another day.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tessera_core::{
    ids::GuidanceId,
    time::{Date, Timestamp, day_in_london},
};
use tessera_guidance::{Library, Page};
use tessera_store::guidance::version::{self, Origin, State, Version};
use tokio::sync::OnceCell;

use crate::{App, AppError};

/// What the program keeps of the guidance in memory.
#[derive(Default)]
pub(crate) struct Shelf {
    pub(super) adopted: OnceCell<()>,
    kept: Mutex<Option<Arc<InForce>>>,
}

/// Which version of a file is in force.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The version.
    pub id: GuidanceId,
    /// Its number among the versions of the file.
    pub number: i64,
    /// Who wrote it: a release, or the partnership.
    pub origin: Origin,
    /// Since when.
    pub from: Option<Date>,
    /// When it was published here.
    pub published_at: Option<Timestamp>,
    /// Its text.
    pub body: String,
}

/// All of the guidance as in force on a day.
pub struct InForce {
    /// The day.
    pub day: Date,
    /// Sections, pages and lists.
    pub library: Library,
    /// The version of each file.
    pub standing: BTreeMap<String, Standing>,
    stamp: (i64, i64),
}

/// A page as in force on a chosen day.
pub struct PastPage {
    /// The page.
    pub page: Page,
    /// Its version.
    pub standing: Standing,
}

impl From<Version> for Standing {
    fn from(version: Version) -> Self {
        Self {
            id: version.id,
            number: version.number,
            origin: version.origin,
            from: version.in_force_from,
            published_at: version.published_at,
            body: version.body,
        }
    }
}

/// Of the published versions of one file, the one in force on a day: the last to begin, and of two
/// that begin on one day the one published last.
fn on_day(versions: impl Iterator<Item = Version>, day: Date) -> Option<Version> {
    versions
        .filter(|v| v.state == State::Published && v.in_force_from.is_none_or(|from| from <= day))
        .max_by_key(|v| (v.in_force_from, v.published_at, v.number))
}

impl InForce {
    /// The version of a page.
    #[must_use]
    pub fn of(&self, page: &Page) -> Option<&Standing> {
        self.standing.get(&page.path())
    }

    /// The files and their texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.standing.iter().map(|(path, standing)| (path.as_str(), standing.body.as_str()))
    }
}

impl App {
    /// The guidance in force today; from memory while nothing has changed.
    pub async fn guidance(&self) -> Result<Arc<InForce>, AppError> {
        self.adopt_once().await?;
        let day = day_in_london(self.db.now());
        let mut read = self.db.read().await?;
        let stamp = version::stamp(&mut read.conn()).await?;
        let kept = self.guidance_shelf.kept.lock().ok().and_then(|kept| kept.clone());
        if let Some(kept) = kept.filter(|kept| kept.day == day && kept.stamp == stamp) {
            return Ok(kept);
        }
        let published = version::published(&mut read.conn()).await?;
        drop(read);
        let new = Arc::new(in_force(published, day, stamp));
        if let Ok(mut kept) = self.guidance_shelf.kept.lock() {
            *kept = Some(new.clone());
        }
        Ok(new)
    }

    /// A page as it was, or will be, in force on a day.
    pub async fn guidance_on(
        &self,
        section: &str,
        slug: &str,
        day: Date,
    ) -> Result<Option<PastPage>, AppError> {
        self.adopt_once().await?;
        let path = format!("pages/{section}/{slug}.md");
        let versions = version::of_path(&mut self.db.read().await?.conn(), &path).await?;
        let Some(found) = on_day(versions.into_iter(), day) else { return Ok(None) };
        let page = Page::read(&path, &path, &found.body).ok().filter(Page::is_published);
        Ok(page.map(|page| PastPage { page, standing: found.into() }))
    }
}

fn in_force(published: Vec<Version>, day: Date, stamp: (i64, i64)) -> InForce {
    let mut by_path: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for version in published {
        by_path.entry(version.path.clone()).or_default().push(version);
    }
    let standing: BTreeMap<String, Standing> = by_path
        .into_iter()
        .filter_map(|(path, versions)| Some((path, on_day(versions.into_iter(), day)?.into())))
        .collect();
    let files = standing.iter().map(|(path, standing)| (path.as_str(), standing.body.as_str()));
    let (library, faults) = Library::read("", files);
    for fault in faults {
        tracing::warn!(%fault, "guidance that is in force has a fault");
    }
    InForce { day, library, standing, stamp }
}
