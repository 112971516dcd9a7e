//! Policies: who has read which version.

use tessera_core::{agency::AgencyKind, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{guidance, is_absent, is_refused, public, was_told};

struct Cast {
    lead: Actor,
    worker: Actor,
    other: Actor,
}

async fn cast(w: &World) -> Cast {
    guidance::release(w).await;
    let school = make::agency(w, "Fernhill School", AgencyKind::Education).await;
    let club = make::agency(w, "Lantern Club", AgencyKind::Voluntary).await;
    Cast {
        lead: make::user(w, "Lena Lead", school, &[Role::AgencyLead]).await,
        worker: make::user(w, "Wren Worker", school, &[Role::Worker]).await,
        other: make::user(w, "Otis Worker", club, &[Role::Worker]).await,
    }
}

async fn version(w: &World, slug: &str) -> String {
    let now = w.app.guidance().await.unwrap();
    let page = now.library.page("policies", slug).unwrap();
    now.of(page).unwrap().id.to_string()
}

on_both!(a_receipt_counts_for_its_version_and_its_agency, async |w| {
    let c = cast(&w).await;
    let id = version(&w, "recording").await;
    assert!(is_refused(w.app.policies(&public()).await));
    assert!(w.app.policies(&c.worker).await.unwrap()[0].read_at.is_none());
    w.app.confirm_policy(&c.worker, "policies", "recording", &id).await.unwrap();
    w.app.confirm_policy(&c.worker, "policies", "recording", &id).await.unwrap();
    assert!(w.app.policies(&c.worker).await.unwrap()[0].read_at.is_some());
    let seen = w.app.receipts(&c.lead, "policies", "recording").await.unwrap();
    assert_eq!(seen.agencies.len(), 1, "a lead sees their own agency");
    assert_eq!((seen.agencies[0].people, seen.agencies[0].read), (2, 1));
    assert_eq!(seen.agencies[0].percent(), 50);
    assert!(seen.readers.iter().all(|reader| reader.name != "Otis Worker"));
    assert!(is_refused(w.app.receipts(&c.worker, "policies", "recording").await));
    let manager = make::manager(&w).await;
    let all = w.app.receipts(&manager, "policies", "recording").await.unwrap();
    assert!(all.agencies.len() >= 3);
    // A page that is no policy, and one that is not there, are the same.
    assert!(is_absent(w.app.receipts(&manager, "start", "signs").await));
    assert!(is_absent(w.app.receipts(&manager, "policies", "none").await));
});

on_both!(a_new_version_is_to_be_read_anew_and_an_old_page_is_no_receipt_for_it, async |w| {
    let c = cast(&w).await;
    let old = version(&w, "recording").await;
    w.app.confirm_policy(&c.worker, "policies", "recording", &old).await.unwrap();
    w.hours_later(24);
    let text = guidance::file("Recording policy", "policy", "## What we do\n\nNew words.\n");
    w.app.adopt_release(&[("pages/policies/recording.md", &text)]).await.unwrap();
    let seen = w.app.receipts(&c.lead, "policies", "recording").await.unwrap();
    assert_eq!(seen.agencies[0].read, 0);
    let late = w.app.confirm_policy(&c.worker, "policies", "recording", &old).await;
    assert!(matches!(late, Err(tessera_app::AppError::Conflict)));
});

on_both!(a_lead_reminds_those_of_their_agency_who_have_not_read_it, async |w| {
    let c = cast(&w).await;
    let id = version(&w, "recording").await;
    w.app.confirm_policy(&c.lead, "policies", "recording", &id).await.unwrap();
    assert!(is_refused(w.app.remind_readers(&c.worker, "policies", "recording").await));
    assert_eq!(w.app.remind_readers(&c.lead, "policies", "recording").await.unwrap(), 1);
    assert!(was_told(&w, &c.worker, "Please read: Recording policy").await);
    assert!(!was_told(&w, &c.lead, "Please read").await, "they have read it");
    assert!(!was_told(&w, &c.other, "Please read").await, "of another agency");
    let seen = w.app.receipts(&c.lead, "policies", "recording").await.unwrap();
    assert_eq!(seen.reminders.len(), 1);
    assert_eq!((seen.reminders[0].by.as_str(), seen.reminders[0].people), ("Lena Lead", 1));
});
