//! The network around a report: which reports hang together by which people and things. Everything
//! in it is computed, at each look, from what this reader may see: what people decided, and what is
//! suggested strongly enough to be drawn with a broken line. A suggestion joins nothing for good.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tessera_core::{
    ids::ReportId,
    reference::Reference,
    report::MentionKind,
    time::{Date, day_in_words},
};
use tessera_linkage::{
    decisions::{Question as Asked, Verdict},
    reports::clash,
};
use tessera_policy::{Actor, rules::report::ViewReport};
use tessera_store::{
    Conn,
    report::{
        link::{self, Link},
        list::Reader,
        read::{self, Mention, Piece},
    },
};

use crate::{
    App, AppError,
    report::{
        compare::{ALSO, Finding, Strength},
        fit::{Decided, Question, number},
        said::said,
    },
};

/// Odds in bits from which a suggestion is drawn.
const DRAWN: f64 = 0.0;
/// The most reports of one picture.
const MOST_REPORTS: usize = 60;

/// On what a tie of a report to a thing rests.
#[derive(Debug, Clone)]
pub enum Basis {
    /// A person said so.
    Decided(Link),
    /// The program suggests it, for these reasons.
    Suggested(Strength, String),
}

/// One mention of a thing in a report.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The place of the report in [`Network::pieces`].
    pub piece: usize,
    /// The mention.
    pub mention: Mention,
    /// What joins it to the others; none for the first mention of the thing.
    pub basis: Option<Basis>,
}

/// A part of a description with every value that was given, and which reports gave it.
#[derive(Debug, Clone)]
pub struct Forms {
    /// Which part.
    pub part: &'static str,
    /// Each value with the places of its reports.
    pub values: Vec<(String, Vec<usize>)>,
}

/// A person or thing that two reports or more may speak of.
#[derive(Debug, Clone)]
pub struct Thing {
    /// The smallest of its mentions.
    pub number: i64,
    /// What it is.
    pub kind: MentionKind,
    /// Its longest name.
    pub name: String,
    /// Its mentions.
    pub ties: Vec<Tie>,
    /// Values that differ, side by side.
    pub forms: Vec<Forms>,
}

impl Thing {
    /// The reports it stands in, each once.
    #[must_use]
    pub fn reports(&self) -> BTreeSet<usize> {
        self.ties.iter().map(|tie| tie.piece).collect()
    }

    /// Whether all its mentions were joined by people.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.ties.iter().all(|tie| !matches!(tie.basis, Some(Basis::Suggested(..))))
    }
}

/// What the network would fall apart without.
#[derive(Debug, Clone)]
pub struct Bridge {
    /// In words.
    pub thing: String,
    /// How many reports would stand on either side.
    pub sides: (usize, usize),
}

/// A network.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Its reports, by day.
    pub pieces: Vec<Piece>,
    /// What joins them, most shared first.
    pub things: Vec<Thing>,
    /// Its weakest bridge.
    pub bridge: Option<Bridge>,
    /// The picture was cut off.
    pub cut_off: bool,
}

impl Network {
    /// The agencies whose reports are in it.
    #[must_use]
    pub fn agencies(&self) -> BTreeSet<String> {
        let name = |p: &Piece| p.agency.clone().unwrap_or_else(|| "a protected source".into());
        self.pieces.iter().map(name).collect()
    }

    /// The days of its first and last report.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = self.pieces.iter().map(Piece::day).min()?;
        Some((first, self.pieces.iter().map(Piece::day).max()?))
    }

    /// Why it holds, in sentences.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.things.is_empty() {
            return vec!["No other report that you may see hangs together with this one.".into()];
        }
        if let Some((first, last)) = self.days() {
            words.push(format!(
                "{} reports from {} agencies hang together, from {} to {}.",
                self.pieces.len(),
                self.agencies().len(),
                day_in_words(first),
                day_in_words(last)
            ));
        }
        for thing in &self.things {
            let how = if thing.is_decided() {
                "as people decided"
            } else {
                "as suggested, not all of it decided"
            };
            words.push(format!(
                "{}: {} stands in {} reports, {how}.",
                thing.kind.label(),
                thing.name,
                thing.reports().len()
            ));
        }
        match &self.bridge {
            Some(bridge) => words.push(format!(
                "The weakest bridge is {}: without it the network falls into {} and {} reports.",
                bridge.thing, bridge.sides.0, bridge.sides.1
            )),
            None => words.push("No single person or thing holds it together alone.".into()),
        }
        if self.cut_off {
            words.push(format!("Only the nearest {MOST_REPORTS} reports are shown."));
        }
        words
    }
}

/// Everything gathered on the way.
#[derive(Default)]
struct Gathered {
    pieces: BTreeMap<ReportId, Piece>,
    mentions: BTreeMap<i64, Mention>,
    /// Suggested pairs, with odds and reasons.
    suggested: Vec<(i64, i64, f64, String)>,
    cut_off: bool,
}

impl App {
    /// The network around a report.
    pub async fn network(&self, actor: &Actor, reference: &Reference) -> Result<Network, AppError> {
        let (_, id) = self.open_report::<ViewReport>(actor, reference).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        self.network_of(&mut read.conn(), id, reader).await
    }

    pub(super) async fn network_of(
        &self,
        conn: &mut Conn<'_>,
        start: ReportId,
        reader: Reader,
    ) -> Result<Network, AppError> {
        let decided = Decided::load(conn, self.db.keys(), reader).await?;
        let gathered = self.gather(conn, start, reader, &decided).await?;
        Ok(build(gathered, &decided, start))
    }

    /// Goes from report to report along what is decided or suggested.
    async fn gather(
        &self,
        conn: &mut Conn<'_>,
        start: ReportId,
        reader: Reader,
        decided: &Decided,
    ) -> Result<Gathered, AppError> {
        let keys = self.db.keys();
        let mut all = Gathered::default();
        let mut open = VecDeque::from([start]);
        while let Some(id) = open.pop_front() {
            if all.pieces.contains_key(&id) {
                continue;
            }
            if all.pieces.len() >= MOST_REPORTS {
                all.cut_off = true;
                break;
            }
            let piece = read::piece(conn, keys, id).await?;
            let ours = read::mentions(conn, keys, id).await?;
            let takes_part =
                piece.retracted_at.is_none() && piece.intelligence_grade.as_deref() != Some("E");
            if takes_part {
                let told = (piece.clone(), ours.clone());
                let fits = self.questions(conn, &told, reader, decided, MOST_REPORTS).await?;
                for question in fits.open.iter().filter(|question| question.bits >= DRAWN) {
                    let (mine, its) = (question.ours.number, question.theirs.number);
                    all.suggested.push((mine, its, question.bits, because(question)));
                    open.push_back(question.piece.id);
                }
                let mine: BTreeSet<i64> = ours.iter().map(|m| m.number).collect();
                for link in decided.links.iter().filter(|l| l.undone.is_none()) {
                    let beyond = match (mine.contains(&link.one), mine.contains(&link.other)) {
                        (true, false) => link.other,
                        (false, true) => link.one,
                        _ => continue,
                    };
                    let found = link::mention(conn, keys, beyond, reader).await?;
                    if let (Some(found), "same") = (found, link.verdict.as_str()) {
                        open.push_back(found.report);
                    }
                }
            } else if id != start {
                continue;
            }
            all.mentions.extend(ours.into_iter().map(|m| (m.number, m)));
            all.pieces.insert(id, piece);
        }
        Ok(all)
    }
}

/// The reasons of a suggestion in a few words.
fn because(question: &Question) -> String {
    let said = |e: &crate::report::Evidence| match e.finding {
        Finding::Agrees => Some(format!("{}: {}", e.part.to_lowercase(), e.words)),
        Finding::Around if e.part == ALSO => Some(format!("also {}", e.words)),
        _ => None,
    };
    question.evidence.iter().filter_map(said).collect::<Vec<_>>().join("; ")
}

/// Whether two mentions of one kind say what cannot both be right of one person or thing.
fn clashes(one: &Mention, other: &Mention) -> bool {
    let first = |mention: &Mention| said(&mention.said).into_iter().next();
    match (first(one), first(other)) {
        (Some(one), Some(other)) => clash(&one.seen(), &other.seen()),
        _ => false,
    }
}

/// Classes of mentions that are one, decided or suggested.
struct Classes {
    of: BTreeMap<i64, i64>,
}

impl Classes {
    fn class(&self, mention: i64) -> i64 {
        self.of.get(&mention).copied().unwrap_or(mention)
    }

    fn members(&self, class: i64) -> Vec<i64> {
        self.of.iter().filter(|(_, of)| **of == class).map(|(mention, _)| *mention).collect()
    }

    fn join(&mut self, one: i64, other: i64) {
        let (one, other) = (self.class(one), self.class(other));
        let to = one.min(other);
        for of in self.of.values_mut() {
            if *of == one || *of == other {
                *of = to;
            }
        }
    }
}

/// A suggestion may not join what people keep apart, two mentions of one report, or two that clash.
fn may_join(all: &Gathered, decided: &Decided, classes: &Classes, one: i64, other: i64) -> bool {
    let (left, right) = (classes.class(one), classes.class(other));
    if left == right {
        return false;
    }
    for a in classes.members(left) {
        for b in classes.members(right) {
            let (Some(a), Some(b)) = (all.mentions.get(&a), all.mentions.get(&b)) else { continue };
            let apart = matches!(
                decided.asked(a.number, b.number),
                Asked::Decided(Verdict::NotSame | Verdict::NotSure) | Asked::KeptApart(_)
            );
            let clash = clashes(a, b);
            let described = a.said.value.trim().is_empty() || b.said.value.trim().is_empty();
            if apart || a.report == b.report || (clash && !described) {
                return false;
            }
        }
    }
    true
}

fn build(mut all: Gathered, decided: &Decided, start: ReportId) -> Network {
    let numbers: Vec<i64> = all.mentions.keys().copied().collect();
    let mut classes = Classes { of: numbers.iter().map(|n| (*n, *n)).collect() };
    let mut basis: BTreeMap<i64, Basis> = BTreeMap::new();
    for (n, one) in numbers.iter().enumerate() {
        for other in numbers.iter().skip(n + 1) {
            if decided.group(*one) == decided.group(*other) && one != other {
                classes.join(*one, *other);
            }
        }
    }
    for link in decided.links.iter().filter(|l| l.undone.is_none() && l.verdict == "same") {
        basis.entry(link.other).or_insert_with(|| Basis::Decided(link.clone()));
    }
    let mut suggested = std::mem::take(&mut all.suggested);
    suggested.retain(|(one, other, ..)| {
        all.mentions.contains_key(one) && all.mentions.contains_key(other)
    });
    suggested.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    for (one, other, bits, why) in suggested {
        if may_join(&all, decided, &classes, one, other) {
            classes.join(one, other);
            let later = one.max(other);
            let earlier = one.min(other);
            let at = if basis.contains_key(&later) { earlier } else { later };
            basis.entry(at).or_insert(Basis::Suggested(Strength::of(bits), why));
        }
    }
    let within = connected(&all, &classes, start);
    let mut pieces: Vec<Piece> =
        all.pieces.values().filter(|p| within.contains(&p.id)).cloned().collect();
    pieces.sort_by_key(|piece| (piece.day(), piece.number));
    let things = things(&all, &classes, &basis, &pieces);
    let bridge = weakest(&things, pieces.len());
    Network { pieces, things, bridge, cut_off: all.cut_off }
}

/// The reports that hang together with the first.
fn connected(all: &Gathered, classes: &Classes, start: ReportId) -> BTreeSet<ReportId> {
    let mut within = BTreeSet::from([start]);
    loop {
        let reached: BTreeSet<i64> = all
            .mentions
            .values()
            .filter(|m| within.contains(&m.report))
            .map(|m| classes.class(m.number))
            .collect();
        let before = within.len();
        let more = all.mentions.values().filter(|m| reached.contains(&classes.class(m.number)));
        within.extend(more.map(|m| m.report));
        if within.len() == before {
            return within;
        }
    }
}

fn things(
    all: &Gathered,
    classes: &Classes,
    basis: &BTreeMap<i64, Basis>,
    pieces: &[Piece],
) -> Vec<Thing> {
    let place = |id: ReportId| pieces.iter().position(|piece| piece.id == id);
    let mut ties: BTreeMap<i64, Vec<Tie>> = BTreeMap::new();
    for mention in all.mentions.values() {
        let Some(piece) = place(mention.report) else { continue };
        let basis = basis.get(&mention.number).cloned();
        ties.entry(classes.class(mention.number)).or_default().push(Tie {
            piece,
            mention: mention.clone(),
            basis,
        });
    }
    let mut things: Vec<Thing> = ties
        .into_iter()
        .filter(|(_, ties)| ties.iter().map(|t| t.piece).collect::<BTreeSet<_>>().len() >= 2)
        .filter_map(|(number, ties)| thing(number, ties))
        .collect();
    things.sort_by_key(|thing| (std::cmp::Reverse(thing.reports().len()), thing.number));
    things
}

/// A thing from its mentions.
pub(crate) fn thing(number: i64, ties: Vec<Tie>) -> Option<Thing> {
    let kind = MentionKind::from_id(&ties.first()?.mention.said.kind)?;
    let name = ties.iter().map(|t| t.mention.said.in_words()).max_by_key(|name| {
        // A whole plate or number is a better name than the part that somebody saw.
        let part = ["Not named", "starts ", "ends "].iter().any(|w| name.starts_with(w));
        (!part, name.chars().count())
    })?;
    let forms = forms(&ties);
    Some(Thing { number, kind, name, ties, forms })
}

/// The parts of a description of which different values were given.
fn forms(ties: &[Tie]) -> Vec<Forms> {
    let names = [
        ("value", "Name, plate or number"),
        ("age", "Age"),
        ("looks", "Looks"),
        ("make", "Make"),
        ("colour", "Colour"),
        ("platform", "App or website"),
        ("address", "Street, town or postcode"),
        ("child", "A child"),
    ];
    let mut forms = Vec::new();
    for (id, part) in names {
        let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for tie in ties {
            let said = tie.mention.said.parts().find(|(name, _)| *name == id);
            if let Some((_, text)) = said.filter(|(_, text)| !text.trim().is_empty()) {
                values.entry(text.trim().to_owned()).or_default().push(tie.piece);
            }
        }
        if !values.is_empty() {
            forms.push(Forms { part, values: values.into_iter().collect() });
        }
    }
    forms
}

/// The thing without which two groups of reports would stand apart; of several, the one that fewest
/// reports share.
pub(crate) fn weakest(things: &[Thing], reports: usize) -> Option<Bridge> {
    things
        .iter()
        .enumerate()
        .filter_map(|(n, thing)| {
            let first = *thing.reports().iter().next()?;
            let mut side = BTreeSet::from([first]);
            loop {
                let before = side.len();
                let rest = things.iter().enumerate().filter(|(m, _)| *m != n);
                for reports in rest.map(|(_, thing)| thing.reports()) {
                    if !reports.is_disjoint(&side) {
                        side.extend(reports);
                    }
                }
                if side.len() == before {
                    break;
                }
            }
            let sides =
                (side.len().min(reports - side.len()), side.len().max(reports - side.len()));
            (sides.0 > 0).then_some((thing, sides))
        })
        .min_by_key(|(thing, sides)| (thing.reports().len(), std::cmp::Reverse(sides.0)))
        .map(|(thing, sides)| Bridge { thing: thing.name.clone(), sides })
}

/// Mentions are numbered from 1: what a link is drawn by.
#[must_use]
pub fn thing_of(network: &Network, mention: i64) -> Option<&Thing> {
    network
        .things
        .iter()
        .find(|thing| thing.ties.iter().any(|tie| number(tie.mention.number) == number(mention)))
}
