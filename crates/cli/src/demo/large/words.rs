//! The words of `content/demo/large.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    demo::{large::chance::Quick, play::told},
    failure::Failure,
};

const TEXT: &str = include_str!("../../../../../content/demo/large.yaml");

/// What names and sentences are made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    given: Vec<String>,
    surname_starts: Vec<String>,
    surname_ends: Vec<String>,
    streets: Vec<String>,
    pub(super) schools: Vec<String>,
    events: BTreeMap<String, Vec<String>>,
    concerns: Vec<String>,
}

impl Words {
    /// Reads them.
    pub(super) fn read() -> Result<Self, Failure> {
        serde_yaml_ng::from_str(TEXT)
            .map_err(|error| told(format!("content/demo/large.yaml: {error}")))
    }

    /// A given name and a surname.
    pub(super) fn name(&self, chance: &Quick) -> String {
        let part = |list: &[String]| chance.early_of(list).cloned().unwrap_or_default();
        let surname = part(&self.surname_starts) + &part(&self.surname_ends);
        format!("{} {surname}", part(&self.given))
    }

    /// An address in Marlbrook; the postcode is of the range for no fixed place.
    pub(super) fn address(&self, chance: &Quick) -> String {
        let street = chance.one_of(&self.streets).cloned().unwrap_or_default();
        let letter = |n| char::from(b'A' + u8::try_from(chance.below(n)).unwrap_or(0));
        let (house, digit) = (chance.below(180) + 1, chance.below(10));
        format!("{house} {street}, Marlbrook ZZ99 {digit}{}{}", letter(26), letter(26))
    }

    /// The kind of an event and its words.
    pub(super) fn event(&self, chance: &Quick) -> (String, String) {
        let kinds: Vec<&String> = self.events.keys().collect();
        let kind = chance.one_of(&kinds).map_or_else(String::new, |kind| (*kind).clone());
        let words = self.events.get(&kind).and_then(|all| chance.one_of(all));
        let words = words.cloned().unwrap_or_default();
        (kind, words)
    }

    /// What somebody noticed about a child.
    pub(super) fn concern(&self, name: &str, chance: &Quick) -> String {
        let first = chance.one_of(&self.concerns).cloned().unwrap_or_default();
        let second = chance.one_of(&self.concerns).cloned().unwrap_or_default();
        let given = name.split(' ').next().unwrap_or("This child");
        format!("{name} {first}. Last week we heard that {given} {second}.")
    }
}
