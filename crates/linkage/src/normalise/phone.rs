//! Telephone numbers in E.164 form (ITU-T E.164), read with British habits.

/// What a text says about a telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phone {
    /// A whole number with its country code, such as `+447700900123`.
    Whole(String),
    /// Digits that are part of a number or a short code: kept as they are.
    Partial(String),
}

/// Reads a number as written; `None` when it holds no digit.
///
/// ```
/// use tessera_linkage::normalise::phone::{Phone, parse};
/// let whole = Phone::Whole("+447700900123".into());
/// assert_eq!(parse("0044 (0)7700 900123"), Some(whole));
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Phone> {
    let text = text.trim();
    let trunk_dropped = text.replace("(0)", "");
    let digits: String = trunk_dropped.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    let international = text.starts_with('+');
    let abroad = if international { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let british = match abroad {
        Some(rest) => rest.strip_prefix("44").map(|rest| rest.trim_start_matches('0')),
        None => digits
            .strip_prefix('0')
            .or_else(|| digits.strip_prefix("44").filter(|rest| rest.len() == 10)),
    };
    if let Some(national) = british {
        let whole = matches!(national.len(), 9 | 10) && !national.starts_with('0');
        return Some(if whole {
            Phone::Whole(format!("+44{national}"))
        } else {
            Phone::Partial(digits)
        });
    }
    match abroad {
        Some(rest) if (8..=15).contains(&rest.len()) && !rest.starts_with('0') => {
            Some(Phone::Whole(format!("+{rest}")))
        }
        _ => Some(Phone::Partial(digits)),
    }
}

/// Whether fifteen digits pass the check of an IMEI (3GPP TS 23.003, Luhn sum).
#[must_use]
pub fn is_imei(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 15 || text.chars().any(|c| !c.is_ascii_digit() && c != ' ' && c != '-') {
        return false;
    }
    let doubled = digits.iter().enumerate().map(|(place, digit)| {
        let value = if place % 2 == 1 { digit * 2 } else { *digit };
        value / 10 + value % 10
    });
    doubled.sum::<u32>() % 10 == 0
}
