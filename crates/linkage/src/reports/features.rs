//! Reports and their mentions in comparable form.

use rustc_hash::FxHashMap;

use super::plate::Slots;
use super::read::{read_mention, read_report};
use crate::lexicon::{Lexicon, WordId};

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
    /// `person`, `vehicle`, `phone`, `place`, `street`, `handle`, `email`, `bank`, `imei`,
    /// `nhs_number` or `upn`; others are kept but compared with nothing.
    pub kind: &'a str,
    /// The name, registration or number as written.
    pub value: &'a str,
    /// Age of a person (or `child` or `adult`), make of a vehicle, street of a place.
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

/// What kind of thing a mark is: a value that is shared whole or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum MarkKind {
    Handle,
    Email,
    Bank,
    Imei,
    NhsNumber,
    Upn,
}

/// Whether a person was noted as a child or an adult, where no age was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Grown {
    #[default]
    Unknown,
    Child,
    Adult,
}

/// What a mention says, in comparable form; 0 is unknown.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Feature {
    Person { words: [WordId; 3], born: u16, grown: Grown, looks: [WordId; 3] },
    Vehicle { slots: Slots, make: [WordId; 2], colour: WordId },
    Phone(Number),
    Place { first: WordId, kind: WordId, street: WordId, area: WordId },
    Street { name: WordId, area: WordId },
    Mark { kind: MarkKind, value: WordId },
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

impl Report {
    /// A report without an area is taken to be of the area of its first place.
    pub(crate) fn learn_area(&mut self, feature: &Feature) {
        if let (0, Feature::Place { area, .. } | Feature::Street { area, .. }) =
            (self.area, feature)
        {
            self.area = *area;
        }
    }
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

    /// The number of the report with an identifier, if there is one; looks at every report.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let place = self.report_ids.iter().position(|report| **report == *id)?;
        u32::try_from(place).ok()
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
        self.made.all.push(read_report(&mut self.made.lexicon, raw.date, raw.area));
    }

    /// Adds a mention. One of an unknown report is left out; the answer says whether it was kept.
    pub fn mention(&mut self, raw: &RawMention<'_>) -> bool {
        let Some(report) = self.places.get(raw.report_id).copied() else { return false };
        let year = self.made.report(report).year;
        let feature = read_mention(&mut self.made.lexicon, raw, year);
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
            of.learn_area(feature);
        }
        made.lexicon.close();
        made
    }
}
