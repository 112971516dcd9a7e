//! Screenings: what a worker or volunteer answers, what the rules suggest, and what a named person
//! decides. The engine is `tessera_screening`; here it meets people, rights and records.

mod chronicle;
mod concern;
mod decide;
mod draft;
mod instrument;
mod link;
mod list;
mod raw;
mod shelf;
mod start;
mod submit;
mod view;

pub(crate) use chronicle::joined;
pub use concern::pass_on as concern_of;
pub use decide::{RawLevel, RawPassOn};
pub use draft::{OpenScreening, Saved};
pub use instrument::{
    CaseResult, Compared, Edited, InParts, RawEntry, RawInstrument, RawVerdict, Tried, name_of,
};
pub use link::{Landing, RawLinkTo};
pub use list::Lists;
pub use raw::{RawDifferences, RawIndicator, RawScreening};
pub use shelf::Shelf;
pub use start::{Start, StartFrom};
pub use submit::{Sent, UNCHECKED};
pub use view::{Shown, next_review};

pub use tessera_screening::{
    Indicator, Instrument, Report, Response, Sheet, State, compare, condition, differences, edit,
    file, judgement,
};
pub use tessera_store::screening::{
    instrument::Instrument as KeptInstrument, level::Level, link::Made, record::Screening,
};
