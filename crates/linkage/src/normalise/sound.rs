//! A key for names that sound alike in English, so that a name heard can find a name written.
//!
//! Consonants are reduced to classes after the digraphs of English spelling have been read
//! (`ph` as `f`, silent `gh`, soft `c` before `e`, `i`, `y`), vowels count only at the start.
//! The idea is that of Russell's Soundex (US patent 1,261,167) and of Philips' Metaphone (1990);
//! the rules here are our own and shorter, because the key only proposes and never decides.

/// The sound key of one folded word; empty when the word holds no Latin letter.
///
/// ```
/// use tessera_linkage::normalise::sound;
/// assert_eq!(sound::key("philips"), sound::key("fillips"));
/// assert_ne!(sound::key("marlow"), sound::key("barlow"));
/// ```
#[must_use]
pub fn key(word: &str) -> String {
    let letters: Vec<u8> = word.bytes().filter(u8::is_ascii_lowercase).collect();
    let mut key = String::with_capacity(letters.len());
    let mut rest = silent_start(&letters);
    let mut first = true;
    while !rest.is_empty() {
        let (sound, used) = next_sound(rest, first);
        if let Some(sound) = sound
            && (first || !key.ends_with(sound))
        {
            key.push(sound);
        }
        first = false;
        rest = rest.get(used..).unwrap_or_default();
    }
    key
}

fn silent_start(letters: &[u8]) -> &[u8] {
    match letters {
        [b'k' | b'g' | b'p', b'n', ..] | [b'w', b'r', ..] | [b'p', b's', ..] => {
            letters.get(1..).unwrap_or_default()
        }
        _ => letters,
    }
}

fn next_sound(rest: &[u8], first: bool) -> (Option<char>, usize) {
    match rest {
        [b's' | b't', b'c', b'h', ..] => (Some('X'), 3),
        [b'p', b'h', ..] => (Some('F'), 2),
        [b'g', b'h', ..] if first => (Some('K'), 2),
        [b'g', b'h', ..] => (None, 2),
        [b'c' | b's', b'h', ..] => (Some('X'), 2),
        [b't', b'h', ..] => (Some('T'), 2),
        [b'k', b'h', ..] | [b'c', b'k', ..] | [b'q', b'u', ..] => (Some('K'), 2),
        [b'd', b'g', b'e' | b'i' | b'y', ..] => (Some('J'), 2),
        [b'm', b'b'] => (Some('M'), 2),
        [b'c', b'e' | b'i' | b'y', ..] => (Some('S'), 1),
        [b'a' | b'e' | b'i' | b'o' | b'u' | b'y', ..] if first => (Some('A'), 1),
        [letter, ..] => (single(*letter, first), 1),
        [] => (None, 1),
    }
}

fn single(letter: u8, first: bool) -> Option<char> {
    Some(match letter {
        b'b' => 'B',
        b'p' => 'P',
        b'f' | b'v' => 'F',
        b'c' | b'k' | b'q' | b'g' | b'x' => 'K',
        b's' | b'z' => 'S',
        b'd' | b't' => 'T',
        b'j' => 'J',
        b'l' => 'L',
        b'm' => 'M',
        b'n' => 'N',
        b'r' => 'R',
        b'w' | b'h' if first => 'H',
        _ => return None,
    })
}
