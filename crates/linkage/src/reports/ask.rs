//! Asking an index of reports: which earlier ones fit one report, and why.

use super::evidence::{About, Row};
use super::features::Report;
use super::index::{Piece, ReportIndex};
use super::network::LARGEST;
use super::weigh::{Scales, Shared};
use crate::decisions::Verdict;
use crate::forest::Forest;

/// How to ask.
pub struct Asking<'a> {
    /// The least odds, in bits: 0 is even odds, 3 is eight to one.
    pub least: f32,
    /// No more than so many are given.
    pub most: usize,
    /// Which reports may be found: those that whoever asks may see.
    pub may: &'a dyn Fn(u128) -> bool,
    /// What people have decided about the report asked about and another one.
    pub decided: &'a dyn Fn(u128) -> Option<Verdict>,
    /// What people have decided about a mention of the report asked about, by its place, and one
    /// of another report. Mentions that are not the same link nothing.
    pub mentions: &'a dyn Fn(u32, (u128, u32)) -> Option<Verdict>,
}

impl std::fmt::Debug for Asking<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asking")
            .field("least", &self.least)
            .field("most", &self.most)
            .finish_non_exhaustive()
    }
}

impl Default for Asking<'_> {
    /// Even odds, ten at most, all may be seen and nothing is decided.
    fn default() -> Self {
        Self { least: 0.0, most: 10, may: &|_| true, decided: &|_| None, mentions: &|_, _| None }
    }
}

/// An earlier report that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its number.
    pub key: u128,
    /// Odds in bits that both speak of one matter: exactly the sum of the rows.
    pub odds: f32,
    /// Why, in rows.
    pub rows: Vec<Row>,
    /// Mentions that agree, by their places in the report asked about and in this one.
    pub shared: Vec<(u32, u32)>,
    /// What people have decided: `Same` whatever the odds, or `NotSure`; those that are `NotSame`
    /// are not found.
    pub decided: Option<Verdict>,
}

impl Found {
    /// The probability that both speak of one matter.
    #[must_use]
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.odds)).exp2())
    }
}

/// A person or thing that earlier reports speak of and that a mention may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// The place of the mention in the report asked about.
    pub mention: u32,
    /// Where it is mentioned: reports by number, with the place of the mention in each.
    pub mentioned: Vec<(u128, u32)>,
    /// The best odds, in bits, of any of those reports.
    pub odds: f32,
}

/// A report that fits, before it is explained.
struct Fit {
    decided: Option<Verdict>,
    odds: f32,
    theirs: u128,
    other: u32,
    shared: Vec<Shared>,
}

impl ReportIndex {
    /// The other reports that fit a report, strongest first; those that people have decided to be
    /// of one matter come before all others.
    #[must_use]
    pub fn similar(&self, key: u128, asking: &Asking<'_>) -> Vec<Found> {
        let Some(number) = self.numbers.get(&key).copied() else { return Vec::new() };
        let report = self.reports.report(number);
        let others = self.sharing(&report, asking.may);
        let mut fits: Vec<Fit> = Vec::new();
        for other in others.into_iter().filter(|other| *other != number) {
            let Some(theirs) = self.keys.get(other as usize).copied() else { continue };
            let fit = self.weigh((key, &report), (theirs, &self.reports.report(other)), &|l, r| {
                (asking.mentions)(l, (theirs, r)) != Some(Verdict::NotSame)
            });
            let Some((odds, shared)) = fit else { continue };
            if !(asking.may)(theirs) {
                continue;
            }
            let decided = (asking.decided)(theirs);
            let kept = match decided {
                Some(Verdict::Same) => true,
                Some(Verdict::NotSame) => false,
                Some(Verdict::NotSure) | None => odds >= asking.least,
            };
            if kept {
                fits.push(Fit { decided, odds, theirs, other, shared });
            }
        }
        fits.sort_unstable_by(|a, b| {
            let first = |fit: &Fit| fit.decided != Some(Verdict::Same);
            first(a).cmp(&first(b)).then(b.odds.total_cmp(&a.odds)).then(a.theirs.cmp(&b.theirs))
        });
        fits.truncate(asking.most);
        let explained = fits.into_iter().map(|fit| {
            let other = self.reports.report(fit.other);
            let (rows, shared) = self.explain((key, &report), (fit.theirs, &other), &fit.shared);
            Found { key: fit.theirs, odds: fit.odds, rows, shared, decided: fit.decided }
        });
        explained.collect()
    }

    /// Why two reports fit or do not; nothing when either is not there.
    #[must_use]
    pub fn why(&self, one: u128, other: u128) -> Option<Found> {
        let of = |key: u128| Some(self.reports.report(*self.numbers.get(&key)?));
        let (left, right) = (of(one)?, of(other)?);
        let fit = self.weigh((one, &left), (other, &right), &|_, _| true);
        let (odds, shared) = fit.unwrap_or_else(|| {
            let setting = &self.model.setting;
            let odds = self.model.prior(self.counted())
                + setting.area(&self.common, &left, &right)
                + setting.days(&left, &right);
            (odds, Vec::new())
        });
        let (rows, shared) = self.explain((one, &left), (other, &right), &shared);
        Some(Found { key: other, odds, rows, shared, decided: None })
    }

    /// Asks about a report that is not to be kept: it is added, asked about and taken out.
    pub fn ask(&mut self, piece: &Piece<'_>, asking: &Asking<'_>) -> Vec<Found> {
        if self.contains(piece.key) {
            return self.similar(piece.key, asking);
        }
        self.add(piece);
        let found = self.similar(piece.key, asking);
        self.remove(piece.key);
        found
    }

    /// The odds of two reports and what they share. Which is the left one is decided by number, so
    /// that the answer is the same whichever is asked about.
    fn weigh(
        &self,
        (one, ours): (u128, &Report),
        (other, theirs): (u128, &Report),
        may: &dyn Fn(u32, u32) -> bool,
    ) -> Option<(f32, Vec<Shared>)> {
        let turned = one > other;
        let (left, right) = if turned { (theirs, ours) } else { (ours, theirs) };
        let scales = Scales { reports: &self.reports, common: &self.common };
        let shared = scales.shared_where(left, right, |l, r| {
            let (l, r) = (l.saturating_sub(left.first), r.saturating_sub(right.first));
            if turned { may(r, l) } else { may(l, r) }
        });
        if shared.is_empty() {
            return None;
        }
        let worth: f32 =
            shared.iter().map(|shared| self.model.worth(shared.way, shared.bits)).sum();
        let setting = &self.model.setting;
        let odds = self.model.prior(self.counted())
            + worth
            + setting.area(&self.common, left, right)
            + setting.days(left, right);
        Some((odds, shared))
    }

    /// The rows, whose bits add up exactly to the odds, and the mentions that agree.
    fn explain(
        &self,
        (one, ours): (u128, &Report),
        (other, theirs): (u128, &Report),
        shared: &[Shared],
    ) -> (Vec<Row>, Vec<(u32, u32)>) {
        let turned = one > other;
        let (left, right) = if turned { (theirs, ours) } else { (ours, theirs) };
        let whole = |about, words, bits| Row { about, words, bits, mentions: None };
        let start = self.model.prior(self.counted());
        let mut rows = vec![whole(About::Start, "how seldom two reports are of one matter", start)];
        let scales = Scales { reports: &self.reports, common: &self.common };
        let mut places = Vec::new();
        for shared in shared {
            let at =
                (shared.left.saturating_sub(left.first), shared.right.saturating_sub(right.first));
            let from = rows.len();
            scales.explain(shared, left, right, &mut rows);
            rows.push(Row {
                about: About::Experience,
                words: "how often such agreements have held",
                bits: self.model.worth(shared.way, shared.bits) - shared.bits,
                mentions: Some(at),
            });
            let at = if turned { (at.1, at.0) } else { at };
            for row in rows.iter_mut().skip(from) {
                row.mentions = Some(at);
            }
            places.push(at);
        }
        let setting = &self.model.setting;
        let area = setting.area(&self.common, left, right);
        let words = if left.area == right.area { "of one area" } else { "of different areas" };
        rows.push(whole(About::Area, words, area));
        let words = "how such reports lie apart in time";
        rows.push(whole(About::Days, words, setting.days(left, right)));
        rows.retain(|row| row.bits != 0.0);
        (rows, places)
    }

    /// The people and things of which earlier reports speak that the mentions of a report may be,
    /// by mention, strongest first.
    #[must_use]
    pub fn things(&self, found: &[Found]) -> Vec<Thing> {
        #[expect(clippy::cast_precision_loss, reason = "one hundred")]
        let among = (LARGEST as f32).log2();
        let mut met: Vec<(u32, f32, u128, u32)> = Vec::new();
        for found in found {
            met.extend(
                found.shared.iter().map(|(ours, theirs)| (*ours, found.odds, found.key, *theirs)),
            );
        }
        let mut forest = Forest::new(met.len());
        for (place, one) in (0u32..).zip(&met) {
            for (before, other) in (0u32..).zip(met.iter().take(place as usize)) {
                if one.0 == other.0 && self.agree((one.2, one.3), (other.2, other.3)) > among {
                    forest.join(before, place);
                }
            }
        }
        let mut things: Vec<(u32, Thing)> = Vec::new();
        for (place, (mention, odds, key, theirs)) in (0u32..).zip(met) {
            let root = forest.root(place);
            match things.iter_mut().find(|(of, _)| *of == root) {
                Some((_, thing)) => {
                    thing.odds = thing.odds.max(odds);
                    thing.mentioned.push((key, theirs));
                }
                None => {
                    things.push((root, Thing { mention, mentioned: vec![(key, theirs)], odds }));
                }
            }
        }
        let mut things: Vec<Thing> = things.into_iter().map(|(_, thing)| thing).collect();
        for thing in &mut things {
            thing.mentioned.sort_unstable();
        }
        things.sort_by(|a, b| {
            a.mention
                .cmp(&b.mention)
                .then(b.odds.total_cmp(&a.odds))
                .then_with(|| a.mentioned.cmp(&b.mentioned))
        });
        things
    }

    /// By how many bits two mentions of two reports agree.
    fn agree(&self, (one, ours): (u128, u32), (other, theirs): (u128, u32)) -> f32 {
        let of = |key: u128| self.numbers.get(&key).map(|number| self.reports.report(*number));
        let (Some(left), Some(right)) = (of(one), of(other)) else { return 0.0 };
        let scales = Scales { reports: &self.reports, common: &self.common };
        scales.two(&left, ours, &right, theirs)
    }
}
