//! Opening a file, as it stands or as it was known on a past day.

use tessera_core::{
    child::{Event, Fact, Field, Identity, Involvement, Relation},
    ids::ChildId,
    partial_date::PartialDate,
    reference::Reference,
    time::{Date, Timestamp, end_of_day},
    user::Role,
};
use tessera_policy::{
    Actor, Permit,
    rules::child::{PrintChild, ViewChild, ViewLookers},
};
use tessera_store::{
    audit::{self, Looker},
    child::file,
};

use crate::{App, AppError};

/// A file as one reader sees it.
pub struct File {
    /// Keeps the child in view.
    pub identity: Identity,
    /// Every recorded value the reader may see, corrected ones among them.
    pub facts: Vec<Fact>,
    /// The chronology, newest event first.
    pub events: Vec<Event>,
    /// People around the child.
    pub relations: Vec<Relation>,
    /// Workers and agencies involved.
    pub involvements: Vec<Involvement>,
    /// The instant up to which it is shown, when it is not the present.
    pub as_known_on: Option<Date>,
    /// Whether the reader may add to it and correct it.
    pub may_correct: bool,
    /// Whether the reader may change who sees it.
    pub may_protect: bool,
}

impl File {
    /// The values of a field that stand: not corrected by a later one.
    #[must_use]
    pub fn standing(&self, field: Field) -> Vec<&Fact> {
        let corrected = |fact: &Fact| self.facts.iter().any(|f| f.corrects == Some(fact.id));
        self.facts.iter().filter(|f| f.field == field && !corrected(f)).collect()
    }
}

impl App {
    /// Opens a file.
    pub async fn view_child(
        &self,
        actor: &Actor,
        reference: &Reference,
        as_known_on: Option<Date>,
    ) -> Result<File, AppError> {
        let detail = as_known_on.map(|day| ("as_known_on", day.to_string()));
        let (permit, id) =
            self.open_child::<ViewChild>(actor, reference, detail.into_iter().collect()).await?;
        self.read_file(permit.actor(), id, as_known_on).await
    }

    /// Opens a file for printing; the print carries its marking and who printed it. The log keeps
    /// which version of the lexicon its words were shown with.
    pub async fn print_child(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<File, AppError> {
        let lexicon = vec![("lexicon", self.checker().await?.version().to_owned())];
        let opened = self.open_child::<PrintChild>(actor, reference, lexicon).await?;
        let (permit, id): (Permit<PrintChild>, ChildId) = opened;
        self.read_file(permit.actor(), id, None).await
    }

    async fn read_file(
        &self,
        actor: &Actor,
        id: ChildId,
        as_known_on: Option<Date>,
    ) -> Result<File, AppError> {
        let at = as_known_on.map_or(Timestamp::MAX, |day| {
            end_of_day(day) - tessera_core::time::SignedDuration::from_micros(1)
        });
        let mut read = self.db.read().await?;
        let mut conn = read.conn();
        let facts = file::facts(&mut conn, id, at).await?;
        let mut events = file::events(&mut conn, id, at).await?;
        let relations = file::relations(&mut conn, id, at).await?;
        let involvements = file::involvements(&mut conn, id, at).await?;
        let (reference, restricted) = file::head(&mut conn, id).await?;
        let office = actor.is_hub() || actor.is(Role::SocialWorker);
        if !office {
            events.retain(|event| event.audience == "team");
        }
        let mut file = File {
            identity: Identity { id, reference, name: String::new(), born: None, restricted },
            facts,
            events,
            relations: if office { relations } else { Vec::new() },
            involvements,
            as_known_on,
            may_correct: office && as_known_on.is_none(),
            may_protect: actor.is(Role::HubManager) && as_known_on.is_none(),
        };
        let first = |field| file.standing(field).last().map(|fact| fact.value.clone());
        let name = first(Field::Name).or_else(|| first(Field::KnownAs)).unwrap_or_default();
        let born: Option<PartialDate> = first(Field::Born).and_then(|text| text.parse().ok());
        file.identity.name = name;
        file.identity.born = born;
        Ok(file)
    }

    /// Everyone who looked at a file.
    pub async fn lookers(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Vec<Looker>, AppError> {
        let (_, id) = self.open_child::<ViewLookers>(actor, reference, vec![]).await?;
        Ok(audit::lookers(&mut self.db.read().await?.conn(), id).await?)
    }
}
