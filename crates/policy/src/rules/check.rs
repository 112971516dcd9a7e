//! Partner checks: the agency that was asked answers; the hub reads; nobody else knows.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a partner check.
#[derive(Debug, Clone, Copy, Default)]
pub struct CheckFacts {
    /// It exists.
    pub exists: bool,
    /// The actor's agency was asked.
    pub own_agency: bool,
    /// The actor may never see the child asked about.
    pub excluded: bool,
}

acts! { CheckFacts, rule;
    /// Open a check.
    ViewCheck;
    /// Answer it.
    AnswerCheck;
}

acts! { (), rule_without_record;
    /// List the checks of one's agency.
    ListChecks;
}

fn rule(_: Action, actor: &Actor, facts: &CheckFacts) -> Verdict {
    let asked = facts.own_agency && actor.is(Role::AgencyLead);
    if facts.exists && asked && !facts.excluded { Verdict::Allow } else { Verdict::Absent }
}

fn rule_without_record(_: Action, actor: &Actor, (): &()) -> Verdict {
    if actor.is(Role::AgencyLead) { Verdict::Allow } else { Verdict::Refuse }
}
