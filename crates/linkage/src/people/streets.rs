//! Abbreviations of the last word of a street, as Royal Mail's address file and gazetteers use.

const SHORT: [(&str, &str); 24] = [
    ("rd", "road"),
    ("st", "street"),
    ("str", "street"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("cl", "close"),
    ("ln", "lane"),
    ("la", "lane"),
    ("dr", "drive"),
    ("drv", "drive"),
    ("ct", "court"),
    ("crt", "court"),
    ("cres", "crescent"),
    ("cresc", "crescent"),
    ("pl", "place"),
    ("terr", "terrace"),
    ("ter", "terrace"),
    ("gdns", "gardens"),
    ("gdn", "gardens"),
    ("gr", "grove"),
    ("grv", "grove"),
    ("wy", "way"),
    ("wlk", "walk"),
    ("sq", "square"),
];

/// The whole word for an abbreviation, or the word itself.
pub(crate) fn whole_word(word: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, whole)| whole)
}
