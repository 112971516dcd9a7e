//! What people have read of the guidance: changes they have seen, policies they have confirmed, and
//! the help that stood beside a question they answered.

use tessera_core::{
    ids::{AgencyId, ConcernId, GuidanceId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

statements! {
    LOOKED = "SELECT looked_at FROM guidance_look WHERE user_id = $1";
    LOOK = "INSERT INTO guidance_look (user_id, looked_at) VALUES ($1, $2) \
        ON CONFLICT (user_id) DO UPDATE SET looked_at = excluded.looked_at";
    RECEIPT = "INSERT INTO policy_receipt (user_id, version_id, agency_id, read_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, version_id) DO NOTHING";
    MINE = "SELECT version_id, read_at FROM policy_receipt WHERE user_id = $1";
    READERS = "SELECT u.id, u.name, u.agency_id, r.read_at FROM user_account u \
        LEFT JOIN policy_receipt r ON r.user_id = u.id AND r.version_id = $1 \
        WHERE u.standing = 'active' AND EXISTS (SELECT 1 FROM agency a \
        WHERE a.id = u.agency_id AND a.suspended_at IS NULL) ORDER BY u.name, u.id";
    REMIND = "INSERT INTO policy_reminder (version_id, agency_id, at, by_name, people) \
        VALUES ($1, $2, $3, $4, $5)";
    REMINDED = "SELECT agency_id, at, by_name, people FROM policy_reminder WHERE version_id = $1 \
        ORDER BY at DESC LIMIT 20";
    SHOW_HELP = "INSERT INTO concern_help (concern_id, question, version_id, heading) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (concern_id, question) DO NOTHING";
    HELP_SHOWN = "SELECT h.question, v.path, v.number, h.heading FROM concern_help h \
        JOIN guidance_version v ON v.id = h.version_id WHERE h.concern_id = $1 ORDER BY h.question";
}

/// When a person last said that they have seen what changed.
pub async fn looked_at(conn: &mut Conn<'_>, user: UserId) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<(i64,)> = conn.optional(LOOKED, args![user]).await?;
    Ok(row.map(|(at,)| instant(at)))
}

/// Remembers that a person has seen what changed until now.
pub async fn look(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(LOOK, args![user, now]).await.map(|_| ())
}

/// Remembers that a person has read a version of a policy; saying so twice changes nothing.
pub async fn confirm(
    tx: &mut Tx,
    user: UserId,
    agency: AgencyId,
    version: GuidanceId,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(RECEIPT, args![user, version, agency, now]).await.map(|_| ())
}

/// The versions a person has confirmed, and when.
pub async fn confirmed(
    conn: &mut Conn<'_>,
    user: UserId,
) -> Result<Vec<(GuidanceId, Timestamp)>, StoreError> {
    let rows: Vec<(Uuid, i64)> = conn.all(MINE, args![user]).await?;
    Ok(rows.into_iter().map(|(id, at)| (id.into(), instant(at))).collect())
}

/// Somebody who should read a policy.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their agency.
    pub agency: AgencyId,
    /// When they confirmed it.
    pub read_at: Option<Timestamp>,
}

/// Everybody with an account in use, and whether they have confirmed a version.
pub async fn readers(conn: &mut Conn<'_>, version: GuidanceId) -> Result<Vec<Reader>, StoreError> {
    type Row = (Uuid, String, Uuid, Option<i64>);
    let rows: Vec<Row> = conn.all(READERS, args![version]).await?;
    let reader = |(user, name, agency, read_at): Row| Reader {
        user: user.into(),
        name,
        agency: agency.into(),
        read_at: read_at.map(instant),
    };
    Ok(rows.into_iter().map(reader).collect())
}

/// A reminder that was sent.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// To one agency, or to all.
    pub agency: Option<AgencyId>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// To how many people.
    pub people: i64,
}

/// Remembers a reminder.
pub async fn remind(
    tx: &mut Tx,
    version: GuidanceId,
    agency: Option<AgencyId>,
    by: &str,
    people: i64,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(REMIND, args![version, agency, now, by, people]).await.map(|_| ())
}

/// The reminders of a version, newest first.
pub async fn reminders(
    conn: &mut Conn<'_>,
    version: GuidanceId,
) -> Result<Vec<Reminder>, StoreError> {
    type Row = (Option<Uuid>, i64, String, i64);
    let rows: Vec<Row> = conn.all(REMINDED, args![version]).await?;
    let reminder = |(agency, at, by, people): Row| Reminder {
        agency: agency.map(AgencyId),
        at: instant(at),
        by,
        people,
    };
    Ok(rows.into_iter().map(reminder).collect())
}

/// Remembers which version of which help stood beside a question of a concern.
pub async fn show_help(
    tx: &mut Tx,
    concern: ConcernId,
    question: &str,
    version: GuidanceId,
    heading: &str,
) -> Result<(), StoreError> {
    tx.conn().exec(SHOW_HELP, args![concern, question, version, heading]).await.map(|_| ())
}

/// The help that stood beside a question.
#[derive(Debug, Clone)]
pub struct HelpShown {
    /// The question.
    pub question: String,
    /// The file of the guidance.
    pub path: String,
    /// Its version.
    pub number: i64,
    /// The heading.
    pub heading: String,
}

/// What help stood beside the questions of a concern.
pub async fn help_shown(
    conn: &mut Conn<'_>,
    concern: ConcernId,
) -> Result<Vec<HelpShown>, StoreError> {
    let rows: Vec<(String, String, i64, String)> = conn.all(HELP_SHOWN, args![concern]).await?;
    let shown = |(question, path, number, heading)| HelpShown { question, path, number, heading };
    Ok(rows.into_iter().map(shown).collect())
}
