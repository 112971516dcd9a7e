//! References that can be spoken over a telephone: no letter or digit that sounds or looks like
//! another, in groups of three, the last character a check on the rest.

use std::{fmt, str::FromStr};

use crate::chance::Chance;

/// Twenty-eight signs: digits and letters without 0, 1, I, O, S, U, B and V.
const ALPHABET: &[u8; 28] = b"23456789ACDEFGHJKLMNPQRTWXYZ";

/// A public reference such as `TES-7K42-9MXR`: seven random signs and a check sign.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

/// What a reference stands for; the prefix tells the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A concern.
    Concern,
    /// A child's file.
    Child,
    /// A screening.
    Screening,
    /// An intelligence report.
    Report,
}

impl Of {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Concern => "TES",
            Self::Child => "CHD",
            Self::Screening => "SCR",
            Self::Report => "INT",
        }
    }
}

impl Reference {
    /// Draws a new reference: 28^7 possibilities, so it cannot be guessed in practice; possession
    /// of it alone opens nothing.
    #[must_use]
    pub fn draw(of: Of, chance: &dyn Chance) -> Self {
        let body = signs::<7>(chance);
        Self(group(of.prefix(), &with_check(&body)))
    }

    /// The reference as shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A reference read back from the store, where it was checked on the way in.
    #[must_use]
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a typed reference was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reference: it should look like TES-7K42-9MXR")]
pub struct NotAReference;

impl FromStr for Reference {
    type Err = NotAReference;

    /// Accepts any case, spaces and hyphens, and refuses a mistyped sign by its check sign.
    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let clean: String = tidy(text);
        let (prefix, body) = clean.split_at_checked(3).ok_or(NotAReference)?;
        let all = [Of::Concern, Of::Child, Of::Screening, Of::Report];
        let known = all.iter().any(|of| of.prefix() == prefix);
        if !known || body.len() != 8 || !check_holds(body.as_bytes()) {
            return Err(NotAReference);
        }
        Ok(Self(group(prefix, body.as_bytes())))
    }
}

/// A secret code that opens a draft or follows a concern: twelve signs, 57 bits, kept only as a
/// hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Draws a new code.
    #[must_use]
    pub fn draw(chance: &dyn Chance) -> Self {
        Self(String::from_utf8_lossy(&signs::<12>(chance)).into_owned())
    }

    /// A code as someone typed it: case, spaces and hyphens do not matter.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let clean = tidy(text);
        let fits = clean.len() == 12 && clean.bytes().all(|b| ALPHABET.contains(&b));
        fits.then_some(Self(clean))
    }

    /// The signs without grouping, to be hashed.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    /// In groups of four, to be read aloud.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, sign) in self.0.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code([withheld])")
    }
}

fn tidy(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Draws signs without bias: a byte that does not fit a whole number of alphabets is drawn again.
fn signs<const N: usize>(chance: &dyn Chance) -> [u8; N] {
    let mut out = [0_u8; N];
    for sign in &mut out {
        *sign = loop {
            let mut byte = [0_u8; 1];
            chance.fill(&mut byte);
            if byte[0] < 252
                && let Some(found) = ALPHABET.get(usize::from(byte[0] % 28))
            {
                break *found;
            }
        };
    }
    out
}

/// A weighted sum modulo 29, so that one wrong or two swapped signs are noticed; the sums 27 and 28
/// share the last sign.
fn check_sign(body: &[u8]) -> u8 {
    let sum: usize = body
        .iter()
        .enumerate()
        .map(|(n, b)| (n + 2) * ALPHABET.iter().position(|a| a == b).unwrap_or(0))
        .sum();
    ALPHABET.get((sum % 29).min(27)).copied().unwrap_or(b'2')
}

fn with_check(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    all.push(check_sign(body));
    all
}

fn check_holds(all: &[u8]) -> bool {
    let Some((last, body)) = all.split_last() else { return false };
    body.iter().all(|b| ALPHABET.contains(b)) && check_sign(body) == *last
}

fn group(prefix: &str, signs: &[u8]) -> String {
    let text = String::from_utf8_lossy(signs);
    let (first, second) = text.split_at_checked(4).unwrap_or((&text, ""));
    format!("{prefix}-{first}-{second}")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);
    impl Chance for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for b in bytes {
                *b = self.0.fetch_add(37, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn a_reference_survives_being_spoken_and_typed_back() {
        let chance = Counting(3.into());
        for _ in 0..200 {
            let reference = Reference::draw(Of::Concern, &chance);
            let typed = reference.as_str().replace('-', " ").to_lowercase();
            assert_eq!(typed.parse::<Reference>(), Ok(reference));
        }
    }

    #[test]
    fn one_wrong_sign_is_noticed() {
        let chance = Counting(9.into());
        let mut missed = 0;
        let mut tried = 0;
        for _ in 0..50 {
            let reference = Reference::draw(Of::Concern, &chance).0;
            for place in 4..reference.len() - 1 {
                let mut wrong = reference.clone().into_bytes();
                if wrong[place] == b'-' {
                    continue;
                }
                wrong[place] = if wrong[place] == b'7' { b'9' } else { b'7' };
                tried += 1;
                missed += u32::from(String::from_utf8(wrong).unwrap().parse::<Reference>().is_ok());
            }
        }
        assert!(missed * 20 < tried, "{missed} of {tried} slipped through");
    }

    #[test]
    fn a_code_never_prints_itself_in_debug() {
        let code = Code::draw(&Counting(1.into()));
        assert_eq!(format!("{code:?}"), "Code([withheld])");
        assert_eq!(Code::typed(&code.to_string().to_lowercase()), Some(code));
    }
}
