//! Spreadsheets brought in as intelligence reports: the police desk's work. What is not brought in
//! yet, and the rows that could not be, are seen by nobody but the one who works on them.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a batch.
#[derive(Debug, Clone, Copy, Default)]
pub struct BatchFacts {
    /// It exists.
    pub exists: bool,
    /// The actor brings it in.
    pub own: bool,
    /// Its rows were brought in, or undone since.
    pub sent: bool,
}

acts! { BatchFacts, rule;
    /// Open it.
    ViewBatch;
    /// Name its columns, bring it in, drop it, read the rows that could not come in.
    WorkBatch;
    /// Undo it.
    UndoBatch;
}

acts! { (), rule_without_record;
    /// List batches and begin one.
    ListBatches;
}

fn of_the_desk(actor: &Actor) -> bool {
    actor.user().is_some() && actor.is(Role::PoliceIntelligence)
}

fn rule(action: Action, actor: &Actor, facts: &BatchFacts) -> Verdict {
    let visible = facts.exists && of_the_desk(actor) && (facts.own || facts.sent);
    match (visible, action) {
        (false, _) => Verdict::Absent,
        (true, Action::WorkBatch) if !facts.own => Verdict::Refuse,
        (true, _) => Verdict::Allow,
    }
}

fn rule_without_record(_: Action, actor: &Actor, (): &()) -> Verdict {
    if of_the_desk(actor) { Verdict::Allow } else { Verdict::Refuse }
}
