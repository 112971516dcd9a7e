//! Screenings: kept, resumed, sent once, checked by the right person, passed on without retyping.

use tessera_app::screening::{RawLevel, RawLinkTo, RawScreening, Start, StartFrom, concern_of};
use tessera_core::{
    agency::AgencyKind, errors::FieldErrors, ids::AgencyId, reference::Reference, user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused, public, was_told};

/// A school with a worker and two safeguarding leads.
struct School {
    agency: AgencyId,
    worker: Actor,
    lead: Actor,
    deputy: Actor,
}

async fn school(w: &World) -> School {
    let agency = make::agency(w, "Fernhill Academy", AgencyKind::Education).await;
    School {
        agency,
        worker: make::user(w, "Tess Harbourne", agency, &[Role::Worker]).await,
        lead: make::user(w, "Helen Inkwell", agency, &[Role::AgencyLead]).await,
        deputy: make::user(w, "Dele Deputy", agency, &[Role::AgencyLead]).await,
    }
}

async fn begun(w: &World, by: &Actor) -> tessera_core::reference::Code {
    w.app.start_screening(by, Start::default()).await.unwrap()
}

async fn level(w: &World, by: &Actor, of: &Reference, raw: RawLevel) -> Result<(), FieldErrors> {
    let shown = w.app.view_screening(by, of).await.unwrap();
    let raw = RawLevel { version: shown.screening.version, ..raw };
    match w.app.decide_level(by, of, &raw).await {
        Ok(()) => Ok(()),
        Err(tessera_app::AppError::Fields(errors)) => Err(errors),
        Err(other) => panic!("{other}"),
    }
}

fn decided(level: &str) -> RawLevel {
    RawLevel {
        level: level.into(),
        level_reason: "It fits what the school sees every day.".into(),
        ..RawLevel::default()
    }
}

fn lowered(level: &str) -> RawLevel {
    RawLevel {
        level_reason:
            "The boy was with his uncle on these days, who confirmed it by telephone, and \
                       the school saw them together."
                .into(),
        factors: vec!["PRO-01".into()],
        change_mind: "If he is late again without a word.".into(),
        ..decided(level)
    }
}

async fn queue(w: &World, officer: &Actor) -> Vec<Reference> {
    let (lines, _) = w.app.queue(officer, &tessera_app::concern::Filter::default()).await.unwrap();
    lines.into_iter().map(|line| line.reference).collect()
}

on_both!(what_was_answered_is_there_after_a_restart_and_opens_with_its_code_only, async |w| {
    let s = school(&w).await;
    let code = begun(&w, &s.worker).await;
    let other = begun(&w, &s.worker).await;
    let open = w.app.open_screening(&code).await.unwrap().unwrap();
    let raw = make::screen();
    w.app.save_screening(&s.worker, &open, &raw).await.unwrap();
    let again = w.open_again().await;
    let found = again.open_screening(&code).await.unwrap().unwrap();
    assert!(found.raw == raw, "every answer is kept");
    let empty = again.open_screening(&other).await.unwrap().unwrap();
    assert!(empty.raw == RawScreening::default());
    w.hours_later(24 * 8);
    assert!(w.app.open_screening(&code).await.unwrap().is_none());
    assert_eq!(w.app.sweep_drafts().await.unwrap(), 2);
});

on_both!(
    yes_and_possible_need_a_date_a_basis_and_words_and_everything_is_told_together,
    async |w| {
        let s = school(&w).await;
        let code = begun(&w, &s.worker).await;
        let mut open = w.app.open_screening(&code).await.unwrap().unwrap();
        open.raw =
            make::screen_with(&[("MIS-03", "yes"), ("REL-01", "possible"), ("EDU-01", "no")]);
        for id in ["MIS-03", "REL-01", "EDU-01"] {
            let answer = open.raw.answers.get_mut(id).unwrap();
            (answer.basis, answer.narrative) = (String::new(), "short".into());
            answer.on = tessera_core::partial_date::RawDate::default();
        }
        let raw = open.raw.clone();
        w.app.save_screening(&s.worker, &open, &raw).await.unwrap();
        let errors = fields(w.app.submit_screening(&s.worker, &open).await);
        for id in ["MIS-03", "REL-01"] {
            for part in ["on", "basis", "narrative"] {
                assert!(errors.of(&format!("{id}-{part}")).is_some(), "{id}-{part}");
            }
        }
        assert_eq!(errors.0.len(), 6, "a no needs nothing more: {errors:?}");
    }
);

on_both!(a_screening_sent_twice_is_received_once, async |w| {
    let s = school(&w).await;
    let code = begun(&w, &s.worker).await;
    let mut open = w.app.open_screening(&code).await.unwrap().unwrap();
    open.raw = make::screen();
    let raw = open.raw.clone();
    w.app.save_screening(&s.worker, &open, &raw).await.unwrap();
    let first = w.app.submit_screening(&s.worker, &open).await.unwrap();
    // The second press knows nothing of the first.
    let second = w.app.submit_screening(&s.worker, &open).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(w.app.screenings(&s.worker).await.unwrap().own.len(), 1);
    let sent = w.app.open_screening(&code).await.unwrap().unwrap();
    assert_eq!(sent.sent_as, Some(first.reference));
    assert!(sent.raw == RawScreening::default(), "the draft holds no words once it is sent");
});

on_both!(it_waits_for_the_lead_of_the_senders_agency_and_nobody_else_knows_of_it, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let club = make::agency(&w, "Lantern Youth Club", AgencyKind::Voluntary).await;
    let other = make::user(&w, "Viv Songbird", club, &[Role::AgencyLead]).await;
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &make::screen()).await;
    assert!(was_told(&w, &s.lead, "waits for your check").await);
    assert!(!was_told(&w, &other, "screening").await);
    assert!(!was_told(&w, &officer, "screening").await);
    assert_eq!(w.app.screenings(&s.lead).await.unwrap().to_check.len(), 1);
    assert!(is_absent(w.app.view_screening(&other, &of).await.map(|_| ())));
    assert!(is_absent(w.app.view_screening(&officer, &of).await.map(|_| ())));
    assert!(is_refused(w.app.decide_level(&s.worker, &of, &decided("emerging")).await));
    assert!(queue(&w, &officer).await.is_empty());
});

on_both!(nobody_checked_in_time_and_the_hub_is_told_and_may_check, async |w| {
    let s = school(&w).await;
    let manager = make::manager(&w).await;
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &make::screen()).await;
    assert!(is_absent(w.app.view_screening(&manager, &of).await.map(|_| ())));
    w.hours_later(30);
    w.app.run_due_jobs().await.unwrap();
    assert!(was_told(&w, &manager, "not checked in time").await);
    level(&w, &manager, &of, decided("moderate")).await.unwrap();
});

on_both!(the_level_is_decided_with_a_reason_and_its_actions_open_the_concern, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let raw = make::screen_with(&[("MIS-01", "yes"), ("REL-02", "yes"), ("MON-01", "yes")]);
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &raw).await;
    let errors =
        level(&w, &s.lead, &of, RawLevel { level: "significant".into(), ..RawLevel::default() })
            .await;
    assert!(errors.unwrap_err().of("level_reason").is_some());
    level(&w, &s.lead, &of, decided("significant")).await.unwrap();
    let queue = queue(&w, &officer).await;
    assert_eq!(queue.len(), 1);
    let concern = make::seen(&w, &officer, &queue[0]).await;
    let routes: Vec<&str> = concern.routes.iter().map(|route| route.route.as_str()).collect();
    for route in ["referral", "intelligence", "panel"] {
        assert!(routes.contains(&route), "{route}: {routes:?}");
    }
    let attached = w.app.screenings_of_concern(&officer, concern.concern.id).await.unwrap();
    assert_eq!(attached[0].0.reference, of);
    let shown = w.app.view_screening(&officer, &of).await.unwrap();
    assert!(!shown.may_decide, "an officer sees it; a manager may decide");
    assert_eq!(shown.professional().unwrap().by_name, "Helen Inkwell");
});

on_both!(a_lower_level_needs_a_lead_who_did_not_complete_it_and_a_second_person, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let raw = make::screen_with(&[("MIS-01", "yes")]);
    let of = make::screened(&w, &s.lead, StartFrom::Nothing, &raw).await;
    let own = level(&w, &s.lead, &of, lowered("emerging")).await.unwrap_err();
    assert!(own.of("level").unwrap().contains("did not complete"), "{own:?}");
    let bare = level(&w, &s.deputy, &of, decided("emerging")).await.unwrap_err();
    for field in ["factors", "change_mind", "level_reason"] {
        assert!(bare.of(field).is_some(), "{field}: {bare:?}");
    }
    let steps = level(&w, &s.deputy, &of, lowered("none_identified")).await.unwrap_err();
    assert!(steps.of("level").is_some(), "one step at most: {steps:?}");
    level(&w, &s.deputy, &of, lowered("emerging")).await.unwrap();
    let waits = w.app.view_screening(&s.deputy, &of).await.unwrap();
    assert_eq!(waits.screening.level, "moderate", "the higher level holds until somebody agrees");
    assert!(!waits.may_agree, "nobody agrees with themselves");
    let version = waits.screening.version;
    assert!(is_refused(w.app.agree_to_level(&s.deputy, &of, version).await));
    assert!(is_refused(w.app.agree_to_level(&s.lead, &of, version).await), "nor who completed it");
    let third = make::user(&w, "Thea Third", s.agency, &[Role::AgencyLead]).await;
    w.app.agree_to_level(&third, &of, version).await.unwrap();
    let shown = w.app.view_screening(&s.deputy, &of).await.unwrap();
    assert_eq!(shown.screening.level, "emerging");
    assert_eq!(shown.outcome.level, shown.instrument.level_of("moderate").unwrap());
    assert_eq!(shown.professional().unwrap().second_name.as_deref(), Some("Thea Third"));
    assert!(queue(&w, &officer).await.is_empty(), "emerging asks for no referral");
});

on_both!(a_locked_rule_and_danger_are_never_lowered, async |w| {
    let s = school(&w).await;
    let mut raw = make::screen_with(&[("DIS-01", "yes")]);
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &raw).await;
    let locked = level(&w, &s.lead, &of, lowered("moderate")).await.unwrap_err();
    assert!(locked.of("level").unwrap().contains("locked"), "{locked:?}");
    raw = make::screen_with(&[("MIS-01", "yes")]);
    raw.danger = "yes".into();
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &raw).await;
    let danger = level(&w, &s.lead, &of, lowered("emerging")).await.unwrap_err();
    assert!(danger.of("level").is_some(), "{danger:?}");
});

on_both!(a_child_in_danger_now_reaches_the_hub_before_any_check, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let mut raw = make::screen();
    raw.danger = "yes".into();
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &raw).await;
    let queue = queue(&w, &officer).await;
    let concern = make::seen(&w, &officer, &queue[0]).await;
    assert!(concern.concern.danger_now);
    assert!(w.app.view_screening(&officer, &of).await.is_ok());
    assert!(was_told(&w, &s.lead, "waits for your check").await);
    // The decision takes further routes on the same concern and makes no second one.
    level(&w, &s.lead, &of, decided("significant")).await.unwrap();
    let (_, all) = w.app.queue(&officer, &tessera_app::concern::Filter::default()).await.unwrap();
    assert_eq!(all, 1);
});

/// Every answer of a screening that a concern has a place for, and where it has to stand there.
fn retyped(raw: &RawScreening, whole: &tessera_store::concern::read::Whole) -> Vec<&'static str> {
    let (concern, child) = (&whole.concern, &whole.children[0]);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let carried = [
        ("name", raw.child.name.as_str(), child.name.clone()),
        ("known as", &raw.child.known_as, text(&child.known_as)),
        ("age", &raw.child.age, text(&child.age)),
        ("school", &raw.child.school, text(&child.school)),
        ("address", &raw.child.address, text(&child.address)),
        ("place", &raw.place, text(&concern.place)),
        ("others", &raw.others, text(&concern.others)),
        ("opinion", &raw.opinion, text(&concern.opinion)),
        ("child words", &raw.child_words, text(&concern.child_words)),
        ("child wishes", &raw.child_wishes, text(&concern.child_words)),
        ("child knows", &raw.child_knows, text(&concern.child_knows)),
        ("parents know", &raw.parents_know, text(&concern.parents_know)),
    ];
    let mut missing: Vec<&'static str> = carried
        .into_iter()
        .filter(|(_, typed, kept)| !kept.contains(typed))
        .map(|(field, ..)| field)
        .collect();
    for answer in raw.answers.values().filter(|answer| answer.is_present()) {
        if !concern.what.contains(answer.narrative.trim()) {
            missing.push("narrative");
        }
    }
    if child.born.is_none() {
        missing.push("born");
    }
    missing
}

on_both!(no_field_of_a_screening_is_typed_again_for_the_concern, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let mut raw = make::screen_with(&[("MIS-01", "yes"), ("MON-01", "possible")]);
    raw.child.known_as = "Rob".into();
    raw.child.born = make::date("3", "5", "2011");
    raw.child.school = "Fernhill Academy".into();
    raw.child.address = "12 Quarry Lane".into();
    raw.place = "The car park behind the station".into();
    raw.others = "A man called Dex, silver car, 07700 900123".into();
    raw.opinion = "I think somebody sends him places.".into();
    raw.child_words = "They said I owe them.".into();
    raw.child_wishes = "He wants to be left alone by them.".into();
    raw.child_knows = "yes".into();
    raw.parents_know = "no".into();
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &raw).await;
    level(&w, &s.lead, &of, decided("moderate")).await.unwrap();
    let whole = make::seen(&w, &officer, &queue(&w, &officer).await[0]).await;
    assert_eq!(retyped(&raw, &whole), Vec::<&str>::new(), "re-typed fields must be none");
});

#[test]
fn a_concern_of_a_screening_says_which_it_came_from() {
    let text = include_str!("../../../../content/instruments/ce-screen-2026.1.yaml");
    let instrument = tessera_app::screening::Instrument::from_yaml("ce", text).unwrap();
    let raw = make::screen();
    let sheet = tessera_app::screening::Sheet::new(
        &instrument,
        &raw.screening("2026-11-24".parse().unwrap()),
    );
    let report = tessera_app::screening::Report::of(&instrument, &sheet.unwrap());
    let reference = Reference::from_stored("SCR-2222-2222".into());
    let concern = concern_of(&raw, &instrument, &report, &reference);
    assert!(concern.what.contains("SCR-2222-2222") && concern.what.contains("2026.1"));
    assert!(concern.what.contains("I saw or heard it myself"), "{}", concern.what);
    assert_eq!(concern.origin, "witnessed");
}

on_both!(a_link_works_without_an_account_once_and_until_its_time_is_up, async |w| {
    let s = school(&w).await;
    let raw = RawLinkTo { made_for: "Vera from the choir".into(), days: "1".into() };
    assert!(is_refused(w.app.offer_screening(&public(), &raw).await.map(|_| ())));
    let (token, _) = w.app.offer_screening(&s.lead, &raw).await.unwrap();
    let landing = w.app.landing(&token).await.unwrap().unwrap();
    assert_eq!((landing.made_for.as_str(), landing.begun), ("Vera from the choir", false));
    assert!(w.app.landing(&[7; 32]).await.unwrap().is_none());
    let code = w.app.start_by_link(&public(), &token).await.unwrap();
    assert_eq!(
        w.app.start_by_link(&public(), &token).await.unwrap(),
        code,
        "it goes on, elsewhere too"
    );
    let mut open = w.app.open_screening(&code).await.unwrap().unwrap();
    assert_eq!(open.raw.sender_name, "Vera from the choir");
    open.raw = make::screen();
    let kept = open.raw.clone();
    w.app.save_screening(&public(), &open, &kept).await.unwrap();
    let sent = w.app.submit_screening(&public(), &open).await.unwrap();
    assert!(w.app.landing(&token).await.unwrap().is_none(), "it is used up");
    assert!(is_absent(w.app.start_by_link(&public(), &token).await));
    let shown = w.app.view_screening(&s.lead, &sent.reference).await.unwrap();
    assert_eq!(shown.screening.sent_by_name, "Vera Volunteer");
    assert_eq!(
        w.raw_number("SELECT COUNT(*) FROM screening_link WHERE used_at IS NOT NULL").await,
        1
    );
    let (late, _) = w.app.offer_screening(&s.lead, &raw).await.unwrap();
    w.hours_later(25);
    assert!(w.app.landing(&late).await.unwrap().is_none());
});

on_both!(the_maker_ends_a_link_and_nobody_else_can, async |w| {
    let s = school(&w).await;
    let raw = RawLinkTo { made_for: "Vera".into(), days: "3".into() };
    let (token, _) = w.app.offer_screening(&s.lead, &raw).await.unwrap();
    let id = w.app.own_links(&s.lead).await.unwrap()[0].id;
    assert!(is_absent(w.app.end_link(&s.worker, id).await));
    w.app.end_link(&s.lead, id).await.unwrap();
    assert!(w.app.landing(&token).await.unwrap().is_none());
});

on_both!(the_childs_file_shows_it_and_two_screenings_stand_side_by_side, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let manager = make::manager(&w).await;
    let file = make::file(&w, &officer, make::child("Robin Fernley")).await;
    let first = make::screened(&w, &officer, StartFrom::File(file.clone()), &make::screen()).await;
    level(&w, &manager, &first, decided("moderate")).await.unwrap();
    w.hours_later(24 * 30);
    let raw = make::screen_with(&[("MIS-03", "no"), ("DIS-01", "yes")]);
    let second = make::screened(&w, &officer, StartFrom::File(file.clone()), &raw).await;
    let listed = w.app.screenings_of_file(&officer, &file).await.unwrap();
    let references: Vec<&Reference> = listed.iter().map(|(one, _)| &one.reference).collect();
    assert_eq!(references, [&second, &first]);
    let (before, after) = w.app.compare_screenings(&officer, &second, &first).await.unwrap();
    assert_eq!((&before.screening.reference, &after.screening.reference), (&first, &second));
    let events = w.app.view_child(&officer, &file, None).await.unwrap().events;
    let screenings: Vec<&str> =
        events.iter().filter(|e| e.kind == "screening").map(|e| e.fact.as_str()).collect();
    assert_eq!(screenings.len(), 3, "{screenings:?}");
    assert!(screenings.iter().any(|fact| fact.contains("Significant")));
    let _ = s;
});

on_both!(a_screening_of_a_restricted_child_is_hidden_as_the_child_is, async |w| {
    let s = school(&w).await;
    let officer = make::officer(&w).await;
    let manager = make::manager(&w).await;
    let raw = make::screen_with(&[("MIS-01", "yes")]);
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &raw).await;
    level(&w, &s.lead, &of, decided("moderate")).await.unwrap();
    let concern = queue(&w, &officer).await[0].clone();
    let file = make::new_file(&w, &officer, &concern, 0, &[]).await.unwrap();
    let events = w.app.view_child(&officer, &file, None).await.unwrap().events;
    assert!(events.iter().any(|e| e.kind == "screening"), "it comes with the concern");
    let restrict = tessera_app::child::RawAccess {
        change: "restrict".into(),
        person: String::new(),
        reason: "A known conflict of interest".into(),
    };
    w.app.change_access(&manager, &file, &restrict).await.unwrap();
    for hidden_from in [&officer, &s.lead] {
        assert!(is_absent(w.app.view_screening(hidden_from, &of).await.map(|_| ())));
    }
    assert!(w.app.screenings(&s.lead).await.unwrap().to_check.is_empty());
    assert!(w.app.screenings(&officer).await.unwrap().at_hub.is_empty());
    assert!(w.app.view_screening(&manager, &of).await.is_ok());
    assert!(w.app.view_screening(&s.worker, &of).await.is_ok(), "they know what they sent");
});

on_both!(every_look_and_every_decision_is_in_the_log, async |w| {
    let s = school(&w).await;
    let of = make::screened(&w, &s.worker, StartFrom::Nothing, &make::screen()).await;
    w.app.view_screening(&s.lead, &of).await.unwrap();
    level(&w, &s.lead, &of, decided("moderate")).await.unwrap();
    for action in ["save", "submit", "view", "decide"] {
        let sql = format!("SELECT COUNT(*) FROM audit_entry WHERE action = 'screening.{action}'");
        assert!(w.raw_number(&sql).await > 0, "{action}");
    }
});
