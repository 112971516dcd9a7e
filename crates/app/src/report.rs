//! Intelligence reports: sending, matching, deciding who is who, the picture, the desk's work.

mod compare;
mod desk;
mod export;
pub(crate) mod fit;
mod follow;
pub(crate) mod from_concern;
pub(crate) mod grade;
mod identify;
pub(crate) mod keys;
mod link;
pub(crate) mod matcher;
pub(crate) mod picture;
mod recognise;
pub(crate) mod retract;
mod said;
mod share;
mod source;
pub(crate) mod submit;

pub use compare::{Evidence, Finding, Strength};
pub use desk::{DeskView, RawTold};
pub(crate) use export::cell;
pub use export::{Export, Form};
pub use fit::{Fits, Question};
pub use follow::{OwnReport, RawAddition};
pub use grade::RawGrade;
pub use identify::RawChildOf;
pub use link::{RawUndo, RawVerdict};
pub use picture::{Basis, Bridge, Forms, Network, Thing, Tie, thing_of};
pub use recognise::recognise;
pub use retract::RawRetract;
pub use share::{RawSanitised, RawShare, Word, diff};
pub use source::{RawAnswerSource, RawAskSource};
pub use submit::{ReportReceipt, Review};

pub use tessera_store::report::{
    insert::Source,
    link::Link,
    list::Reader,
    read::{Mention, Piece, ReportEntry},
    share::{Sanitised, Share},
    source::Request,
};

use tessera_core::user::Role;
use tessera_policy::{Actor, Refusal};

use crate::{App, AppError};

/// What each way of agreeing was worth at most in the reports from which the published weights were
/// learnt, in bits, by the engine's names; and what a match starts with in a small collection.
#[must_use]
pub fn published_weights() -> (Vec<(String, f32)>, f32) {
    let model = tessera_linkage::reports::published();
    let most = |scale: &tessera_linkage::reports::Scale| {
        let seen = scale.bits.iter().zip(&scale.seen).filter(|(_, seen)| **seen > 0);
        seen.map(|(bits, _)| *bits).reduce(f32::max).map(|bits| (scale.way.clone(), bits))
    };
    (model.scales.iter().filter_map(most).collect(), model.start())
}

impl App {
    /// How lists and pictures are filtered for this person now.
    pub(crate) fn reader(&self, actor: &Actor) -> Result<Reader, AppError> {
        Ok(Reader {
            user: actor.user().ok_or(Refusal::Refused)?,
            police: actor.is(Role::PoliceIntelligence),
            now: self.db.now(),
        })
    }
}
