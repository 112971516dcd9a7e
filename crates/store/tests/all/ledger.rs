//! The signed log: rows are taken in, and whoever changes one past the product is found out.

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

async fn is_found_out(w: &World, what: &str) {
    match ledger::verify(&w.app.db, &[]).await {
        Err(VerifyError::Fault(_) | VerifyError::Store(_)) => {}
        Ok(found) => panic!("{what}: not noticed, {found:?}"),
    }
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

on_both!(an_edited_row_is_found_out, async |w| {
    let near_the_end = filled(&w).await - 3;
    for (column, value) in [
        ("actor_name", "'Someone Else'"),
        ("action", "'child.view'"),
        ("outcome", "'absent'"),
        ("detail", "'{}'"),
        ("at", "at + 1"),
        ("resource_kind", "'child'"),
        ("actor_id", "(SELECT id FROM user_account LIMIT 1)"),
        ("agency_id", "(SELECT id FROM agency LIMIT 1)"),
    ] {
        w.raw(&format!("CREATE TABLE kept AS SELECT id, {column} AS v FROM audit_entry")).await;
        let edit = format!("UPDATE audit_entry SET {column} = {value} WHERE leaf = {near_the_end}");
        assert_eq!(w.raw(&edit).await, 1);
        is_found_out(&w, column).await;
        let own = "(SELECT v FROM kept WHERE kept.id = audit_entry.id)";
        w.raw(&format!("UPDATE audit_entry SET {column} = {own}")).await;
        w.raw("DROP TABLE kept").await;
        verified(&w).await;
    }
});

on_both!(a_deleted_row_is_found_out, async |w| {
    filled(&w).await;
    assert_eq!(w.raw("DELETE FROM audit_entry WHERE leaf = 5").await, 1);
    is_found_out(&w, "deleted").await;
});

on_both!(rows_deleted_at_the_end_are_found_out, async |w| {
    filled(&w).await;
    assert!(w.raw("DELETE FROM audit_entry WHERE leaf > 10").await > 10);
    is_found_out(&w, "cut off").await;
});

on_both!(a_row_sent_back_to_the_unsigned_tail_is_found_out, async |w| {
    filled(&w).await;
    w.raw("UPDATE audit_entry SET leaf = NULL WHERE leaf = 5").await;
    is_found_out(&w, "taken out of the log").await;
});

on_both!(two_rows_in_another_order_are_found_out, async |w| {
    filled(&w).await;
    w.raw("UPDATE audit_entry SET leaf = 9001 WHERE leaf = 5").await;
    w.raw("UPDATE audit_entry SET leaf = 5 WHERE leaf = 6").await;
    w.raw("UPDATE audit_entry SET leaf = 6 WHERE leaf = 9001").await;
    is_found_out(&w, "swapped").await;
});

on_both!(a_row_slipped_in_is_found_out, async |w| {
    let size = filled(&w).await;
    let slipped = format!(
        "INSERT INTO audit_entry (at, actor_name, action, resource_kind, outcome, detail, leaf) \
         VALUES (0, 'nobody', 'child.view', 'none', 'done', '{{}}', {size})"
    );
    w.raw(&slipped).await;
    is_found_out(&w, "slipped in").await;
});

on_both!(a_changed_hash_or_checkpoint_is_found_out, async |w| {
    filled(&w).await;
    w.raw(
        "UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_hash WHERE position = 1) \
           WHERE position = 0",
    )
    .await;
    is_found_out(&w, "hash").await;
});

on_both!(a_forged_checkpoint_is_found_out, async |w| {
    filled(&w).await;
    w.raw("UPDATE ledger_checkpoint SET note = replace(note, 'tessera', 'teserra')").await;
    is_found_out(&w, "forged").await;
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
