//! The list of children put forward for the panel. The hub sees it; a manager decides. Whoever may not
//! see the concern learns nothing of its children here either.

use tessera_core::user::Role;

use crate::{
    Action, Actor, Verdict,
    rules::{
        acts,
        concern::{ConcernFacts, view},
    },
};

acts! { ConcernFacts, rule;
    /// See why a child was put forward, and what was decided.
    ViewPanel;
    /// Decide whether a child is discussed.
    DecidePanel;
}

acts! { (), rule_without_record;
    /// See the list.
    ListPanel;
}

fn rule(action: Action, actor: &Actor, facts: &ConcernFacts) -> Verdict {
    if !facts.exists || view(actor, facts) != Verdict::Allow {
        return Verdict::Absent;
    }
    let may = match action {
        Action::ViewPanel => actor.is_hub(),
        _ => actor.is(Role::HubManager),
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}

fn rule_without_record(_: Action, actor: &Actor, (): &()) -> Verdict {
    if actor.is_hub() { Verdict::Allow } else { Verdict::Refuse }
}
