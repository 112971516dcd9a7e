//! Imports in every state that the rules tell apart.

use std::collections::BTreeMap;

use tessera_app::{
    batch::{RawFile, RawSend},
    report::RawGrade,
};
use tessera_core::{ids::BatchId, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make};

/// The imports, each with the name of its state.
pub(crate) async fn records(
    w: &World,
    people: &BTreeMap<&'static str, Actor>,
) -> Vec<(&'static str, String)> {
    let police = &people["police"];
    let unit = [Role::PoliceIntelligence];
    let colleague = make::user(w, "Petra Police", police.agency.unwrap(), &unit).await;
    let own = begun(w, police).await;
    let others = begun(w, &colleague).await;
    let done = begun(w, &colleague).await;
    let grade = RawGrade {
        source_grade: "2".into(),
        intelligence_grade: "C".into(),
        handling: "P".into(),
        priority: "low".into(),
        review_months: "3".into(),
        grade_reason: "From the list of a shop".into(),
        ..RawGrade::default()
    };
    let raw = RawSend { version: 1, grade, near: "yes".into() };
    w.app.send_batch(&colleague, done, &raw).await.unwrap();
    vec![
        ("begun by the police", own.to_string()),
        ("begun by a colleague", others.to_string()),
        ("brought in by a colleague", done.to_string()),
        ("that does not exist", "01a20d7c-0000-7000-8000-000000000005".to_owned()),
    ]
}

async fn begun(w: &World, by: &Actor) -> BatchId {
    let body = b"what,plate\nA van waits,AB51 ABC\n".to_vec();
    let raw = RawFile { kind: "reports".into(), name: "seen.csv".into(), body, too_large: false };
    w.app.begin_batch(by, raw).await.unwrap()
}
