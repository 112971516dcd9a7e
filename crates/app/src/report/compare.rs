//! The reasons of a suggestion, part by part: what agrees, what differs, what is not said. Each row
//! carries its weight in bits (the logarithm of how much likelier the finding is when both mean the
//! same than when they do not), and the rows add up to the whole. The weights are those of the
//! engine's published model; what is not said weighs nothing.

use std::collections::BTreeSet;

use tessera_core::report::{MentionKind, RawMention};
use tessera_linkage::reports::{About, Row};
use tessera_store::report::read::{Mention, Piece};

use crate::report::matcher::Match;

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

/// Odds in bits from which a match is called strong (sixteen to one), and fair (better than even).
const STRONG: f64 = 4.0;
const FAIR: f64 = 0.0;
/// A network has at most a hundred people or things of a kind: being of one matter alone makes it
/// no likelier than that that two mentions are one (in bits, on the grid of the engine's rows).
const AMONG: f64 = -6.625;

/// The row of how seldom a match is, which weighs against everything.
pub(crate) const RARE: &str = "How rare a match is";
/// The row of what else two reports share.
pub(crate) const ALSO: &str = "Also in both reports";

/// The rows of one question, and their sum: whether a mention of a report and one of another that
/// fits it are one. `all` are the mentions of the report asked about.
pub(crate) fn explain(
    found: &Match,
    (ours, all): (&Mention, &[Mention]),
    theirs: &Mention,
    (piece, other): (&Piece, &Piece),
) -> (Vec<Evidence>, f64) {
    let at = |row: &Row| {
        let (left, right) = row.mentions?;
        let left = found.ours.get(left as usize).copied()?;
        Some((left, found.theirs.get(right as usize).copied()?))
    };
    let pair = (ours.number, theirs.number);
    let own: Vec<&Row> = found.found.rows.iter().filter(|row| at(row) == Some(pair)).collect();
    let mut rows = of_the_mentions(&own, &ours.said, &theirs.said);
    let mut around = Vec::new();
    let others: Vec<&Row> =
        found.found.rows.iter().filter(|row| at(row).is_some_and(|of| of != pair)).collect();
    if !others.is_empty() {
        let numbers: BTreeSet<i64> =
            others.iter().filter_map(|row| at(row)).map(|of| of.0).collect();
        let named = all.iter().filter(|mention| numbers.contains(&mention.number));
        let words: Vec<String> = named.map(|mention| mention.said.in_words()).collect();
        around.push(beside(ALSO, words.join("; "), sum(&others)));
    }
    let whole = |about: About| -> Vec<&Row> {
        found.found.rows.iter().filter(|r| r.mentions.is_none() && r.about == about).collect()
    };
    let days = whole(About::Days);
    if !days.is_empty() {
        let apart = piece.day().until(other.day()).map_or(0, |span| span.get_days().abs());
        around.push(beside("Dates", format!("{apart} days apart"), sum(&days)));
    }
    let start = sum(&whole(About::Start));
    let together: f64 = start + around.iter().map(|row| row.bits).sum::<f64>();
    let most = start.max(AMONG);
    if together > most {
        let words = "one matter has many people and things in it".to_owned();
        around.push(beside("No more than that", words, most - together));
    }
    rows.extend(around);
    rows.push(beside(RARE, "before anything is known of the two".to_owned(), start));
    let bits = rows.iter().map(|row| row.bits).sum();
    (rows, bits)
}

fn sum(rows: &[&Row]) -> f64 {
    rows.iter().map(|row| f64::from(row.bits)).sum()
}

fn beside(part: &'static str, words: String, bits: f64) -> Evidence {
    Evidence { part, finding: Finding::Around, words, bits }
}

/// The rows about two mentions themselves, one a part, and a row for every part that weighs nothing.
fn of_the_mentions(rows: &[&Row], one: &RawMention, other: &RawMention) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for (part, about, field) in parts(one) {
        let own: Vec<&Row> =
            rows.iter().copied().filter(|row| about.contains(&row.about)).collect();
        let (ours, theirs) = (value(one, field), value(other, field));
        let bits = sum(&own);
        let finding = if own.is_empty() || bits == 0.0 {
            Finding::Absent
        } else if bits > 0.0 {
            Finding::Agrees
        } else {
            Finding::Differs
        };
        let words = match finding {
            Finding::Absent if ours.is_empty() || theirs.is_empty() => {
                "not said in both".to_owned()
            }
            Finding::Absent => format!("{}: says nothing either way", both(ours, theirs)),
            _ => format!("{}: {}", both(ours, theirs), said(&own)),
        };
        evidence.push(Evidence { part, finding, words, bits });
    }
    for (part, about) in
        [("How many have it", About::Holders), ("How often such a match held", About::Experience)]
    {
        let own: Vec<&Row> = rows.iter().copied().filter(|row| row.about == about).collect();
        if !own.is_empty() {
            evidence.push(beside(part, said(&own), sum(&own)));
        }
    }
    evidence
}

type Part = (&'static str, &'static [About], &'static str);

/// The parts of a kind of mention, what the engine's rows about them are called, and their field.
fn parts(mention: &RawMention) -> &'static [Part] {
    match MentionKind::from_id(&mention.kind) {
        Some(MentionKind::Person) => &[
            ("Name", &[About::Name], "value"),
            ("Age", &[About::Age], "age"),
            ("Looks", &[About::Looks], "looks"),
        ],
        Some(MentionKind::Vehicle) => &[
            ("Plate", &[About::Plate], "value"),
            ("Make", &[About::Make], "make"),
            ("Colour", &[About::Colour], "colour"),
        ],
        Some(MentionKind::Phone) => &[("Number", &[About::Number], "value")],
        Some(MentionKind::Handle) => {
            &[("Name used online", &[About::Mark], "value"), ("App or website", &[], "platform")]
        }
        Some(MentionKind::Place) => &[
            ("Name of the place", &[About::Venue], "value"),
            ("Street or postcode", &[About::Street], "address"),
        ],
        None => &[],
    }
}

fn value<'a>(mention: &'a RawMention, field: &str) -> &'a str {
    let found =
        mention.parts().find(|(name, _)| *name == field).map_or("", |(_, text)| text.trim());
    match (field, found, mention.child.as_str()) {
        ("age", "", "yes") => "a child",
        ("age", "", "no") => "an adult",
        _ => found,
    }
}

fn both(one: &str, other: &str) -> String {
    if one.eq_ignore_ascii_case(other) { one.to_owned() } else { format!("{one} and {other}") }
}

/// What the rows say, each once, with how often.
fn said(rows: &[&Row]) -> String {
    let mut told: Vec<(&str, usize)> = Vec::new();
    for row in rows {
        match told.iter_mut().find(|(words, _)| *words == row.words) {
            Some((_, count)) => *count += 1,
            None => told.push((row.words, 1)),
        }
    }
    let words = told.into_iter().map(|(words, count)| match count {
        1 => words.to_owned(),
        _ => format!("{words} ({count} times)"),
    });
    words.collect::<Vec<_>>().join(", ")
}
