//! The picture of everything that the desk holds, and what is built on it: watches, the rule,
//! candidates for group-based exploitation, snapshots for a meeting. What of it somebody sees is
//! settled report by report; these rules say who may look at all.

use tessera_core::user::Role;

use crate::{Action, Actor, Verdict, rules::acts};

/// What the rules must know of a candidate for group-based exploitation.
#[derive(Debug, Clone, Copy, Default)]
pub struct CandidateFacts {
    /// It exists, and the actor may see everything that it rests on.
    pub exists: bool,
    /// It was put to the actor by name.
    pub put_to_actor: bool,
    /// It was decided.
    pub decided: bool,
}

/// What the rules must know of a snapshot.
#[derive(Debug, Clone, Copy, Default)]
pub struct SnapshotFacts {
    /// It exists and its time has not run out.
    pub exists: bool,
    /// The actor made it or was named as attending.
    pub attends: bool,
}

acts! { (), rule;
    /// See the picture of everything.
    ViewPicture;
    /// See addresses on the map, and not only areas.
    ViewAddresses;
    /// Keep watches and searches of one's own.
    KeepWatch;
    /// Set the numbers of the rule.
    SetRule;
    /// Put a candidate to a named person.
    PutCandidate;
    /// Make a snapshot for a meeting.
    MakeSnapshot;
    /// List the snapshots that are for one.
    ListSnapshots;
}

acts! { CandidateFacts, candidate;
    /// Read a candidate.
    ViewCandidate;
    /// Decide about a candidate.
    DecideCandidate;
}

acts! { SnapshotFacts, snapshot;
    /// Read a snapshot.
    ViewSnapshot;
}

fn desk(actor: &Actor) -> bool {
    actor.works_with_children() && (actor.is(Role::PoliceIntelligence) || actor.is_hub())
}

fn rule(action: Action, actor: &Actor, (): &()) -> Verdict {
    let police = actor.user().is_some() && actor.is(Role::PoliceIntelligence);
    let may = match action {
        Action::ViewPicture | Action::KeepWatch | Action::PutCandidate => desk(actor),
        Action::ViewAddresses | Action::SetRule | Action::MakeSnapshot => police,
        Action::ListSnapshots => actor.works_with_children(),
        _ => false,
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}

fn candidate(action: Action, actor: &Actor, facts: &CandidateFacts) -> Verdict {
    if !desk(actor) {
        return Verdict::Absent;
    }
    match (facts.exists, action) {
        (false, _) => Verdict::Absent,
        (true, Action::ViewCandidate) => Verdict::Allow,
        // It waits for the person it was put to, and is decided once.
        (true, _) if facts.put_to_actor && !facts.decided => Verdict::Allow,
        (true, _) => Verdict::Refuse,
    }
}

fn snapshot(_: Action, actor: &Actor, facts: &SnapshotFacts) -> Verdict {
    let may = facts.exists && facts.attends && actor.works_with_children();
    if may { Verdict::Allow } else { Verdict::Absent }
}
