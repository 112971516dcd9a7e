//! What the rules must know of a screening and a person: one statement whatever the answer, so that
//! what is hidden takes as long as what does not exist.

use tessera_core::{
    ids::{ScreeningId, UserId},
    reference::Reference,
    time::Timestamp,
};
use tessera_policy::{Actor, rules::screening::ScreeningFacts};
use uuid::Uuid;

use crate::{
    Conn, StoreError,
    sql::{args, statements},
};

/// The files of the child of screening `s`: the one it was begun from, and those to which its
/// concern was joined.
macro_rules! files {
    () => {
        "(f.id = s.child_id OR f.id IN (SELECT cc.child_id FROM concern_child cc \
          WHERE cc.concern_id = s.concern_id))"
    };
}

/// True when such a file, or the concern, is restricted to named people.
macro_rules! restricted {
    () => {
        concat!(
            "(EXISTS (SELECT 1 FROM child f WHERE ",
            crate::screening::rights::files!(),
            " AND f.restricted = 1) OR EXISTS (SELECT 1 FROM concern c WHERE c.id = s.concern_id \
             AND c.restricted = 1))"
        )
    };
}

/// True when person $2 may open every restricted file of it at $3, and there is one.
macro_rules! named {
    () => {
        concat!(
            "(EXISTS (SELECT 1 FROM child f JOIN child_access x ON x.child_id = f.id WHERE ",
            crate::screening::rights::files!(),
            " AND x.user_id = $2 AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL \
             AND (x.expires_at IS NULL OR x.expires_at > $3)) \
             AND NOT EXISTS (SELECT 1 FROM child f WHERE ",
            crate::screening::rights::files!(),
            " AND f.restricted = 1 AND NOT EXISTS (SELECT 1 FROM child_access x \
             WHERE x.child_id = f.id AND x.user_id = $2 AND x.kind IN ('named', 'emergency') \
             AND x.ended_at IS NULL AND (x.expires_at IS NULL OR x.expires_at > $3))))"
        )
    };
}

/// True when person $2 must never see it.
macro_rules! excluded {
    () => {
        concat!(
            "EXISTS (SELECT 1 FROM child f JOIN child_access x ON x.child_id = f.id WHERE ",
            crate::screening::rights::files!(),
            " AND x.user_id = $2 AND x.kind = 'excluded' AND x.ended_at IS NULL)"
        )
    };
}

/// The part of a WHERE clause that keeps hidden screenings out of every list.
macro_rules! reader_may_see {
    () => {
        concat!(
            "NOT ",
            crate::screening::rights::excluded!(),
            " AND (NOT ",
            crate::screening::rights::restricted!(),
            " OR ",
            crate::screening::rights::named!(),
            ")"
        )
    };
}
pub(crate) use {excluded, files, named, reader_may_see, restricted};

statements! {
    FACTS = concat!("SELECT s.id, s.submitted_by, \
        CAST(CASE WHEN s.agency_id = $4 THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN s.concern_id IS NOT NULL OR s.hub_told_at IS NOT NULL THEN 1 ELSE 0 END \
            AS BIGINT), \
        CAST(CASE WHEN ", restricted!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", named!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN ", excluded!(), " THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM child f JOIN child_involvement i \
            ON i.child_id = f.id WHERE ", files!(), " AND i.user_id = $2 AND i.until IS NULL) \
            THEN 1 ELSE 0 END AS BIGINT) \
        FROM screening s WHERE s.reference = $1");
    MAY_KNOW = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM screening s WHERE s.id = $1 AND ",
        reader_may_see!());
}

type Row = (Uuid, Option<Uuid>, i64, i64, i64, i64, i64, i64);

/// The id of a screening and what the rules must know of it; no id when there is none.
pub async fn facts(
    conn: &mut Conn<'_>,
    reference: &Reference,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Option<ScreeningId>, ScreeningFacts), StoreError> {
    let values = args![reference.as_str(), actor.user(), now, actor.agency];
    let row: Option<Row> = conn.optional(FACTS, values).await?;
    let Some((id, sender, agency, hub, restricted, named, excluded, works)) = row else {
        return Ok((None, ScreeningFacts::default()));
    };
    let facts = ScreeningFacts {
        exists: true,
        own: sender.is_some() && sender.map(UserId) == actor.user(),
        own_agency: agency != 0,
        with_hub: hub != 0,
        restricted: restricted != 0,
        named: named != 0,
        excluded: excluded != 0,
        works_with_child: works != 0,
    };
    Ok((Some(id.into()), facts))
}

/// Those of some people from whom the screening is not hidden: who may be told that it is there.
pub async fn may_know(
    conn: &mut Conn<'_>,
    screening: ScreeningId,
    people: Vec<UserId>,
    now: Timestamp,
) -> Result<Vec<UserId>, StoreError> {
    let mut told = Vec::new();
    for person in people {
        if conn.count(MAY_KNOW, args![screening, person, now]).await? > 0 {
            told.push(person);
        }
    }
    Ok(told)
}
