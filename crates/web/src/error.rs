//! Errors as pages and as problem details (RFC 9457). What is hidden and what does not exist give
//! the same bytes.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tessera_app::AppError;
use tessera_core::{errors::FieldErrors, msg};
use tessera_policy::Refusal;

/// Why a request was not answered with its page.
#[derive(Debug)]
pub(crate) enum WebError {
    /// There is nothing here, as far as this visitor may know.
    NotFound,
    /// Not allowed.
    Forbidden,
    /// Signing in comes first.
    SignIn,
    /// What was sent cannot be read.
    BadRequest,
    /// Some fields have to be mended; pages show them, only the API gets here.
    Fields(FieldErrors),
    /// Somebody else changed the record meanwhile.
    Conflict,
    /// The store cannot be reached; nothing was saved.
    Unavailable,
}

impl From<AppError> for WebError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(Refusal::Absent) => Self::NotFound,
            AppError::Refused(_) => Self::Forbidden,
            AppError::Fields(errors) => Self::Fields(errors),
            AppError::Conflict => Self::Conflict,
            AppError::Content(why) => {
                tracing::error!(%why, "content cannot be used");
                Self::Unavailable
            }
            AppError::Later(why) => {
                tracing::error!(%why, "another machine failed");
                Self::Unavailable
            }
            AppError::Store(why) => {
                tracing::error!(%why, "the store failed");
                Self::Unavailable
            }
        }
    }
}

/// Carried by a response to the guard, which knows the visitor and writes the page.
#[derive(Debug, Clone)]
pub(crate) struct Explained {
    pub(crate) title: &'static str,
    pub(crate) words: &'static str,
    pub(crate) fields: Option<FieldErrors>,
}

impl WebError {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// What a page says about a status.
pub(crate) const fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            msg!("Page not found"),
            msg!(
                "If you typed the address, check it. If you followed a link, go back and try again."
            ),
        ),
        StatusCode::FORBIDDEN => (
            msg!("You cannot do this"),
            msg!(
                "Your role does not include this. If you think it should, ask your administrator."
            ),
        ),
        StatusCode::UNAUTHORIZED => {
            (msg!("Sign in first"), msg!("This page is for people who sign in."))
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            (msg!("Page not found"), msg!("There is nothing here to send to."))
        }
        StatusCode::UNPROCESSABLE_ENTITY => (
            msg!("Some answers need to be looked at"),
            msg!("Go back, mend them and send the page again."),
        ),
        StatusCode::CONFLICT => (
            msg!("Someone else changed this record"),
            msg!(
                "Nothing of yours was saved. Go back, load the page again to see the change, and then \
             decide."
            ),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            msg!("That is too long"),
            msg!(
                "Nothing was saved. Go back and send a shorter text; you can add more afterwards."
            ),
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            msg!("We cannot save or show anything just now"),
            msg!(
                "Nothing was saved by this page. Try again in a minute. If it cannot wait, call us."
            ),
        ),
        _ => (msg!("We could not read that"), msg!("Nothing was saved. Go back and try again.")),
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let status = self.status();
        let (title, words) = words(status);
        let fields = match self {
            Self::Fields(errors) => Some(errors),
            _ => None,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Explained { title, words, fields });
        response
    }
}
