//! What an officer decides, with whom, why, and by when.

use tessera_app::{
    AppError,
    concern::{Filter, RawDecision, RawRoutes, RawSharing, RawStop, RawUrgency},
};
use tessera_core::{agency::AgencyKind, concern::Status, reference::Reference, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused, public, was_told};

/// Decides about the nth child of a concern.
pub(crate) async fn decide(
    w: &World,
    by: &Actor,
    reference: &Reference,
    nth: usize,
    outcome: &str,
) {
    try_to_decide(w, by, reference, nth, outcome).await.unwrap();
}

async fn try_to_decide(
    w: &World,
    by: &Actor,
    reference: &Reference,
    nth: usize,
    outcome: &str,
) -> Result<(), AppError> {
    let whole = make::seen(w, by, reference).await;
    let raw = RawDecision {
        version: whole.concern.version,
        decision_child: whole.children[nth].id.to_string(),
        outcome: outcome.into(),
        need_level: "2".into(),
        decision_reason: "Nothing points to harm".into(),
        told: String::new(),
    };
    w.app.decide(by, reference, &raw).await
}

pub(crate) async fn set_urgency(
    w: &World,
    by: &Actor,
    reference: &Reference,
    urgency: &str,
) -> Result<(), AppError> {
    let version = make::seen(w, by, reference).await.concern.version;
    let urgency_reason = "Seen twice this week".into();
    let raw = RawUrgency { version, urgency: urgency.into(), urgency_reason };
    w.app.set_urgency(by, reference, &raw).await
}

pub(crate) async fn route(w: &World, by: &Actor, reference: &Reference, routes: &[&str]) {
    let version = make::seen(w, by, reference).await.concern.version;
    let routes = routes.iter().map(ToString::to_string).collect();
    let raw = RawRoutes { version, routes, route_reason: "A plate and a pattern".into() };
    w.app.add_routes(by, reference, &raw).await.unwrap();
}

async fn share(w: &World, by: &Actor, reference: &Reference) {
    let raw = RawSharing {
        version: make::seen(w, by, reference).await.concern.version,
        basis: "public_task_safeguarding".into(),
        agreement: "not_asked_unsafe".into(),
        sharing_reason: "Asking could put the child at risk".into(),
    };
    w.app.record_sharing(by, reference, &raw).await.unwrap();
}

async fn one(w: &World) -> Reference {
    make::sent(w, &public(), &make::concern("A van waits at the gate.")).await.reference
}

on_both!(urgency_is_set_by_a_named_officer_and_the_earlier_ones_stay, async |w| {
    let (officer, reference) = (make::officer(&w).await, one(&w).await);
    assert!(fields(set_urgency(&w, &officer, &reference, "purple").await).of("urgency").is_some());
    set_urgency(&w, &officer, &reference, "red").await.unwrap();
    w.minutes_later(1);
    set_urgency(&w, &officer, &reference, "green").await.unwrap();
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.concern.urgency.as_deref(), Some("green"));
    let kept: Vec<_> =
        whole.urgencies.iter().map(|u| (u.urgency.as_str(), u.by.as_str())).collect();
    assert_eq!(kept, [("red", "Olu Officer"), ("green", "Olu Officer")]);
    assert_eq!(whole.concern.status, Status::BeingAssessed, "the first act begins the work");
});

on_both!(a_place_in_the_queue_follows_every_change_of_its_concern, async |w| {
    let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
    let receipt = make::sent(&w, &public(), &make::concern("A van waits at the gate.")).await;
    let sender = w.app.sender(&receipt.reference, &receipt.follow, None).await.unwrap().unwrap();
    let reference = receipt.reference;
    let waiting = async |urgency: &str| {
        // What the queue keeps is compared with what the concerns say.
        let examined = tessera_store::integrity::examine(&w.app.db).await.unwrap();
        assert_eq!(examined.problems, Vec::<String>::new());
        w.app.queue(&officer, &Filter { urgency: urgency.into() }).await.unwrap().1
    };
    assert_eq!((waiting("").await, waiting("none").await), (1, 1));
    set_urgency(&w, &officer, &reference, "red").await.unwrap();
    assert_eq!((waiting("red").await, waiting("none").await), (1, 0));
    decide(&w, &officer, &reference, 0, "nfa").await;
    assert_eq!(waiting("").await, 0);
    let raw = tessera_app::concern::RawChallenge { reason: "Look again please".into() };
    w.app.challenge(&sender, &reference, &raw).await.unwrap();
    assert_eq!(waiting("red").await, 1);
    let whole = make::seen(&w, &manager, &reference).await;
    let raw = tessera_app::concern::RawAnswer {
        version: whole.concern.version,
        challenge: whole.challenges[0].id.to_string(),
        verdict: "upheld".into(),
        answer: "We looked again".into(),
    };
    w.app.answer_challenge(&manager, &reference, &raw).await.unwrap();
    assert_eq!(waiting("").await, 0);
});

on_both!(the_queue_runs_from_red_to_blue_and_then_by_the_clock, async |w| {
    let officer = make::officer(&w).await;
    let mut references = Vec::new();
    for _ in 0..6 {
        references.push(one(&w).await);
        w.minutes_later(10);
    }
    for (n, urgency) in [(0, "blue"), (1, "green"), (2, "amber"), (4, "red")] {
        set_urgency(&w, &officer, &references[n], urgency).await.unwrap();
    }
    let mut danger = make::concern("A child is being hurt now.");
    danger.kind = "danger".into();
    references.push(make::sent(&w, &public(), &danger).await.reference);
    // Its clock was stopped, so it has none that could run out.
    let stop = RawStop {
        version: make::seen(&w, &officer, &references[3]).await.concern.version,
        rule: "ack_and_decide".into(),
        stop_reason: "The family moved away; the other area decides".into(),
    };
    w.app.stop_clock(&officer, &references[3], &stop).await.unwrap();
    let (lines, all) = w.app.queue(&officer, &Filter::default()).await.unwrap();
    let order: Vec<usize> = lines
        .iter()
        .map(|line| references.iter().position(|r| *r == line.reference).unwrap())
        .collect();
    assert_eq!(order, [4, 6, 2, 5, 3, 1, 0]);
    assert_eq!(all, 7);
    for (urgency, count) in [("none", 3), ("red", 1), ("blue", 1), ("purple", 0)] {
        let filter = Filter { urgency: urgency.into() };
        let (lines, all) = w.app.queue(&officer, &filter).await.unwrap();
        assert_eq!((lines.len(), all), (count, i64::try_from(count).unwrap()), "{urgency}");
    }
});

on_both!(routes_add_up_and_police_see_what_is_routed_to_them_only, async |w| {
    let officer = make::officer(&w).await;
    let force = make::agency(&w, "Marlbrook Police", AgencyKind::Police).await;
    let police = make::user(&w, "Pia Police", force, &[Role::PoliceIntelligence]).await;
    let (routed, kept) = (one(&w).await, one(&w).await);
    assert!(is_absent(w.app.view_concern(&police, &routed).await));
    route(&w, &officer, &routed, &["referral", "lado"]).await;
    assert!(is_absent(w.app.view_concern(&police, &routed).await), "not theirs yet");
    w.minutes_later(1);
    route(&w, &officer, &routed, &["intelligence"]).await;
    let seen = w.app.view_concern(&police, &routed).await.unwrap();
    assert_eq!(seen.whole.routes.len(), 3);
    assert!(!seen.may_work && seen.earlier.is_empty());
    assert!(is_absent(w.app.view_concern(&police, &kept).await));
    assert!(was_told(&w, &police, routed.as_str()).await);
    assert_eq!(w.app.own_concerns(&police).await.unwrap().routed.len(), 1);
    assert!(is_refused(w.app.view_source(&police, &routed).await));
});

on_both!(an_outcome_that_shares_needs_its_lawful_basis_first, async |w| {
    let (officer, reference) = (make::officer(&w).await, one(&w).await);
    let refused = try_to_decide(&w, &officer, &reference, 0, "s47").await;
    assert!(fields(refused).of("outcome").is_some());
    assert_eq!(make::seen(&w, &officer, &reference).await.decisions.len(), 0);
    share(&w, &officer, &reference).await;
    decide(&w, &officer, &reference, 0, "s47").await;
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.sharing[0].agreement, "not_asked_unsafe");
    assert_eq!(whole.decisions[0].outcome, "s47");
});

on_both!(each_child_gets_a_decision_and_then_the_sender_is_told, async |w| {
    let officer = make::officer(&w).await;
    let school = make::agency(&w, "Marlbrook Primary", AgencyKind::Education).await;
    let worker = make::user(&w, "Tess Assistant", school, &[Role::Worker]).await;
    let raw = make::concern_about(&[make::child("Robin Example"), make::child("Sam Example")]);
    let reference = make::sent(&w, &worker, &raw).await.reference;
    w.minutes_later(30);
    decide(&w, &officer, &reference, 0, "nfa").await;
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.concern.status, Status::BeingAssessed);
    assert!(whole.clocks[0].met_at.is_none());
    assert!(!was_told(&w, &worker, "outcome").await);
    w.minutes_later(30);
    decide(&w, &officer, &reference, 1, "advice").await;
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.concern.status, Status::Decided);
    assert_eq!(whole.clocks[0].met_at, Some(w.now()));
    assert_eq!(whole.clocks[0].ended_by.as_deref(), Some("Olu Officer"));
    assert!(was_told(&w, &worker, "outcome").await);
    let followed = w.app.follow(&worker, &reference).await.unwrap();
    let told: Vec<_> = followed.told.iter().map(|(d, name)| (name.as_str(), &d.told)).collect();
    assert_eq!(told[0].0, "Robin Example");
    assert!(told[0].1.starts_with("We read what you told us"));
    assert!(told[1].1.starts_with("We have given advice"));
    assert_eq!(followed.due_at, None, "nothing is due any more");
    assert_eq!(w.app.queue(&officer, &Filter::default()).await.unwrap().1, 0);
});

on_both!(a_decision_may_start_the_clock_that_belongs_to_it, async |w| {
    let (officer, reference) = (make::officer(&w).await, one(&w).await);
    share(&w, &officer, &reference).await;
    decide(&w, &officer, &reference, 0, "strategy").await;
    let whole = make::seen(&w, &officer, &reference).await;
    let clock = whole.clocks.iter().find(|c| c.rule == "strategy").unwrap();
    assert!(clock.met_at.is_none() && !clock.explained.is_empty());
});

on_both!(one_working_day_from_friday_afternoon_is_monday_at_the_same_time, async |w| {
    w.clock.set("2026-11-27T16:40:00Z".parse().unwrap());
    let receipt = make::sent(&w, &public(), &make::concern("A van.")).await;
    assert_eq!(receipt.due_at.to_string(), "2026-11-30T16:40:00Z");
    assert!(receipt.explained.contains("1 working day"), "{}", receipt.explained);
});

on_both!(the_second_of_two_officers_at_once_is_told_and_changes_nothing, async |w| {
    let officer = make::officer(&w).await;
    let hub = w.hub().await;
    let other = make::user(&w, "Ola Officer", hub, &[Role::HubOfficer]).await;
    let reference = one(&w).await;
    let version = make::seen(&w, &officer, &reference).await.concern.version;
    let raw = |urgency: &str| RawUrgency {
        version,
        urgency: urgency.into(),
        urgency_reason: "Seen twice this week".into(),
    };
    w.app.set_urgency(&officer, &reference, &raw("red")).await.unwrap();
    let late = w.app.set_urgency(&other, &reference, &raw("blue")).await;
    assert!(matches!(late, Err(AppError::Conflict)));
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!((whole.concern.urgency.as_deref(), whole.urgencies.len()), (Some("red"), 1));
});

on_both!(a_clock_is_stopped_by_a_person_with_a_reason_and_only_while_it_runs, async |w| {
    let (officer, reference) = (make::officer(&w).await, one(&w).await);
    let stop = async |rule: &str, why: &str| {
        let version = make::seen(&w, &officer, &reference).await.concern.version;
        let raw = RawStop { version, rule: rule.into(), stop_reason: why.into() };
        w.app.stop_clock(&officer, &reference, &raw).await
    };
    assert!(fields(stop("ack_and_decide", " ").await).of("stop_reason").is_some());
    assert!(fields(stop("assessment", "No such clock").await).of("stop_reason").is_some());
    stop("ack_and_decide", "The other area decides").await.unwrap();
    let clock = make::seen(&w, &officer, &reference).await.clocks.remove(0);
    assert_eq!(clock.ended_by.as_deref(), Some("Olu Officer"));
    assert_eq!(clock.stop_reason, "The other area decides");
    assert!(fields(stop("ack_and_decide", "Once more").await).of("stop_reason").is_some());
});

on_both!(a_decision_about_a_child_of_another_concern_is_refused, async |w| {
    let (officer, reference, other) = (make::officer(&w).await, one(&w).await, one(&w).await);
    let child = make::seen(&w, &officer, &other).await.children[0].id;
    let raw = RawDecision {
        version: make::seen(&w, &officer, &reference).await.concern.version,
        decision_child: child.to_string(),
        outcome: "nfa".into(),
        need_level: "1".into(),
        decision_reason: "Mixed up".into(),
        told: String::new(),
    };
    let errors = fields(w.app.decide(&officer, &reference, &raw).await);
    assert!(errors.of("decision_child").is_some());
});

on_both!(nobody_outside_the_hub_works_on_a_concern, async |w| {
    let officer = make::officer(&w).await;
    let reference = one(&w).await;
    let council = make::agency(&w, "Marlbrook Council", AgencyKind::SocialCare).await;
    for role in [Role::Worker, Role::AgencyLead, Role::SocialWorker, Role::PoliceIntelligence] {
        let person = make::user(&w, &format!("Someone {}", role.id()), council, &[role]).await;
        assert!(is_absent(w.app.view_concern(&person, &reference).await), "{role}");
        let raw =
            RawUrgency { version: 1, urgency: "red".into(), urgency_reason: "Why not".into() };
        assert!(is_absent(w.app.set_urgency(&person, &reference, &raw).await), "{role}");
        assert!(is_refused(w.app.queue(&person, &Filter::default()).await), "{role}");
        assert!(is_refused(w.app.search_concerns(&person, "van").await), "{role}");
    }
    assert_eq!(make::seen(&w, &officer, &reference).await.urgencies.len(), 0);
});

on_both!(who_sent_it_is_opened_apart_and_written_down, async |w| {
    let officer = make::officer(&w).await;
    let mut raw = make::concern("A child at number 12.");
    raw.reporter_name = "Nia Neighbour".into();
    let reference = make::sent(&w, &public(), &raw).await.reference;
    let told = w.app.view_source(&officer, &reference).await.unwrap().unwrap();
    assert_eq!(told.name, "Nia Neighbour");
    let agency = w.hub().await;
    let auditor = make::user(&w, "Audra Auditor", agency, &[Role::Auditor]).await;
    let log = w.app.audit_page(&auditor, None, "concern.source").await.unwrap();
    assert_eq!((log.len(), log[0].actor.as_str()), (1, "Olu Officer"));
    assert!(w.app.search_concerns(&officer, "Nia").await.unwrap().is_empty());
});
