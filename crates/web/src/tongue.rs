//! The language of a page: asked for by the first part of its address, without a cookie. The rest
//! of the program knows addresses without it; here it is taken off what comes in and put before
//! every way that leads out, so that a reader stays in their language from page to page and from
//! form to form.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tessera_core::messages::{self, BEGIN, Catalogue, END, SOURCE};
use tessera_pages::layout::{IF_MIXED_BEGIN, IF_MIXED_END};

use crate::{
    routes,
    site::{Site, Visitor},
};

/// The language that an address asks for.
#[derive(Clone)]
struct Asked(Arc<Catalogue>);

/// What no language stands before: it has no words for people.
const WORDLESS: [&str; 2] = ["/assets/", "/api/"];

/// A page larger than this is not read through: no page is.
const MOST: usize = 4 << 20;

/// Takes the language off an address, before a route is looked for.
pub(crate) async fn address(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let (tag, rest) =
        path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let rest = format!("/{rest}");
    let found = site.app.languages().get(tag).cloned();
    if let Some(language) = found.filter(|_| !WORDLESS.iter().any(|start| rest.starts_with(start)))
    {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{rest}{query}").parse::<Uri>() {
            *request.uri_mut() = uri;
            request.extensions_mut().insert(Asked(language));
        }
    }
    next.run(request).await
}

/// Work done in a language, however often it pauses.
struct InLanguage<F> {
    language: Arc<Catalogue>,
    work: Pin<Box<F>>,
}

impl<F: Future> Future for InLanguage<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        messages::within(Some(&this.language), || this.work.as_mut().poll(context))
    }
}

/// Answers in the language asked for. The pages of those who are signed in are in English.
pub(crate) async fn told(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    let Some(Asked(language)) = request.extensions().get::<Asked>().cloned() else {
        return next.run(request).await;
    };
    if visitor.session.is_some() {
        if *request.method() != Method::GET {
            return next.run(request).await;
        }
        let to = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let Ok(to) = HeaderValue::from_str(to) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    }
    let work = Box::pin(next.run(request));
    let response = InLanguage { language: language.clone(), work }.await;
    finished(&site, response, &language).await
}

async fn finished(site: &Site, response: Response, language: &Catalogue) -> Response {
    let prefix = format!("/{}", language.tag());
    let (mut parts, body) = response.into_parts();
    let own = |to: &str| {
        let first = to.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
        to.starts_with('/') && site.app.languages().get(first).is_none()
    };
    if let Some(to) = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok())
        && own(to)
        && let Ok(to) = HeaderValue::from_str(&format!("{prefix}{to}"))
    {
        parts.headers.insert(header::LOCATION, to);
    }
    let kind =
        parts.headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let html = kind.starts_with(b"text/html");
    if !html && !kind.starts_with(b"application/json") {
        return Response::from_parts(parts, body);
    }
    let text = axum::body::to_bytes(body, MOST).await.ok();
    let Some(text) = text.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let text = if html { page(&text, &prefix) } else { plain(&text) };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(text))
}

/// Text without the marks of another language.
fn plain(text: &str) -> String {
    text.replace([BEGIN, END], "")
}

/// A page whose links and forms stay in its language, and whose words in English say so.
fn page(html: &str, prefix: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(html.len() + 1024), ..Writer::default() };
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        writer.text(text);
        let Some((tag, beyond)) = after.split_once('>') else { break };
        writer.tag(tag, prefix);
        rest = beyond;
    }
    writer.text(rest);
    writer.close();
    let mixed = writer.mixed || html.contains(&format!("<div lang=\"{SOURCE}\">"));
    let out = writer.out;
    match (out.split_once(IF_MIXED_BEGIN), out.split_once(IF_MIXED_END)) {
        (Some((before, _)), Some((_, after))) if !mixed => format!("{before}{after}"),
        _ => out.replace([IF_MIXED_BEGIN, IF_MIXED_END], ""),
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Whether a span with words in English is open.
    open: bool,
    /// Within a title or an option, which hold no spans: where its tag ends, to be told its
    /// language.
    bare: Option<usize>,
    mixed: bool,
}

impl Writer {
    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out.push_str("</span>");
        }
    }

    fn text(&mut self, text: &str) {
        if !text.contains([BEGIN, END]) {
            self.out.push_str(text);
            return;
        }
        self.mixed = true;
        if let Some(end) = self.bare.take() {
            self.out.insert_str(end, &format!(" lang=\"{SOURCE}\""));
            self.out.push_str(&plain(text));
            return;
        }
        let mut depth = 0_usize;
        for c in text.chars() {
            match c {
                BEGIN => {
                    if depth == 0 && !self.open {
                        self.out.push_str("<span lang=\"");
                        self.out.push_str(SOURCE);
                        self.out.push_str("\">");
                        self.open = true;
                    }
                    depth += 1;
                }
                END => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.close();
                    }
                }
                other => self.out.push(other),
            }
        }
    }

    fn tag(&mut self, tag: &str, prefix: &str) {
        // Words of several lines stay one stretch; anything else ends it.
        if tag != "br" {
            self.close();
        }
        let tag = plain(tag);
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        self.bare = None;
        self.out.push('<');
        match name {
            "a" if !tag.contains(" hreflang=") => self.out.push_str(&led(&tag, "href", prefix)),
            "form" => self.out.push_str(&led(&tag, "action", prefix)),
            "button" => self.out.push_str(&led(&tag, "formaction", prefix)),
            _ => self.out.push_str(&tag),
        }
        if name == "title" || name == "option" {
            self.bare = Some(self.out.len());
        }
        self.out.push('>');
    }
}

/// A tag whose address on this server begins with the language.
fn led(tag: &str, attribute: &str, prefix: &str) -> String {
    let ours = format!(" {attribute}=\"/");
    match tag.split_once(&ours) {
        Some((before, after)) if !after.starts_with('/') => {
            format!("{before} {attribute}=\"{prefix}/{after}")
        }
        _ => tag.to_owned(),
    }
}

/// Where a change of language leads from a request: the same page, or the page whose form it
/// answers. What was typed stays behind.
pub(crate) fn here(method: &Method, uri: &Uri, route: Option<&str>) -> String {
    if *method == Method::GET {
        return uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    }
    let path = uri.path();
    let shown = routes::TABLE.iter().any(|row| row.method == "get" && Some(row.path) == route);
    if shown {
        return path.to_owned();
    }
    match path.rsplit_once('/') {
        Some((above, _)) if !above.is_empty() => above.to_owned(),
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_forms_stay_in_the_language_and_the_switch_does_not() {
        let html = "<a class=\"x\" href=\"/tell\">a</a><a rel=\"alternate\" hreflang=\"en-GB\" href=\"/tell\">English</a>\
                    <form method=\"post\" action=\"/tell\"></form><a href=\"https://example.org/\">b</a><a href=\"#main\">c</a>\
                    <link href=\"/assets/x.css\">";
        assert_eq!(
            page(html, "/cy"),
            "<a class=\"x\" href=\"/cy/tell\">a</a><a rel=\"alternate\" hreflang=\"en-GB\" href=\"/tell\">English</a>\
             <form method=\"post\" action=\"/cy/tell\"></form><a href=\"https://example.org/\">b</a><a href=\"#main\">c</a>\
             <link href=\"/assets/x.css\">"
        );
    }

    #[test]
    fn words_in_english_say_that_they_are() {
        let html = "<title>\u{e000}Help\u{e001} - X</title><p>⟦a⟧ \u{e000}b \u{e000}c\u{e001}\u{e001} d</p>\
                    <p>\u{e000}one<br>two\u{e001}</p><a aria-label=\"\u{e000}x\u{e001}\">y</a>";
        assert_eq!(
            page(html, "/cy"),
            "<title lang=\"en-GB\">Help - X</title><p>⟦a⟧ <span lang=\"en-GB\">b c</span> d</p>\
             <p><span lang=\"en-GB\">one<br>two</span></p><a aria-label=\"x\">y</a>"
        );
    }

    #[test]
    fn a_mark_that_somebody_typed_cannot_break_the_page() {
        assert_eq!(
            page("<p>\u{e001}a\u{e000}b</p><p>c</p>", "/cy"),
            "<p>a<span lang=\"en-GB\">b</span></p><p>c</p>"
        );
    }

    #[test]
    fn the_note_stands_only_where_words_are_in_english() {
        let note = "<i>\u{e002}<b>note</b>\u{e003}</i>";
        assert_eq!(page(note, "/cy"), "<i></i>");
        assert!(page(&format!("{note}\u{e000}x\u{e001}"), "/cy").starts_with("<i><b>note</b></i>"));
    }

    #[test]
    fn a_form_in_error_leads_to_the_page_it_came_from() {
        let to = |path: &'static str, route| here(&Method::POST, &Uri::from_static(path), route);
        assert_eq!(to("/tell/children", Some("/tell/{step}")), "/tell/children");
        assert_eq!(to("/follow/concern/add", Some("/follow/concern/add")), "/follow/concern");
        assert_eq!(to("/tell/send", Some("/tell/send")), "/tell");
        let uri = Uri::from_static("/tell?kind=danger");
        assert_eq!(here(&Method::GET, &uri, Some("/tell")), "/tell?kind=danger");
    }
}
