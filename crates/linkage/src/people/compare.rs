//! Two rows side by side: the level that each field reaches.

use super::fields::FIELDS;
use super::table::{Row, Table};
use crate::column::at;
use crate::lexicon::{Likeness, WordId, one_slip};

/// The levels of one pair, with each field's context in the upper four bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Pattern(pub(crate) [u8; FIELDS]);

impl Pattern {
    pub(crate) fn level(self, field: usize) -> usize {
        usize::from(self.0.get(field).copied().unwrap_or_default() & 15)
    }

    pub(crate) fn context(self, field: usize) -> usize {
        usize::from(self.0.get(field).copied().unwrap_or_default() >> 4)
    }
}

/// Compares two rows; the same either way round.
pub(crate) fn compare(table: &Table, left: &Row, right: &Row) -> Pattern {
    let (mut given, mut surname) = names(table, left, right);
    if (given == 10 || surname == 7) && left.alias_count + right.alias_count > 0 {
        (given, surname) = with_aliases(table, left, right, given, surname);
    }
    let women = u8::from(left.sex == 1 && right.sex == 1) << 4;
    let apart = gap(left, right);
    Pattern([
        given,
        surname | women,
        birth(left.born, right.born),
        match (left.sex, right.sex) {
            (0, _) | (_, 0) => 0,
            (l, r) => 1 + u8::from(l != r),
        },
        place(table, left, right) | apart,
        number(&table.phones.values, left.phone, right.phone) | apart,
        number(&table.nhs_numbers.values, left.nhs, right.nhs),
    ])
}

fn gap(left: &Row, right: &Row) -> u8 {
    match left.seen.abs_diff(right.seen) {
        0..=365 => 0,
        366..=1460 => 1 << 4,
        _ => 2 << 4,
    }
}

fn names(table: &Table, left: &Row, right: &Row) -> (u8, u8) {
    let given = given(table, left.given, right.given);
    let surname = surname(table, left.surname, right.surname);
    if given == 10 && surname == 7 {
        let across = |a: &Row, b: &Row| {
            let (g, s) = (at(&a.given, 0), at(&b.surname, 2));
            g != 0 && s != 0 && table.lexicon.compare(g, s) <= Likeness::Near
        };
        if across(left, right) && across(right, left) {
            return (9, 0);
        }
    }
    (given, surname)
}

fn given(table: &Table, left: [WordId; 2], right: [WordId; 2]) -> u8 {
    let ([l, l_middle], [r, r_middle]) = (left, right);
    if l == 0 || r == 0 {
        return 0;
    }
    match table.lexicon.compare(l, r) {
        Likeness::Same if table.lexicon.text(l).len() == 1 => 6,
        Likeness::Same => 1,
        Likeness::Spelling => 2,
        Likeness::ShortForm => 3,
        Likeness::OneSlip => 4,
        Likeness::Near => 5,
        Likeness::Beginning => 6,
        Likeness::Different => {
            let meets = |a, b| a != 0 && b != 0 && table.lexicon.compare(a, b) <= Likeness::Near;
            if meets(l, r_middle) || meets(l_middle, r) { 8 } else { 10 }
        }
    }
}

fn surname(table: &Table, left: [WordId; 3], right: [WordId; 3]) -> u8 {
    let ([l1, l2, l], [r1, r2, r]) = (left, right);
    if l == 0 || r == 0 {
        return 0;
    }
    match table.lexicon.compare(l, r) {
        Likeness::Same => 1,
        Likeness::Spelling | Likeness::ShortForm => 2,
        Likeness::OneSlip => 3,
        Likeness::Near => 4,
        Likeness::Beginning | Likeness::Different if l2 != 0 || r2 != 0 => {
            let parts = [(l1, r1), (l1, r2), (l2, r1), (l2, r2)];
            let meets = |(a, b): (WordId, WordId)| {
                a != 0 && b != 0 && table.lexicon.compare(a, b) <= Likeness::OneSlip
            };
            if parts.into_iter().any(meets) { 5 } else { 7 }
        }
        Likeness::Beginning | Likeness::Different => 7,
    }
}

/// Lets an alias stand in for a name that differs. An alias of one word stands for the given name
/// only; one of two words may also explain another surname.
fn with_aliases(table: &Table, left: &Row, right: &Row, given: u8, surname: u8) -> (u8, u8) {
    let mut best = (given, surname);
    for (holder, other) in [(left, right), (right, left)] {
        for alias in table.aliases(holder) {
            let [first, last] = *alias;
            best = better(best, with_alias(table, [first, last], other, given, surname));
        }
    }
    for [l, _] in table.aliases(left) {
        let same = |[r, _]: &[WordId; 2]| table.lexicon.compare(*l, *r) <= Likeness::ShortForm;
        if best.0 == 10 && table.aliases(right).iter().any(same) {
            best.0 = 7;
        }
    }
    best
}

fn with_alias(table: &Table, alias: [WordId; 2], other: &Row, given: u8, surname: u8) -> (u8, u8) {
    let [first, last] = alias;
    let fits = |a, b| a != 0 && b != 0 && table.lexicon.compare(a, b) <= Likeness::Near;
    let first_fits = fits(first, at(&other.given, 0));
    let last_fits = last == 0 || fits(last, at(&other.surname, 2));
    let mut found = (given, surname);
    if given == 10 && first_fits {
        found.0 = 7;
    }
    if surname == 7 && last != 0 && last_fits && (first_fits || given != 10) {
        found.1 = 6;
    }
    found
}

fn better(left: (u8, u8), right: (u8, u8)) -> (u8, u8) {
    (left.0.min(right.0), left.1.min(right.1))
}

/// Years between births from which two people may be parent and child.
const GENERATION: u32 = 14;

fn birth(left: u32, right: u32) -> u8 {
    if left == 0 || right == 0 {
        return 0;
    }
    if left == right {
        return 1;
    }
    let parts = |day: u32| (day / 10_000, day / 100 % 100, day % 100);
    let ((ly, lm, ld), (ry, rm, rd)) = (parts(left), parts(right));
    if ly == ry && lm == rd && ld == rm {
        return 2;
    }
    if slip_of_digits(left, right) {
        return 3;
    }
    let same_parts = u8::from(ly == ry) + u8::from(lm == rm) + u8::from(ld == rd);
    if ly == ry && ((lm, ld) == (1, 1) || (rm, rd) == (1, 1)) {
        4
    } else if lm == rm && ld == rd && matches!(ly.abs_diff(ry), 1 | 10) {
        5
    } else if same_parts == 2 {
        6
    } else if ly == ry {
        7
    } else {
        8 + u8::from(ly.abs_diff(ry) > GENERATION)
    }
}

/// Whether two days of eight digits differ in one digit or by a swap of neighbours.
fn slip_of_digits(left: u32, right: u32) -> bool {
    let (mut l, mut r, mut differing) = (left, right, 0);
    let mut last: Option<(u32, u32)> = None;
    let mut adjacent_swap = false;
    for _ in 0..8 {
        let pair = (l % 10, r % 10);
        if pair.0 == pair.1 {
            last = None;
        } else {
            differing += 1;
            adjacent_swap = last == Some((pair.1, pair.0));
            last = Some(pair);
        }
        (l, r) = (l / 10, r / 10);
    }
    differing == 1 || (differing == 2 && adjacent_swap)
}

fn place(table: &Table, left: &Row, right: &Row) -> u8 {
    let postcodes = left.postcode != 0 && right.postcode != 0;
    let streets = left.street != 0 && right.street != 0;
    if !postcodes && !streets {
        return 0;
    }
    let same_street = streets && left.street == right.street;
    let same_number = left.number != 0 && left.number == right.number;
    if postcodes && left.postcode == right.postcode {
        if !streets {
            return 5;
        }
        let near = || table.lexicon.compare(left.street, right.street) <= Likeness::Near;
        return match (same_street, same_number) {
            (true, true) => 1,
            (true, false) => same_postcode_other_number(left, right),
            (false, true) if near() => 1,
            (false, true) => 4,
            (false, false) => 6,
        };
    }
    let same_address = same_street && same_number;
    if !postcodes {
        let near = || table.lexicon.compare(left.street, right.street) <= Likeness::Near;
        return if same_address || (same_number && near()) { 2 } else { 10 };
    }
    let (l, r) = (table.postcodes.value(left.postcode), table.postcodes.value(right.postcode));
    let slip = one_slip(&l.to_be_bytes(), &r.to_be_bytes());
    match (slip, same_address, streets) {
        (true, true, _) => 3,
        (false, true, _) => 7,
        (true, false, false) => 8,
        _ if l >> 24 == r >> 24 => 9,
        _ => 10,
    }
}

fn same_postcode_other_number(left: &Row, right: &Row) -> u8 {
    let (l, r) = (left.number.to_string(), right.number.to_string());
    if one_slip(l.as_bytes(), r.as_bytes()) && l.len() + r.len() > 3 { 4 } else { 6 }
}

fn number(values: &[u64], left: u32, right: u32) -> u8 {
    if left == 0 || right == 0 {
        return 0;
    }
    if left == right {
        return 1;
    }
    let value = |place: u32| values.get(place as usize).copied().unwrap_or_default();
    2 + u8::from(!slip_of_number(value(left), value(right)))
}

fn slip_of_number(left: u64, right: u64) -> bool {
    let (mut l, mut r) = (left, right);
    let mut last: Option<(u64, u64)> = None;
    let (mut differing, mut adjacent_swap) = (0, false);
    while l != 0 || r != 0 {
        let pair = (l % 10, r % 10);
        if pair.0 == pair.1 {
            last = None;
        } else {
            differing += 1;
            if differing > 2 {
                return false;
            }
            adjacent_swap = last == Some((pair.1, pair.0));
            last = Some(pair);
        }
        (l, r) = (l / 10, r / 10);
    }
    differing == 1 || (differing == 2 && adjacent_swap)
}
