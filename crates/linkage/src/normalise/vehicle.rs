//! Vehicle registrations, whole or in part.
//!
//! `?` stands for one character that was not read and `*` for any number of them. A plate is
//! never refused: the form is a hint, because foreign, trade and half-seen plates are all real.
//! Forms follow the DVLA's published number plate system.

/// A registration as it can be compared: upper case, letters, digits, `?` and `*` only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plate(String);

/// The systems a whole British plate may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlateForm {
    /// Two letters, two digits, three letters: since September 2001.
    Current,
    /// A year letter in front: 1983 to 2001.
    Prefix,
    /// A year letter behind: 1963 to 1983.
    Suffix,
    /// Letters and digits without a year.
    Dateless,
    /// Northern Ireland, with an I or Z.
    NorthernIreland,
    /// Age or identity in doubt.
    Q,
    /// Diplomatic.
    Diplomatic,
}

/// How two plates agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlateMatch {
    /// The same characters, all read.
    Same,
    /// They agree once unread characters are filled in; the number of characters read the same.
    Fits(u8),
    /// They agree if look-alike characters (0 and O, 1 and I, 5 and S, 8 and B, 2 and Z) were
    /// taken for each other; the number of characters read the same.
    LooksAlike(u8),
    /// They cannot be the same plate as written.
    Different,
}

impl Plate {
    /// Reads a plate as written; `None` when no letter, digit or `?` is left.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut kept = String::new();
        for c in text.chars() {
            match c {
                '*' if kept.ends_with('*') => {}
                '?' | '*' => kept.push(c),
                c if c.is_ascii_alphanumeric() => kept.push(c.to_ascii_uppercase()),
                _ => {}
            }
        }
        kept.bytes().any(|b| b != b'*').then_some(Self(kept))
    }

    /// The comparable characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether every character was read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.0.contains(['?', '*'])
    }

    /// Which British system it follows, if any; asked only of plates read whole.
    #[must_use]
    pub fn form(&self) -> Option<PlateForm> {
        form_of(self.0.as_bytes())
    }

    /// Compares with another plate; the same either way round.
    #[must_use]
    pub fn compare(&self, other: &Self) -> PlateMatch {
        if self == other && self.is_whole() {
            return PlateMatch::Same;
        }
        let (left, right) = (self.0.as_bytes(), other.0.as_bytes());
        if let Some(read) = align(left, right, |a, b| a == b) {
            return PlateMatch::Fits(read);
        }
        align(left, right, look_alike).map_or(PlateMatch::Different, PlateMatch::LooksAlike)
    }
}

/// Whether two characters are taken for each other on a plate.
#[must_use]
pub fn look_alike(left: u8, right: u8) -> bool {
    let class = |c: u8| match c {
        b'O' => b'0',
        b'I' => b'1',
        b'S' => b'5',
        b'B' => b'8',
        b'Z' => b'2',
        other => other,
    };
    class(left) == class(right)
}

/// Most characters read on both sides in any way of laying the two patterns over each other;
/// `None` when they cannot agree. Plates are short, so plain recursion over the wildcards will do,
/// bounded by the length of the longer.
fn align(left: &[u8], right: &[u8], same: fn(u8, u8) -> bool) -> Option<u8> {
    let mut row: Vec<Option<u8>> = vec![None; right.len() + 1];
    for (i, l) in std::iter::once(None).chain(left.iter().map(Some)).enumerate() {
        let mut next: Vec<Option<u8>> = Vec::with_capacity(row.len());
        for j in 0..=right.len() {
            let r = j.checked_sub(1).and_then(|place| right.get(place));
            let start = (i == 0 && j == 0).then_some(0);
            let before = j.checked_sub(1).and_then(|place| row.get(place).copied().flatten());
            let matched = match (l, r) {
                (Some(l), Some(r)) => before.and_then(|read| step(read, *l, *r, same)),
                _ => None,
            };
            let above = row.get(j).copied().flatten();
            let beside = next.last().copied().flatten();
            let skip_l = if l == Some(&b'*') || r == Some(&b'*') { above } else { None };
            let skip_r = if l == Some(&b'*') || r == Some(&b'*') { beside } else { None };
            next.push([start, matched, skip_l.filter(|_| i > 0), skip_r].into_iter().max()?);
        }
        row = next;
    }
    row.last().copied().flatten()
}

fn step(read: u8, left: u8, right: u8, same: fn(u8, u8) -> bool) -> Option<u8> {
    match (left, right) {
        (b'?' | b'*', _) | (_, b'?' | b'*') => Some(read),
        (l, r) if same(l, r) => Some(read.saturating_add(1)),
        _ => None,
    }
}

fn form_of(plate: &[u8]) -> Option<PlateForm> {
    let letter = |b: &u8| b.is_ascii_uppercase() && !b"IQ".contains(b);
    let year = |b: &u8| b.is_ascii_uppercase() && !b"IOQUZ".contains(b);
    let digits = |part: &[u8], most: usize| {
        (1..=most).contains(&part.len())
            && part.iter().all(u8::is_ascii_digit)
            && part.first() != Some(&b'0')
    };
    if let [a, b, c, d, tail @ ..] = plate
        && tail.len() == 3
        && [a, b].iter().all(|x| letter(x) && **x != b'Z')
        && [c, d].iter().all(|x| x.is_ascii_digit())
        && tail.iter().all(letter)
        && ![[b'0', b'0'], [b'0', b'1'], [b'5', b'0']].contains(&[*c, *d])
    {
        return Some(PlateForm::Current);
    }
    let first_digit = plate.iter().position(u8::is_ascii_digit)?;
    let (head, rest) = plate.split_at(first_digit);
    let digits_end = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
    let (number, tail) = rest.split_at(digits_end);
    if tail.iter().any(u8::is_ascii_digit) {
        return diplomatic(plate);
    }
    let all = |part: &[u8]| part.iter().all(letter);
    match (head.len(), tail.len()) {
        (1, 3) if digits(number, 3) && head == b"Q" && all(tail) => Some(PlateForm::Q),
        (1, 3) if digits(number, 3) && head.iter().all(year) && all(tail) => {
            Some(PlateForm::Prefix)
        }
        (3, 1) if digits(number, 3) && all(head) && tail.iter().all(year) => {
            Some(PlateForm::Suffix)
        }
        (2 | 3, 0) if digits(number, 4) && head.iter().any(|b| b"IZ".contains(b)) => {
            Some(PlateForm::NorthernIreland)
        }
        (1 | 2, 0) if digits(number, 4) && all(head) => Some(PlateForm::Dateless),
        (3, 0) if digits(number, 3) && all(head) => Some(PlateForm::Dateless),
        (0, 1..=2) if digits(number, 4) && all(tail) => Some(PlateForm::Dateless),
        (0, 3) if digits(number, 3) && all(tail) => Some(PlateForm::Dateless),
        _ => None,
    }
}

fn diplomatic(plate: &[u8]) -> Option<PlateForm> {
    let (country, rest) = plate.split_at_checked(3)?;
    let (kind, rank) = rest.split_first()?;
    let digits = country.iter().chain(rank).all(u8::is_ascii_digit);
    (digits && rank.len() == 3 && b"DX".contains(kind)).then_some(PlateForm::Diplomatic)
}
