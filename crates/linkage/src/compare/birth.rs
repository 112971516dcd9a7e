//! How far two dates of birth agree, when either may be known only in part.

use crate::normalise::date::PartialDate;

/// Levels of agreement of two dates of birth, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BirthLevel {
    /// The same day.
    SameDay,
    /// The same date with day and month changed about, as American and British writing differ.
    DayMonthSwapped,
    /// One digit differs, or two neighbouring digits are swapped.
    OneDigit,
    /// Year and month agree and one side does not know the day.
    SameMonth,
    /// The year agrees and one side knows no more.
    SameYear,
    /// The year agrees and one side says 1 January, which often stands for an unknown day.
    FirstOfJanuary,
    /// One side is an estimate and the years are at most two apart.
    NearYear,
    /// None of these.
    Different,
}

impl BirthLevel {
    /// The stable name of the level in documents.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SameDay => "same_day",
            Self::DayMonthSwapped => "day_month_swapped",
            Self::OneDigit => "one_digit",
            Self::SameMonth => "same_month",
            Self::SameYear => "same_year",
            Self::FirstOfJanuary => "first_of_january",
            Self::NearYear => "near_year",
            Self::Different => "different",
        }
    }
}

/// Compares two dates of birth.
#[must_use]
pub fn compare(left: PartialDate, right: PartialDate) -> BirthLevel {
    let ((ly, lm, ld), (ry, rm, rd)) = (left.parts(), right.parts());
    let estimated = left.is_approximate() || right.is_approximate();
    if let (Some(lm), Some(ld), Some(rm), Some(rd)) = (lm, ld, rm, rd) {
        return match whole((ly, lm, ld), (ry, rm, rd)) {
            BirthLevel::Different if estimated && ly.abs_diff(ry) <= 2 => BirthLevel::NearYear,
            level => level,
        };
    }
    let months_agree = lm.is_some() && lm == rm;
    let months_differ = lm.is_some() && rm.is_some() && lm != rm;
    if ly == ry && months_agree {
        BirthLevel::SameMonth
    } else if ly == ry && (!months_differ || estimated) {
        BirthLevel::SameYear
    } else if estimated && ly.abs_diff(ry) <= 2 {
        BirthLevel::NearYear
    } else {
        BirthLevel::Different
    }
}

fn whole(left: (u16, u8, u8), right: (u16, u8, u8)) -> BirthLevel {
    let ((ly, lm, ld), (ry, rm, rd)) = (left, right);
    if left == right {
        BirthLevel::SameDay
    } else if ly == ry && lm == rd && ld == rm {
        BirthLevel::DayMonthSwapped
    } else if one_digit(&digits(left), &digits(right)) {
        BirthLevel::OneDigit
    } else if ly == ry && ((lm, ld) == (1, 1) || (rm, rd) == (1, 1)) {
        BirthLevel::FirstOfJanuary
    } else {
        BirthLevel::Different
    }
}

fn digits((year, month, day): (u16, u8, u8)) -> Vec<u8> {
    format!("{year:04}{month:02}{day:02}").into_bytes()
}

fn one_digit(left: &[u8], right: &[u8]) -> bool {
    let mut differing = left.iter().zip(right).enumerate().filter(|(_, (l, r))| l != r);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => true,
        (Some((place, first)), Some((next, second)), None) => {
            next == place + 1 && first == (second.1, second.0)
        }
        _ => false,
    }
}
