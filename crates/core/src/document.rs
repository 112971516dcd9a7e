//! A document that belongs to a record: kept as it came.

use crate::{ids::DocumentId, time::Timestamp};

/// The largest document that is taken, in bytes.
pub const MOST_BYTES: usize = 5 << 20;

/// Endings of the names of files that are taken.
pub const KINDS: &[&str] =
    &["csv", "docx", "eml", "html", "jpeg", "jpg", "md", "odt", "pdf", "png", "rtf", "txt"];

/// What is known of a document without opening it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The name of its file.
    pub name: String,
    /// The ending of the name.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 (FIPS 180-4) of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// Whether words were read out of it, so that search finds it.
    pub searchable: bool,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Whether the first bytes are those that the ending promises. Kinds that are plain text have none.
///
/// ```
/// use tessera_core::document::begins_as;
/// assert!(begins_as("pdf", b"%PDF-1.7 ..."));
/// assert!(!begins_as("pdf", b"MZ\x90"));
/// ```
#[must_use]
pub fn begins_as(kind: &str, bytes: &[u8]) -> bool {
    match kind {
        "pdf" => bytes.starts_with(b"%PDF-"),
        "docx" | "odt" => bytes.starts_with(b"PK\x03\x04"),
        "rtf" => bytes.starts_with(b"{\\rtf"),
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        _ => !bytes.contains(&0),
    }
}

/// The name of a file as it is kept: without folders and without signs that a file system or a
/// header could misread.
///
/// ```
/// use tessera_core::document::plain_name;
/// assert_eq!(plain_name("C:\\Users\\me\\Notes \"final\".docx"), "Notes -final-.docx");
/// ```
#[must_use]
pub fn plain_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let keep = |c: char| c.is_alphanumeric() || " ._-()".contains(c);
    let name: String = last.chars().map(|c| if keep(c) { c } else { '-' }).collect();
    let name = name.trim_matches([' ', '.']);
    let extra = name.chars().count().saturating_sub(120);
    name.chars().skip(extra).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_folders_and_keeps_its_ending() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        let long = format!("{}.pdf", "a".repeat(300));
        assert!(plain_name(&long).contains("a.pdf"));
        assert_eq!(plain_name(&long).chars().count(), 120);
        assert_eq!(plain_name("Zoë\r\nX: y.txt"), "Zoë--X- y.txt");
    }

    #[test]
    fn a_program_that_calls_itself_a_letter_is_not_one() {
        assert!(!begins_as("docx", b"MZ\x90\0"));
        assert!(!begins_as("txt", b"MZ\x90\0"));
        assert!(begins_as("txt", "Seen at noon.".as_bytes()));
    }
}
