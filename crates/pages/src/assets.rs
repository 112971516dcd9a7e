//! The style sheet, script and icon, embedded in the program.
//!
//! File names carry a hash of the content, so a browser may keep them for ever.

/// One embedded file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The file.
    pub bytes: &'static [u8],
    /// The file compressed with gzip, for clients that accept it.
    pub gzip_bytes: &'static [u8],
    /// Its media type with charset.
    pub content_type: &'static str,
    /// Its entity tag, with the quotation marks.
    pub etag: &'static str,
}

struct Entry {
    plain: &'static str,
    hashed: &'static str,
    url: &'static str,
    asset: Asset,
}

static ENTRIES: &[Entry] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file behind `/assets/NAME`, where the name has its content hash (`tessera-1f0c….css`).
#[must_use]
pub fn asset(name: &str) -> Option<Asset> {
    ENTRIES.iter().find(|entry| entry.hashed == name).map(|entry| entry.asset)
}

/// The address of a file by its plain name (`tessera.css`); an unknown name gives an address that
/// does not exist.
#[must_use]
pub fn asset_url(name: &str) -> &'static str {
    ENTRIES.iter().find(|entry| entry.plain == name).map_or("/assets/missing", |entry| entry.url)
}

/// The addresses of all files.
pub fn asset_urls() -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().map(|entry| entry.url)
}
