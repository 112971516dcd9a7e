//! What the intelligence desk wants to know, and how long senders wait.

use tessera_app::{
    AppError,
    report::RawTold,
    requirement::{RawAnswered, RawRequirement},
};
use tessera_policy::Refusal;
use tessera_testkit::on_both;

use crate::{
    fields,
    reports::{town, vans},
};

fn wanted(audience: &str) -> RawRequirement {
    RawRequirement {
        wanted: format!("Who drives the white van? For {audience}"),
        topic: "white van".into(),
        audience: audience.into(),
        months: "3".into(),
    }
}

on_both!(senders_read_what_is_asked_of_everyone_and_the_desk_reads_all, async |w| {
    let t = town(&w).await;
    for audience in ["everyone", "desk"] {
        w.app.add_requirement(&t.police, &wanted(audience)).await.unwrap();
    }
    let asked = w.app.asked_of_everyone(&t.school).await.unwrap();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].wanted.question.ends_with("everyone"));
    let refused = w.app.add_requirement(&t.officer, &wanted("desk")).await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Refused))));
    let errors = fields(w.app.add_requirement(&t.police, &RawRequirement::default()).await);
    assert!(["wanted", "audience", "months"].iter().all(|field| errors.of(field).is_some()));
    w.hours_later(24 * 91);
    assert!(w.app.asked_of_everyone(&t.school).await.unwrap().is_empty(), "it ended");
});

on_both!(a_report_answers_a_requirement_until_it_is_closed, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    w.app.add_requirement(&t.police, &wanted("everyone")).await.unwrap();
    let id = w.app.requirements(&t.police).await.unwrap()[0].0.id.to_string();
    let raw = RawAnswered { requirement: id, version: 1 };
    w.app.report_answers(&t.police, &one, &raw).await.unwrap();
    let all = w.app.requirements(&t.other_police).await.unwrap();
    assert_eq!(all[0].1, [one]);
    w.app.close_requirement(&t.police, &raw).await.unwrap();
    assert!(fields(w.app.report_answers(&t.police, &two, &raw).await).of("requirement").is_some());
    assert!(matches!(w.app.close_requirement(&t.police, &raw).await, Err(AppError::Conflict)));
});

on_both!(waits_are_counted_from_the_first_time_that_a_sender_was_told, async |w| {
    let t = town(&w).await;
    let (one, _) = vans(&w, &t).await;
    w.hours_later(30);
    for version in [1, 2] {
        let raw = RawTold { version, status: "used".into(), told: "Thank you".into() };
        w.app.tell_sender(&t.police, &one, &raw).await.unwrap();
        w.hours_later(30);
    }
    let waits = w.app.feedback(&t.officer).await.unwrap();
    assert_eq!(waits.len(), 1);
    assert_eq!((waits[0].count, waits[0].median_hours), (None, None), "one could be told apart");
    assert!(w.app.feedback(&t.school).await.is_err());
});
