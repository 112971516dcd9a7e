//! Telling us: what was noticed first, then one question a page, then check and send. Everything
//! is kept on the server from the first words, and every page works without scripts.

mod page;
mod read;

use std::sync::Arc;
use tessera_core::{messages, t};

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tessera_app::AppError;
use tessera_app::concern::{OpenDraft, SendKey, Submission};
use tessera_core::{
    concern::{Channel, RawConcern},
    errors::FieldErrors,
    reference::Code,
};

use crate::{
    cookies,
    error::WebError,
    form::Pairs,
    language::chosen,
    parts::{Answer, go, show, show_errors},
    site::{Site, Visitor},
};

/// The questions after the first, in order; signed-in workers are not asked who they are.
pub(crate) const STEPS: [&str; 6] = ["children", "where", "others", "know", "think", "you"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Start {
    kind: String,
    channel: String,
}

/// The draft that this browser has open.
async fn draft(site: &Site, headers: &HeaderMap) -> Result<Option<(Code, OpenDraft)>, WebError> {
    let Some(text) = cookies::get(headers, &site.config, cookies::DRAFT) else { return Ok(None) };
    let Some(code) = Code::typed(&text) else { return Ok(None) };
    Ok(site.app.open_draft(&code).await?.map(|found| (code, found)))
}

/// An open draft that was not sent, or the way to the first question.
async fn unsent(site: &Site, headers: &HeaderMap) -> Result<(Code, OpenDraft), WebError> {
    match draft(site, headers).await? {
        Some((code, found)) if !found.sent => Ok((code, found)),
        _ => Err(WebError::NotFound),
    }
}

/// What did you notice?
pub(crate) async fn what(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(start): Query<Start>,
    headers: HeaderMap,
) -> Answer {
    let open = draft(&site, &headers).await?.filter(|(_, d)| !d.sent);
    let fresh = RawConcern { kind: start.kind, channel: start.channel, ..RawConcern::default() };
    let raw = open.as_ref().map_or(fresh, |(_, d)| d.raw.clone());
    let page = page::what(&site, &visitor, &raw, &FieldErrors::default(), open.as_ref()).await?;
    show(&page)
}

/// Keeps the first words and goes on.
pub(crate) async fn save_what(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Answer {
    let open = draft(&site, &headers).await?.filter(|(_, d)| !d.sent);
    let mut raw = open.as_ref().map_or_else(RawConcern::default, |(_, d)| d.raw.clone());
    read::what(&pairs, &mut raw);
    let mut errors = FieldErrors::default();
    if raw.what.trim().is_empty() {
        errors.add("what", t!("Tell us what you noticed"));
    } else if let Err(wrong) = raw.check(&site.app.codes) {
        errors.0.extend(wrong.0.into_iter().filter(|e| e.field == "what" || e.field == "channel"));
    }
    if !errors.is_empty() {
        let page = page::what(&site, &visitor, &raw, &errors, open.as_ref()).await?;
        return show_errors(page, &errors);
    }
    raw.language = language();
    let next = if pairs.has("more") { "/tell/children" } else { "/tell/check" };
    if let Some((_, open)) = open {
        site.app.save_draft(&visitor.actor, open.id, &raw).await?;
        return go(next);
    }
    let code = site.app.start_draft(&visitor.actor, &raw).await?;
    let cookie = cookies::set(&site.config, cookies::DRAFT, &code.to_string());
    Ok(([(header::SET_COOKIE, cookie)], go(next)?).into_response())
}

/// One question.
pub(crate) async fn step(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(step): Path<String>,
    headers: HeaderMap,
) -> Answer {
    if !STEPS.contains(&step.as_str()) {
        return Err(WebError::NotFound);
    }
    let Ok(open) = unsent(&site, &headers).await else { return go("/tell") };
    let errors = FieldErrors::default();
    show(&page::step(&site, &visitor, &step, &open, &open.1.raw, &errors).await?)
}

/// Keeps one answer and goes on.
pub(crate) async fn save_step(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(step): Path<String>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Answer {
    let Some(place) = STEPS.iter().position(|s| *s == step) else {
        return Err(WebError::NotFound);
    };
    let Ok(open) = unsent(&site, &headers).await else { return go("/tell") };
    let mut raw = open.1.raw.clone();
    read::step(&step, &pairs, &mut raw);
    raw.language = language();
    // What was typed is kept whatever is wrong with it.
    site.app.save_draft(&visitor.actor, open.1.id, &raw).await?;
    if pairs.has("another") {
        return go("/tell/children?more=1#children");
    }
    if let Err(wrong) = raw.check(&site.app.codes) {
        let mine = |field: &str| page::belongs(&step, field);
        let errors = FieldErrors(wrong.0.into_iter().filter(|e| mine(&e.field)).collect());
        if !errors.is_empty() {
            let page = page::step(&site, &visitor, &step, &open, &raw, &errors).await?;
            return show_errors(page, &errors);
        }
    }
    let to_check = pairs.has("check") || pairs.get("from") == "check";
    match STEPS.get(place + 1) {
        Some(next) if !to_check => go(&format!("/tell/{next}")),
        _ => go("/tell/check"),
    }
}

/// Check your answers.
pub(crate) async fn check(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Answer {
    let Ok(open) = unsent(&site, &headers).await else { return go("/tell") };
    show(&page::check(&site, &visitor, &open, &FieldErrors::default()).await?)
}

/// Changes the words of a draft at one place, as a note on the page before sending offers.
pub(crate) async fn change_words(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Answer {
    let Ok((_, open)) = unsent(&site, &headers).await else { return go("/tell") };
    let mut raw = open.raw;
    for (field, text) in
        [("what", &mut raw.what), ("others", &mut raw.others), ("opinion", &mut raw.opinion)]
    {
        if let Some(chosen) = chosen(&pairs, field) {
            *text = site.app.rewritten(text, &chosen).await?;
        }
    }
    site.app.save_draft(&visitor.actor, open.id, &raw).await?;
    go("/tell/check#words")
}

/// Sends it. Pressed twice, it is sent once.
pub(crate) async fn send(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    _: Pairs,
) -> Answer {
    let Some((code, open)) = draft(&site, &headers).await? else { return go("/tell") };
    if open.sent {
        return go("/tell/sent");
    }
    let entered = Channel::from_id(&open.raw.channel).filter(|_| visitor.actor.is_hub());
    let sent = if let Some(channel) = entered {
        site.app.enter(&visitor.actor, &open.raw, channel, open.id).await
    } else {
        let channel = if visitor.user().is_some() { Channel::Worker } else { Channel::Public };
        let submission = Submission { raw: &open.raw, channel, key: SendKey::Draft(open.id) };
        site.app.submit(&visitor.actor, submission).await
    };
    match sent {
        Ok(_) => go("/tell/sent"),
        Err(AppError::Fields(errors)) => {
            let page = page::check(&site, &visitor, &(code, open), &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// The receipt; it can be opened again while the draft's cookie lasts.
pub(crate) async fn sent(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Answer {
    let Some((_, open)) = draft(&site, &headers).await? else { return go("/tell") };
    if !open.sent {
        return go("/tell/check");
    }
    let receipt = site.app.receipt(&visitor.actor, open.id).await?;
    show(&page::sent(&site, &visitor, &receipt).await?)
}

/// Go on with a draft on this or another device.
pub(crate) async fn resume(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    show(&page::resume(&site, &visitor, "", &FieldErrors::default()).await?)
}

/// Opens the draft of a code.
pub(crate) async fn open_resumed(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    let typed = pairs.get("code");
    let code = Code::typed(typed);
    let found = match &code {
        Some(code) => site.app.open_draft(code).await?,
        None => None,
    };
    let (Some(code), Some(found)) = (code, found) else {
        let message = t!("There is no draft with this code. Check it, or start again");
        let errors = FieldErrors::one("code", message);
        return show_errors(page::resume(&site, &visitor, typed, &errors).await?, &errors);
    };
    let cookie = cookies::set(&site.config, cookies::DRAFT, &code.to_string());
    let to = if found.sent { "/tell/sent" } else { "/tell/check" };
    Ok(([(header::SET_COOKIE, cookie)], go(&in_its_language(&site, &found.raw, to))?)
        .into_response())
}

/// The language of the page, as a draft keeps it.
fn language() -> String {
    if messages::is_source() { String::new() } else { messages::tag() }
}

/// A draft goes on in its language, unless its reader chose one just now.
fn in_its_language(site: &Site, raw: &RawConcern, to: &str) -> String {
    match site.app.languages().get(&raw.language) {
        Some(its) if messages::is_source() => format!("/{}{to}", its.tag()),
        _ => to.to_owned(),
    }
}

/// Deletes the draft and its cookie.
pub(crate) async fn delete(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    _: Pairs,
) -> Result<Response, WebError> {
    if let Some((_, open)) = draft(&site, &headers).await? {
        site.app.delete_draft(&visitor.actor, open.id).await?;
    }
    let cookie = cookies::set(&site.config, cookies::DRAFT, "");
    Ok(([(header::SET_COOKIE, cookie)], go("/")?).into_response())
}
