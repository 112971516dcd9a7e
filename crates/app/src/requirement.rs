//! What the intelligence desk wants to know, and how long senders wait until they are told.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, optional_text, required_text},
    ids::RequirementId,
    reference::Reference,
    report::ReportStatus,
    time::{SignedDuration, Timestamp, day_in_london},
};
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::{
        report::{ListOwnReports, WorkReport},
        requirement::{ViewFeedback, WorkRequirement},
    },
};
use tessera_store::{report::desk, requirement};

pub use tessera_store::requirement::{Requirement, Wanted};

use crate::{App, AppError};

/// Fewer than this are not shown: so few could be told apart.
pub const FEWEST: usize = 5;
/// Months that the feedback looks back.
const MONTHS: i64 = 12;

/// Something the desk wants to know, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRequirement {
    /// What the desk wants to know.
    pub wanted: String,
    /// Words of its topic.
    pub topic: String,
    /// `everyone` or `desk`.
    pub audience: String,
    /// In how many months it ends.
    pub months: String,
}

/// A requirement that is to be closed, or that a report answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAnswered {
    /// The requirement.
    pub requirement: String,
    /// The version of the page of the report.
    pub version: i64,
}

/// How long senders waited for a status, by the month in which their reports came.
#[derive(Debug, Clone, PartialEq)]
pub struct Waited {
    /// The first day of the month, as `2026-11`.
    pub month: String,
    /// The status.
    pub status: ReportStatus,
    /// How many were told it; none when they are fewer than [`FEWEST`].
    pub count: Option<usize>,
    /// The median of the waits in hours, under the same condition.
    pub median_hours: Option<i64>,
}

impl App {
    /// What the desk wants to know and ever wanted, each with the reports that answer it.
    pub async fn requirements(
        &self,
        actor: &Actor,
    ) -> Result<Vec<(Requirement, Vec<Reference>)>, AppError> {
        self.ask::<WorkRequirement>(actor, vec![("list", "yes".into())]).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let all = requirement::list(&mut read.conn(), self.db.keys()).await?;
        let mut answers: BTreeMap<RequirementId, Vec<Reference>> = BTreeMap::new();
        for (id, reference) in requirement::answers(&mut read.conn(), reader).await? {
            answers.entry(id).or_default().push(reference);
        }
        let with = |one: Requirement| {
            let answered = answers.remove(&one.id).unwrap_or_default();
            (one, answered)
        };
        Ok(all.into_iter().map(with).collect())
    }

    /// What is asked now of those who send reports.
    pub async fn asked_of_everyone(&self, actor: &Actor) -> Result<Vec<Requirement>, AppError> {
        self.may::<ListOwnReports>(actor, Resource::None).await?;
        self.open_requirements(false).await
    }

    /// What is asked now, for the desk.
    pub async fn open_requirements(&self, desk: bool) -> Result<Vec<Requirement>, AppError> {
        let mut read = self.db.read().await?;
        let now = self.db.now();
        Ok(requirement::open_now(&mut read.conn(), self.db.keys(), now, desk).await?)
    }

    /// Asks.
    pub async fn add_requirement(
        &self,
        actor: &Actor,
        raw: &RawRequirement,
    ) -> Result<(), AppError> {
        let permit = self.may::<WorkRequirement>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let missing = "Say what the desk wants to know";
        let question = required_text(&mut e, "wanted", &raw.wanted, 400, missing);
        let topic = optional_text(&mut e, "topic", &raw.topic, 200).unwrap_or_default();
        if !["everyone", "desk"].contains(&raw.audience.as_str()) {
            e.add("audience", "Choose who reads it");
        }
        let months: i64 = raw.months.parse().unwrap_or(0);
        if !(1..=12).contains(&months) {
            e.add("months", "Choose when it ends");
        }
        let wanted = e.into_result(Wanted { question, topic })?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let (audience, by) = (raw.audience.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let ends = tx.now() + SignedDuration::from_hours(24 * 30 * months);
                    let id = requirement::insert(tx, &wanted, &audience, (user, &by), ends).await?;
                    tx.note("requirement", id.to_string());
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Closes it.
    pub async fn close_requirement(
        &self,
        actor: &Actor,
        raw: &RawAnswered,
    ) -> Result<(), AppError> {
        let permit = self.may::<WorkRequirement>(actor, Resource::None).await?;
        let id: RequirementId = raw.requirement.parse().map_err(|_| Refusal::Absent)?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if !requirement::close(tx, id, &by).await? {
                        return Err(AppError::Conflict);
                    }
                    tx.note("closed", id.to_string());
                    Ok(())
                })
            })
            .await
    }

    /// Records that a report answers what the desk wants to know.
    pub async fn report_answers(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAnswered,
    ) -> Result<(), AppError> {
        let (permit, report) = self.may_report::<WorkReport>(actor, reference).await?;
        let open = self.open_requirements(true).await?;
        let found = open.iter().find(|one| one.id.to_string() == raw.requirement);
        let Some(found) = found else {
            return Err(FieldErrors::one("requirement", "Choose what it answers").into());
        };
        let (id, version, by) = (found.id, raw.version, actor.name.clone());
        let words = format!("Answers what the desk wants to know: {}", found.wanted.question);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, report, version).await?;
                    requirement::link(tx, id, report, &by).await?;
                    tx.note("requirement", id.to_string());
                    Ok::<_, AppError>(desk::add_entry(tx, report, "note", &words, &by).await?)
                })
            })
            .await
    }

    /// How long senders waited, by month and status, the latest month first.
    pub async fn feedback(&self, actor: &Actor) -> Result<Vec<Waited>, AppError> {
        self.ask::<ViewFeedback>(actor, vec![]).await?;
        let since = self.db.now() - SignedDuration::from_hours(24 * 30 * MONTHS);
        let mut read = self.db.read().await?;
        let waits = requirement::waits(&mut read.conn(), since).await?;
        let told = waits.into_iter().map(|wait| {
            let hours = wait.told_at.duration_since(wait.received_at).as_hours();
            (wait.received_at, wait.status, hours)
        });
        Ok(waited(told))
    }
}

/// Groups waits by month and status.
fn waited(waits: impl Iterator<Item = (Timestamp, String, i64)>) -> Vec<Waited> {
    let mut groups: BTreeMap<(String, usize), Vec<i64>> = BTreeMap::new();
    for (received, status, hours) in waits {
        let month: String = day_in_london(received).to_string().chars().take(7).collect();
        let place = ReportStatus::ALL.iter().position(|known| known.id() == status);
        groups.entry((month, place.unwrap_or(0))).or_default().push(hours);
    }
    let mut all: Vec<Waited> = groups
        .into_iter()
        .map(|((month, place), mut hours)| {
            hours.sort_unstable();
            let shown = hours.len() >= FEWEST;
            let status = ReportStatus::ALL.get(place).copied().unwrap_or(ReportStatus::Received);
            Waited {
                month,
                status,
                count: shown.then_some(hours.len()),
                median_hours: hours.get(hours.len() / 2).copied().filter(|_| shown),
            }
        })
        .collect();
    all.sort_by(|one, other| other.month.cmp(&one.month));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_shown_and_so_few_that_they_could_be_told_apart_are_not() {
        let at: Timestamp = "2026-11-03T09:00:00Z".parse().unwrap();
        let waits = |count: usize| (0..count).map(move |n| (at, "used".to_owned(), n as i64 * 10));
        let one = waited(waits(5));
        assert_eq!((one[0].month.as_str(), one[0].median_hours), ("2026-11", Some(20)));
        let few = waited(waits(4));
        assert_eq!((few[0].count, few[0].median_hours), (None, None));
    }
}
