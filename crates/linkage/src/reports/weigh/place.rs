//! Venues and streets.

use super::Scales;
use crate::lexicon::{Likeness, WordId};
use crate::reports::assumptions as assumed;
use crate::reports::common::bits;
use crate::reports::evidence::{About, Rows, Way};

/// First word, kind and area of a venue.
pub(super) type Venue = (WordId, WordId, WordId);

impl Scales<'_> {
    pub(super) fn venues(&self, left: Venue, right: Venue, rows: &mut impl Rows) -> Option<Way> {
        if left.0 == 0 || right.0 == 0 || left.2 == 0 || left.2 != right.2 {
            return None;
        }
        let words = &self.reports.lexicon;
        let first = words.compare(left.0, right.0);
        let kind = match (left.1, right.1) {
            (l, r) if l == r => Likeness::Same,
            (0, _) | (_, 0) => return None,
            (l, r) => words.compare(l, r),
        };
        let (said, share, loose) = match first.max(kind) {
            Likeness::Same => ("the same venue", assumed::VENUE_SAME, false),
            Likeness::Spelling | Likeness::OneSlip | Likeness::Near => {
                ("a venue of nearly that name", assumed::VENUE_SLIP, true)
            }
            _ => return None,
        };
        let (ours, theirs) = (self.common.venue(left), self.common.venue(right));
        rows.row(About::Venue, said, self.common.one_venue() + share.log2());
        let shared = ours.shared.max(theirs.shared);
        rows.row(About::Holders, "shared among all that name the venue", -shared);
        Some(match (ours.widely || theirs.widely, loose) {
            (true, _) => Way::VenueHeldWidely,
            (false, true) => Way::VenueLoosely,
            (false, false) => Way::Venue,
        })
    }

    pub(super) fn streets(&self, left: WordId, right: WordId, rows: &mut impl Rows) {
        if left == 0 || right == 0 {
            return;
        }
        let chance = self.common.street(left).max(self.common.street(right));
        if left == right {
            let worth = bits(chance) + assumed::STREET_RIGHT.log2();
            rows.row(About::Street, "on the same street", worth);
        } else {
            let worth = (assumed::STREET_WRONG / (1.0 - chance).max(0.1)).log2();
            rows.row(About::Street, "on another street", worth);
        }
    }
}
