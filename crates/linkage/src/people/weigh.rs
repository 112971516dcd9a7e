//! From the levels of a pair to the odds that both records are one person.

use rustc_hash::FxHashMap;

use super::compare::{Pattern, compare};
use super::fields::{CONTEXTS, FIELDS, Field, LEVELS};
use super::model::{CLASSES, Class, Model, Source, share};
use super::table::{Row, Table};
use crate::column::at;

/// What the values of a pair say beyond their levels, in bits: how much rarer than the average
/// the shared given name, surname and place are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Rarity {
    pub(crate) given: f32,
    pub(crate) surname: f32,
    pub(crate) place: f32,
    pub(crate) phone: f32,
}

/// How common values are among the records, in bits: how many halvings of all records it takes to
/// come down to the holders of a value. All bits lie on the grid of [`on_grid`].
#[derive(Debug)]
pub(crate) struct Frequencies {
    given: Vec<f32>,
    surname: Vec<f32>,
    /// Bits of a given name among the holders of a common surname, where they differ from the
    /// bits of the name among all.
    both: FxHashMap<(u32, u32), f32>,
    place: Vec<f32>,
    phone: Vec<f32>,
    /// Bits of a value that no record held when the others were counted.
    new_name: f32,
    new_place: f32,
}

/// A shared name is credited with at least this share of the records, so that one value seen once
/// cannot prove anything alone.
const LEAST_SHARE: f32 = 2e-6;
/// Records of one person that the count of a full name may hold without being a sign of a common
/// name.
const OWN_RECORDS: f32 = 8.0;
/// Surnames of fewer holders say nothing about which given names go with them.
const COMMON_SURNAME: u32 = 100;
/// Holders of a surname at which its own given names and those of all records count alike.
const EVEN: f32 = 50.0;
/// Holders from which a telephone number is a switchboard or a landline of many.
const SHARED_PHONE: f32 = 12.0;

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of records, far below 2^24 where it matters"
)]
impl Frequencies {
    pub(crate) fn of(table: &Table) -> Self {
        let records = table.len().max(1) as f32;
        let bits = |count: u32| on_grid(-(count as f32 / records).max(LEAST_SHARE).log2());
        let held: f32 = table.postcodes.counts.iter().skip(1).map(|count| *count as f32).sum();
        let squares = table.postcodes.counts.iter().skip(1).map(|count| (*count as f32).powi(2));
        let mean = squares.sum::<f32>() / held.max(1.0);
        let place = |count: &u32| on_grid((mean.max(1.0) / (*count as f32).max(1.0)).log2());
        let phone = |count: &u32| on_grid(-2.0 * (*count as f32 / SHARED_PHONE).max(1.0).log2());
        Self {
            given: table.given_counts.iter().map(|count| bits(*count)).collect(),
            surname: table.surname_counts.iter().map(|count| bits(*count)).collect(),
            both: together(table, records),
            place: table.postcodes.counts.iter().map(place).collect(),
            phone: table.phones.counts.iter().map(phone).collect(),
            new_name: bits(1),
            new_place: place(&1),
        }
    }

    pub(crate) fn rarity(&self, left: &Row, right: &Row, found: Pattern, mean: &Means) -> Rarity {
        let mut rarity = Rarity::default();
        let (given, surname) = (left.given[0], left.surname[2]);
        if found.level(1) == 1 {
            rarity.surname = self.surname(surname) - mean.surname;
        }
        match found.level(0) {
            1 => {
                let usual = self.given(given);
                let known = found.level(1) == 1 && !self.both.is_empty();
                let among = if known { self.both.get(&(given, surname)) } else { None };
                rarity.given = among.copied().unwrap_or(usual) - mean.given;
            }
            9 => {
                let turned = self.turned(left).min(self.turned(right));
                rarity.given = (turned - mean.swapped).clamp(-12.0, 6.0);
            }
            _ => {}
        }
        if left.postcode == right.postcode && left.postcode != 0 {
            rarity.place = known_or(&self.place, left.postcode, self.new_place);
        }
        if found.level(5) == 1 {
            rarity.phone = at(&self.phone, left.phone);
        }
        rarity
    }

    /// Bits of an unrelated record's having this record's names the other way round.
    fn turned(&self, row: &Row) -> f32 {
        self.given(row.surname[2]) + self.surname(row.given[0])
    }

    fn given(&self, word: u32) -> f32 {
        known_or(&self.given, word, self.new_name)
    }

    fn surname(&self, word: u32) -> f32 {
        known_or(&self.surname, word, self.new_name)
    }
}

fn known_or(column: &[f32], place: u32, new: f32) -> f32 {
    column.get(place as usize).copied().unwrap_or(new)
}

/// Given names that go with a surname more often than with others: to share both is then less
/// remarkable than the two apart.
#[expect(clippy::cast_precision_loss, reason = "counts of records")]
fn together(table: &Table, records: f32) -> FxHashMap<(u32, u32), f32> {
    let mut counts: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for row in &table.rows {
        let (given, surname) = (row.given[0], row.surname[2]);
        if given != 0 && at(&table.surname_counts, surname) >= COMMON_SURNAME {
            *counts.entry((given, surname)).or_default() += 1;
        }
    }
    let bits = |((given, surname), count): ((u32, u32), u32)| {
        let beyond = count as f32 - OWN_RECORDS;
        let alone = at(&table.given_counts, given) as f32 / records;
        let holders = at(&table.surname_counts, surname) as f32;
        let share = (beyond + EVEN * alone) / (holders + EVEN);
        (beyond > 0.0).then(|| ((given, surname), on_grid(-share.max(LEAST_SHARE).log2())))
    };
    counts.into_iter().filter_map(bits).collect()
}

/// The average chance that two unrelated records share a given name or a surname, in bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Means {
    pub(crate) given: f32,
    pub(crate) surname: f32,
    pub(crate) swapped: f32,
}

/// A model made ready: for every class the bits of every level against unrelated pairs.
#[derive(Debug)]
pub(crate) struct Weigher {
    bits: [[[[f32; LEVELS]; CONTEXTS]; FIELDS]; CLASSES],
    priors: [f32; CLASSES],
    rarity: [[f32; 4]; CLASSES],
    pub(crate) means: Means,
}

#[expect(clippy::cast_possible_truncation, reason = "weights need no more than single precision")]
impl Weigher {
    pub(crate) fn new(model: &Model) -> Self {
        let unrelated = (1.0 - model.priors.iter().sum::<f64>()).max(1e-9);
        let mut bits = [[[[0.0; LEVELS]; CONTEXTS]; FIELDS]; CLASSES];
        for (class, fields) in Class::ALL.into_iter().zip(&mut bits) {
            for ((f, field), contexts) in Field::ALL.into_iter().enumerate().zip(fields) {
                let shares = model.shares(class.source(field));
                for (context, levels) in contexts.iter_mut().enumerate() {
                    for (level, slot) in levels.iter_mut().enumerate().skip(1) {
                        let own = share(shares, f, context, level);
                        let other = share(&model.unrelated, f, context, level);
                        let known = own > 0.0 && other > 0.0;
                        *slot = if known { on_grid((own / other).log2() as f32) } else { 0.0 };
                    }
                }
            }
        }
        let counts = |class: Class, field| f32::from(class.source(field) != Source::Unrelated);
        Self {
            bits,
            priors: model.priors.map(|prior| on_grid((prior.max(1e-15) / unrelated).log2() as f32)),
            rarity: Class::ALL.map(|class| {
                [Field::Given, Field::Surname, Field::Place, Field::Phone].map(|f| counts(class, f))
            }),
            means: Means {
                given: bits_of(share(&model.unrelated, 0, 0, 1)),
                surname: bits_of(
                    share(&model.unrelated, 1, 0, 1) * 0.75
                        + share(&model.unrelated, 1, 1, 1) * 0.25,
                ),
                swapped: bits_of(share(&model.unrelated, 0, 0, 9)),
            },
        }
    }

    /// Bits of each class against unrelated, prior included.
    pub(crate) fn classes(&self, found: Pattern, rarity: Rarity) -> [f32; CLASSES] {
        std::array::from_fn(|class| self.class(class, found, rarity))
    }

    fn class(&self, class: usize, found: Pattern, rarity: Rarity) -> f32 {
        let (Some(fields), Some(counts), Some(prior)) =
            (self.bits.get(class), self.rarity.get(class), self.priors.get(class))
        else {
            return f32::MIN;
        };
        let mut sum = *prior;
        for (field, contexts) in fields.iter().enumerate() {
            let levels = contexts.get(found.context(field));
            sum += levels.and_then(|l| l.get(found.level(field))).copied().unwrap_or_default();
        }
        let [given, surname, place, phone] = *counts;
        sum += given * rarity.given + surname * rarity.surname;
        sum + place * rarity.place + phone * rarity.phone
    }

    /// Bits for one person against everything else.
    pub(crate) fn odds(&self, found: Pattern, rarity: Rarity) -> f32 {
        against(self.classes(found, rarity))
    }

    /// Bits of each class against unrelated for every field, without the prior.
    pub(crate) fn by_field(&self, found: Pattern, rarity: Rarity) -> [[f32; FIELDS]; CLASSES] {
        let mut bits = [[0.0; FIELDS]; CLASSES];
        let by_class = bits.iter_mut().zip(&self.bits).zip(&self.rarity);
        for ((slots, fields), counts) in by_class {
            for (field, (slot, contexts)) in slots.iter_mut().zip(fields).enumerate() {
                let levels = contexts.get(found.context(field));
                *slot = levels.and_then(|l| l.get(found.level(field))).copied().unwrap_or_default();
            }
            let [given, surname, _, _, place, phone, _] = slots;
            let [count_given, count_surname, count_place, count_phone] = *counts;
            *given += count_given * rarity.given;
            *surname += count_surname * rarity.surname;
            *place += count_place * rarity.place;
            *phone += count_phone * rarity.phone;
        }
        bits
    }

    pub(crate) fn priors(&self) -> [f32; CLASSES] {
        self.priors
    }

    /// The levels and the rarity of a pair.
    pub(crate) fn look(
        &self,
        table: &Table,
        frequencies: &Frequencies,
        left: u32,
        right: u32,
    ) -> (Pattern, Rarity) {
        let (l, r) = (table.row(left), table.row(right));
        let found = compare(table, &l, &r);
        (found, frequencies.rarity(&l, &r, found, &self.means))
    }

    /// The odds of a pair where they reach the floor.
    pub(crate) fn pair(
        &self,
        table: &Table,
        frequencies: &Frequencies,
        (left, right): (u32, u32),
        floor: f32,
    ) -> Option<f32> {
        let (found, rarity) = self.look(table, frequencies, left, right);
        // What else they could be only takes away, so this much is decided without it.
        if self.class(0, found, rarity) < floor {
            return None;
        }
        let odds = self.odds(found, rarity);
        (odds >= floor).then_some(odds)
    }
}

/// Bits for one person against unrelated, lessened by every other way to be alike.
pub(crate) fn against(classes: [f32; CLASSES]) -> f32 {
    let [same, others @ ..] = classes;
    let rest: f32 = others.iter().map(|bits| bits.min(120.0).exp2()).sum();
    same - cut_to_grid((1.0 + rest).log2())
}

/// Cuts a number of bits that is not negative to the grid of [`on_grid`]; quicker than rounding.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "at most a few hundred bits"
)]
fn cut_to_grid(bits: f32) -> f32 {
    (bits * 1024.0) as i32 as f32 / 1024.0
}

#[expect(clippy::cast_possible_truncation, reason = "weights need no more than single precision")]
fn bits_of(share: f64) -> f32 {
    on_grid(-share.max(1e-12).log2() as f32)
}

/// Rounds to 1/1024 bit, on which sums in single precision are exact in any order.
fn on_grid(bits: f32) -> f32 {
    (bits * 1024.0).round() / 1024.0
}
