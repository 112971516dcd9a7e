//! Reading the audit log.

use tessera_policy::{Action, Actor, rules::admin::ViewAudit};
use tessera_store::audit::{self, Entry};

use crate::{App, AppError};

/// Entries on a page of the log: enough to read, and light enough for a slow line.
pub const PAGE: u8 = 50;

impl App {
    /// A page of the log, newest first, before a row number; of one action if it is named.
    pub async fn audit_page(
        &self,
        actor: &Actor,
        before: Option<i64>,
        action: &str,
    ) -> Result<Vec<Entry>, AppError> {
        let known = Action::from_id(action).map_or("", Action::id);
        self.ask::<ViewAudit>(actor, vec![("action", known.to_owned())]).await?;
        let before = before.unwrap_or(i64::MAX);
        Ok(audit::recent(&mut self.db.read().await?.conn(), before, known, i64::from(PAGE)).await?)
    }
}
