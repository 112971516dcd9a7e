//! Agencies, people, settings and the audit log. An administrator reads no case content.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, Who, rules::acts};

acts! { (), rule;
    /// Set up agencies.
    ManageAgencies;
    /// Set up people.
    ManageUsers;
    /// Change contact numbers.
    ChangeSettings;
    /// Read the audit log.
    ViewAudit;
    /// A job of the program.
    RunJob;
    /// Set up an empty partnership.
    SetUp;
}

fn rule(action: Action, actor: &Actor, (): &()) -> Verdict {
    let may = match action {
        Action::ManageAgencies | Action::ManageUsers | Action::ChangeSettings => {
            actor.is(Role::Administrator)
        }
        Action::ViewAudit => actor.is(Role::Auditor),
        Action::RunJob | Action::SetUp => actor.who == Who::System,
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
