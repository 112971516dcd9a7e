//! Partner checks: an agency is asked, answers once, and is reminded by the clock.

use tessera_app::{check::RawCheckAnswer, concern::RawCheck};
use tessera_core::{
    agency::AgencyKind,
    check::{Answer, PartnerCheck},
    ids::{AgencyId, CheckId},
    reference::Reference,
    user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused, public, was_told};

/// Asks an agency about the first child of a concern.
pub(crate) async fn ask(w: &World, by: &Actor, reference: &Reference, agency: AgencyId) {
    let whole = make::seen(w, by, reference).await;
    let raw = RawCheck {
        version: whole.concern.version,
        check_child: whole.children[0].id.to_string(),
        agencies: vec![agency.to_string()],
        question: "What do you hold? Public task: safeguarding a child".into(),
    };
    w.app.ask_agencies(by, reference, &raw).await.unwrap();
}

async fn held(w: &World, by: &Actor, reference: &Reference) -> PartnerCheck {
    make::seen(w, by, reference).await.checks.remove(0)
}

fn answer(answer: &str, held: &str, reason: &str) -> RawCheckAnswer {
    RawCheckAnswer { answer: answer.into(), held: held.into(), reason: reason.into() }
}

struct Asked {
    officer: Actor,
    lead: Actor,
    other: Actor,
    reference: Reference,
    check: CheckId,
}

async fn asked(w: &World) -> Asked {
    let officer = make::officer(w).await;
    let school = make::agency(w, "Marlbrook Primary", AgencyKind::Education).await;
    let clinic = make::agency(w, "Marlbrook Clinic", AgencyKind::Health).await;
    let lead = make::user(w, "Lena Lead", school, &[Role::AgencyLead]).await;
    let other = make::user(w, "Otis Lead", clinic, &[Role::AgencyLead]).await;
    let raw = make::concern_about(&[make::child("Robin Example")]);
    let reference = make::sent(w, &public(), &raw).await.reference;
    ask(w, &officer, &reference, school).await;
    let check = held(w, &officer, &reference).await.id;
    Asked { officer, lead, other, reference, check }
}

on_both!(the_agency_asked_sees_the_childs_name_and_the_question_and_answers_once, async |w| {
    let a = asked(&w).await;
    assert!(was_told(&w, &a.lead, "asks what your agency holds").await);
    let seen = w.app.view_check(&a.lead, a.check).await.unwrap();
    assert_eq!(seen.child_name, "Robin Example");
    assert_eq!(w.app.checks(&a.lead).await.unwrap().len(), 1);
    assert!(is_absent(w.app.view_concern(&a.lead, &a.reference).await), "not the concern");
    w.minutes_later(60);
    let raw = answer("nothing_held", "", "");
    w.app.answer_check(&a.lead, a.check, &raw).await.unwrap();
    let found = held(&w, &a.officer, &a.reference).await;
    assert_eq!(found.answer, Some(Answer::NothingHeld));
    assert_eq!(found.answered_by.as_deref(), Some("Lena Lead"));
    let again = w.app.answer_check(&a.lead, a.check, &answer("held", "A file", "")).await;
    assert!(matches!(again, Err(tessera_app::AppError::Conflict)));
    assert_eq!(held(&w, &a.officer, &a.reference).await.answer, Some(Answer::NothingHeld));
});

on_both!(what_is_held_or_withheld_is_said, async |w| {
    let a = asked(&w).await;
    for (raw, field) in [
        (answer("", "", ""), "answer"),
        (answer("held", " ", ""), "held"),
        (answer("withheld", "", ""), "reason"),
    ] {
        assert!(fields(w.app.answer_check(&a.lead, a.check, &raw).await).of(field).is_some());
    }
    let raw = answer("withheld", "", "A live investigation");
    w.app.answer_check(&a.lead, a.check, &raw).await.unwrap();
    assert_eq!(held(&w, &a.officer, &a.reference).await.answer, Some(Answer::Withheld));
});

on_both!(an_agency_that_was_not_asked_sees_nothing_of_a_check, async |w| {
    let a = asked(&w).await;
    assert!(is_absent(w.app.view_check(&a.other, a.check).await));
    let raw = answer("held", "Something", "");
    assert!(is_absent(w.app.answer_check(&a.other, a.check, &raw).await));
    assert!(w.app.checks(&a.other).await.unwrap().is_empty());
    assert!(crate::notices(&w, &a.other).await.is_empty());
    assert!(is_refused(w.app.checks(&a.officer).await));
    let never: CheckId = tessera_core::chance::Draw::id(&*w.chance, w.now());
    assert!(is_absent(w.app.view_check(&a.lead, never).await));
});

on_both!(a_check_that_nobody_answers_is_raised_once_when_its_time_is_up, async |w| {
    let a = asked(&w).await;
    let manager = make::manager(&w).await;
    assert_eq!(w.app.run_due_jobs().await.unwrap(), 0);
    w.hours_later(25);
    assert_eq!(w.app.run_due_jobs().await.unwrap(), 1);
    assert_eq!(held(&w, &a.officer, &a.reference).await.escalated_at, Some(w.now()));
    assert!(was_told(&w, &manager, "not answered in time").await);
    assert!(was_told(&w, &a.lead, "not answered in time").await);
    w.hours_later(100);
    assert_eq!(w.app.run_due_jobs().await.unwrap(), 0);
    let late = w.app.answer_check(&a.lead, a.check, &answer("nothing_held", "", "")).await;
    assert!(late.is_ok(), "late is better than never");
});

on_both!(a_check_that_was_answered_in_time_is_not_raised, async |w| {
    let a = asked(&w).await;
    let manager = make::manager(&w).await;
    w.app.answer_check(&a.lead, a.check, &answer("nothing_held", "", "")).await.unwrap();
    w.hours_later(25);
    assert_eq!(w.app.run_due_jobs().await.unwrap(), 1);
    assert_eq!(held(&w, &a.officer, &a.reference).await.escalated_at, None);
    assert!(crate::notices(&w, &manager).await.is_empty());
});
