//! How well a record answers a question about a person, in rows that add up.

use crate::compare::birth;
use crate::compare::name::{WordLevel, compare_words};
use crate::compare::nhs_number;
use crate::normalise::date::PartialDate;
use crate::normalise::name::{Word, WordKind, words};
use crate::normalise::nhs_number::digits;
use crate::person::weights::Weights;

/// What a name is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The name in law.
    Legal,
    /// What the person is called, an earlier name or an alias.
    KnownAs,
}

/// One name on a record, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// What the name is to the person.
    pub kind: NameKind,
    /// The whole name as written.
    pub text: String,
}

/// What is asked. Whatever is empty is unknown and counts neither for nor against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonQuery {
    /// Names as heard or written; the best fit counts.
    pub names: Vec<String>,
    /// Date of birth as far as it is known.
    pub date_of_birth: Option<PartialDate>,
    /// NHS number, with or without spaces.
    pub nhs_number: Option<String>,
}

/// What a store holds of one person, as far as a search may use it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRecord {
    /// Legal and other names.
    pub names: Vec<PersonName>,
    /// Date of birth as far as it is known.
    pub date_of_birth: Option<PartialDate>,
    /// NHS number, with or without spaces.
    pub nhs_number: Option<String>,
}

/// What a row of an explanation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A word of the name.
    Name,
    /// The date of birth.
    DateOfBirth,
    /// The NHS number.
    NhsNumber,
}

/// One reason for or against, in words a person can check.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What it is about.
    pub field: Field,
    /// The level of agreement, by its stable name.
    pub level: &'static str,
    /// The reason in words.
    pub words: String,
    /// Bits for (positive) or against (negative).
    pub weight: f64,
}

/// How well a record answers. It ranks answers to one question and says nothing about the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The sum of the rows' weights, in bits.
    pub weight: f64,
    /// The reasons, names first.
    pub rows: Vec<Explanation>,
}

/// How common a folded word is among the names held.
pub trait Rarity {
    /// The share of names that carry the word, above 0 and at most 1, or `None` where unknown.
    fn share(&self, word: &str) -> Option<f64>;
}

/// Knows nothing of how common a word is: every word counts alike.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnknownRarity;

impl Rarity for UnknownRarity {
    fn share(&self, _word: &str) -> Option<f64> {
        None
    }
}

/// Scores records against questions by one set of weights and one view of what is common.
#[derive(Debug, Clone, Copy)]
pub struct Scorer<'a, R: Rarity> {
    /// The worth of each level.
    pub weights: &'a Weights,
    /// How common words are.
    pub rarity: &'a R,
}

/// Scores with the starting weights and no knowledge of what is common.
#[must_use]
pub fn score(query: &PersonQuery, record: &PersonRecord) -> Match {
    Scorer { weights: &Weights::default(), rarity: &UnknownRarity }.score(query, record)
}

impl<R: Rarity> Scorer<'_, R> {
    /// How well the record answers the question. The same if question and record change places.
    #[must_use]
    pub fn score(&self, query: &PersonQuery, record: &PersonRecord) -> Match {
        let mut rows = self.best_name(query, record);
        if let (Some(asked), Some(held)) = (query.date_of_birth, record.date_of_birth) {
            let level = birth::compare(asked, held);
            let words = format!("date of birth: {asked} asked, {held} held");
            let weight = self.weights.birth(level);
            let field = Field::DateOfBirth;
            rows.push(Explanation { field, level: level.code(), words, weight });
        }
        let numbers = (number_of(query.nhs_number.as_ref()), number_of(record.nhs_number.as_ref()));
        if let (Some(asked), Some(held)) = numbers {
            let level = nhs_number::compare(&asked, &held);
            let words = match level {
                nhs_number::NumberLevel::Same => "the same NHS number".to_owned(),
                nhs_number::NumberLevel::OneSlip => "NHS numbers one slip apart".to_owned(),
                nhs_number::NumberLevel::Different => "different NHS numbers".to_owned(),
            };
            let weight = self.weights.nhs_number(level);
            rows.push(Explanation { field: Field::NhsNumber, level: level.code(), words, weight });
        }
        Match { weight: total(&rows), rows }
    }

    fn best_name(&self, query: &PersonQuery, record: &PersonRecord) -> Vec<Explanation> {
        let mut best: Option<Vec<Explanation>> = None;
        for asked in &query.names {
            for held in &record.names {
                let Some(rows) = self.name_rows(&words(asked), &words(&held.text)) else {
                    continue;
                };
                if best.as_ref().is_none_or(|best| total(&rows) > total(best)) {
                    best = Some(rows);
                }
            }
        }
        best.unwrap_or_default()
    }

    /// Pairs the words so that the strongest agreements are taken first; what is left over on both
    /// sides speaks against, what is left over on one side only is a part left out.
    fn name_rows(&self, asked: &[Word], held: &[Word]) -> Option<Vec<Explanation>> {
        let asked: Vec<&Word> = asked.iter().filter(|w| w.kind != WordKind::Particle).collect();
        let held: Vec<&Word> = held.iter().filter(|w| w.kind != WordKind::Particle).collect();
        if asked.is_empty() || held.is_empty() {
            return None;
        }
        let mut agreements = self.agreements(&asked, &held);
        agreements
            .sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.order.cmp(&b.order)));
        let mut left_asked = vec![true; asked.len()];
        let mut left_held = vec![true; held.len()];
        let mut rows = Vec::new();
        for found in agreements {
            let free = left_asked.get_mut(found.asked).zip(left_held.get_mut(found.held));
            if let Some((asked_free, held_free)) = free
                && *asked_free
                && *held_free
            {
                (*asked_free, *held_free) = (false, false);
                rows.push(found.row);
            }
        }
        let over = |left: &[bool]| left.iter().filter(|free| **free).count();
        for _ in 0..over(&left_asked).min(over(&left_held)) {
            rows.push(self.different(&asked, &left_asked, &held, &left_held));
        }
        Some(rows)
    }

    fn agreements(&self, asked: &[&Word], held: &[&Word]) -> Vec<Agreement> {
        let mut found = Vec::new();
        for (i, ask) in asked.iter().enumerate() {
            for (j, hold) in held.iter().enumerate() {
                let level = compare_words(ask, hold);
                if level == WordLevel::Different {
                    continue;
                }
                let shares = [self.rarity.share(&ask.text), self.rarity.share(&hold.text)];
                let rarer = shares.into_iter().flatten().min_by(f64::total_cmp);
                let weight = self.weights.word(level, rarer);
                let row = Explanation {
                    field: Field::Name,
                    level: level.code(),
                    words: in_words(level, &ask.text, &hold.text),
                    weight,
                };
                let (first, second) = order(&ask.text, &hold.text);
                let order = (first.to_owned(), second.to_owned(), i.min(j), i.max(j));
                found.push(Agreement { asked: i, held: j, weight, order, row });
            }
        }
        found
    }

    fn different(
        &self,
        asked: &[&Word],
        left_asked: &[bool],
        held: &[&Word],
        left_held: &[bool],
    ) -> Explanation {
        let list = |words: &[&Word], left: &[bool]| {
            let over = words.iter().zip(left).filter(|(_, free)| **free);
            over.map(|(word, _)| word.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        Explanation {
            field: Field::Name,
            level: WordLevel::Different.code(),
            words: format!(
                "\"{}\" asked has no counterpart in \"{}\" held",
                list(asked, left_asked),
                list(held, left_held)
            ),
            weight: self.weights.word(WordLevel::Different, None),
        }
    }
}

struct Agreement {
    asked: usize,
    held: usize,
    weight: f64,
    order: (String, String, usize, usize),
    row: Explanation,
}

fn order<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str) {
    if left <= right { (left, right) } else { (right, left) }
}

fn in_words(level: WordLevel, asked: &str, held: &str) -> String {
    match level {
        WordLevel::Same => format!("\"{asked}\" agrees"),
        WordLevel::Spelling => format!("\"{asked}\" and \"{held}\" are spellings of one name"),
        WordLevel::ShortForm => format!("\"{asked}\" and \"{held}\" are forms of one name"),
        WordLevel::OneSlip => format!("\"{asked}\" and \"{held}\" are one slip apart"),
        WordLevel::SoundsAlike => format!("\"{asked}\" and \"{held}\" sound alike"),
        WordLevel::Beginning => format!("\"{asked}\" and \"{held}\" begin alike"),
        WordLevel::Initial => format!("the initial of \"{asked}\" and \"{held}\" agrees"),
        WordLevel::Different => format!("\"{asked}\" and \"{held}\" differ"),
    }
}

fn total(rows: &[Explanation]) -> f64 {
    rows.iter().map(|row| row.weight).sum()
}

fn number_of(text: Option<&String>) -> Option<String> {
    text.and_then(|text| digits(text).ok())
}
