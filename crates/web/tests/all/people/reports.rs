//! Intelligence reports in every state that the rules tell apart.

use std::collections::BTreeMap;

use tessera_app::report::{RawChildOf, RawGrade, RawSanitised, RawShare};
use tessera_core::{
    reference::{Of, Reference},
    report::RawReport,
};
use tessera_policy::Actor;
use tessera_testkit::World;

pub(super) type States = Vec<(&'static str, String)>;

/// The reports and what was shared, each with the name of its state.
pub(crate) async fn records(
    w: &World,
    people: &BTreeMap<&'static str, Actor>,
    children: &[(&'static str, String)],
) -> (States, States) {
    let (worker, other, manager) = (&people["worker"], &people["other worker"], &people["manager"]);
    let new = sent(w, worker, "A man called Dev waits at the shops.").await;
    let assessed = sent(w, other, "A grey car, plate starts CD62, waits at Fern Road.").await;
    let hidden = sent(w, other, "Someone asks for Toby at the gate of the park.").await;
    for report in [&assessed, &hidden] {
        grade(w, &people["police"], report).await;
    }
    let shared = share(w, people, &assessed).await;
    on_file(w, &people["officer"], &assessed, &children[0].1).await;
    on_file(w, manager, &hidden, &children[2].1).await;
    let reports = vec![
        ("sent by the worker, not assessed", new.to_string()),
        ("assessed, about a child", assessed.to_string()),
        ("assessed, about a restricted child", hidden.to_string()),
        ("that does not exist", Reference::draw(Of::Report, &*w.chance).to_string()),
    ];
    let given = vec![
        ("shared with the lead", shared),
        ("that does not exist", "01a20d7c-0000-7000-8000-000000000004".to_owned()),
    ];
    (reports, given)
}

async fn sent(w: &World, by: &Actor, what: &str) -> Reference {
    let raw = RawReport { what: what.into(), ..RawReport::default() };
    w.app.submit_report(by, &raw, what).await.unwrap().reference
}

async fn version(w: &World, police: &Actor, report: &Reference) -> i64 {
    w.app.view_report(police, report).await.unwrap().piece.version
}

pub(super) async fn grade(w: &World, police: &Actor, report: &Reference) {
    let raw = RawGrade {
        version: version(w, police, report).await,
        source_grade: "2".into(),
        intelligence_grade: "A".into(),
        handling: "P".into(),
        priority: "low".into(),
        review_months: "3".into(),
        grade_reason: "Seen by the sender".into(),
        ..RawGrade::default()
    };
    w.app.grade_report(police, report, &raw).await.unwrap();
}

async fn share(w: &World, people: &BTreeMap<&'static str, Actor>, report: &Reference) -> String {
    let (police, lead) = (&people["police"], &people["lead"]);
    let raw = RawSanitised {
        version: version(w, police, report).await,
        sanitised: "A grey car waits at Fern Road.".into(),
    };
    w.app.sanitise_report(police, report, &raw).await.unwrap();
    let raw = RawShare {
        version: version(w, police, report).await,
        person: lead.user().unwrap().to_string(),
        purpose: "Pupils of the school pass there".into(),
        consulted: String::new(),
    };
    w.app.share_report(police, report, &raw).await.unwrap();
    w.app.shares(lead).await.unwrap()[0].id.to_string()
}

async fn on_file(w: &World, by: &Actor, report: &Reference, file: &str) {
    let raw = RawChildOf {
        version: version(w, by, report).await,
        file: file.into(),
        child_reason: "Named in the report".into(),
    };
    w.app.report_identifies(by, report, &raw).await.unwrap();
}
