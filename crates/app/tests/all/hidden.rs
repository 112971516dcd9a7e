//! What somebody may not see does not exist for them; what is restricted opens to named people,
//! and in an emergency with an end and a review.

use tessera_app::{
    child::{RawAccess, RawEvent, RawInvolvement, RawReason, RawReview, RawSearch},
    concern::{Filter, RawEntry},
};
use tessera_core::{agency::AgencyKind, concern::RawChild, reference::Reference, user::Role};
use tessera_policy::{Actor, Refusal};
use tessera_testkit::{World, make, on_both};

use crate::{asks_reason, fields, is_absent, notices, public, triage::decide, was_told};

/// Changes who may see a file.
pub(crate) async fn change(
    w: &World,
    by: &Actor,
    file: &Reference,
    change: &str,
    person: Option<&Actor>,
) {
    w.clock.advance(tessera_core::time::SignedDuration::from_millis(1));
    let raw = RawAccess {
        change: change.into(),
        person: person.and_then(Actor::user).map(|id| id.to_string()).unwrap_or_default(),
        reason: "Agreed with the safeguarding lead".into(),
    };
    w.app.change_access(by, file, &raw).await.unwrap();
}

/// Names somebody as a worker of a child.
pub(crate) async fn involve(w: &World, by: &Actor, file: &Reference, worker: &Actor) {
    let raw = RawInvolvement {
        agency: worker.agency.unwrap().to_string(),
        user: worker.user().unwrap().to_string(),
        role: "Allocated worker".into(),
    };
    w.app.add_involvement(by, file, &raw).await.unwrap();
}

fn robin() -> RawChild {
    RawChild { born: make::date("3", "5", "2011"), ..make::child("Robin Example") }
}

fn because() -> RawReason {
    RawReason { reason: "The school rang about this child".into() }
}

fn search() -> RawSearch {
    RawSearch { name: "Robin Example".into(), ..RawSearch::default() }
}

async fn social_worker(w: &World, name: &str) -> Actor {
    let agency = make::agency(w, &format!("Agency of {name}"), AgencyKind::SocialCare).await;
    make::user(w, name, agency, &[Role::SocialWorker]).await
}

/// How much of a child one officer comes across anywhere.
async fn traces(w: &World, by: &Actor, file: &Reference, concern: &Reference) -> Vec<&'static str> {
    let mut found = Vec::new();
    let (lines, all) = w.app.queue(by, &Filter::default()).await.unwrap();
    let listed = lines.iter().any(|line| line.reference == *concern);
    let words = w.app.search_concerns(by, "Robin").await.unwrap();
    let children = w.app.search_children(by, &search()).await.unwrap();
    let reason = w.app.give_reason(by, file, &because()).await;
    let checks = [
        (listed, "queue"),
        (all > 0, "count"),
        (!words.is_empty(), "words"),
        (!children.is_empty(), "search"),
        (!is_absent(w.app.view_concern(by, concern).await), "concern"),
        (!is_absent(w.app.view_source(by, concern).await), "source"),
        (!is_absent(w.app.view_child(by, file, None).await), "file"),
        (!is_absent(w.app.print_child(by, file).await), "print"),
        (!is_absent(w.app.lookers(by, file).await), "lookers"),
        (!is_absent(reason), "reason"),
        (!is_absent(w.app.override_restriction(by, file, &because()).await), "emergency"),
    ];
    found.extend(checks.into_iter().filter(|(there, _)| *there).map(|(_, name)| name));
    found
}

on_both!(for_an_excluded_person_nothing_of_the_child_exists, async |w| {
    let officer = make::officer(&w).await;
    let manager = make::manager(&w).await;
    let hub = w.hub().await;
    let roles = [Role::HubOfficer, Role::HubManager];
    let kin = make::user(&w, "Kit Kin", hub, &roles).await;
    let mut raw = make::concern_about(&[robin()]);
    raw.reporter_name = "Nia Neighbour".into();
    let receipt = make::sent(&w, &public(), &raw).await;
    let concern = &receipt.reference;
    let file = make::new_file(&w, &officer, concern, 0, &[]).await.unwrap();
    assert!(traces(&w, &kin, &file, concern).await.contains(&"file"));
    change(&w, &manager, &file, "exclude", Some(&kin)).await;
    assert_eq!(traces(&w, &kin, &file, concern).await, Vec::<&str>::new());
    // Being named does not undo it: a prohibition beats every permission.
    change(&w, &manager, &file, "name", Some(&kin)).await;
    assert_eq!(traces(&w, &kin, &file, concern).await, Vec::<&str>::new());
    // Another concern about the same child does not betray the first.
    let other = make::sent(&w, &public(), &make::concern_about(&[robin()])).await.reference;
    let earlier = w.app.view_concern(&officer, &other).await.unwrap().earlier;
    assert_eq!(earlier.len(), 1);
    assert!(w.app.view_concern(&kin, &other).await.unwrap().earlier.is_empty());
    // Nor does a notice.
    let sender = w.app.sender(concern, &receipt.follow, None).await.unwrap().unwrap();
    let entry = RawEntry { kind: "addition".into(), body: "He came again.".into() };
    w.app.add_entry(&sender, concern, &entry).await.unwrap();
    decide(&w, &officer, concern, 0, "nfa").await;
    let challenge = tessera_app::concern::RawChallenge { reason: "Look again please".into() };
    w.app.challenge(&sender, concern, &challenge).await.unwrap();
    assert!(was_told(&w, &officer, concern.as_str()).await);
    assert!(was_told(&w, &manager, concern.as_str()).await);
    assert!(notices(&w, &kin).await.is_empty());
    w.app.give_reason(&manager, &file, &because()).await.unwrap();
    change(&w, &manager, &file, "unexclude", Some(&kin)).await;
    assert!(!is_absent(w.app.view_child(&kin, &file, None).await));
});

on_both!(an_excluded_lead_hears_nothing_of_a_partner_check, async |w| {
    let officer = make::officer(&w).await;
    let manager = make::manager(&w).await;
    let school = make::agency(&w, "Marlbrook Primary", AgencyKind::Education).await;
    let lead = make::user(&w, "Lena Lead", school, &[Role::AgencyLead]).await;
    let kin = make::user(&w, "Kit Kin", school, &[Role::AgencyLead]).await;
    let (file, concern) = make::file_and_concern(&w, &officer, robin()).await;
    change(&w, &manager, &file, "exclude", Some(&kin)).await;
    crate::checks::ask(&w, &officer, &concern, school).await;
    w.hours_later(30);
    w.app.run_due_jobs().await.unwrap();
    let check = w.app.checks(&lead).await.unwrap()[0].id;
    assert!(w.app.checks(&kin).await.unwrap().is_empty());
    assert!(is_absent(w.app.view_check(&kin, check).await));
    assert_eq!((notices(&w, &lead).await.len(), notices(&w, &kin).await.len()), (2, 0));
});

on_both!(an_excluded_person_is_not_named_as_a_worker, async |w| {
    let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
    let social = social_worker(&w, "Sol Social").await;
    let file = make::file(&w, &officer, robin()).await;
    change(&w, &manager, &file, "exclude", Some(&social)).await;
    let raw = RawInvolvement {
        agency: social.agency.unwrap().to_string(),
        user: social.user().unwrap().to_string(),
        role: "Allocated worker".into(),
    };
    let errors = fields(w.app.add_involvement(&officer, &file, &raw).await);
    assert!(errors.of("user").is_some());
    assert!(notices(&w, &social).await.is_empty());
});

on_both!(a_restricted_file_opens_to_named_people_only, async |w| {
    let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
    let social = social_worker(&w, "Sol Social").await;
    let (file, concern) = make::file_and_concern(&w, &officer, robin()).await;
    involve(&w, &officer, &file, &social).await;
    change(&w, &manager, &file, "restrict", None).await;
    assert!(w.app.view_child(&manager, &file, None).await.is_ok(), "who restricts it is named");
    assert_eq!(traces(&w, &officer, &file, &concern).await, Vec::<&str>::new());
    assert!(is_absent(w.app.view_child(&social, &file, None).await), "not even its worker");
    assert!(is_absent(w.app.view_concern(&social, &concern).await));
    change(&w, &manager, &file, "name", Some(&social)).await;
    assert!(w.app.view_child(&social, &file, None).await.is_ok());
    change(&w, &manager, &file, "unname", Some(&social)).await;
    assert!(is_absent(w.app.view_child(&social, &file, None).await));
    change(&w, &manager, &file, "open", None).await;
    assert!(traces(&w, &officer, &file, &concern).await.contains(&"file"));
});

on_both!(being_named_on_one_childs_file_opens_nothing_of_another_child, async |w| {
    let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
    let raw = make::concern_about(&[robin(), make::child("Quentin Ostler")]);
    let concern = make::sent(&w, &public(), &raw).await.reference;
    let robins = make::new_file(&w, &officer, &concern, 0, &[]).await.unwrap();
    let quentins = make::new_file(&w, &officer, &concern, 1, &[]).await.unwrap();
    change(&w, &manager, &robins, "restrict", None).await;
    change(&w, &manager, &quentins, "restrict", None).await;
    change(&w, &manager, &quentins, "name", Some(&officer)).await;
    assert!(w.app.view_child(&officer, &quentins, None).await.is_ok());
    assert!(is_absent(w.app.view_concern(&officer, &concern).await));
    assert_eq!(w.app.queue(&officer, &Filter::default()).await.unwrap().1, 0);
    change(&w, &manager, &robins, "name", Some(&officer)).await;
    assert!(w.app.view_concern(&officer, &concern).await.is_ok());
    assert_eq!(w.app.queue(&officer, &Filter::default()).await.unwrap().1, 1);
});

on_both!(an_emergency_opening_ends_by_itself_and_is_reviewed_by_somebody_else, async |w| {
    let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
    let hub = w.hub().await;
    let night = make::user(&w, "Nora Night", hub, &[Role::HubManager]).await;
    let file = make::file(&w, &officer, robin()).await;
    change(&w, &manager, &file, "restrict", None).await;
    let told = w.app.view_child(&night, &file, None).await;
    assert!(matches!(told, Err(tessera_app::AppError::Refused(Refusal::Restricted))));
    let dot = RawReason { reason: ".".into() };
    assert!(fields(w.app.override_restriction(&night, &file, &dot).await).of("reason").is_some());
    w.app.override_restriction(&night, &file, &because()).await.unwrap();
    assert!(w.app.view_child(&night, &file, None).await.is_ok());
    w.hours_later(3);
    assert!(w.app.view_child(&night, &file, None).await.is_ok());
    w.hours_later(1);
    assert!(w.app.view_child(&night, &file, None).await.is_err(), "four hours are over");

    assert!(w.app.stewardship(&night).await.unwrap().openings.is_empty(), "not one's own");
    let waiting = w.app.stewardship(&manager).await.unwrap().openings;
    assert_eq!((waiting.len(), waiting[0].name.as_str()), (1, "Nora Night"));
    let raw = RawReview { opening: waiting[0].id, review: "It was right to open it".into() };
    let own = w.app.review_opening(&night, &raw).await;
    assert!(matches!(own, Err(tessera_app::AppError::Conflict)));
    w.app.review_opening(&manager, &raw).await.unwrap();
    assert!(w.app.stewardship(&manager).await.unwrap().openings.is_empty());
});

on_both!(a_reason_opens_a_file_for_twelve_hours_and_its_workers_are_told, async |w| {
    let officer = make::officer(&w).await;
    let (worker, other) =
        (social_worker(&w, "Sol Social").await, social_worker(&w, "Sia Social").await);
    let file = make::file(&w, &officer, robin()).await;
    involve(&w, &officer, &file, &worker).await;
    assert!(w.app.view_child(&worker, &file, None).await.is_ok());
    assert!(asks_reason(w.app.view_child(&other, &file, None).await));
    let short = RawReason { reason: "because".into() };
    assert!(fields(w.app.give_reason(&other, &file, &short).await).of("reason").is_some());
    w.app.give_reason(&other, &file, &because()).await.unwrap();
    assert!(w.app.view_child(&other, &file, None).await.is_ok());
    assert!(was_told(&w, &worker, "outside the team").await);
    w.hours_later(11);
    assert!(w.app.view_child(&other, &file, None).await.is_ok());
    w.hours_later(1);
    assert!(asks_reason(w.app.view_child(&other, &file, None).await), "twelve hours are over");
});

on_both!(the_hub_needs_a_reason_once_no_concern_is_open, async |w| {
    let officer = make::officer(&w).await;
    let (file, concern) = make::file_and_concern(&w, &officer, robin()).await;
    assert!(w.app.view_child(&officer, &file, None).await.is_ok());
    decide(&w, &officer, &concern, 0, "nfa").await;
    assert!(asks_reason(w.app.view_child(&officer, &file, None).await));
});

on_both!(a_file_that_is_hidden_answers_as_one_that_does_not_exist, async |w| {
    let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
    let hidden = make::file(&w, &officer, robin()).await;
    change(&w, &manager, &hidden, "restrict", None).await;
    let never = Reference::draw(tessera_core::reference::Of::Child, &*w.chance);
    let hub = w.hub().await;
    let auditor = make::user(&w, "Audra Auditor", hub, &[Role::Auditor]).await;
    for file in [&hidden, &never] {
        assert!(is_absent(w.app.view_child(&officer, file, None).await));
    }
    let log = w.app.audit_page(&auditor, None, "child.view").await.unwrap();
    let outcomes: Vec<_> = log.iter().take(2).map(|e| e.outcome.as_str()).collect();
    assert_eq!(outcomes, ["absent", "absent"], "both were written down alike");
});

on_both!(who_looked_is_listed_in_words, async |w| {
    let officer = make::officer(&w).await;
    let social = social_worker(&w, "Sol Social").await;
    let file = make::file(&w, &officer, robin()).await;
    w.app.give_reason(&social, &file, &because()).await.unwrap();
    w.app.view_child(&social, &file, None).await.unwrap();
    w.app.print_child(&social, &file).await.unwrap();
    let lookers = w.app.lookers(&officer, &file).await.unwrap();
    let said: Vec<String> = lookers
        .iter()
        .map(|l| {
            let action = tessera_policy::Action::from_id(&l.action).unwrap();
            format!("{} of {} {}", l.name, l.agency, action.words())
        })
        .collect();
    let hub = "Olu Officer of Marlbrook front door";
    let sol = "Sol Social of Agency of Sol Social";
    assert_eq!(
        said,
        [
            format!("{hub} read who looked at the file"),
            format!("{sol} printed the file"),
            format!("{sol} opened the file"),
            format!("{sol} gave a reason to open the file"),
            format!("{hub} opened a new file"),
        ]
    );
});

on_both!(a_worker_named_on_a_file_reads_what_is_for_the_team_and_no_more, async |w| {
    let officer = make::officer(&w).await;
    let school = make::agency(&w, "Marlbrook Primary", AgencyKind::Education).await;
    let teacher = make::user(&w, "Theo Teacher", school, &[Role::Worker]).await;
    let file = make::file(&w, &officer, robin()).await;
    assert!(is_absent(w.app.view_child(&teacher, &file, None).await));
    involve(&w, &officer, &file, &teacher).await;
    for (fact, audience) in [("Seen well at school", "team"), ("Named in a strategy talk", "hub")] {
        let raw = RawEvent {
            kind: "contact".into(),
            fact: fact.into(),
            source: "School".into(),
            audience: audience.into(),
            ..RawEvent::default()
        };
        w.app.add_event(&officer, &file, &raw).await.unwrap();
    }
    let events = async |who: &Actor| {
        let file = w.app.view_child(who, &file, None).await.unwrap();
        file.events.into_iter().map(|event| event.fact).collect::<Vec<_>>()
    };
    assert_eq!(events(&teacher).await, ["Seen well at school"]);
    assert_eq!(events(&officer).await.len(), 3);
});
