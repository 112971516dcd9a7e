//! Agencies.

use tessera_core::{
    agency::{Agency, AgencyKind},
    ids::AgencyId,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO agency (id, name, kind, created_at) VALUES ($1, $2, $3, $4)";
    ALL = "SELECT id, name, kind, created_at, suspended_at FROM agency ORDER BY name";
    SUSPEND = "UPDATE agency SET suspended_at = $2 WHERE id = $1";
}

/// Adds an agency; its name must be new.
pub async fn insert(
    tx: &mut Tx,
    id: AgencyId,
    name: &str,
    kind: AgencyKind,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(INSERT, args![id, name, kind.id(), now]).await.map(|_| ())
}

/// Every agency, by name.
pub async fn all(conn: &mut Conn<'_>) -> Result<Vec<Agency>, StoreError> {
    type Row = (Uuid, String, String, i64, Option<i64>);
    let rows: Vec<Row> = conn.all(ALL, vec![]).await?;
    let agency = |(id, name, kind, created_at, suspended_at): Row| Agency {
        id: id.into(),
        name,
        kind: AgencyKind::from_id(&kind).unwrap_or(AgencyKind::Voluntary),
        created_at: instant(created_at),
        suspended_at: suspended_at.map(instant),
    };
    Ok(rows.into_iter().map(agency).collect())
}

/// Stops or restores the access of everyone in an agency.
pub async fn set_suspended(tx: &mut Tx, id: AgencyId, suspended: bool) -> Result<(), StoreError> {
    let at = suspended.then(|| tx.now());
    tx.conn().exec(SUSPEND, args![id, at]).await.map(|_| ())
}
