use super::{both, lite, pg};
use crate::{check_statements, columns, integrity::examine};

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    for opened in both().await {
        assert_eq!(check_statements(&opened.db).await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_with_the_same_columns() {
    let (lite, pg) = (lite().await, pg().await);
    // The search index is of each engine's own kind; its columns that we name are the same.
    let own = |(table, column): &(String, String)| {
        !table.starts_with("concern_words_")
            && (table != "concern_words" || ["concern_id", "body"].contains(&column.as_str()))
    };
    let mut of_lite = columns(&lite.db).await.unwrap();
    let mut of_pg = columns(&pg.db).await.unwrap();
    of_lite.retain(own);
    of_pg.retain(own);
    of_lite.sort();
    of_pg.sort();
    assert!(of_lite.len() > 100, "{}", of_lite.len());
    assert_eq!(of_lite, of_pg);
}

#[tokio::test]
async fn an_empty_database_is_sound() {
    for opened in both().await {
        let examined = examine(&opened.db).await.unwrap();
        assert_eq!((examined.concerns, examined.problems), (0, vec![]));
    }
}
