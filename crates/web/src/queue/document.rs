//! Documents of a concern: taken as a file, given back as a file, never shown inside a page.

use std::sync::Arc;

use axum::{
    Extension,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tessera_app::{AppError, concern::RawDocument};
use tessera_core::{document::MOST_BYTES, errors::FieldErrors, ids::DocumentId};

use super::{Sender, Typed, reference, show_concern};
use crate::{
    error::WebError,
    parts::{Answer, go},
    site::{Site, Visitor},
};

/// The largest form that is read: the document, and the little that stands around it.
const MOST_FORM: usize = MOST_BYTES + (64 << 10);

/// A form with a file, as sent.
#[derive(Default)]
struct Upload {
    csrf: String,
    raw: RawDocument,
}

/// Reads the form; what is no such form is an empty one, so that whoever may not send a document is
/// told the same whatever they send.
async fn upload(headers: &HeaderMap, body: Body) -> Result<Upload, StatusCode> {
    let mut upload = Upload::default();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
        return Ok(upload);
    };
    let Ok(bytes) = axum::body::to_bytes(body, MOST_FORM).await else {
        upload.raw.too_large = true;
        return Ok(upload);
    };
    let stream = futures_util::stream::once(async move { Ok::<_, std::io::Error>(bytes) });
    let mut form = multer::Multipart::new(stream, boundary);
    while let Some(field) = form.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().unwrap_or_default().to_owned();
        let value = field.bytes().await.map_err(|_| StatusCode::BAD_REQUEST)?;
        let text = || String::from_utf8_lossy(&value).into_owned();
        match name.as_str() {
            "csrf" => upload.csrf = text(),
            "version" => upload.raw.version = text().parse().unwrap_or_default(),
            "document" => (upload.raw.name, upload.raw.body) = (file, value.to_vec()),
            _ => {}
        }
    }
    Ok(upload)
}

/// Keeps a document.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    request: Request,
) -> Answer {
    let reference = reference(&concern)?;
    let (parts, body) = request.into_parts();
    let sent = upload(&parts.headers, body).await.map_err(|_| WebError::BadRequest)?;
    let is_form = !sent.csrf.is_empty() || !sent.raw.body.is_empty();
    // The guard looks at the token of every other form; it cannot read this kind.
    if is_form && (visitor.csrf.is_empty() || sent.csrf != visitor.csrf) {
        return Err(WebError::BadRequest);
    }
    match site.app.add_document(&visitor.actor, &reference, sent.raw).await {
        Ok(()) => go(&format!("/queue/{reference}#documents")),
        Err(AppError::Fields(errors)) => refused(&site, &visitor, &reference, &errors).await,
        Err(error) => Err(error.into()),
    }
}

async fn refused(
    site: &Site,
    visitor: &Visitor,
    reference: &tessera_core::reference::Reference,
    errors: &FieldErrors,
) -> Answer {
    show_concern(site, visitor, reference, &Typed::default(), errors, Sender::Sealed).await
}

/// Gives a document back as a file. A browser is told to save it and to run nothing in it.
pub(crate) async fn give(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((concern, document)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let reference = reference(&concern)?;
    // A text that is no id is asked for like one that nothing has.
    let id: DocumentId = document.parse().unwrap_or(DocumentId(uuid::Uuid::nil()));
    let (name, body) = site.app.document(&visitor.actor, &reference, id).await?;
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let save =
        format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", percent_encoded(&name));
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, save),
    ];
    Ok((headers, body).into_response())
}

/// A name as RFC 8187 writes it in a header.
fn percent_encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut written, byte| {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push('%');
            written.push_str(&hex::encode_upper([byte]));
        }
        written
    })
}
