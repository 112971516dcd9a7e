#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at surprise"
)]
#![allow(clippy::needless_pass_by_value, reason = "an answer is asked about where it comes from")]
#![allow(clippy::print_stdout, reason = "a long run says what it did")]
//! What people do, against real databases of both kinds.

mod agree;
mod batches;
mod checks;
mod crash;
mod documents;
mod exchange;
mod explore;
mod follow;
mod guidance;
mod hidden;
mod history;
mod instruments;
mod lexicon;
mod mail;
mod panel;
mod people;
mod policies;
mod reports;
mod requirements;
mod screening;
mod search;
mod sending;
mod tell;
mod triage;

use std::fmt::Debug;

use tessera_app::AppError;
use tessera_core::errors::FieldErrors;
use tessera_policy::{Actor, Refusal};
use tessera_store::notice::Notice;
use tessera_testkit::World;

/// Somebody without an account.
fn public() -> Actor {
    Actor::anonymous(None)
}

/// What has to be mended; anything else is a surprise.
fn fields<T: Debug>(result: Result<T, AppError>) -> FieldErrors {
    match result {
        Err(AppError::Fields(errors)) => errors,
        other => panic!("errors of fields were expected, not {other:?}"),
    }
}

fn is_absent<T>(result: Result<T, AppError>) -> bool {
    matches!(result, Err(AppError::Refused(Refusal::Absent)))
}

fn is_refused<T>(result: Result<T, AppError>) -> bool {
    matches!(result, Err(AppError::Refused(Refusal::Refused)))
}

fn asks_reason<T>(result: Result<T, AppError>) -> bool {
    matches!(result, Err(AppError::Refused(Refusal::ReasonNeeded)))
}

/// What a person has been told.
async fn notices(w: &World, of: &Actor) -> Vec<Notice> {
    w.app.read_notices(of).await.unwrap()
}

/// Whether a person was told something with these words.
async fn was_told(w: &World, of: &Actor, words: &str) -> bool {
    notices(w, of).await.iter().any(|notice| notice.words.contains(words))
}
