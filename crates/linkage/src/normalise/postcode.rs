//! Postcodes of the United Kingdom, by the forms of BS 7666 with Royal Mail's letter rules.
//! A postcode that fits no form is worth a question, never a refusal: keep what was said.

/// A postcode in its usual writing, for example `SN1 2JH`; `None` when it fits no form.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    let compact = compact(text);
    if !compact.is_ascii() {
        return None;
    }
    let (outward, inward) = compact.split_at(compact.len().checked_sub(3)?);
    let known = compact == "GIR0AA" || (is_outward(outward.as_bytes()) && is_inward(inward));
    known.then(|| format!("{outward} {inward}"))
}

/// Upper case, letters and digits only: for comparing what may not be a whole postcode.
#[must_use]
pub fn compact(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

/// The part before the space: the post town's district.
#[must_use]
pub fn outward(postcode: &str) -> &str {
    postcode.split_once(' ').map_or(postcode, |(outward, _)| outward)
}

/// Whether it is the code that health records use where there is no fixed or known home.
#[must_use]
pub fn is_no_fixed_abode(text: &str) -> bool {
    compact(text) == "ZZ993VZ"
}

fn is_outward(outward: &[u8]) -> bool {
    let area = |b: u8| b.is_ascii_uppercase() && !b"QVX".contains(&b);
    let second = |b: u8| b.is_ascii_uppercase() && !b"IJZ".contains(&b);
    let digit = |b: u8| b.is_ascii_digit();
    match *outward {
        [a, d] => area(a) && digit(d),
        [a, d, e] if digit(d) => area(a) && (digit(e) || b"ABCDEFGHJKPSTUW".contains(&e)),
        [a, b, d] => area(a) && second(b) && digit(d),
        [a, b, d, e] => {
            area(a) && second(b) && digit(d) && (digit(e) || b"ABEHMNPRVWXY".contains(&e))
        }
        _ => false,
    }
}

fn is_inward(inward: &str) -> bool {
    let unit = |b: u8| b.is_ascii_uppercase() && !b"CIKMOV".contains(&b);
    matches!(*inward.as_bytes(), [d, a, b] if d.is_ascii_digit() && unit(a) && unit(b))
}
