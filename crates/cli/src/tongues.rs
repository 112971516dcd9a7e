//! The languages a server speaks besides English: files of a folder.

use std::{fs, path::PathBuf};

use tessera_app::App;
use tessera_core::messages::{Languages, template};

use crate::{failure::Failure, say};

/// Where other languages are.
#[derive(Debug, clap::Args)]
pub(crate) struct Tongues {
    /// A folder with message catalogues (`cy.po`); those that say they are in force are offered.
    #[arg(long, value_name = "DIR")]
    languages: Option<PathBuf>,
}

impl Tongues {
    /// Reads the catalogues; a fault in any of them stops the start.
    pub(crate) fn set_up(&self, app: &App) -> Result<(), Failure> {
        let Some(folder) = &self.languages else { return Ok(()) };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
            let path = entry.map_err(Failure::file(folder))?.path();
            if path.extension().is_some_and(|ending| ending == "po") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut files = Vec::new();
        for path in &paths {
            let text = fs::read_to_string(path).map_err(Failure::file(path))?;
            files.push((path.display().to_string(), text));
        }
        let texts = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let languages =
            Languages::read(texts).map_err(|fault| Failure::refused(fault.to_string()))?;
        let template = template();
        for language in languages.iter() {
            say::line(format_args!(
                "Language in force: {} ({}), {} of {} messages in English",
                language.name(),
                language.tag(),
                language.missing(&template).len(),
                template.entries.len(),
            ));
        }
        app.speak(languages);
        Ok(())
    }
}
