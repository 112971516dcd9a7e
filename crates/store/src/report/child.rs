//! The children whom a report identifies, by people's decisions.

use tessera_core::{
    ids::{ChildId, ReportId},
    reference::Reference,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, statements},
};

statements! {
    INSERT = "INSERT INTO report_child (report_id, child_id, by_name, at) VALUES ($1, $2, $3, $4)";
    OF_REPORT = "SELECT f.id, f.reference FROM report_child rc JOIN child f ON f.id = rc.child_id \
        WHERE rc.report_id = $1 ORDER BY rc.id";
}

/// Records that a report is about a child.
pub async fn insert(
    tx: &mut Tx,
    report: ReportId,
    child: ChildId,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(INSERT, args![report, child, by, now]).await.map(|_| ())
}

/// The children of a report.
pub async fn of_report(
    conn: &mut Conn<'_>,
    report: ReportId,
) -> Result<Vec<(ChildId, Reference)>, StoreError> {
    let rows: Vec<(Uuid, String)> = conn.all(OF_REPORT, args![report]).await?;
    Ok(rows.into_iter().map(|(id, text)| (id.into(), Reference::from_stored(text))).collect())
}
