//! Intelligence reports. Who sent one may follow it; the police desk works on it; the front door
//! sees those that were assessed and may be shared; nobody else knows that it exists. To be told
//! who sent it takes two people.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a report.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each is one independent fact of the record
pub struct ReportFacts {
    /// It exists.
    pub exists: bool,
    /// The actor sent it.
    pub own: bool,
    /// Assessed, with handling that lets the front door see it, and not suspected to be false.
    pub open_to_hub: bool,
    /// About a child whose file is restricted to named people, of whom the actor is none.
    pub closed: bool,
    /// The actor must never see a child in it.
    pub excluded: bool,
    /// The actor asked to know who sent it, and nobody has answered.
    pub asked_by_actor: bool,
    /// Somebody else granted the actor's wish to know, and the time has not run out.
    pub source_granted: bool,
}

/// What the rules must know of something shared.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShareFacts {
    /// It exists.
    pub exists: bool,
    /// It was shared with the actor.
    pub recipient: bool,
    /// The actor must never see a child in it.
    pub excluded: bool,
}

acts! { ReportFacts, rule;
    /// Follow a report one sent.
    FollowReport;
    /// Add to it.
    AddToReport;
    /// Open a report.
    ViewReport;
    /// Decide about its mentions.
    LinkReport;
    /// Grade it, share it, take it back.
    WorkReport;
    /// Take its network out of the program.
    ExportReport;
    /// Ask to know who sent it.
    AskSource;
    /// Answer who asked.
    AnswerSource;
    /// Read who sent it.
    ViewReportSource;
}

acts! { ShareFacts, share_rule;
    /// Read what was shared.
    ViewShare;
}

acts! { (), rule_without_record;
    /// Send a report.
    SubmitReport;
    /// List one's own.
    ListOwnReports;
    /// See the desk.
    ListDesk;
    /// List what was shared with one.
    ListShares;
}

fn rule(action: Action, actor: &Actor, facts: &ReportFacts) -> Verdict {
    match action {
        Action::FollowReport | Action::AddToReport => {
            let own = facts.exists && facts.own && actor.user().is_some();
            if own { Verdict::Allow } else { Verdict::Absent }
        }
        Action::ViewReport => view(actor, facts),
        _ => work(action, actor, facts),
    }
}

fn view(actor: &Actor, facts: &ReportFacts) -> Verdict {
    let hidden = facts.excluded || facts.closed;
    if !facts.exists || hidden || !actor.works_with_children() {
        return Verdict::Absent;
    }
    let may = actor.is(Role::PoliceIntelligence) || (actor.is_hub() && facts.open_to_hub);
    if may { Verdict::Allow } else { Verdict::Absent }
}

fn work(action: Action, actor: &Actor, facts: &ReportFacts) -> Verdict {
    if view(actor, facts) != Verdict::Allow {
        return Verdict::Absent;
    }
    let police = actor.is(Role::PoliceIntelligence);
    let may = match action {
        Action::LinkReport => true,
        Action::WorkReport | Action::ExportReport | Action::AskSource => police,
        // Whoever asked cannot answer: it takes two people.
        Action::AnswerSource => police && !facts.asked_by_actor,
        Action::ViewReportSource => police && facts.source_granted,
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}

fn share_rule(_: Action, actor: &Actor, facts: &ShareFacts) -> Verdict {
    let may = facts.exists && facts.recipient && !facts.excluded && actor.works_with_children();
    if may { Verdict::Allow } else { Verdict::Absent }
}

fn rule_without_record(action: Action, actor: &Actor, (): &()) -> Verdict {
    let may = match action {
        Action::SubmitReport | Action::ListOwnReports | Action::ListShares => {
            actor.works_with_children()
        }
        Action::ListDesk => actor.is(Role::PoliceIntelligence) || actor.is_hub(),
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
