//! What the rules must know of a file and a person: one statement whatever the answer.

use tessera_core::{ids::ChildId, reference::Reference, time::Timestamp};
use tessera_policy::{Actor, rules::child::ChildFacts};
use uuid::Uuid;

use crate::{
    Conn, StoreError,
    sql::{args, statements},
};

statements! {
    FACTS = "SELECT f.id, f.restricted, \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM child_involvement i WHERE i.child_id = f.id \
            AND i.user_id = $2 AND i.until IS NULL) THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM concern_child cc JOIN concern c \
            ON c.id = cc.concern_id WHERE cc.child_id = f.id \
            AND c.status IN ('received', 'being_assessed', 'more_wanted')) THEN 1 ELSE 0 END \
            AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = f.id \
            AND x.user_id = $2 AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL \
            AND (x.expires_at IS NULL OR x.expires_at > $3)) THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = f.id \
            AND x.user_id = $2 AND x.kind = 'excluded' AND x.ended_at IS NULL) THEN 1 ELSE 0 END \
            AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM child_reason r WHERE r.child_id = f.id \
            AND r.user_id = $2 AND r.expires_at > $3) THEN 1 ELSE 0 END AS BIGINT) \
        FROM child f WHERE f.reference = $1";
}

type Row = (Uuid, i64, i64, i64, i64, i64, i64);

/// The id of a file and what the rules must know of it; no id when there is none.
pub async fn facts(
    conn: &mut Conn<'_>,
    reference: &Reference,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Option<ChildId>, ChildFacts), StoreError> {
    let row: Option<Row> =
        conn.optional(FACTS, args![reference.as_str(), actor.user(), now]).await?;
    let Some((id, restricted, works, open, named, excluded, reason)) = row else {
        return Ok((None, ChildFacts::default()));
    };
    let facts = ChildFacts {
        exists: true,
        works_with_child: works != 0,
        open_concern: open != 0,
        restricted: restricted != 0,
        named: named != 0,
        excluded: excluded != 0,
        reason_given: reason != 0,
    };
    Ok((Some(id.into()), facts))
}
