//! From the levels of a pair to the odds that both records are one person.

use rustc_hash::FxHashMap;

use super::column::at;
use super::compare::{Pattern, compare};
use super::fields::{CONTEXTS, FIELDS, Field, LEVELS};
use super::model::{CLASSES, Class, Model, Source, share};
use super::table::{Row, Table};

/// What the values of a pair say beyond their levels, in bits: how much rarer than the average
/// the shared given name, surname and place are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Rarity {
    pub(crate) given: f32,
    pub(crate) surname: f32,
    pub(crate) place: f32,
    pub(crate) phone: f32,
}

/// How common values are among the records.
#[derive(Debug)]
pub(crate) struct Frequencies {
    given: Vec<f32>,
    surname: Vec<f32>,
    both: FxHashMap<(u32, u32), u32>,
    place_mean: f32,
}

/// A shared name is credited with at least this share of the records, so that one value seen once
/// cannot prove anything alone.
const LEAST_SHARE: f32 = 2e-6;
/// Records of one person that the count of a full name may hold without being a sign of a common
/// name.
const OWN_RECORDS: f32 = 8.0;
/// Surnames of fewer holders say nothing about which given names go with them.
const COMMON_SURNAME: u32 = 100;
/// Holders from which a telephone number is a switchboard or a landline of many.
const SHARED_PHONE: f32 = 12.0;

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of records, far below 2^24 where it matters"
)]
impl Frequencies {
    pub(crate) fn of(table: &Table) -> Self {
        let records = table.len().max(1) as f32;
        let shares = |counts: &[u32]| counts.iter().map(|count| *count as f32 / records).collect();
        let mut both: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for row in &table.rows {
            let surname = row.surname[2];
            if row.given[0] != 0 && at(&table.surname_counts, surname) >= COMMON_SURNAME {
                *both.entry((row.given[0], surname)).or_default() += 1;
            }
        }
        both.retain(|_, count| *count as f32 > OWN_RECORDS);
        let squares: f32 =
            table.postcode_counts.iter().skip(1).map(|count| (*count as f32).powi(2)).sum();
        let held: f32 = table.postcode_counts.iter().skip(1).map(|count| *count as f32).sum();
        Self {
            given: shares(&table.given_counts),
            surname: shares(&table.surname_counts),
            both,
            place_mean: if held > 0.0 { squares / held } else { 1.0 },
        }
    }

    /// The share of records of one surname that carry the given name.
    fn given_share(&self, table: &Table, given: u32, surname: u32) -> f32 {
        let alone = at(&self.given, given);
        let holders = at(&table.surname_counts, surname) as f32;
        let together = self.both.get(&(given, surname)).copied().unwrap_or_default() as f32;
        let beyond = (together - OWN_RECORDS).max(0.0);
        if beyond == 0.0 { alone } else { (beyond + 50.0 * alone) / (holders + 50.0) }
    }

    /// The chance that an unrelated record has this record's names the other way round.
    fn turned(&self, row: &Row) -> f32 {
        at(&self.given, row.surname[2]) * at(&self.surname, row.given[0])
    }

    pub(crate) fn rarity(
        &self,
        table: &Table,
        left: &Row,
        right: &Row,
        found: Pattern,
        mean: &Means,
    ) -> Rarity {
        let mut rarity = Rarity::default();
        if found.level(1) == 1 {
            let share = at(&self.surname, left.surname[2]).max(LEAST_SHARE);
            rarity.surname = on_grid((mean.surname / share).log2());
        }
        if found.level(0) == 1 {
            let surname = if found.level(1) == 1 { left.surname[2] } else { 0 };
            let share = self.given_share(table, left.given[0], surname).max(LEAST_SHARE);
            rarity.given = on_grid((mean.given / share).log2());
        }
        if found.level(0) == 9 {
            let turned = self.turned(left).max(self.turned(right)).max(LEAST_SHARE * LEAST_SHARE);
            rarity.given = on_grid((mean.swapped / turned).log2().clamp(-12.0, 6.0));
        }
        if left.postcode == right.postcode && left.postcode != 0 {
            let holders = at(&table.postcode_counts, left.postcode) as f32;
            rarity.place = on_grid((self.place_mean / holders.max(1.0)).log2());
        }
        if found.level(5) == 1 {
            let holders = at(&table.phone_counts, left.phone) as f32;
            rarity.phone = on_grid(-(holders / SHARED_PHONE).max(1.0).log2() * 2.0);
        }
        rarity
    }
}

/// The average chance that two unrelated records share a given name or a surname.
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
                swapped: share(&model.unrelated, 0, 0, 9) as f32,
                given: share(&model.unrelated, 0, 0, 1) as f32,
                surname: ((share(&model.unrelated, 1, 0, 1) * 3.0
                    + share(&model.unrelated, 1, 1, 1))
                    / 4.0) as f32,
            },
        }
    }

    /// Bits of each class against unrelated, prior included.
    pub(crate) fn classes(&self, found: Pattern, rarity: Rarity) -> [f32; CLASSES] {
        let mut sums = self.priors;
        for ((sum, fields), counts) in sums.iter_mut().zip(&self.bits).zip(&self.rarity) {
            for (field, contexts) in fields.iter().enumerate() {
                let levels = contexts.get(found.context(field));
                *sum += levels.and_then(|l| l.get(found.level(field))).copied().unwrap_or_default();
            }
            let [given, surname, place, phone] = *counts;
            *sum += given * rarity.given + surname * rarity.surname;
            *sum += place * rarity.place + phone * rarity.phone;
        }
        sums
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

    pub(crate) fn look(
        &self,
        table: &Table,
        frequencies: &Frequencies,
        left: u32,
        right: u32,
    ) -> (Pattern, Rarity) {
        let (l, r) = (table.row(left), table.row(right));
        let found = compare(table, &l, &r);
        (found, frequencies.rarity(table, &l, &r, found, &self.means))
    }

    pub(crate) fn pair(
        &self,
        table: &Table,
        frequencies: &Frequencies,
        left: u32,
        right: u32,
    ) -> f32 {
        let (l, r) = (table.row(left), table.row(right));
        let found = compare(table, &l, &r);
        self.odds(found, frequencies.rarity(table, &l, &r, found, &self.means))
    }
}

/// Bits for one person against unrelated, lessened by every other way to be alike.
pub(crate) fn against(classes: [f32; CLASSES]) -> f32 {
    let [same, others @ ..] = classes;
    let rest: f32 = others.iter().map(|bits| bits.min(120.0).exp2()).sum();
    same - on_grid((1.0 + rest).log2())
}

/// Rounds to 1/1024 bit, on which sums in single precision are exact in any order.
fn on_grid(bits: f32) -> f32 {
    (bits * 1024.0).round() / 1024.0
}
