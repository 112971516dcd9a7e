//! One person or thing: how it was called, what it stands beside, what happened around it, and how
//! old what we know is.

use std::collections::{BTreeMap, BTreeSet};

use tessera_core::{
    report::MentionKind,
    time::{Date, day_in_london},
};
use tessera_policy::{Actor, Refusal};
use tessera_store::explore::candidate;

use crate::{
    App, AppError,
    report::{Basis, Network, Piece, Thing, fit::Decided},
};

/// How old the newest report of something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// The day of the newest report.
    pub last: Date,
    /// Whole months since then.
    pub months: i32,
    /// `current`, `ageing` or `stale`.
    pub word: &'static str,
    /// From how many months on it is stale.
    pub stale: i32,
}

/// Something that stands in the same reports.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// One of its mentions.
    pub number: i64,
    /// What it is.
    pub kind: MentionKind,
    /// Its name.
    pub name: String,
    /// The reports in which both stand.
    pub pieces: Vec<Piece>,
    /// The day of the first.
    pub first: Date,
    /// How old the newest is.
    pub age: Age,
    /// The weakest of their intelligence grades; none when one is not graded.
    pub grade: Option<String>,
    /// On what it rests that the thing in those reports is this one.
    pub basis: Vec<String>,
    /// People decided all of it.
    pub decided: bool,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub day: Date,
    /// What sort of record says so.
    pub what: &'static str,
    /// In words.
    pub words: String,
    /// Who says so.
    pub by: String,
    /// Its grade.
    pub grade: Option<String>,
    /// The record: its words and its address.
    pub source: (String, String),
}

/// One person or thing.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The thing.
    pub thing: Thing,
    /// The reports of the whole picture, by the places its ties name.
    pub pieces: Vec<Piece>,
    /// Every name, plate or number that was used, with the reports that used it.
    pub aliases: Vec<(String, Vec<Piece>)>,
    /// What stands beside it, most shared first.
    pub neighbours: Vec<Neighbour>,
    /// What happened, newest first.
    pub timeline: Vec<Event>,
    /// How old the newest report is.
    pub age: Age,
}

impl App {
    /// How old something is, by its kind.
    #[must_use]
    pub fn age(&self, kind: MentionKind, last: Date) -> Age {
        let today = day_in_london(self.db.now());
        let mut months = (i32::from(today.year()) - i32::from(last.year())) * 12
            + i32::from(today.month())
            - i32::from(last.month());
        if today.day() < last.day() {
            months -= 1;
        }
        let months = months.max(0);
        let ages = self.practice.currency.of(kind);
        let word = if months >= ages.stale {
            "stale"
        } else if months >= ages.ageing {
            "ageing"
        } else {
            "current"
        };
        Age { last, months, word, stale: ages.stale }
    }

    /// One person or thing, by any of its mentions.
    pub async fn entity(&self, actor: &Actor, mention: i64) -> Result<Entity, AppError> {
        let network = self.whole_picture(actor, "thing", Some(mention)).await?;
        let is_it = |thing: &&Thing| thing.ties.iter().any(|tie| tie.mention.number == mention);
        let thing = network.things.iter().find(is_it).cloned().ok_or(Refusal::Absent)?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let decided = Decided::load(&mut read.conn(), self.db.keys(), reader).await?;
        let candidates = candidate::all(&mut read.conn(), self.db.keys()).await?;
        drop(read);
        let mut timeline = reports(actor, &network, &thing);
        timeline.extend(decisions(&decided, &network, &thing));
        let numbers: BTreeSet<i64> = network.pieces.iter().map(|piece| piece.number).collect();
        for one in candidates {
            let seen = one.rests_on.reports.iter().all(|number| numbers.contains(number));
            if seen && thing.ties.iter().any(|t| t.mention.number == one.rests_on.mention) {
                timeline.push(Event {
                    day: day_in_london(one.put_at),
                    what: "Candidate",
                    words: format!("Put to {} for a decision", one.put_to_name),
                    by: one.put_by,
                    grade: None,
                    source: ("The candidate".into(), format!("/picture/candidates/{}", one.id)),
                });
            }
        }
        timeline.sort_by(|a, b| b.day.cmp(&a.day).then(a.what.cmp(b.what)));
        let last =
            thing.reports().iter().filter_map(|n| network.pieces.get(*n)).map(Piece::day).max();
        let age = self.age(thing.kind, last.ok_or(Refusal::Absent)?);
        Ok(Entity {
            aliases: aliases(&network, &thing),
            neighbours: self.neighbours(&network, &thing),
            timeline,
            age,
            thing,
            pieces: network.pieces,
        })
    }

    fn neighbours(&self, network: &Network, thing: &Thing) -> Vec<Neighbour> {
        let ours = thing.reports();
        let mut all: Vec<Neighbour> = network
            .things
            .iter()
            .filter(|other| other.number != thing.number)
            .filter_map(|other| {
                let shared: BTreeSet<usize> =
                    other.reports().intersection(&ours).copied().collect();
                let mut pieces: Vec<Piece> =
                    shared.iter().filter_map(|n| network.pieces.get(*n)).cloned().collect();
                pieces.sort_by_key(|piece| (piece.day(), piece.number));
                let (first, last) = (pieces.first()?.day(), pieces.last()?.day());
                let grades: Option<Vec<String>> =
                    pieces.iter().map(|piece| piece.intelligence_grade.clone()).collect();
                let near = |tie: &&crate::report::Tie| shared.contains(&tie.piece);
                let rests = thing.ties.iter().filter(near).chain(other.ties.iter().filter(near));
                let basis: BTreeSet<String> =
                    rests.filter_map(|tie| tie.basis.as_ref()).map(in_words).collect();
                let decided = thing
                    .ties
                    .iter()
                    .chain(&other.ties)
                    .filter(near)
                    .all(|tie| !matches!(tie.basis, Some(Basis::Suggested(..))));
                Some(Neighbour {
                    number: other.number,
                    kind: other.kind,
                    name: other.name.clone(),
                    pieces,
                    first,
                    age: self.age(other.kind, last),
                    grade: grades.and_then(|grades| grades.into_iter().max()),
                    basis: basis.into_iter().collect(),
                    decided,
                })
            })
            .collect();
        all.sort_by_key(|n| (std::cmp::Reverse(n.pieces.len()), n.number));
        all
    }
}

/// On what something rests, in words.
fn in_words(basis: &Basis) -> String {
    match basis {
        Basis::Decided(link) => format!("Decided by {}: {}", link.by, link.reason),
        Basis::Suggested(_, why) => format!("Inferred by {why}"),
    }
}

fn aliases(network: &Network, thing: &Thing) -> Vec<(String, Vec<Piece>)> {
    let mut all: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for tie in &thing.ties {
        let value = tie.mention.said.value.trim();
        let name = if value.is_empty() { "Not named" } else { value };
        all.entry(name.to_owned()).or_default().insert(tie.piece);
    }
    let pieces = |places: BTreeSet<usize>| {
        places.into_iter().filter_map(|n| network.pieces.get(n)).cloned().collect()
    };
    all.into_iter().map(|(name, places)| (name, pieces(places))).collect()
}

fn reports(actor: &Actor, network: &Network, thing: &Thing) -> Vec<Event> {
    let mut events = Vec::new();
    for piece in thing.reports().into_iter().filter_map(|n| network.pieces.get(n)) {
        let by = piece.agency.clone().unwrap_or_else(|| "A protected source".into());
        events.push(Event {
            day: piece.day(),
            what: "Report",
            words: piece.report.what.clone(),
            by: by.clone(),
            grade: piece.grade(),
            source: (piece.reference.to_string(), format!("/desk/{}", piece.reference)),
        });
        if let Some(concern) = piece.concern.as_ref().filter(|_| actor.is_hub()) {
            events.push(Event {
                day: day_in_london(piece.received_at),
                what: "Concern",
                words: "The concern that the report was made from came in".into(),
                by,
                grade: None,
                source: (concern.to_string(), format!("/queue/{concern}")),
            });
        }
    }
    events
}

fn decisions(decided: &Decided, network: &Network, thing: &Thing) -> Vec<Event> {
    let mut events = Vec::new();
    for link in &decided.links {
        let ours = |number: i64| thing.ties.iter().find(|tie| tie.mention.number == number);
        let Some(tie) = ours(link.other).or_else(|| ours(link.one)) else { continue };
        let Some(piece) = network.pieces.get(tie.piece) else { continue };
        let verdict = match link.verdict.as_str() {
            "same" => "Same",
            "not_same" => "Not the same",
            _ => "Not sure",
        };
        let at = format!("/desk/{}#decided", piece.reference);
        let source = (piece.reference.to_string(), at);
        let grade = (!link.grade.is_empty()).then(|| link.grade.clone());
        events.push(Event {
            day: day_in_london(link.at),
            what: "Decision",
            words: format!("{verdict}: {}", link.reason),
            by: link.by.clone(),
            grade: grade.clone(),
            source: source.clone(),
        });
        if let Some((at, by)) = &link.undone {
            events.push(Event {
                day: day_in_london(*at),
                what: "Decision undone",
                words: format!("{verdict}: undone"),
                by: by.clone(),
                grade,
                source,
            });
        }
    }
    events
}
