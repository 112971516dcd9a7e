//! Notes on words before they leave on paper: on the screen, above what is printed, never on the
//! paper. They stop nothing.

use tessera_pages::{
    components::{Content, Markup, ScreenOnly, WordsBeside},
    page::{Section, h3, p},
};

use super::{count, shown::beside_read_only};
use crate::{error::WebError, site::Site};

/// Notes on one text that is about to be handed to somebody; nothing when there is none.
pub(crate) async fn notes_on(
    site: &Site,
    id: &str,
    text: &str,
) -> Result<Option<WordsBeside>, WebError> {
    let findings = site.app.findings(text).await?;
    Ok((!findings.is_empty()).then(|| beside_read_only(id, text, &findings)))
}

/// Notes on texts that are about to leave, each with its place in words; nothing when there is none.
pub(crate) async fn before_leaving(
    site: &Site,
    texts: Vec<(String, String)>,
) -> Result<Option<ScreenOnly>, WebError> {
    let mut parts: Vec<Markup> = Vec::new();
    let mut notes = 0;
    for (n, (place, text)) in texts.into_iter().enumerate() {
        let findings = site.app.findings(&text).await?;
        if findings.is_empty() {
            continue;
        }
        notes += findings.len();
        parts.push(Markup::of(&h3(place)));
        parts.push(Markup::of(&beside_read_only(&format!("text-{n}"), &text, &findings)));
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let title = format!("Before you print: {}", count(notes));
    let section = Section::new("before-printing", title)
        .part(p(
            "These words leave with the paper. You can print it as it is, or correct the record \
             first. This part is not printed.",
        ))
        .parts(parts.into_iter().map(Content::Html));
    Ok(Some(ScreenOnly { body: Content::from(section) }))
}
