//! Guidance as dated content: Markdown pages with front matter, and the lists beside them.
//!
//! [`Library`] reads a set of files as a whole and says what is wrong with it, file by file and line
//! by line; [`search::Index`] finds a page by words that may hold an error; [`compare`] sets two
//! versions of a text side by side. Nothing here knows where the files come from: those that ship
//! are in [`builtin`].

pub mod builtin;
pub mod compare;
mod front;
pub mod grade;
mod library;
mod lists;
mod markdown;
mod page;
pub mod search;

pub use front::{Front, status};
pub use library::{Help, Library};
pub use lists::{
    Contact, HelpEntry, Partnership, Provider, Resource, Section, Service, ServiceContact, Term,
};
pub use page::{Page, page_path};
