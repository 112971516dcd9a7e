//! Telling: a draft, a concern, a receipt.

use tessera_app::concern::{Receipt, SendKey, Submission};
use tessera_core::{
    agency::AgencyKind,
    concern::{Channel, RawConcern},
    user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_refused, public};

async fn send(w: &World, by: &Actor, raw: &RawConcern, key: SendKey<'_>) -> Receipt {
    let submission = Submission { raw, channel: Channel::Public, key };
    w.app.submit(by, submission).await.unwrap()
}

async fn in_queue(w: &World, officer: &Actor) -> i64 {
    w.app.queue(officer, &tessera_app::concern::Filter::default()).await.unwrap().1
}

on_both!(a_concern_sent_twice_is_received_once_with_the_same_receipt, async |w| {
    let (officer, raw) = (make::officer(&w).await, make::concern("A van waits at the gate."));
    let code = w.app.start_draft(&public(), &raw).await.unwrap();
    let draft = w.app.open_draft(&code).await.unwrap().unwrap().id;
    let first = send(&w, &public(), &raw, SendKey::Draft(draft)).await;
    w.hours_later(30);
    let second = send(&w, &public(), &raw, SendKey::Draft(draft)).await;
    assert_eq!(first, second);
    assert_eq!(w.app.receipt(&public(), draft).await.unwrap(), first);
    assert_eq!(in_queue(&w, &officer).await, 1);
});

on_both!(guessing_a_key_shows_nobody_elses_receipt, async |w| {
    let school = make::agency(&w, "Marlbrook Primary", AgencyKind::Education).await;
    let one = make::user(&w, "Tess Assistant", school, &[Role::Worker]).await;
    let two = make::user(&w, "Theo Teacher", school, &[Role::Worker]).await;
    let (mine, yours) = (make::concern("A van waits."), make::concern("Something else."));
    let key = SendKey::Chosen("1");
    let first = send(&w, &public(), &mine, key).await;
    assert_ne!(send(&w, &public(), &yours, key).await.follow, first.follow);
    assert_eq!(send(&w, &public(), &mine, key).await, first, "the same words are the same attempt");
    let of_one = send(&w, &one, &mine, key).await;
    assert_ne!(of_one.reference, first.reference);
    assert_ne!(send(&w, &two, &mine, key).await.reference, of_one.reference);
    assert_eq!(send(&w, &one, &mine, key).await, of_one);
});

on_both!(the_receipt_is_the_same_whether_or_not_the_child_is_known, async |w| {
    let officer = make::officer(&w).await;
    make::file(&w, &officer, make::child("Robin Example")).await;
    let known = make::concern_about(&[make::child("Robin Example")]);
    let unknown = make::concern_about(&[make::child("Quentin Nobody")]);
    let [known, unknown] =
        [make::sent(&w, &public(), &known).await, make::sent(&w, &public(), &unknown).await];
    assert_eq!((known.due_at, &known.explained), (unknown.due_at, &unknown.explained));
    let shape = |receipt: &Receipt| {
        let text = format!("{} {}", receipt.reference, receipt.follow);
        text.chars().map(|c| if c.is_alphanumeric() { 'x' } else { c }).collect::<String>()
    };
    assert_eq!(shape(&known), shape(&unknown));
    assert_ne!(known.follow, unknown.follow);
});

on_both!(a_draft_is_kept_resumed_and_deleted_when_its_time_is_up, async |w| {
    let code = w.app.start_draft(&public(), &make::concern("A van")).await.unwrap();
    let open = w.app.open_draft(&code).await.unwrap().unwrap();
    assert_eq!((open.raw.what.as_str(), open.sent), ("A van", false));
    w.hours_later(24 * 6);
    w.app.save_draft(&public(), open.id, &make::concern("A white van")).await.unwrap();
    w.hours_later(24 * 6);
    let again = w.app.open_draft(&code).await.unwrap().unwrap();
    assert_eq!(again.raw.what, "A white van", "writing on keeps it for longer");
    assert!(again.expires_at > open.expires_at);
    assert_eq!(w.app.sweep_drafts().await.unwrap(), 0);
    w.hours_later(24 * 2);
    assert!(w.app.open_draft(&code).await.unwrap().is_none());
    assert_eq!(w.app.sweep_drafts().await.unwrap(), 1);
});

on_both!(a_draft_opens_with_its_own_code_only, async |w| {
    let code = w.app.start_draft(&public(), &make::concern("A van")).await.unwrap();
    let other = w.app.start_draft(&public(), &make::concern("A dog")).await.unwrap();
    let found = w.app.open_draft(&other).await.unwrap().unwrap();
    assert_eq!(found.raw.what, "A dog");
    let first = w.app.open_draft(&code).await.unwrap().unwrap();
    w.app.delete_draft(&public(), first.id).await.unwrap();
    assert!(w.app.open_draft(&code).await.unwrap().is_none());
});

on_both!(a_draft_that_was_sent_holds_no_words_and_takes_none, async |w| {
    let raw = make::concern("A van waits.");
    let code = w.app.start_draft(&public(), &raw).await.unwrap();
    let draft = w.app.open_draft(&code).await.unwrap().unwrap().id;
    send(&w, &public(), &raw, SendKey::Draft(draft)).await;
    let sent = w.app.open_draft(&code).await.unwrap().unwrap();
    assert!(sent.sent && sent.raw == RawConcern::default());
    let late = w.app.save_draft(&public(), draft, &make::concern("More")).await;
    assert!(matches!(late, Err(tessera_app::AppError::Conflict)));
});

on_both!(a_concern_that_says_nothing_is_not_received, async |w| {
    let officer = make::officer(&w).await;
    let raw = make::concern("   ");
    let key = SendKey::Chosen("x");
    let submission = Submission { raw: &raw, channel: Channel::Public, key };
    assert!(fields(w.app.submit(&public(), submission).await).of("what").is_some());
    assert_eq!(in_queue(&w, &officer).await, 0);
});

on_both!(the_hub_enters_what_came_by_telephone_and_nobody_else_may, async |w| {
    let officer = make::officer(&w).await;
    let school = make::agency(&w, "Marlbrook Primary", AgencyKind::Education).await;
    let worker = make::user(&w, "Tess Assistant", school, &[Role::Worker]).await;
    let raw = make::concern("A neighbour rang about a child.");
    let code = w.app.start_draft(&officer, &raw).await.unwrap();
    let draft = w.app.open_draft(&code).await.unwrap().unwrap().id;
    assert!(is_refused(w.app.enter(&worker, &raw, Channel::Telephone, draft).await));
    let wrong = w.app.enter(&officer, &raw, Channel::Public, draft).await;
    assert!(fields(wrong).of("channel").is_some());
    let receipt = w.app.enter(&officer, &raw, Channel::Telephone, draft).await.unwrap();
    let concern = make::seen(&w, &officer, &receipt.reference).await.concern;
    assert_eq!(concern.channel, Channel::Telephone);
    assert_eq!((concern.submitted_by, concern.entered_by), (None, officer.user()));
});
