//! Children's files: finding, opening, growing, correcting, protecting.

pub(crate) mod chronicle;
mod correct;
mod create;
mod open;
mod protect;
mod search;
mod steward;

pub use correct::{RawCorrection, RawEvent, RawFact, RawInvolvement, RawRelation};
pub use create::RawNew;
pub use open::File;
pub use protect::{RawAccess, RawReason};
pub use search::{Found, RawSearch};
pub use steward::{RawReview, RawSettle, Stewardship};

pub use tessera_store::{audit::Looker, child::access::Access};
