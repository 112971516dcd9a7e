//! A form with a file, as a browser sends it.

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use tessera_core::document::MOST_BYTES;

use crate::{error::WebError, form::Pairs};

/// The largest form that is read: the file, and the little that stands around it.
const MOST_FORM: usize = MOST_BYTES + (64 << 10);

/// What was sent.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// The fields that are no file.
    pub(crate) fields: Pairs,
    /// The name of the file.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) body: Vec<u8>,
    /// The form was larger than what is read.
    pub(crate) too_large: bool,
}

impl Upload {
    /// Reads the form with its file in the field `file`, and looks at its token: the guard does that for
    /// every other form and cannot read this kind. What is no such form is an empty one, so that whoever
    /// may not send a file is told the same whatever they send.
    pub(crate) async fn read(
        headers: &HeaderMap,
        body: Body,
        csrf: &str,
        file: &str,
    ) -> Result<Self, WebError> {
        let mut upload = Self::default();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
            return Ok(upload);
        };
        let Ok(bytes) = axum::body::to_bytes(body, MOST_FORM).await else {
            upload.too_large = true;
            return Ok(upload);
        };
        let stream = futures_util::stream::once(async move { Ok::<_, std::io::Error>(bytes) });
        let mut form = multer::Multipart::new(stream, boundary);
        while let Some(field) = form.next_field().await.map_err(|_| WebError::BadRequest)? {
            let name = field.name().unwrap_or_default().to_owned();
            let of_file = field.file_name().unwrap_or_default().to_owned();
            let value = field.bytes().await.map_err(|_| WebError::BadRequest)?;
            if name == file {
                (upload.name, upload.body) = (of_file, value.to_vec());
            } else {
                upload.fields.add(name, String::from_utf8_lossy(&value).into_owned());
            }
        }
        let sent = upload.fields.get("csrf");
        let is_form = !sent.is_empty() || !upload.body.is_empty();
        if is_form && (csrf.is_empty() || sent != csrf) {
            return Err(WebError::BadRequest);
        }
        Ok(upload)
    }
}
