//! What people watch: a thing, a search, or what the rule finds. A watch is its owner's own.

use std::collections::BTreeSet;

use serde::Deserialize;
use tessera_core::{errors::FieldErrors, ids::WatchId};
use tessera_policy::{Actor, Refusal, Resource, rules::explore::KeepWatch};
use tessera_store::explore::{
    watch::{self, Watch, Watched},
    whole,
};

use crate::{
    App, AppError,
    explore::{Filter, Rule, candidate::line, hits},
    report::Network,
};

/// How often somebody can be told.
const CADENCES: [&str; 4] = ["soon", "daily", "weekly", "never"];

/// Something to be watched, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawWatch {
    /// What its owner calls it.
    pub name: String,
    /// `thing`, `search` or `rule`.
    pub what: String,
    /// A mention of the thing.
    pub mention: i64,
    /// The search, as JSON of a [`Filter`].
    pub search: String,
    /// `soon`, `daily`, `weekly` or `never`.
    pub cadence: String,
}

/// A watch with what it finds now.
#[derive(Clone)]
pub struct WatchView {
    /// The watch.
    pub watch: Watch,
    /// Where what it finds is shown.
    pub link: String,
    /// How many reports it finds now.
    pub now: usize,
}

/// The numbers of the reports that a watch finds.
pub(super) fn found(watch: &Watch, network: &Network, rule: Rule) -> BTreeSet<i64> {
    match watch.kind.as_str() {
        "thing" => {
            let is_it = |thing: &&crate::report::Thing| {
                thing.ties.iter().any(|tie| tie.mention.number == watch.watched.mention)
            };
            let things = network.things.iter().filter(is_it);
            let reports = things.flat_map(crate::report::Thing::reports);
            reports.filter_map(|n| network.pieces.get(n)).map(|p| p.number).collect()
        }
        "rule" => {
            hits(network, rule).iter().flat_map(|hit| hit.pieces.iter().map(|p| p.number)).collect()
        }
        _ => filter(watch).passing(network).iter().map(|piece| piece.number).collect(),
    }
}

fn filter(watch: &Watch) -> Filter {
    serde_json::from_str(&watch.watched.search).unwrap_or_default()
}

impl App {
    /// A person's own watches.
    pub async fn watches(&self, actor: &Actor) -> Result<Vec<WatchView>, AppError> {
        self.ask::<KeepWatch>(actor, vec![("shown", "watches".to_owned())]).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let all = watch::of_user(&mut self.db.read().await?.conn(), self.db.keys(), me).await?;
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let network = self.whole_picture(actor, "watches", None).await?;
        let rule = self.rule().await?;
        let view = |watch: Watch| {
            let link = match watch.kind.as_str() {
                "thing" => format!("/picture/thing/{}", watch.watched.mention),
                "rule" => "/picture/alerts".to_owned(),
                _ => format!("/picture{}", filter(&watch).query()),
            };
            WatchView { now: found(&watch, &network, rule).len(), link, watch }
        };
        Ok(all.into_iter().map(view).collect())
    }

    /// Keeps a watch. What stands there already is not told.
    pub async fn keep_watch(&self, actor: &Actor, raw: &RawWatch) -> Result<WatchId, AppError> {
        let permit = self.may::<KeepWatch>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let mut e = FieldErrors::default();
        let name = line(&mut e, "name", &raw.name, "Say what you want to call it");
        if !CADENCES.contains(&raw.cadence.as_str()) {
            e.add("cadence", "Choose how often you want to be told");
        }
        if !["thing", "search", "rule"].contains(&raw.what.as_str()) {
            e.add("what", "Choose what to watch");
        }
        let search = if raw.what == "search" {
            let filter: Filter = serde_json::from_str(&raw.search).unwrap_or_default();
            serde_json::to_string(&filter).unwrap_or_default()
        } else {
            String::new()
        };
        let name = e.into_result(name)?;
        let mention = if raw.what == "thing" { raw.mention } else { 0 };
        let rule = self.rule().await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let state = whole::state(&mut read.conn()).await?;
        let network = self.whole_of(&mut read.conn(), reader).await?;
        drop(read);
        let mut watched = Watched { name, mention, search, seen: Vec::new() };
        let new = Watch {
            id: WatchId(uuid::Uuid::nil()),
            user: me,
            kind: raw.what.clone(),
            watched: watched.clone(),
            cadence: raw.cadence.clone(),
            made_at: self.db.now(),
            looked: String::new(),
            waiting: false,
            told_at: None,
        };
        watched.seen = found(&new, &network, rule).into_iter().collect();
        if raw.what == "thing" && watched.seen.is_empty() {
            return Err(Refusal::Absent.into());
        }
        let (kind, cadence) = (raw.what.clone(), raw.cadence.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("kind", kind.clone());
                    let id = watch::insert(tx, me, &kind, &watched, &cadence, &state).await?;
                    tx.note("watch", id.to_string());
                    Ok::<_, AppError>(id)
                })
            })
            .await
    }

    /// Ends a watch of one's own.
    pub async fn end_watch(&self, actor: &Actor, id: WatchId) -> Result<(), AppError> {
        let permit = self.may::<KeepWatch>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("ended", id.to_string());
                    if watch::end(tx, id, me).await? { Ok(()) } else { Err(Refusal::Absent.into()) }
                })
            })
            .await
    }
}
