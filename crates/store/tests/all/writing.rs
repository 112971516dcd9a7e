//! The one write path: a change and its audit entry, or neither.

use std::sync::Arc;

use tessera_store::{StoreError, audit};
use tessera_testkit::{World, on_both};
use tokio::sync::Semaphore;

use crate::{add_agency, authority};

async fn entries(w: &World) -> i64 {
    audit::count(&mut w.app.db.read().await.unwrap().conn()).await.unwrap()
}

async fn agencies(w: &World, like: &str) -> i64 {
    w.raw_number(&format!("SELECT COUNT(*) FROM agency WHERE name LIKE '{like}'")).await
}

async fn write(w: &World, name: &'static str) -> Result<(), StoreError> {
    w.app.db.write(&authority(), move |tx| Box::pin(add_agency(tx, name))).await
}

on_both!(a_change_that_is_kept_leaves_its_row_and_one_entry, async |w| {
    let before = entries(&w).await;
    write(&w, "Kept").await.unwrap();
    assert_eq!((agencies(&w, "Kept").await, entries(&w).await), (1, before + 1));
});

on_both!(a_change_that_fails_leaves_neither_row_nor_entry, async |w| {
    let before = entries(&w).await;
    let failed: Result<(), StoreError> = w
        .app
        .db
        .write(&authority(), |tx| {
            Box::pin(async move {
                add_agency(tx, "Half").await?;
                Err(StoreError::Conflict)
            })
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Conflict)));
    assert_eq!((agencies(&w, "Half").await, entries(&w).await), (0, before));
});

on_both!(a_change_whose_entry_cannot_be_written_is_not_kept, async |w| {
    w.raw("ALTER TABLE audit_entry RENAME TO audit_entry_away").await;
    assert!(write(&w, "Unseen").await.is_err());
    w.raw("ALTER TABLE audit_entry_away RENAME TO audit_entry").await;
    assert_eq!(agencies(&w, "Unseen").await, 0);
    write(&w, "Seen").await.unwrap();
    assert_eq!(agencies(&w, "Seen").await, 1);
});

on_both!(a_panic_inside_a_write_is_an_error_there_and_stops_nothing_else, async |w| {
    let before = entries(&w).await;
    let stopped: Result<(), StoreError> = w
        .app
        .db
        .write(&authority(), |tx| {
            Box::pin(async move {
                add_agency(tx, "Panic").await?;
                panic!("a test panics on purpose")
            })
        })
        .await;
    assert!(stopped.is_err());
    assert_eq!((agencies(&w, "Panic").await, entries(&w).await), (0, before));
    write(&w, "After").await.unwrap();
    assert_eq!((agencies(&w, "After").await, entries(&w).await), (1, before + 1));
});

on_both!(each_of_many_waiting_changes_keeps_its_own_outcome, async |w| {
    let before = entries(&w).await;
    let mut tasks = Vec::new();
    for n in 0..200 {
        let app = w.app.clone();
        tasks.push(tokio::spawn(async move {
            let result: Result<usize, StoreError> = app
                .db
                .write(&authority(), move |tx| {
                    Box::pin(async move {
                        add_agency(tx, &format!("Group {n}")).await?;
                        match n % 4 {
                            0 => Err(StoreError::NoRow),
                            // Breaks a rule of the schema: this name is there already.
                            1 => add_agency(tx, &format!("Group {n}")).await.map(|()| n),
                            _ => Ok(n),
                        }
                    })
                })
                .await;
            (n, result)
        }));
    }
    for task in tasks {
        let (n, result) = task.await.unwrap();
        match (n % 4, result) {
            (0, Err(StoreError::NoRow)) | (1, Err(StoreError::AlreadyThere)) => {}
            (2 | 3, Ok(answer)) => assert_eq!(answer, n, "the answer of another"),
            (_, other) => panic!("change {n} ended as {other:?}"),
        }
        let kept = i64::from(n % 4 >= 2);
        if n < 20 {
            assert_eq!(agencies(&w, &format!("Group {n}")).await, kept, "change {n}");
        }
    }
    assert_eq!((agencies(&w, "Group %").await, entries(&w).await), (100, before + 100));
});

on_both!(a_caller_that_goes_away_leaves_no_half_change, async |w| {
    let before = entries(&w).await;
    let (reached, gate) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let (app, there, opened) = (w.app.clone(), reached.clone(), gate.clone());
    let caller = tokio::spawn(async move {
        let by = authority();
        let change = app.db.write::<(), StoreError, _>(&by, move |tx| {
            Box::pin(async move {
                add_agency(tx, "Half one").await?;
                there.add_permits(1);
                opened.acquire().await.unwrap().forget();
                add_agency(tx, "Half two").await
            })
        });
        change.await
    });
    reached.acquire().await.unwrap().forget();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    gate.add_permits(1);
    // The next change waits for the writer, or for nothing; either way the first has ended.
    write(&w, "Next").await.unwrap();
    for _ in 0..200 {
        if entries(&w).await == before + 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!((agencies(&w, "Half %").await, entries(&w).await), (2, before + 2));
});

on_both!(several_entries_of_one_page_are_kept_together, async |w| {
    use tessera_policy::{Action, Actor, Resource};
    use tessera_store::audit::{Attempt, Outcome};
    let before = entries(&w).await;
    let attempt = |outcome| Attempt {
        actor: Actor::system("a test"),
        action: Action::ViewConcern,
        resource: Resource::None,
        outcome,
        detail: vec![("asked", "TES-2222-2222".into())],
    };
    w.app.db.record_all(vec![attempt(Outcome::Done), attempt(Outcome::Absent)]).await.unwrap();
    let newest =
        audit::recent(&mut w.app.db.read().await.unwrap().conn(), i64::MAX, "", 2).await.unwrap();
    assert_eq!(entries(&w).await, before + 2);
    assert_eq!((newest[0].outcome.as_str(), newest[1].outcome.as_str()), ("absent", "done"));
    assert_eq!(newest[0].detail, r#"{"asked":"TES-2222-2222"}"#);
});
