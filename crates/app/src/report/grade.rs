//! The 3x5x2 grade of a report: what the sender's answers suggest, and what a person assigns.

use serde::{Deserialize, Serialize};
use tessera_core::{
    codes::CodeBook,
    errors::{FieldErrors, required_text},
    ids::ReportId,
    reference::Reference,
    report::{LONG, Report},
    time::SignedDuration,
};
use tessera_policy::{Actor, rules::report::WorkReport};
use tessera_store::{
    StoreError, Tx,
    report::desk::{self, Grade},
};

use crate::{App, AppError, language::store_checked, report::retract::tell_recipients};

/// A grade as chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawGrade {
    /// The version of the page.
    pub version: i64,
    /// Code of list `source_grade`.
    pub source_grade: String,
    /// Code of list `intelligence_grade`.
    pub intelligence_grade: String,
    /// Code of list `handling`.
    pub handling: String,
    /// Code of list `action_condition`; only with handling C.
    pub action_condition: String,
    /// Code of list `sanitisation_condition`; only with handling C.
    pub sanitisation_condition: String,
    /// `yes` to let those who may not see it know that the desk holds something.
    pub existence: String,
    /// `high`, `medium` or `low`.
    pub priority: String,
    /// In how many months it is looked at again.
    pub review_months: String,
    /// Why.
    pub grade_reason: String,
}

impl RawGrade {
    /// Checks everything together; the reason.
    pub fn check(&self, codes: &CodeBook) -> Result<String, FieldErrors> {
        let mut e = FieldErrors::default();
        for (list, field, code, missing) in [
            ("source_grade", "source_grade", &self.source_grade, "Choose a source grade"),
            (
                "intelligence_grade",
                "intelligence_grade",
                &self.intelligence_grade,
                "Choose an intelligence grade",
            ),
            ("handling", "handling", &self.handling, "Choose a handling code"),
        ] {
            if codes.find(list, code).is_none() {
                e.add(field, missing);
            }
        }
        let conditional = self.handling == "C";
        for (list, code, missing) in [
            ("action_condition", &self.action_condition, "Handling C needs an action condition"),
            (
                "sanitisation_condition",
                &self.sanitisation_condition,
                "Handling C needs a sanitisation condition",
            ),
        ] {
            if conditional && codes.find(list, code).is_none() {
                e.add(list, missing);
            }
        }
        if !["high", "medium", "low"].contains(&self.priority.as_str()) {
            e.add("priority", "Choose a priority");
        }
        if !(1..=24).contains(&self.months()) {
            e.add("review_months", "Choose when it is looked at again");
        }
        let missing = "Give your reason";
        let why = required_text(&mut e, "grade_reason", &self.grade_reason, LONG, missing);
        e.into_result(why)
    }

    /// The handling code with its conditions: `P`, or `C A1 S2`.
    #[must_use]
    pub fn handling_in_full(&self) -> String {
        if self.handling == "C" {
            format!("C {} {}", self.action_condition, self.sanitisation_condition)
        } else {
            self.handling.clone()
        }
    }

    fn months(&self) -> i64 {
        self.review_months.parse().unwrap_or(0)
    }
}

impl App {
    /// Assigns the grade; the one before stays on record.
    pub async fn grade_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawGrade,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let why = raw.check(&self.codes)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (raw, by) = (raw.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, raw.version).await?;
                    store_checked(checked.as_ref(), tx, "grade", id).await?;
                    assign(tx, id, &raw, &why, &by).await?;
                    tx.note("grade", format!("{}{}", raw.source_grade, raw.intelligence_grade));
                    tx.note("handling", raw.handling_in_full());
                    if raw.intelligence_grade == "E" {
                        tell_recipients(tx, id).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}

/// Assigns a checked grade, and keeps it as an entry.
pub(crate) async fn assign(
    tx: &mut Tx,
    id: ReportId,
    raw: &RawGrade,
    why: &str,
    by: &str,
) -> Result<(), StoreError> {
    let handling = raw.handling_in_full();
    let review_at = tx.now() + SignedDuration::from_hours(24 * 30 * raw.months());
    let grade = Grade {
        source: &raw.source_grade,
        intelligence: &raw.intelligence_grade,
        handling: &handling,
        existence_told: raw.existence == "yes",
        review_at,
        priority: &raw.priority,
    };
    desk::grade(tx, id, &grade).await?;
    let words = format!(
        "{}{}, handling {handling}, priority {}: {why}",
        raw.source_grade, raw.intelligence_grade, raw.priority
    );
    desk::add_entry(tx, id, "grade", &words, by).await
}

/// What the plain answers of a sender suggest. A person assigns.
pub(super) fn suggested(report: &Report) -> (&'static str, &'static str) {
    let intelligence = match report.origin.as_deref() {
        _ if report.doubted => "E",
        Some("witnessed") => "A",
        None | Some("not_known") => "D",
        Some(_) => "C",
    };
    ("2", intelligence)
}
