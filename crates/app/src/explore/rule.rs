//! The rule: the same place, vehicle or adult in reports of at least so many children within so many
//! days. Computed at each look from what the reader may see, so it goes when its evidence goes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tessera_core::{errors::FieldErrors, report::MentionKind, time::Date};
use tessera_policy::{Actor, Resource, rules::explore::SetRule};
use tessera_store::setting;

use crate::{
    App, AppError,
    report::{Network, Piece, Thing, keys},
};

const CHILDREN: &str = "rule_children";
const DAYS: &str = "rule_days";

/// The numbers of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// At least so many children.
    pub children: usize,
    /// Within so many days.
    pub days: i64,
    /// The desk set them; they are those that ship otherwise.
    pub set: bool,
}

/// The numbers as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRule {
    /// At least so many children.
    pub children: String,
    /// Within so many days.
    pub days: String,
}

/// Something that the rule found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// A mention of it.
    pub number: i64,
    /// What it is.
    pub kind: MentionKind,
    /// Its name.
    pub name: String,
    /// The children, as they were called.
    pub children: Vec<String>,
    /// The reports that name it and a child, by day.
    pub pieces: Vec<Piece>,
    /// From how many agencies they come; protected sources count as one.
    pub origins: usize,
    /// Part of it is inferred, and not decided by a person.
    pub inferred: bool,
}

impl Hit {
    /// The days of its first and last report.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        Some((self.pieces.first()?.day(), self.pieces.last()?.day()))
    }
}

impl App {
    /// The numbers that hold now.
    pub async fn rule(&self) -> Result<Rule, AppError> {
        let all = setting::all(&mut self.db.read().await?.conn()).await?;
        let standard = &self.practice.rule;
        let children = all.get(CHILDREN).and_then(|n| n.parse().ok());
        let days = all.get(DAYS).and_then(|n| n.parse().ok());
        Ok(Rule {
            set: children.is_some() || days.is_some(),
            children: children.unwrap_or(standard.children),
            days: days.unwrap_or(standard.days),
        })
    }

    /// Sets the numbers.
    pub async fn set_rule(&self, actor: &Actor, raw: &RawRule) -> Result<(), AppError> {
        let permit = self.may::<SetRule>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let children = raw.children.trim().parse::<i64>().unwrap_or_default();
        if !(2..=20).contains(&children) {
            e.add("children", "Enter a number of children from 2 to 20");
        }
        let days = raw.days.trim().parse::<i64>().unwrap_or_default();
        if !(1..=730).contains(&days) {
            e.add("days", "Enter a number of days from 1 to 730");
        }
        e.into_result(())?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("children", children.to_string());
                    tx.note("days", days.to_string());
                    setting::set(tx, CHILDREN, &children.to_string(), &by).await?;
                    setting::set(tx, DAYS, &days.to_string(), &by).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}

/// Whether somebody said that the person is a child, or an adult.
fn said(thing: &Thing, answer: &str) -> bool {
    thing.ties.iter().any(|tie| tie.mention.said.child == answer)
}

/// Children whose names begin alike may be one: they count once. A child without a name counts for
/// nobody, because it may be any of the others.
fn child_key(thing: &Thing) -> Option<String> {
    let named = thing.ties.iter().find(|tie| !tie.mention.said.value.trim().is_empty())?;
    keys::words(&named.mention.said.value).into_iter().next()
}

/// Everything that the rule finds in a network, most children first.
#[must_use]
pub fn hits(network: &Network, rule: Rule) -> Vec<Hit> {
    let mut children: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    let people = network.things.iter().filter(|t| t.kind == MentionKind::Person);
    for thing in people.filter(|thing| said(thing, "yes")) {
        let Some(key) = child_key(thing) else { continue };
        for report in thing.reports() {
            children.entry(report).or_default().insert(key.clone(), thing.name.clone());
        }
    }
    let watched = |thing: &&Thing| match thing.kind {
        MentionKind::Place | MentionKind::Vehicle => true,
        MentionKind::Person => said(thing, "no") && !said(thing, "yes"),
        _ => false,
    };
    let mut found: Vec<Hit> = network
        .things
        .iter()
        .filter(watched)
        .filter_map(|thing| hit(network, thing, &children, rule))
        .collect();
    found
        .sort_by_key(|hit| (std::cmp::Reverse((hit.children.len(), hit.pieces.len())), hit.number));
    found
}

/// The window of time with the most children, if they are enough.
fn hit(
    network: &Network,
    thing: &Thing,
    children: &BTreeMap<usize, BTreeMap<String, String>>,
    rule: Rule,
) -> Option<Hit> {
    let mut reports: Vec<(usize, &Piece)> = thing
        .reports()
        .into_iter()
        .filter(|n| children.contains_key(n))
        .filter_map(|n| Some((n, network.pieces.get(n)?)))
        .collect();
    reports.sort_by_key(|(_, piece)| (piece.day(), piece.number));
    let mut best: (BTreeMap<String, String>, Vec<usize>) = Default::default();
    for (n, (_, first)) in reports.iter().enumerate() {
        let within = |piece: &Piece| {
            first.day().until(piece.day()).is_ok_and(|span| i64::from(span.get_days()) <= rule.days)
        };
        let mut named = BTreeMap::new();
        let mut used = Vec::new();
        for (report, _) in reports.iter().skip(n).take_while(|(_, piece)| within(piece)) {
            named.extend(children.get(report).cloned().unwrap_or_default());
            used.push(*report);
        }
        if (named.len(), used.len()) > (best.0.len(), best.1.len()) {
            best = (named, used);
        }
    }
    let (named, used) = best;
    if named.len() < rule.children {
        return None;
    }
    let pieces: Vec<Piece> = used.iter().filter_map(|n| network.pieces.get(*n)).cloned().collect();
    let origins = pieces.iter().map(|p| p.agency.as_deref()).collect::<BTreeSet<_>>().len();
    Some(Hit {
        number: thing.number,
        kind: thing.kind,
        name: thing.name.clone(),
        children: named.into_values().collect(),
        pieces,
        origins,
        inferred: !thing.is_decided(),
    })
}
