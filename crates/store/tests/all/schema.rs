//! Two schemas that agree.

use std::collections::BTreeSet;

use tessera_store::{Db, columns, newest_known};
use tessera_testkit::{Engine, World, on_both, world::block_on};

/// Tables that full-text search keeps for itself in SQLite.
const SHADOWS: [&str; 5] = ["_config", "_content", "_data", "_docsize", "_idx"];

async fn tables(db: &Db) -> BTreeSet<(String, String)> {
    let is_shadow = |table: &String| {
        table.strip_prefix("concern_words").is_some_and(|rest| SHADOWS.contains(&rest))
    };
    let all = columns(db).await.unwrap();
    all.into_iter().filter(|(table, _)| !is_shadow(table)).collect()
}

#[test]
fn both_engines_have_the_same_tables_and_columns() {
    block_on(async {
        let lite = World::empty(Engine::Sqlite).await;
        let pg = World::empty(Engine::Postgres).await;
        let (lite, pg) = (tables(&lite.app.db).await, tables(&pg.app.db).await);
        assert!(lite.len() > 150, "only {} columns were found", lite.len());
        // PostgreSQL keeps the parsed words in a column; SQLite in the shadow tables.
        let words = ("concern_words".to_owned(), "words".to_owned());
        assert_eq!(pg.difference(&lite).cloned().collect::<Vec<_>>(), [words]);
        assert_eq!(lite.difference(&pg).cloned().collect::<Vec<_>>(), []);
    });
}

on_both!(a_database_that_is_opened_again_is_not_migrated_again, async |w| {
    let again = w.open_again().await;
    assert!(!again.is_empty().await.unwrap());
    let applied = w.raw_number("SELECT COUNT(*) FROM schema_change").await;
    assert_eq!(applied, newest_known());
});

on_both!(a_database_of_a_newer_program_is_refused, async |w| {
    w.raw("INSERT INTO schema_change (number, applied_at) VALUES (9999, 0)").await;
    let refused = w.reopen().await;
    assert!(matches!(refused.err(), Some(tessera_store::StoreError::Newer(9999))));
});
