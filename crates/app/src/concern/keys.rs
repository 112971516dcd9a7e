//! Keys that join a concern to earlier ones: numbers, plates, addresses and names in it. They
//! suggest; a person decides what belongs together.

use std::collections::BTreeMap;

use tessera_core::concern::Draft;
use tessera_linkage::{
    normalise::{name, nhs_number, phone, postcode},
    person::keys_for_tokens,
};

/// Keys with their reasons in words.
pub(super) fn of_draft(draft: &Draft) -> Vec<(String, String)> {
    let mut keys = BTreeMap::new();
    let texts = [Some(&draft.what), draft.others.as_ref(), draft.place.as_ref()];
    for text in texts.into_iter().flatten() {
        of_text(text, &mut keys);
    }
    for child in &draft.children {
        let names = [Some(&child.name), child.known_as.as_ref()];
        for text in names.into_iter().flatten() {
            of_name(text, &mut keys);
        }
        if let Some(Ok(number)) = child.nhs_number.as_deref().map(nhs_number::parse) {
            keys.insert(format!("nhs:{number}"), "the same NHS number".to_owned());
        }
        if let Some(address) = &child.address {
            of_address(address, &mut keys);
        }
    }
    keys.into_iter().collect()
}

/// A name of two words or more joins by how the words sound; one word alone says too little.
fn of_name(text: &str, keys: &mut BTreeMap<String, String>) {
    let sounds: Vec<String> = name::words(text)
        .iter()
        .map(|word| {
            let found = keys_for_tokens(&word.text).into_iter().map(|key| key.code());
            found.filter(|code| code.starts_with("s:")).min().unwrap_or_default()
        })
        .filter(|code| !code.is_empty())
        .collect();
    if sounds.len() >= 2 {
        let mut sounds = sounds;
        sounds.sort_unstable();
        let words = format!("a name that sounds like {}", name::joined(text));
        keys.insert(format!("name:{}", sounds.join("+")), words);
    }
}

/// A house number and a postcode; a postcode alone is a street and says too little.
fn of_address(text: &str, keys: &mut BTreeMap<String, String>) {
    let Some(code) = postcode_in(text) else { return };
    let house: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let at_house = !house.is_empty() && !code.replace(' ', "").contains(&house.to_uppercase());
    if at_house {
        keys.insert(
            format!("address:{}:{code}", house.to_lowercase()),
            "the same address".to_owned(),
        );
    }
}

fn postcode_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',', '\n', '.']).filter(|w| !w.is_empty()).collect();
    let mut pairs = words.windows(2).filter_map(|pair| postcode::parse(&pair.join(" ")));
    let mut alone = words.iter().filter_map(|word| postcode::parse(word));
    pairs.next_back().or_else(|| alone.next_back())
}

/// Telephone numbers and vehicle plates in free text.
fn of_text(text: &str, keys: &mut BTreeMap<String, String>) {
    for run in runs(text, |c| c.is_ascii_digit() || " +()-".contains(c)) {
        if let Some(phone::Phone::Whole(number)) = phone::parse(run)
            && run.chars().filter(char::is_ascii_digit).count() >= 10
        {
            keys.insert(format!("phone:{number}"), "the same telephone number".to_owned());
        }
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let joined = words.windows(2).map(<[&str]>::concat);
    for word in words.iter().map(|word| (*word).to_owned()).chain(joined) {
        if let Some(plate) = whole_plate(&word) {
            keys.insert(format!("plate:{plate}"), "the same number plate".to_owned());
        }
    }
}

/// Only the plate form in use since 2001 is taken from free text: the older ones look like words.
fn whole_plate(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let form = upper.as_bytes();
    let fits = form.len() == 7
        && form.iter().enumerate().all(|(n, byte)| {
            if n == 2 || n == 3 { byte.is_ascii_digit() } else { byte.is_ascii_uppercase() }
        });
    fits.then_some(upper)
}

fn runs(text: &str, keep: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !keep(c)).map(str::trim).filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use tessera_core::{codes::CodeBook, concern::RawConcern};

    use super::*;

    fn keys_of(what: &str) -> Vec<String> {
        let raw = RawConcern { what: what.into(), ..RawConcern::default() };
        let draft = raw.check(&CodeBook::builtin().unwrap()).unwrap();
        of_draft(&draft).into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn numbers_and_plates_in_a_sentence_become_keys() {
        let keys =
            keys_of("A white van AB51 ABC, the man rang from 07700 900123 twice on 3 May 2026.");
        assert_eq!(keys, ["phone:+447700900123", "plate:AB51ABC"]);
    }

    #[test]
    fn ordinary_words_are_no_keys() {
        assert!(keys_of("He waits by the station at 3pm and drives off.").is_empty());
    }

    #[test]
    fn an_address_joins_by_house_and_postcode() {
        let mut keys = BTreeMap::new();
        of_address("12 Quarry Lane, Marlbrook, ZE99 9ZZ", &mut keys);
        of_address("Quarry Lane ZE99 9ZZ", &mut keys);
        assert_eq!(keys.len(), 1);
        assert!(keys.contains_key("address:12:ZE99 9ZZ"), "{keys:?}");
    }

    #[test]
    fn the_postcode_of_those_without_a_home_joins_nobody() {
        let mut keys = BTreeMap::new();
        of_address("12 no fixed abode, ZZ99 3VZ", &mut keys);
        assert!(keys.is_empty(), "{keys:?}");
    }
}
