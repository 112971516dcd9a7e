//! Jobs: leased by one worker at a time, tried again, given up.

use std::collections::BTreeSet;

use tessera_core::time::SignedDuration;
use tessera_store::job::{self, Ended};
use tessera_testkit::{World, on_both};

use crate::authority;

async fn enqueue(w: &World, kind: &'static str, in_minutes: i64) {
    w.app
        .db
        .write(&authority(), move |tx| {
            Box::pin(async move {
                let due = tx.now() + SignedDuration::from_mins(in_minutes);
                job::enqueue(tx, kind, None, due).await
            })
        })
        .await
        .unwrap();
}

on_both!(a_job_is_not_taken_before_it_is_due_and_then_in_order, async |w| {
    enqueue(&w, "second", 10).await;
    enqueue(&w, "first", 5).await;
    assert!(job::take(&w.app.db).await.unwrap().is_none());
    w.minutes_later(10);
    assert_eq!(job::take(&w.app.db).await.unwrap().unwrap().kind, "first");
    assert_eq!(job::take(&w.app.db).await.unwrap().unwrap().kind, "second");
    assert!(job::take(&w.app.db).await.unwrap().is_none());
});

on_both!(a_job_whose_worker_died_is_taken_again_when_its_lease_ends, async |w| {
    enqueue(&w, "fragile", 0).await;
    let first = job::take(&w.app.db).await.unwrap().unwrap();
    w.minutes_later(1);
    assert!(job::take(&w.app.db).await.unwrap().is_none(), "two workers at once");
    w.minutes_later(2);
    let second = job::take(&w.app.db).await.unwrap().unwrap();
    assert_eq!((second.id, first.attempts, second.attempts), (first.id, 1, 2));
    job::finish(&w.app.db, second, Ended::Done).await.unwrap();
    w.hours_later(24);
    assert!(job::take(&w.app.db).await.unwrap().is_none(), "done is done");
});

on_both!(a_job_that_fails_is_tried_again_ever_later_and_then_given_up, async |w| {
    enqueue(&w, "flaky", 0).await;
    for attempt in 1..=8_i64 {
        let taken = job::take(&w.app.db).await.unwrap().unwrap();
        assert_eq!(taken.attempts, attempt);
        job::finish(&w.app.db, taken, Ended::Retry("the disk is full".into())).await.unwrap();
        let wait = SignedDuration::from_secs(1 << attempt);
        w.clock.advance(wait - SignedDuration::from_millis(1));
        assert!(job::take(&w.app.db).await.unwrap().is_none(), "too early after try {attempt}");
        w.clock.advance(SignedDuration::from_millis(1));
    }
    assert!(job::take(&w.app.db).await.unwrap().is_none());
    assert_eq!(job::given_up(&w.app.db).await.unwrap(), 1);
});

on_both!(a_job_that_cannot_succeed_is_given_up_at_once, async |w| {
    enqueue(&w, "hopeless", 0).await;
    let taken = job::take(&w.app.db).await.unwrap().unwrap();
    job::finish(&w.app.db, taken, Ended::GiveUp("no such record".into())).await.unwrap();
    w.hours_later(24);
    assert!(job::take(&w.app.db).await.unwrap().is_none());
    assert_eq!(job::given_up(&w.app.db).await.unwrap(), 1);
    assert_eq!(job::waiting(&w.app.db).await.unwrap(), 0);
});

on_both!(workers_at_once_never_take_the_same_job, async |w| {
    for _ in 0..20 {
        enqueue(&w, "many", 0).await;
    }
    let mut tasks = Vec::new();
    for _ in 0..20 {
        let app = w.app.clone();
        tasks.push(tokio::spawn(async move { job::take(&app.db).await.unwrap() }));
    }
    let mut ids = BTreeSet::new();
    for task in tasks {
        if let Some(taken) = task.await.unwrap() {
            assert!(ids.insert(taken.id), "{} was taken twice", taken.id);
        }
    }
    while let Some(taken) = job::take(&w.app.db).await.unwrap() {
        assert!(ids.insert(taken.id), "{} was taken twice", taken.id);
    }
    assert_eq!(ids.len(), 20);
});

on_both!(a_job_of_a_change_that_fails_is_not_there, async |w| {
    let failed: Result<(), tessera_store::StoreError> = w
        .app
        .db
        .write(&authority(), |tx| {
            Box::pin(async move {
                let now = tx.now();
                job::enqueue(tx, "orphan", None, now).await?;
                Err(tessera_store::StoreError::NoRow)
            })
        })
        .await;
    assert!(failed.is_err());
    assert!(job::take(&w.app.db).await.unwrap().is_none());
});
