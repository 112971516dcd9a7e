//! Documents of a concern: taken as a file, given back as a file, never shown inside a page.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use tessera_app::{AppError, concern::RawDocument};
use tessera_core::{errors::FieldErrors, ids::DocumentId};

use super::{Sender, Typed, reference, show_concern};
use crate::{
    error::WebError,
    parts::{Answer, go},
    site::{Site, Visitor},
    upload::Upload,
};

/// Keeps a document.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    request: Request,
) -> Answer {
    let reference = reference(&concern)?;
    let (parts, body) = request.into_parts();
    let sent = Upload::read(&parts.headers, body, &visitor.csrf, "document").await?;
    let raw = RawDocument {
        version: sent.fields.get("version").parse().unwrap_or_default(),
        name: sent.name,
        body: sent.body,
        too_large: sent.too_large,
    };
    match site.app.add_document(&visitor.actor, &reference, raw).await {
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
