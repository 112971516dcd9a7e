//! Two mentions beside each other, part by part: what agrees, what differs, what is not said. Each
//! row carries its weight in bits (the logarithm of how much likelier the finding is when both mean
//! the same than when they do not), and the rows add up to the whole. What is not said weighs
//! nothing. The weights are round figures of this program, stated on the page on matching; values
//! that are common in the reports weigh less, whatever they are.

use tessera_core::report::{MentionKind, RawMention};
use tessera_linkage::{
    compare::name::{WordLevel, compare_words},
    normalise::{
        name,
        phone::{self, Phone},
        postcode,
        vehicle::PlateMatch,
    },
};

use crate::report::keys;

/// What comparing one part gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Both say the same.
    Agrees,
    /// They cannot both be right of one person or thing.
    Differs,
    /// One of them or both do not say it.
    Absent,
    /// It is not of the two mentions themselves: how rare a match is, what else both reports share.
    Around,
}

/// One row of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What was compared.
    pub part: &'static str,
    /// What it gave.
    pub finding: Finding,
    /// In words.
    pub words: String,
    /// Its weight in bits.
    pub bits: f64,
}

/// How strong the evidence for a match is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Hardly more than chance.
    Weak,
    /// Worth a look.
    Fair,
    /// It would be odd if they were not the same.
    Strong,
}

impl Strength {
    /// From odds in bits.
    #[must_use]
    pub fn of(bits: f64) -> Self {
        if bits >= STRONG {
            Self::Strong
        } else if bits >= FAIR {
            Self::Fair
        } else {
            Self::Weak
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Weak => "Weak",
            Self::Fair => "Fair",
            Self::Strong => "Strong",
        }
    }
}

/// Odds in bits from which a match is called strong, and fair.
const STRONG: f64 = 4.0;
const FAIR: f64 = 0.5;
/// The most that one value may weigh: a number that is quite certain still joins only what has it.
const MOST: f64 = 18.0;

/// How common the text of a key is: the chance that two reports share it although they mean
/// different things.
pub(crate) trait Rarity {
    /// In bits, never more than `most`.
    fn bits(&self, key: &str, most: f64) -> f64;
}

/// Compares two mentions of one kind; `None` when they have nothing in common worth showing.
pub(crate) fn compare(
    one: &RawMention,
    other: &RawMention,
    rarity: &dyn Rarity,
) -> Option<Vec<Evidence>> {
    let kind = MentionKind::from_id(&one.kind)?;
    if one.kind != other.kind {
        return None;
    }
    let rows = match kind {
        MentionKind::Person => person(one, other, rarity),
        MentionKind::Vehicle => vehicle(one, other, rarity),
        MentionKind::Phone => telephone(one, other),
        MentionKind::Handle => handle(one, other, rarity),
        MentionKind::Place => place(one, other, rarity),
    };
    rows.iter().any(|row| row.finding == Finding::Agrees).then_some(rows)
}

fn row(part: &'static str, finding: Finding, words: String, bits: f64) -> Evidence {
    Evidence { part, finding, words, bits: bits.min(MOST) }
}

fn absent(part: &'static str) -> Evidence {
    row(part, Finding::Absent, "not said in both".to_owned(), 0.0)
}

/// A part that agrees when a word is shared.
fn shared_words(part: &'static str, one: &str, other: &str, yes: f64, no: f64) -> Evidence {
    let (ours, theirs) = (keys::words(one), keys::words(other));
    if ours.is_empty() || theirs.is_empty() {
        return absent(part);
    }
    let shared: Vec<&str> =
        ours.iter().filter(|w| theirs.contains(w)).map(String::as_str).collect();
    if shared.is_empty() {
        let words = format!("{} and {}", one.trim(), other.trim());
        return row(part, Finding::Differs, words, no);
    }
    row(part, Finding::Agrees, shared.join(" "), yes)
}

fn person(one: &RawMention, other: &RawMention, rarity: &dyn Rarity) -> Vec<Evidence> {
    vec![
        person_name(&one.value, &other.value, rarity),
        age(&one.age, &other.age),
        shared_words("Looks", &one.looks, &other.looks, 1.5, -0.5),
        child(&one.child, &other.child),
    ]
}

fn person_name(one: &str, other: &str, rarity: &dyn Rarity) -> Evidence {
    let (ours, theirs) = (name::words(one), name::words(other));
    if ours.is_empty() || theirs.is_empty() {
        return absent("Name");
    }
    let mut bits = 0.0;
    let mut said = Vec::new();
    let mut free = theirs.clone();
    let mut unmet = 0;
    for word in &ours {
        let best = free
            .iter()
            .enumerate()
            .map(|(n, theirs)| (compare_words(word, theirs), n))
            .min_by_key(|(level, _)| *level);
        let Some((level, n)) = best.filter(|(level, _)| *level != WordLevel::Different) else {
            unmet += 1;
            continue;
        };
        let met = free.remove(n);
        let whole = rarity.bits(&format!("person:x:{}", word.text), 10.5);
        bits += match level {
            WordLevel::Same => whole,
            WordLevel::Spelling | WordLevel::ShortForm => (whole - 1.5).max(1.0),
            WordLevel::OneSlip | WordLevel::SoundsAlike => (whole - 4.0).max(1.0),
            WordLevel::Beginning => (whole - 5.0).max(1.0),
            WordLevel::Initial | WordLevel::Different => 2.0,
        };
        let how = match level {
            WordLevel::Same => String::new(),
            _ => format!(" and {} ({})", met.text, level.code().replace('_', " ")),
        };
        said.push(format!("{}{how}", word.text));
    }
    if said.is_empty() {
        return row("Name", Finding::Differs, format!("{one} and {other}"), -6.0);
    }
    // Two whole names of which only one word agrees are as a rule two people.
    let clash = unmet.min(free.len()) > 0;
    if clash {
        bits -= 7.0;
        said.push("the other name differs".to_owned());
    }
    let finding = if clash { Finding::Differs } else { Finding::Agrees };
    row("Name", finding, said.join(", "), bits)
}

fn number(text: &str) -> Option<u32> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn age(one: &str, other: &str) -> Evidence {
    let (Some(ours), Some(theirs)) = (number(one), number(other)) else { return absent("Age") };
    let words = format!("{} and {}", one.trim(), other.trim());
    match ours.abs_diff(theirs) {
        0..=1 => row("Age", Finding::Agrees, words, 2.0),
        2..=5 => row("Age", Finding::Agrees, words, 0.7),
        6..=9 => row("Age", Finding::Differs, words, -2.0),
        _ => row("Age", Finding::Differs, words, -5.0),
    }
}

fn child(one: &str, other: &str) -> Evidence {
    match (one, other) {
        ("", _) | (_, "") => absent("Child or adult"),
        (a, b) if a == b => {
            let said = if a == "yes" { "both a child" } else { "both an adult" };
            row("Child or adult", Finding::Agrees, said.to_owned(), 0.3)
        }
        _ => row("Child or adult", Finding::Differs, "a child and an adult".to_owned(), -6.0),
    }
}

fn vehicle(one: &RawMention, other: &RawMention, rarity: &dyn Rarity) -> Vec<Evidence> {
    let plates = keys::plate(&one.value).zip(keys::plate(&other.value));
    let plate = plates.map_or_else(
        || absent("Plate"),
        |(ours, theirs)| {
            let words = format!("{} and {}", one.value.trim(), other.value.trim());
            match ours.compare(&theirs) {
                PlateMatch::Same => {
                    let bits = rarity.bits(&keys::plate_key(&ours), MOST);
                    row("Plate", Finding::Agrees, words, bits)
                }
                PlateMatch::Fits(0) | PlateMatch::LooksAlike(0) => absent("Plate"),
                PlateMatch::Fits(n) => row("Plate", Finding::Agrees, words, 2.3 * f64::from(n)),
                PlateMatch::LooksAlike(n) => {
                    let words = format!("{words}, with look-alike signs");
                    row("Plate", Finding::Agrees, words, 2.0f64.mul_add(f64::from(n), -2.0))
                }
                PlateMatch::Different => row("Plate", Finding::Differs, words, -9.0),
            }
        },
    );
    vec![
        plate,
        shared_words("Make", &one.make, &other.make, 2.5, -3.0),
        shared_words("Colour", &one.colour, &other.colour, 2.0, -2.5),
    ]
}

fn telephone(one: &RawMention, other: &RawMention) -> Vec<Evidence> {
    let words = format!("{} and {}", one.value.trim(), other.value.trim());
    let found = match (phone::parse(&one.value), phone::parse(&other.value)) {
        (Some(Phone::Whole(a)), Some(Phone::Whole(b))) if a == b => {
            row("Number", Finding::Agrees, words, MOST)
        }
        (Some(Phone::Whole(_)), Some(Phone::Whole(_))) => {
            row("Number", Finding::Differs, words, -9.0)
        }
        (Some(Phone::Whole(whole)), Some(Phone::Partial(part)))
        | (Some(Phone::Partial(part)), Some(Phone::Whole(whole))) => {
            let front =
                part.strip_prefix('0').is_some_and(|p| whole.starts_with(&format!("+44{p}")));
            let length = u32::try_from(part.len()).unwrap_or(0);
            if whole.ends_with(&part) {
                row("Number", Finding::Agrees, words, 3.0 * f64::from(length))
            } else if front {
                // The first digits of mobile numbers are shared by very many.
                row("Number", Finding::Agrees, words, 1.5 * f64::from(length.saturating_sub(2)))
            } else {
                row("Number", Finding::Differs, words, -9.0)
            }
        }
        (Some(Phone::Partial(a)), Some(Phone::Partial(b))) => {
            let same = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
            let whole = same == a.len().min(b.len());
            let length = u32::try_from(same).unwrap_or(0);
            if whole {
                row("Number", Finding::Agrees, words, 3.0 * f64::from(length))
            } else {
                row("Number", Finding::Differs, words, -6.0)
            }
        }
        _ => absent("Number"),
    };
    vec![found]
}

fn handle(one: &RawMention, other: &RawMention, rarity: &dyn Rarity) -> Vec<Evidence> {
    let (ours, theirs) = (keys::handle(&one.value), keys::handle(&other.value));
    let name = if ours.is_empty() || theirs.is_empty() {
        absent("Name used online")
    } else if ours == theirs {
        let bits = rarity.bits(&format!("handle:{ours}"), 16.0);
        row("Name used online", Finding::Agrees, ours, bits)
    } else {
        row("Name used online", Finding::Differs, format!("{ours} and {theirs}"), -6.0)
    };
    vec![name, shared_words("App or website", &one.platform, &other.platform, 1.0, -1.0)]
}

fn place(one: &RawMention, other: &RawMention, rarity: &dyn Rarity) -> Vec<Evidence> {
    let (ours, theirs) = (keys::telling_words(one), keys::telling_words(other));
    let shared: Vec<&str> = ours.intersection(&theirs).map(String::as_str).collect();
    let name = if ours.is_empty() || theirs.is_empty() {
        absent("Name of the place")
    } else if shared.is_empty() {
        let words = format!("{} and {}", one.value.trim(), other.value.trim());
        row("Name of the place", Finding::Differs, words, -6.0)
    } else {
        let bits: f64 =
            shared.iter().map(|word| rarity.bits(&format!("place-word:{word}"), 5.5)).sum();
        let unmet = ours.symmetric_difference(&theirs).count();
        let words = if unmet == 0 {
            shared.join(" ")
        } else {
            format!("{} (not all words)", shared.join(" "))
        };
        let whole = if unmet == 0 { 1.5 } else { -2.0 };
        row("Name of the place", Finding::Agrees, words, (bits + whole).clamp(0.5, 9.0))
    };
    let code = |m: &RawMention| postcode::parse(&m.address).or_else(|| postcode::parse(&m.value));
    let code = match (code(one), code(other)) {
        (Some(a), Some(b)) if a == b => row("Postcode", Finding::Agrees, a, 6.0),
        (Some(a), Some(b)) => row("Postcode", Finding::Differs, format!("{a} and {b}"), -4.0),
        _ => absent("Postcode"),
    };
    vec![name, code, shared_words("Street or town", &one.address, &other.address, 2.0, -1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Rare;
    impl Rarity for Rare {
        fn bits(&self, _: &str, most: f64) -> f64 {
            most
        }
    }

    fn mention(kind: &str, value: &str) -> RawMention {
        RawMention { kind: kind.into(), value: value.into(), ..RawMention::default() }
    }

    fn sum(one: &RawMention, other: &RawMention) -> Option<f64> {
        compare(one, other, &Rare).map(|rows| rows.iter().map(|row| row.bits).sum())
    }

    #[test]
    fn comparing_is_the_same_either_way_round() {
        let pairs = [
            ("person", "Dev", "Devon Marsh"),
            ("person", "Bobby Larkfield", "Robert Larkfeild"),
            ("vehicle", "starts AB51", "AB51 ABC"),
            ("phone", "ends 0123", "07700 900123"),
            ("place", "Lantern Cafe", "The Lantern Café, upstairs"),
        ];
        for (kind, one, other) in pairs {
            let (one, other) = (mention(kind, one), mention(kind, other));
            assert_eq!(sum(&one, &other), sum(&other, &one), "{kind}");
            assert!(sum(&one, &other).unwrap() > 0.0, "{kind}");
        }
    }

    #[test]
    fn what_is_not_said_weighs_nothing() {
        let (bare, full) = (
            mention("vehicle", "AB51 ABC"),
            RawMention { colour: "white".into(), ..mention("vehicle", "AB51 ABC") },
        );
        assert_eq!(sum(&bare, &bare), sum(&bare, &full));
    }

    #[test]
    fn a_clash_weighs_against() {
        let (one, other) = (
            RawMention { age: "15".into(), ..mention("person", "Dev") },
            RawMention { age: "40".into(), ..mention("person", "Dev") },
        );
        assert!(sum(&one, &other).unwrap() < sum(&mention("person", "Dev"), &other).unwrap());
        assert_eq!(
            compare(&mention("phone", "07700 900123"), &mention("phone", "07700 900124"), &Rare),
            None
        );
    }
}
