//! Candidates and snapshots in every state that the rules tell apart.

use std::collections::BTreeMap;

use tessera_app::explore::{RawPut, RawSnapshot};
use tessera_core::report::{RawMention, RawReport};
use tessera_policy::Actor;
use tessera_testkit::World;

use super::reports::{States, grade};

/// Two reports of one vehicle; whether the desk graded them so that the front door sees them.
async fn vehicle(
    w: &World,
    people: &BTreeMap<&'static str, Actor>,
    plate: &str,
    open: bool,
) -> i64 {
    for who in ["worker", "other worker"] {
        let mention =
            RawMention { kind: "vehicle".into(), value: plate.into(), ..RawMention::default() };
        let raw = RawReport {
            what: "A car waits by the gate.".into(),
            mentions: vec![mention],
            ..RawReport::default()
        };
        let key = format!("{who} {plate}");
        let sent = w.app.submit_report(&people[who], &raw, &key).await.unwrap().reference;
        if open {
            grade(w, &people["police"], &sent).await;
        }
    }
    let picture = w.app.whole_picture(&people["police"], "test", None).await.unwrap();
    picture.things.iter().find(|thing| thing.name == plate).unwrap().number
}

/// The records, each with the name of its state.
pub(crate) async fn records(w: &World, people: &BTreeMap<&'static str, Actor>) -> (States, States) {
    let police = &people["police"];
    let none = || ("that does not exist", "01a20d7c-0000-7000-8000-000000000004".to_owned());
    let mut put = Vec::new();
    for (plate, open, to) in [("QX17 AAA", true, "manager"), ("QX17 BBB", false, "second police")] {
        let raw = RawPut {
            mention: vehicle(w, people, plate, open).await,
            person: people[to].user().unwrap().to_string(),
            put_reason: "Two agencies name the same car".into(),
        };
        put.push(w.app.put_candidate(police, &raw).await.unwrap().to_string());
    }
    let raw = RawSnapshot {
        title: "Weekly meeting".into(),
        purpose: "To agree who speaks to whom".into(),
        days: "7".into(),
        attendee: vec![people["lead"].user().unwrap().to_string()],
        search: String::new(),
    };
    let snapshot = w.app.make_snapshot(police, &raw).await.unwrap().to_string();
    let hidden = put.pop().unwrap();
    let open = put.pop().unwrap();
    let candidates = vec![
        ("put to the manager", open),
        ("resting on what the front door may not see", hidden),
        none(),
    ];
    (candidates, vec![("for the lead", snapshot), none()])
}
