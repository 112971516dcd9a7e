//! The panel's list: who comes onto it, who sees it, and that a named person decides with a reason.

use tessera_app::{
    AppError,
    child::RawAccess,
    panel::RawPanelDecision,
    screening::{RawLevel, StartFrom},
};
use tessera_core::{agency::AgencyKind, reference::Reference, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused};

/// A lead decides that the level of a screening of a child with a file is significant.
async fn put_forward(w: &World) -> (Reference, Reference, Actor, Actor) {
    let officer = make::officer(w).await;
    let agency = make::agency(w, "Fernhill Academy", AgencyKind::Education).await;
    let worker = make::user(w, "Tess Harbourne", agency, &[Role::Worker]).await;
    let lead = make::user(w, "Helen Inkwell", agency, &[Role::AgencyLead]).await;
    let screening = make::screened(w, &worker, StartFrom::Nothing, &make::screen()).await;
    let shown = w.app.view_screening(&lead, &screening).await.unwrap();
    let raw = RawLevel {
        version: shown.screening.version,
        level: "significant".into(),
        level_reason: "The school sees it every day, and he is afraid.".into(),
        ..RawLevel::default()
    };
    w.app.decide_level(&lead, &screening, &raw).await.unwrap();
    let list = w.app.panel_list(&officer).await.unwrap();
    assert_eq!(list.len(), 1);
    (list[0].reference.clone(), screening, lead, officer)
}

fn taken(child: String, seen: i64) -> RawPanelDecision {
    RawPanelDecision {
        child,
        seen,
        verdict: "accepted".into(),
        panel_reason: "Several agencies hold parts of this.".into(),
    }
}

on_both!(a_significant_level_puts_the_child_on_the_list_with_its_reason, async |w| {
    let (concern, screening, _, officer) = put_forward(&w).await;
    let found = w.app.panel_of_concern(&officer, &concern).await.unwrap();
    let one = &found[0].listing;
    assert!(one.reason.contains(&screening.to_string()), "{}", one.reason);
    assert_eq!(one.by_name, "Helen Inkwell");
    assert_eq!((one.level.as_deref(), one.verdict.as_deref()), (Some("significant"), None));
});

on_both!(a_manager_decides_with_a_reason_and_a_later_decision_stands_beside_it, async |w| {
    let (concern, _, lead, officer) = put_forward(&w).await;
    let manager = make::manager(&w).await;
    let found = w.app.panel_of_concern(&manager, &concern).await.unwrap();
    let child = found[0].listing.child.to_string();
    let none = RawPanelDecision { child: child.clone(), ..RawPanelDecision::default() };
    let errors = fields(w.app.decide_panel(&manager, &concern, &none).await);
    assert!(errors.of("verdict").is_some() && errors.of("panel_reason").is_some());
    assert!(is_refused(w.app.decide_panel(&officer, &concern, &taken(child.clone(), 0)).await));
    assert!(is_refused(w.app.panel_list(&lead).await));
    assert!(is_absent(w.app.panel_of_concern(&lead, &concern).await));
    w.app.decide_panel(&manager, &concern, &taken(child.clone(), 0)).await.unwrap();
    let late = w.app.decide_panel(&manager, &concern, &taken(child.clone(), 0)).await;
    assert!(matches!(late, Err(AppError::Conflict)), "two people at once are noticed");
    let other = RawPanelDecision {
        verdict: "declined".into(),
        panel_reason: "A strategy meeting was held instead.".into(),
        ..taken(child, 1)
    };
    w.app.decide_panel(&manager, &concern, &other).await.unwrap();
    let found = w.app.panel_of_concern(&officer, &concern).await.unwrap();
    assert_eq!(found[0].listing.verdict.as_deref(), Some("declined"));
    let verdicts: Vec<&str> = found[0].decisions.iter().map(|one| one.verdict.as_str()).collect();
    assert_eq!(verdicts, ["declined", "accepted"], "nothing is overwritten");
    assert!(found[0].decisions.iter().all(|one| one.by_name == manager.name));
});

on_both!(a_concern_that_nobody_put_forward_is_not_on_the_list, async |w| {
    let manager = make::manager(&w).await;
    let sent = make::sent(&w, &manager, &make::concern("A worry about a boy.")).await;
    assert!(is_absent(w.app.panel_of_concern(&manager, &sent.reference).await));
    assert!(is_absent(
        w.app.decide_panel(&manager, &sent.reference, &taken(String::new(), 0)).await
    ));
    assert!(w.app.panel_list(&manager).await.unwrap().is_empty());
});

on_both!(
    the_file_shows_it_and_its_chronology_the_decision_and_a_restricted_one_is_hidden,
    async |w| {
        let manager = make::manager(&w).await;
        let (file, concern) =
            make::file_and_concern(&w, &manager, make::child("Robin Fernley")).await;
        let whole = make::seen(&w, &manager, &concern).await;
        let routes = tessera_app::concern::RawRoutes {
            version: whole.concern.version,
            routes: vec!["panel".into()],
            route_reason: "Several agencies should speak about this.".into(),
        };
        w.app.add_routes(&manager, &concern, &routes).await.unwrap();
        let listed = w.app.panel_of_concern(&manager, &concern).await.unwrap();
        assert_eq!(listed[0].listing.file.as_ref(), Some(&file));
        let child = listed[0].listing.child.to_string();
        w.app.decide_panel(&manager, &concern, &taken(child, 0)).await.unwrap();
        let opened = w.app.view_child(&manager, &file, None).await.unwrap();
        let facts: Vec<String> = opened.events.iter().map(|event| event.fact.clone()).collect();
        assert!(
            facts.iter().any(|fact| fact.contains("Taken by the exploitation panel")),
            "{facts:?}"
        );
        assert_eq!(w.app.panel_of_file(&manager, opened.identity.id).await.unwrap().len(), 1);
        let other = make::user(&w, "Quinn Otherdesk", w.hub().await, &[Role::HubOfficer]).await;
        assert_eq!(w.app.panel_list(&other).await.unwrap().len(), 1);
        let restrict = RawAccess {
            change: "restrict".into(),
            person: String::new(),
            reason: "A relative works at the front door.".into(),
        };
        w.app.change_access(&manager, &file, &restrict).await.unwrap();
        assert!(w.app.panel_list(&other).await.unwrap().is_empty());
        assert!(w.app.panel_of_file(&other, opened.identity.id).await.unwrap().is_empty());
        assert!(is_absent(w.app.panel_of_concern(&other, &concern).await));
        assert_eq!(w.app.panel_list(&manager).await.unwrap().len(), 1);
    }
);

on_both!(every_look_at_the_list_and_every_decision_is_in_the_log, async |w| {
    let (concern, ..) = put_forward(&w).await;
    let manager = make::manager(&w).await;
    let found = w.app.panel_of_concern(&manager, &concern).await.unwrap();
    let child = found[0].listing.child.to_string();
    w.app.decide_panel(&manager, &concern, &taken(child, 0)).await.unwrap();
    for action in ["panel.list", "panel.view", "panel.decide"] {
        let sql = format!("SELECT COUNT(*) FROM audit_entry WHERE action = '{action}'");
        assert!(w.raw_number(&sql).await > 0, "{action}");
    }
});
