//! How far two mentions speak of the same.
//!
//! Weights are bits, log2 of how much likelier an agreement is where both speak of one person or
//! thing than where they do not (Fellegi and Sunter 1969). How likely an agreement is by chance
//! comes from how common the values are in these reports, how likely it is otherwise from
//! `assumptions`; what each way of agreeing is worth for the two *reports* is learnt (`learn`).
//! Nothing agrees by being absent.

mod person;
mod phone;
mod place;
mod vehicle;

use super::assumptions as assumed;
use super::common::Common;
use super::evidence::{About, Kept, Row, Rows, Sum, Way, on_grid};
use super::features::{Feature, Report, Reports};

/// Everything that comparing needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scales<'a> {
    pub(crate) reports: &'a Reports,
    pub(crate) common: &'a Common,
}

/// Two mentions that may be one thing, and by how many bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shared {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) way: Way,
    pub(crate) bits: f32,
}

impl Scales<'_> {
    /// What two reports share, strongest first, every mention used once.
    pub(crate) fn shared(&self, left: &Report, right: &Report) -> Vec<Shared> {
        self.shared_where(left, right, |_, _| true)
    }

    /// The same among the pairs of mentions that may be one, by their numbers.
    pub(crate) fn shared_where(
        &self,
        left: &Report,
        right: &Report,
        may: impl Fn(u32, u32) -> bool,
    ) -> Vec<Shared> {
        let mut found = Vec::new();
        for (l, (_, ours)) in (left.first..).zip(self.reports.of(left)) {
            for (r, (_, theirs)) in (right.first..).zip(self.reports.of(right)) {
                let mut sum = Sum::default();
                let way = self.mentions(ours, theirs, left, right, &mut sum);
                if let Some(way) = way.filter(|_| sum.0 > 0.0 && may(l, r)) {
                    found.push(Shared { left: l, right: r, way, bits: sum.0 });
                }
            }
        }
        found.sort_unstable_by(|a, b| {
            b.bits.total_cmp(&a.bits).then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        let mut kept: Vec<Shared> = Vec::with_capacity(found.len());
        for shared in found {
            if !kept.iter().any(|k| k.left == shared.left || k.right == shared.right) {
                kept.push(shared);
            }
        }
        kept
    }

    /// By how many bits a mention of one report and one of another agree, by their places.
    pub(crate) fn two(&self, left: &Report, ours: u32, right: &Report, theirs: u32) -> f32 {
        let of = |report: &Report, place: u32| self.reports.of(report).get(place as usize).copied();
        let mut sum = Sum::default();
        if let (Some((_, l)), Some((_, r))) = (of(left, ours), of(right, theirs))
            && self.mentions(&l, &r, left, right, &mut sum).is_none()
        {
            return 0.0;
        }
        sum.0
    }

    /// Whether the first mentions of two reports agree in some way, with the rows.
    pub(crate) fn first_of(&self, left: &Report, right: &Report, rows: &mut impl Rows) -> bool {
        let (ours, theirs) = (self.reports.of(left).first(), self.reports.of(right).first());
        let (Some((_, ours)), Some((_, theirs))) = (ours, theirs) else { return false };
        self.mentions(ours, theirs, left, right, rows).is_some()
    }

    /// The rows of one pair of mentions, which add up to the bits that `shared` gave it.
    pub(crate) fn explain(
        &self,
        shared: &Shared,
        left: &Report,
        right: &Report,
        rows: &mut Vec<Row>,
    ) {
        let of = |report: &Report, mention: u32| {
            let place = mention.checked_sub(report.first)?;
            self.reports.of(report).get(place as usize).map(|(_, feature)| (place, *feature))
        };
        if let (Some((l, ours)), Some((r, theirs))) =
            (of(left, shared.left), of(right, shared.right))
        {
            let mut kept = Kept { rows, mentions: (l, r) };
            self.mentions(&ours, &theirs, left, right, &mut kept);
        }
    }

    /// In which way two mentions agree, with a row for everything that speaks for or against.
    fn mentions(
        &self,
        ours: &Feature,
        theirs: &Feature,
        left: &Report,
        right: &Report,
        rows: &mut impl Rows,
    ) -> Option<Way> {
        match (*ours, *theirs) {
            (
                Feature::Person { words, born, grown, looks },
                Feature::Person { words: words2, born: born2, grown: grown2, looks: looks2 },
            ) => {
                let way = self.names(&words, &words2, rows)?;
                self.ages((born, grown), (born2, grown2), rows);
                self.looks(looks, looks2, rows);
                Some(way)
            }
            (
                Feature::Vehicle { slots, make, colour },
                Feature::Vehicle { slots: slots2, make: make2, colour: colour2 },
            ) => {
                let way = self.plates(&slots, &slots2, rows)?;
                self.makes(make, make2, rows);
                self.colours(colour, colour2, rows);
                Some(way)
            }
            (Feature::Phone(ours), Feature::Phone(theirs)) => self.numbers(ours, theirs, rows),
            (
                Feature::Place { first, kind, street, area },
                Feature::Place { first: first2, kind: kind2, street: street2, area: area2 },
            ) => {
                let area = if area == 0 { left.area } else { area };
                let area2 = if area2 == 0 { right.area } else { area2 };
                let way = self.venues((first, kind, area), (first2, kind2, area2), rows)?;
                self.streets(street, street2, rows);
                Some(way)
            }
            (
                Feature::Street { name, area } | Feature::Place { street: name, area, .. },
                Feature::Street { name: name2, area: area2 },
            )
            | (Feature::Street { name, area }, Feature::Place { street: name2, area: area2, .. })
                if name != 0 && name == name2 && area == area2 =>
            {
                let chance = self.common.street(name);
                rows.row(About::Street, "the same street", super::common::bits(chance));
                Some(Way::Street)
            }
            (Feature::Mark { kind, value }, Feature::Mark { kind: kind2, value: value2 })
                if (kind, value) == (kind2, value2) =>
            {
                let worth = assumed::MARK_DIGITS * assumed::DIGIT;
                rows.row(About::Mark, "the same handle, address or reference", worth);
                let held = self.common.mark(kind, value);
                rows.row(About::Holders, "shared among all that hold it", -held.shared);
                Some(if held.widely { Way::MarkHeldWidely } else { Way::Mark })
            }
            _ => None,
        }
    }
}

/// What all mentions shared are worth by themselves, on the grid.
pub(crate) fn total(shared: &[Shared]) -> f32 {
    on_grid(shared.iter().map(|shared| shared.bits).sum())
}
