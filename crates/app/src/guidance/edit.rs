//! Changing guidance: an editor writes, somebody else puts it in force with a date.

use serde::Deserialize;
use tessera_core::{
    content::ContentError,
    errors::{FieldErrors, required_text},
    guidance::{Audience, Kind, SourceNote},
    ids::{GuidanceId, UserId},
    partial_date::RawDate,
    time::{Date, day_in_london, end_of_day},
    user::Role,
};
use tessera_guidance::{Front, Library, Page, page_path};
use tessera_policy::{
    Act, Actor, Permit, Refusal, Resource, decide,
    rules::guidance::{ApproveGuidance, EditGuidance, VersionFacts, ViewGuidance},
};
use tessera_store::{
    guidance::version::{self, NewVersion, Origin, State, Version},
    job, notice, user,
};

use super::{InForce, adopt::hash, follow::TELL};
use crate::{App, AppError, language::store_checked};

/// The longest text of a page, in characters.
const LONGEST: usize = 60_000;
/// The lists that can be edited beside the pages.
const LISTS: [&str; 6] = [
    "sections.yaml",
    "partnership.yaml",
    "resources.yaml",
    "services.yaml",
    "plain-terms.yaml",
    "help.yaml",
];

/// A page, as typed.
#[derive(Debug, Clone, Default)]
pub struct RawPage {
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// What it is.
    pub kind: String,
    /// Its place in the section.
    pub order: String,
    /// For whom it is written.
    pub audience: String,
    /// Who answers for it.
    pub owner: String,
    /// `published` or `draft`.
    pub status: String,
    /// The version in its owner's words.
    pub version: String,
    /// From when it is to hold.
    pub in_force_from: RawDate,
    /// When its owner last looked.
    pub last_reviewed: RawDate,
    /// When they look again.
    pub next_review: RawDate,
    /// Its topics, with commas.
    pub topics: String,
    /// Its Easy Read page.
    pub easy_read: String,
    /// Its sources, one a line: key, title, publisher, address, day verified; with upright strokes.
    pub sources: String,
    /// Its text.
    pub body: String,
}

/// A list, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawFile {
    /// Its file.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What the editor says when they send a draft.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSend {
    /// What changed.
    pub note: String,
}

/// What the other person decides.
#[derive(Debug, Clone, Default)]
pub struct RawDecision {
    /// From when it is in force.
    pub from: RawDate,
    /// Why.
    pub reason: String,
}

/// A version as looked at by those who work on it.
pub struct Shown {
    /// The version.
    pub version: Version,
    /// What it reads as.
    pub checked: Checked,
    /// What is in force now.
    pub in_force: Option<String>,
    /// Whether this person may decide about it.
    pub may_decide: bool,
    /// Whether this person may write.
    pub may_edit: bool,
}

/// A text, read as if it were in force.
pub struct Checked {
    /// The page, if the text is one and can be read.
    pub page: Option<Page>,
    /// Its reading grade, and the highest its audience may have.
    pub grade: Option<(f64, f64)>,
    /// What has to be mended before it can be sent.
    pub faults: Vec<ContentError>,
}

/// What an editor has to look after.
pub struct EditorList {
    /// What is in force.
    pub now: std::sync::Arc<InForce>,
    /// Drafts, what waits for approval, what was given back, what a release proposes.
    pub waiting: Vec<Version>,
}

impl RawPage {
    /// A page's text in the boxes of the form.
    #[must_use]
    pub fn of(path: &str, text: &str) -> Option<Self> {
        let page = Page::read(path, path, text).ok()?;
        let front = &page.front;
        let date = |day: Date| RawDate::of(tessera_core::partial_date::PartialDate::day(day));
        let source = |s: &SourceNote| {
            let day = s.verified.map(|day| day.to_string()).unwrap_or_default();
            let note = s.note.as_deref().unwrap_or_default();
            let line = [&s.id, &s.title, &s.publisher, &s.url, &day, note].join(" | ");
            line.trim_end_matches([' ', '|']).to_owned()
        };
        let status = if page.is_published() { "published" } else { "draft" };
        Some(Self {
            path: path.to_owned(),
            title: front.title.clone(),
            summary: front.summary.clone(),
            kind: front.kind.id().into(),
            order: front.order.to_string(),
            audience: front.audience.id().into(),
            owner: front.owner.clone(),
            status: status.into(),
            version: front.version.clone(),
            in_force_from: date(front.in_force_from),
            last_reviewed: date(front.last_reviewed),
            next_review: date(front.next_review),
            topics: front.topics.join(", "),
            easy_read: front.easy_read.clone().unwrap_or_default(),
            sources: front.sources.iter().map(source).collect::<Vec<_>>().join("\n"),
            body: page.body.trim().to_owned(),
        })
    }

    /// The file of what was typed; everything that is missing is told together.
    fn compose(&self) -> Result<String, FieldErrors> {
        let mut e = FieldErrors::default();
        if page_path(&self.path).is_none() {
            e.add("slug", "Use small letters, digits and hyphens for the address");
        }
        let title = required_text(&mut e, "title", &self.title, 200, "Enter the title");
        let summary = required_text(
            &mut e,
            "summary",
            &self.summary,
            400,
            "Say in one sentence what it is about",
        );
        let owner =
            required_text(&mut e, "owner", &self.owner, 300, "Enter who answers for this page");
        let version =
            required_text(&mut e, "version", &self.version, 20, "Enter the version, such as 1.1");
        let body =
            required_text(&mut e, "body", &self.body.replace('\r', ""), LONGEST, "Enter the text");
        let kind = Kind::from_id(&self.kind);
        if kind.is_none() {
            e.add("kind", "Choose what it is");
        }
        let audience = Audience::from_id(&self.audience);
        if audience.is_none() {
            e.add("audience", "Choose for whom it is written");
        }
        let order = self.order.trim().parse().unwrap_or(0);
        if !self.order.trim().is_empty() && self.order.trim().parse::<i64>().is_err() {
            e.add("order", "Enter a whole number, such as 3");
        }
        let mut day = |field: &str, raw: &RawDate| {
            let read = raw.read(&mut e, field);
            let day = read.and_then(tessera_core::partial_date::PartialDate::exact);
            if day.is_none() && e.of(field).is_none() {
                e.add(field, "Enter a day, a month and a year");
            }
            day.unwrap_or_default()
        };
        let in_force_from = day("in_force_from", &self.in_force_from);
        let last_reviewed = day("last_reviewed", &self.last_reviewed);
        let next_review = day("next_review", &self.next_review);
        let sources = sources(&mut e, &self.sources);
        let topics = self.topics.split(',').map(|t| t.trim().to_lowercase().replace(' ', "-"));
        let easy_read = self.easy_read.trim();
        let front = Front {
            title,
            summary,
            kind: kind.unwrap_or(Kind::Page),
            order,
            audience: audience.unwrap_or(Audience::Public),
            owner,
            status: tessera_guidance::status(&self.status),
            version,
            in_force_from,
            last_reviewed,
            next_review,
            topics: topics.filter(|topic| !topic.is_empty()).collect(),
            easy_read: (!easy_read.is_empty()).then(|| easy_read.to_owned()),
            sources,
        };
        e.into_result(Page::compose(&front, &body))
    }
}

fn sources(e: &mut FieldErrors, text: &str) -> Vec<SourceNote> {
    let mut sources = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let get = |n: usize| parts.get(n).copied().unwrap_or_default();
        let verified = get(4).parse::<Date>().ok();
        if get(0).is_empty() || get(1).is_empty() || (verified.is_none() && !get(4).is_empty()) {
            let message = format!(
                "Line {}: write key | title | publisher | address | day verified, such as 2026-11-01",
                n + 1
            );
            e.add("sources", message);
            return sources;
        }
        sources.push(SourceNote {
            id: get(0).to_owned(),
            title: get(1).to_owned(),
            publisher: get(2).to_owned(),
            url: get(3).to_owned(),
            verified,
            note: (!get(5).is_empty()).then(|| get(5).to_owned()),
        });
    }
    sources
}

/// Reads a text as if it stood in the place of its file.
fn check(now: &InForce, path: &str, text: &str) -> Checked {
    let others = now.files().filter(|(other, _)| *other != path);
    let (library, faults) = Library::read("", others.chain([(path, text)]));
    // What was wrong with other files before is not this text's fault.
    let before: Vec<ContentError> = Library::read("", now.files()).1;
    let faults = faults.into_iter().filter(|f| f.file == path || !before.contains(f)).collect();
    let page = page_path(path).and_then(|(section, slug)| library.any_page(section, slug).cloned());
    let grade = page
        .as_ref()
        .map(|page| (page.grade(library.counted()), page.front.audience.highest_grade()));
    Checked { page, grade, faults }
}

impl App {
    /// What an editor has to look after.
    pub async fn editor_list(&self, actor: &Actor) -> Result<EditorList, AppError> {
        self.ask::<EditGuidance>(actor, vec![]).await?;
        let now = self.guidance().await?;
        let waiting = version::waiting(&mut self.db.read().await?.conn()).await?;
        Ok(EditorList { now, waiting })
    }

    /// The text of a file to begin with: the newest draft, or what is in force; `None`: a new file.
    pub async fn text_to_edit(
        &self,
        actor: &Actor,
        path: &str,
    ) -> Result<Option<String>, AppError> {
        self.ask::<EditGuidance>(actor, vec![("file", path.to_owned())]).await?;
        known(path)?;
        let now = self.guidance().await?;
        let versions = version::of_path(&mut self.db.read().await?.conn(), path).await?;
        let working = [State::Draft, State::Returned, State::Sent];
        let draft = versions.into_iter().find(|v| working.contains(&v.state));
        let in_force = now.standing.get(path).map(|standing| standing.body.clone());
        Ok(draft.map(|draft| draft.body).or(in_force))
    }

    /// Keeps a page as a draft.
    pub async fn draft_page(&self, actor: &Actor, raw: &RawPage) -> Result<GuidanceId, AppError> {
        let permit = self.may::<EditGuidance>(actor, Resource::None).await?;
        let text = raw.compose()?;
        self.draft(&permit, &raw.path, text).await
    }

    /// Keeps a list as a draft.
    pub async fn draft_file(&self, actor: &Actor, raw: &RawFile) -> Result<GuidanceId, AppError> {
        let permit = self.may::<EditGuidance>(actor, Resource::None).await?;
        if !LISTS.contains(&raw.path.as_str()) {
            return Err(Refusal::Absent.into());
        }
        let mut e = FieldErrors::default();
        let text = raw.text.replace('\r', "");
        required_text(&mut e, "text", &text, LONGEST * 4, "Enter the list");
        e.into_result(())?;
        self.draft(&permit, &raw.path, format!("{}\n", text.trim_end())).await
    }

    async fn draft(
        &self,
        permit: &Permit<EditGuidance>,
        path: &str,
        text: String,
    ) -> Result<GuidanceId, AppError> {
        let (by, by_name) = (permit.actor().user(), permit.actor().name.clone());
        let path = path.to_owned();
        let from = Page::read(&path, &path, &text).ok().map(|page| page.front.in_force_from);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("file", path.clone());
                    version::supersede_drafts(tx, &path).await?;
                    let new = NewVersion {
                        path: &path,
                        body: &text,
                        hash: hash(&text),
                        origin: Origin::Partnership,
                        state: State::Draft,
                        in_force_from: from,
                        by,
                        by_name: &by_name,
                    };
                    version::insert(tx, &new).await.map_err(AppError::from)
                })
            })
            .await
    }

    async fn may_version<A: Act<Facts = VersionFacts>>(
        &self,
        actor: &Actor,
        id: GuidanceId,
        reading: bool,
    ) -> Result<Permit<A>, AppError> {
        let facts = version::facts(&mut self.db.read().await?.conn(), id, actor.user()).await?;
        let resource = if facts.exists { Resource::Guidance(id) } else { Resource::None };
        let decided = decide::<A>(actor, resource, &facts);
        if reading || decided.is_err() {
            let asked = vec![("asked", id.to_string())];
            self.write_down(actor, resource, &decided, asked).await?;
        }
        Ok(decided?)
    }

    /// Opens a version, with what it reads as and what is in force beside it.
    pub async fn guidance_version(&self, actor: &Actor, id: GuidanceId) -> Result<Shown, AppError> {
        self.may_version::<ViewGuidance>(actor, id, true).await?;
        let now = self.guidance().await?;
        let mut read = self.db.read().await?;
        let facts = version::facts(&mut read.conn(), id, actor.user()).await?;
        let found = version::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        drop(read);
        let may_decide = decide::<ApproveGuidance>(actor, Resource::Guidance(id), &facts).is_ok();
        let checked = check(&now, &found.path, &found.body);
        let in_force = now.standing.get(&found.path).map(|standing| standing.body.clone());
        let may_edit = actor.is(Role::Editor);
        Ok(Shown { version: found, checked, in_force, may_decide, may_edit })
    }

    /// The versions of a file, newest first.
    pub async fn guidance_history(
        &self,
        actor: &Actor,
        path: &str,
    ) -> Result<Vec<Version>, AppError> {
        self.ask::<EditGuidance>(actor, vec![("file", path.to_owned())]).await?;
        known(path)?;
        let versions = version::of_path(&mut self.db.read().await?.conn(), path).await?;
        if versions.is_empty() { Err(Refusal::Absent.into()) } else { Ok(versions) }
    }

    /// Sends a draft for approval; other editors and the managers of the hub are told.
    pub async fn send_guidance(
        &self,
        actor: &Actor,
        id: GuidanceId,
        raw: &RawSend,
    ) -> Result<(), AppError> {
        let permit = self.may::<EditGuidance>(actor, Resource::Guidance(id)).await?;
        let mut e = FieldErrors::default();
        let note =
            required_text(&mut e, "note", &raw.note, 500, "Say what changed, in one sentence");
        let found = version::by_id(&mut self.db.read().await?.conn(), id).await?;
        let found = found.ok_or(Refusal::Absent)?;
        let now = self.guidance().await?;
        let faults = check(&now, &found.path, &found.body).faults;
        if !faults.is_empty() {
            e.add("note", "Mend what is listed above first");
        }
        let note = e.into_result(note)?;
        let checked = self.checked(actor, &[&note]).await?;
        let mut tell = self.those_who_decide().await?;
        tell.retain(|person| Some(*person) != actor.user());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    version::send(tx, id, &note).await?;
                    store_checked(checked.as_ref(), tx, "guidance", id).await?;
                    let link = format!("/editor/version/{id}");
                    for person in tell {
                        notice::insert(tx, person, "Guidance waits for approval", Some(&link))
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    async fn those_who_decide(&self) -> Result<Vec<UserId>, AppError> {
        let mut read = self.db.read().await?;
        let now = self.db.now();
        let mut people = user::with_role(&mut read.conn(), Role::Editor, now).await?;
        people.extend(user::with_role(&mut read.conn(), Role::HubManager, now).await?);
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }

    /// Puts a version in force from a day; its writer is told, and on that day those who follow its
    /// topics.
    pub async fn publish_guidance(
        &self,
        actor: &Actor,
        id: GuidanceId,
        raw: &RawDecision,
    ) -> Result<(), AppError> {
        let permit = self.may_version::<ApproveGuidance>(actor, id, false).await?;
        let found = version::by_id(&mut self.db.read().await?.conn(), id).await?;
        let found = found.ok_or(Refusal::Absent)?;
        let today = day_in_london(self.db.now());
        let mut e = FieldErrors::default();
        let reason =
            required_text(&mut e, "reason", &raw.reason, 500, "Say why it may be published");
        let from = raw.from.read(&mut e, "from");
        let from = from.and_then(tessera_core::partial_date::PartialDate::exact);
        match from {
            None if e.of("from").is_none() => {
                e.add("from", "Enter the first day on which it holds");
            }
            Some(day) if day < today => e.add("from", "Enter today or a later day"),
            _ => {}
        }
        // The rest of the guidance may have changed since it was sent.
        let faults = check(&*self.guidance().await?, &found.path, &found.body).faults;
        if !faults.is_empty() {
            e.add("reason", "It has faults now, listed above: give it back to be mended");
        }
        let reason = e.into_result(reason)?;
        let checked = self.checked(actor, &[&reason]).await?;
        let from = from.unwrap_or(today);
        let begins = from.yesterday().map_or(self.db.now(), end_of_day).max(self.db.now());
        let (by, writer) = (actor.name.clone(), found.written_by);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("from", from.to_string());
                    version::publish(tx, id, Some(from), &by, &reason).await?;
                    store_checked(checked.as_ref(), tx, "guidance", id).await?;
                    if let Some(writer) = writer {
                        let link = format!("/editor/version/{id}");
                        notice::insert(tx, writer, "Your guidance was approved", Some(&link))
                            .await?;
                    }
                    job::enqueue(tx, TELL, Some(id.0), begins).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// Gives a version back to its writer, or turns a release's proposal down.
    pub async fn return_guidance(
        &self,
        actor: &Actor,
        id: GuidanceId,
        raw: &RawDecision,
    ) -> Result<(), AppError> {
        let permit = self.may_version::<ApproveGuidance>(actor, id, false).await?;
        let mut e = FieldErrors::default();
        let reason =
            required_text(&mut e, "reason", &raw.reason, 500, "Say what should be different");
        let reason = e.into_result(reason)?;
        let checked = self.checked(actor, &[&reason]).await?;
        let found = version::by_id(&mut self.db.read().await?.conn(), id).await?;
        let writer = found.and_then(|found| found.written_by);
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    version::give_back(tx, id, &by, &reason).await?;
                    store_checked(checked.as_ref(), tx, "guidance", id).await?;
                    if let Some(writer) = writer {
                        let link = format!("/editor/version/{id}");
                        notice::insert(tx, writer, "Your guidance was given back", Some(&link))
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Every file as in force today, for export: what nobody edited has the bytes it came with.
    pub async fn export_guidance(&self) -> Result<Vec<(String, String)>, AppError> {
        let now = self.guidance().await?;
        let file = |(path, standing): (&String, &super::Standing)| {
            let text = match (standing.origin, standing.from) {
                (Origin::Partnership, Some(from)) => dated(path, &standing.body, from),
                _ => standing.body.clone(),
            };
            (path.clone(), text)
        };
        Ok(now.standing.iter().map(file).collect())
    }
}

/// The text with the day from which it holds here, where the approver chose another.
fn dated(path: &str, text: &str, from: Date) -> String {
    match Page::read(path, path, text) {
        Ok(page) if page.front.in_force_from != from => {
            Page::compose(&Front { in_force_from: from, ..page.front.clone() }, &page.body)
        }
        _ => text.to_owned(),
    }
}

/// Whether a path can be one of the guidance's.
fn known(path: &str) -> Result<(), Refusal> {
    let fits = LISTS.contains(&path) || page_path(path).is_some();
    if fits { Ok(()) } else { Err(Refusal::Absent) }
}
