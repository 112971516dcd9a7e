//! Beginning a screening: for a child not yet known, from a child's file, or from a concern. What
//! the record holds already is carried over; nobody types it again.

use tessera_core::{
    chance::Draw,
    child::Field,
    concern::RawChild,
    ids::{ChildId, ConcernId, DraftId},
    partial_date::RawDate,
    reference::{Code, Reference},
};
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::{
        concern::{FollowConcern, ViewConcern},
        screening::{ListScreenings, SaveScreening},
    },
};
use tessera_store::{
    concern::read,
    screening::{
        draft::{self, Belongs},
        instrument, link,
    },
};

use super::{draft::as_json, shelf};
use crate::{
    App, AppError,
    screening::{RawDifferences, RawScreening},
};

/// What a screening is begun from.
#[derive(Debug, Clone, Default)]
pub enum StartFrom {
    /// A child not yet known.
    #[default]
    Nothing,
    /// A child's file.
    File(Reference),
    /// A concern.
    Concern(Reference),
}

/// How a screening is begun.
#[derive(Clone, Default)]
pub struct Start {
    /// From what.
    pub from: StartFrom,
    /// The conversation before it.
    pub differences: Option<RawDifferences>,
}

/// What the record holds already.
#[derive(Default)]
struct Known {
    child: Option<ChildId>,
    concern: Option<ConcernId>,
    raw: RawScreening,
}

impl App {
    /// Whether this person may begin a screening, for the page that offers it.
    pub async fn may_start_screening(&self, actor: &Actor) -> Result<(), AppError> {
        self.may::<ListScreenings>(actor, Resource::None).await.map(|_| ())
    }

    /// A signed-in worker begins a screening; its code opens it again anywhere.
    pub async fn start_screening(&self, actor: &Actor, start: Start) -> Result<Code, AppError> {
        self.may::<ListScreenings>(actor, Resource::None).await?;
        let agency = actor.agency.ok_or(Refusal::Refused)?;
        let known = match &start.from {
            StartFrom::Nothing => Known::default(),
            StartFrom::File(file) => self.known_of_file(actor, file).await?,
            StartFrom::Concern(concern) => self.known_of_concern(actor, concern).await?,
        };
        let raw = RawScreening { differences: start.differences, ..known.raw };
        let (user, child, concern) = (actor.user(), known.child, known.concern);
        self.begin(actor, raw, false, move |instrument| Belongs {
            user,
            agency,
            link: None,
            child,
            concern,
            instrument,
        })
        .await
    }

    /// Somebody without an account begins by a link, or goes on with what it began.
    pub async fn start_by_link(&self, actor: &Actor, token: &[u8; 32]) -> Result<Code, AppError> {
        let found = link::find(&self.db, token).await?.ok_or(Refusal::Absent)?;
        if let Some(code) = found.code {
            return Ok(code);
        }
        let raw = RawScreening { sender_name: found.made_for, ..RawScreening::default() };
        let (agency, link) = (found.agency, found.id);
        self.begin(actor, raw, true, move |instrument| Belongs {
            user: None,
            agency,
            link: Some(link),
            child: None,
            concern: None,
            instrument,
        })
        .await
    }

    async fn begin(
        &self,
        actor: &Actor,
        raw: RawScreening,
        by_link: bool,
        belongs: impl FnOnce(tessera_core::ids::InstrumentId) -> Belongs + Send + 'static,
    ) -> Result<Code, AppError> {
        let id: DraftId = self.db.chance().id(self.db.now());
        let permit = self.may_draft::<SaveScreening>(actor, Resource::Draft(id), by_link).await?;
        let code = Code::draw(self.db.chance());
        let (kept, body, shipped) = (code.clone(), as_json(&raw)?, self.shelf.shipped().clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let name = shipped.file().instrument.id.clone();
                    let mut current = instrument::current(&mut tx.conn(), &name).await?;
                    if current.is_none() {
                        shelf::ship(tx, &shipped).await?;
                        current = instrument::current(&mut tx.conn(), &name).await?;
                    }
                    let current = current.ok_or(Refusal::Absent)?;
                    tx.note("instrument", format!("{} {}", current.code, current.version));
                    let belongs = belongs(current.id);
                    if let Some(link) = belongs.link
                        && !link::begun(tx, link, &kept).await?
                    {
                        return Err(AppError::Conflict);
                    }
                    draft::insert(tx, id, &kept, &belongs, &body).await.map_err(AppError::from)
                })
            })
            .await?;
        Ok(code)
    }

    async fn known_of_file(&self, actor: &Actor, file: &Reference) -> Result<Known, AppError> {
        let found = self.view_child(actor, file, None).await?;
        let newest =
            |field| found.standing(field).last().map(|fact| fact.value.clone()).unwrap_or_default();
        let child = RawChild {
            name: found.identity.name.clone(),
            known_as: newest(Field::KnownAs),
            born: found.identity.born.map(RawDate::of).unwrap_or_default(),
            age: String::new(),
            school: newest(Field::School),
            address: newest(Field::Address),
            nhs_number: newest(Field::NhsNumber),
        };
        let raw = RawScreening { child, ..RawScreening::default() };
        Ok(Known { child: Some(found.identity.id), concern: None, raw })
    }

    /// Whoever may open the concern, or sent it, may screen its child.
    async fn known_of_concern(
        &self,
        actor: &Actor,
        concern: &Reference,
    ) -> Result<Known, AppError> {
        let id = match self.open_concern::<ViewConcern>(actor, concern).await {
            Ok((_, id)) => id,
            Err(AppError::Refused(_)) => {
                self.open_concern::<FollowConcern>(actor, concern).await?.1
            }
            Err(error) => return Err(error),
        };
        let whole = read::whole(&mut self.db.read().await?.conn(), id).await?;
        let told = &whole.concern;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let named = whole.children.iter().find(|child| !child.name.is_empty());
        let child = named.or(whole.children.first()).map(|child| RawChild {
            name: child.name.clone(),
            known_as: text(&child.known_as),
            born: child.born.map(RawDate::of).unwrap_or_default(),
            age: text(&child.age),
            school: text(&child.school),
            address: text(&child.address),
            nhs_number: text(&child.nhs_number),
        });
        let raw = RawScreening {
            child: child.unwrap_or_default(),
            danger: if told.danger_now { "yes".into() } else { String::new() },
            child_words: text(&told.child_words),
            opinion: text(&told.opinion),
            place: text(&told.place),
            others: text(&told.others),
            child_knows: text(&told.child_knows),
            parents_know: text(&told.parents_know),
            ..RawScreening::default()
        };
        Ok(Known { child: None, concern: Some(id), raw })
    }
}
