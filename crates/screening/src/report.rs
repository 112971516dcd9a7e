//! A result in words: which rules hold and because of what, what to do, what is not known.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answers::{Answer, Response, Sheet};
use crate::condition::{Condition, Number, View};
use crate::evaluate::{Facts, Outcome, Seen};
use crate::instrument::{Action, Instrument, OverlayWhen};
use crate::recency::{Class, State};

/// How many of the things not known are named, the weightiest first.
const TOP_UNKNOWNS: usize = 5;

/// The result of a screen, ready to be shown or stored. It has no total and no percentage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The instrument's id and version.
    pub instrument: String,
    /// The level after floors.
    pub computed_level: String,
    /// Its name.
    pub level_label: String,
    /// The level rule that holds first.
    pub level_rule: Option<String>,
    /// That rule, or the floor that raised the level last.
    pub decided_by: Option<String>,
    /// Every floor whose condition holds.
    pub floors: Vec<String>,
    /// The overlays that are set.
    pub overlays: Vec<String>,
    /// The prompts that hold.
    pub prompts: Vec<String>,
    /// The least professional level that a locked floor allows.
    pub locked_at: Option<String>,
    /// What the rules ask of a person.
    pub requires: Vec<String>,
    /// Rule by rule, in the order of the file.
    pub reasons: Vec<Reason>,
    /// Indicators that are present or past although the rule that gave the level speaks of none.
    pub beside: Vec<String>,
    /// The exploitation types to which current indicators point.
    pub types: Vec<String>,
    /// By exploitation type, the current indicators that point to it, with their class.
    pub profile: BTreeMap<String, Vec<Pointer>>,
    /// What is not known, the weightiest class first.
    pub top_unknowns: Vec<String>,
    /// What to do: danger first, then by level, then the other overlays.
    pub actions: Vec<ActionFor>,
    /// What a form would ask about; it changed nothing.
    pub queries: Vec<Query>,
}

/// One rule, and why it holds or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// Its id.
    pub rule: String,
    /// `level_rule`, `floor` or `prompt`.
    pub kind: &'static str,
    /// `holds`, `does_not_hold`, or `not_checked` where something it needs is not known.
    pub result: &'static str,
    /// What it says.
    pub reason: String,
    /// Its condition as the file writes it.
    pub when: String,
    /// The indicators and facts it speaks of that are present, if it holds.
    pub because: Vec<String>,
    /// What it needs that is not known.
    pub not_known: Vec<&'static str>,
}

/// An indicator with its class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pointer {
    /// The indicator's id.
    pub indicator: String,
    /// Its class.
    pub class: Class,
    /// Yes or possible.
    pub state: State,
}

/// An action and the level or overlay it follows from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionFor {
    /// The level or overlay.
    #[serde(rename = "for")]
    pub follows_from: String,
    /// The action.
    #[serde(flatten)]
    pub action: Action,
}

/// Something a form would ask the worker about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Query {
    /// The indicator.
    pub indicator: String,
    /// What is missing or odd.
    pub query: &'static str,
}

impl Report {
    /// The result of a screen about which nothing is known from outside it.
    pub fn of(instrument: &Instrument, sheet: &Sheet) -> Self {
        let facts = Facts::default();
        Self::new(instrument, sheet, &facts, &crate::evaluate(instrument, sheet, &facts))
    }

    /// Words for `outcome`, which was reached from the same instrument, answers and facts.
    pub fn new(instrument: &Instrument, sheet: &Sheet, facts: &Facts, outcome: &Outcome) -> Self {
        let seen = Seen::after(instrument, sheet, facts, outcome);
        let writer = Writer { instrument, sheet, outcome, seen };
        let file = instrument.file();
        let level = instrument.level(outcome.level);
        let rule = outcome.rule.and_then(|at| instrument.level_rules.get(at));
        let raised_by = outcome.raised_by.and_then(|at| instrument.floors.get(at));
        Self {
            instrument: instrument.name(),
            computed_level: level.id.clone(),
            level_label: level.label.clone(),
            level_rule: rule.map(|rule| rule.id.clone()),
            decided_by: raised_by.map(|one| &one.id).or(rule.map(|one| &one.id)).cloned(),
            floors: sorted(&outcome.floors, &instrument.floors, |floor| &floor.id),
            overlays: sorted(&outcome.overlays, &instrument.overlays, |overlay| &overlay.id),
            prompts: sorted(&outcome.prompts, &instrument.prompts, |prompt| &prompt.id),
            locked_at: outcome.locked_at.map(|at| instrument.level(at).id.clone()),
            requires: rule.and_then(|rule| rule.requires.clone()).into_iter().collect(),
            reasons: writer.reasons(),
            beside: writer.beside(),
            types: sorted(&outcome.types, &file.exploitation_types, |one| &one.id),
            profile: writer.profile(),
            top_unknowns: writer.top_unknowns(),
            actions: writer.actions(),
            queries: writer.queries(),
        }
    }
}

fn sorted<T>(places: &[usize], list: &[T], id: fn(&T) -> &String) -> Vec<String> {
    let mut ids: Vec<String> =
        places.iter().filter_map(|at| list.get(*at)).map(|one| id(one).clone()).collect();
    ids.sort_unstable();
    ids
}

struct Writer<'a> {
    instrument: &'a Instrument,
    sheet: &'a Sheet,
    outcome: &'a Outcome,
    seen: Seen<'a>,
}

impl Writer<'_> {
    fn reasons(&self) -> Vec<Reason> {
        let file = self.instrument.file();
        let tried = self.outcome.rule.map_or(usize::MAX, |at| at + 1);
        let rules = self.instrument.level_rules.iter().zip(&file.level_rules).take(tried);
        let floors = self.instrument.floors.iter().zip(&file.floors);
        let prompts = self.instrument.prompts.iter().zip(&file.prompts);
        let rules = rules.map(|(rule, raw)| {
            self.reason("level_rule", &rule.id, &rule.condition, &rule.reason, &raw.when.0)
        });
        let floors = floors.map(|(floor, raw)| {
            self.reason("floor", &floor.id, &floor.condition, &floor.reason, &raw.when.0)
        });
        let prompts = prompts.map(|(prompt, raw)| {
            self.reason("prompt", &prompt.id, &prompt.condition, &prompt.text, &raw.when.0)
        });
        rules.chain(floors).chain(prompts).collect()
    }

    fn reason(
        &self,
        kind: &'static str,
        id: &str,
        condition: &Condition,
        text: &str,
        when: &str,
    ) -> Reason {
        let holds = condition.evaluate(&self.seen);
        Reason {
            rule: id.to_owned(),
            kind,
            result: match holds {
                Some(true) => "holds",
                Some(false) => "does_not_hold",
                None => "not_checked",
            },
            reason: text.to_owned(),
            when: when.to_owned(),
            because: if holds == Some(true) { self.because(condition) } else { Vec::new() },
            not_known: self.not_known(condition),
        }
    }

    /// The indicators and facts that `condition` speaks of and that are present.
    fn because(&self, condition: &Condition) -> Vec<String> {
        let mut places = std::collections::BTreeSet::new();
        let mut facts = Vec::new();
        condition.walk(&mut |part| match part {
            Condition::Compare(left, _, right) => {
                for side in [left, right] {
                    side.walk(&mut |number| match number {
                        Number::Count(class, state) => {
                            places.extend(self.in_state(*class, *state));
                        }
                        Number::Vulnerabilities => places.extend(self.vulnerabilities()),
                        Number::Age => {
                            facts.extend(self.sheet.age_years.map(|age| format!("age {age}")));
                        }
                        Number::MissingEpisodes => facts.extend(
                            self.sheet
                                .missing_episodes_90d
                                .map(|count| format!("{count} missing episodes in 90 days")),
                        ),
                        _ => {}
                    });
                }
            }
            Condition::AnswerIn(place, responses)
                if responses.contains(&self.seen.response(*place)) =>
            {
                places.insert(*place);
            }
            Condition::YesNow(place) if self.seen.state(*place) == State::Yes => {
                places.insert(*place);
            }
            Condition::Type(one) if self.seen.has_type(*one) => places.extend(self.pointing(*one)),
            _ => {}
        });
        let ids = places.into_iter().map(|place| self.instrument.id_at(place).to_owned());
        ids.chain(facts).collect()
    }

    fn not_known(&self, condition: &Condition) -> Vec<&'static str> {
        let mut names = std::collections::BTreeSet::new();
        condition.walk(&mut |part| match part {
            Condition::Compare(left, _, right) => {
                for side in [left, right] {
                    side.walk(&mut |number| {
                        let name = match number {
                            Number::Age => "age_years",
                            Number::MissingEpisodes => "missing_episodes_90d",
                            Number::DaysSinceLastScreen => "days_since_last_screen",
                            Number::ReviewDays => "review_days",
                            _ => return,
                        };
                        if self.seen.number(number).is_none() {
                            names.insert(name);
                        }
                    });
                }
            }
            Condition::LinkedAt(_) if self.seen.linked_rank().is_none() => {
                names.insert("links");
            }
            Condition::Phrase(phrase) if self.seen.phrase(*phrase).is_none() => {
                names.insert("earlier_screen");
            }
            _ => {}
        });
        names.into_iter().collect()
    }

    fn in_state(&self, class: Class, state: State) -> impl Iterator<Item = usize> {
        let each = self.instrument.indicators().iter().zip(&self.seen.states).enumerate();
        each.filter(move |(_, (one, found))| one.class == class && **found == state)
            .map(|(place, _)| place)
    }

    fn vulnerabilities(&self) -> impl Iterator<Item = usize> {
        let each = self.instrument.indicators().iter().zip(&self.sheet.answers).enumerate();
        each.filter(|(_, (one, answer))| {
            one.class == Class::Vulnerability
                && matches!(answer.response, Response::Yes | Response::Possible)
        })
        .map(|(place, _)| place)
    }

    fn pointing(&self, exploitation_type: usize) -> impl Iterator<Item = usize> {
        let each = self.instrument.indicators().iter().zip(&self.seen.states).enumerate();
        each.filter(move |(_, (one, state))| {
            one.class != Class::Vulnerability
                && state.is_current()
                && one.types.contains(&exploitation_type)
        })
        .map(|(place, _)| place)
    }

    /// What is present or past while the deciding rule names no indicator.
    fn beside(&self) -> Vec<String> {
        let rule = self.outcome.rule.and_then(|at| self.instrument.level_rules.get(at));
        if rule.is_some_and(|rule| !self.because(&rule.condition).is_empty()) {
            return Vec::new();
        }
        let each = self.instrument.indicators().iter().zip(&self.seen.states);
        each.filter(|(one, state)| one.class != Class::Vulnerability && **state != State::Neither)
            .map(|(one, _)| one.id.clone())
            .collect()
    }

    fn profile(&self) -> BTreeMap<String, Vec<Pointer>> {
        let types = self.instrument.file().exploitation_types.iter().enumerate();
        let with_pointers = types.filter(|(at, _)| self.seen.has_type(*at)).map(|(at, one)| {
            let pointers = self.pointing(at).filter_map(|place| {
                let indicator = self.instrument.indicators().get(place)?;
                Some(Pointer {
                    indicator: indicator.id.clone(),
                    class: indicator.class,
                    state: self.seen.state(place),
                })
            });
            (one.id.clone(), pointers.collect())
        });
        with_pointers.collect()
    }

    fn top_unknowns(&self) -> Vec<String> {
        let each = self.instrument.indicators().iter().zip(&self.sheet.answers);
        let mut unknown: Vec<_> = each
            .filter(|(one, answer)| {
                one.class != Class::Vulnerability && answer.response == Response::NotKnown
            })
            .map(|(one, _)| one)
            .collect();
        unknown.sort_by_key(|one| std::cmp::Reverse(one.class));
        unknown.into_iter().take(TOP_UNKNOWNS).map(|one| one.id.clone()).collect()
    }

    fn actions(&self) -> Vec<ActionFor> {
        let set = |danger: bool| {
            let overlays = self.outcome.overlays.iter();
            overlays
                .filter_map(|at| self.instrument.overlays.get(*at))
                .filter(move |overlay| {
                    let share = |when: &OverlayWhen| matches!(when, OverlayWhen::NotKnownShare(..));
                    overlay.when.iter().all(share) != danger
                })
                .map(|overlay| overlay.id.as_str())
        };
        let level = self.instrument.level(self.outcome.level).id.as_str();
        let order = set(true).chain([level]).chain(set(false));
        let actions = &self.instrument.file().actions;
        order
            .flat_map(|id| {
                let of = actions.get(id).map(Vec::as_slice).unwrap_or_default();
                of.iter().map(move |action| ActionFor {
                    follows_from: id.to_owned(),
                    action: action.clone(),
                })
            })
            .collect()
    }

    fn queries(&self) -> Vec<Query> {
        let each = self.instrument.indicators().iter().zip(&self.sheet.answers);
        each.flat_map(|(one, answer)| {
            let queries = self.queries_about(answer).into_iter();
            queries.map(|query| Query { indicator: one.id.clone(), query })
        })
        .collect()
    }

    fn queries_about(&self, answer: &Answer) -> Vec<&'static str> {
        if !matches!(answer.response, Response::Yes | Response::Possible) {
            return Vec::new();
        }
        let rules = &self.instrument.file().response;
        let mut out = Vec::new();
        match answer.last_observed_on {
            None => out.push("no date of observation: taken as now"),
            Some(date) if date > self.sheet.screened_on => {
                out.push("observed after the screen: taken as now");
            }
            Some(_) => {}
        }
        match answer.evidence_basis.as_deref() {
            None => out.push("no evidence basis"),
            Some(basis) if !rules.evidence_basis.iter().any(|one| one.id == basis) => {
                out.push("unknown evidence basis");
            }
            Some(_) => {}
        }
        let words = answer.narrative.as_deref().unwrap_or_default().trim().chars().count();
        if words < rules.narrative_min_chars {
            out.push("narrative missing or too short");
        }
        out
    }
}
