//! What the rules must know of a concern and a person: one statement whatever the answer, so that
//! what is hidden takes as long as what does not exist.

use tessera_core::{
    ids::{ConcernId, UserId},
    reference::{Code, Reference},
    time::Timestamp,
};
use tessera_policy::{Actor, Who, rules::concern::ConcernFacts};
use uuid::Uuid;

use crate::{
    Conn, Db, StoreError,
    concern::insert::hash_of_code,
    sql::{args, statements},
};

/// True when some child of concern `c` has an access row of the given kind for person $2 at $3.
macro_rules! has_access {
    ($kinds:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM concern_child cc JOIN child_access x ON x.child_id = cc.child_id \
             WHERE cc.concern_id = c.id AND x.user_id = $2 AND x.kind IN (",
            $kinds,
            ") AND x.ended_at IS NULL AND (x.expires_at IS NULL OR x.expires_at > $3))"
        )
    };
}

/// True when concern `c` or the file of a child in it is restricted.
macro_rules! is_restricted {
    () => {
        "(c.restricted = 1 OR EXISTS (SELECT 1 FROM concern_child cc JOIN child f \
         ON f.id = cc.child_id WHERE cc.concern_id = c.id AND f.restricted = 1))"
    };
}

/// True when every restricted file of a child in concern `c` is open to person $2 at $3, and at
/// least one file is: being named on one child's file opens nothing of another's.
macro_rules! is_named {
    () => {
        concat!(
            "(",
            crate::concern::rights::has_access!("'named', 'emergency'"),
            " AND NOT EXISTS (SELECT 1 FROM concern_child cc JOIN child f ON f.id = cc.child_id \
             WHERE cc.concern_id = c.id AND f.restricted = 1 AND NOT EXISTS (SELECT 1 \
             FROM child_access x WHERE x.child_id = f.id AND x.user_id = $2 \
             AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL \
             AND (x.expires_at IS NULL OR x.expires_at > $3))))"
        )
    };
}

/// The part of a WHERE clause that keeps hidden concerns out of every list, count and search. It
/// says in SQL what the rule for opening a concern says for the hub; a test holds the two together.
macro_rules! hub_may_see {
    () => {
        concat!(
            "NOT ",
            crate::concern::rights::has_access!("'excluded'"),
            " AND (NOT ",
            crate::concern::rights::is_restricted!(),
            " OR ",
            crate::concern::rights::is_named!(),
            ")"
        )
    };
}
pub(crate) use {has_access, hub_may_see, is_named, is_restricted};

statements! {
    FACTS = concat!("SELECT c.id, c.submitted_by, \
        CAST(CASE WHEN c.agency_id = $4 THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", is_restricted!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", is_named!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", has_access!("'excluded'"), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM concern_route r WHERE r.concern_id = c.id \
            AND r.route IN ('intelligence', 'crime', 'missing')) THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM concern_child cc JOIN child_involvement i \
            ON i.child_id = cc.child_id WHERE cc.concern_id = c.id AND i.user_id = $2 \
            AND i.until IS NULL) THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM decision d WHERE d.concern_id = c.id \
            AND d.by_user = $2) THEN 1 ELSE 0 END AS BIGINT) \
        FROM concern c WHERE c.reference = $1");
    MAY_KNOW = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM concern c WHERE c.id = $1 AND ",
        hub_may_see!());
    FOLLOW = "SELECT id FROM concern WHERE reference = $1 AND follow_hash = $2";
}

type Row = (Uuid, Option<Uuid>, i64, i64, i64, i64, i64, i64, i64);

/// The id of a concern and what the rules must know of it; no id when there is none.
pub async fn facts(
    conn: &mut Conn<'_>,
    reference: &Reference,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Option<ConcernId>, ConcernFacts), StoreError> {
    let values = args![reference.as_str(), actor.user(), now, actor.agency];
    let row: Option<Row> = conn.optional(FACTS, values).await?;
    let Some((id, sender, agency, restricted, named, excluded, police, works, decided)) = row
    else {
        return Ok((None, ConcernFacts::default()));
    };
    let facts = ConcernFacts {
        exists: true,
        submitted_by: sender.map(UserId),
        by_code: actor.who == Who::Sender(id.into()),
        own_agency: agency != 0,
        restricted: restricted != 0,
        named: named != 0,
        excluded: excluded != 0,
        routed_to_police: police != 0,
        works_with_child: works != 0,
        decided_by_actor: decided != 0,
    };
    Ok((Some(id.into()), facts))
}

/// Those of some people from whom the concern is not hidden: who may be told that it is there.
pub async fn may_know(
    conn: &mut Conn<'_>,
    concern: ConcernId,
    people: Vec<UserId>,
    now: Timestamp,
) -> Result<Vec<UserId>, StoreError> {
    let mut told = Vec::new();
    for person in people {
        if conn.count(MAY_KNOW, args![concern, person, now]).await? > 0 {
            told.push(person);
        }
    }
    Ok(told)
}

/// The concern that a reference and its follow-up code open together.
pub async fn follow(
    db: &Db,
    reference: &Reference,
    code: &Code,
) -> Result<Option<ConcernId>, StoreError> {
    let hash = hash_of_code(db.keys(), code);
    let row: Option<(Uuid,)> =
        db.read().await?.conn().optional(FOLLOW, args![reference.as_str(), &hash]).await?;
    Ok(row.map(|(id,)| id.into()))
}
