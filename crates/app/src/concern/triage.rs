//! What an officer does with a concern. Every act is one transaction with its audit entry; nothing
//! changes an earlier word; two officers at once are noticed by the version of the concern.

mod ask;
mod challenge;
mod check;
mod clock;
mod decide;
mod document;
mod grade;
mod link;
mod route;
mod share;

pub use ask::RawAsk;
pub use challenge::RawAnswer;
pub use check::RawCheck;
pub use clock::RawStop;
pub use decide::RawDecision;
pub use document::RawDocument;
pub use grade::RawUrgency;
pub use link::RawLink;
pub use route::RawRoutes;
pub use share::RawSharing;

use tessera_core::{
    codes::CodeBook,
    errors::{FieldErrors, required_text},
    ids::ConcernId,
};
use tessera_policy::{Act, Permit, rules::concern::ConcernFacts};
use tessera_store::{Boxed, Tx, concern::triage};

use crate::{App, AppError};

/// The longest reason, in characters.
const LONG: usize = 8_000;

impl App {
    /// Changes a concern under a permit: refused when somebody else changed it since the page with
    /// `version` was opened.
    async fn change_concern<A, F>(
        &self,
        permit: &Permit<A>,
        id: ConcernId,
        version: i64,
        change: F,
    ) -> Result<(), AppError>
    where
        A: Act<Facts = ConcernFacts>,
        F: for<'t> FnOnce(&'t mut Tx, ConcernId) -> Boxed<'t, Result<(), AppError>>
            + Send
            + 'static,
    {
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    triage::expect_version(tx, id, version).await?;
                    triage::begin_work(tx, id).await?;
                    change(tx, id).await
                })
            })
            .await
    }
}

/// A code of a list, required.
fn required_code(
    e: &mut FieldErrors,
    codes: &CodeBook,
    list: &str,
    field: &str,
    id: &str,
    missing: &str,
) {
    if codes.find(list, id).is_none() {
        e.add(field, missing);
    }
}

/// The reason that every decision needs.
fn reason(e: &mut FieldErrors, field: &str, text: &str) -> String {
    required_text(e, field, text, LONG, "Give your reason")
}
