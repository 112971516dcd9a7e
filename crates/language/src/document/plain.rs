//! Plain text: UTF-8, UTF-16 with a byte order mark, or Windows-1252 as old programs save it.

use super::{Builder, DocumentError};

pub(super) fn read(bytes: &[u8], out: &mut Builder) -> Result<(), DocumentError> {
    let text = decode(bytes)?;
    out.push(&text)
}

/// The text of bytes whose encoding nobody has named.
pub(super) fn decode(bytes: &[u8]) -> Result<String, DocumentError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let encoding =
            encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_16LE, |(e, _)| e);
        let (text, _, broken) = encoding.decode(bytes);
        return if broken {
            Err(DocumentError::damaged("text", "its UTF-16 is broken"))
        } else {
            Ok(text.into_owned())
        };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let control = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1f);
    if bytes.iter().any(control) {
        return Err(DocumentError::damaged("text", "it holds bytes that are no text"));
    }
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
    Ok(text.into_owned())
}
