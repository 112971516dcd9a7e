//! Guidance: what is in force, who changes it, who is told, who has read it.
//!
//! The files that ship are the beginning. What a partnership changes is kept as versions in the
//! database; a release's change to a file that the partnership has changed becomes a proposal.

mod adopt;
mod changes;
mod edit;
mod follow;
mod help;
mod policy;
mod read;

pub use changes::Changed;
pub use edit::{Checked, EditorList, RawDecision, RawFile, RawPage, RawSend, Shown};
pub use follow::{ALL_TOPICS, RawFollow};
pub use help::HelpNow;
pub use policy::{AgencyShare, PolicyLine, Receipts};
pub use read::{InForce, PastPage, Standing};
pub use tessera_guidance::{
    Front, Help, Library, Page, Resource, Section, Service, Term,
    compare::{self, Change},
    page_path,
    search::Hit,
};
pub use tessera_store::guidance::{
    reader::{HelpShown, Reader, Reminder},
    version::{Origin, State, Version},
};

pub(crate) use follow::TELL;
pub(crate) use read::Shelf;
