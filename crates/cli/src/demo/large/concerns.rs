//! Tens of thousands of concerns, most of them decided.

use std::collections::HashSet;

use tessera_core::{
    chance::{Chance, Draw},
    reference::{Of, Reference},
    time::{SignedDuration, Timestamp},
};
use tessera_store::{
    Tx,
    bulk::{Clock, Concern, ConcernChild, Decision, Key, Words as Found},
};
use uuid::Uuid;

use super::{Rows, Writing, write_all};
use crate::demo::large::{chance::Quick, files::Known, people::Partnership, words::Words};

/// Concerns go back this many days.
const DAYS: u32 = 3 * 365;
/// One in so many waits to be decided.
const OPEN: u32 = 40;
/// One in so many names a vehicle, out of this many vehicles.
const VEHICLE: u32 = 6;
const VEHICLES: u32 = 4_000;
const HOUR: i64 = 60 * 60 * 1_000_000;

/// Makes concerns up.
pub(super) struct Concerns<'a> {
    words: &'a Words,
    partnership: &'a Partnership,
    known: Vec<Known>,
    now: Timestamp,
    references: HashSet<String>,
}

/// Rows of concerns.
#[derive(Default)]
pub(super) struct ConcernRows {
    concerns: Vec<Concern>,
    children: Vec<ConcernChild>,
    found: Vec<Found>,
    keys: Vec<Key>,
    clocks: Vec<Clock>,
    decisions: Vec<Decision>,
}

impl<'a> Concerns<'a> {
    /// A maker.
    pub(super) fn new(
        words: &'a Words,
        partnership: &'a Partnership,
        known: Vec<Known>,
        now: Timestamp,
    ) -> Self {
        Self { words, partnership, known, now, references: HashSet::new() }
    }

    /// The rows of some concerns.
    pub(super) fn make(&mut self, chance: &mut Quick, count: u32, codes: &str) -> ConcernRows {
        let mut rows = ConcernRows::default();
        for _ in 0..count {
            self.concern(&mut rows, chance, codes);
        }
        rows
    }

    fn concern(&mut self, rows: &mut ConcernRows, chance: &Quick, codes: &str) {
        let open = chance.one_in(OPEN);
        // What waits has not waited for long.
        let days = if open { chance.below(3) } else { chance.below(DAYS) + 5 };
        let received = self.now - SignedDuration::from_hours(24 * i64::from(days) + 2);
        let (id, at) = (chance.id::<Uuid>(received), received.as_microsecond());
        let reference = self.reference(chance);
        let Some(child) = chance.one_of(&self.known) else { return };
        let Some(sender) = chance.one_of(&self.partnership.people) else { return };
        let signed_in = !chance.one_in(4);
        let what = self.words.concern(&child.name, chance);
        let plate = chance.one_in(VEHICLE).then(|| plate(chance.below(VEHICLES)));
        let urgency = if open { None } else { chance.one_of(&["red", "amber", "green"]) };
        let others = plate.as_ref().map(|plate| format!("A car, {plate}"));
        rows.found.push(Found {
            concern_id: id,
            body: [Some(&what), others.as_ref()].into_iter().flatten().cloned().collect(),
        });
        if let Some(plate) = plate {
            let key = format!("plate:{}", plate.replace(' ', ""));
            rows.keys.push(Key { key, concern_id: id, words: "the same number plate".into() });
        }
        rows.concerns.push(Concern {
            id,
            reference,
            send_key: secret(chance),
            follow_hash: secret(chance),
            received_at: at,
            channel: if signed_in { "worker" } else { "public" }.into(),
            submitted_by: signed_in.then_some(sender.id),
            agency_id: signed_in.then_some(sender.agency),
            status: if open { "received" } else { "decided" }.into(),
            urgency: urgency.map(|urgency| (*urgency).into()),
            danger_now: i64::from(chance.one_in(200)),
            what,
            place: None,
            others,
            name_sharing: "hub_only".into(),
        });
        let child_row = chance.id::<Uuid>(received);
        rows.children.push(ConcernChild {
            id: child_row,
            concern_id: id,
            position: 0,
            name: child.name.clone(),
            age: None,
            school: Some(child.school.clone()),
            child_id: (!open).then_some(child.id),
        });
        self.decided(rows, chance, (id, child_row, at), open, codes);
    }

    fn decided(
        &self,
        rows: &mut ConcernRows,
        chance: &Quick,
        (concern_id, concern_child_id, at): (Uuid, Uuid, i64),
        open: bool,
        codes: &str,
    ) {
        let Some(officer) = self.partnership.officer(chance) else { return };
        let decided_at = at + i64::from(chance.below(20) + 1) * HOUR;
        rows.clocks.push(Clock {
            id: chance.id(self.now),
            rule: "ack_and_decide".into(),
            concern_id,
            started_at: at,
            due_at: at + 24 * HOUR,
            explained: "1 working day from receipt".into(),
            met_at: (!open).then_some(decided_at),
            met_by: (!open).then(|| officer.name.clone()),
        });
        if open {
            return;
        }
        let outcomes = ["advice", "early_help", "s17_assessment", "nfa"];
        rows.decisions.push(Decision {
            id: chance.id(self.now),
            concern_id,
            concern_child_id,
            outcome: chance.one_of(&outcomes).copied().unwrap_or("advice").into(),
            need_level: "2".into(),
            reason: "Decided after partners were asked.".into(),
            told: "We have decided what to do.".into(),
            codes_version: codes.into(),
            by_user: officer.id,
            by_name: officer.name.clone(),
            at: decided_at,
        });
    }

    fn reference(&mut self, chance: &Quick) -> String {
        loop {
            let drawn = Reference::draw(Of::Concern, chance).to_string();
            if self.references.insert(drawn.clone()) {
                return drawn;
            }
        }
    }
}

/// A plate of the form `AB51 ABC` from a number.
fn plate(n: u32) -> String {
    let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    format!("AB51 {}{}{}", letter(n / 676), letter(n / 26), letter(n))
}

fn secret(chance: &Quick) -> String {
    let mut bytes = [0_u8; 32];
    chance.fill(&mut bytes);
    hex::encode(bytes)
}

impl Rows for ConcernRows {
    fn write(self, tx: &mut Tx) -> Writing<'_> {
        Box::pin(async move {
            let written = write_all!(
                &mut *tx,
                self.concerns,
                self.children,
                self.found,
                self.keys,
                self.clocks,
                self.decisions,
            );
            tessera_store::concern::queue::place_all(tx).await?;
            written
        })
    }
}
