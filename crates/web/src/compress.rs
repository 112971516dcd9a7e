//! Smaller pages for those who read guidance, know the differences, or the list of terms. Only what holds no secret is compressed: a page for
//! somebody without a session, whose address holds no token. (What a compressed page's length tells
//! of its content is how BREACH, 2013, found secrets.)

use std::{io::Write, sync::Arc};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use flate2::{Compression, write::GzEncoder};

use crate::{cookies, site::Site};

/// A page larger than this is sent as it is.
const MOST: usize = 1 << 20;

/// Whether the answer to a request may be compressed.
fn may(request: &Request, site: &Site) -> bool {
    let path = request.uri().path();
    let headers = request.headers();
    let zips = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let of =
        |part: &str| path.strip_prefix(part).is_some_and(|r| r.is_empty() || r.starts_with('/'));
    let open = of("/guidance") || of("/differences") || path == "/language/terms";
    let token =
        path.starts_with("/guidance/confirm/") || path.starts_with("/guidance/unsubscribe/");
    let known = cookies::get(headers, &site.config, cookies::SESSION).is_some()
        || headers.contains_key(header::AUTHORIZATION);
    *request.method() == Method::GET && zips && open && !token && !known
}

/// Compresses pages of guidance for those who accept it.
pub(crate) async fn pages(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let may = may(&request, &site);
    let response = next.run(request).await;
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !may || !html || response.headers().contains_key(header::SET_COOKIE) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MOST).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    let zipped = zip.write_all(&bytes).and_then(|()| zip.finish());
    let Ok(zipped) = zipped else { return Response::from_parts(parts, Body::from(bytes)) };
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(zipped))
}
