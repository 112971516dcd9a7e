//! The guard around every route: finds out who is asking, lets a request run to its end, refuses
//! forms from elsewhere, writes error pages, sets the security headers.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    body::Body,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
};
use serde_json::json;
use tessera_core::{chance::Draw, ids::RequestId, messages::of};
use tessera_pages::page::{Page, p};
use tessera_policy::{Actor, Who};

use crate::{
    cookies,
    error::{Explained, words},
    language,
    site::{Site, Visitor},
    tongue,
};

/// The largest body: a long narrative with every other answer fits many times over.
const MOST_BYTES: usize = 256 * 1024;

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'";

/// Puts the guard around the routes.
pub(crate) fn around(routes: Router<Arc<Site>>, site: Arc<Site>) -> Router {
    let inside = routes
        .layer(middleware::from_fn_with_state(site.clone(), language::words_first))
        .layer(middleware::from_fn_with_state(site.clone(), errors_as_pages))
        .layer(middleware::from_fn_with_state(site.clone(), own_forms_only))
        .layer(middleware::from_fn_with_state(site.clone(), tongue::told))
        .layer(middleware::from_fn_with_state(site.clone(), who_is_asking))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(tower_http::csrf::CsrfLayer::new())
        .layer(middleware::from_fn(to_the_end))
        .layer(middleware::from_fn(crate::steady::answers))
        .layer(middleware::from_fn_with_state(site.clone(), crate::compress::pages))
        .layer(middleware::from_fn_with_state(site.clone(), headers))
        .with_state(site.clone());
    // An address without its language is known before a route is looked for.
    Router::new()
        .fallback_service(inside)
        .layer(middleware::from_fn_with_state(site, tongue::address))
}

/// A request once begun runs to its end, also when the client hangs up: a change and its audit
/// entry are never left half done, and nobody can look and leave before it is written down.
async fn to_the_end(request: Request, next: Next) -> Response {
    let run = tokio::spawn(async move { next.run(request).await });
    run.await.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

async fn who_is_asking(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id: RequestId = site.app.db.chance().id(site.app.db.now());
    let token = session_token(request.headers(), &site);
    let session = match token {
        Some(token) => match site.app.session(&token).await {
            Ok(session) => session,
            Err(error) => {
                tracing::error!(%error, "the session could not be looked up");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
        None => None,
    };
    let actor = session.as_ref().map_or_else(
        || Actor::anonymous(Some(id)),
        |session| Actor {
            who: Who::User(session.user),
            name: session.name.clone(),
            agency: Some(session.agency),
            roles: session.roles.iter().copied().collect(),
            request: Some(id),
        },
    );
    let csrf = match (&session, token) {
        (Some(_), Some(token)) => hex::encode(site.app.db.keys().blind("csrf", &token)),
        _ => String::new(),
    };
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let here = tongue::here(request.method(), request.uri(), route);
    let token = token.filter(|_| session.is_some());
    request.extensions_mut().insert(Visitor { actor, session, token, csrf, path, here });
    next.run(request).await
}

fn session_token(headers: &HeaderMap, site: &Site) -> Option<[u8; 32]> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    let text = bearer.or_else(|| cookies::get(headers, &site.config, cookies::SESSION))?;
    <[u8; 32]>::try_from(hex::decode(text).ok()?).ok()
}

/// A form posted within a session carries that session's token. The API is called with a token in
/// a header, which no other site can make a browser send.
async fn own_forms_only(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    let by_cookie = cookies::get(request.headers(), &site.config, cookies::SESSION).is_some()
        && !request.headers().contains_key(header::AUTHORIZATION);
    let path = request.uri().path();
    let with_file = (path.ends_with("/documents") || path == "/imports/file")
        && request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    // A form with a file is read, and its token looked at, where the file is taken.
    if *request.method() != Method::POST || visitor.csrf.is_empty() || !by_cookie || with_file {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let sent = serde_html_form::from_bytes::<Vec<(String, String)>>(&bytes).unwrap_or_default();
    let fits = sent.iter().any(|(key, value)| key == "csrf" && *value == visitor.csrf);
    if !fits {
        return StatusCode::BAD_REQUEST.into_response();
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// Gives every error its page, or its problem details where JSON is spoken.
async fn errors_as_pages(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let empty = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|t| t.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || !empty {
        return response;
    }
    let explained = response.extensions().get::<Explained>().cloned().unwrap_or_else(|| {
        let (title, words) = words(status);
        Explained { title, words, fields: None }
    });
    let status =
        if status == StatusCode::METHOD_NOT_ALLOWED { StatusCode::NOT_FOUND } else { status };
    if api {
        return problem(status, &explained);
    }
    if status == StatusCode::UNAUTHORIZED {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, "/sign-in")]).into_response();
    }
    let Ok(layout) = site.layout(&visitor, of(explained.title)).await else {
        return (status, Html(last_resort(&explained))).into_response();
    };
    let fields = explained.fields.unwrap_or_default();
    let page = Page::new(layout)
        .errors(fields.0.iter().map(|e| (e.field.as_str(), e.message.clone())))
        .part(p(of(explained.words)));
    (status, Html(page.to_string())).into_response()
}

/// The page when not even the settings can be read: it still carries the emergency number.
fn last_resort(explained: &Explained) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><title>{0}</title><h1>{0}</h1><p>{1}</p>\
         <p>If a child is in danger now, call 999.</p></html>",
        explained.title, explained.words
    )
}

fn problem(status: StatusCode, explained: &Explained) -> Response {
    let mut body = json!({
        "type": "about:blank",
        "title": explained.title,
        "status": status.as_u16(),
        "detail": explained.words,
    });
    if let (Some(fields), Some(map)) = (&explained.fields, body.as_object_mut()) {
        map.insert("errors".into(), json!(fields.0));
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, Json(body).into_response().into_body()).into_response()
}

async fn headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    let permissions = "camera=(), geolocation=(), microphone=()";
    set(header::HeaderName::from_static("permissions-policy"), permissions);
    if site.config.secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if !asset {
        set(header::CACHE_CONTROL, "no-store");
    }
    response
}
