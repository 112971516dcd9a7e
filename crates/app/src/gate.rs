//! The read path. A record is asked for by its reference; what the rules need is looked up, they
//! decide, and the answer is written to the audit log and made durable before anything of the
//! record is read. Found or not, the same statements run.

use tessera_core::{
    ids::{CheckId, ChildId, ConcernId, ReportId, ShareId},
    reference::Reference,
};
use tessera_policy::{
    Act, Actor, Permit, Refusal, Resource, decide,
    rules::{
        check::CheckFacts,
        child::ChildFacts,
        concern::ConcernFacts,
        language::{ChangeFacts, SettleLexicon},
        report::{FollowReport, ReportFacts, ViewShare},
    },
};
use tessera_store::{
    audit::{Attempt, Outcome},
    check, child, concern, report,
};

use crate::{App, AppError};

/// How the log calls a refusal.
const fn outcome(refusal: Refusal) -> Outcome {
    match refusal {
        Refusal::Absent => Outcome::Absent,
        Refusal::Refused | Refusal::Restricted => Outcome::Refused,
        Refusal::ReasonNeeded => Outcome::ReasonAsked,
    }
}

impl App {
    /// Writes down how a decision fell, durably.
    pub(crate) async fn write_down<A: Act>(
        &self,
        actor: &Actor,
        resource: Resource,
        decided: &Result<Permit<A>, Refusal>,
        detail: Vec<(&'static str, String)>,
    ) -> Result<(), AppError> {
        let outcome = decided.as_ref().err().map_or(Outcome::Done, |refusal| outcome(*refusal));
        let attempt =
            Attempt { actor: actor.clone(), action: A::ACTION, resource, outcome, detail };
        Ok(self.db.record(attempt).await?)
    }

    /// Asks for something that is not one record, and writes it down.
    pub async fn ask<A: Act<Facts = ()>>(
        &self,
        actor: &Actor,
        detail: Vec<(&'static str, String)>,
    ) -> Result<Permit<A>, AppError> {
        let decided = decide::<A>(actor, Resource::None, &());
        self.write_down(actor, Resource::None, &decided, detail).await?;
        Ok(decided?)
    }

    /// A permit to change something that is not one record; the write itself is audited, a refusal
    /// here.
    pub async fn may<A: Act<Facts = ()>>(
        &self,
        actor: &Actor,
        resource: Resource,
    ) -> Result<Permit<A>, AppError> {
        let decided = decide::<A>(actor, resource, &());
        if decided.is_err() {
            self.write_down(actor, resource, &decided, vec![]).await?;
        }
        Ok(decided?)
    }

    /// Opens a concern for reading.
    pub async fn open_concern<A: Act<Facts = ConcernFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Permit<A>, ConcernId), AppError> {
        self.concern(actor, reference, true).await
    }

    /// A permit to change a concern; the write itself is audited, a refusal here.
    pub async fn may_concern<A: Act<Facts = ConcernFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Permit<A>, ConcernId), AppError> {
        self.concern(actor, reference, false).await
    }

    async fn concern<A: Act<Facts = ConcernFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
        reading: bool,
    ) -> Result<(Permit<A>, ConcernId), AppError> {
        let mut read = self.db.read().await?;
        let (id, facts) =
            concern::rights::facts(&mut read.conn(), reference, actor, self.db.now()).await?;
        drop(read);
        let resource = id.map_or(Resource::None, Resource::Concern);
        let decided = decide::<A>(actor, resource, &facts);
        if reading || decided.is_err() {
            let asked = vec![("asked", reference.to_string())];
            self.write_down(actor, resource, &decided, asked).await?;
        }
        Ok((decided?, id.ok_or(Refusal::Absent)?))
    }

    /// Opens a child's file for reading.
    pub async fn open_child<A: Act<Facts = ChildFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
        detail: Vec<(&'static str, String)>,
    ) -> Result<(Permit<A>, ChildId), AppError> {
        self.child(actor, reference, Some(detail)).await
    }

    /// A permit to change a child's file; the write itself is audited, a refusal here.
    pub async fn may_child<A: Act<Facts = ChildFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Permit<A>, ChildId), AppError> {
        self.child(actor, reference, None).await
    }

    async fn child<A: Act<Facts = ChildFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
        reading: Option<Vec<(&'static str, String)>>,
    ) -> Result<(Permit<A>, ChildId), AppError> {
        let mut read = self.db.read().await?;
        let (id, facts) =
            child::rights::facts(&mut read.conn(), reference, actor, self.db.now()).await?;
        drop(read);
        let resource = id.map_or(Resource::None, Resource::Child);
        let decided = decide::<A>(actor, resource, &facts);
        if reading.is_some() || decided.is_err() {
            let mut detail = reading.unwrap_or_default();
            detail.push(("asked", reference.to_string()));
            self.write_down(actor, resource, &decided, detail).await?;
        }
        Ok((decided?, id.ok_or(Refusal::Absent)?))
    }

    /// Opens a partner check for reading.
    pub async fn open_check<A: Act<Facts = CheckFacts>>(
        &self,
        actor: &Actor,
        id: CheckId,
    ) -> Result<Permit<A>, AppError> {
        let mut read = self.db.read().await?;
        let facts = check::facts(&mut read.conn(), id, actor.agency, actor.user()).await?;
        drop(read);
        let resource = if facts.exists { Resource::Check(id) } else { Resource::None };
        let decided = decide::<A>(actor, resource, &facts);
        self.write_down(actor, resource, &decided, vec![("asked", id.to_string())]).await?;
        Ok(decided?)
    }

    /// A permit to settle a proposed change to the lexicon; the write itself is audited, a refusal
    /// here.
    pub async fn may_settle_lexicon(
        &self,
        actor: &Actor,
        facts: &ChangeFacts,
        asked: String,
    ) -> Result<Permit<SettleLexicon>, AppError> {
        let decided = decide::<SettleLexicon>(actor, Resource::None, facts);
        if decided.is_err() {
            self.write_down(actor, Resource::None, &decided, vec![("asked", asked)]).await?;
        }
        Ok(decided?)
    }

    /// Opens an intelligence report for reading.
    pub async fn open_report<A: Act<Facts = ReportFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Permit<A>, ReportId), AppError> {
        self.report(actor, reference, true).await
    }

    /// Opens a report for taking it out in a form, which is written down too.
    pub(crate) async fn open_report_noting<A: Act<Facts = ReportFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
        form: &'static str,
    ) -> Result<(Permit<A>, ReportId), AppError> {
        let (id, facts) = self.report_facts(actor, reference).await?;
        let resource = id.map_or(Resource::None, Resource::Report);
        let decided = decide::<A>(actor, resource, &facts);
        let detail = vec![("asked", reference.to_string()), ("form", form.to_owned())];
        self.write_down(actor, resource, &decided, detail).await?;
        Ok((decided?, id.ok_or(Refusal::Absent)?))
    }

    /// A permit to change a report; the write itself is audited, a refusal here.
    pub async fn may_report<A: Act<Facts = ReportFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Permit<A>, ReportId), AppError> {
        self.report(actor, reference, false).await
    }

    async fn report<A: Act<Facts = ReportFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
        reading: bool,
    ) -> Result<(Permit<A>, ReportId), AppError> {
        let (id, facts) = self.report_facts(actor, reference).await?;
        let resource = id.map_or(Resource::None, Resource::Report);
        let decided = decide::<A>(actor, resource, &facts);
        if reading || decided.is_err() {
            let asked = vec![("asked", reference.to_string())];
            self.write_down(actor, resource, &decided, asked).await?;
        }
        Ok((decided?, id.ok_or(Refusal::Absent)?))
    }

    /// A report as its own sender reads it. The log says that somebody read what they sent and not
    /// which report it was: whoever reads the log must not learn who a source is.
    pub async fn own_report_permit<A: Act<Facts = ReportFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Permit<A>, ReportId), AppError> {
        let (id, facts) = self.report_facts(actor, reference).await?;
        let decided = decide::<A>(actor, Resource::None, &facts);
        if A::ACTION == FollowReport::ACTION || decided.is_err() {
            self.write_down(actor, Resource::None, &decided, vec![]).await?;
        }
        Ok((decided?, id.ok_or(Refusal::Absent)?))
    }

    async fn report_facts(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<(Option<ReportId>, ReportFacts), AppError> {
        let mut read = self.db.read().await?;
        let (keys, now) = (self.db.keys(), self.db.now());
        Ok(report::rights::facts(&mut read.conn(), keys, reference, actor, now).await?)
    }

    /// Something that was shared: opened for reading, or to say that one has it.
    pub async fn open_share(
        &self,
        actor: &Actor,
        id: ShareId,
    ) -> Result<Permit<ViewShare>, AppError> {
        let mut read = self.db.read().await?;
        let facts = report::rights::share_facts(&mut read.conn(), id, actor, self.db.now()).await?;
        drop(read);
        let resource = if facts.exists { Resource::Share(id) } else { Resource::None };
        let decided = decide::<ViewShare>(actor, resource, &facts);
        self.write_down(actor, resource, &decided, vec![("asked", id.to_string())]).await?;
        Ok(decided?)
    }
}
