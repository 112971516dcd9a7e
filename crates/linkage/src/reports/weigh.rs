//! How far two mentions, and two reports, speak of the same.
//!
//! Weights are bits, log2 of how much likelier an agreement is where both speak of one person or
//! thing than where they do not (Fellegi and Sunter 1969). How much a value is worth comes from how
//! common it is in these reports; how often people and plates are noted wrongly is set by hand
//! below. Nothing agrees by being absent.

use super::common::Common;
use super::features::{Feature, Number, Report, Reports};
use crate::lexicon::{Lexicon, Likeness, WordId};

/// What two linked reports have in common is one of several things they could have in common, and
/// a name is moreover shared by many people and often only heard.
const PERSON_OCCURS: f32 = -3.0;
const VEHICLE_OCCURS: f32 = 1.0;
const PHONE_OCCURS: f32 = 0.5;
const PLACE_OCCURS: f32 = -1.0;
/// A value spread further than this (holders times years) begins to look like a hub: a station, a
/// switchboard.
const HUB_FROM: f32 = 20.0;
/// Spread this far it is one, and is worth nothing: everybody goes there, everybody calls.
const HUB_AT: f32 = 60.0;

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
    pub(crate) bits: f32,
}

impl Scales<'_> {
    /// What two reports share, strongest first, every mention used once.
    pub(crate) fn shared(&self, left: &Report, right: &Report) -> Vec<Shared> {
        let mut found = Vec::new();
        for (l, (_, ours)) in (left.first..).zip(self.reports.of(left)) {
            for (r, (_, theirs)) in (right.first..).zip(self.reports.of(right)) {
                let bits = self.mentions(ours, theirs, left, right);
                if bits > 0.0 {
                    found.push(Shared { left: l, right: r, bits });
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

    /// Bits for one pair of mentions, 0 where nothing speaks for one thing.
    fn mentions(&self, ours: &Feature, theirs: &Feature, left: &Report, right: &Report) -> f32 {
        let bits = match (*ours, *theirs) {
            (
                Feature::Person { words, born, looks },
                Feature::Person { words: words2, born: born2, looks: looks2 },
            ) => {
                let name = self.people(&words, &words2);
                name + age(born, born2) + self.looks(looks, looks2) + PERSON_OCCURS
            }
            (
                Feature::Vehicle { slots, make, colour },
                Feature::Vehicle { slots: slots2, make: make2, colour: colour2 },
            ) => match slots.compare(&slots2) {
                (_, 0 | 1) => 0.0,
                (plate, _) => {
                    let seen = self.make(make, make2) + self.colour(colour, colour2);
                    plate + seen + VEHICLE_OCCURS
                }
            },
            (Feature::Phone(ours), Feature::Phone(theirs)) => {
                self.phones(ours, theirs) + PHONE_OCCURS
            }
            (
                Feature::Place { first, kind, street, area },
                Feature::Place { first: first2, kind: kind2, street: street2, area: area2 },
            ) => {
                let area = if area == 0 { left.area } else { area };
                let area2 = if area2 == 0 { right.area } else { area2 };
                let name = self.venues((first, kind, area), (first2, kind2, area2));
                name + self.streets(street, street2) + areas_differ(area, area2) + PLACE_OCCURS
            }
            (
                Feature::Street { name, area } | Feature::Place { street: name, area, .. },
                Feature::Street { name: name2, area: area2 },
            )
            | (Feature::Street { name, area }, Feature::Place { street: name2, area: area2, .. })
                if name != 0 && name == name2 && area == area2 =>
            {
                self.common.street(name) - 4.0
            }
            _ => 0.0,
        };
        bits.max(0.0)
    }

    fn people(&self, ours: &[WordId; 3], theirs: &[WordId; 3]) -> f32 {
        let words = &self.reports.lexicon;
        let mut found: Vec<(f32, usize, usize)> = Vec::new();
        for (i, l) in ours.iter().enumerate().filter(|(_, word)| **word != 0) {
            for (j, r) in theirs.iter().enumerate().filter(|(_, word)| **word != 0) {
                let bits = self.word(words, *l, *r);
                if bits > 0.0 {
                    found.push((bits, i, j));
                }
            }
        }
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut used, mut used2, mut bits) = ([false; 3], [false; 3], 0.0);
        for (worth, i, j) in found {
            if let (Some(left), Some(right)) = (used.get_mut(i), used2.get_mut(j))
                && !*left
                && !*right
            {
                (*left, *right) = (true, true);
                bits += worth;
            }
        }
        let over = |words: &[WordId; 3], used: &[bool; 3]| {
            words.iter().zip(used).filter(|(word, used)| **word != 0 && !**used).count()
        };
        if bits == 0.0 {
            return 0.0;
        }
        let differing = over(ours, &used).min(over(theirs, &used2));
        if differing > 0 { bits - 5.0 } else { bits }
    }

    fn word(&self, words: &Lexicon, left: WordId, right: WordId) -> f32 {
        let worth = self.common.name(left).min(self.common.name(right));
        let initial = words.text(left).len().min(words.text(right).len()) == 1;
        let less = match words.compare(left, right) {
            Likeness::Same | Likeness::Beginning if initial => return 1.5,
            Likeness::Same => 0.4,
            Likeness::Spelling => 2.0,
            Likeness::ShortForm | Likeness::OneSlip => 3.0,
            Likeness::Near => 4.5,
            Likeness::Beginning => 4.0,
            Likeness::Different => return 0.0,
        };
        (worth - less).max(0.0)
    }

    fn looks(&self, left: WordId, right: WordId) -> f32 {
        match (left, right) {
            (0, _) | (_, 0) => 0.0,
            (l, r) if l == r => self.common.looks(l) - 0.5,
            _ => -1.5,
        }
    }

    fn make(&self, left: [WordId; 2], right: [WordId; 2]) -> f32 {
        let ([l1, l2], [r1, r2]) = (left, right);
        if l1 == 0 || r1 == 0 {
            return 0.0;
        }
        if left == right {
            return self.common.make(l1).max(self.common.make(l2)) - 0.3;
        }
        let meets = |a: WordId, b: WordId| a != 0 && a == b;
        if meets(l1, r1) && (l2 == 0 || r2 == 0) {
            return self.common.make(l1) - 0.8;
        }
        if (l2 == 0 && meets(l1, r2)) || (r2 == 0 && meets(l2, r1)) {
            return self.common.make(l1).max(self.common.make(r1)) - 0.8;
        }
        -4.0
    }

    fn colour(&self, left: WordId, right: WordId) -> f32 {
        match (left, right) {
            (0, _) | (_, 0) => 0.0,
            (l, r) if l == r => self.common.colour(l) - 0.3,
            (l, r) if self.mistaken(l, r) => -0.5,
            _ => -3.0,
        }
    }

    /// Colours that are taken for each other, above all at night.
    fn mistaken(&self, left: WordId, right: WordId) -> bool {
        let text = |word| self.reports.lexicon.text(word);
        let pale: [&[u8]; 3] = [b"grey", b"silver", b"white"];
        let dark: [&[u8]; 4] = [b"black", b"dark", b"blue", b"green"];
        let both = |group: &[&[u8]]| group.contains(&text(left)) && group.contains(&text(right));
        both(&pale) || both(&dark)
    }

    fn phones(&self, left: Number, right: Number) -> f32 {
        match (left, right) {
            (Number::Whole(l), Number::Whole(r)) if l == r => self.damped(25.0, l),
            (Number::Whole(l), Number::Whole(r)) if one_digit(l, r) => {
                self.damped(self.damped(15.5, l).min(15.5), r)
            }
            (Number::Whole(whole), Number::Back(part, length))
            | (Number::Back(part, length), Number::Whole(whole)) => {
                let agrees = whole % 10u64.pow(u32::from(length.min(12))) == part;
                if agrees { self.damped(f32::from(length) * 3.3, whole) } else { 0.0 }
            }
            (Number::Whole(whole), Number::Front(part, length))
            | (Number::Front(part, length), Number::Whole(whole)) => {
                let rest = 10u32.saturating_sub(u32::from(length));
                let agrees = whole / 10u64.pow(rest) == part;
                // The first two digits of a mobile number are shared by all of them.
                if agrees { self.damped((f32::from(length) - 2.0) * 3.3, whole) } else { 0.0 }
            }
            (Number::Back(l, n), Number::Back(r, m)) if l == r && n == m => f32::from(n) * 3.3,
            (Number::Front(l, n), Number::Front(r, m)) if l == r && n == m => {
                (f32::from(n) - 2.0) * 3.3
            }
            _ => 0.0,
        }
    }

    /// Full strength for a number of few holders, nothing for a hub.
    fn damped(&self, full: f32, number: u64) -> f32 {
        full * not_hub(self.common.number(number))
    }

    fn venues(&self, left: Venue, right: Venue) -> f32 {
        if left.0 == 0 || right.0 == 0 {
            return 0.0;
        }
        let words = &self.reports.lexicon;
        let first = words.compare(left.0, right.0);
        let kind = match (left.1, right.1) {
            (l, r) if l == r => Likeness::Same,
            (0, _) | (_, 0) => return 0.0,
            (l, r) => words.compare(l, r),
        };
        let ((ours, spread), (theirs, spread2)) =
            (self.common.venue(left), self.common.venue(right));
        let bits = ours.min(theirs) * not_hub(spread.max(spread2));
        match first.max(kind) {
            Likeness::Same => bits - 0.5,
            Likeness::Spelling | Likeness::OneSlip => bits.min(10.0) - 3.0,
            Likeness::Near if kind <= Likeness::OneSlip => bits.min(10.0) - 5.0,
            _ => 0.0,
        }
    }

    fn streets(&self, left: WordId, right: WordId) -> f32 {
        match (left, right) {
            (0, _) | (_, 0) => 0.0,
            (l, r) if l == r => self.common.street(l) - 0.3,
            _ => -5.0,
        }
    }
}

/// First word, kind and area of a venue.
type Venue = (WordId, WordId, WordId);

/// 1 for a value that few hold, 0 for a hub.
fn not_hub(spread: f32) -> f32 {
    ((HUB_AT - spread) / (HUB_AT - HUB_FROM)).clamp(0.0, 1.0)
}

fn areas_differ(left: WordId, right: WordId) -> f32 {
    if left == 0 || right == 0 || left == right { 0.0 } else { -5.0 }
}

fn age(left: u16, right: u16) -> f32 {
    match left.abs_diff(right) {
        _ if left == 0 || right == 0 => 0.0,
        0 | 1 => 2.2,
        2..=4 => 1.2,
        5..=7 => -2.5,
        _ => -7.0,
    }
}

/// Whether two whole numbers differ in one digit or by a swap of two neighbours.
fn one_digit(left: u64, right: u64) -> bool {
    let (left, right) = (left.to_string(), right.to_string());
    left.len() == right.len() && crate::lexicon::one_slip(left.as_bytes(), right.as_bytes())
}
