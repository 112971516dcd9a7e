//! Following a concern up: safe words, additions, questions, challenges.

use tessera_app::concern::{RawAnswer, RawAsk, RawChallenge, RawEntry};
use tessera_core::{
    agency::AgencyKind,
    concern::{EntryKind, Status},
    reference::{Code, Reference},
    user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused, public, triage::decide, was_told};

fn entry(kind: &str, body: &str) -> RawEntry {
    RawEntry { kind: kind.into(), body: body.into() }
}

async fn ask(w: &World, officer: &Actor, reference: &Reference, kind: &str, body: &str) {
    let version = make::seen(w, officer, reference).await.concern.version;
    let raw = RawAsk { version, entry_kind: kind.into(), entry_body: body.into() };
    w.app.write_entry(officer, reference, &raw).await.unwrap();
}

/// A concern sent without an account, and its sender.
async fn from_outside(w: &World) -> (Reference, Actor) {
    let receipt = make::sent(w, &public(), &make::concern("A van waits at the gate.")).await;
    let found = w.app.sender(&receipt.reference, &receipt.follow, None).await.unwrap();
    (receipt.reference, found.unwrap())
}

on_both!(a_wrong_code_and_a_wrong_reference_get_the_same_answer, async |w| {
    let one = make::sent(&w, &public(), &make::concern("One.")).await;
    let two = make::sent(&w, &public(), &make::concern("Two.")).await;
    let never = Reference::draw(tessera_core::reference::Of::Concern, &*w.chance);
    let guess = Code::draw(&*w.chance);
    for (reference, code) in [
        (&one.reference, &guess),
        (&never, &one.follow),
        (&two.reference, &one.follow),
        (&never, &guess),
    ] {
        assert!(w.app.sender(reference, code, None).await.unwrap().is_none());
    }
    assert!(w.app.sender(&one.reference, &one.follow, None).await.unwrap().is_some());
});

on_both!(the_code_of_one_concern_opens_no_other, async |w| {
    let (mine, me) = from_outside(&w).await;
    let (yours, _) = from_outside(&w).await;
    assert!(w.app.follow(&me, &mine).await.is_ok());
    assert!(is_absent(w.app.follow(&me, &yours).await));
    assert!(is_absent(w.app.add_entry(&me, &yours, &entry("addition", "Mine now.")).await));
    let challenge = RawChallenge { reason: "I disagree".into() };
    assert!(is_absent(w.app.challenge(&me, &yours, &challenge).await));
});

on_both!(a_sender_reads_what_is_for_them_and_never_an_officers_note, async |w| {
    let officer = make::officer(&w).await;
    let (reference, me) = from_outside(&w).await;
    ask(&w, &officer, &reference, "note", "Seen before, see the other file").await;
    w.minutes_later(1);
    ask(&w, &officer, &reference, "question", "What colour was the van?").await;
    let followed = w.app.follow(&me, &reference).await.unwrap();
    let bodies: Vec<_> = followed.entries.iter().map(|e| e.body.as_str()).collect();
    assert_eq!(bodies, ["What colour was the van?"]);
    assert_eq!(followed.concern.status, Status::MoreWanted);
});

on_both!(a_question_is_answered_and_the_officers_are_told, async |w| {
    let officer = make::officer(&w).await;
    let (reference, me) = from_outside(&w).await;
    ask(&w, &officer, &reference, "question", "What colour was the van?").await;
    w.minutes_later(5);
    w.app.add_entry(&me, &reference, &entry("answer", "White, with a dent.")).await.unwrap();
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.concern.status, Status::BeingAssessed);
    assert_eq!(whole.entries.last().unwrap().kind, EntryKind::Answer);
    assert_eq!(whole.entries.last().unwrap().by, "The sender");
    assert!(was_told(&w, &officer, reference.as_str()).await);
    assert_eq!(w.app.search_concerns(&officer, "dent").await.unwrap().len(), 1);
});

on_both!(an_answer_to_no_question_opens_nothing_again, async |w| {
    let officer = make::officer(&w).await;
    let (reference, me) = from_outside(&w).await;
    decide(&w, &officer, &reference, 0, "nfa").await;
    let answer = w.app.add_entry(&me, &reference, &entry("answer", "It was white.")).await;
    assert!(fields(answer).of("kind").is_some());
    w.app.add_entry(&me, &reference, &entry("addition", "It was white.")).await.unwrap();
    w.app.add_entry(&me, &reference, &entry("withdrawal", "Forget it.")).await.unwrap();
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.concern.status, Status::Decided, "a decision stands");
    assert_eq!(whole.entries.len(), 2);
});

on_both!(a_concern_that_is_taken_back_leaves_the_queue_and_stays_on_record, async |w| {
    let officer = make::officer(&w).await;
    let (reference, me) = from_outside(&w).await;
    w.app.add_entry(&me, &reference, &entry("withdrawal", "I was wrong.")).await.unwrap();
    let filter = tessera_app::concern::Filter::default();
    assert_eq!(w.app.queue(&officer, &filter).await.unwrap().1, 0);
    let whole = make::seen(&w, &officer, &reference).await;
    assert_eq!(whole.concern.what, "A van waits at the gate.");
    assert_eq!(whole.concern.status, Status::Withdrawn);
});

on_both!(a_lead_reads_what_a_colleague_sent_and_cannot_add_to_it, async |w| {
    let school = make::agency(&w, "Marlbrook Primary", AgencyKind::Education).await;
    let clinic = make::agency(&w, "Marlbrook Clinic", AgencyKind::Health).await;
    let worker = make::user(&w, "Tess Assistant", school, &[Role::Worker]).await;
    let peer = make::user(&w, "Theo Teacher", school, &[Role::Worker]).await;
    let lead = make::user(&w, "Lena Lead", school, &[Role::AgencyLead]).await;
    let other = make::user(&w, "Otis Lead", clinic, &[Role::AgencyLead]).await;
    let reference = make::sent(&w, &worker, &make::concern("A van.")).await.reference;
    assert!(w.app.follow(&worker, &reference).await.unwrap().may_add);
    assert!(!w.app.follow(&lead, &reference).await.unwrap().may_add);
    assert!(is_absent(w.app.follow(&peer, &reference).await));
    assert!(is_absent(w.app.follow(&other, &reference).await));
    assert!(is_absent(w.app.add_entry(&lead, &reference, &entry("addition", "x")).await));
    assert_eq!(w.app.own_concerns(&worker).await.unwrap().own.len(), 1);
    assert_eq!(w.app.own_concerns(&lead).await.unwrap().colleagues.len(), 1);
    assert_eq!(w.app.own_concerns(&other).await.unwrap().colleagues.len(), 0);
});

on_both!(an_outcome_is_challenged_only_once_there_is_one, async |w| {
    let officer = make::officer(&w).await;
    let manager = make::manager(&w).await;
    let (reference, me) = from_outside(&w).await;
    let raw = RawChallenge { reason: "The van was there again today".into() };
    assert!(fields(w.app.challenge(&me, &reference, &raw).await).of("reason").is_some());
    decide(&w, &officer, &reference, 0, "nfa").await;
    w.minutes_later(1);
    w.app.challenge(&me, &reference, &raw).await.unwrap();
    let followed = w.app.follow(&me, &reference).await.unwrap();
    assert_eq!(followed.challenges.len(), 1);
    // Five working days from a Tuesday morning are the next Tuesday morning.
    let week = tessera_core::time::SignedDuration::from_hours(7 * 24);
    assert_eq!(followed.challenges[0].due_at, w.now() + week);
    assert!(was_told(&w, &manager, "challenged").await);
    let filter = tessera_app::concern::Filter::default();
    assert!(w.app.queue(&officer, &filter).await.unwrap().0[0].challenged);
});

on_both!(one_challenge_waits_at_a_time, async |w| {
    let officer = make::officer(&w).await;
    let manager = make::manager(&w).await;
    let (reference, me, challenge) = challenged(&w, &officer).await;
    let raw = RawChallenge { reason: "And the day before".into() };
    assert!(fields(w.app.challenge(&me, &reference, &raw).await).of("reason").is_some());
    answer(&w, &manager, &reference, &challenge, "upheld").await.unwrap();
    w.app.challenge(&me, &reference, &raw).await.unwrap();
    assert_eq!(w.app.follow(&me, &reference).await.unwrap().challenges.len(), 2);
});

on_both!(words_are_found_with_or_without_their_accents, async |w| {
    let officer = make::officer(&w).await;
    make::sent(&w, &public(), &make::concern("Seen at the Café Łódź with Zoë.")).await;
    for words in ["cafe lodz", "CAFÉ zoe", "łódź"] {
        assert_eq!(w.app.search_concerns(&officer, words).await.unwrap().len(), 1, "{words}");
    }
});

/// A decided and challenged concern; the challenge's id.
async fn challenged(w: &World, decider: &Actor) -> (Reference, Actor, String) {
    let (reference, me) = from_outside(w).await;
    decide(w, decider, &reference, 0, "nfa").await;
    let raw = RawChallenge { reason: "The van was there again today".into() };
    w.app.challenge(&me, &reference, &raw).await.unwrap();
    let whole = make::seen(w, decider, &reference).await;
    (reference, me, whole.challenges[0].id.to_string())
}

async fn answer(
    w: &World,
    by: &Actor,
    reference: &Reference,
    challenge: &str,
    verdict: &str,
) -> Result<(), tessera_app::AppError> {
    let version = make::seen(w, by, reference).await.concern.version;
    let (challenge, verdict) = (challenge.to_owned(), verdict.to_owned());
    let raw = RawAnswer { version, challenge, verdict, answer: "We looked at it again".into() };
    w.app.answer_challenge(by, reference, &raw).await
}

on_both!(a_challenge_is_answered_by_a_manager_who_did_not_decide, async |w| {
    let officer = make::officer(&w).await;
    let hub = w.hub().await;
    let decider = make::user(&w, "Dora Decider", hub, &[Role::HubManager]).await;
    let manager = make::manager(&w).await;
    let (reference, me, challenge) = challenged(&w, &decider).await;
    assert!(is_refused(answer(&w, &officer, &reference, &challenge, "upheld").await));
    assert!(is_refused(answer(&w, &decider, &reference, &challenge, "upheld").await));
    answer(&w, &manager, &reference, &challenge, "changed").await.unwrap();
    let followed = w.app.follow(&me, &reference).await.unwrap();
    assert!(followed.challenges[0].changed);
    assert_eq!(followed.challenges[0].answered_by.as_deref(), Some("Mina Manager"));
    let whole = make::seen(&w, &manager, &reference).await;
    assert_eq!(whole.concern.status, Status::BeingAssessed);
    let clock = whole.clocks.iter().find(|c| c.rule == "challenge_answer").unwrap();
    assert!(clock.met_at.is_some());
    let again = answer(&w, &manager, &reference, &challenge, "upheld").await;
    assert!(matches!(again, Err(tessera_app::AppError::Conflict)), "answered once");
});

on_both!(a_challenge_is_not_answered_by_way_of_another_concern, async |w| {
    let hub = w.hub().await;
    let decider = make::user(&w, "Dora Decider", hub, &[Role::HubManager]).await;
    let officer = make::officer(&w).await;
    let (decided, _, challenge) = challenged(&w, &decider).await;
    let (other, ..) = challenged(&w, &officer).await;
    assert!(answer(&w, &decider, &other, &challenge, "upheld").await.is_err());
    let whole = make::seen(&w, &officer, &decided).await;
    assert!(whole.challenges[0].answered_at.is_none());
});
