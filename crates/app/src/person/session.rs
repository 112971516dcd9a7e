//! Signing in with a password and a second factor, and signing out.

use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc::PasswordHash},
};
use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::FieldErrors,
    ids::{RequestId, UserId},
    t,
    time::SignedDuration,
};
use tessera_policy::{
    Actor, Resource, Who,
    rules::session::{SignIn, SignOut},
};
use tessera_store::{
    session::{self, Session},
    user,
};
use tokio::sync::Semaphore;
use totp_rs::{Builder, Totp};

use crate::{App, AppError};

/// Wrong tries for one address within [`WINDOW`] before every further try is refused unread.
const MOST_FAILURES: i64 = 10;
/// How long a wrong try counts.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// What is typed to sign in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSignIn {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// The six digits of the second factor.
    pub code: String,
}

/// The secret of a session, kept by the browser only.
pub type Token = [u8; 32];

impl App {
    /// Signs in. Whatever is wrong, the answer and the work are the same: whether an address is
    /// known cannot be learnt.
    pub async fn sign_in(
        &self,
        raw: &RawSignIn,
        request: Option<RequestId>,
    ) -> Result<(Token, UserId), AppError> {
        let email = raw.email.trim().to_lowercase();
        let failures = user::failures_since(&self.db, &email, self.db.now() - WINDOW).await?;
        let known = user::credentials(&self.db, &email).await?;
        let hash = known.as_ref().map_or_else(|| NOBODYS.to_owned(), |c| c.password_hash.clone());
        let fits = verify(hash, raw.password.clone()).await && failures < MOST_FAILURES;
        let checked = known.filter(|_| fits).and_then(|c| {
            let secret = c.totp_secret?;
            let time = u64::try_from(self.db.now().as_second()).unwrap_or(0);
            let step = totp(secret)?.check(raw.code.trim(), time)?;
            let step = i64::try_from(step).ok()?;
            (step > c.totp_last_step).then_some((c.user, step))
        });
        let Some((id, step)) = checked else {
            user::add_failure(&self.db, &email).await?;
            let message = t!("Check the e-mail address, the password and the code");
            return Err(FieldErrors::one("email", message).into());
        };
        let token = self.begin_session(id, request, Some((email, step))).await?;
        Ok((token, id))
    }

    /// Begins a session; of a sign-in with a second factor, or of the demo, which has none.
    pub async fn begin_session(
        &self,
        id: UserId,
        request: Option<RequestId>,
        proof: Option<(String, i64)>,
    ) -> Result<Token, AppError> {
        let found = user::by_id(&mut self.db.read().await?.conn(), id, self.db.now()).await?;
        let found = found.ok_or(tessera_policy::Refusal::Absent)?;
        let actor = Actor {
            who: Who::User(id),
            name: found.name,
            agency: Some(found.agency),
            roles: found.roles.into_iter().collect(),
            request,
        };
        let permit = self.may::<SignIn>(&actor, Resource::User(id)).await?;
        let token = self.db.chance().secret();
        let old = self.db.now() - WINDOW;
        let used = t!("This code was used before; wait for the next one");
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if let Some((email, step)) = proof {
                        if !user::use_totp_step(tx, id, step).await? {
                            return Err(FieldErrors::one("code", used).into());
                        }
                        user::forget_failures(tx, &email, old).await?;
                    }
                    session::begin(tx, &token, id).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok(token)
    }

    /// The live session of a token.
    pub async fn session(&self, token: &Token) -> Result<Option<Session>, AppError> {
        Ok(session::find(&self.db, token).await?)
    }

    /// Ends this session.
    pub async fn sign_out(&self, actor: &Actor, token: Token) -> Result<(), AppError> {
        let permit = self.may::<SignOut>(actor, Resource::None).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { session::end(tx, &token).await.map_err(AppError::from) })
            })
            .await
    }

    /// Ends every session of the person.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<(), AppError> {
        let permit = self.may::<SignOut>(actor, Resource::None).await?;
        let Some(me) = actor.user() else { return Ok(()) };
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("everywhere", "yes");
                    session::end_all(tx, me).await.map_err(AppError::from)
                })
            })
            .await
    }
}

/// The second factor of RFC 6238: six digits, 30 seconds, one step either way.
pub(super) fn totp(secret: Vec<u8>) -> Option<Totp> {
    Builder::new().with_secret(secret).build().ok()
}

/// What a password is compared with when nobody has the address, so that it takes as long: the
/// parameters of every other hash, and an output that no password is known to give.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$\
                       dGhlcmUgaXMgbm8gc3VjaCBwZXJzb24gaW4gaGVyZSE";

/// Comparisons at the same time. Each takes 19 MiB and a core: a flood of wrong passwords may make
/// others wait, but not the server fall.
static COMPARISONS: Semaphore = Semaphore::const_new(8);

/// Compares off the async threads: it is meant to be slow.
async fn verify(hash: String, password: String) -> bool {
    let Ok(_turn) = COMPARISONS.acquire().await else { return false };
    let compare = move || {
        let Ok(parsed) = PasswordHash::new(&hash) else { return false };
        Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
    };
    tokio::task::spawn_blocking(compare).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_of_nobody_costs_what_a_password_of_somebody_costs() {
        let somebodys = super::super::credentials::hash_password("a long pass phrase", &[7; 16]);
        let (nobodys, somebodys) = (NOBODYS.to_owned(), somebodys.unwrap());
        let (nobodys, somebodys) =
            (PasswordHash::new(&nobodys).unwrap(), PasswordHash::new(&somebodys).unwrap());
        assert_eq!(nobodys.algorithm, somebodys.algorithm);
        assert_eq!(nobodys.version, somebodys.version);
        assert_eq!(nobodys.params, somebodys.params);
        assert_eq!(nobodys.salt, somebodys.salt);
        assert_eq!(nobodys.hash.unwrap().len(), somebodys.hash.unwrap().len());
    }

    #[tokio::test]
    async fn no_password_is_nobodys_password() {
        assert!(!verify(NOBODYS.to_owned(), String::new()).await);
        assert!(!verify(NOBODYS.to_owned(), "nobody has this password".to_owned()).await);
    }
}
