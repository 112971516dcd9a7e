//! A schema is brought up to date once, and never a newer one down.

use tessera_store::newest_known;
use tessera_testkit::on_both;

on_both!(a_database_that_is_opened_again_is_not_migrated_again, async |w| {
    let applied = async || w.raw_number("SELECT COUNT(*) FROM schema_change").await;
    let first = applied().await;
    let again = w.open_again().await;
    assert!(!again.is_empty().await.unwrap());
    assert_eq!(applied().await, first);
    let newest = w.raw_number("SELECT MAX(number) FROM schema_change").await;
    assert_eq!(newest, newest_known());
});

on_both!(a_database_of_a_newer_program_is_refused, async |w| {
    w.raw("INSERT INTO schema_change (number, applied_at) VALUES (9999, 0)").await;
    let refused = w.reopen().await;
    assert!(matches!(refused.err(), Some(tessera_store::StoreError::Newer(9999))));
});
