//! People who can sign in, their roles and one-use links.

use std::collections::HashMap;

use tessera_core::{
    ids::{AgencyId, UserId},
    time::Timestamp,
    user::{Role, Standing, User},
};
use uuid::Uuid;

use crate::{
    Conn, Db, StoreError, Tx,
    envelope::{Place, open, seal},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO user_account (id, agency_id, name, email, job_title, standing, \
        created_at) VALUES ($1, $2, $3, $4, $5, 'invited', $6)";
    ALL = "SELECT u.id, u.agency_id, a.name, u.name, u.email, u.job_title, u.standing, \
        u.created_at FROM user_account u JOIN agency a ON a.id = u.agency_id \
        ORDER BY a.name, u.name";
    BY_ID = "SELECT u.id, u.agency_id, a.name, u.name, u.email, u.job_title, u.standing, \
        u.created_at FROM user_account u JOIN agency a ON a.id = u.agency_id WHERE u.id = $1";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM user_account";
    OF_AGENCY = "SELECT u.id, u.name FROM user_account u \
        JOIN user_role r ON r.user_id = u.id AND r.revoked_at IS NULL AND r.expires_at > $3 \
        WHERE u.agency_id = $1 AND r.role = $2 AND u.standing = 'active' ORDER BY u.name";
    WITH_ROLE = "SELECT DISTINCT u.id FROM user_account u \
        JOIN user_role r ON r.user_id = u.id AND r.revoked_at IS NULL AND r.expires_at > $2 \
        WHERE r.role = $1 AND u.standing = 'active'";
    ALL_ROLES = "SELECT user_id, role FROM user_role \
        WHERE revoked_at IS NULL AND expires_at > $1 ORDER BY role";
    ROLES = "SELECT role FROM user_role \
        WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY role";
    GRANT = "INSERT INTO user_role (user_id, role, granted_at, granted_by, expires_at) \
        VALUES ($1, $2, $3, $4, $5)";
    REVOKE = "UPDATE user_role SET revoked_at = $3 \
        WHERE user_id = $1 AND role = $2 AND revoked_at IS NULL";
    SET_STANDING = "UPDATE user_account SET standing = $2, left_at = $3 WHERE id = $1";
    END_SESSIONS = "UPDATE session SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL";
    SIGN_IN = "SELECT u.id, u.password_hash, u.totp_secret, u.totp_last_step \
        FROM user_account u JOIN agency a ON a.id = u.agency_id \
        WHERE u.email = $1 AND u.standing = 'active' AND a.suspended_at IS NULL";
    SET_CREDENTIALS = "UPDATE user_account SET password_hash = $2, totp_secret = $3, \
        totp_last_step = 0, standing = CASE WHEN standing = 'invited' THEN 'active' ELSE standing END \
        WHERE id = $1 AND standing <> 'left'";
    USE_STEP = "UPDATE user_account SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2";
    INVITE = "INSERT INTO invitation (token_hash, user_id, purpose, created_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5)";
    FIND_INVITE = "SELECT user_id, purpose FROM invitation \
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
    USE_INVITE = "UPDATE invitation SET used_at = $2 \
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
    USE_OTHERS = "UPDATE invitation SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL";
    FAILURES = "SELECT CAST(COUNT(*) AS BIGINT) FROM sign_in_failure \
        WHERE account_hash = $1 AND at > $2";
    ADD_FAILURE = "INSERT INTO sign_in_failure (account_hash, at) VALUES ($1, $2)";
    FORGET_FAILURES = "DELETE FROM sign_in_failure WHERE account_hash = $1 OR at < $2";
}

/// A new account, invited and without credentials.
pub struct NewUser<'a> {
    /// Its id.
    pub id: UserId,
    /// Its agency.
    pub agency: AgencyId,
    /// The person's name.
    pub name: &'a str,
    /// The address they sign in with, in lower case.
    pub email: &'a str,
    /// What they do.
    pub job_title: &'a str,
}

/// Adds an account; its e-mail address must be new.
pub async fn insert(tx: &mut Tx, user: &NewUser<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![user.id, user.agency, user.name, user.email, user.job_title, now];
    tx.conn().exec(INSERT, values).await.map(|_| ())
}

type Row = (Uuid, Uuid, String, String, String, String, String, i64);

fn user((id, agency, agency_name, name, email, job_title, standing, created): Row) -> User {
    User {
        id: id.into(),
        agency: agency.into(),
        agency_name,
        name,
        email,
        job_title,
        standing: Standing::from_id(&standing),
        roles: Vec::new(),
        created_at: instant(created),
    }
}

/// Every account, with the roles that hold now.
pub async fn all(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<User>, StoreError> {
    let held: Vec<(Uuid, String)> = conn.all(ALL_ROLES, args![now]).await?;
    let mut roles: HashMap<Uuid, Vec<Role>> = HashMap::new();
    for (user, role) in held {
        roles.entry(user).or_default().extend(role.parse::<Role>().ok());
    }
    let with_roles = |row: Row| {
        let mut user = user(row);
        user.roles = roles.remove(&user.id.0).unwrap_or_default();
        user
    };
    Ok(conn.all::<Row>(ALL, vec![]).await?.into_iter().map(with_roles).collect())
}

/// One account.
pub async fn by_id(
    conn: &mut Conn<'_>,
    id: UserId,
    now: Timestamp,
) -> Result<Option<User>, StoreError> {
    let Some(row) = conn.optional::<Row>(BY_ID, args![id]).await? else { return Ok(None) };
    let mut found = user(row);
    found.roles = roles(conn, id, now).await?;
    Ok(Some(found))
}

/// How many accounts there are.
pub async fn count(conn: &mut Conn<'_>) -> Result<i64, StoreError> {
    conn.count(COUNT, vec![]).await
}

/// The active people of an agency who hold a role.
pub async fn of_agency(
    conn: &mut Conn<'_>,
    agency: AgencyId,
    role: Role,
    now: Timestamp,
) -> Result<Vec<(UserId, String)>, StoreError> {
    let rows: Vec<(Uuid, String)> = conn.all(OF_AGENCY, args![agency, role.id(), now]).await?;
    Ok(rows.into_iter().map(|(id, name)| (id.into(), name)).collect())
}

/// Everyone active who holds a role.
pub async fn with_role(
    conn: &mut Conn<'_>,
    role: Role,
    now: Timestamp,
) -> Result<Vec<UserId>, StoreError> {
    let rows: Vec<(Uuid,)> = conn.all(WITH_ROLE, args![role.id(), now]).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// The roles that hold at an instant.
pub async fn roles(
    conn: &mut Conn<'_>,
    id: UserId,
    now: Timestamp,
) -> Result<Vec<Role>, StoreError> {
    let rows: Vec<(String,)> = conn.all(ROLES, args![id, now]).await?;
    Ok(rows.into_iter().filter_map(|(role,)| role.parse().ok()).collect())
}

/// Gives a role until an instant: grants expire by themselves.
pub async fn grant(
    tx: &mut Tx,
    id: UserId,
    role: Role,
    by: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(REVOKE, args![id, role.id(), now]).await?;
    tx.conn().exec(GRANT, args![id, role.id(), now, by, until]).await.map(|_| ())
}

/// Takes a role away.
pub async fn revoke(tx: &mut Tx, id: UserId, role: Role) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(REVOKE, args![id, role.id(), now]).await.map(|_| ())
}

/// Changes whether the account may be used, and ends its sessions when it may not.
pub async fn set_standing(tx: &mut Tx, id: UserId, to: Standing) -> Result<(), StoreError> {
    let now = tx.now();
    let left = (to == Standing::Left).then_some(now);
    tx.conn().exec(SET_STANDING, args![id, to.id(), left]).await?;
    if to != Standing::Active {
        tx.conn().exec(END_SESSIONS, args![id, now]).await?;
    }
    Ok(())
}

/// What signing in is checked against.
pub struct Credentials {
    /// Whose they are.
    pub user: UserId,
    /// The password's hash, in PHC form.
    pub password_hash: String,
    /// The shared secret of the second factor, if one is set.
    pub totp_secret: Option<Vec<u8>>,
    /// The newest time step used: each code works once.
    pub totp_last_step: i64,
}

/// The credentials of an active account.
pub async fn credentials(db: &Db, email: &str) -> Result<Option<Credentials>, StoreError> {
    type Row = (Uuid, Option<String>, Option<Vec<u8>>, i64);
    let row: Option<Row> = db.read().await?.conn().optional(SIGN_IN, args![email]).await?;
    let Some((user, Some(password_hash), sealed, totp_last_step)) = row else { return Ok(None) };
    let totp_secret = sealed
        .map(|sealed| open(&db.keys().derive("totp"), totp_place(user), &sealed))
        .transpose()?;
    Ok(Some(Credentials { user: user.into(), password_hash, totp_secret, totp_last_step }))
}

const fn totp_place(row: Uuid) -> Place {
    Place { column: "user_account.totp_secret", row }
}

/// Sets password and second factor, and makes an invited account active; one that was suspended
/// stays so. Sessions of the old credentials end, and no other link works any more.
pub async fn set_credentials(
    tx: &mut Tx,
    id: UserId,
    password_hash: &str,
    totp_secret: Option<&[u8]>,
) -> Result<(), StoreError> {
    let key = tx.keys().derive("totp");
    let sealed =
        totp_secret.map(|secret| seal(&key, totp_place(id.0), secret, tx.chance())).transpose()?;
    let now = tx.now();
    let changed = tx.conn().exec(SET_CREDENTIALS, args![id, password_hash, sealed]).await?;
    tx.conn().exec(END_SESSIONS, args![id, now]).await?;
    tx.conn().exec(USE_OTHERS, args![id, now]).await?;
    if changed == 0 { Err(StoreError::NoRow) } else { Ok(()) }
}

/// Takes a time step of the second factor; `false` when it, or a later one, was used before.
pub async fn use_totp_step(tx: &mut Tx, id: UserId, step: i64) -> Result<bool, StoreError> {
    Ok(tx.conn().exec(USE_STEP, args![id, step]).await? == 1)
}

/// What a one-use link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Choosing a password and a second factor.
    Credentials,
    /// Setting up an empty partnership.
    SetUp,
}

impl Purpose {
    const fn id(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::SetUp => "set_up",
        }
    }
}

fn token_hash(keys: &crate::Keys, token: &[u8; 32]) -> [u8; 32] {
    keys.blind("invitation", token)
}

/// Stores a one-use link by its hash.
pub async fn invite(
    tx: &mut Tx,
    token: &[u8; 32],
    user: Option<UserId>,
    purpose: Purpose,
    until: Timestamp,
) -> Result<(), StoreError> {
    let now = tx.now();
    let hash = token_hash(&tx.keys(), token);
    tx.conn().exec(INVITE, args![&hash, user, purpose.id(), now, until]).await.map(|_| ())
}

/// Whose link it is, while it can be used.
pub async fn find_invitation(
    db: &Db,
    token: &[u8; 32],
    purpose: Purpose,
) -> Result<Option<Option<UserId>>, StoreError> {
    let hash = token_hash(db.keys(), token);
    let row: Option<(Option<Uuid>, String)> =
        db.read().await?.conn().optional(FIND_INVITE, args![&hash, db.now()]).await?;
    Ok(row.filter(|(_, p)| p == purpose.id()).map(|(user, _)| user.map(UserId)))
}

/// Uses a link up; `false` when someone did before.
pub async fn use_invitation(tx: &mut Tx, token: &[u8; 32]) -> Result<bool, StoreError> {
    let now = tx.now();
    let hash = token_hash(&tx.keys(), token);
    Ok(tx.conn().exec(USE_INVITE, args![&hash, now]).await? == 1)
}

/// How often signing in to an address failed since an instant.
pub async fn failures_since(db: &Db, email: &str, since: Timestamp) -> Result<i64, StoreError> {
    let hash = db.keys().blind("sign-in failure", email.as_bytes());
    db.read().await?.conn().count(FAILURES, args![&hash, since]).await
}

/// Remembers a failed sign-in.
pub async fn add_failure(db: &Db, email: &str) -> Result<(), StoreError> {
    let hash = db.keys().blind("sign-in failure", email.as_bytes());
    db.write_unaudited(move |tx| {
        Box::pin(async move {
            let now = tx.now();
            tx.conn().exec(ADD_FAILURE, args![&hash, now]).await.map(|_| ())
        })
    })
    .await
}

/// Forgets the failures of an address after it signed in, and all old ones.
pub async fn forget_failures(tx: &mut Tx, email: &str, old: Timestamp) -> Result<(), StoreError> {
    let hash = tx.keys().blind("sign-in failure", email.as_bytes());
    tx.conn().exec(FORGET_FAILURES, args![&hash, old]).await.map(|_| ())
}
