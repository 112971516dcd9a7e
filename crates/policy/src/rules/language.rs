//! The lexicon and what is counted of it: practitioners who answer for the words of others keep it;
//! nobody publishes their own proposal.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a proposed change to the lexicon.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChangeFacts {
    /// It exists.
    pub exists: bool,
    /// The actor proposed it.
    pub own: bool,
}

acts! { ChangeFacts, settle;
    /// Publish a proposed change, or turn it down.
    SettleLexicon;
}

acts! { (), rule;
    /// Read, try and propose changes to the lexicon.
    EditLexicon;
    /// See how often teams use listed words.
    ViewLanguageTrend;
}

fn keeps_lexicon(actor: &Actor) -> bool {
    actor.user().is_some() && (actor.is(Role::AgencyLead) || actor.is(Role::HubManager))
}

fn settle(_: Action, actor: &Actor, facts: &ChangeFacts) -> Verdict {
    match (keeps_lexicon(actor), facts.exists, facts.own) {
        (false, ..) | (true, false, _) => Verdict::Absent,
        (true, true, true) => Verdict::Refuse,
        (true, true, false) => Verdict::Allow,
    }
}

fn rule(_: Action, actor: &Actor, (): &()) -> Verdict {
    if keeps_lexicon(actor) { Verdict::Allow } else { Verdict::Refuse }
}
