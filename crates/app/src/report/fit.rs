//! What fits beside a report: questions for a person, strongest first, each with its reasons.

use std::collections::BTreeSet;

use tessera_core::ids::ReportId;
use tessera_linkage::decisions::{Decisions, Question as Asked, Verdict, View};
use tessera_store::{
    Conn, Keys,
    report::{
        change, fit,
        link::{self, Link},
        list::Reader,
        read::{self, Mention, Piece},
    },
};

use crate::{
    App, AppError,
    report::{
        compare::{Evidence, Strength, explain},
        matcher::{How, Match},
    },
};

/// Odds in bits under which a question is not worth anybody's time.
const WORTH_ASKING: f32 = -3.5;
/// The most questions beside one report.
const MOST: usize = 25;
/// The most reports that are opened for them.
const MOST_REPORTS: usize = 40;

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

    /// The decisions that stand about a mention and another: the last of each two.
    pub(crate) fn standing_of(&self, mention: i64) -> Vec<&Link> {
        let mut found: Vec<&Link> = Vec::new();
        let about = |l: &&Link| (l.one == mention || l.other == mention) && l.undone.is_none();
        for link in self.links.iter().rev().filter(about) {
            if !found.iter().any(|l| (l.one, l.other) == (link.one, link.other)) {
                found.push(link);
            }
        }
        found
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

/// A report with its mentions.
pub(crate) type Told = (Piece, Vec<Mention>);

/// The questions between a report and one that fits it: the mentions that share something.
fn between(ours: &Told, theirs: &Told, found: &Match) -> Vec<Question> {
    let mut pairs: Vec<(i64, i64)> = Vec::new();
    for (left, right) in &found.found.shared {
        let ours = found.ours.get(*left as usize).copied();
        let theirs = found.theirs.get(*right as usize).copied();
        if let Some(pair) = ours.zip(theirs).filter(|pair| !pairs.contains(pair)) {
            pairs.push(pair);
        }
    }
    let questions =
        pairs.into_iter().filter_map(|(one, other)| question(ours, theirs, found, one, other));
    questions.collect()
}

fn question(ours: &Told, theirs: &Told, found: &Match, one: i64, other: i64) -> Option<Question> {
    let mine = ours.1.iter().find(|mention| mention.number == one)?;
    let its = theirs.1.iter().find(|mention| mention.number == other)?;
    let (evidence, bits) = explain(found, (mine, &ours.1), its, (&ours.0, &theirs.0));
    Some(Question {
        ours: mine.clone(),
        theirs: its.clone(),
        piece: theirs.0.clone(),
        evidence,
        bits,
        decided: None,
    })
}

fn strongest_first(questions: &mut [Question]) {
    questions.sort_by(|a, b| {
        b.bits
            .total_cmp(&a.bits)
            .then(b.piece.number.cmp(&a.piece.number))
            .then(a.theirs.number.cmp(&b.theirs.number))
            .then(a.ours.number.cmp(&b.ours.number))
    });
}

impl App {
    /// The questions that nobody has decided between a report and those that fit it, strongest
    /// first; with mentions of it that are too common to join anything, and what was decided.
    pub(crate) async fn questions(
        &self,
        conn: &mut Conn<'_>,
        told: &Told,
        reader: Reader,
        decided: &Decided,
        most: usize,
    ) -> Result<Fits, AppError> {
        let keys = self.db.keys();
        let how = How { reader, least: WORTH_ASKING, most };
        let matches = self.matcher.matches(conn, keys, told.0.id, decided, how).await?;
        let mut fits = Fits { hubs: matches.hubs, ..Fits::default() };
        for found in &matches.fit {
            // Asked of the store once more: what a reader may not see is never opened.
            if let Some(theirs) = change::seen(conn, keys, found.other, reader).await? {
                fits.open.extend(between(told, &theirs, found));
            }
        }
        let open = |q: &Question| decided.asked(q.ours.number, q.theirs.number) == Asked::Open;
        fits.open.retain(|q| open(q) && q.bits >= f64::from(WORTH_ASKING));
        strongest_first(&mut fits.open);
        let own: BTreeSet<i64> = told.1.iter().map(|mention| mention.number).collect();
        for found in &matches.decided {
            let Some(theirs) = change::seen(conn, keys, found.other, reader).await? else {
                continue;
            };
            for mention in &theirs.1 {
                for link in decided.standing_of(mention.number) {
                    let one = if link.one == mention.number { link.other } else { link.one };
                    if own.contains(&one)
                        && let Some(mut question) =
                            question(told, &theirs, found, one, mention.number)
                    {
                        question.decided = Some(link.clone());
                        fits.decided.push(question);
                    }
                }
            }
        }
        fits.decided.sort_by_key(|q| std::cmp::Reverse(q.decided.as_ref().map(|l| l.id)));
        Ok(fits)
    }

    /// What fits beside a report for this reader.
    pub(crate) async fn fits(
        &self,
        conn: &mut Conn<'_>,
        report: ReportId,
        reader: Reader,
    ) -> Result<Fits, AppError> {
        let keys = self.db.keys();
        let piece = read::piece(conn, keys, report).await?;
        let held_by_others = fit::held_by_others(conn, report, reader).await?;
        if piece.retracted_at.is_some() || piece.intelligence_grade.as_deref() == Some("E") {
            return Ok(Fits { held_by_others, ..Fits::default() });
        }
        let told = (piece, read::mentions(conn, keys, report).await?);
        let decided = Decided::load(conn, keys, reader).await?;
        let mut fits = self.questions(conn, &told, reader, &decided, MOST_REPORTS).await?;
        fits.held_by_others = held_by_others;
        // Mentions that are one by people's decisions are asked about once.
        let mut asked: BTreeSet<(i64, u64)> = BTreeSet::new();
        fits.open.retain(|q| asked.insert((q.ours.number, decided.group(q.theirs.number))));
        fits.open.truncate(MOST);
        let agencies: BTreeSet<Option<&String>> =
            fits.open.iter().map(|q| q.piece.agency.as_ref()).collect();
        fits.origins = agencies.len();
        Ok(fits)
    }
}
