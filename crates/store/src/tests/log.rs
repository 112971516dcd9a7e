//! Nothing can be done to audit rows behind the program's back without being noticed.

use tessera_core::{ids::ChildId, time::SignedDuration};
use tessera_ledger::Fault;
use tessera_policy::{Action, Actor, Resource};
use uuid::Uuid;

use super::{Opened, as_administrator, both, lite};
use crate::{
    Db,
    audit::{Attempt, Outcome},
    ledger::{self, VerifyError},
};

fn view(number: u128, reason: &str) -> Attempt {
    Attempt {
        actor: Actor::system("test"),
        action: Action::ViewChild,
        resource: Resource::Child(ChildId::from(Uuid::from_u128(number))),
        outcome: Outcome::Done,
        detail: vec![("reason", reason.to_owned())],
    }
}

/// 30 entries, taken into the log in three goes, a minute apart.
async fn logged(Opened { db, clock, .. }: &Opened) {
    for group in 0..3 {
        let views = (0..10).map(|n| view(group * 10 + n, "planned visit")).collect();
        db.record_all(views).await.unwrap();
        assert_eq!(ledger::sequence(db).await.unwrap(), 10);
        clock.advance(SignedDuration::from_mins(1));
    }
}

async fn verify(db: &Db) -> Result<u64, String> {
    ledger::verify(db, &[]).await.map(|found| found.checked.signed).map_err(|e| e.to_string())
}

#[tokio::test]
async fn what_was_logged_verifies() {
    for opened in both().await {
        let db = &opened.db;
        assert_eq!(verify(db).await, Ok(0));
        logged(&opened).await;
        assert_eq!(verify(db).await, Ok(30));
        assert_eq!(ledger::sequence(db).await.unwrap(), 0);
        db.record(view(30, "planned visit")).await.unwrap();
        let found = ledger::verify(db, &[]).await.unwrap();
        assert_eq!((found.checked.signed, found.tail), (30, 1));
    }
}

#[tokio::test]
async fn no_change_by_an_administrator_goes_unnoticed() {
    let changes: [(&'static [&'static str], &str); 12] = [
        (
            &["UPDATE audit_entry SET actor_name = 'system: other' WHERE leaf = 4"],
            "entry 4 differs",
        ),
        (&["UPDATE audit_entry SET at = at + 1 WHERE leaf = 0"], "entry 0 differs"),
        (&["UPDATE audit_entry SET outcome = 'refused' WHERE leaf = 29"], "entry 29 differs"),
        (&["UPDATE audit_entry SET detail = '{}' WHERE leaf = 12"], "entry 12 differs"),
        (&["DELETE FROM audit_entry WHERE leaf = 12"], "entry 12 differs"),
        (&["DELETE FROM audit_entry WHERE leaf > 24"], "25 entries but 30 were signed"),
        (
            &[
                "UPDATE audit_entry SET leaf = 1000 WHERE leaf = 3",
                "UPDATE audit_entry SET leaf = 3 WHERE leaf = 7",
                "UPDATE audit_entry SET leaf = 7 WHERE leaf = 1000",
            ],
            "entry 3 differs",
        ),
        (&["UPDATE audit_entry SET leaf = NULL WHERE leaf = 29"], "29 entries but 30 were signed"),
        (
            &["INSERT INTO audit_entry (at, actor_name, action, resource_kind, outcome, detail, \
               leaf) VALUES (1, 'system', 'child.view', 'child', 'done', '{}', 30)"],
            "1 entries are in the log but were never signed",
        ),
        (&["DELETE FROM ledger_hash WHERE position = 20"], "differs"),
        (&["DELETE FROM ledger_checkpoint WHERE size = 30"], "10 entries are in the log but were"),
        (
            &[
                "UPDATE ledger_checkpoint SET size = 31 WHERE size = 30",
                "UPDATE ledger_checkpoint SET note = 'forged' WHERE size = 31",
            ],
            "malformed",
        ),
    ];
    for (statements, expected) in changes {
        for opened in both().await {
            logged(&opened).await;
            as_administrator(&opened.db, statements).await;
            let said = verify(&opened.db).await.unwrap_err();
            assert!(said.contains(expected), "{statements:?}: {said}");
        }
    }
}

#[tokio::test]
async fn a_log_rewritten_with_the_own_key_fails_against_what_a_partner_kept() {
    let honest = lite().await;
    logged(&honest).await;
    let kept = ledger::newest_checkpoint(&honest.db).await.unwrap().unwrap();
    ledger::verify(&honest.db, std::slice::from_ref(&kept)).await.unwrap();

    // The same installation's keys, another history.
    let rewritten = lite().await;
    rewritten.db.record(view(0, "another reason")).await.unwrap();
    rewritten.db.record_all((1..40).map(|n| view(n, "planned visit")).collect()).await.unwrap();
    ledger::sequence(&rewritten.db).await.unwrap();
    assert_eq!(verify(&rewritten.db).await, Ok(40));
    let outcome = ledger::verify(&rewritten.db, &[kept]).await;
    let Err(VerifyError::Fault(fault)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(fault, Fault::HistoryDiffers { from: 0, size: 30 });
}

#[tokio::test]
async fn one_checkpoint_a_minute_is_kept_and_always_the_newest() {
    for opened in both().await {
        logged(&opened).await;
        for number in 30..40 {
            opened.db.record(view(number, "planned visit")).await.unwrap();
            ledger::sequence(&opened.db).await.unwrap();
            opened.clock.advance(SignedDuration::from_secs(1));
        }
        assert_eq!(verify(&opened.db).await, Ok(40));
        let newest = ledger::newest_checkpoint(&opened.db).await.unwrap().unwrap();
        assert!(newest.contains("\n40\n"), "{newest}");
        let kept = "SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_checkpoint";
        let mut read = opened.db.read().await.unwrap();
        assert_eq!(read.conn().count(kept, vec![]).await.unwrap(), 4);
    }
}
