//! The hub's queue, and search in the words of concerns.

use tessera_linkage::normalise::name::fold as search_form;
use tessera_policy::{
    Actor, Refusal,
    rules::concern::{ListQueue, SearchConcerns},
};
use tessera_store::concern::{list::Line, queue, search};

use crate::{App, AppError};

/// Lines shown on one page of the queue.
const PAGE: i64 = 100;

/// What part of the queue to show.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Code of list `urgency`, `none` for not yet graded, or empty for all.
    pub urgency: String,
}

impl App {
    /// The open concerns, most urgent first, and how many there are.
    pub async fn queue(
        &self,
        actor: &Actor,
        filter: &Filter,
    ) -> Result<(Vec<Line>, i64), AppError> {
        self.ask::<ListQueue>(actor, vec![("urgency", filter.urgency.clone())]).await?;
        let reader = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(queue::queue(&mut read.conn(), reader, &filter.urgency, self.db.now(), PAGE).await?)
    }

    /// Concerns whose words contain all the given ones.
    pub async fn search_concerns(&self, actor: &Actor, text: &str) -> Result<Vec<Line>, AppError> {
        // The words searched for may name a child: only their number is logged.
        let words = text.split_whitespace().count().to_string();
        self.ask::<SearchConcerns>(actor, vec![("words", words)]).await?;
        let reader = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(search::words(&mut read.conn(), &search_form(text), reader, self.db.now()).await?)
    }
}
