//! What a person may do to a computed level: raise it with a reason; lower it only within limits.
//!
//! Both levels are kept. Every refusal is returned, not only the first, so that a form can show all
//! of them together.

use crate::evaluate::Outcome;
use crate::instrument::{ChangeFile, Instrument, JudgementFile};

/// The judgement rules of an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    raise: Change,
    lower: Change,
    locked_floors_hold: bool,
    never_under: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    who: Who,
    needs: Vec<Need>,
    approval: Approval,
    max_steps: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anyone,
    OtherManager,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Reason(usize),
    ProtectiveFactors,
    WouldChangeMind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Approval {
    Nobody,
    SecondPerson,
}

/// In which part a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A worker or volunteer.
    Worker,
    /// The designated safeguarding lead.
    DesignatedLead,
    /// A manager.
    Manager,
}

/// A person's view of the level, with what they give for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// The place of the level in the instrument's list.
    pub level: usize,
    /// Who decides, as an id.
    pub by: &'a str,
    /// In which part.
    pub role: Role,
    /// Who completed the screen, as an id.
    pub completed_by: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The ids of the protective factors relied on.
    pub protective_factors: &'a [&'a str],
    /// What would show that the decision is wrong.
    pub what_would_change_my_mind: &'a str,
    /// Who else has agreed, as an id.
    pub second_person: Option<&'a str>,
}

/// An accepted professional level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Professional {
    /// The place of the level.
    pub level: usize,
    /// Whether a manager or designated lead decided it.
    pub decided_by_manager: bool,
}

/// Why a professional level was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such level.
    #[error("the instrument has no such level")]
    NoSuchLevel,
    /// Nobody is named.
    #[error("a level is decided by a named person")]
    NobodyNamed,
    /// The reason is too short.
    #[error("give a reason of at least {0} characters")]
    ReasonTooShort(usize),
    /// A worker, or the person who completed the screen.
    #[error("only a manager or designated lead who did not complete the screen may lower a level")]
    NotTheirs,
    /// Too many steps at once.
    #[error("a level can be lowered by {0} at most")]
    TooManySteps(usize),
    /// A locked floor demands more.
    #[error("a locked rule holds the level at {0} or above")]
    Locked(String),
    /// An overlay forbids any lowering.
    #[error("the level cannot be lowered while `{0}` is set")]
    Overlay(String),
    /// No protective factor is named.
    #[error("name the protective factors relied on")]
    NoProtectiveFactor,
    /// The instrument has no such protective factor.
    #[error("unknown protective factor `{0}`")]
    UnknownProtectiveFactor(String),
    /// Nothing is said about what would show the decision to be wrong.
    #[error("say what would change your mind")]
    NoChangeOfMind,
    /// No second person has agreed.
    #[error("a second named person must agree")]
    NoSecondPerson,
}

impl Rules {
    /// Reads the rules of a file; `overlays` are the ids that may forbid lowering. A fault gives
    /// the key and the reason.
    pub(crate) fn read(
        file: &JudgementFile,
        overlays: &[&str],
    ) -> Result<Self, (&'static str, String)> {
        let (locked, never_under): (Vec<_>, Vec<_>) =
            file.never_lower.iter().cloned().partition(|item| item == "locked floors");
        if let Some(other) = never_under.iter().find(|id| !overlays.contains(&id.as_str())) {
            return Err((
                "never_lower",
                format!("`{other}` is no overlay and not `locked floors`"),
            ));
        }
        Ok(Self {
            raise: Change::read(&file.raise).map_err(|reason| ("raise", reason))?,
            lower: Change::read(&file.lower).map_err(|reason| ("lower", reason))?,
            locked_floors_hold: !locked.is_empty(),
            never_under,
        })
    }
}

impl Change {
    fn read(file: &ChangeFile) -> Result<Self, String> {
        Ok(Self {
            who: match file.who.as_str() {
                "any completing worker" => Who::Anyone,
                "manager or DSL who did not complete the screen" => Who::OtherManager,
                other => return Err(format!("unknown `who`: `{other}`")),
            },
            needs: file.needs.iter().map(|need| Need::read(need)).collect::<Result<_, _>>()?,
            approval: match file.approval.as_str() {
                "none" => Approval::Nobody,
                "named_second_person" => Approval::SecondPerson,
                other => return Err(format!("unknown `approval`: `{other}`")),
            },
            max_steps: file.max_steps.map(usize::from),
        })
    }
}

impl Need {
    fn read(need: &str) -> Result<Self, String> {
        let least = need.strip_prefix("reason_min_").and_then(|n| n.strip_suffix("_chars"));
        match (need, least.and_then(|least| least.parse().ok())) {
            (_, Some(least)) => Ok(Self::Reason(least)),
            ("protective_factors_cited", _) => Ok(Self::ProtectiveFactors),
            ("what_would_change_my_mind", _) => Ok(Self::WouldChangeMind),
            _ => Err(format!("unknown need `{need}`")),
        }
    }

    fn refusal(self, proposal: &Proposal<'_>) -> Option<Refusal> {
        match self {
            Self::Reason(least) if proposal.reason.trim().chars().count() < least => {
                Some(Refusal::ReasonTooShort(least))
            }
            Self::ProtectiveFactors if proposal.protective_factors.is_empty() => {
                Some(Refusal::NoProtectiveFactor)
            }
            Self::WouldChangeMind if proposal.what_would_change_my_mind.trim().is_empty() => {
                Some(Refusal::NoChangeOfMind)
            }
            _ => None,
        }
    }
}

/// Holds a person's view of the level to the instrument's rules.
///
/// Agreeing with the computed level needs what raising needs: a name and a reason.
pub fn judge(
    instrument: &Instrument,
    outcome: &Outcome,
    proposal: &Proposal<'_>,
) -> Result<Professional, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let lowers = proposal.level < outcome.level;
    if proposal.level >= instrument.levels().len() {
        refusals.push(Refusal::NoSuchLevel);
    }
    if proposal.by.trim().is_empty() {
        refusals.push(Refusal::NobodyNamed);
    }
    match instrument.judgement() {
        Some(rules) if lowers => {
            refusals.extend(rules.lower.refusals(instrument, outcome, proposal));
            refusals.extend(rules.held(instrument, outcome, proposal));
        }
        Some(rules) => refusals.extend(rules.raise.refusals(instrument, outcome, proposal)),
        // An instrument that says nothing about lowering does not allow it.
        None if lowers => refusals.push(Refusal::NotTheirs),
        None => {}
    }
    let decided_by_manager = proposal.role != Role::Worker;
    if refusals.is_empty() {
        Ok(Professional { level: proposal.level, decided_by_manager })
    } else {
        Err(refusals)
    }
}

impl Change {
    fn refusals(
        &self,
        instrument: &Instrument,
        outcome: &Outcome,
        proposal: &Proposal<'_>,
    ) -> Vec<Refusal> {
        let mut out = Vec::new();
        let by = proposal.by.trim();
        let own = by == proposal.completed_by.trim();
        if self.who == Who::OtherManager && (own || proposal.role == Role::Worker) {
            out.push(Refusal::NotTheirs);
        }
        if let Some(most) = self.max_steps
            && outcome.level.abs_diff(proposal.level) > most
        {
            out.push(Refusal::TooManySteps(most));
        }
        out.extend(self.needs.iter().filter_map(|need| need.refusal(proposal)));
        let factors = &instrument.file().protective_factors;
        let cited = proposal.protective_factors.iter();
        let unknown = cited.filter(|id| !factors.iter().any(|factor| factor.id == ***id));
        out.extend(unknown.map(|id| Refusal::UnknownProtectiveFactor((*id).to_owned())));
        let second = proposal.second_person.map(str::trim).filter(|second| !second.is_empty());
        if self.approval == Approval::SecondPerson && second.is_none_or(|second| second == by) {
            out.push(Refusal::NoSecondPerson);
        }
        out
    }
}

impl Rules {
    /// What forbids lowering to the proposed level.
    fn held(
        &self,
        instrument: &Instrument,
        outcome: &Outcome,
        proposal: &Proposal<'_>,
    ) -> Vec<Refusal> {
        let mut out = Vec::new();
        if let Some(locked) = outcome.locked_at
            && self.locked_floors_hold
            && proposal.level < locked
        {
            out.push(Refusal::Locked(instrument.level(locked).label.clone()));
        }
        let set = outcome.overlays.iter().filter_map(|at| instrument.overlays.get(*at));
        let forbidding = set.filter(|overlay| self.never_under.contains(&overlay.id));
        out.extend(forbidding.map(|overlay| Refusal::Overlay(overlay.label.clone())));
        out
    }
}

/// The level that actions follow: the higher of the two until a manager or designated lead has
/// decided, then the professional one.
pub fn level_for_actions(computed: usize, professional: Option<Professional>) -> usize {
    match professional {
        Some(decided) if decided.decided_by_manager => decided.level,
        Some(view) => view.level.max(computed),
        None => computed,
    }
}
