//! Looks up the names of a condition and evaluates what results.

use super::ConditionError;
use super::tree::{Comparison, Node, NodeKind, Phrase, Sum};
use crate::answers::Response;
use crate::recency::{Class, State};

/// A condition whose names are looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Always, or never.
    Truth(bool),
    /// The inner condition fails.
    Not(Box<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// Two numbers compare so.
    Compare(Number, Comparison, Number),
    /// The indicator's response is one of these, whatever its date.
    AnswerIn(usize, Vec<Response>),
    /// The indicator is yes and current.
    YesNow(usize),
    /// The level after floors compares so with this rank.
    Level(Comparison, u8),
    /// Some current indicator points to this exploitation type.
    Type(usize),
    /// Something named here is linked to another child at this rank or above.
    LinkedAt(u8),
    /// A condition written as a sentence.
    Phrase(Phrase),
}

/// A number in a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// A literal.
    Constant(f64),
    /// How many indicators of a class are in a state.
    Count(Class, State),
    /// How many vulnerabilities are answered yes or possible.
    Vulnerabilities,
    /// Age in years, not rounded.
    Age,
    /// Missing episodes in the last 90 days, from missing records.
    MissingEpisodes,
    /// Days since the screen before this one.
    DaysSinceLastScreen,
    /// Days after which that screen asked for another.
    ReviewDays,
    /// Two numbers combined.
    Sum(Box<Number>, Sum, Box<Number>),
}

/// The rank of a level, by its id.
pub type RankOf<'a> = &'a dyn Fn(&str) -> Option<u8>;

/// What the names of a condition may refer to.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The place of an indicator, by its id.
    pub indicator: &'a dyn Fn(&str) -> Option<usize>,
    /// The rank of a level; empty where the level is not yet known.
    pub level: Option<RankOf<'a>>,
    /// The place of an exploitation type, by its id.
    pub exploitation_type: &'a dyn Fn(&str) -> Option<usize>,
}

/// What a condition is evaluated on. `None` is not known.
pub trait View {
    /// A number that is not a constant or a sum.
    fn number(&self, number: &Number) -> Option<f64>;
    /// The response to an indicator, whatever its date.
    fn response(&self, indicator: usize) -> Response;
    /// The state of an indicator.
    fn state(&self, indicator: usize) -> State;
    /// The rank of the level after floors.
    fn level(&self) -> Option<u8>;
    /// Whether some current indicator points to the type.
    fn has_type(&self, exploitation_type: usize) -> bool;
    /// The highest rank of another child linked to something named here.
    fn linked_rank(&self) -> Option<u8>;
    /// Whether a sentence holds.
    fn phrase(&self, phrase: Phrase) -> Option<bool>;
}

impl Condition {
    /// Whether it holds; `None` if that depends on something not known.
    pub fn evaluate(&self, view: &dyn View) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            Self::Not(inner) => inner.evaluate(view).map(|holds| !holds),
            Self::All(parts) => decided(parts, view, false),
            Self::Any(parts) => decided(parts, view, true),
            Self::Compare(left, comparison, right) => {
                Some(comparison.holds(&left.evaluate(view)?, &right.evaluate(view)?))
            }
            Self::AnswerIn(indicator, responses) => {
                Some(responses.contains(&view.response(*indicator)))
            }
            Self::YesNow(indicator) => Some(view.state(*indicator) == State::Yes),
            Self::Level(comparison, rank) => Some(comparison.holds(&view.level()?, rank)),
            Self::Type(exploitation_type) => Some(view.has_type(*exploitation_type)),
            Self::LinkedAt(rank) => Some(view.linked_rank()? >= *rank),
            Self::Phrase(phrase) => view.phrase(*phrase),
        }
    }

    /// Calls `visit` with this condition and every condition within it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::Not(inner) => inner.walk(visit),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.walk(visit);
                }
            }
            _ => {}
        }
    }
}

/// `parts` joined by "and" or "or": the first that decides does so, also beside unknown ones.
fn decided(parts: &[Condition], view: &dyn View, deciding: bool) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match part.evaluate(view) {
            Some(holds) if holds == deciding => return Some(deciding),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!deciding)
}

impl Number {
    fn evaluate(&self, view: &dyn View) -> Option<f64> {
        match self {
            Self::Constant(number) => Some(*number),
            Self::Sum(left, sum, right) => {
                let (left, right) = (left.evaluate(view)?, right.evaluate(view)?);
                Some(match sum {
                    Sum::Plus => left + right,
                    Sum::Minus => left - right,
                    Sum::Times => left * right,
                })
            }
            named => view.number(named),
        }
    }

    /// Calls `visit` with this number and every number within it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        if let Self::Sum(left, _, right) = self {
            left.walk(visit);
            right.walk(visit);
        }
    }
}

/// Looks up every name in `node`.
pub fn compile(node: &Node, scope: Scope<'_>) -> Result<Condition, ConditionError> {
    let each = |parts: &[Node]| -> Result<Vec<_>, _> {
        parts.iter().map(|part| compile(part, scope)).collect()
    };
    match &node.kind {
        NodeKind::Truth(truth) => Ok(Condition::Truth(*truth)),
        NodeKind::Not(inner) => Ok(Condition::Not(Box::new(compile(inner, scope)?))),
        NodeKind::And(parts) => Ok(Condition::All(each(parts)?)),
        NodeKind::Or(parts) => Ok(Condition::Any(each(parts)?)),
        NodeKind::TypesInclude(inner) => compile(inner, scope),
        NodeKind::Phrase(phrase) => match scope.level {
            Some(_) => Ok(Condition::Phrase(*phrase)),
            None => Err(ConditionError::new(node.column, "this can stand only in a prompt")),
        },
        NodeKind::Call(name, argument) => call(node.column, name, argument, scope),
        NodeKind::In(left, items) => {
            let (indicator, _) = answer_of(left, scope)?
                .ok_or_else(|| ConditionError::new(node.column, "`in` needs answer('...')"))?;
            let responses = items.iter().map(response_of).collect::<Result<_, _>>()?;
            Ok(Condition::AnswerIn(indicator, responses))
        }
        NodeKind::Compare(left, comparison, right) => compare(left, *comparison, right, scope),
        NodeKind::Name(name) => match (scope.exploitation_type)(name) {
            Some(exploitation_type) if scope.level.is_some() => {
                Ok(Condition::Type(exploitation_type))
            }
            _ if known_number(name).is_some() => {
                Err(ConditionError::new(node.column, format!("compare `{name}` with a number")))
            }
            _ => Err(unknown(node.column, name)),
        },
        NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Sum(..) => {
            Err(ConditionError::new(node.column, "a value alone is no condition: compare it"))
        }
    }
}

fn unknown(column: usize, name: &str) -> ConditionError {
    ConditionError::new(column, format!("unknown name `{name}`"))
}

fn call(
    column: usize,
    name: &str,
    argument: &str,
    scope: Scope<'_>,
) -> Result<Condition, ConditionError> {
    match name {
        "yes_now" => Ok(Condition::YesNow(indicator(column, argument, scope)?)),
        "linked_to_entity_at" => match scope.level {
            Some(level) => match level(argument) {
                Some(rank) => Ok(Condition::LinkedAt(rank)),
                None => Err(ConditionError::new(column, format!("unknown level `{argument}`"))),
            },
            None => {
                Err(ConditionError::new(column, format!("`{name}` can stand only in a prompt")))
            }
        },
        "answer" => Err(ConditionError::new(column, "compare the answer with a response")),
        _ => Err(ConditionError::new(column, format!("unknown function `{name}`"))),
    }
}

fn indicator(column: usize, id: &str, scope: Scope<'_>) -> Result<usize, ConditionError> {
    (scope.indicator)(id)
        .ok_or_else(|| ConditionError::new(column, format!("unknown indicator `{id}`")))
}

/// The indicator and column of `answer('...')`, if `node` is that.
fn answer_of(node: &Node, scope: Scope<'_>) -> Result<Option<(usize, usize)>, ConditionError> {
    match &node.kind {
        NodeKind::Call(name, id) if name == "answer" => {
            Ok(Some((indicator(node.column, id, scope)?, node.column)))
        }
        _ => Ok(None),
    }
}

fn response_of(node: &Node) -> Result<Response, ConditionError> {
    let NodeKind::Text(text) = &node.kind else {
        return Err(ConditionError::new(node.column, "expected a quoted response"));
    };
    Response::from_id(text)
        .ok_or_else(|| ConditionError::new(node.column, format!("unknown response `{text}`")))
}

fn compare(
    left: &Node,
    comparison: Comparison,
    right: &Node,
    scope: Scope<'_>,
) -> Result<Condition, ConditionError> {
    for (one, other, comparison) in [(left, right, comparison), (right, left, comparison.turned())]
    {
        if let Some((indicator, column)) = answer_of(one, scope)? {
            let is = Condition::AnswerIn(indicator, vec![response_of(other)?]);
            return match comparison {
                Comparison::Equal => Ok(is),
                Comparison::Unequal => Ok(Condition::Not(Box::new(is))),
                _ => Err(ConditionError::new(column, "an answer is equal to a response or not")),
            };
        }
        if let (NodeKind::Name(name), Some(level)) = (&one.kind, scope.level)
            && name == "level"
        {
            let (NodeKind::Name(id) | NodeKind::Text(id)) = &other.kind else {
                return Err(ConditionError::new(other.column, "expected a level"));
            };
            return match level(id) {
                Some(rank) => Ok(Condition::Level(comparison, rank)),
                None => Err(ConditionError::new(other.column, format!("unknown level `{id}`"))),
            };
        }
    }
    Ok(Condition::Compare(number(left)?, comparison, number(right)?))
}

fn number(node: &Node) -> Result<Number, ConditionError> {
    match &node.kind {
        NodeKind::Number(number) => Ok(Number::Constant(*number)),
        NodeKind::Sum(left, sum, right) => {
            Ok(Number::Sum(Box::new(number(left)?), *sum, Box::new(number(right)?)))
        }
        NodeKind::Name(name) if name == "level" => {
            Err(ConditionError::new(node.column, "`level` can stand only in a prompt"))
        }
        NodeKind::Name(name) => known_number(name).ok_or_else(|| unknown(node.column, name)),
        NodeKind::Call(name, _) if !matches!(name.as_str(), "answer" | "yes_now") => {
            Err(ConditionError::new(node.column, format!("unknown function `{name}`")))
        }
        _ => Err(ConditionError::new(node.column, "expected a number")),
    }
}

fn known_number(name: &str) -> Option<Number> {
    Some(match name {
        "V" => Number::Vulnerabilities,
        "age_years" => Number::Age,
        "missing_episodes_90d" => Number::MissingEpisodes,
        "days_since_last_screen" => Number::DaysSinceLastScreen,
        "review_days" => Number::ReviewDays,
        _ => {
            let (class, state) = name.split_once('_')?;
            let class = match class {
                "H" => Class::HarmSign,
                "S" => Class::Strong,
                "M" => Class::Moderate,
                _ => return None,
            };
            let state = match state {
                "yes" => State::Yes,
                "poss" => State::Possible,
                "hist" => State::Historic,
                _ => return None,
            };
            Number::Count(class, state)
        }
    })
}
