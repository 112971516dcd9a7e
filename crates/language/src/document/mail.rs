//! E-mail (RFC 5322, MIME): subject and readable parts; attachments are named, not read.

use mailparse::{MailHeaderMap, ParsedMail};

use super::{Builder, DocumentError, html};

/// Parts nest no deeper than this in an honest mail.
const DEEPEST: usize = 50;

pub(super) fn read(bytes: &[u8], out: &mut Builder) -> Result<(), DocumentError> {
    if nesting(bytes) > DEEPEST {
        return Err(DocumentError::damaged("e-mail", "its parts nest too deep"));
    }
    let damaged = |error| DocumentError::damaged("e-mail", error);
    let mail = mailparse::parse_mail(bytes).map_err(damaged)?;
    if mail.headers.is_empty() {
        return Err(DocumentError::damaged("e-mail", "it has no headers"));
    }
    if let Some(subject) = mail.headers.get_first_value("Subject") {
        out.place("subject".to_owned());
        out.push(&subject)?;
        out.end_paragraph()?;
    }
    part(&mail, 0, out)
}

/// How many multipart boundaries are declared: an upper bound of how deep parts can nest.
fn nesting(bytes: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, b"multipart/").count()
        + memchr::memmem::find_iter(bytes, b"Multipart/").count()
}

fn part(mail: &ParsedMail, depth: usize, out: &mut Builder) -> Result<(), DocumentError> {
    if depth > DEEPEST {
        return Err(DocumentError::damaged("e-mail", "its parts nest too deep"));
    }
    if mail.ctype.mimetype == "multipart/alternative" {
        // The same words in several forms: the plain one is read, else the last.
        let plain = mail.subparts.iter().find(|part| part.ctype.mimetype == "text/plain");
        return match plain.or(mail.subparts.last()) {
            Some(best) => part(best, depth + 1, out),
            None => Ok(()),
        };
    }
    for inner in &mail.subparts {
        part(inner, depth + 1, out)?;
    }
    let attached =
        mail.get_content_disposition().disposition == mailparse::DispositionType::Attachment;
    if !mail.subparts.is_empty() || attached {
        return Ok(());
    }
    let body = || mail.get_body().map_err(|error| DocumentError::damaged("e-mail", error));
    match mail.ctype.mimetype.as_str() {
        "text/plain" => {
            out.place("body".to_owned());
            out.push(&body()?.replace("\r\n", "\n"))?;
        }
        "text/html" => {
            out.place("body".to_owned());
            html::write(&body()?, out)?;
        }
        _ => {}
    }
    out.end_paragraph()
}
