//! Who is asking.

use std::collections::BTreeSet;

use tessera_core::{
    ids::{AgencyId, ConcernId, RequestId, UserId},
    user::Role,
};

/// What sort of party is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Nobody we know.
    Anonymous,
    /// The holder of a reference and its code: may follow that one concern.
    Sender(ConcernId),
    /// A signed-in person.
    User(UserId),
    /// The program itself: jobs, imports at the command line.
    System,
}

/// Who is asking, with all that rules need to know of them.
#[derive(Debug, Clone)]
pub struct Actor {
    /// What sort of party.
    pub who: Who,
    /// The name written to the audit log; `anonymous` or the program's job otherwise.
    pub name: String,
    /// Their agency.
    pub agency: Option<AgencyId>,
    /// The roles that hold now.
    pub roles: BTreeSet<Role>,
    /// The request they came by.
    pub request: Option<RequestId>,
}

impl Actor {
    /// Somebody without an account.
    #[must_use]
    pub fn anonymous(request: Option<RequestId>) -> Self {
        Self {
            who: Who::Anonymous,
            name: "anonymous".into(),
            agency: None,
            roles: BTreeSet::new(),
            request,
        }
    }

    /// The holder of a concern's follow-up code.
    #[must_use]
    pub fn sender(concern: ConcernId, request: Option<RequestId>) -> Self {
        Self { who: Who::Sender(concern), name: "sender".into(), ..Self::anonymous(request) }
    }

    /// The program itself, named for what it does.
    #[must_use]
    pub fn system(job: &str) -> Self {
        Self { who: Who::System, name: format!("system: {job}"), ..Self::anonymous(None) }
    }

    /// The signed-in person, if it is one.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self.who {
            Who::User(id) => Some(id),
            _ => None,
        }
    }

    /// Whether they hold a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether they hold a role that works with children. An administrator or an auditor who is
    /// nothing else reads no case content, whatever list names them.
    #[must_use]
    pub fn works_with_children(&self) -> bool {
        let case_roles = [
            Role::Worker,
            Role::AgencyLead,
            Role::HubOfficer,
            Role::HubManager,
            Role::SocialWorker,
            Role::PoliceIntelligence,
        ];
        self.user().is_some() && case_roles.iter().any(|role| self.is(*role))
    }

    /// Whether they work at the front door.
    #[must_use]
    pub fn is_hub(&self) -> bool {
        self.is(Role::HubOfficer) || self.is(Role::HubManager)
    }
}
