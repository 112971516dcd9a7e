//! Guidance. Everybody reads what is in force; editors write; somebody other than the writer puts it
//! in force. Who has read a policy is seen by those who answer for it.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a version of guidance that is not in force.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is one independent fact of the version
pub struct VersionFacts {
    /// It exists.
    pub exists: bool,
    /// It waits for a decision: it was sent for approval, or a new release proposes it.
    pub sent: bool,
    /// It was published, so anybody may read what it says.
    pub published: bool,
    /// The actor wrote it.
    pub own: bool,
}

acts! { VersionFacts, rule;
    /// Read it.
    ViewGuidance;
    /// Publish it or give it back.
    ApproveGuidance;
}

acts! { (), rule_without_record;
    /// Write guidance.
    EditGuidance;
    /// See what changed.
    ViewChanges;
    /// Be told by e-mail.
    FollowTopic;
    /// Confirm that one has read a policy.
    ReadPolicy;
    /// See who has read policies.
    ViewReceipts;
    /// Remind those who have not.
    RemindReaders;
}

fn rule(action: Action, actor: &Actor, facts: &VersionFacts) -> Verdict {
    let editor = actor.is(Role::Editor);
    let manager = actor.is(Role::HubManager) && (facts.sent || facts.published);
    if !facts.exists || !(editor || manager) {
        return Verdict::Absent;
    }
    let may = match action {
        Action::ViewGuidance => true,
        // Nobody puts their own words in force.
        Action::ApproveGuidance => facts.sent && !facts.own,
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}

fn rule_without_record(action: Action, actor: &Actor, (): &()) -> Verdict {
    let answers = [Role::AgencyLead, Role::HubManager, Role::Editor];
    let may = match action {
        Action::FollowTopic => true,
        Action::EditGuidance => actor.is(Role::Editor),
        Action::ViewChanges | Action::ReadPolicy => actor.user().is_some(),
        Action::ViewReceipts | Action::RemindReaders => answers.iter().any(|role| actor.is(*role)),
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
