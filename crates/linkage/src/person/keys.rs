//! Keys under which a store files each distinct word of the names it holds, so that a name can be
//! found although it is spelt, shortened or heard differently.

use crate::normalise::name::{Word, WordKind};
use crate::normalise::{deletion, name, nickname, sound};

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// The word itself.
    Exact,
    /// A family of short forms or spellings.
    Family,
    /// The word with one letter left out, or whole: meets words one slip away.
    Deletion,
    /// How it sounds.
    Sound,
    /// Its first letter, only for words that are one letter.
    Initial,
}

/// One key of one word. Two words may be forms of one name when they share a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenKey {
    /// What the key stands for.
    pub kind: KeyKind,
    /// The key within its kind.
    pub text: String,
}

impl TokenKey {
    /// One text for kind and key, for a store's index: `x:liam`, `f:n:robert`, `d:lam`, `s:LM`.
    #[must_use]
    pub fn code(&self) -> String {
        let mark = match self.kind {
            KeyKind::Exact => 'x',
            KeyKind::Family => 'f',
            KeyKind::Deletion => 'd',
            KeyKind::Sound => 's',
            KeyKind::Initial => 'i',
        };
        format!("{mark}:{}", self.text)
    }
}

/// The keys of all words of a name as written, sorted, each once. Joining words such as *de* give
/// no key.
#[must_use]
pub fn keys_for_tokens(text: &str) -> Vec<TokenKey> {
    let mut keys: Vec<TokenKey> = name::words(text).iter().flat_map(keys_for_token).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of one word.
#[must_use]
pub fn keys_for_token(word: &Word) -> Vec<TokenKey> {
    let key = |kind, text: &str| TokenKey { kind, text: text.to_owned() };
    match word.kind {
        WordKind::Particle => Vec::new(),
        WordKind::Initial => vec![key(KeyKind::Initial, &word.text)],
        WordKind::Name => {
            let mut keys = vec![key(KeyKind::Exact, &word.text)];
            let families = nickname::families(&word.text);
            keys.extend(families.iter().map(|family| key(KeyKind::Family, family)));
            let deletions = deletion::keys(&word.text);
            keys.extend(deletions.iter().map(|form| key(KeyKind::Deletion, form)));
            let heard = sound::key(&word.text);
            if heard.len() >= 2 {
                keys.push(key(KeyKind::Sound, &heard));
            }
            keys
        }
    }
}
