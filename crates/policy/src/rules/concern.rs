//! Concerns. Who sent one may follow it in safe words; the hub works on it; police and social
//! workers see those that were routed or belong to them; nobody else knows that it exists.

use tessera_core::{ids::UserId, user::Role};

use crate::{Action, Actor, Verdict, Who, rules::acts};

/// What the rules must know of a concern.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is one independent fact of the record
pub struct ConcernFacts {
    /// It exists.
    pub exists: bool,
    /// The signed-in person who sent it.
    pub submitted_by: Option<UserId>,
    /// The actor holds the reference and the code of this very concern.
    pub by_code: bool,
    /// It was sent from the actor's agency.
    pub own_agency: bool,
    /// Restricted to named people.
    pub restricted: bool,
    /// The actor is one of them.
    pub named: bool,
    /// The actor must never see it: excluded from a child in it.
    pub excluded: bool,
    /// Routed to police (intelligence, crime or missing).
    pub routed_to_police: bool,
    /// The actor works with a child in it.
    pub works_with_child: bool,
    /// The actor took the decision that is challenged.
    pub decided_by_actor: bool,
}

acts! { ConcernFacts, rule;
    /// Follow a concern one sent.
    FollowConcern;
    /// Add to a concern one sent.
    AddToConcern;
    /// Disagree with the outcome.
    ChallengeOutcome;
    /// Open a concern.
    ViewConcern;
    /// Work on a concern.
    TriageConcern;
    /// See who sent it.
    ViewSource;
    /// Answer a challenge.
    AnswerChallenge;
}

acts! { (), rule_without_record;
    /// Keep a draft.
    SaveDraft;
    /// Send a concern.
    SubmitConcern;
    /// Type in a concern for someone.
    EnterConcern;
    /// List one's own.
    ListOwnConcerns;
    /// See the queue.
    ListQueue;
    /// Search the words of concerns.
    SearchConcerns;
    /// Bring in a file.
    ImportConcerns;
}

fn rule(action: Action, actor: &Actor, facts: &ConcernFacts) -> Verdict {
    if !facts.exists {
        return Verdict::Absent;
    }
    match action {
        Action::FollowConcern => own_or_colleagues(actor, facts),
        Action::AddToConcern | Action::ChallengeOutcome => own(actor, facts),
        Action::ViewConcern => view(actor, facts),
        _ => work(action, actor, facts),
    }
}

fn is_own(actor: &Actor, facts: &ConcernFacts) -> bool {
    facts.submitted_by.is_some() && facts.submitted_by == actor.user()
}

/// The sender keeps sight of their own words whatever else is decided: they know they sent them,
/// and a concern that vanished would tell them something.
fn own(actor: &Actor, facts: &ConcernFacts) -> Verdict {
    let by_code = matches!(actor.who, Who::Sender(_)) && facts.by_code;
    if by_code || is_own(actor, facts) { Verdict::Allow } else { Verdict::Absent }
}

fn own_or_colleagues(actor: &Actor, facts: &ConcernFacts) -> Verdict {
    let lead = actor.is(Role::AgencyLead) && facts.own_agency;
    if lead && !facts.excluded && !facts.restricted { Verdict::Allow } else { own(actor, facts) }
}

pub(crate) fn view(actor: &Actor, facts: &ConcernFacts) -> Verdict {
    if !actor.works_with_children() || facts.excluded || (facts.restricted && !facts.named) {
        return Verdict::Absent;
    }
    let may = actor.is_hub()
        || facts.named
        || (actor.is(Role::SocialWorker) && facts.works_with_child)
        || (actor.is(Role::PoliceIntelligence) && facts.routed_to_police);
    if may { Verdict::Allow } else { Verdict::Absent }
}

fn work(action: Action, actor: &Actor, facts: &ConcernFacts) -> Verdict {
    if view(actor, facts) != Verdict::Allow {
        return Verdict::Absent;
    }
    let may = match action {
        Action::TriageConcern | Action::ViewSource => actor.is_hub(),
        // A challenge is answered by a manager who did not take the decision.
        Action::AnswerChallenge => actor.is(Role::HubManager) && !facts.decided_by_actor,
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}

fn rule_without_record(action: Action, actor: &Actor, _: &()) -> Verdict {
    let may = match action {
        Action::SaveDraft | Action::SubmitConcern => true,
        Action::ListOwnConcerns => actor.user().is_some(),
        Action::EnterConcern | Action::ListQueue | Action::SearchConcerns => actor.is_hub(),
        Action::ImportConcerns => actor.is_hub() || actor.who == Who::System,
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
