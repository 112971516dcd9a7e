//! Telephone numbers: whole, with one slip, or only the first or last digits.

use super::Scales;
use crate::reports::assumptions as assumed;
use crate::reports::evidence::{About, Rows, Way};
use crate::reports::features::Number;

impl Scales<'_> {
    pub(super) fn numbers(&self, left: Number, right: Number, rows: &mut impl Rows) -> Option<Way> {
        match (left, right) {
            (Number::Whole(l), Number::Whole(r)) if l == r => {
                let worth = assumed::FREE_DIGITS * assumed::DIGIT;
                rows.row(About::Number, "the same number", worth);
                let held = self.common.number(l);
                rows.row(About::Holders, "shared among all that hold the number", -held.shared);
                Some(if held.widely { Way::NumberHeldWidely } else { Way::WholeNumber })
            }
            (Number::Whole(l), Number::Whole(r)) if one_digit(l, r) => {
                // Each of eight digits could be one of nine others, or two neighbours swapped.
                let chance = (8.0f32 * 9.0 + 7.0).log2();
                let worth = assumed::FREE_DIGITS * assumed::DIGIT - chance;
                rows.row(
                    About::Number,
                    "one slip in the number",
                    worth + assumed::DIGIT_SLIP.log2(),
                );
                let (held, theirs) = (self.common.number(l), self.common.number(r));
                let shared = held.shared.max(theirs.shared);
                rows.row(About::Holders, "shared among all that hold the number", -shared);
                let widely = held.widely || theirs.widely;
                Some(if widely { Way::NumberHeldWidely } else { Way::NumberWithSlip })
            }
            (Number::Whole(whole), Number::Back(part, length))
            | (Number::Back(part, length), Number::Whole(whole))
                if whole % 10u64.pow(u32::from(length.min(12))) == part =>
            {
                rows.row(About::Number, "the last digits fit", f32::from(length) * assumed::DIGIT);
                let held = self.common.number(whole);
                rows.row(About::Holders, "shared among all that hold the number", -held.shared);
                Some(if held.widely { Way::NumberHeldWidely } else { Way::PartOfNumber })
            }
            (Number::Whole(whole), Number::Front(part, length))
            | (Number::Front(part, length), Number::Whole(whole))
                if whole / 10u64.pow(10u32.saturating_sub(u32::from(length))) == part =>
            {
                rows.row(About::Number, "the first digits fit", front(length));
                let held = self.common.number(whole);
                rows.row(About::Holders, "shared among all that hold the number", -held.shared);
                Some(if held.widely { Way::NumberHeldWidely } else { Way::PartOfNumber })
            }
            (Number::Back(l, n), Number::Back(r, m)) if l == r && n == m => {
                rows.row(About::Number, "the same last digits", f32::from(n) * assumed::DIGIT);
                Some(Way::PartOfNumber)
            }
            (Number::Front(l, n), Number::Front(r, m)) if l == r && n == m => {
                rows.row(About::Number, "the same first digits", front(n));
                Some(Way::PartOfNumber)
            }
            _ => None,
        }
    }
}

/// The first two digits of a mobile number are shared by all of them.
fn front(length: u8) -> f32 {
    f32::from(length.saturating_sub(2)) * assumed::DIGIT
}

/// Whether two whole numbers of one length differ in one digit or by a swap of two neighbours.
fn one_digit(left: u64, right: u64) -> bool {
    let (mut l, mut r, mut apart) = (left, right, 0u8);
    while l != 0 && r != 0 {
        apart += u8::from(l % 10 != r % 10);
        (l, r) = (l / 10, r / 10);
    }
    if l != r || apart > 2 {
        return false;
    }
    let (left, right) = (left.to_string(), right.to_string());
    crate::lexicon::one_slip(left.as_bytes(), right.as_bytes())
}
