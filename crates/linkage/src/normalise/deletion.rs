//! Keys that let a word with one slip find its neighbour: the word itself and the word with each
//! one letter left out. Two words one insertion, deletion, change or swap apart share such a key
//! (the symmetric deletion idea, W. Garbe, 2012).

/// The word and every form of it with one letter left out, sorted, each once. Words of fewer than
/// four letters give only themselves, because dropping a letter would make them too common.
#[must_use]
pub fn keys(word: &str) -> Vec<String> {
    let mut keys = vec![word.to_owned()];
    if word.chars().count() >= 4 {
        for (position, letter) in word.char_indices() {
            let after = position.saturating_add(letter.len_utf8());
            let before = word.get(..position).unwrap_or_default();
            keys.push(format!("{before}{}", word.get(after..).unwrap_or_default()));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
