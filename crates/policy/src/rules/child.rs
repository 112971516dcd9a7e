//! Children's files. Need to know by working with the child; a reason for everybody else who may
//! have one; restriction to named people; exclusion beats all.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a child's file.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is one independent fact of the record
pub struct ChildFacts {
    /// It exists.
    pub exists: bool,
    /// The actor is named on the file as a worker of this child.
    pub works_with_child: bool,
    /// A concern about the child is open, so the hub is working with it.
    pub open_concern: bool,
    /// Restricted to named people.
    pub restricted: bool,
    /// The actor is one of them, or has opened it in an emergency that has not run out.
    pub named: bool,
    /// The actor must never see it.
    pub excluded: bool,
    /// The actor gave a reason that has not run out.
    pub reason_given: bool,
}

acts! { ChildFacts, rule;
    /// Open a file.
    ViewChild;
    /// Give a reason to open it.
    GiveReason;
    /// Add to or correct it.
    CorrectChild;
    /// Print it.
    PrintChild;
    /// See who looked.
    ViewLookers;
    /// Change who may see it.
    RestrictChild;
    /// Open a restricted one in an emergency.
    OverrideRestriction;
}

acts! { (), rule_without_record;
    /// Search for a child.
    SearchChildren;
    /// Open a new file.
    CreateChild;
    /// Review emergency openings and settle two files for one child.
    Steward;
}

fn rule(action: Action, actor: &Actor, facts: &ChildFacts) -> Verdict {
    if !facts.exists || facts.excluded {
        return Verdict::Absent;
    }
    match action {
        Action::GiveReason => give_reason(actor, facts),
        Action::OverrideRestriction => open_in_emergency(actor, facts),
        Action::ViewChild => view(actor, facts),
        Action::ViewLookers if actor.is(Role::Auditor) && !facts.restricted => Verdict::Allow,
        _ => work(action, actor, facts),
    }
}

fn may_have_a_reason(actor: &Actor) -> bool {
    actor.is_hub() || actor.is(Role::SocialWorker)
}

fn view(actor: &Actor, facts: &ChildFacts) -> Verdict {
    if !actor.works_with_children() {
        return Verdict::Absent;
    }
    if facts.restricted && !facts.named {
        return if actor.is(Role::HubManager) { Verdict::Restricted } else { Verdict::Absent };
    }
    if facts.works_with_child || facts.named || (actor.is_hub() && facts.open_concern) {
        return Verdict::Allow;
    }
    match (may_have_a_reason(actor), facts.reason_given) {
        (true, true) => Verdict::Allow,
        (true, false) => Verdict::AskReason,
        (false, _) => Verdict::Absent,
    }
}

fn give_reason(actor: &Actor, facts: &ChildFacts) -> Verdict {
    match view(actor, facts) {
        Verdict::AskReason | Verdict::Allow if may_have_a_reason(actor) => Verdict::Allow,
        _ => Verdict::Absent,
    }
}

fn open_in_emergency(actor: &Actor, facts: &ChildFacts) -> Verdict {
    if view(actor, facts) == Verdict::Restricted { Verdict::Allow } else { Verdict::Absent }
}

fn work(action: Action, actor: &Actor, facts: &ChildFacts) -> Verdict {
    let seen = view(actor, facts);
    if seen != Verdict::Allow {
        return seen;
    }
    let office = actor.is_hub() || actor.is(Role::SocialWorker);
    let may = match action {
        Action::CorrectChild | Action::PrintChild | Action::ViewLookers => office,
        Action::RestrictChild => actor.is(Role::HubManager),
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}

fn rule_without_record(action: Action, actor: &Actor, (): &()) -> Verdict {
    let may = match action {
        Action::SearchChildren => may_have_a_reason(actor),
        Action::CreateChild => actor.is_hub(),
        Action::Steward => actor.is(Role::HubManager),
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
