//! Reports and their mentions in comparable form.

use rustc_hash::FxHashMap;

use super::plate::Slots;
use super::venues;
use crate::lexicon::{Lexicon, WordId};
use crate::normalise::{date, name, phone};

/// One report as it came.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawReport<'a> {
    /// Identifier, given back unchanged.
    pub report_id: &'a str,
    /// The day it is about or was made.
    pub date: &'a str,
    /// The area it is about.
    pub area: &'a str,
}

/// One mention as it came.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawMention<'a> {
    /// Identifier, given back unchanged.
    pub mention_id: &'a str,
    /// The report it stands in.
    pub report_id: &'a str,
    /// `person`, `vehicle`, `phone`, `place` or `street`; others are kept but compared with nothing.
    pub kind: &'a str,
    /// The name, registration or number as written.
    pub value: &'a str,
    /// Age of a person, make of a vehicle, street of a place.
    pub attr1: &'a str,
    /// Description of a person, colour of a vehicle, area of a place or street.
    pub attr2: &'a str,
}

/// A telephone number as far as it was noted: digits without country code and leading zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Number {
    Whole(u64),
    /// First digits and how many.
    Front(u64, u8),
    /// Last digits and how many.
    Back(u64, u8),
}

/// What a mention says, in comparable form; 0 is unknown.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Feature {
    Person { words: [WordId; 3], born: u16, looks: WordId },
    Vehicle { slots: Slots, make: [WordId; 2], colour: WordId },
    Phone(Number),
    Place { first: WordId, kind: WordId, street: WordId, area: WordId },
    Street { name: WordId, area: WordId },
    Other,
}

/// A report's day (days since 1 January 0000, months taken as 31 days) and area.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Report {
    pub(crate) day: u32,
    pub(crate) area: WordId,
    pub(crate) year: u16,
    pub(crate) first: u32,
    pub(crate) end: u32,
}

/// All reports with their mentions.
#[derive(Debug, Default)]
pub struct Reports {
    pub(crate) all: Vec<Report>,
    pub(crate) mentions: Vec<(u32, Feature)>,
    pub(crate) lexicon: Lexicon,
    pub(crate) report_ids: Vec<Box<str>>,
    pub(crate) mention_ids: Vec<Box<str>>,
}

impl Reports {
    /// How many reports there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many mentions there are.
    #[must_use]
    pub fn mentions(&self) -> usize {
        self.mentions.len()
    }

    /// The identifier of a report; empty past the end.
    #[must_use]
    pub fn report_id(&self, report: u32) -> &str {
        self.report_ids.get(report as usize).map_or("", |id| id)
    }

    /// The identifier of a mention; empty past the end.
    #[must_use]
    pub fn mention_id(&self, mention: u32) -> &str {
        self.mention_ids.get(mention as usize).map_or("", |id| id)
    }

    pub(crate) fn report(&self, report: u32) -> Report {
        self.all.get(report as usize).copied().unwrap_or_default()
    }

    pub(crate) fn of(&self, report: &Report) -> &[(u32, Feature)] {
        self.mentions.get(report.first as usize..report.end as usize).unwrap_or_default()
    }
}

/// Takes reports, then mentions, and makes [`Reports`].
#[derive(Debug, Default)]
pub struct ReportsBuilder {
    made: Reports,
    places: FxHashMap<Box<str>, u32>,
}

impl ReportsBuilder {
    /// Adds a report.
    pub fn report(&mut self, raw: &RawReport<'_>) {
        let number = u32::try_from(self.made.all.len()).unwrap_or(u32::MAX);
        self.places.insert(raw.report_id.into(), number);
        self.made.report_ids.push(raw.report_id.into());
        let (year, day) = date::parse(raw.date).map_or((0, 0), |date| {
            let (year, month, day) = date.parts();
            let month = u32::from(month.unwrap_or(6));
            (year, u32::from(year) * 372 + month * 31 + u32::from(day.unwrap_or(15)))
        });
        let area = self.word(raw.area);
        self.made.all.push(Report { day, area, year, first: 0, end: 0 });
    }

    /// Adds a mention. One of an unknown report is left out; the answer says whether it was kept.
    pub fn mention(&mut self, raw: &RawMention<'_>) -> bool {
        let Some(report) = self.places.get(raw.report_id).copied() else { return false };
        let year = self.made.report(report).year;
        let feature = self.feature(raw, year);
        self.made.mentions.push((report, feature));
        self.made.mention_ids.push(raw.mention_id.into());
        true
    }

    /// The finished reports, mentions in the order of their reports.
    #[must_use]
    pub fn finish(self) -> Reports {
        let mut made = self.made;
        let ids = std::mem::take(&mut made.mention_ids);
        let mut all: Vec<_> = made.mentions.drain(..).zip(ids).collect();
        all.sort_by_key(|((report, _), _)| *report);
        (made.mentions, made.mention_ids) = all.into_iter().unzip();
        for (place, (report, feature)) in (0u32..).zip(&made.mentions) {
            let Some(of) = made.all.get_mut(*report as usize) else { continue };
            if of.end == 0 {
                of.first = place;
            }
            of.end = place + 1;
            if let (0, Feature::Place { area, .. } | Feature::Street { area, .. }) =
                (of.area, feature)
            {
                of.area = *area;
            }
        }
        made.lexicon.close();
        made
    }

    fn word(&mut self, text: &str) -> WordId {
        let folded: String = name::fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        self.made.lexicon.number(&folded)
    }

    fn feature(&mut self, raw: &RawMention<'_>, year: u16) -> Feature {
        match raw.kind {
            "person" => {
                let mut words = [0; 3];
                for (slot, word) in words.iter_mut().zip(name::words(raw.value)) {
                    *slot = self.made.lexicon.number(&word.text);
                }
                let age = raw.attr1.trim().parse::<u16>().ok().filter(|_| year > 0);
                let born = age.map_or(0, |age| year.saturating_sub(age));
                Feature::Person { words, born, looks: self.word(raw.attr2) }
            }
            "vehicle" => {
                let mut make = [0; 2];
                let mut words = raw.attr1.split_whitespace();
                if let Some(first) = words.next() {
                    make = [self.word(first), self.word(&words.collect::<String>())];
                }
                let slots = Slots::read(raw.value).unwrap_or_default();
                Feature::Vehicle { slots, make, colour: self.word(raw.attr2) }
            }
            "phone" => number(raw.value).map_or(Feature::Other, Feature::Phone),
            "place" => {
                let (first, kind) = self.venue(raw.value);
                let (street, area) = (self.word(raw.attr1), self.word(raw.attr2));
                Feature::Place { first, kind, street, area }
            }
            "street" => Feature::Street { name: self.word(raw.value), area: self.word(raw.attr2) },
            _ => Feature::Other,
        }
    }

    /// First word and kind of a venue; `the` and a possessive left out.
    fn venue(&mut self, text: &str) -> (WordId, WordId) {
        let plain = name::fold(text).replace("'s ", " ").replace("’s ", " ");
        let words: Vec<String> = plain
            .split_whitespace()
            .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
            .filter(|word| !word.is_empty() && word != "the")
            .collect();
        let Some((first, rest)) = words.split_first() else { return (0, 0) };
        let rest = rest.concat();
        let kind = self.made.lexicon.number(venues::kind(&rest));
        (self.made.lexicon.number(first), kind)
    }
}

fn number(text: &str) -> Option<Number> {
    let digits = match phone::parse(text)? {
        phone::Phone::Whole(whole) => {
            let national = whole.strip_prefix("+44").or_else(|| whole.strip_prefix('+'));
            return national.and_then(|n| n.parse().ok()).map(Number::Whole);
        }
        phone::Phone::Partial(digits) => digits,
    };
    let length = u8::try_from(digits.len()).ok().filter(|length| *length >= 3)?;
    match digits.strip_prefix('0') {
        Some(front) => Some(Number::Front(front.parse().ok()?, length - 1)),
        None => Some(Number::Back(digits.parse().ok()?, length)),
    }
}
