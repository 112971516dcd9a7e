//! Challenge inappropriate language: a page for workers that checks a pasted text, the list of
//! terms, and the answer that the script of a text area asks for. Nothing of a text is kept: no row,
//! no log line, no cookie.

mod fields;
mod leaving;
mod lexicon;
mod shown;
mod stop;
mod terms;
mod trend;

use std::sync::Arc;
use tessera_core::{messages::of, msg, t, tn};

use axum::{
    Extension, Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::json;
use tessera_app::language::{Chosen, Finding, LONGEST, instead};
use tessera_core::errors::FieldErrors;
use tessera_pages::{
    components::{Button, Content, InsetText, Link, Textarea},
    page::{Form, Page, Section, buttons, p},
};

pub(crate) use leaving::{before_leaving, notes_on};
pub(crate) use lexicon::{add_practice, change, edit, list, propose, retire, retire_form, settle};
pub(crate) use shown::beside;
pub(crate) use stop::words_first;
pub(crate) use terms::terms;
pub(crate) use trend::trend;

use crate::{
    error::WebError,
    form::Pairs,
    parts::{Answer, err, show, show_errors},
    site::{Site, Visitor},
};

/// The name of the page.
pub(crate) const TITLE: &str = msg!("Challenge inappropriate language");

/// The page before anything is pasted.
pub(crate) async fn open(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    show(&page(&site, &visitor, "", None, &FieldErrors::default()).await?)
}

/// Checks what was pasted, or rewrites it at one place and checks it again.
pub(crate) async fn check(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    let mut text = pairs.get("text").replace("\r\n", "\n");
    let mut errors = FieldErrors::default();
    if text.trim().is_empty() {
        errors.add("text", t!("Paste or type the words to check"));
    } else if text.chars().count() > LONGEST {
        errors.add("text", t!("Check at most {most} characters at once", most = LONGEST));
    }
    if !errors.is_empty() {
        return show_errors(page(&site, &visitor, &text, None, &errors).await?, &errors);
    }
    if let Some(chosen) = chosen(&pairs, "text") {
        text = site.app.rewritten(&text, &chosen).await?;
    }
    let findings = site.app.findings(&text).await?;
    show(&page(&site, &visitor, &text, Some(&findings), &errors).await?)
}

/// What was chosen for a field, if a button of its notes was pressed.
pub(crate) fn chosen(pairs: &Pairs, field: &str) -> Option<Chosen> {
    let (of, chosen) = pairs.get("accept").split_once('|')?;
    (of == field).then(|| chosen.parse().ok()).flatten()
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    text: &str,
    findings: Option<&[Finding]>,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, of(TITLE)).await?;
    layout.back = Some("/".into());
    layout.wide = findings.is_some();
    let area = Textarea::new("text", t!("Words to check"))
        .hint(t!("A note, a letter, a part of a record. Leave out names: they are not needed."))
        .value(text)
        .rows(if findings.is_some() { 6 } else { 10 })
        .error_if(err(errors, "text"));
    let again = if findings.is_some() { t!("Check again") } else { t!("Check the words") };
    let form = Form::new("/language", &layout).part(area).part(Button::new(again));
    let form = match findings {
        None => form,
        Some([]) => form.part(InsetText::new(t!(
            "Nothing to change was found. The list does not know every word that harms: read it \
             once more as the child might, in ten years."
        ))),
        Some(findings) => form
            .part(
                Section::new("notes", count(findings.len()))
                    .part(p(t!(
                        "Press the words you want, and they take the place of the marked ones."
                    )))
                    .part(beside("text", text, findings)),
            )
            .part(buttons([Button::new(t!("Check again")).secondary()])),
    };
    let mut page = Page::new(layout);
    if findings.is_none() {
        page = page.part(p(t!(
            "Words in a record can blame a child for harm that others did. Paste what you wrote. \
             You see which words to think about, why, and what to write instead."
        )));
    }
    Ok(page
        .part(form)
        .part(p(t!(
            "What you paste is checked on this server and then forgotten. It is not kept, and no \
                 cookie is set."
        )))
        .part(p(Content::from(Link::new(
            t!("All terms, with reasons and other words"),
            "/language/terms",
        )))))
}

/// How many notes there are, in words.
pub(crate) fn count(notes: usize) -> String {
    tn!(notes, "{n} note", "{n} notes")
}

/// What the script of a text area asks for while someone types.
pub(crate) async fn findings(
    State(site): State<Arc<Site>>,
    pairs: Pairs,
) -> Result<Response, WebError> {
    let text = pairs.get("text").replace("\r\n", "\n");
    let found =
        if text.chars().count() > LONGEST { Vec::new() } else { site.app.findings(&text).await? };
    let notes = found.iter().map(|f| {
        let (wordings, hints): (Vec<_>, Vec<_>) =
            instead(f).into_iter().partition(|(_, stands)| *stands);
        let texts = |all: Vec<(String, bool)>| {
            all.into_iter().map(|(text, _)| text).collect::<Vec<String>>()
        };
        json!({
            "start": f.span.utf16.start,
            "end": f.span.utf16.end,
            "entry": f.entry,
            "severity": f.severity.name(),
            "words": f.matched,
            "why": f.why,
            "instead": texts(wordings),
            "hints": texts(hints),
            "source": f.sources.first().map(|s| s.title.as_str()),
        })
    });
    Ok(Json(notes.collect::<Vec<_>>()).into_response())
}
