//! A snapshot of the picture for a meeting: only what everyone who attends may see, in the words
//! that everyone was given, for a few days. At each look it is held against what is so now.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tessera_core::{
    errors::FieldErrors,
    ids::{SnapshotId, UserId},
    report::MentionKind,
    time::{SignedDuration, day_in_words},
    user::{Role, Standing, User},
};
use tessera_policy::{
    Actor, Refusal, Resource, decide,
    rules::explore::{ListSnapshots, MakeSnapshot, ViewSnapshot},
};
use tessera_store::{
    Conn,
    explore::{
        snapshot::{self, Shown, ShownReport, ShownThing, Snapshot},
        whole,
    },
    notice,
    report::{list::Reader, share},
    user,
};

use crate::{
    App, AppError,
    explore::{Filter, candidate::line},
    report::{Basis, Network, Piece, Tie},
};

/// The longest time that a snapshot stands.
const MOST_DAYS: i64 = 28;
/// So much of a report stands in a snapshot for the desk and the front door.
const BEGINNING: usize = 240;

/// A snapshot as asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSnapshot {
    /// What the meeting is called.
    pub title: String,
    /// Why it must see this.
    pub purpose: String,
    /// For how many days.
    pub days: String,
    /// The accounts of those who attend.
    pub attendee: Vec<String>,
    /// What of the picture, as JSON of a [`Filter`].
    pub search: String,
}

/// A snapshot as somebody reads it now.
#[derive(Clone)]
pub struct SnapshotView {
    /// The snapshot, without what is no longer for them.
    pub snapshot: Snapshot,
    /// How many reports of it were taken back, or are not for them any more.
    pub gone: usize,
}

/// What one person may see of the reports: in full, or in the words that were shared with them.
enum Sees {
    Full(BTreeSet<i64>),
    Words(BTreeMap<String, String>),
}

async fn sees(app: &App, conn: &mut Conn<'_>, person: &User) -> Result<Sees, AppError> {
    let police = person.roles.contains(&Role::PoliceIntelligence);
    let hub = [Role::HubOfficer, Role::HubManager].iter().any(|r| person.roles.contains(r));
    if police || hub {
        let reader = Reader { user: person.id, police, now: app.db.now() };
        let seen = whole::seen(conn, reader).await?;
        return Ok(Sees::Full(
            seen.into_iter().filter(|(_, (_, stands))| *stands).map(|(n, _)| n).collect(),
        ));
    }
    let shares = share::of_user(conn, app.db.keys(), person.id).await?;
    let stands = shares.into_iter().filter(|share| share.retracted_at.is_none());
    Ok(Sees::Words(stands.map(|share| (share.reference.to_string(), share.words)).collect()))
}

impl App {
    /// People who can attend: everyone active who works with children.
    pub async fn possible_attendees(&self, actor: &Actor) -> Result<Vec<User>, AppError> {
        self.may::<MakeSnapshot>(actor, Resource::None).await?;
        let all = user::all(&mut self.db.read().await?.conn(), self.db.now()).await?;
        let works = |person: &User| {
            person.standing == Standing::Active
                && Some(person.id) != actor.user()
                && person
                    .roles
                    .iter()
                    .any(|role| !matches!(role, Role::Auditor | Role::Administrator | Role::Editor))
        };
        Ok(all.into_iter().filter(works).collect())
    }

    /// Makes a snapshot.
    pub async fn make_snapshot(
        &self,
        actor: &Actor,
        raw: &RawSnapshot,
    ) -> Result<SnapshotId, AppError> {
        let permit = self.may::<MakeSnapshot>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let people = self.possible_attendees(actor).await?;
        let mut e = FieldErrors::default();
        let title = line(&mut e, "title", &raw.title, "Say which meeting it is for");
        let purpose = line(&mut e, "purpose", &raw.purpose, "Say why the meeting must see this");
        let days = raw.days.trim().parse::<i64>().unwrap_or_default();
        if !(1..=MOST_DAYS).contains(&days) {
            e.add("days", format!("Enter a number of days from 1 to {MOST_DAYS}"));
        }
        let attend: Vec<&User> =
            people.iter().filter(|p| raw.attendee.contains(&p.id.to_string())).collect();
        if attend.is_empty() {
            e.add("attendee", "Choose who attends");
        }
        e.into_result(())?;
        let filter: Filter = serde_json::from_str(&raw.search).unwrap_or_default();
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let mut views = Vec::new();
        for person in &attend {
            views.push(sees(self, &mut read.conn(), person).await?);
        }
        let network = filter.keep(&self.whole_of(&mut read.conn(), reader).await?);
        drop(read);
        let exact = attend.iter().all(|p| p.roles.contains(&Role::PoliceIntelligence));
        let mut shown = redact(&network, &views, exact);
        shown.title = title;
        shown.purpose = purpose;
        shown.attendees = attend.iter().map(|p| format!("{}, {}", p.name, p.agency_name)).collect();
        let attendees: Vec<UserId> = attend.iter().map(|person| person.id).collect();
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let until = tx.now() + SignedDuration::from_hours(24 * days);
                    let id = snapshot::insert(tx, &shown, (me, &by), &attendees, until).await?;
                    tx.note("snapshot", id.to_string());
                    tx.note("reports", shown.reports.len().to_string());
                    for person in &attendees {
                        let words = "There is something for a meeting that you attend";
                        let link = format!("/snapshots/{id}");
                        notice::insert(tx, *person, words, Some(&link)).await?;
                    }
                    Ok::<_, AppError>(id)
                })
            })
            .await
    }

    /// The snapshots that somebody made or attends.
    pub async fn snapshots(&self, actor: &Actor) -> Result<Vec<Snapshot>, AppError> {
        self.ask::<ListSnapshots>(actor, vec![]).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(snapshot::of_user(&mut read.conn(), self.db.keys(), me, self.db.now()).await?)
    }

    /// Opens a snapshot: what has gone since is not shown.
    pub async fn snapshot(&self, actor: &Actor, id: SnapshotId) -> Result<SnapshotView, AppError> {
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let facts = snapshot::facts(&mut read.conn(), id, actor.user(), now).await?;
        drop(read);
        let decided = decide::<ViewSnapshot>(actor, Resource::None, &facts);
        self.write_down(actor, Resource::None, &decided, vec![("snapshot", id.to_string())])
            .await?;
        decided?;
        let me = actor.user().ok_or(Refusal::Absent)?;
        let mut read = self.db.read().await?;
        let all = snapshot::of_user(&mut read.conn(), self.db.keys(), me, now).await?;
        let mut found = all.into_iter().find(|one| one.id == id).ok_or(Refusal::Absent)?;
        let person = user::by_id(&mut read.conn(), me, now).await?.ok_or(Refusal::Absent)?;
        let sees = sees(self, &mut read.conn(), &person).await?;
        drop(read);
        let before = found.shown.reports.len();
        found.shown.reports.retain(|report| match &sees {
            Sees::Full(numbers) => numbers.contains(&report.number),
            Sees::Words(words) => words.contains_key(&report.reference),
        });
        let left: BTreeSet<i64> = found.shown.reports.iter().map(|report| report.number).collect();
        for thing in &mut found.shown.things {
            thing.reports.retain(|(number, _)| left.contains(number));
        }
        found.shown.things.retain(|thing| thing.reports.len() >= 2);
        let gone = before - found.shown.reports.len();
        Ok(SnapshotView { snapshot: found, gone })
    }
}

/// The words of a report that everyone has, if everyone may see it.
fn words(piece: &Piece, views: &[Sees]) -> Option<String> {
    let mut given: Option<&String> = None;
    for view in views {
        match view {
            Sees::Full(numbers) => {
                numbers.contains(&piece.number).then_some(())?;
            }
            Sees::Words(shared) => {
                let text = shared.get(piece.reference.as_str())?;
                if given.is_some_and(|other| other != text) {
                    return None;
                }
                given = Some(text);
            }
        }
    }
    Some(given.cloned().unwrap_or_else(|| beginning(&piece.report.what)))
}

fn beginning(text: &str) -> String {
    if text.chars().count() <= BEGINNING {
        return text.to_owned();
    }
    let cut: String = text.chars().take(BEGINNING).collect();
    format!("{}…", cut.trim_end())
}

/// The part of a network that everyone may see. With somebody from outside the desk and the front
/// door, a name stands in it only where it stands in the words that they were given.
fn redact(network: &Network, views: &[Sees], exact: bool) -> Shown {
    let outsiders = views.iter().any(|view| matches!(view, Sees::Words(_)));
    let mut reports: Vec<ShownReport> = Vec::new();
    let mut kept: BTreeMap<usize, String> = BTreeMap::new();
    for (n, piece) in network.pieces.iter().enumerate() {
        let Some(words) = words(piece, views) else { continue };
        kept.insert(n, words.to_lowercase());
        reports.push(ShownReport {
            number: piece.number,
            reference: piece.reference.to_string(),
            day: day_in_words(piece.day()),
            from: piece.agency.clone().unwrap_or_else(|| "A protected source".into()),
            grade: piece.grade().unwrap_or_else(|| "Not graded".into()),
            words,
        });
    }
    let told = |tie: &&Tie| {
        let Some(words) = kept.get(&tie.piece) else { return false };
        let name = tie.mention.said.value.trim().to_lowercase();
        !outsiders || (!name.is_empty() && words.contains(&name))
    };
    let mut things = Vec::new();
    for thing in &network.things {
        let ties: Vec<&Tie> = thing.ties.iter().filter(told).collect();
        // A thing that nobody decided about hangs together by a rule alone.
        let joined = ties.iter().any(|tie| matches!(tie.basis, Some(Basis::Decided(_))));
        let mut of: BTreeMap<i64, bool> = BTreeMap::new();
        for tie in &ties {
            if let Some(piece) = network.pieces.get(tie.piece) {
                let decided = joined && !matches!(tie.basis, Some(Basis::Suggested(..)));
                of.entry(piece.number).and_modify(|d| *d |= decided).or_insert(decided);
            }
        }
        if of.len() < 2 {
            continue;
        }
        // Without addresses a place is called by its name alone; from outside so is everything.
        let plain = outsiders || (!exact && thing.kind == MentionKind::Place);
        let name = if plain {
            let names = ties.iter().map(|tie| tie.mention.said.value.trim());
            names.max_by_key(|name| name.chars().count()).unwrap_or_default().to_owned()
        } else {
            thing.name.clone()
        };
        let kind = thing.kind.label().to_owned();
        things.push(ShownThing { name, kind, reports: of.into_iter().collect() });
    }
    Shown {
        outsiders,
        left_out: network.pieces.len() - reports.len(),
        reports,
        things,
        ..Shown::default()
    }
}
