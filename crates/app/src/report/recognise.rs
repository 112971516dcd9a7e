//! Finds people, vehicles, numbers, online names and places in free text. What it finds is offered;
//! a person accepts or rejects each one.

use tessera_core::report::{MentionKind, RawMention};
use tessera_linkage::normalise::{
    phone::{self, Phone},
    postcode,
    vehicle::{Plate, PlateForm},
};

const COLOURS: &[&str] = &[
    "white", "black", "silver", "grey", "gray", "blue", "red", "green", "yellow", "orange",
    "brown", "beige", "gold", "purple", "maroon", "dark", "light",
];
const VEHICLES: &[&str] = &[
    "van",
    "car",
    "taxi",
    "minibus",
    "moped",
    "scooter",
    "motorbike",
    "lorry",
    "pickup",
    "estate",
    "hatchback",
    "saloon",
    "transit",
    "corsa",
    "golf",
    "polo",
    "fiesta",
    "focus",
    "astra",
    "civic",
    "audi",
    "bmw",
    "mercedes",
    "vauxhall",
    "ford",
    "vw",
    "volkswagen",
    "toyota",
    "skoda",
    "seat",
    "nissan",
    "kia",
    "hyundai",
    "honda",
    "peugeot",
    "renault",
    "citroen",
    "prius",
    "insignia",
];
const PLACES: &[&str] = &[
    "road", "street", "lane", "avenue", "close", "drive", "park", "station", "hotel", "cafe",
    "café", "square", "arcade", "centre", "estate", "court", "house", "takeaway", "grill",
    "bridge", "mall", "garage", "lodge", "shop", "club", "quay", "yard", "chicken", "pizza",
    "vapes",
];
const PLATFORMS: &[&str] =
    &["snapchat", "instagram", "tiktok", "discord", "whatsapp", "telegram", "facebook", "signal"];
/// Words before a name.
const CALLED: &[&str] =
    &["called", "named", "nicknamed", "as", "name", "mr", "mrs", "ms", "friend"];
/// Words that begin sentences or days and months and are not names.
const NOT_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "they",
    "it",
    "we",
    "i",
    "his",
    "her",
    "their",
    "there",
    "this",
    "that",
    "these",
    "those",
    "on",
    "in",
    "at",
    "after",
    "before",
    "when",
    "while",
    "then",
    "two",
    "three",
    "some",
    "someone",
    "another",
    "one",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "today",
    "yesterday",
    "year",
    "mum",
    "dad",
    "school",
    "police",
    "and",
    "but",
    "also",
    "my",
    "our",
    "you",
    "for",
    "from",
    "with",
    "if",
    "as",
    "last",
    "every",
    "several",
    "no",
    "not",
    "is",
    "was",
    "had",
    "has",
    "seen",
    "plate",
];
/// Nothing more is offered from one text.
const MOST: usize = 12;

struct Token<'a> {
    text: &'a str,
    lower: String,
    /// Begins a sentence.
    first: bool,
}

/// What stands in a text, each once, in the order of kinds.
#[must_use]
pub fn recognise(text: &str) -> Vec<RawMention> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    plates_and_vehicles(&tokens, &mut found);
    numbers(text, &mut found);
    handles(text, &tokens, &mut found);
    places(&tokens, &mut found);
    people(&tokens, &mut found);
    found.truncate(MOST);
    found
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut first = true;
    let mut tokens = Vec::new();
    for piece in text.split_whitespace() {
        let clean = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let clean = clean.strip_suffix("'s").or_else(|| clean.strip_suffix("’s")).unwrap_or(clean);
        if !clean.is_empty() {
            tokens.push(Token { text: clean, lower: clean.to_lowercase(), first });
            first = false;
        }
        if piece.ends_with(['.', '!', '?', ':', ';']) {
            first = true;
        }
    }
    tokens
}

fn add(found: &mut Vec<RawMention>, kind: MentionKind, fill: impl FnOnce(&mut RawMention)) {
    let mut mention =
        RawMention { kind: kind.id().to_owned(), found: "text".into(), ..RawMention::default() };
    fill(&mut mention);
    if !mention.is_empty() && !found.contains(&mention) {
        found.push(mention);
    }
}

fn lower_at<'a>(tokens: &'a [Token<'_>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |t| t.lower.as_str())
}

/// Whether a word is a plate of the form in use since 2001, or its first or last part after
/// words that say so.
fn plates_and_vehicles(tokens: &[Token<'_>], found: &mut Vec<RawMention>) {
    let (mut plates, mut cars) = (Vec::new(), Vec::new());
    let current = |text: &str| {
        Plate::parse(text).is_some_and(|p| p.is_whole() && p.form() == Some(PlateForm::Current))
    };
    for (n, token) in tokens.iter().enumerate() {
        let next = tokens.get(n + 1).map_or("", |t| t.text);
        let pair = format!("{} {next}", token.text);
        let upper = |text: &str| text.chars().all(|c| !c.is_lowercase());
        if upper(token.text) && current(token.text) {
            plates.push(token.text.to_owned());
        } else if upper(&pair) && token.text.len() == 4 && next.len() == 3 && current(&pair) {
            plates.push(pair);
        } else if matches!(
            token.lower.as_str(),
            "starts" | "starting" | "begins" | "ends" | "ending"
        ) {
            let at = if lower_at(tokens, n + 1) == "with" { n + 2 } else { n + 1 };
            let part = tokens.get(at).map_or("", |t| t.text);
            let sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
            let mixed = part.chars().any(|c| c.is_ascii_uppercase()) && part.chars().all(sign);
            if mixed && (2..=6).contains(&part.len()) {
                let way = if token.lower.starts_with("end") { "ends" } else { "starts" };
                plates.push(format!("{way} {part}"));
            }
        }
        if VEHICLES.contains(&token.lower.as_str()) {
            let from = (0..n).rev().take(2).take_while(|at| {
                let word = lower_at(tokens, *at);
                COLOURS.contains(&word) || VEHICLES.contains(&word)
            });
            let words: Vec<usize> = from.collect();
            let colour: Vec<&str> = words.iter().rev().map(|at| lower_at(tokens, *at)).collect();
            let (colour, make): (Vec<&str>, Vec<&str>) =
                colour.into_iter().partition(|w| COLOURS.contains(w));
            let followed = VEHICLES.contains(&lower_at(tokens, n + 1));
            if !colour.is_empty() && !followed {
                let make = make.into_iter().chain([token.lower.as_str()]).collect::<Vec<_>>();
                cars.push((colour.join(" "), make.join(" ")));
            }
        }
    }
    cars.dedup();
    // One plate and one description in one text belong together more often than not.
    if let ([plate], [(colour, make)]) = (plates.as_slice(), cars.as_slice()) {
        add(found, MentionKind::Vehicle, |m| {
            plate.clone_into(&mut m.value);
            colour.clone_into(&mut m.colour);
            make.clone_into(&mut m.make);
        });
        return;
    }
    for plate in plates {
        add(found, MentionKind::Vehicle, |m| m.value = plate);
    }
    for (colour, make) in cars {
        add(found, MentionKind::Vehicle, |m| (m.colour, m.make) = (colour, make));
    }
}

fn numbers(text: &str, found: &mut Vec<RawMention>) {
    for run in text.split(|c: char| !(c.is_ascii_digit() || " +()-".contains(c))) {
        let run = run.trim().trim_end_matches('-').trim();
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if (10..=15).contains(&digits) && matches!(phone::parse(run), Some(Phone::Whole(_))) {
            add(found, MentionKind::Phone, |m| run.clone_into(&mut m.value));
        }
    }
    let lower = text.to_lowercase();
    for mark in ["number ends ", "number ending ", "phone ending ", "phone ends ", "ending in "] {
        for (at, _) in lower.match_indices(mark) {
            let rest = lower.get(at + mark.len()..).unwrap_or_default();
            let part: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if part.len() >= 3 {
                add(found, MentionKind::Phone, |m| m.value = format!("ends {part}"));
            }
        }
    }
}

fn handles(text: &str, tokens: &[Token<'_>], found: &mut Vec<RawMention>) {
    let platform = PLATFORMS
        .iter()
        .find(|p| tokens.iter().any(|t| t.lower == **p))
        .copied()
        .unwrap_or_default();
    for piece in text.split_whitespace() {
        let clean = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '_');
        let name = clean.trim_start_matches('@');
        let at = clean.starts_with('@') && name.chars().count() >= 3;
        let mail = clean.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
        if at || mail {
            add(found, MentionKind::Handle, |m| {
                clean.clone_into(&mut m.value);
                if !mail {
                    platform.clone_into(&mut m.platform);
                }
            });
        }
    }
}

fn is_capital(token: &Token<'_>) -> bool {
    token.text.chars().next().is_some_and(char::is_uppercase)
        && token.text.chars().any(char::is_lowercase)
}

fn is_name(token: &Token<'_>) -> bool {
    is_capital(token)
        && token.text.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
        && !NOT_NAMES.contains(&token.lower.as_str())
}

fn is_place_word(token: &Token<'_>) -> bool {
    PLACES.contains(&token.lower.as_str())
}

/// The capitalised words before and with a word that names a kind of place.
fn places(tokens: &[Token<'_>], found: &mut Vec<RawMention>) {
    for (n, token) in tokens.iter().enumerate() {
        if !is_place_word(token) || !is_capital(token) {
            continue;
        }
        let before: Vec<&str> = (0..n)
            .rev()
            .take(3)
            .map_while(|at| tokens.get(at).filter(|t| is_name(t)))
            .map(|t| t.text)
            .collect();
        if !before.is_empty() {
            let mut words: Vec<&str> = before.into_iter().rev().collect();
            words.push(token.text);
            add(found, MentionKind::Place, |m| m.value = words.join(" "));
        }
    }
    for pair in tokens.windows(2) {
        let [one, other] = pair else { continue };
        let joined = format!("{} {}", one.text, other.text);
        let short = one.text.len() <= 4 && other.text.len() == 3;
        if let (true, Some(code)) = (short, postcode::parse(&joined)) {
            add(found, MentionKind::Place, |m| m.address = code);
        }
    }
}

fn people(tokens: &[Token<'_>], found: &mut Vec<RawMention>) {
    let mut n = 0;
    while let Some(token) = tokens.get(n) {
        // A name does not run on into the next sentence.
        let goes_on = |(nth, t): &(usize, &Token<'_>)| is_name(t) && (*nth == 0 || !t.first);
        let run = tokens.iter().skip(n).enumerate().take_while(goes_on).take(3);
        let run: Vec<&Token<'_>> = run.map(|(_, token)| token).collect();
        let length = run.len();
        if length == 0 {
            n += 1;
            continue;
        }
        let after = tokens.get(n + length);
        let is_place = run.iter().any(|t| is_place_word(t))
            || after.is_some_and(|t| is_place_word(t))
            || run.iter().any(|t| {
                PLATFORMS.contains(&t.lower.as_str()) || VEHICLES.contains(&t.lower.as_str())
            });
        let introduced = n.checked_sub(1).is_some_and(|at| CALLED.contains(&lower_at(tokens, at)));
        // A capital at the beginning of a sentence says nothing, unless two names follow each other.
        let sure = introduced || length >= 2 || !token.first;
        if sure && !is_place && run.iter().all(|t| t.text.chars().count() >= 2) {
            let name: Vec<&str> = run.iter().map(|t| t.text).collect();
            add(found, MentionKind::Person, |m| m.value = name.join(" "));
        }
        n += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        recognise(text).iter().map(|m| format!("{}: {}", m.kind, m.in_words())).collect()
    }

    #[test]
    fn people_things_and_places_are_found_in_a_sentence() {
        let text = "A man called Dev waits in a white van, plate starts AB51, at Quarry Road. He \
                    rang from 07700 900123 and is @quill.rider on Snapchat. Mia Fenwick was there.";
        assert_eq!(
            found(text),
            [
                "vehicle: starts AB51 (white, van)",
                "phone: 07700 900123",
                "handle: @quill.rider (snapchat)",
                "place: Quarry Road",
                "person: Dev",
                "person: Mia Fenwick",
            ]
        );
    }

    #[test]
    fn ordinary_sentences_hold_nothing() {
        assert!(found("He was late on Tuesday. The school rang home twice in March.").is_empty());
        assert!(found("She said it ends badly. It was 3 May 2026 at 16:30.").is_empty());
    }

    #[test]
    fn any_text_can_be_read() {
        let signs =
            ["@", "é", "AB51", " ", "\n", "+44", "’s", "ends", ".", "Ж", "07700", "🚗", "("];
        let mut seed = 7_usize;
        for _ in 0..3_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(signs[(seed >> 33) % signs.len()]);
                if seed.is_multiple_of(3) {
                    text.push(' ');
                }
            }
            assert!(recognise(&text).len() <= MOST);
        }
    }
}
