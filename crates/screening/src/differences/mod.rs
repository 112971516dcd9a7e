//! "Know the differences": a guided conversation about sexual activity under 18, grooming, abuse
//! and exploitation.
//!
//! [`Aid::weigh`] is a pure function of the answers so far: the legal bands, the flags, what they
//! suggest, what must be done, and what is still open. Every answer may be changed and weighed
//! again. No result says that all is well: where nothing else holds, it says who decides next.

pub mod file;
mod load;
mod weigh;

use tessera_core::content::ContentError;

pub use file::{AidFile, Band, Flag, Law, Question};
pub use weigh::{Answers, Flagged, NotAnAnswer, Task, Weighed};

/// The decision aid, checked.
#[derive(Clone, Debug)]
pub struct Aid {
    file: AidFile,
}

impl Aid {
    /// Reads and checks an aid; `file` names it in faults.
    pub fn from_yaml(file: &str, text: &str) -> Result<Self, ContentError> {
        load::load(file, text)
    }

    /// The aid this program was built with.
    pub fn builtin() -> Result<Self, ContentError> {
        let text = include_str!("../../../../content/guidance/know-the-differences.yaml");
        Self::from_yaml("content/guidance/know-the-differences.yaml", text)
    }

    /// The aid as its file writes it: questions, law, definitions, duties.
    pub fn file(&self) -> &AidFile {
        &self.file
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.file.questions.iter().find(|question| question.id == id)
    }

    /// The band with this id.
    pub fn band(&self, id: &str) -> Option<&Band> {
        self.file.bands.iter().find(|band| band.id == id)
    }

    /// The statement of law with this id.
    pub fn law(&self, id: &str) -> Option<&Law> {
        self.file.law.iter().find(|law| law.id == id)
    }
}
