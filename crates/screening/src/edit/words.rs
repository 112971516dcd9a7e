//! A condition in words, so that whoever does not read conditions can check a rule.

use crate::condition::{Comparison, Condition, Number, Phrase, Sum};
use crate::instrument::Instrument;
use crate::recency::{Class, State};

/// The condition of every level rule, floor and prompt in words, by its id.
#[must_use]
pub fn rules_in_words(instrument: &Instrument) -> Vec<(String, String)> {
    let says = Says(instrument);
    let rules = instrument.level_rules.iter().map(|one| (&one.id, &one.condition));
    let floors = instrument.floors.iter().map(|one| (&one.id, &one.condition));
    let prompts = instrument.prompts.iter().map(|one| (&one.id, &one.condition));
    let all = rules.chain(floors).chain(prompts);
    all.map(|(id, condition)| (id.clone(), says.condition(condition))).collect()
}

struct Says<'a>(&'a Instrument);

impl Says<'_> {
    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Truth(true) => "always".into(),
            Condition::Truth(false) => "never".into(),
            Condition::Not(inner) => format!("not ({})", self.condition(inner)),
            Condition::All(parts) => self.joined(parts, " and "),
            Condition::Any(parts) => self.joined(parts, " or "),
            Condition::Compare(left, how, right) => {
                format!("{} {} {}", self.number(left), compared(*how), self.number(right))
            }
            Condition::AnswerIn(place, responses) => {
                let options = &self.0.file().response.options;
                let label = |id: &str| {
                    let option = options.iter().find(|one| one.id == id);
                    let label = option.map_or(id, |one| one.label.as_str());
                    label.split(" - ").next().unwrap_or(label).to_lowercase()
                };
                let said: Vec<String> = responses.iter().map(|one| label(one.id())).collect();
                format!("the answer to {} is {}", self.indicator(*place), said.join(" or "))
            }
            Condition::YesNow(place) => format!("{} is yes now", self.indicator(*place)),
            Condition::Level(how, rank) => {
                format!("the level {} {}", compared(*how), self.level(*rank))
            }
            Condition::Type(place) => {
                let found = self.0.file().exploitation_types.get(*place);
                let label = found.map_or("?", |one| one.label.as_str());
                format!("something present points to \u{201c}{label}\u{201d}")
            }
            Condition::LinkedAt(rank) => {
                let level = self.level(*rank);
                format!("something named is linked to another child at {level} or above")
            }
            Condition::Phrase(Phrase::LevelFell) => "the level fell since the last screen".into(),
            Condition::Phrase(Phrase::NothingChanged) => {
                "no change of a disruption or plan was recorded".into()
            }
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> String {
        let said = parts.iter().map(|part| match part {
            Condition::All(_) | Condition::Any(_) => format!("({})", self.condition(part)),
            _ => self.condition(part),
        });
        said.collect::<Vec<_>>().join(word)
    }

    fn indicator(&self, place: usize) -> String {
        self.0.indicators().get(place).map_or_else(
            || "?".to_owned(),
            |one| format!("{} \u{201c}{}\u{201d}", one.id, one.text),
        )
    }

    fn level(&self, rank: u8) -> String {
        let found = self.0.levels().iter().find(|level| level.rank == rank);
        found.map_or_else(|| rank.to_string(), |level| format!("\u{201c}{}\u{201d}", level.label))
    }

    fn number(&self, number: &Number) -> String {
        match number {
            Number::Constant(number) => number.to_string(),
            Number::Count(class, state) => {
                format!("the number of \u{201c}{}\u{201d} {}", self.class(*class), in_state(*state))
            }
            Number::Vulnerabilities => "the number of vulnerabilities".into(),
            Number::Age => "the age in years".into(),
            Number::MissingEpisodes => "the number of missing episodes in 90 days".into(),
            Number::DaysSinceLastScreen => "the days since the last screen".into(),
            Number::ReviewDays => "the days after which to screen again".into(),
            Number::Sum(left, how, right) => {
                let sign = match how {
                    Sum::Plus => "plus",
                    Sum::Minus => "less",
                    Sum::Times => "times",
                };
                format!("{} {sign} {}", self.number(left), self.number(right))
            }
        }
    }

    fn class(&self, class: Class) -> &str {
        let found = self.0.file().classes.get(class.id());
        found.map_or(class.id(), |one| one.label.as_str())
    }
}

fn in_state(state: State) -> &'static str {
    match state {
        State::Yes => "that are yes now",
        State::Possible => "that are possible now",
        State::Historic => "that are past",
        State::Neither => "that are no or not known",
    }
}

fn compared(how: Comparison) -> &'static str {
    match how {
        Comparison::Less => "is below",
        Comparison::AtMost => "is at most",
        Comparison::More => "is above",
        Comparison::AtLeast => "is at least",
        Comparison::Equal => "is",
        Comparison::Unequal => "is not",
    }
}
