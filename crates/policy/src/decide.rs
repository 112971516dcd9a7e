//! The decision, and the permit it yields.

use std::marker::PhantomData;

use tessera_core::ids::{
    AgencyId, BatchId, CheckId, ChildId, ConcernId, DraftId, GuidanceId, InstrumentId, JobId,
    LinkId, ReportId, ScreeningId, ShareId, SubscriptionId, UserId,
};

use crate::{Action, Actor};

/// The record an action is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// No single record: a list, a search, a setting.
    None,
    /// A draft.
    Draft(DraftId),
    /// A concern.
    Concern(ConcernId),
    /// A child's file.
    Child(ChildId),
    /// A partner check.
    Check(CheckId),
    /// An agency.
    Agency(AgencyId),
    /// A person's account.
    User(UserId),
    /// A job.
    Job(JobId),
    /// A screening that was sent.
    Screening(ScreeningId),
    /// A one-use link to a screening.
    ScreeningLink(LinkId),
    /// A version of a screening instrument.
    Instrument(InstrumentId),
    /// An intelligence report.
    Report(ReportId),
    /// A report shared with a named person.
    Share(ShareId),
    /// A version of guidance.
    Guidance(GuidanceId),
    /// A wish to be told by e-mail.
    Subscription(SubscriptionId),
    /// A spreadsheet brought in.
    Batch(BatchId),
}

impl Resource {
    /// As written to the audit log.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Draft(_) => "draft",
            Self::Concern(_) => "concern",
            Self::Child(_) => "child",
            Self::Check(_) => "check",
            Self::Agency(_) => "agency",
            Self::User(_) => "user",
            Self::Job(_) => "job",
            Self::Screening(_) => "screening",
            Self::ScreeningLink(_) => "screening_link",
            Self::Instrument(_) => "instrument",
            Self::Report(_) => "report",
            Self::Share(_) => "share",
            Self::Guidance(_) => "guidance",
            Self::Subscription(_) => "subscription",
            Self::Batch(_) => "batch",
        }
    }

    /// Its id, if it is one record.
    #[must_use]
    pub fn id(self) -> Option<uuid::Uuid> {
        match self {
            Self::None => None,
            Self::Draft(id) => Some(id.0),
            Self::Concern(id) => Some(id.0),
            Self::Child(id) => Some(id.0),
            Self::Check(id) => Some(id.0),
            Self::Agency(id) => Some(id.0),
            Self::User(id) => Some(id.0),
            Self::Job(id) => Some(id.0),
            Self::Screening(id) => Some(id.0),
            Self::ScreeningLink(id) => Some(id.0),
            Self::Instrument(id) => Some(id.0),
            Self::Report(id) => Some(id.0),
            Self::Share(id) => Some(id.0),
            Self::Guidance(id) => Some(id.0),
            Self::Subscription(id) => Some(id.0),
            Self::Batch(id) => Some(id.0),
        }
    }
}

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Allow,
    /// Yes, once a reason has been given.
    AskReason,
    /// It exists and is restricted: the answer policy grants to hub managers only (they can ask
    /// the named people, or open it in an emergency).
    Restricted,
    /// No, and that it exists is no secret to them.
    Refuse,
    /// No, and it must look exactly like what does not exist.
    Absent,
}

/// Why there is no permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// As if it did not exist.
    #[error("not found")]
    Absent,
    /// Not allowed.
    #[error("not allowed")]
    Refused,
    /// A reason must be given first.
    #[error("a reason is needed first")]
    ReasonNeeded,
    /// Restricted to named people.
    #[error("restricted to named people")]
    Restricted,
}

/// An action as a type, with the facts its rule looks at.
pub trait Act {
    /// Its name.
    const ACTION: Action;
    /// What the rule must know of the record and the actor's relation to it.
    type Facts;
    /// The rule.
    fn rule(actor: &Actor, facts: &Self::Facts) -> Verdict;
}

/// Proof that an actor may do `A` to a record. Made only by [`decide`].
#[derive(Debug, Clone)]
pub struct Permit<A: Act> {
    authority: Authority,
    act: PhantomData<fn() -> A>,
}

/// A permit without its type: what the store needs to write, and to say who wrote.
#[derive(Debug, Clone)]
pub struct Authority {
    actor: Actor,
    action: Action,
    resource: Resource,
}

impl Authority {
    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What they do.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// To which record.
    #[must_use]
    pub const fn resource(&self) -> Resource {
        self.resource
    }
}

impl<A: Act> Permit<A> {
    /// The permit without its type.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.authority.actor
    }
}

/// Asks the rule of `A`. The only maker of permits.
pub fn decide<A: Act>(
    actor: &Actor,
    resource: Resource,
    facts: &A::Facts,
) -> Result<Permit<A>, Refusal> {
    match A::rule(actor, facts) {
        Verdict::Allow => Ok(Permit {
            authority: Authority { actor: actor.clone(), action: A::ACTION, resource },
            act: PhantomData,
        }),
        Verdict::AskReason => Err(Refusal::ReasonNeeded),
        Verdict::Restricted => Err(Refusal::Restricted),
        Verdict::Refuse => Err(Refusal::Refused),
        Verdict::Absent => Err(Refusal::Absent),
    }
}
