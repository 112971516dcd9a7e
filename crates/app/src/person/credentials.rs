//! Choosing a password and a second factor by a one-use link.

use argon2::{Argon2, PasswordHasher};
use serde::Deserialize;
use tessera_core::{
    errors::FieldErrors,
    ids::{RequestId, UserId},
    user::User,
};
use tessera_policy::{Actor, Refusal, Resource, rules::session::SetCredentials};
use tessera_store::user::{self, Purpose};

use crate::{App, AppError, person::session::totp};

/// The shortest password, in characters. Length is what counts; no rules on what is in it.
const SHORTEST: usize = 12;

/// What is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawCredentials {
    /// The secret of the second factor, as the page offered it: base32.
    pub secret: String,
    /// The password.
    pub password: String,
    /// The code that the authenticator app shows.
    pub code: String,
}

/// What the page offers: who is setting up, and a new secret for their authenticator app.
pub struct Enrolment {
    /// Whose account.
    pub user: User,
    /// The secret, base32, to be typed or scanned.
    pub secret: String,
}

impl App {
    /// What the page of a one-use link shows; `None` when the link cannot be used.
    pub async fn enrolment(&self, token: &[u8; 32]) -> Result<Option<Enrolment>, AppError> {
        let found = user::find_invitation(&self.db, token, Purpose::Credentials).await?;
        let Some(Some(id)) = found else { return Ok(None) };
        let found = user::by_id(&mut self.db.read().await?.conn(), id, self.db.now()).await?;
        let Some(user) = found else { return Ok(None) };
        let mut secret = [0_u8; 20];
        self.db.chance().fill(&mut secret);
        Ok(Some(Enrolment { user, secret: totp_rs::Secret::from(secret).to_base32() }))
    }

    /// Sets password and second factor, and uses the link up.
    pub async fn set_credentials(
        &self,
        token: [u8; 32],
        raw: &RawCredentials,
        request: Option<RequestId>,
    ) -> Result<(), AppError> {
        let found = user::find_invitation(&self.db, &token, Purpose::Credentials).await?;
        let Some(Some(id)) = found else { return Err(Refusal::Absent.into()) };
        let mut e = FieldErrors::default();
        if raw.password.chars().count() < SHORTEST {
            let message = format!("Choose a password of at least {SHORTEST} characters");
            e.add("password", message);
        }
        let secret = totp_rs::Secret::try_from_base32(&raw.secret)
            .map(|secret| secret.as_ref().to_vec())
            .unwrap_or_default();
        let time = u64::try_from(self.db.now().as_second()).unwrap_or(0);
        let fits = totp(secret.clone()).is_some_and(|t| t.check(raw.code.trim(), time).is_some());
        if !fits {
            e.add("code", "Type the six digits that your app shows now");
        }
        e.into_result(())?;
        self.store_credentials(token, id, raw.password.clone(), secret, request).await
    }

    async fn store_credentials(
        &self,
        token: [u8; 32],
        id: UserId,
        password: String,
        secret: Vec<u8>,
        request: Option<RequestId>,
    ) -> Result<(), AppError> {
        let mut salt = [0_u8; 16];
        self.db.chance().fill(&mut salt);
        let hashed = tokio::task::spawn_blocking(move || hash_password(&password, &salt)).await;
        let hash = hashed
            .ok()
            .flatten()
            .ok_or_else(|| AppError::Content("the password could not be hashed".into()))?;
        let actor = Actor::anonymous(request);
        let permit = self.may::<SetCredentials>(&actor, Resource::User(id)).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if !user::use_invitation(tx, &token).await? {
                        return Err(Refusal::Absent.into());
                    }
                    user::set_credentials(tx, id, &hash, Some(&secret)).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}

/// Argon2id with the crate's standard parameters (19 MiB, two passes: OWASP's first choice), as a
/// PHC string.
#[must_use]
pub fn hash_password(password: &str, salt: &[u8; 16]) -> Option<String> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .ok()
        .map(|hash| hash.to_string())
}
