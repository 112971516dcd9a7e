//! What the intelligence desk wants to know: the police desk asks, everyone who may send reports reads
//! what is asked of everyone.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

acts! { (), rule;
    /// Ask, close, and say which report answers.
    WorkRequirement;
    /// Read how long senders wait until they are told.
    ViewFeedback;
}

fn rule(action: Action, actor: &Actor, (): &()) -> Verdict {
    let police = actor.is(Role::PoliceIntelligence);
    let may = match action {
        Action::WorkRequirement => police,
        Action::ViewFeedback => police || actor.is_hub(),
        _ => false,
    };
    if may && actor.user().is_some() { Verdict::Allow } else { Verdict::Refuse }
}
