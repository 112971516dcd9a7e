//! Notices to people, in the product: content-free, with a link.

use tessera_core::{
    chance::Draw,
    ids::{NoticeId, UserId},
    time::Timestamp,
};

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO notice (id, user_id, at, words, link) VALUES ($1, $2, $3, $4, $5)";
    OF_USER = "SELECT at, words, COALESCE(link, ''), read_at FROM notice WHERE user_id = $1 \
        ORDER BY at DESC LIMIT 100";
    UNREAD = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice WHERE user_id = $1 AND read_at IS NULL";
    READ = "UPDATE notice SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL";
}

/// A notice.
#[derive(Debug, Clone)]
pub struct Notice {
    /// When.
    pub at: Timestamp,
    /// What, without any content of a case.
    pub words: String,
    /// Where to go.
    pub link: String,
    /// Not yet read.
    pub unread: bool,
}

/// Tells a person something.
pub async fn insert(
    tx: &mut Tx,
    user: UserId,
    words: &str,
    link: Option<&str>,
) -> Result<(), StoreError> {
    let now = tx.now();
    let id: NoticeId = tx.chance().id(now);
    tx.conn().exec(INSERT, args![id, user, now, words, link]).await.map(|_| ())
}

/// A person's notices, newest first.
pub async fn of_user(conn: &mut Conn<'_>, user: UserId) -> Result<Vec<Notice>, StoreError> {
    type Row = (i64, String, String, Option<i64>);
    let rows: Vec<Row> = conn.all(OF_USER, args![user]).await?;
    let notice = |(at, words, link, read): Row| Notice {
        at: instant(at),
        words,
        link,
        unread: read.is_none(),
    };
    Ok(rows.into_iter().map(notice).collect())
}

/// How many a person has not read.
pub async fn unread(conn: &mut Conn<'_>, user: UserId) -> Result<i64, StoreError> {
    conn.count(UNREAD, args![user]).await
}

/// Marks a person's notices as read.
pub async fn mark_read(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(READ, args![user, now]).await.map(|_| ())
}
