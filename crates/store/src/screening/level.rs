//! Decisions about the level of a screening. Both levels are kept for ever.

use tessera_core::{
    ids::{LevelId, ScreeningId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO screening_level (id, screening_id, level, reason, factors, change_mind, \
        by_user, by_name, by_role, at, needs_second) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    AGREE = "UPDATE screening_level SET second_user = $2, second_name = $3, second_at = $4 \
        WHERE id = $1 AND needs_second = 1 AND second_at IS NULL";
    OF_SCREENING = "SELECT id, level, reason, factors, change_mind, by_user, by_name, by_role, at, \
        needs_second, second_name, second_at FROM screening_level WHERE screening_id = $1 \
        ORDER BY at, id";
}

/// A decision about the level.
#[derive(Debug, Clone)]
pub struct Level {
    /// Its id.
    pub id: LevelId,
    /// The level, by its id in the instrument.
    pub level: String,
    /// Why.
    pub reason: String,
    /// The protective factors relied on, by id.
    pub factors: Vec<String>,
    /// What would show that it is wrong.
    pub change_mind: String,
    /// Who decided.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// In which part: `designated_lead` or `manager`.
    pub by_role: String,
    /// When.
    pub at: Timestamp,
    /// It lowers the level, and holds only once a second person has agreed.
    pub needs_second: bool,
    /// Who agreed.
    pub second_name: Option<String>,
    /// When they agreed.
    pub second_at: Option<Timestamp>,
}

impl Level {
    /// Whether it holds.
    #[must_use]
    pub const fn holds(&self) -> bool {
        !self.needs_second || self.second_at.is_some()
    }
}

/// Records a decision.
pub async fn insert(tx: &mut Tx, screening: ScreeningId, new: &Level) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![
        new.id,
        screening,
        &new.level,
        &new.reason,
        new.factors.join(" "),
        &new.change_mind,
        new.by,
        &new.by_name,
        &new.by_role,
        now,
        new.needs_second,
    ];
    tx.conn().exec(INSERT, values).await.map(|_| ())
}

/// A second person agrees, once.
pub async fn agree(tx: &mut Tx, id: LevelId, by: UserId, name: &str) -> Result<(), StoreError> {
    let now = tx.now();
    let changed = tx.conn().exec(AGREE, args![id, by, name, now]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    level: String,
    reason: String,
    factors: String,
    change_mind: String,
    by_user: Uuid,
    by_name: String,
    by_role: String,
    at: i64,
    needs_second: i64,
    second_name: Option<String>,
    second_at: Option<i64>,
}

/// The decisions about a screening, in the order in which they were taken.
pub async fn of_screening(
    conn: &mut Conn<'_>,
    screening: ScreeningId,
) -> Result<Vec<Level>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_SCREENING, args![screening]).await?;
    let level = |row: Row| Level {
        id: row.id.into(),
        level: row.level,
        reason: row.reason,
        factors: row.factors.split_whitespace().map(str::to_owned).collect(),
        change_mind: row.change_mind,
        by: row.by_user.into(),
        by_name: row.by_name,
        by_role: row.by_role,
        at: instant(row.at),
        needs_second: row.needs_second != 0,
        second_name: row.second_name,
        second_at: row.second_at.map(instant),
    };
    Ok(rows.into_iter().map(level).collect())
}
