//! Whether two mentions can be one at all.

use super::evidence::{About, Rows};
use super::features::{RawMention, RawReport, ReportsBuilder};
use super::index::Seen;
use super::link::count;
use super::weigh::Scales;

/// Bits against, from which one part of two mentions is a clash and no longer a slip.
const CLASH: f32 = -2.5;

/// How many reports the two are thought to stand among.
const LARGE: u32 = 100_000;

/// The worst of the rows.
struct Worst(f32);

impl Rows for Worst {
    fn row(&mut self, _: About, _: &'static str, bits: f32) {
        self.0 = self.0.min(bits);
    }
}

/// Whether two mentions say what cannot both be right of one person or thing: names without a word
/// in common, ages far apart, another plate. How common values are does not matter here. What only
/// one of them says is no clash.
#[must_use]
pub fn clash(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    let mut builder = ReportsBuilder::default();
    for (report_id, seen) in [("1", one), ("2", other)] {
        builder.report(&RawReport { report_id, date: "2000", area: "here" });
        builder.mention(&RawMention {
            mention_id: "",
            report_id,
            kind: seen.kind,
            value: seen.value,
            attr1: seen.attr1,
            attr2: seen.attr2,
        });
    }
    let reports = builder.finish();
    // As in a large collection: of two mentions alone every value would be a common one.
    let mut common = count(&reports);
    common.part_of = LARGE;
    let scales = Scales { reports: &reports, common: &common };
    let (left, right) = (reports.report(0), reports.report(1));
    let mut worst = Worst(0.0);
    let agree = scales.first_of(&left, &right, &mut worst);
    !agree || worst.0 <= CLASH
}
