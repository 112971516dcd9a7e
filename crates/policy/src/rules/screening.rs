//! Screenings. Whoever works with children may complete one, and so may the holder of a one-use
//! link. The safeguarding lead of the sender's agency checks it; the hub sees what was passed on.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a screening that was sent.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one independent fact of the record")]
pub struct ScreeningFacts {
    /// It exists.
    pub exists: bool,
    /// The actor completed it.
    pub own: bool,
    /// It was sent from the actor's agency.
    pub own_agency: bool,
    /// It was passed on to the hub, or its agency has nobody to check it.
    pub with_hub: bool,
    /// The child's file, or the concern made from it, is restricted to named people.
    pub restricted: bool,
    /// The actor is one of them.
    pub named: bool,
    /// The actor must never see it.
    pub excluded: bool,
    /// The actor is named as a worker of the child.
    pub works_with_child: bool,
}

/// What the rules must know of a draft.
#[derive(Debug, Clone, Copy, Default)]
pub struct DraftFacts {
    /// The actor opened it with its code, or came by a link that can be used.
    pub opened: bool,
}

acts! { ScreeningFacts, rule;
    /// Open a screening.
    ViewScreening;
    /// Decide its level, or agree to a lower one.
    DecideScreening;
}

acts! { DraftFacts, draft;
    /// Keep a draft.
    SaveScreening;
    /// Send it.
    SubmitScreening;
}

acts! { (), rule_without_record;
    /// List screenings, and start one.
    ListScreenings;
    /// Make a one-use link.
    OfferScreening;
    /// Write a version of an instrument.
    EditInstrument;
    /// Approve a version that somebody else wrote.
    ApproveInstrument;
}

fn rule(action: Action, actor: &Actor, facts: &ScreeningFacts) -> Verdict {
    let seen = view(actor, facts);
    if action == Action::ViewScreening || seen == Verdict::Absent {
        return seen;
    }
    // Whoever may see their own words only because they wrote them decides nothing.
    let hidden = facts.excluded || (facts.restricted && !facts.named);
    let checks = (actor.is(Role::AgencyLead) && facts.own_agency)
        || (actor.is(Role::HubManager) && facts.with_hub);
    if checks && !hidden { Verdict::Allow } else { Verdict::Refuse }
}

/// Who completed it keeps sight of their own words: one that vanished would tell them something.
fn view(actor: &Actor, facts: &ScreeningFacts) -> Verdict {
    if !facts.exists {
        return Verdict::Absent;
    }
    if facts.own && actor.user().is_some() {
        return Verdict::Allow;
    }
    if !actor.works_with_children() || facts.excluded || (facts.restricted && !facts.named) {
        return Verdict::Absent;
    }
    let may = (actor.is(Role::AgencyLead) && facts.own_agency)
        || (actor.is_hub() && facts.with_hub)
        || (actor.is(Role::SocialWorker) && facts.works_with_child);
    if may { Verdict::Allow } else { Verdict::Absent }
}

fn draft(_: Action, actor: &Actor, facts: &DraftFacts) -> Verdict {
    if facts.opened || actor.works_with_children() { Verdict::Allow } else { Verdict::Refuse }
}

fn rule_without_record(action: Action, actor: &Actor, (): &()) -> Verdict {
    let may = match action {
        Action::ListScreenings | Action::OfferScreening => actor.works_with_children(),
        Action::EditInstrument | Action::ApproveInstrument => actor.is(Role::HubManager),
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
