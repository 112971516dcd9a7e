//! What the rules must know of a report and a person, and the same said in SQL for every list.

use tessera_core::{
    ids::{ReportId, ShareId, UserId},
    reference::Reference,
    time::Timestamp,
};
use tessera_policy::{
    Actor,
    rules::report::{ReportFacts, ShareFacts},
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError,
    sql::{args, statements},
};

/// The children of report `r`: those it was recorded to identify, and those of the concern it was
/// made from, whenever they were joined to their files.
macro_rules! children {
    () => {
        "(SELECT rc.child_id FROM report_child rc WHERE rc.report_id = r.id UNION \
         SELECT cc.child_id FROM concern_child cc WHERE cc.concern_id = r.concern_id \
         AND cc.child_id IS NOT NULL)"
    };
}

/// True when person $2 must never see a child of report `r`.
macro_rules! excludes {
    () => {
        concat!(
            "EXISTS (SELECT 1 FROM child_access x WHERE x.child_id IN ",
            crate::report::rights::children!(),
            " AND x.user_id = $2 AND x.kind = 'excluded' AND x.ended_at IS NULL)"
        )
    };
}

/// True when report `r` has a restricted file that is not open to person $2 at $3, or comes from a
/// restricted concern.
macro_rules! is_closed {
    () => {
        concat!(
            "(EXISTS (SELECT 1 FROM concern o WHERE o.id = r.concern_id AND o.restricted = 1) \
             OR EXISTS (SELECT 1 FROM child f WHERE f.restricted = 1 AND f.id IN ",
            crate::report::rights::children!(),
            " AND NOT EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = f.id \
             AND x.user_id = $2 AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL \
             AND (x.expires_at IS NULL OR x.expires_at > $3))))"
        )
    };
}

/// True when report `r` was assessed and may be shown to the front door.
macro_rules! open_to_hub {
    () => {
        "(r.handling = 'P' AND r.intelligence_grade <> 'E')"
    };
}

/// The part of a WHERE clause that keeps hidden reports out of every list, count, match and picture:
/// person $2 at $3, who is of the police desk when $4 is 1. A test holds it and the rule together.
macro_rules! may_see {
    () => {
        concat!(
            "NOT ",
            crate::report::rights::excludes!(),
            " AND NOT ",
            crate::report::rights::is_closed!(),
            " AND (CAST($4 AS BIGINT) = 1 OR ",
            crate::report::rights::open_to_hub!(),
            ")"
        )
    };
}
pub(crate) use {children, excludes, is_closed, may_see, open_to_hub};

statements! {
    FACTS = concat!("SELECT r.id, \
        CAST(CASE WHEN r.submitter = $4 THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", open_to_hub!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", is_closed!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", excludes!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM source_request q WHERE q.report_id = r.id \
            AND q.asked_by = $2 AND q.answered_at IS NULL) THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM source_request q WHERE q.report_id = r.id \
            AND q.asked_by = $2 AND q.granted_until > $3) THEN 1 ELSE 0 END AS BIGINT) \
        FROM report r WHERE r.reference = $1");
    SHARE_FACTS = concat!("SELECT s.report_id, \
        CAST(CASE WHEN s.user_id = $2 THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", excludes!(), " THEN 1 ELSE 0 END AS BIGINT) \
        FROM report_share s JOIN report r ON r.id = s.report_id WHERE s.id = $1");
    EXCLUDED = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM report r WHERE r.id = $1 AND ",
        excludes!());
}

/// The hash by which a sender finds their own reports; nothing of it names them.
pub(crate) fn submitter(keys: &Keys, user: UserId) -> [u8; 32] {
    keys.blind("report submitter", user.0.as_bytes())
}

type Row = (Uuid, i64, i64, i64, i64, i64, i64);

/// The id of a report and what the rules must know of it; no id when there is none.
pub async fn facts(
    conn: &mut Conn<'_>,
    keys: &Keys,
    reference: &Reference,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Option<ReportId>, ReportFacts), StoreError> {
    let me = actor.user().map(|user| submitter(keys, user)).unwrap_or_default();
    let values = args![reference.as_str(), actor.user(), now, &me];
    let row: Option<Row> = conn.optional(FACTS, values).await?;
    let Some((id, own, open, closed, excluded, asked, granted)) = row else {
        return Ok((None, ReportFacts::default()));
    };
    let facts = ReportFacts {
        exists: true,
        own: own != 0,
        open_to_hub: open != 0,
        closed: closed != 0,
        excluded: excluded != 0,
        asked_by_actor: asked != 0,
        source_granted: granted != 0,
    };
    Ok((Some(id.into()), facts))
}

/// What the rules must know of something shared.
pub async fn share_facts(
    conn: &mut Conn<'_>,
    id: ShareId,
    actor: &Actor,
    now: Timestamp,
) -> Result<ShareFacts, StoreError> {
    let row: Option<(Uuid, i64, i64)> =
        conn.optional(SHARE_FACTS, args![id, actor.user(), now]).await?;
    Ok(row.map_or_else(ShareFacts::default, |(_, recipient, excluded)| ShareFacts {
        exists: true,
        recipient: recipient != 0,
        excluded: excluded != 0,
    }))
}

/// Whether a person must never see a child in the report.
pub async fn is_excluded(
    conn: &mut Conn<'_>,
    report: ReportId,
    user: UserId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.count(EXCLUDED, args![report, user, now]).await? > 0)
}
