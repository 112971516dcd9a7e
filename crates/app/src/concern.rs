//! Concerns: telling, following up, deciding.

mod draft;
mod enter;
mod follow;
mod keys;
mod list;
mod queue;
pub(crate) mod submit;
mod triage;
mod view;

pub use draft::OpenDraft;
pub use follow::{Followed, RawChallenge, RawEntry, SENDER};
pub use queue::Filter;
pub use submit::{Receipt, SendKey, Submission};
pub use triage::{
    RawAnswer, RawAsk, RawCheck, RawDecision, RawDocument, RawLink, RawRoutes, RawSharing, RawStop,
    RawUrgency,
};
pub use view::Seen;

pub use tessera_store::concern::{
    list::Line,
    read::{Clock, Whole},
};
