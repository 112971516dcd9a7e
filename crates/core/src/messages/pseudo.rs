//! A made language for tests: English with accents, in brackets, and a third longer. What stands on
//! a page without brackets went past the catalogue.

use super::{Entry, PoFile};

/// Its name, BCP 47, as the Unicode locale data call it.
pub const PSEUDO: &str = "en-XA";

/// A catalogue in the made language, from the template that lists every message.
#[must_use]
pub fn pseudo(template: &PoFile) -> PoFile {
    let header = [
        ("Language", PSEUDO),
        ("X-Language-Name", "Pseudo"),
        ("X-In-Force", "yes"),
        ("X-Reviewed-By", "made from English, for tests"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ];
    let entries = template.entries.iter().map(|entry| {
        let forms = std::iter::once(&entry.id).chain(&entry.many);
        Entry { forms: forms.map(|text| made(text)).collect(), ..entry.clone() }
    });
    PoFile {
        header: header.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        entries: entries.collect(),
    }
}

/// A sentence in the made language; what is in braces stays.
fn made(text: &str) -> String {
    let mut out = String::from("⟦");
    let mut inside = false;
    for c in text.chars() {
        inside = c == '{' || (inside && c != '}');
        out.push(if inside || c == '}' { c } else { accented(c) });
    }
    // Words, so that a line can break; about a third more.
    for _ in 0..text.chars().count().div_ceil(12) {
        out.push_str(" łóñ");
    }
    out.push('⟧');
    out
}

const fn accented(c: char) -> char {
    match c {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'î',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Å',
        'C' => 'Ç',
        'E' => 'Ê',
        'I' => 'Ï',
        'N' => 'Ñ',
        'O' => 'Ø',
        'S' => 'Š',
        'U' => 'Ü',
        'W' => 'Ŵ',
        'Y' => 'Ŷ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_sentence_is_bracketed_longer_and_keeps_its_values() {
        let made = made("Shorten this to {max} characters");
        assert!(made.starts_with('⟦') && made.ends_with('⟧'), "{made}");
        assert!(made.contains("{max}"), "{made}");
        let (long, short) = (made.chars().count(), "Shorten this to {max} characters".len());
        assert!(long * 10 >= short * 13, "{made}");
    }
}
