//! From answers to a level, its overlays and prompts.

use crate::answers::{Response, Sheet};
use crate::condition::{Comparison, Condition, Number, Phrase, View};
use crate::instrument::{Effect, Instrument, OverlayWhen};
use crate::recency::{Class, State};

/// What is known from outside the screen. Everything starts as not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts {
    /// Days since the screen before this one.
    pub days_since_last_screen: Option<f64>,
    /// Days after which that screen asked for another.
    pub review_days: Option<f64>,
    /// The place of the level of that screen.
    pub level_before: Option<usize>,
    /// Whether neither a disruption nor a plan has changed since.
    pub nothing_changed: Option<bool>,
    /// The place of the highest level of another child linked to something named here.
    pub linked_level: Option<usize>,
}

/// How many indicators are in which state. Never shown as a number: classes do not add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_class: [[u16; 3]; 3],
    vulnerabilities: u16,
    not_known: u16,
    outside: u16,
}

impl Counts {
    /// How many indicators of a class other than vulnerability are in a state.
    pub fn of(&self, class: Class, state: State) -> u16 {
        let place = place_of(class).zip(column_of(state));
        place
            .and_then(|(row, column)| self.by_class.get(row)?.get(column))
            .copied()
            .unwrap_or_default()
    }

    /// How many vulnerabilities are answered yes or possible, whatever the date.
    pub fn vulnerabilities(&self) -> u16 {
        self.vulnerabilities
    }

    fn add(&mut self, class: Class, response: Response, state: State) {
        if class == Class::Vulnerability {
            let present = matches!(response, Response::Yes | Response::Possible);
            self.vulnerabilities += u16::from(present);
            return;
        }
        self.outside += 1;
        self.not_known += u16::from(response == Response::NotKnown);
        let place = place_of(class).zip(column_of(state));
        if let Some(count) =
            place.and_then(|(row, column)| self.by_class.get_mut(row)?.get_mut(column))
        {
            *count += 1;
        }
    }
}

fn place_of(class: Class) -> Option<usize> {
    match class {
        Class::HarmSign => Some(0),
        Class::Strong => Some(1),
        Class::Moderate => Some(2),
        Class::Vulnerability => None,
    }
}

fn column_of(state: State) -> Option<usize> {
    match state {
        State::Yes => Some(0),
        State::Possible => Some(1),
        State::Historic => Some(2),
        State::Neither => None,
    }
}

/// The result of a screen. Numbers are places in the instrument's lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The level after floors.
    pub level: usize,
    /// The level rule that holds first; nothing if none does, and then the level is the lowest.
    pub rule: Option<usize>,
    /// The level that rule gave.
    pub rule_level: usize,
    /// Every floor whose condition holds, also one that changed nothing.
    pub floors: Vec<usize>,
    /// The floor that raised the level last.
    pub raised_by: Option<usize>,
    /// The least level that a locked floor demands.
    pub locked_at: Option<usize>,
    /// The overlays that are set.
    pub overlays: Vec<usize>,
    /// The prompts that hold.
    pub prompts: Vec<usize>,
    /// The exploitation types to which current indicators point.
    pub types: Vec<usize>,
    /// The state of every indicator.
    pub states: Vec<State>,
    /// How many indicators are in which state.
    pub counts: Counts,
}

/// Evaluates the answers of `sheet`, which belong to `instrument`.
pub fn evaluate(instrument: &Instrument, sheet: &Sheet, facts: &Facts) -> Outcome {
    let mut seen = Seen::new(instrument, sheet, facts);
    let lowest = 0;
    let highest = instrument.levels().len().saturating_sub(1);
    let holds = |condition: &Condition, seen: &Seen<'_>| condition.evaluate(seen) == Some(true);
    let rule = instrument.level_rules.iter().position(|rule| holds(&rule.condition, &seen));
    let rule_level =
        rule.and_then(|at| instrument.level_rules.get(at)).map_or(lowest, |rule| rule.level);
    let (mut level, mut floors, mut raised_by, mut locked_at) = (rule_level, vec![], None, None);
    for (at, floor) in instrument.floors.iter().enumerate() {
        if !holds(&floor.condition, &seen) {
            continue;
        }
        floors.push(at);
        let raised = floor.effect.on(level, highest);
        if raised > level {
            (level, raised_by) = (raised, Some(at));
        }
        if floor.lock {
            locked_at = locked_at.max(Some(match floor.effect {
                Effect::AtLeast(least) => least,
                Effect::StepUp(_) => raised,
            }));
        }
    }
    seen.level = Some(level);
    let holding = |condition: &Condition| condition.evaluate(&seen) == Some(true);
    let overlays =
        places(&instrument.overlays, |overlay| overlay.when.iter().any(|when| seen.overlay(when)));
    let prompts = places(&instrument.prompts, |prompt| holding(&prompt.condition));
    let types = seen.types.iter().enumerate().filter(|(_, has)| **has).map(|(at, _)| at).collect();
    let Seen { states, counts, .. } = seen;
    Outcome {
        level,
        rule,
        rule_level,
        floors,
        raised_by,
        locked_at,
        overlays,
        prompts,
        types,
        states,
        counts,
    }
}

fn places<T>(list: &[T], holds: impl Fn(&T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(_, one)| holds(one)).map(|(at, _)| at).collect()
}

/// Answers as conditions see them.
pub(crate) struct Seen<'a> {
    instrument: &'a Instrument,
    sheet: &'a Sheet,
    facts: &'a Facts,
    pub(crate) states: Vec<State>,
    pub(crate) counts: Counts,
    types: Vec<bool>,
    level: Option<usize>,
}

impl<'a> Seen<'a> {
    fn new(instrument: &'a Instrument, sheet: &'a Sheet, facts: &'a Facts) -> Self {
        let mut counts = Counts::default();
        let mut types = vec![false; instrument.file().exploitation_types.len()];
        let mut states = Vec::with_capacity(sheet.answers.len());
        for (indicator, answer) in instrument.indicators().iter().zip(&sheet.answers) {
            let state = State::of(
                answer.response,
                answer.last_observed_on,
                sheet.screened_on,
                instrument.window,
            );
            counts.add(indicator.class, answer.response, state);
            if state.is_current() && indicator.class != Class::Vulnerability {
                for at in &indicator.types {
                    if let Some(has) = types.get_mut(*at) {
                        *has = true;
                    }
                }
            }
            states.push(state);
        }
        Self { instrument, sheet, facts, states, counts, types, level: None }
    }

    /// The answers as they were seen after `outcome` was reached.
    pub(crate) fn after(
        instrument: &'a Instrument,
        sheet: &'a Sheet,
        facts: &'a Facts,
        outcome: &Outcome,
    ) -> Self {
        Self { level: Some(outcome.level), ..Self::new(instrument, sheet, facts) }
    }

    fn overlay(&self, when: &OverlayWhen) -> bool {
        match when {
            OverlayWhen::WorkerTicks => self.sheet.danger_ticked,
            OverlayWhen::DangerFlag(states) => {
                let mut each = self.instrument.indicators().iter().zip(&self.states);
                each.any(|(one, state)| one.danger_flag && states.contains(state))
            }
            OverlayWhen::NotKnownShare(comparison, percent) => {
                let share = f64::from(self.counts.not_known) * 100.0;
                let limit = f64::from(self.counts.outside) * percent;
                comparison.holds(&share, &limit)
            }
        }
    }

    fn rank(&self, place: usize) -> u8 {
        self.instrument.level(place).rank
    }
}

impl View for Seen<'_> {
    fn number(&self, number: &Number) -> Option<f64> {
        match number {
            Number::Count(class, state) => Some(f64::from(self.counts.of(*class, *state))),
            Number::Vulnerabilities => Some(f64::from(self.counts.vulnerabilities)),
            Number::Age => self.sheet.age_years,
            Number::MissingEpisodes => self.sheet.missing_episodes_90d.map(f64::from),
            Number::DaysSinceLastScreen => self.facts.days_since_last_screen,
            Number::ReviewDays => self.facts.review_days,
            Number::Constant(_) | Number::Sum(..) => None,
        }
    }

    fn response(&self, indicator: usize) -> Response {
        self.sheet.answers.get(indicator).map(|answer| answer.response).unwrap_or_default()
    }

    fn state(&self, indicator: usize) -> State {
        self.states.get(indicator).copied().unwrap_or_default()
    }

    fn level(&self) -> Option<u8> {
        self.level.map(|level| self.rank(level))
    }

    fn has_type(&self, exploitation_type: usize) -> bool {
        self.types.get(exploitation_type).copied().unwrap_or_default()
    }

    fn linked_rank(&self) -> Option<u8> {
        self.facts.linked_level.map(|level| self.rank(level))
    }

    fn phrase(&self, phrase: Phrase) -> Option<bool> {
        match phrase {
            Phrase::LevelFell => {
                let before = self.rank(self.facts.level_before?);
                Some(Comparison::Less.holds(&self.level()?, &before))
            }
            Phrase::NothingChanged => self.facts.nothing_changed,
        }
    }
}
