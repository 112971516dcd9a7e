//! What has happened with the guidance of the demo: a page waits for approval, somebody has confirmed
//! that they read a policy.

use tessera_app::{
    App,
    guidance::{RawPage, RawSend},
};
use tessera_policy::Actor;

use crate::{demo::play::told, failure::Failure};

/// The page that an editor is changing.
const PAGE: &str = "pages/start/what-happens-next.md";
/// What they add.
const WORDS: &str = "You can ask us at any time where it stands.";

/// Leaves a page for somebody to approve, and a receipt.
pub(super) async fn fill(app: &App, editor: &Actor, reader: &Actor) -> Result<(), Failure> {
    let text = app.text_to_edit(editor, PAGE).await?;
    let text = text.ok_or_else(|| told(format!("there is no {PAGE}")))?;
    let mut raw = RawPage::of(PAGE, &text).ok_or_else(|| told(format!("{PAGE} is no page")))?;
    raw.body = format!("{}\n\n{WORDS}", raw.body);
    let id = app.draft_page(editor, &raw).await?;
    let note = RawSend { note: "Say that people may ask".into() };
    app.send_guidance(editor, id, &note).await?;
    let now = app.guidance().await?;
    let policy = app.policies(reader).await?.into_iter().next();
    let (section, slug) = policy.ok_or_else(|| told("there is no policy"))?.at;
    let page = now.library.page(&section, &slug);
    let standing = page.and_then(|page| now.of(page));
    let version = standing.ok_or_else(|| told("the policy is not in force"))?.id.to_string();
    Ok(app.confirm_policy(reader, &section, &slug, &version).await?)
}
