//! PDF: the text of each page. A scanned page has none, and is said to have none.

use lopdf::{Document as Pdf, LoadOptions};

use super::{Builder, DocumentError, Limits};

pub(super) fn read(bytes: &[u8], limits: &Limits, out: &mut Builder) -> Result<(), DocumentError> {
    let damaged = |error: lopdf::Error| DocumentError::damaged("PDF", error);
    let limit = usize::try_from(limits.part).unwrap_or(usize::MAX);
    let options = LoadOptions::with_max_decompressed_size(limit);
    let pdf = Pdf::load_mem_with_options(bytes, options).map_err(damaged)?;
    if pdf.is_encrypted() {
        return Err(DocumentError::Locked);
    }
    let mut empty = true;
    for number in pdf.get_pages().into_keys() {
        out.place(format!("page {number}"));
        let text = pdf.extract_text_with_limit(&[number], limit).map_err(damaged)?;
        empty &= text.trim().is_empty();
        out.push(text.trim_end())?;
        out.end_paragraph()?;
    }
    if empty {
        let problem = "it holds no text; a scan needs to be read by a person";
        return Err(DocumentError::damaged("PDF", problem));
    }
    Ok(())
}
