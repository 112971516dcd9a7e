//! Opening a screening: its answers in the wording of its own version, the result rule by rule,
//! what people decided, and other screenings of the same child.

use std::sync::Arc;

use tessera_core::{
    ids::ScreeningId,
    reference::Reference,
    time::{Date, SignedDuration},
};
use tessera_policy::{
    Act, Actor, Permit, Refusal, Resource, Verdict, decide,
    rules::screening::{DecideScreening, ScreeningFacts, ViewScreening},
};
use tessera_screening::{Facts, Instrument, Outcome, Report, Sheet, evaluate};
use tessera_store::{
    audit::{Attempt, Outcome as Logged},
    screening::{
        level::{self, Level},
        record::{self, Screening},
        rights,
    },
};

use crate::{App, AppError, screening::RawScreening};

/// A screening as its reader sees it.
pub struct Shown {
    /// Who, when, where it stands.
    pub screening: Screening,
    /// What was answered.
    pub raw: RawScreening,
    /// The instrument, in the version of the time.
    pub instrument: Arc<Instrument>,
    /// The answers laid out.
    pub sheet: Sheet,
    /// What came of them.
    pub outcome: Outcome,
    /// The same in words.
    pub report: Report,
    /// What people decided about the level.
    pub levels: Vec<Level>,
    /// Other screenings of the same child that this reader may know of, newest first, each with
    /// the name of its level.
    pub others: Vec<(Screening, String)>,
    /// Whether this reader may decide the level.
    pub may_decide: bool,
    /// Whether this reader may agree to the lower level that waits for a second person.
    pub may_agree: bool,
}

impl Shown {
    /// The level that actions follow.
    #[must_use]
    pub fn level(&self) -> usize {
        self.instrument.level_of(&self.screening.level).unwrap_or(self.outcome.level)
    }

    /// The lower level that waits for a second person.
    #[must_use]
    pub fn waiting(&self) -> Option<&Level> {
        self.levels.last().filter(|level| !level.holds())
    }

    /// The level that a named person decided, if it holds.
    #[must_use]
    pub fn professional(&self) -> Option<&Level> {
        self.levels.iter().rev().find(|level| level.holds())
    }
}

/// When the child should be screened again, by the first action under the level that says so.
#[must_use]
pub fn next_review(instrument: &Instrument, level: &str, from: Date) -> Option<Date> {
    let actions = instrument.file().actions.get(level)?;
    let within = &actions.iter().find(|action| action.what.starts_with("Re-screen"))?.within;
    let mut words = within.split_whitespace();
    let number: i64 = words.next()?.parse().ok()?;
    let days = match words.next()?.trim_end_matches('s') {
        "day" => number,
        "week" => number * 7,
        _ => return None,
    };
    from.checked_add(SignedDuration::from_hours(days * 24)).ok()
}

impl App {
    /// Opens a screening for reading.
    pub async fn view_screening(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Shown, AppError> {
        let (_, id, facts): (Permit<ViewScreening>, _, _) =
            self.screening_gate(actor, reference, true).await?;
        self.read_screening(actor, id, &facts).await
    }

    /// Two screenings of one child, both opened.
    pub async fn compare_screenings(
        &self,
        actor: &Actor,
        one: &Reference,
        other: &Reference,
    ) -> Result<(Shown, Shown), AppError> {
        let one = self.view_screening(actor, one).await?;
        let other = self.view_screening(actor, other).await?;
        let swap = one.screening.submitted_at > other.screening.submitted_at;
        Ok(if swap { (other, one) } else { (one, other) })
    }

    /// A permit for a screening, with what the rules knew; written down when it is for reading, and
    /// when it is refused.
    pub(super) async fn screening_gate<A: Act<Facts = ScreeningFacts>>(
        &self,
        actor: &Actor,
        reference: &Reference,
        reading: bool,
    ) -> Result<(Permit<A>, ScreeningId, ScreeningFacts), AppError> {
        let mut read = self.db.read().await?;
        let (id, facts) = rights::facts(&mut read.conn(), reference, actor, self.db.now()).await?;
        drop(read);
        let resource = id.map_or(Resource::None, Resource::Screening);
        let decided = decide::<A>(actor, resource, &facts);
        if reading || decided.is_err() {
            let outcome = match decided.as_ref().err() {
                None => Logged::Done,
                Some(Refusal::Absent) => Logged::Absent,
                Some(_) => Logged::Refused,
            };
            let detail = vec![("asked", reference.to_string())];
            let attempt =
                Attempt { actor: actor.clone(), action: A::ACTION, resource, outcome, detail };
            self.db.record(attempt).await?;
        }
        Ok((decided?, id.ok_or(Refusal::Absent)?, facts))
    }

    pub(super) async fn read_screening(
        &self,
        actor: &Actor,
        id: ScreeningId,
        facts: &ScreeningFacts,
    ) -> Result<Shown, AppError> {
        let reader = actor.user().ok_or(Refusal::Absent)?;
        let mut read = self.db.read().await?;
        let screening = record::by_id(&mut read.conn(), id).await?;
        let body = record::body(&mut read.conn(), id).await?;
        let levels = level::of_screening(&mut read.conn(), id).await?;
        let others = record::same_child(&mut read.conn(), id, reader, self.db.now()).await?;
        drop(read);
        let raw: RawScreening =
            serde_json::from_str(&body).map_err(|error| AppError::Content(error.to_string()))?;
        let instrument = self.instrument(screening.instrument).await?;
        let before = earlier(&instrument, &screening, &others);
        let sheet = Sheet::new(&instrument, &raw.screening(screening.screened_on))
            .map_err(|fault| AppError::Content(fault.to_string()))?;
        let outcome = evaluate(&instrument, &sheet, &before);
        let report = Report::new(&instrument, &sheet, &before, &outcome);
        let may_decide = DecideScreening::rule(actor, facts) == Verdict::Allow;
        let waiting = levels.last().filter(|level| !level.holds());
        let may_agree = may_decide
            && waiting.is_some_and(|level| level.by != reader)
            && screening.submitted_by != Some(reader);
        let mut named = Vec::new();
        for other in others {
            let its = self.instrument(other.instrument).await?;
            let label = its.level_of(&other.level).map(|at| its.level(at).label.clone());
            named.push((other, label.unwrap_or_default()));
        }
        Ok(Shown {
            screening,
            raw,
            instrument,
            sheet,
            outcome,
            report,
            levels,
            others: named,
            may_decide,
            may_agree,
        })
    }

    /// The screenings of a child's file for its page, newest first, each with the name of its
    /// level. The file was opened, and that was written down; each answer is opened by itself.
    pub async fn screenings_of_file(
        &self,
        actor: &Actor,
        file: &Reference,
    ) -> Result<Vec<(Screening, String)>, AppError> {
        let reader = actor.user().ok_or(Refusal::Absent)?;
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let (child, _) =
            tessera_store::child::rights::facts(&mut read.conn(), file, actor, now).await?;
        let child = child.ok_or(Refusal::Absent)?;
        let found = record::of_file(&mut read.conn(), child, reader, now).await?;
        drop(read);
        self.with_labels(found).await
    }

    /// The screenings attached to a concern that was opened.
    pub async fn screenings_of_concern(
        &self,
        actor: &Actor,
        concern: tessera_core::ids::ConcernId,
    ) -> Result<Vec<(Screening, String)>, AppError> {
        let reader = actor.user().ok_or(Refusal::Absent)?;
        let mut read = self.db.read().await?;
        let found = record::of_concern(&mut read.conn(), concern, reader, self.db.now()).await?;
        drop(read);
        self.with_labels(found).await
    }

    /// Each screening with the name of its level in its own version.
    pub async fn with_labels(
        &self,
        found: Vec<Screening>,
    ) -> Result<Vec<(Screening, String)>, AppError> {
        let mut named = Vec::new();
        for one in found {
            let its = self.instrument(one.instrument).await?;
            let label = its.level_of(&one.level).map(|at| its.level(at).label.clone());
            named.push((one, label.unwrap_or_default()));
        }
        Ok(named)
    }
}

/// What the screening before this one adds: its level, and how long ago it was.
fn earlier(instrument: &Instrument, screening: &Screening, others: &[Screening]) -> Facts {
    let before = others
        .iter()
        .filter(|other| other.submitted_at < screening.submitted_at)
        .max_by_key(|other| other.submitted_at);
    let Some(before) = before else { return Facts::default() };
    let hours = before.screened_on.duration_until(screening.screened_on).as_hours();
    let review = next_review(instrument, &before.level, before.screened_on)
        .map(|day| before.screened_on.duration_until(day).as_hours());
    let days = |hours: i64| f64::from(i32::try_from(hours / 24).unwrap_or(i32::MAX));
    Facts {
        days_since_last_screen: Some(days(hours)),
        review_days: review.map(days),
        level_before: instrument.level_of(&before.level),
        ..Facts::default()
    }
}
