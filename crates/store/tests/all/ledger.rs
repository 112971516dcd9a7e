//! The signed log over what people really did. What an administrator of the database could try is
//! tested beside the code.

use tessera_policy::{Action, Actor, Resource};
use tessera_store::{
    audit::{Attempt, Outcome},
    ledger::{self, VerifyError},
};
use tessera_testkit::{World, make, on_both};

fn attempts(count: usize) -> Vec<Attempt> {
    let attempt = |n: usize| Attempt {
        actor: Actor::system("a test"),
        action: Action::ViewConcern,
        resource: Resource::None,
        outcome: Outcome::Done,
        detail: vec![("n", n.to_string())],
    };
    (0..count).map(attempt).collect()
}

/// Some real entries and some plain ones, all signed.
async fn filled(w: &World) -> u64 {
    make::officer(w).await;
    make::sent(w, &Actor::anonymous(None), &make::concern("A van waits.")).await;
    w.app.db.record_all(attempts(20)).await.unwrap();
    assert!(ledger::sequence(&w.app.db).await.unwrap() > 20);
    verified(w).await
}

async fn verified(w: &World) -> u64 {
    let found = ledger::verify(&w.app.db, &[]).await.unwrap();
    assert_eq!(found.tail, 0);
    found.checked.size
}

on_both!(rows_are_taken_in_once_and_in_order_and_the_log_verifies, async |w| {
    let size = filled(&w).await;
    assert_eq!(ledger::sequence(&w.app.db).await.unwrap(), 0);
    w.app.db.record_all(attempts(3)).await.unwrap();
    let waiting = ledger::verify(&w.app.db, &[]).await.unwrap();
    assert_eq!((waiting.tail, waiting.checked.size), (3, size), "the unsigned tail is told");
    assert_eq!(ledger::sequence(&w.app.db).await.unwrap(), 3);
    assert_eq!(verified(&w).await, size + 3);
    assert_eq!(
        w.raw_number("SELECT COUNT(*) FROM audit_entry").await,
        i64::try_from(size).unwrap() + 3
    );
});

on_both!(more_rows_than_one_batch_are_taken_in_batches, async |w| {
    w.app.db.record_all(attempts(2100)).await.unwrap();
    assert_eq!(ledger::sequence(&w.app.db).await.unwrap(), 2000);
    assert!(ledger::sequence(&w.app.db).await.unwrap() >= 100);
    assert!(verified(&w).await >= 2100);
});

on_both!(a_changed_hash_or_checkpoint_is_found_out, async |w| {
    filled(&w).await;
    w.raw(
        "UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_hash WHERE position = 1) \
           WHERE position = 0",
    )
    .await;
    assert!(matches!(ledger::verify(&w.app.db, &[]).await, Err(VerifyError::Fault(_))));
});

on_both!(a_log_cut_back_to_an_earlier_checkpoint_is_found_out_by_a_partner, async |w| {
    let size = filled(&w).await;
    w.app.db.record_all(attempts(4)).await.unwrap();
    ledger::sequence(&w.app.db).await.unwrap();
    let kept = ledger::newest_checkpoint(&w.app.db).await.unwrap().unwrap();
    ledger::verify(&w.app.db, std::slice::from_ref(&kept)).await.unwrap();
    w.raw(&format!("DELETE FROM audit_entry WHERE leaf >= {size}")).await;
    w.raw(&format!("DELETE FROM ledger_checkpoint WHERE size > {size}")).await;
    // Whoever holds the database alone cannot tell; whoever kept a checkpoint can.
    assert!(ledger::verify(&w.app.db, &[kept]).await.is_err());
});
