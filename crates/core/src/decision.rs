//! Decisions about each child in a concern: what a named person decided, when and why.

use crate::{
    ids::{ChallengeId, ConcernChildId, DecisionId},
    time::Timestamp,
};

/// A decision about one child.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The child as named in the concern.
    pub child: ConcernChildId,
    /// Code of list `outcome`.
    pub outcome: String,
    /// Level of need, code of list `need_level`.
    pub need_level: String,
    /// Why.
    pub reason: String,
    /// What the sender is told, in safe words.
    pub told: String,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: Timestamp,
}

/// An additional route taken: referral, intelligence, crime and so on. As many as apply.
#[derive(Debug, Clone)]
pub struct Routing {
    /// Code of list `route`.
    pub route: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How sharing was justified, apart from whether support was agreed to.
#[derive(Debug, Clone)]
pub struct Sharing {
    /// Code of list `sharing_basis`.
    pub basis: String,
    /// Code of list `agreement`.
    pub agreement: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The sender disagrees with the outcome.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// When it was made.
    pub at: Timestamp,
    /// Why the sender disagrees.
    pub reason: String,
    /// When an answer is due.
    pub due_at: Timestamp,
    /// Who answered.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// The answer.
    pub answer: Option<String>,
    /// Whether the decision was changed.
    pub changed: bool,
}
