//! A screening while it is being answered: part by part, kept on the server on every page, without
//! scripts, with an account or by a link.

pub(crate) mod page;
mod read;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tessera_app::{
    AppError,
    screening::{Instrument, OpenScreening},
};
use tessera_core::{errors::FieldErrors, reference::Code, t};

use crate::{
    cookies,
    error::WebError,
    form::Pairs,
    parts::{Answer, go, show, show_errors},
    site::{Site, Visitor},
};

/// The page about the child and danger.
pub(super) const CHILD: &str = "child";
/// The page for the child's own words, protective factors and what else there is.
pub(super) const WORDS: &str = "words";
/// The ending of the page on which a section's answers are told more about.
pub(super) const MORE: &str = "-more";

/// What a step of a screening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// The child.
    Child,
    /// The answers of a section, by its place.
    Section(usize),
    /// More about those that are yes or possible.
    More(usize),
    /// Words and protective factors.
    Words,
    /// No step.
    None(&'a str),
}

impl<'a> Step<'a> {
    pub(crate) fn read(text: &'a str, instrument: &Instrument) -> Self {
        let section = |id: &str| instrument.sections().iter().position(|one| one.id == id);
        match text {
            CHILD => Self::Child,
            WORDS => Self::Words,
            other => match (section(other), other.strip_suffix(MORE).and_then(section)) {
                (Some(place), _) => Self::Section(place),
                (None, Some(place)) => Self::More(place),
                _ => Self::None(other),
            },
        }
    }

    /// The address of a step.
    pub(super) fn href(self, instrument: &Instrument) -> String {
        match self.end(instrument) {
            end if end.is_empty() => "/screen".into(),
            end => format!("/screen/{end}"),
        }
    }

    /// The end of the address of a step.
    pub(crate) fn end(self, instrument: &Instrument) -> String {
        let id = |place: usize| instrument.sections().get(place).map_or("", |one| one.id.as_str());
        match self {
            Self::Child => CHILD.into(),
            Self::Section(place) => id(place).into(),
            Self::More(place) => format!("{}{MORE}", id(place)),
            Self::Words => WORDS.into(),
            Self::None(_) => String::new(),
        }
    }
}

/// The section after one, or the words at the end.
fn after(place: usize, instrument: &Instrument) -> Step<'static> {
    if place + 1 < instrument.sections().len() { Step::Section(place + 1) } else { Step::Words }
}

/// Whether an answer of the section is yes or possible.
pub(super) fn has_present(open: &OpenScreening, place: usize) -> bool {
    let section = open.instrument.sections().get(place);
    let indicators =
        section.and_then(|one| open.instrument.indicators().get(one.indicators.clone()));
    indicators.unwrap_or_default().iter().any(|one| open.raw.answer(&one.id).is_present())
}

/// The screening that this browser has open.
async fn opened(
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<(Code, OpenScreening)>, WebError> {
    let Some(text) = cookies::get(headers, &site.config, cookies::SCREENING) else {
        return Ok(None);
    };
    let Some(code) = Code::typed(&text) else { return Ok(None) };
    Ok(site.app.open_screening(&code).await?.map(|found| (code, found)))
}

/// The one that was not sent.
pub(crate) async fn unsent(
    site: &Site,
    headers: &HeaderMap,
) -> Result<Option<(Code, OpenScreening)>, WebError> {
    Ok(opened(site, headers).await?.filter(|(_, open)| open.sent_as.is_none()))
}

const NONE_OPEN: &str = "/screen/resume";

/// All parts, and how far each is.
pub(crate) async fn parts(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Answer {
    let Some(open) = unsent(&site, &headers).await? else { return go(NONE_OPEN) };
    show(&page::parts(&site, &visitor, &open).await?)
}

/// One page.
pub(crate) async fn step(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(step): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let Some(open) = unsent(&site, &headers).await? else { return go(NONE_OPEN) };
    let read = Step::read(&step, &open.1.instrument);
    if let Step::None(_) = read {
        return Err(WebError::NotFound);
    }
    show(&page::step(&site, &visitor, read, &open, &FieldErrors::default()).await?)
}

/// Keeps one page and goes on. What was typed is kept whatever is wrong with it.
pub(crate) async fn save_step(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(step): Path<String>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Answer {
    let Some(mut open) = unsent(&site, &headers).await? else { return go(NONE_OPEN) };
    let instrument = open.1.instrument.clone();
    let at = Step::read(&step, &instrument);
    if let Step::None(_) = at {
        return Err(WebError::NotFound);
    }
    let mut raw = open.1.raw.clone();
    read::step(at, &pairs, &instrument, &mut raw);
    let by_script = pairs.has("autosave");
    if !by_script {
        raw.seen.insert(step.clone());
    }
    site.app.save_screening(&visitor.actor, &open.1, &raw).await?;
    if by_script {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    open.1.raw = raw;
    let to_parts = pairs.has("parts");
    let wrong = open.1.raw.check(&instrument, open.1.today, open.1.belongs.user.is_some());
    let mine = read::names(at, &instrument);
    let errors = FieldErrors(wrong.0.into_iter().filter(|e| mine.contains(&e.field)).collect());
    if !errors.is_empty() && !to_parts {
        return show_errors(page::step(&site, &visitor, at, &open, &errors).await?, &errors);
    }
    let next = match at {
        _ if to_parts => Step::None(""),
        Step::Child => Step::Section(0),
        Step::Section(place) if has_present(&open.1, place) => Step::More(place),
        Step::Section(place) | Step::More(place) => after(place, &instrument),
        Step::Words | Step::None(_) => return go("/screen/check"),
    };
    go(&next.href(&instrument))
}

/// Check before sending.
pub(crate) async fn check(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Answer {
    let Some(open) = unsent(&site, &headers).await? else { return go(NONE_OPEN) };
    let signed_in = open.1.belongs.user.is_some();
    let errors = open.1.raw.check(&open.1.instrument, open.1.today, signed_in);
    show(&page::check(&site, &visitor, &open, &errors).await?)
}

/// Sends it. Pressed twice, it is sent once.
pub(crate) async fn send(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    _: Pairs,
) -> Answer {
    let Some(open) = opened(&site, &headers).await? else { return go(NONE_OPEN) };
    match site.app.submit_screening(&visitor.actor, &open.1).await {
        Ok(_) => go("/screen/sent"),
        Err(AppError::Fields(errors)) => {
            let page = page::check(&site, &visitor, &open, &errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The receipt; it can be opened again while the cookie lasts.
pub(crate) async fn sent(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Answer {
    let Some((_, open)) = opened(&site, &headers).await? else { return go(NONE_OPEN) };
    let Some(reference) = &open.sent_as else { return go("/screen/check") };
    let sent = site.app.receipt_of_screening(reference).await?;
    show(&page::sent(&site, &visitor, &sent).await?)
}

/// Go on with a screening on this or another device.
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
        Some(code) => site.app.open_screening(code).await?,
        None => None,
    };
    let (Some(code), Some(found)) = (code, found) else {
        let message = t!("There is no screening with this code. Check it, or start again");
        let errors = FieldErrors::one("code", message);
        return show_errors(page::resume(&site, &visitor, typed, &errors).await?, &errors);
    };
    let to = if found.sent_as.is_some() { "/screen/sent" } else { "/screen" };
    with_cookie(&site, &code, to)
}

/// Keeps the code in this browser and goes on.
pub(crate) fn with_cookie(site: &Site, code: &Code, to: &str) -> Answer {
    let cookie = cookies::set(&site.config, cookies::SCREENING, &code.to_string());
    Ok(([(header::SET_COOKIE, cookie)], go(to)?).into_response())
}

/// Deletes the draft and its cookie.
pub(crate) async fn delete(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    _: Pairs,
) -> Result<Response, WebError> {
    if let Some((_, open)) = unsent(&site, &headers).await? {
        site.app.delete_screening(&visitor.actor, &open).await?;
    }
    let cookie = cookies::set(&site.config, cookies::SCREENING, "");
    Ok(([(header::SET_COOKIE, cookie)], go("/")?).into_response())
}

fn token(link: &str) -> Result<[u8; 32], WebError> {
    let mut token = [0; 32];
    hex::decode_to_slice(link, &mut token).map_err(|_| WebError::NotFound)?;
    Ok(token)
}

/// What a one-use link is for, and the ways on. Nothing is begun by opening it.
pub(crate) async fn landing(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
) -> Answer {
    let found = site.app.landing(&token(&link)?).await?.ok_or(WebError::NotFound)?;
    show(&page::landing(&site, &visitor, &link, &found).await?)
}

/// Begins the screening of a link, or goes on with it.
pub(crate) async fn begin_by_link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(link): Path<String>,
    pairs: Pairs,
) -> Answer {
    let code = site.app.start_by_link(&visitor.actor, &token(&link)?).await?;
    let to = if pairs.has("differences") { "/differences" } else { "/screen" };
    with_cookie(&site, &code, to)
}
