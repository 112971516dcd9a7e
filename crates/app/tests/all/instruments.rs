//! Writing an instrument: faults at their line, cases, approval by another, versions kept.

use tessera_app::screening::{RawInstrument, RawVerdict, StartFrom};
use tessera_core::{agency::AgencyKind, ids::InstrumentId, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_refused};

async fn second_manager(w: &World) -> Actor {
    make::user(w, "Hugh Weathervane", w.hub().await, &[Role::HubManager]).await
}

async fn text(w: &World, by: &Actor, id: InstrumentId) -> (i64, String) {
    let found = w.app.edited(by, id).await.unwrap();
    (found.kept.revision, found.kept.body)
}

async fn save(w: &World, by: &Actor, id: InstrumentId, change: (&str, &str)) {
    let (revision, body) = text(w, by, id).await;
    assert!(body.contains(change.0), "{}", change.0);
    let raw = RawInstrument { revision, body: body.replace(change.0, change.1) };
    w.app.save_instrument(by, id, &raw).await.unwrap();
}

const OLD: &str = "Often late home, short unexplained absences, or whereabouts unclear";
const NEW: &str = "Often home late, or nobody knows where the child is";

on_both!(a_fault_is_named_at_its_line_and_what_was_typed_is_kept, async |w| {
    let manager = make::manager(&w).await;
    let id = w.app.begin_instrument(&manager).await.unwrap();
    save(&w, &manager, id, ("when: \"H_yes >= 1\"", "when: \"H_yess >= 1\"")).await;
    let found = w.app.edited(&manager, id).await.unwrap();
    let fault = &found.tried.faults[0];
    let line = found.kept.body.lines().position(|line| line.contains("H_yess")).unwrap() + 1;
    assert!(fault.starts_with(&format!("Line {line}:")), "{fault}");
    assert!(found.instrument.is_none());
    assert!(
        fields(w.app.send_instrument(&manager, id, found.kept.revision).await).of("body").is_some()
    );
});

on_both!(a_case_that_differs_stops_a_version, async |w| {
    let manager = make::manager(&w).await;
    let id = w.app.begin_instrument(&manager).await.unwrap();
    let all = w.app.edited(&manager, id).await.unwrap();
    assert!(all.tried.is_good() && all.tried.cases.len() == 16);
    save(&w, &manager, id, ("when: \"S_yes >= 3\"", "when: \"S_yes >= 4\"")).await;
    let found = w.app.edited(&manager, id).await.unwrap();
    let failed: Vec<&str> = found
        .tried
        .cases
        .iter()
        .filter(|case| !case.differs.is_empty())
        .map(|case| case.id.as_str())
        .collect();
    assert_eq!(failed, ["T02"]);
    assert!(found.changes.iter().any(|change| change.starts_with("Rule L2 changed")));
    assert!(
        fields(w.app.send_instrument(&manager, id, found.kept.revision).await).of("body").is_some()
    );
});

on_both!(somebody_else_approves_it_and_each_screening_keeps_the_words_of_its_own, async |w| {
    let (writer, other) = (make::manager(&w).await, second_manager(&w).await);
    let school = make::agency(&w, "Fernhill Academy", AgencyKind::Education).await;
    let worker = make::user(&w, "Tess Harbourne", school, &[Role::Worker]).await;
    assert!(is_refused(w.app.begin_instrument(&worker).await));
    let before = make::screened(&w, &worker, StartFrom::Nothing, &make::screen()).await;
    let id = w.app.begin_instrument(&writer).await.unwrap();
    save(&w, &writer, id, (OLD, NEW)).await;
    let (revision, _) = text(&w, &writer, id).await;
    w.app.send_instrument(&writer, id, revision).await.unwrap();
    let raw = |revision| RawVerdict {
        revision,
        verdict: "published".into(),
        verdict_reason: "Plainer, and every case passes.".into(),
    };
    let own = fields(w.app.decide_instrument(&writer, id, &raw(revision + 1)).await);
    assert!(own.of("verdict").is_some(), "nobody approves their own");
    w.minutes_later(1);
    w.app.decide_instrument(&other, id, &raw(revision + 1)).await.unwrap();
    let after = make::screened(&w, &worker, StartFrom::Nothing, &make::screen()).await;
    let words = async |of| {
        let shown = w.app.view_screening(&worker, of).await.unwrap();
        let place = shown.instrument.place_of("MIS-03").unwrap();
        shown.instrument.indicators()[place].text.clone()
    };
    assert_eq!(words(&before).await, OLD);
    assert_eq!(words(&after).await, NEW);
    let late = RawInstrument { revision: revision + 2, body: "x: 1".into() };
    let late = w.app.save_instrument(&writer, id, &late).await;
    assert!(late.is_err(), "a published version is never changed");
});

on_both!(two_people_writing_at_once_are_noticed_and_every_text_is_kept, async |w| {
    let (one, two) = (make::manager(&w).await, second_manager(&w).await);
    let id = w.app.begin_instrument(&one).await.unwrap();
    let (revision, body) = text(&w, &one, id).await;
    let raw = RawInstrument { revision, body: body.replace(OLD, NEW) };
    w.app.save_instrument(&one, id, &raw).await.unwrap();
    let late = w.app.save_instrument(&two, id, &raw).await;
    assert!(matches!(late, Err(tessera_app::AppError::Conflict)));
    assert_eq!(w.app.edited(&one, id).await.unwrap().saves.len(), 2);
});
