//! The rows of which the evidence for a link is made up.
//!
//! Every row is a multiple of 1/1024 bit, so that rows add up exactly, in any order.

/// A weight in bits, put on the grid of 1/1024 bit.
pub(crate) fn on_grid(bits: f32) -> f32 {
    (bits.clamp(-4096.0, 4096.0) * 1024.0).round() / 1024.0
}

/// The ways in which two mentions agree that are told apart when a file is asked how much each way
/// is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Way {
    OneName,
    FullName,
    LooseName,
    NameBesideAnother,
    WholePlate,
    PlateHeldWidely,
    MisreadPlate,
    PartOfPlate,
    VehicleByLooks,
    WholeNumber,
    NumberHeldWidely,
    NumberWithSlip,
    PartOfNumber,
    Venue,
    VenueHeldWidely,
    VenueLoosely,
    Street,
    Mark,
    MarkHeldWidely,
}

/// How many ways there are.
pub(crate) const WAYS: usize = 19;

/// Their names in a model's document, in order.
pub(crate) const WAY_NAMES: [&str; WAYS] = [
    "one_name",
    "full_name",
    "loose_name",
    "name_beside_another",
    "whole_plate",
    "plate_held_widely",
    "misread_plate",
    "part_of_plate",
    "vehicle_by_looks",
    "whole_number",
    "number_held_widely",
    "number_with_slip",
    "part_of_number",
    "venue",
    "venue_held_widely",
    "venue_loosely",
    "street",
    "mark",
    "mark_held_widely",
];

impl Way {
    /// Whether the mentions are looked for within one area only, so that the area is no evidence
    /// of its own.
    pub(crate) fn within_area(self) -> bool {
        matches!(self, Self::Venue | Self::VenueHeldWidely | Self::VenueLoosely | Self::Street)
    }

    /// Whether the area can tell linked pairs from others. What is local by nature is of one area
    /// whoever shares it: a venue, a street, the number of a firm that everybody there calls. For
    /// these only the days tell.
    pub(crate) fn area_tells(self) -> bool {
        !self.within_area() && !self.held_widely()
    }

    /// Whether it is a whole value that is one thing almost surely, held by reports near in time.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self, Self::WholePlate | Self::WholeNumber | Self::Mark)
    }

    /// Whether it is held by reports that are spread over time as all reports are.
    pub(crate) fn held_widely(self) -> bool {
        matches!(
            self,
            Self::PlateHeldWidely
                | Self::NumberHeldWidely
                | Self::VenueHeldWidely
                | Self::MarkHeldWidely
        )
    }
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// How seldom two reports taken at random speak of one matter.
    Start,
    /// A word of a person's name.
    Name,
    /// Age.
    Age,
    /// Description of a person.
    Looks,
    /// A registration.
    Plate,
    /// Make or model.
    Make,
    /// Colour.
    Colour,
    /// A telephone number.
    Number,
    /// A handle, an e-mail address, a bank reference, an equipment or other identifying number.
    Mark,
    /// A venue's name.
    Venue,
    /// A street.
    Street,
    /// Many hold the value, so that one pair of holders says less.
    Holders,
    /// How often agreements of this kind have held in these reports.
    Experience,
    /// The areas of the two reports.
    Area,
    /// The days between the two reports.
    Days,
}

/// One row of an explanation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// What it is about.
    pub about: About,
    /// The reason in words; no value of a report is repeated.
    pub words: &'static str,
    /// Bits for (positive) or against (negative): a multiple of 1/1024.
    pub bits: f32,
    /// The mentions it is about, by their places in the report asked about and in the other one;
    /// nothing where it is about the reports as wholes.
    pub mentions: Option<(u32, u32)>,
}

/// Takes the rows of one pair of mentions as they are found.
pub(crate) trait Rows {
    fn row(&mut self, about: About, words: &'static str, bits: f32);
}

/// Only adds up.
#[derive(Debug, Default)]
pub(crate) struct Sum(pub(crate) f32);

impl Rows for Sum {
    fn row(&mut self, _: About, _: &'static str, bits: f32) {
        self.0 += on_grid(bits);
    }
}

/// Keeps the rows.
#[derive(Debug)]
pub(crate) struct Kept<'a> {
    pub(crate) rows: &'a mut Vec<Row>,
    pub(crate) mentions: (u32, u32),
}

impl Rows for Kept<'_> {
    fn row(&mut self, about: About, words: &'static str, bits: f32) {
        let bits = on_grid(bits);
        if bits != 0.0 {
            self.rows.push(Row { about, words, bits, mentions: Some(self.mentions) });
        }
    }
}
