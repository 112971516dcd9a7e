//! Settings of the partnership, with their history.

use std::collections::BTreeMap;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, statements},
};

statements! {
    ALL = "SELECT key, value FROM setting";
    SET = "INSERT INTO setting (key, value, changed_at, changed_by) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, \
        changed_by = excluded.changed_by";
    REMEMBER = "INSERT INTO setting_history (key, value, changed_at, changed_by) \
        VALUES ($1, $2, $3, $4)";
}

/// Every setting.
pub async fn all(conn: &mut Conn<'_>) -> Result<BTreeMap<String, String>, StoreError> {
    Ok(conn.all::<(String, String)>(ALL, vec![]).await?.into_iter().collect())
}

/// Changes one setting; the change is remembered.
pub async fn set(tx: &mut Tx, key: &str, value: &str, by: &str) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(SET, args![key, value, now, by]).await?;
    tx.conn().exec(REMEMBER, args![key, value, now, by]).await.map(|_| ())
}
