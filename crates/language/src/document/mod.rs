//! Reads documents as text, and remembers which page, paragraph or cell each piece came from.
//!
//! Every reader works in bounded memory: the file, the text that comes out of it and every part
//! that is unpacked on the way have a limit, and past it the answer is an error, not a crash.

mod comments;
mod html;
mod mail;
mod office;
mod pdf;
mod plain;
mod rtf;
mod sheet;
mod table;

pub use comments::{Comment, with_comments};
pub use sheet::{SheetLimits, SheetRow, read_rows};

/// What may be read at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file: usize,
    /// Bytes of the text that comes out of it.
    pub text: usize,
    /// Bytes of one part that is unpacked.
    pub part: u64,
}

impl Default for Limits {
    /// 256 MiB of file, 64 MiB of text, 64 MiB a part: far above any case record.
    fn default() -> Self {
        Self { file: 256 << 20, text: 64 << 20, part: 64 << 20 }
    }
}

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is not what its name says, or is broken.
    #[error("it cannot be read as {kind}: {problem}")]
    Damaged {
        /// The kind that its name promises.
        kind: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// It is larger than the limit, or unpacks to more.
    #[error("it is too large: {0}")]
    TooLarge(&'static str),
    /// It is protected by a password.
    #[error("it is protected by a password")]
    Locked,
    /// Its ending is none of those that are read.
    #[error(
        "files ending in .{0} are not read; save it as .docx, .odt, .rtf, .pdf, .txt, .md, .html, .eml or .csv"
    )]
    Unknown(String),
}

impl DocumentError {
    fn damaged(kind: &'static str, problem: impl std::fmt::Display) -> Self {
        Self::Damaged { kind, problem: problem.to_string() }
    }
}

/// Endings of file names that are read.
pub const ENDINGS: &[&str] =
    &["txt", "md", "docx", "odt", "rtf", "pdf", "eml", "csv", "html", "htm"];

/// A document as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    /// Byte at which a place begins, and what it is called.
    places: Vec<(usize, String)>,
}

impl Document {
    /// The text as read; findings count their positions in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The page, paragraph, cell or field that a byte of the text belongs to.
    pub fn place(&self, byte: usize) -> Option<&str> {
        let nth = self.places.partition_point(|(start, _)| *start <= byte);
        let place = nth.checked_sub(1).and_then(|at| self.places.get(at))?;
        Some(place.1.as_str())
    }
}

/// Reads the named columns of a CSV file, and no others; an unknown name is an error.
pub fn read_columns(
    bytes: &[u8],
    columns: &[String],
    limits: &Limits,
) -> Result<Document, DocumentError> {
    if bytes.len() > limits.file {
        return Err(DocumentError::TooLarge("the file"));
    }
    let mut builder = Builder { document: Document::default(), limit: limits.text };
    table::read(bytes, columns, &mut builder)?;
    Ok(builder.document)
}

/// Reads a document; `ending` is the ending of its name without the dot.
pub fn read(ending: &str, bytes: &[u8], limits: &Limits) -> Result<Document, DocumentError> {
    if bytes.len() > limits.file {
        return Err(DocumentError::TooLarge("the file"));
    }
    let mut builder = Builder { document: Document::default(), limit: limits.text };
    match ending.to_ascii_lowercase().as_str() {
        "txt" | "md" | "text" | "markdown" => plain::read(bytes, &mut builder)?,
        "docx" => office::docx(bytes, limits, &mut builder)?,
        "odt" => office::odt(bytes, limits, &mut builder)?,
        "rtf" => rtf::read(bytes, &mut builder)?,
        "pdf" => pdf::read(bytes, limits, &mut builder)?,
        "eml" => mail::read(bytes, &mut builder)?,
        "csv" => table::read(bytes, &[], &mut builder)?,
        "html" | "htm" => html::read(bytes, &mut builder)?,
        other => return Err(DocumentError::Unknown(other.to_owned())),
    }
    Ok(builder.document)
}

/// Collects text and places up to a limit.
struct Builder {
    document: Document,
    limit: usize,
}

impl Builder {
    fn push(&mut self, text: &str) -> Result<(), DocumentError> {
        if self.document.text.len() + text.len() > self.limit {
            return Err(DocumentError::TooLarge("its text"));
        }
        self.document.text.push_str(text);
        Ok(())
    }

    /// From here on the text belongs to `place`.
    fn place(&mut self, place: String) {
        let at = self.document.text.len();
        self.document.places.push((at, place));
    }

    /// Ends a paragraph: what follows is no part of its sentences.
    fn end_paragraph(&mut self) -> Result<(), DocumentError> {
        if self.document.text.is_empty() || self.document.text.ends_with("\n\n") {
            return Ok(());
        }
        self.push("\n\n")
    }

    /// A line break, unless the text already stands at the start of a line.
    fn end_line(&mut self) -> Result<(), DocumentError> {
        if self.document.text.is_empty() || self.document.text.ends_with('\n') {
            return Ok(());
        }
        self.push("\n")
    }

    fn ends_with_space(&self) -> bool {
        self.document.text.is_empty() || self.document.text.ends_with(char::is_whitespace)
    }
}
