//! Why two records are, or are not, taken for one person: rows that add up to the odds.

use super::fields::Field;
use super::link::Linked;
use super::model::{Class, Model};
use super::table::{Row, Table};
use super::weigh::{Frequencies, Weigher, against};
use crate::lexicon::{Lexicon, WordId};

/// One row of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// A field's name, or `start`, `other_explanations` or `by_way_of_others`.
    pub about: &'static str,
    /// The level reached, empty for rows that are not about a field.
    pub level: &'static str,
    /// The reason in words.
    pub words: String,
    /// Bits for (positive) or against (negative).
    pub bits: f32,
}

/// The whole reckoning of one pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoning {
    /// The rows, whose bits add up exactly to the odds.
    pub reasons: Vec<Reason>,
    /// The odds in bits.
    pub odds: f32,
}

/// Explains pairs of one table under one model.
#[derive(Debug)]
pub struct Explainer<'a> {
    table: &'a Table,
    frequencies: Held<'a, Frequencies>,
    weigher: Held<'a, Weigher>,
}

/// Something of one's own or somebody else's.
#[derive(Debug)]
enum Held<'a, T> {
    Own(Box<T>),
    Lent(&'a T),
}

impl<T> Held<'_, T> {
    fn get(&self) -> &T {
        match self {
            Self::Own(own) => own,
            Self::Lent(lent) => lent,
        }
    }
}

impl<'a> Explainer<'a> {
    /// Makes ready to explain.
    #[must_use]
    pub fn new(table: &'a Table, model: &Model) -> Self {
        Self {
            table,
            frequencies: Held::Own(Box::new(Frequencies::of(table))),
            weigher: Held::Own(Box::new(Weigher::new(model))),
        }
    }

    pub(crate) fn of(table: &'a Table, frequencies: &'a Frequencies, weigher: &'a Weigher) -> Self {
        Self { table, frequencies: Held::Lent(frequencies), weigher: Held::Lent(weigher) }
    }

    /// Explains two records by themselves; the same either way round but for the order of words.
    #[must_use]
    pub fn explain(&self, left: u32, right: u32) -> Reckoning {
        let weigher = self.weigher.get();
        let (found, rarity) = weigher.look(self.table, self.frequencies.get(), left, right);
        let (l, r) = (self.table.row(left), self.table.row(right));
        let [start, ..] = weigher.priors();
        let words = "how seldom two records taken at random are one person".to_owned();
        let mut reasons = vec![Reason { about: "start", level: "", words, bits: start }];
        let [bits, ..] = weigher.by_field(found, rarity);
        for ((place, field), bits) in Field::ALL.into_iter().enumerate().zip(bits) {
            let level = found.level(place);
            if level == 0 {
                continue;
            }
            let level = field.levels().get(level).copied().unwrap_or_default();
            let words = self.in_words(field, level, &l, &r);
            reasons.push(Reason { about: field.code(), level, words, bits });
        }
        let classes = weigher.classes(found, rarity);
        let [same, ..] = classes;
        let less = against(classes) - same;
        if less < 0.0 {
            let words = other_words(classes);
            reasons.push(Reason { about: "other_explanations", level: "", words, bits: less });
        }
        let odds = reasons.iter().map(|reason| reason.bits).sum();
        Reckoning { reasons, odds }
    }

    /// Explains two records as a run linked them: where the records around them made the odds
    /// better, a row says by how much.
    #[must_use]
    pub fn explain_in(&self, linked: &Linked, left: u32, right: u32) -> Reckoning {
        let mut own = self.explain(left, right);
        let (low, high) = (left.min(right), left.max(right));
        let place = linked.pairs.binary_search_by_key(&(low, high), |pair| (pair.left, pair.right));
        let pair = place.ok().and_then(|place| linked.pairs.get(place));
        let cluster = |record: u32| linked.clusters.get(record as usize);
        if let Some(pair) = pair
            && cluster(left) == cluster(right)
            && pair.odds > own.odds
        {
            let size = linked.clusters.iter().filter(|of| Some(*of) == cluster(left)).count();
            let others = size.saturating_sub(2);
            let words = format!("what {others} other records of the same group add");
            let bits = pair.odds - own.odds;
            own.reasons.push(Reason { about: "by_way_of_others", level: "", words, bits });
            own.odds = own.reasons.iter().map(|reason| reason.bits).sum();
        }
        own
    }

    fn in_words(&self, field: Field, level: &str, left: &Row, right: &Row) -> String {
        let level = level.replace('_', " ");
        let words = &self.table.lexicon;
        match field {
            Field::Given => {
                let (l, r) = (given(words, left.given), given(words, right.given));
                format!("given names \"{l}\" and \"{r}\": {level}")
            }
            Field::Surname => {
                let l = String::from_utf8_lossy(words.text(left.surname[2]));
                let r = String::from_utf8_lossy(words.text(right.surname[2]));
                format!("surnames \"{l}\" and \"{r}\": {level}")
            }
            Field::Birth => {
                format!("dates of birth {} and {}: {level}", day(left.born), day(right.born))
            }
            Field::Sex => format!("sex: {level}"),
            Field::Place => format!("place: {level}"),
            Field::Phone => format!("telephone: {level}"),
            Field::NhsNumber => format!("NHS number: {level}"),
        }
    }
}

fn given(words: &Lexicon, names: [WordId; 2]) -> String {
    let text = |word| String::from_utf8_lossy(words.text(word)).into_owned();
    let [first, middle] = names;
    if middle == 0 { text(first) } else { format!("{} {}", text(first), text(middle)) }
}

fn day(born: u32) -> String {
    format!("{:04}-{:02}-{:02}", born / 10_000, born / 100 % 100, born % 100)
}

fn other_words(classes: [f32; 4]) -> String {
    let rest = Class::ALL.into_iter().zip(classes).skip(1);
    let likeliest = rest.max_by(|(_, l), (_, r)| l.total_cmp(r)).map(|(class, _)| class);
    match likeliest {
        Some(Class::Twins) => "they could also be twins".to_owned(),
        Some(Class::Namesakes) => {
            "they could also be two people of one family with one name".to_owned()
        }
        _ => "they could also be two people of one household".to_owned(),
    }
}
