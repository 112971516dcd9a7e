//! What people do with Tessera, one file a verb in a folder a noun. Web pages, the JSON API, the
//! command line and the jobs all call these.
//!
//! Two paths, and no third: [`gate`] opens a record for reading and writes that down before a byte
//! is shown; a use case that changes something holds a permit and gives it to
//! [`tessera_store::Db::write`].

pub mod audit;
pub mod batch;
pub mod check;
pub mod child;
pub mod concern;
mod error;
pub mod explore;
pub mod gate;
pub mod guidance;
pub mod jobs;
pub mod language;
pub mod mail;
pub mod panel;
pub mod person;
pub mod report;
pub mod requirement;
pub mod screening;
pub mod settings;
pub mod words;

use std::sync::Mutex;

use tessera_core::{
    clock::ClockBook, codes::CodeBook, emergency::Contacts, messages::Languages, time::Timestamp,
};
use tessera_store::Db;

pub use error::AppError;

/// The running program: a database, the content that practitioners keep, and nothing else.
pub struct App {
    /// The database.
    pub db: Db,
    /// Code lists.
    pub codes: CodeBook,
    /// Statutory and local clocks.
    pub clocks: ClockBook,
    /// "Know the differences".
    pub aid: screening::differences::Aid,
    /// Screening instruments.
    pub shelf: screening::Shelf,
    /// What practitioners keep for the picture.
    pub practice: tessera_core::explore::Practice,
    /// The areas of the map.
    pub places: tessera_core::explore::Places,
    contacts: Mutex<Option<(Timestamp, Contacts)>>,
    lexicon: Mutex<Option<language::Live>>,
    guidance_shelf: guidance::Shelf,
    mail: std::sync::OnceLock<mail::Post>,
    languages: std::sync::OnceLock<Languages>,
    matcher: report::matcher::Matcher,
}

impl App {
    /// The program on a database, with the content that ships.
    pub fn new(db: Db) -> Result<Self, AppError> {
        let content = |error: &dyn std::fmt::Display| AppError::Content(error.to_string());
        Ok(Self {
            db,
            codes: CodeBook::builtin().map_err(|e| content(&e))?,
            clocks: ClockBook::builtin().map_err(|e| content(&e))?,
            aid: screening::differences::Aid::builtin().map_err(|e| content(&e))?,
            shelf: screening::Shelf::builtin()?,
            practice: tessera_core::explore::Practice::builtin().map_err(|e| content(&e))?,
            places: tessera_core::explore::Places::builtin().map_err(|e| content(&e))?,
            contacts: Mutex::new(None),
            lexicon: Mutex::new(None),
            guidance_shelf: guidance::Shelf::default(),
            mail: std::sync::OnceLock::new(),
            languages: std::sync::OnceLock::new(),
            matcher: report::matcher::Matcher::default(),
        })
    }

    /// Speaks these languages besides English; what was said first holds.
    pub fn speak(&self, languages: Languages) {
        let _ = self.languages.set(languages);
    }

    /// The languages in force besides English.
    pub fn languages(&self) -> &Languages {
        static NONE: Languages = Languages::none();
        self.languages.get().unwrap_or(&NONE)
    }
}
