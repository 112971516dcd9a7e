//! The notes on words before something is saved: once, beside the words, and the next press saves.
//! They come before the form's own handler, so every narrative field has them in the same way. The
//! page shows what the person typed and nothing of any record.

use std::sync::Arc;

use axum::{
    Extension,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use tessera_app::language::Finding;
use tessera_pages::{
    components::{Button, Textarea},
    page::{Form, Page, Section, buttons, p},
};

use super::{
    beside, chosen,
    fields::{self, Field},
};
use crate::{
    error::WebError,
    form::Pairs,
    site::{Site, Visitor},
};

/// The field in which a form says which words were looked at: `seen` for all of them, or the names of
/// fields whose notes a script has shown.
const WORDS: &str = "words";
/// The field in which a note says what was chosen.
const ACCEPT: &str = "accept";
/// The largest form that is looked at; larger ones are refused by the guard.
const MOST_BYTES: usize = 256 * 1024;

/// Shows the notes on a signed-in person's words before they are saved.
pub(crate) async fn words_first(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let fields = path.and_then(|path| fields::of(path.as_str()));
    let (Some(fields), Some(_), &Method::POST) = (fields, &visitor.session, request.method())
    else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    if let Ok(pairs) = Pairs::parse(&bytes) {
        match notes(&site, &visitor, fields, pairs).await {
            Ok(Some(page)) => return Html(page.to_string()).into_response(),
            Ok(None) => {}
            Err(error) => return error.into_response(),
        }
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// One text with what was found in it.
struct Noted {
    name: String,
    label: &'static str,
    text: String,
    findings: Vec<Finding>,
}

/// The page with notes, or nothing when the form can go on.
async fn notes(
    site: &Site,
    visitor: &Visitor,
    fields: &[Field],
    pairs: Pairs,
) -> Result<Option<Page>, WebError> {
    // A script that keeps a page in the background is not shown one.
    if pairs.has("autosave") {
        return Ok(None);
    }
    let looked: Vec<&str> = pairs.all(WORDS).collect();
    let seen = |name: &str| looked.iter().any(|value| *value == "seen" || *value == name);
    let changing = pairs.has(ACCEPT) || pairs.get(WORDS) == "again";
    let mut noted = Vec::new();
    for (name, label) in sent(fields, &pairs) {
        if !changing && seen(&name) {
            continue;
        }
        let mut text = pairs.get(&name).replace("\r\n", "\n");
        if let Some(chosen) = chosen(&pairs, &name) {
            text = site.app.rewritten(&text, &chosen).await?;
        }
        let findings = site.app.findings(&text).await?;
        // A text that was just changed stays in view although nothing is left to note.
        let looked_at = changing && pairs.get("noted").split(' ').any(|one| one == name);
        if !findings.is_empty() || looked_at {
            noted.push(Noted { name, label, text, findings });
        }
    }
    if noted.is_empty() { Ok(None) } else { Ok(Some(page(site, visitor, &noted, &pairs).await?)) }
}

/// The narrative fields that were sent: names and labels.
fn sent(fields: &[Field], pairs: &Pairs) -> Vec<(String, &'static str)> {
    let mut sent = Vec::new();
    for field in fields {
        match field.name.strip_prefix('*') {
            None => sent.push((field.name.to_owned(), field.label)),
            Some(end) => {
                let names = pairs.iter().map(|(name, _)| name).filter(|name| name.ends_with(end));
                sent.extend(names.map(|name| (name.to_owned(), field.label)));
            }
        }
    }
    sent
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    noted: &[Noted],
    pairs: &Pairs,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Words to think about").await?;
    layout.wide = true;
    let names: Vec<&str> = noted.iter().map(|one| one.name.as_str()).collect();
    let left = noted.iter().any(|one| !one.findings.is_empty());
    let mut form = Form::new(visitor.path.clone(), &layout).hidden("noted", names.join(" "));
    for (name, value) in pairs.iter() {
        let ours = ["csrf", WORDS, ACCEPT, "noted"].contains(&name);
        if !ours && !names.contains(&name) {
            form = form.hidden(name, value);
        }
    }
    let save = if left { "Save as it is" } else { "Save" };
    let acts = [
        Button::new(save).named(WORDS, "seen"),
        Button::new("Check again").named(WORDS, "again").secondary(),
    ];
    form = form.part(buttons(acts));
    for one in noted {
        let area = Textarea::new(&one.name, "The text, to change it by hand")
            .value(one.text.clone())
            .rows(4);
        let mut section = Section::new(&format!("words-{}", one.name), one.label);
        section = if one.findings.is_empty() {
            section.part(p("Nothing is left to note here.")).part(area)
        } else {
            section.part(beside(&one.name, &one.text, &one.findings)).part(area)
        };
        form = form.part(section);
    }
    let intro = if left {
        "Nothing is saved yet. Some of these words can blame a child or hide who did the harm. \
         Press other words to put them in, or save the text as it is: the decision is yours."
    } else {
        "Nothing is saved yet. The words you chose are in the text. Read it once more, then save."
    };
    Ok(Page::new(layout).part(p(intro)).part(form))
}
