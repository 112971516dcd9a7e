//! The intelligence desk: the queue, a report with what fits beside it, its grade, the answer to its
//! sender, and taking it back.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    partial_date::PartialDate,
    reference::Reference,
    report::{LONG, Report, ReportStatus},
    time::{SignedDuration, day_in_london},
    user::Role,
};
use tessera_policy::{
    Actor, Refusal,
    rules::{
        child::{GiveReason, ViewChild},
        report::{LinkReport, ListDesk, ViewReport, WorkReport},
    },
};
use tessera_store::{
    Tx,
    child::file::{self, NewEvent},
    notice,
    report::{
        child,
        desk::{self, Grade},
        list,
        read::{self, Mention, Piece, ReportEntry},
        share::{self, Sanitised, Share},
        source::{self, Request},
    },
};

use crate::{
    App, AppError,
    language::store_checked,
    report::{
        fit::{self, Fits},
        submit::alike,
    },
};

/// From this share of common word pairs the desk is told that two texts are nearly the same.
const SAME_WORDING: f64 = 0.7;

/// A report as the desk sees it.
pub struct DeskView {
    /// The report.
    pub piece: Piece,
    /// People and things in it.
    pub mentions: Vec<Mention>,
    /// What happened to it.
    pub entries: Vec<ReportEntry>,
    /// The files of children it identifies, and that exist for this reader.
    pub children: Vec<Reference>,
    /// Versions that others may read.
    pub sanitised: Vec<Sanitised>,
    /// Whom it was shared with.
    pub shares: Vec<Share>,
    /// Who asked to know its source.
    pub requests: Vec<Request>,
    /// What fits beside it.
    pub fits: Fits,
    /// Reports with nearly the same wording: repeating a thing does not make it truer.
    pub same_wording: Vec<Reference>,
    /// What the answers of the sender suggest as source and intelligence grade.
    pub suggested: (&'static str, &'static str),
    /// Whether this person grades, shares and takes back.
    pub may_work: bool,
}

/// A grade as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
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

/// An answer to the sender, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawTold {
    /// The version of the page.
    pub version: i64,
    /// A status.
    pub status: String,
    /// What the sender reads.
    pub told: String,
}

/// A report to be taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRetract {
    /// The version of the page.
    pub version: i64,
    /// Why.
    pub retract_reason: String,
}

/// A child whom a report identifies.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawChildOf {
    /// The version of the page.
    pub version: i64,
    /// The reference of the file.
    pub file: String,
    /// Why it is this child.
    pub child_reason: String,
}

impl App {
    /// The queue of the desk, and how many there are. `part` is a status, `review`, or empty.
    pub async fn desk(&self, actor: &Actor, part: &str) -> Result<(Vec<Piece>, i64), AppError> {
        self.ask::<ListDesk>(actor, vec![]).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        Ok(list::desk(&mut read.conn(), self.db.keys(), reader, part).await?)
    }

    /// Opens a report with what fits beside it.
    pub async fn view_report(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<DeskView, AppError> {
        let (_, id) = self.open_report::<ViewReport>(actor, reference).await?;
        let reader = self.reader(actor)?;
        let keys = self.db.keys();
        let mut read = self.db.read().await?;
        let mut conn = read.conn();
        let mut piece = read::piece(&mut conn, keys, id).await?;
        let fits = fit::fits(&self.db, &mut conn, id, reader).await?;
        let same = |what: &str| alike(&piece.report.what, what) >= SAME_WORDING;
        let mut same_wording: Vec<Reference> = fits
            .open
            .iter()
            .chain(&fits.decided)
            .filter(|q| same(&q.piece.report.what))
            .map(|q| q.piece.reference.clone())
            .collect();
        same_wording.sort();
        same_wording.dedup();
        let mut children = Vec::new();
        for (_, file) in child::of_report(&mut conn, id).await? {
            children.push(file);
        }
        let suggested = suggested(&piece.report);
        if !reader.police {
            // How it came to be known may say who told it: the desk and the sender only.
            piece.report.provenance = None;
        }
        let mut view = DeskView {
            mentions: read::mentions(&mut conn, keys, id).await?,
            entries: read::entries(&mut conn, keys, id).await?,
            children,
            sanitised: share::sanitised(&mut conn, keys, id).await?,
            shares: share::of_report(&mut conn, keys, id).await?,
            requests: source::of_report(&mut conn, keys, id).await?,
            fits,
            same_wording,
            suggested,
            may_work: reader.police,
            piece,
        };
        if !reader.police {
            (view.requests, view.shares) = (Vec::new(), Vec::new());
        }
        Ok(view)
    }

    /// Assigns the grade; the one before stays on record.
    pub async fn grade_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawGrade,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        for (list, field, code, missing) in [
            ("source_grade", "source_grade", &raw.source_grade, "Choose a source grade"),
            (
                "intelligence_grade",
                "intelligence_grade",
                &raw.intelligence_grade,
                "Choose an intelligence grade",
            ),
            ("handling", "handling", &raw.handling, "Choose a handling code"),
        ] {
            if self.codes.find(list, code).is_none() {
                e.add(field, missing);
            }
        }
        let conditional = raw.handling == "C";
        for (list, code, missing) in [
            ("action_condition", &raw.action_condition, "Handling C needs an action condition"),
            (
                "sanitisation_condition",
                &raw.sanitisation_condition,
                "Handling C needs a sanitisation condition",
            ),
        ] {
            if conditional && self.codes.find(list, code).is_none() {
                e.add(list, missing);
            }
        }
        if !["high", "medium", "low"].contains(&raw.priority.as_str()) {
            e.add("priority", "Choose a priority");
        }
        let months: i64 = raw.review_months.parse().unwrap_or(0);
        if !(1..=24).contains(&months) {
            e.add("review_months", "Choose when it is looked at again");
        }
        let missing = "Give your reason";
        let why = required_text(&mut e, "grade_reason", &raw.grade_reason, LONG, missing);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (raw, by) = (raw.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, raw.version).await?;
                    store_checked(checked.as_ref(), tx, "grade", id).await?;
                    let handling = if raw.handling == "C" {
                        format!("C {} {}", raw.action_condition, raw.sanitisation_condition)
                    } else {
                        raw.handling.clone()
                    };
                    let review_at = tx.now() + SignedDuration::from_hours(24 * 30 * months);
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
                    desk::add_entry(tx, id, "grade", &words, &by).await?;
                    tx.note("grade", format!("{}{}", raw.source_grade, raw.intelligence_grade));
                    tx.note("handling", handling);
                    if raw.intelligence_grade == "E" {
                        tell_recipients(tx, id).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Tells the sender where it stands: never what police do.
    pub async fn tell_sender(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawTold,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        if !ReportStatus::ALL.iter().any(|status| status.id() == raw.status) {
            e.add("status", "Choose where it stands");
        }
        let missing = "Write what the sender reads";
        let words = required_text(&mut e, "told", &raw.told, LONG, missing);
        let words = e.into_result(words)?;
        let checked = self.checked(actor, &[&words]).await?;
        let sender = desk::source(&self.db, id).await?.map(|source| source.user);
        let (status, version, by) = (raw.status.clone(), raw.version, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    store_checked(checked.as_ref(), tx, "told", id).await?;
                    desk::set_status(tx, id, &status).await?;
                    desk::add_entry(tx, id, "told", &words, &by).await?;
                    tx.note("status", status.clone());
                    if let Some(sender) = sender {
                        // The notice names no report: notices are not sealed.
                        let words = "There is news of something you told us";
                        notice::insert(tx, sender.into(), words, Some("/reports")).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Takes a report back. It joins nothing any more, everybody who was given it is told, and the
    /// files that name it say so.
    pub async fn retract_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawRetract,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why it is taken back";
        let why = required_text(&mut e, "retract_reason", &raw.retract_reason, LONG, missing);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (version, by, reference) = (raw.version, actor.name.clone(), reference.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    store_checked(checked.as_ref(), tx, "retract", id).await?;
                    if desk::retract(tx, id).await? {
                        desk::add_entry(tx, id, "retracted", &why, &by).await?;
                        tell_recipients(tx, id).await?;
                        for (file, _) in child::of_report(&mut tx.conn(), id).await? {
                            let fact = format!("Intelligence report {reference} was taken back");
                            on_file(tx, file, &reference, &fact, &by).await?;
                        }
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Records on a child's file that a report identifies the child. The file shows a sanitised
    /// version, where there is one, and otherwise only that the desk holds a report.
    pub async fn report_identifies(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawChildOf,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<LinkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why it is this child";
        let why = required_text(&mut e, "child_reason", &raw.child_reason, LONG, missing);
        let file = raw.file.parse::<Reference>().ok();
        let Some(file) = file else {
            e.add("file", "Check the reference: it should look like CHD-7K42-9MXR");
            return Err(e.into());
        };
        let child = match self.may_child::<ViewChild>(actor, &file).await {
            Err(AppError::Refused(Refusal::ReasonNeeded)) => {
                Some(self.may_child::<GiveReason>(actor, &file).await?.1)
            }
            Ok((_, child)) => Some(child),
            Err(AppError::Refused(_)) => None,
            Err(error) => return Err(error),
        };
        if child.is_none() {
            e.add("file", "There is no file with this reference");
        }
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let child = child.ok_or(Refusal::Absent)?;
        let keys = self.db.keys();
        let mut read = self.db.read().await?;
        let piece = read::piece(&mut read.conn(), keys, id).await?;
        let shown = share::sanitised(&mut read.conn(), keys, id).await?;
        drop(read);
        let open = piece.handling.as_deref() == Some("P");
        let held = format!("The intelligence desk holds report {reference}. Ask the desk.");
        let fact = shown.last().filter(|_| open).map_or(held, |version| version.words.clone());
        let (version, by, reference) = (raw.version, actor.name.clone(), reference.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    tx.note("child", child.to_string());
                    let known = child::of_report(&mut tx.conn(), id).await?;
                    if known.iter().any(|(known, _)| *known == child) {
                        return Ok(());
                    }
                    child::insert(tx, id, child, &by).await?;
                    store_checked(checked.as_ref(), tx, "child", id).await?;
                    let words = format!("Recorded on file {file}: {why}");
                    desk::add_entry(tx, id, "note", &words, &by).await?;
                    on_file(tx, child, &reference, &fact, &by).await
                })
            })
            .await
    }
}

/// Writes to the chronology of a file.
async fn on_file(
    tx: &mut Tx,
    child: tessera_core::ids::ChildId,
    reference: &Reference,
    fact: &str,
    by: &str,
) -> Result<(), AppError> {
    let now = tx.now();
    let id = tx.chance().id(now);
    let source = format!("Intelligence report {reference}");
    let new = NewEvent {
        id,
        child,
        happened_on: Some(PartialDate::day(day_in_london(now))),
        kind: "police",
        fact,
        opinion: None,
        source: &source,
        concern: None,
        audience: "hub",
        by,
        corrects: None,
    };
    Ok(file::add_event(tx, &new).await?)
}

/// Everybody who was given a report is told that it changed.
async fn tell_recipients(tx: &mut Tx, id: tessera_core::ids::ReportId) -> Result<(), AppError> {
    for person in desk::recipients(&mut tx.conn(), id).await? {
        let words = "Something that was shared with you was taken back or doubted. Read it again";
        notice::insert(tx, person, words, Some("/shared")).await?;
    }
    Ok(())
}

/// What the plain answers of a sender suggest. A person assigns.
fn suggested(report: &Report) -> (&'static str, &'static str) {
    let intelligence = match report.origin.as_deref() {
        _ if report.doubted => "E",
        Some("witnessed") => "A",
        None | Some("not_known") => "D",
        Some(_) => "C",
    };
    ("2", intelligence)
}

/// Who of the police desk is told of something: everyone but the one who did it.
pub(crate) async fn others_of_the_desk(
    app: &App,
    actor: &Actor,
) -> Result<Vec<tessera_core::ids::UserId>, AppError> {
    let mut read = app.db.read().await?;
    let mut all =
        tessera_store::user::with_role(&mut read.conn(), Role::PoliceIntelligence, app.db.now())
            .await?;
    all.retain(|user| Some(*user) != actor.user());
    Ok(all)
}
