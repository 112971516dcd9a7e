//! All records in comparable form: one short fixed row each, values held as numbers.

use rustc_hash::FxHashMap;

use crate::column::{Numbered, at};
use crate::lexicon::{Lexicon, WordId};
use crate::normalise::name::{self, WordKind};
use crate::normalise::{date, postcode};

/// One record as it came, cell by cell; an empty cell means unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawRecord<'a> {
    /// Identifier, given back unchanged.
    pub record_id: &'a str,
    /// Given names.
    pub given_name: &'a str,
    /// Surname.
    pub surname: &'a str,
    /// Other names, divided by `|`.
    pub aliases: &'a str,
    /// Date of birth.
    pub dob: &'a str,
    /// `F`, `M` or empty.
    pub sex: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// House number and street.
    pub address: &'a str,
    /// Telephone number.
    pub phone: &'a str,
    /// NHS number.
    pub nhs_number: &'a str,
    /// The day on which this was recorded.
    pub recorded_on: &'a str,
}

/// A record in comparable form, one cache line. Zero always means unknown.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(crate) struct Row {
    pub(crate) given: [WordId; 2],
    /// First part, second part, and both joined.
    pub(crate) surname: [WordId; 3],
    /// Year, month and day in decimal: 20110403.
    pub(crate) born: u32,
    pub(crate) postcode: u32,
    pub(crate) street: WordId,
    pub(crate) phone: u32,
    pub(crate) nhs: u32,
    pub(crate) aliases: u32,
    pub(crate) number: u16,
    /// Days since 1950.
    pub(crate) seen: u16,
    pub(crate) alias_count: u8,
    pub(crate) sex: u8,
}

/// The records, and what is known of their values.
#[derive(Debug, Default)]
pub struct Table {
    pub(crate) rows: Vec<Row>,
    pub(crate) lexicon: Lexicon,
    pub(crate) aliases: Vec<[WordId; 2]>,
    pub(crate) given_counts: Vec<u32>,
    pub(crate) surname_counts: Vec<u32>,
    pub(crate) postcodes: Numbered,
    pub(crate) phones: Numbered,
    pub(crate) nhs_numbers: Numbered,
    ids: String,
    id_ends: Vec<u32>,
}

impl Table {
    /// How many records it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The identifier of the record at a place; empty past the end.
    #[must_use]
    pub fn id(&self, record: u32) -> &str {
        let start = record.checked_sub(1).map_or(0, |before| at(&self.id_ends, before));
        self.ids.get(start as usize..at(&self.id_ends, record) as usize).unwrap_or_default()
    }

    /// The place of the record with an identifier, if there is one; looks at every record.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).find(|record| self.id(*record) == id)
    }

    fn count_names(&mut self) {
        self.given_counts = vec![0; self.lexicon.len()];
        self.surname_counts = vec![0; self.lexicon.len()];
        for row in &self.rows {
            if let Some(count) = self.given_counts.get_mut(row.given[0] as usize) {
                *count += 1;
            }
            if let Some(count) = self.surname_counts.get_mut(row.surname[2] as usize) {
                *count += 1;
            }
        }
    }

    pub(crate) fn row(&self, record: u32) -> Row {
        at(&self.rows, record)
    }

    pub(crate) fn aliases(&self, row: &Row) -> &[[WordId; 2]] {
        let start = row.aliases as usize;
        self.aliases.get(start..start + usize::from(row.alias_count)).unwrap_or_default()
    }
}

/// Takes records one by one and makes a [`Table`].
#[derive(Debug, Default)]
pub struct TableBuilder {
    table: Table,
    given: FxHashMap<Box<str>, [WordId; 2]>,
    surname: FxHashMap<Box<str>, [WordId; 3]>,
    street: FxHashMap<Box<str>, WordId>,
    postcodes: FxHashMap<u64, u32>,
    phones: FxHashMap<u64, u32>,
    nhs: FxHashMap<u64, u32>,
    scratch: String,
}

impl TableBuilder {
    /// Adds a record.
    pub fn push(&mut self, raw: &RawRecord<'_>) {
        self.table.ids.push_str(raw.record_id);
        self.table.id_ends.push(u32::try_from(self.table.ids.len()).unwrap_or(u32::MAX));
        let (number, street) = self.address(raw.address);
        let aliases = u32::try_from(self.table.aliases.len()).unwrap_or(u32::MAX);
        let alias_count = self.aliases(raw.aliases);
        let row = Row {
            given: self.given(raw.given_name),
            surname: self.surname(raw.surname),
            born: day_number(raw.dob),
            postcode: self
                .table
                .postcodes
                .number(&mut self.postcodes, packed_postcode(raw.postcode)),
            street,
            phone: self.table.phones.number(&mut self.phones, phone_digits(raw.phone)),
            nhs: self.table.nhs_numbers.number(&mut self.nhs, digits(raw.nhs_number)),
            aliases,
            number,
            seen: days_since_1950(day_number(raw.recorded_on)),
            alias_count,
            sex: match raw.sex.as_bytes().first() {
                Some(b'F' | b'f') => 1,
                Some(b'M' | b'm') => 2,
                _ => 0,
            },
        };
        self.table.rows.push(row);
    }

    /// The finished table.
    #[must_use]
    pub fn finish(self) -> Table {
        let mut table = self.table;
        table.count_names();
        table.lexicon.close();
        table.rows.shrink_to_fit();
        table
    }

    /// The table so far, with its names counted anew.
    pub(crate) fn so_far(&mut self) -> &Table {
        self.table.count_names();
        &self.table
    }

    /// The table as it is.
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    fn given(&mut self, text: &str) -> [WordId; 2] {
        if text.is_empty() {
            return [0, 0];
        }
        if let Some(known) = self.given.get(text) {
            return *known;
        }
        let mut ids = names_of(text).into_iter().map(|word| self.table.lexicon.number(&word));
        let known = [ids.next().unwrap_or_default(), ids.next().unwrap_or_default()];
        self.given.insert(text.into(), known);
        known
    }

    fn surname(&mut self, text: &str) -> [WordId; 3] {
        if text.is_empty() {
            return [0, 0, 0];
        }
        if let Some(known) = self.surname.get(text) {
            return *known;
        }
        let words = names_of(text);
        let joined = self.table.lexicon.number(&words.concat());
        let first = words.first().map_or(0, |word| self.table.lexicon.number(word));
        let last = words.get(1..).and_then(<[String]>::last);
        let known = [first, last.map_or(0, |word| self.table.lexicon.number(word)), joined];
        self.surname.insert(text.into(), known);
        known
    }

    fn aliases(&mut self, text: &str) -> u8 {
        let mut count = 0;
        for alias in text.split('|').filter(|alias| !alias.trim().is_empty()).take(8) {
            let words = names_of(alias);
            let Some(first) = words.first() else { continue };
            let first = self.table.lexicon.number(first);
            let last = words.get(1..).map(<[String]>::concat).unwrap_or_default();
            let last = self.table.lexicon.number(&last);
            self.table.aliases.push([first, last]);
            count += 1;
        }
        count
    }

    /// House number and street; a flat before the house is left out, because half the agencies
    /// leave it out.
    fn address(&mut self, text: &str) -> (u16, WordId) {
        let main = text.rsplit(',').next().unwrap_or_default().trim();
        let digits = main.bytes().take_while(u8::is_ascii_digit).count();
        let (number, street) = main.split_at(digits);
        let number = number.parse::<u16>().unwrap_or(0);
        if let Some(known) = self.street.get(street) {
            return (number, *known);
        }
        let folded = fold_street(street, &mut self.scratch);
        let known = self.table.lexicon.number(&folded);
        self.street.insert(street.into(), known);
        (number, known)
    }
}

fn names_of(text: &str) -> Vec<String> {
    let mut words = name::words(text);
    if words.iter().any(|word| word.kind == WordKind::Name) {
        words.retain(|word| word.kind != WordKind::Particle);
    }
    words.into_iter().map(|word| word.text).collect()
}

/// A street without case, signs and the last word's abbreviation: `MILL RD.` becomes `mill road`.
fn fold_street(street: &str, scratch: &mut String) -> String {
    scratch.clear();
    scratch.push_str(&name::fold(street));
    let words = scratch.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let (last, before) = words.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
    let mut folded = before.concat();
    folded.push_str(super::streets::whole_word(last));
    folded
}

/// A postcode's letters and digits in one number, eight bits each.
pub(crate) fn packed_postcode(text: &str) -> u64 {
    if postcode::is_no_fixed_abode(text) {
        return 0;
    }
    let kept = text.bytes().filter(u8::is_ascii_alphanumeric).take(8);
    kept.fold(0, |packed, byte| packed << 8 | u64::from(byte.to_ascii_uppercase()))
}

fn digits(text: &str) -> u64 {
    let digits = text.bytes().filter(u8::is_ascii_digit).take(18);
    digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// The national digits of a telephone number, without country code and leading zero.
fn phone_digits(text: &str) -> u64 {
    let number = digits(text);
    let international = text.starts_with("+44") || text.starts_with("0044");
    if international { number.saturating_sub(44 * 10_000_000_000) } else { number }
}

fn day_number(text: &str) -> u32 {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
        return date::parse(text).map_or(0, |date| {
            let (year, month, day) = date.parts();
            match (month, day) {
                (Some(month), Some(day)) => {
                    u32::from(year) * 10_000 + u32::from(month) * 100 + u32::from(day)
                }
                _ => 0,
            }
        });
    };
    let all = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !all.iter().all(u8::is_ascii_digit) {
        return 0;
    }
    all.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}

/// Days since 1950 with months of 31 days: good enough to tell how far apart two entries are.
fn days_since_1950(day: u32) -> u16 {
    let (year, month, day_of) = (day / 10_000, day / 100 % 100, day % 100);
    let days = year.saturating_sub(1950) * 365 + month * 30 + day_of;
    u16::try_from(days).unwrap_or(u16::MAX)
}
