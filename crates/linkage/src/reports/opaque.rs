//! The keys of a report as they may be kept on disk: nothing of them can be read.
//!
//! A store that keeps its reports sealed files each under these keys and finds with them the few
//! reports that are worth opening and comparing. Keys depend on what a report says and on the
//! caller's secret only, not on other reports: filing and finding need no rebuilding, and a report
//! that is taken out takes its rows with it.

use super::candidates::{KEYS, Spelling, keys};
use super::index::{Piece, ReportIndex};
use super::model::ReportModel;
use crate::lexicon::{Lexicon, WordId, canonical};
use crate::normalise::sound;

/// The version of the keys: rows of another version must be made anew.
pub const KEYS_VERSION: u32 = 2;

/// A key to file and find a report under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpaqueKey {
    /// What the caller's keyed hash made of it.
    pub key: Vec<u8>,
    /// A key that more reports share is too common to be followed.
    pub most: usize,
}

/// The keys of a report, in order, each once. `hash` must be a keyed hash (a message authentication
/// code) under a secret that is not kept beside the rows: what goes into it can be guessed.
#[must_use]
pub fn opaque_keys(piece: &Piece<'_>, hash: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<OpaqueKey> {
    let mut index = ReportIndex::new(ReportModel::default());
    index.add(piece);
    let reports = &index.reports;
    let report = reports.report(0);
    let mut found = Vec::new();
    for (_, feature) in reports.of(&report) {
        keys(reports, &Letters(&reports.lexicon), &report, feature, |kind, key| {
            let most = KEYS.get(usize::from(kind)).map_or(0, |(_, most)| *most);
            let mut text = *b"tessera report key 1:?:????????";
            if let Some(place) = text.get_mut(21) {
                *place = b'a' + kind;
            }
            if let Some(places) = text.last_chunk_mut::<8>() {
                *places = key.to_be_bytes();
            }
            found.push(OpaqueKey { key: hash(&text), most });
        });
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Words by their letters.
struct Letters<'a>(&'a Lexicon);

impl Letters<'_> {
    fn text(&self, word: WordId) -> String {
        String::from_utf8_lossy(self.0.text(word)).into_owned()
    }
}

impl Spelling for Letters<'_> {
    fn word(&self, word: WordId) -> u64 {
        of_text(&self.text(word))
    }

    fn full_form(&self, word: WordId) -> u64 {
        if word == 0 { 0 } else { heard(canonical(&self.text(word))) }
    }

    fn sound(&self, word: WordId) -> u64 {
        if word == 0 { 0 } else { heard(&self.text(word)) }
    }
}

/// The sound of a word; 0 when it has fewer than two sounds.
fn heard(word: &str) -> u64 {
    let key = sound::key(word);
    if key.len() < 2 { 0 } else { of_text(&key) }
}

/// FNV-1a (Fowler, Noll and Vo).
fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
