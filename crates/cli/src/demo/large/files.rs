//! 200,000 children's files with a million events.

use std::collections::{BTreeSet, HashSet};

use tessera_core::{
    chance::Draw,
    reference::{Of, Reference},
    time::{SignedDuration, Timestamp, day_in_london},
};
use tessera_linkage::{normalise::name, person::keys_for_token};
use tessera_store::{
    Tx,
    bulk::{Access, Bearer, Child, Event, Fact, Involvement, NameKey, Number, Token},
};
use uuid::Uuid;

use super::{Rows, Writing, write_all};
use crate::demo::large::{chance::Quick, people::Partnership, words::Words};

/// Events of a file: from none to twice this, so this many on average.
const EVENTS: u32 = 5;
/// Files go back this many days.
const DAYS: u32 = 5 * 365;
/// One file in so many is restricted to named people.
const RESTRICTED: u32 = 100;
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// A child, as far as concerns need one.
pub(super) struct Known {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) school: String,
}

/// Makes files up.
pub(super) struct Files<'a> {
    words: &'a Words,
    partnership: &'a Partnership,
    now: Timestamp,
    references: HashSet<String>,
    tokens: BTreeSet<String>,
    known: Vec<Known>,
}

/// Rows of files.
#[derive(Default)]
pub(super) struct FileRows {
    children: Vec<Child>,
    facts: Vec<Fact>,
    events: Vec<Event>,
    involvements: Vec<Involvement>,
    access: Vec<Access>,
    numbers: Vec<Number>,
    tokens: Vec<Token>,
    keys: Vec<NameKey>,
    bearers: Vec<Bearer>,
}

impl<'a> Files<'a> {
    /// A maker.
    pub(super) fn new(words: &'a Words, partnership: &'a Partnership, now: Timestamp) -> Self {
        let (references, tokens) = (HashSet::new(), BTreeSet::new());
        Self { words, partnership, now, references, tokens, known: Vec::new() }
    }

    /// The children made.
    pub(super) fn into_known(self) -> Vec<Known> {
        self.known
    }

    /// The rows of some files.
    pub(super) fn make(&mut self, chance: &mut Quick, count: u32) -> FileRows {
        let mut rows = FileRows::default();
        for _ in 0..count {
            self.child(&mut rows, chance);
        }
        rows
    }

    fn child(&mut self, rows: &mut FileRows, chance: &Quick) {
        let opened = self.now - SignedDuration::from_hours(24 * i64::from(chance.below(DAYS) + 30));
        let (id, at) = (chance.id::<Uuid>(opened), opened.as_microsecond());
        let officer = self.partnership.officer(chance);
        let by = officer.map_or_else(|| "Front door".to_owned(), |officer| officer.name.clone());
        let restricted = chance.one_in(RESTRICTED);
        rows.children.push(Child {
            id,
            reference: self.reference(chance),
            created_at: at,
            created_by: by.clone(),
            restricted: i64::from(restricted),
        });
        let name = self.words.name(chance);
        let school = chance.one_of(&self.words.schools).cloned().unwrap_or_default();
        self.facts(rows, chance, (id, at, &by), &name, &school);
        self.names(rows, id, &name);
        self.events(rows, chance, id, at, &by);
        if let Some(worker) = self.partnership.social_worker(chance) {
            rows.involvements.push(Involvement {
                child_id: id,
                agency_id: worker.agency,
                user_id: Some(worker.id),
                role: "Social worker".into(),
                since: at,
            });
            if restricted {
                rows.access.push(Access {
                    child_id: id,
                    user_id: worker.id,
                    kind: "named".into(),
                    reason: "The child's social worker".into(),
                    by_name: by,
                    at,
                });
            }
        }
        self.known.push(Known { id, name, school });
    }

    /// A reference that no other file has: among so many, two may well be drawn alike.
    fn reference(&mut self, chance: &Quick) -> String {
        loop {
            let drawn = Reference::draw(Of::Child, chance).to_string();
            if self.references.insert(drawn.clone()) {
                return drawn;
            }
        }
    }

    fn facts(
        &self,
        rows: &mut FileRows,
        chance: &Quick,
        (child_id, at, by): (Uuid, i64, &str),
        name: &str,
        school: &str,
    ) {
        let age_days = i64::from(chance.below(16 * 365) + 2 * 365);
        let born = day_in_london(self.now - SignedDuration::from_hours(24 * age_days));
        let mut add = |field: &str, value: String| {
            rows.facts.push(Fact {
                id: chance.id(self.now),
                child_id,
                field: field.into(),
                value,
                source: "Concern".into(),
                recorded_at: at,
                recorded_by: by.into(),
            });
        };
        add("name", name.to_owned());
        add("born", born.to_string());
        add("address", self.words.address(chance));
        add("school", school.to_owned());
        if !chance.one_in(5) {
            let number = nhs_number(chance);
            add("nhs_number", number.clone());
            rows.numbers.push(Number { number, child_id });
        }
    }

    /// Each word of a name once, with the keys that find it.
    fn names(&mut self, rows: &mut FileRows, child_id: Uuid, text: &str) {
        for word in name::words(text) {
            let keys = keys_for_token(&word);
            if keys.is_empty() {
                continue;
            }
            if self.tokens.insert(word.text.clone()) {
                rows.tokens.push(Token { token: word.text.clone() });
                let key = |key: String| NameKey { key, token: word.text.clone() };
                rows.keys.extend(keys.iter().map(|found| key(found.code())));
            }
            rows.bearers.push(Bearer { token: word.text.clone(), child_id });
        }
    }

    fn events(&self, rows: &mut FileRows, chance: &Quick, child_id: Uuid, from: i64, by: &str) {
        let age = self.now.as_microsecond() - from;
        for _ in 0..chance.below(2 * EVENTS + 1) {
            let days = u32::try_from(age / DAY).unwrap_or(1);
            let at = from + i64::from(chance.below(days)) * DAY;
            let happened = Timestamp::from_microsecond(at).unwrap_or_default();
            let (kind, fact) = self.words.event(chance);
            rows.events.push(Event {
                id: chance.id(happened),
                child_id,
                happened_on: day_in_london(happened).to_string(),
                sort_at: at,
                kind,
                fact,
                source: by.into(),
                audience: if chance.one_in(2) { "team" } else { "hub" }.into(),
                recorded_at: at,
                recorded_by: by.into(),
            });
        }
    }
}

/// A number of the range 999, which no one is given, with its right check digit (modulus 11).
fn nhs_number(chance: &Quick) -> String {
    loop {
        let nine = format!("999{:06}", chance.below(1_000_000));
        let digits = nine.bytes().map(|byte| u32::from(byte - b'0'));
        let sum: u32 = digits.zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
        match 11 - sum % 11 {
            10 => {}
            check => return format!("{nine}{}", check % 11),
        }
    }
}

impl Rows for FileRows {
    fn write(self, tx: &mut Tx) -> Writing<'_> {
        Box::pin(async move {
            write_all!(
                tx,
                self.children,
                self.facts,
                self.events,
                self.involvements,
                self.access,
                self.numbers,
                self.tokens,
                self.keys,
                self.bearers,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_made_has_its_right_check_digit() {
        let chance = Quick::new(3);
        for _ in 0..1_000 {
            let number = nhs_number(&chance);
            assert!(tessera_linkage::normalise::nhs_number::parse(&number).is_ok(), "{number}");
        }
    }
}
