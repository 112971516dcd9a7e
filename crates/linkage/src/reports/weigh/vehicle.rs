//! Vehicles: seven places of a plate, make and model, colour.

use super::Scales;
use crate::lexicon::WordId;
use crate::reports::assumptions as assumed;
use crate::reports::common::bits;
use crate::reports::evidence::{About, Rows, Way};
use crate::reports::plate::{Slots, alike};

impl Scales<'_> {
    pub(super) fn plates(&self, ours: &Slots, theirs: &Slots, rows: &mut impl Rows) -> Option<Way> {
        let (mut both, mut same, mut wrong) = (0u8, 0u8, 0u8);
        for (place, (left, right)) in ours.0.iter().zip(&theirs.0).enumerate() {
            if *left == 0 || *right == 0 {
                continue;
            }
            both += 1;
            let (l, r) =
                (self.common.character(place, *left), self.common.character(place, *right));
            if left == right {
                same += 1;
                let worth = bits(l) + assumed::CHARACTER_RIGHT.log2();
                rows.row(About::Plate, "a character of the plate is the same", worth);
            } else if alike(*left, *right) {
                // Misread one way or the other: by chance as likely as the likelier of the two.
                let worth = (assumed::CHARACTER_ALIKE / l.max(r).max(0.01)).log2();
                let words = "characters that are taken for each other";
                rows.row(About::Plate, words, worth.min(0.0));
            } else {
                wrong += 1;
                let worth = (assumed::CHARACTER_WRONG / (1.0 - l.max(r)).max(0.01)).log2();
                rows.row(About::Plate, "a character of the plate differs", worth);
            }
        }
        if both == 0 {
            // Nothing of a plate to compare: make and colour speak for themselves.
            return Some(Way::VehicleByLooks);
        }
        let misread =
            if both < assumed::ENOUGH_TO_MISREAD { 0 } else { assumed::MOST_CHARACTERS_WRONG };
        if same < 2 || wrong > misread {
            return None;
        }
        if both > same {
            return Some(Way::MisreadPlate);
        }
        let Some(whole) = ours.whole().filter(|_| both == 7) else {
            return Some(Way::PartOfPlate);
        };
        let held = self.common.plate(whole);
        rows.row(About::Holders, "shared among all that hold the plate", -held.shared);
        Some(if held.widely { Way::PlateHeldWidely } else { Way::WholePlate })
    }

    pub(super) fn makes(&self, left: [WordId; 2], right: [WordId; 2], rows: &mut impl Rows) {
        let ([l1, l2], [r1, r2]) = (left, right);
        if l1 == 0 || r1 == 0 {
            return;
        }
        let of = |words: [WordId; 2]| {
            words
                .into_iter()
                .filter(|word| *word != 0)
                .map(|word| self.common.make(word))
                .fold(1.0, f32::min)
        };
        let chance = of(left).max(of(right));
        let meets = |a: WordId, b: WordId| a != 0 && a == b;
        if left == right {
            let worth = bits(chance) + assumed::MAKE_SAME.log2();
            rows.row(About::Make, "the same make and model", worth);
        } else if (meets(l1, r1) && (l2 == 0 || r2 == 0))
            || (l2 == 0 && meets(l1, r2))
            || (r2 == 0 && meets(l2, r1))
        {
            let worth = bits(chance) + assumed::MAKE_PART.log2();
            rows.row(About::Make, "the same make or model", worth);
        } else {
            let worth = (assumed::MAKE_WRONG / (1.0 - chance).max(0.1)).log2();
            rows.row(About::Make, "another make or model", worth);
        }
    }

    pub(super) fn colours(&self, left: WordId, right: WordId, rows: &mut impl Rows) {
        if left == 0 || right == 0 {
            return;
        }
        let chance = self.common.colour(left).max(self.common.colour(right));
        if left == right {
            let worth = bits(chance) + assumed::COLOUR_SAME.log2();
            rows.row(About::Colour, "the same colour", worth);
        } else if self.mistaken(left, right) {
            let worth = (assumed::COLOUR_NEAR / chance.max(0.01)).log2();
            rows.row(About::Colour, "colours that are taken for each other", worth.min(0.0));
        } else {
            let worth = (assumed::COLOUR_WRONG / (1.0 - chance).max(0.1)).log2();
            rows.row(About::Colour, "another colour", worth);
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
}
