//! Help beside the questions of forms, and which version of it was shown.

use tessera_core::{
    guidance::{Block, SourceNote},
    ids::{ConcernId, GuidanceId},
};
use tessera_store::guidance::{
    reader::{self, HelpShown},
    version::{self, State},
};

use crate::{App, AppError};

/// The help for a question as it is now.
#[derive(Debug, Clone)]
pub struct HelpNow {
    /// The question.
    pub question: String,
    /// The title of the page it stands on.
    pub title: String,
    /// Where it is read.
    pub href: String,
    /// The anchor of its heading.
    pub heading: String,
    /// The words of its heading.
    pub words: String,
    /// Its text.
    pub blocks: Vec<Block>,
    /// What its page rests on.
    pub sources: Vec<SourceNote>,
    /// The version of the page.
    pub version: GuidanceId,
}

impl App {
    /// The help for a question, if there is any.
    pub async fn help(&self, question: &str) -> Result<Option<HelpNow>, AppError> {
        let now = self.guidance().await?;
        let found = now.library.help_of(question).and_then(|help| {
            let standing = now.of(help.page)?;
            Some(HelpNow {
                question: question.to_owned(),
                title: help.page.front.title.clone(),
                href: format!("{}#{}", help.page.href(), help.heading),
                heading: help.heading.to_owned(),
                words: help.page.heading(help.heading).unwrap_or_default(),
                blocks: help.blocks.to_vec(),
                sources: help.page.front.sources.clone(),
                version: standing.id,
            })
        });
        Ok(found)
    }

    /// Of the help that a form says was shown, what can have been: the question has help, and the
    /// version is or was in force.
    pub(crate) async fn help_that_was_shown(
        &self,
        seen: &[(String, String)],
    ) -> Result<Vec<(String, GuidanceId, String)>, AppError> {
        let mut shown = Vec::new();
        for (question, id) in seen {
            let Ok(id) = id.parse::<GuidanceId>() else { continue };
            let Some(help) = self.help(question).await? else { continue };
            let found = version::by_id(&mut self.db.read().await?.conn(), id).await?;
            let was = found.is_some_and(|v| {
                v.state == State::Published && help.href.starts_with(&href(&v.path))
            });
            if was {
                shown.push((question.clone(), id, help.heading));
            }
        }
        Ok(shown)
    }

    /// What help stood beside the questions of a concern. The concern itself was opened before.
    pub async fn help_shown(&self, concern: ConcernId) -> Result<Vec<HelpShown>, AppError> {
        Ok(reader::help_shown(&mut self.db.read().await?.conn(), concern).await?)
    }
}

fn href(path: &str) -> String {
    tessera_guidance::page_path(path)
        .map_or_else(String::new, |(section, slug)| format!("/guidance/{section}/{slug}#"))
}
