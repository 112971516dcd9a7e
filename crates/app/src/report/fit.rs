//! What fits beside a report: questions for a person, strongest first, each with its reasons.

use std::collections::{BTreeMap, BTreeSet};

use tessera_core::ids::ReportId;
use tessera_linkage::decisions::{Decisions, Question as Asked, Verdict, View};
use tessera_store::{
    Conn, Db, Keys,
    report::{
        fit::{self, Neighbours},
        insert::hashed,
        link::{self, Link},
        list::Reader,
        read::{self, Mention, Piece},
    },
};

use crate::{
    AppError,
    report::compare::{Evidence, Finding, Rarity, Strength, compare},
};

/// Fewer reports than this say nothing about how common a value is.
const FEWEST: f64 = 3_000.0;
/// In how many of all reports a given report is expected to have a partner.
const PARTNERS: f64 = 3.0;
/// Odds in bits under which a question is not worth anybody's time.
const WORTH_ASKING: f64 = -3.5;
/// The most questions beside one report.
const MOST: usize = 25;
/// A value that this many other reports have is still rare: they may all speak of one thing.
const FEW: f64 = 10.0;
/// What a value weighs, in bits, that is too common to be counted.
const COMMON: f64 = 3.0;
/// So many reports with a value speak of one person or thing, where it is common.
const HOLD: f64 = 5.0;
/// What else two reports share may add this much, in bits.
const MOST_AROUND: f64 = 6.0;
/// Of what else they share this part counts: it is not independent of the rest.
const AROUND: f64 = 0.5;

/// Whether two mentions are the same: a question for a person.
#[derive(Debug, Clone)]
pub struct Question {
    /// The mention of the report at hand.
    pub ours: Mention,
    /// The mention of the other report.
    pub theirs: Mention,
    /// The other report.
    pub piece: Piece,
    /// The rows of the explanation; they add up to `bits`.
    pub evidence: Vec<Evidence>,
    /// Odds in bits.
    pub bits: f64,
    /// What was decided, if it was.
    pub decided: Option<Link>,
}

impl Question {
    /// In a word.
    #[must_use]
    pub fn strength(&self) -> Strength {
        Strength::of(self.bits)
    }
}

/// Everything that fits beside a report, as far as its reader may see it.
#[derive(Debug, Clone, Default)]
pub struct Fits {
    /// Open questions, strongest first.
    pub open: Vec<Question>,
    /// Decided ones, latest first.
    pub decided: Vec<Question>,
    /// Mentions with a value that is too common to join anything.
    pub hubs: Vec<i64>,
    /// Reports that fit, that the reader may not see and may know of.
    pub held_by_others: i64,
    /// From how many different agencies the reports with open questions come.
    pub origins: usize,
}

/// How common the values of one report are among what its reader may see.
pub(crate) struct Common<'a> {
    keys: &'a Keys,
    counts: &'a BTreeMap<[u8; 32], i64>,
    all: f64,
}

impl<'a> Common<'a> {
    pub(crate) fn of(keys: &'a Keys, near: &'a Neighbours) -> Self {
        Self { keys, counts: &near.counts, all: total(near.all) }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a count of reports")]
fn total(all: i64) -> f64 {
    (all as f64).max(FEWEST)
}

impl Rarity for Common<'_> {
    #[allow(clippy::cast_precision_loss, reason = "a count of reports")]
    fn bits(&self, key: &str, most: f64) -> f64 {
        // The two that are compared have it in any case: only the others say how common it is.
        let Some(count) = self.counts.get(&hashed(self.keys, key)) else {
            return most.min(COMMON);
        };
        let others = (count - 2).max(0) as f64;
        if others <= FEW { most } else { (self.all * HOLD / others).log2().min(most) }
    }
}

/// What people have decided, as the reader may see it.
pub(crate) struct Decided {
    pub(crate) links: Vec<Link>,
    pub(crate) view: View,
}

impl Decided {
    pub(crate) async fn load(
        conn: &mut Conn<'_>,
        keys: &Keys,
        reader: Reader,
    ) -> Result<Self, AppError> {
        let links = link::all(conn, keys, reader).await?;
        let mut decisions = Decisions::default();
        for link in &links {
            let verdict = match link.verdict.as_str() {
                "same" => Verdict::Same,
                "not_same" => Verdict::NotSame,
                _ => Verdict::NotSure,
            };
            let id = decisions.decide(number(link.one), number(link.other), verdict);
            if let (Some(id), true) = (id, link.undone.is_some()) {
                decisions.undo(id);
            }
        }
        Ok(Self { links, view: decisions.view() })
    }

    /// The decision that stands about two mentions.
    pub(crate) fn about(&self, one: i64, other: i64) -> Option<&Link> {
        let (one, other) = (one.min(other), one.max(other));
        let about = |l: &&Link| (l.one, l.other) == (one, other) && l.undone.is_none();
        self.links.iter().rev().find(about)
    }

    pub(crate) fn asked(&self, one: i64, other: i64) -> Asked {
        self.view.question(number(one), number(other))
    }

    pub(crate) fn group(&self, mention: i64) -> u64 {
        self.view.group_of(number(mention))
    }
}

/// Mentions are numbered from 1.
pub(crate) fn number(mention: i64) -> u64 {
    u64::try_from(mention).unwrap_or(0)
}

/// All pairs of a report's mentions with those of its neighbours, explained, decided or not.
pub(crate) fn pairs(
    keys: &Keys,
    piece: &Piece,
    ours: &[Mention],
    near: &Neighbours,
    hubs: &BTreeSet<i64>,
) -> Vec<Question> {
    let common = Common::of(keys, near);
    let prior = -(common.all / PARTNERS).log2();
    let mut found = Vec::new();
    for other in &near.pieces {
        let theirs: Vec<&Mention> = near.mentions.iter().filter(|m| m.report == other.id).collect();
        let mut between = Vec::new();
        for mine in ours.iter().filter(|m| !hubs.contains(&m.number)) {
            for other_mention in &theirs {
                let rows = compare(&mine.said, &other_mention.said, &common);
                if let Some(rows) = rows {
                    let bits: f64 = rows.iter().map(|row| row.bits).sum();
                    between.push((mine.clone(), (*other_mention).clone(), rows, bits));
                }
            }
        }
        for (n, (mine, its, rows, bits)) in between.iter().enumerate() {
            let elsewhere = around(&between, n);
            let mut evidence = rows.clone();
            let mut sum = *bits;
            for row in [days(piece, other), elsewhere].into_iter().flatten() {
                sum += row.bits;
                evidence.push(row);
            }
            evidence.push(Evidence {
                part: "How rare a match is",
                finding: Finding::Around,
                words: "before anything is known of the two".to_owned(),
                bits: prior,
            });
            found.push(Question {
                ours: mine.clone(),
                theirs: its.clone(),
                piece: other.clone(),
                evidence,
                bits: sum + prior,
                decided: None,
            });
        }
    }
    found.sort_by(|a, b| {
        b.bits
            .total_cmp(&a.bits)
            .then(b.piece.number.cmp(&a.piece.number))
            .then(a.theirs.number.cmp(&b.theirs.number))
    });
    found
}

type Between = (Mention, Mention, Vec<Evidence>, f64);

/// What else both reports share, beside the pair at hand: the best pair of each other mention.
fn around(between: &[Between], at: usize) -> Option<Evidence> {
    let (mine, its, _, _) = between.get(at)?;
    let mut best: BTreeMap<i64, (f64, String)> = BTreeMap::new();
    for (ours, theirs, _, bits) in between {
        if ours.number == mine.number || theirs.number == its.number || *bits <= 0.0 {
            continue;
        }
        let held = best.entry(ours.number).or_insert((0.0, String::new()));
        if *bits > held.0 {
            *held = (*bits, ours.said.in_words());
        }
    }
    if best.is_empty() {
        return None;
    }
    let bits = (best.values().map(|(bits, _)| bits).sum::<f64>() * AROUND).min(MOST_AROUND);
    let words: Vec<&str> = best.values().map(|(_, words)| words.as_str()).collect();
    Some(Evidence {
        part: "Also in both reports",
        finding: Finding::Around,
        words: words.join("; "),
        bits,
    })
}

/// Reports of the same weeks belong together a little rather than those of other years.
fn days(one: &Piece, other: &Piece) -> Option<Evidence> {
    let apart = one.day().until(other.day()).ok()?.get_days().abs();
    let (bits, words) = match apart {
        0..=31 => (1.0, format!("{apart} days apart")),
        32..=200 => return None,
        _ => (-0.5, format!("{apart} days apart")),
    };
    let finding = Finding::Around;
    Some(Evidence { part: "Dates", finding, words, bits })
}

/// What fits beside a report for this reader.
pub(crate) async fn fits(
    db: &Db,
    conn: &mut Conn<'_>,
    report: ReportId,
    reader: Reader,
) -> Result<Fits, AppError> {
    let keys = db.keys();
    let piece = read::piece(conn, keys, report).await?;
    let ours = read::mentions(conn, keys, report).await?;
    let hubs = fit::hubs(conn, report).await?;
    let held_by_others = fit::held_by_others(conn, report, reader).await?;
    if piece.retracted_at.is_some() || piece.intelligence_grade.as_deref() == Some("E") {
        return Ok(Fits { hubs, ..Fits::default() });
    }
    let near = fit::neighbours(conn, keys, report, reader).await?;
    let decided = Decided::load(conn, keys, reader).await?;
    let mut fits = Fits { hubs, held_by_others, ..Fits::default() };
    let common_only = common_only(&ours, &fits.hubs, &near, keys);
    let mut asked: BTreeSet<(i64, u64)> = BTreeSet::new();
    for mut question in pairs(keys, &piece, &ours, &near, &common_only) {
        let (mine, its) = (question.ours.number, question.theirs.number);
        match decided.asked(mine, its) {
            Asked::Decided(_) => {
                question.decided = decided.about(mine, its).cloned();
                fits.decided.push(question);
            }
            Asked::Open => {
                // Mentions that are one by people's decisions are asked about once.
                let fresh = asked.insert((mine, decided.group(its)));
                if fresh && question.bits >= WORTH_ASKING && fits.open.len() < MOST {
                    fits.open.push(question);
                }
            }
            Asked::AlreadyOne | Asked::KeptApart(_) => {}
        }
    }
    fits.decided.sort_by_key(|q| std::cmp::Reverse(q.decided.as_ref().map(|l| l.id)));
    let agencies: BTreeSet<Option<&String>> =
        fits.open.iter().map(|q| q.piece.agency.as_ref()).collect();
    fits.origins = agencies.len();
    Ok(fits)
}

/// Mentions of which no key but common ones is left.
fn common_only(ours: &[Mention], hubs: &[i64], near: &Neighbours, keys: &Keys) -> BTreeSet<i64> {
    let rare = |mention: &Mention| {
        crate::report::keys::of(&mention.said)
            .iter()
            .any(|key| near.counts.contains_key(&hashed(keys, key)))
    };
    ours.iter().filter(|m| hubs.contains(&m.number) && !rare(m)).map(|m| m.number).collect()
}
