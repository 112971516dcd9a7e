//! Bringing in a spreadsheet as intelligence reports, and undoing a batch.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use tessera_app::{
    App, AppError,
    batch::{Checked, MEANINGS, RawColumns, RawFile, RawSend, RawUndoBatch, rejected_csv},
    report::RawGrade,
};
use tessera_core::{
    ids::BatchId,
    user::{Standing, User},
};
use tessera_policy::{Actor, Who};
use tessera_store::user;

use crate::{
    failure::Failure,
    place::{Means, Place},
    say, serve,
};

/// What to bring in, for whom, and with which grade.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A CSV or Excel (.xlsx) file with headings in its first row.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What it lists: reports, people or vehicles.
    #[arg(long, default_value = "reports")]
    kind: String,
    /// E-mail address of the person of the desk whose import this is.
    #[arg(long = "as", value_name = "E-MAIL")]
    by: String,
    /// What a column means where the guess is wrong: HEADING=MEANING. May be repeated.
    #[arg(long = "map", value_name = "HEADING=MEANING")]
    map: Vec<String>,
    /// Source grade: 1, 2 or 3.
    #[arg(long, default_value = "2")]
    source_grade: String,
    /// Intelligence grade: A to E.
    #[arg(long, default_value = "D")]
    intelligence_grade: String,
    /// Handling: P, or C with its conditions, such as "C A1 S2".
    #[arg(long)]
    handling: String,
    /// Priority: high, medium or low.
    #[arg(long, default_value = "low")]
    priority: String,
    /// In how many months the reports are looked at again.
    #[arg(long, default_value = "6")]
    review_months: String,
    /// Why they get this grade.
    #[arg(long)]
    reason: String,
    /// Bring in rows that are nearly the same as another too.
    #[arg(long)]
    near: bool,
    /// Only check, and bring nothing in.
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that cannot be brought in to this new file, each with its problem.
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// Which batch to undo, for whom, and why.
#[derive(Debug, clap::Args)]
pub(crate) struct UndoArgs {
    /// The batch, as the import said it.
    #[arg(value_name = "BATCH")]
    batch: BatchId,
    /// E-mail address of the person of the desk who undoes it.
    #[arg(long = "as", value_name = "E-MAIL")]
    by: String,
    /// Why.
    #[arg(long)]
    reason: String,
    /// Take back the reports that somebody has worked on since.
    #[arg(long)]
    take_back: bool,
    #[command(flatten)]
    place: Place,
}

/// Brings a spreadsheet in; 1 when some rows could not be.
pub(crate) async fn import(args: Args) -> Result<ExitCode, Failure> {
    let body = fs::read(&args.file).map_err(Failure::file(&args.file))?;
    let app = App::new(args.place.open_existing(Means::system()).await?)?;
    let actor = person(&app, &args.by).await?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let raw = RawFile { kind: args.kind.clone(), name, body, too_large: false };
    let id = app.begin_batch(&actor, raw).await.map_err(told)?;
    let done = named(&app, &actor, id, &args).await;
    if done.is_err() || args.dry_run {
        let version = app.view_batch(&actor, id).await?.batch.version;
        app.drop_batch(&actor, id, version).await?;
    }
    serve::sign_all(&app).await?;
    app.db.close().await;
    Ok(if done? == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Names the columns and brings the rows in; how many could not be.
async fn named(app: &App, actor: &Actor, id: BatchId, args: &Args) -> Result<usize, Failure> {
    let seen = app.view_batch(actor, id).await?;
    let columns = columns(&seen.columns, &args.map)?;
    let version = seen.batch.version;
    let (kind, keep) = (args.kind.clone(), String::new());
    let raw = RawColumns { version, kind, means: columns, keep };
    app.name_columns(actor, id, &raw).await.map_err(told)?;
    let seen = app.view_batch(actor, id).await?;
    let headings: Vec<String> = seen.columns.iter().map(|(heading, _)| heading.clone()).collect();
    if args.dry_run {
        let Checked { good, rejected } = &seen.checked;
        say_rejected(&seen.checked);
        if let Some(path) = &args.rejected {
            write(path, &rejected_csv(&headings, rejected))?;
        }
        let near = good.iter().filter(|row| row.like.is_some()).count();
        say::line(format_args!(
            "{} rows can be brought in, {near} of them nearly the same as another; {} cannot; \
             nothing was brought in",
            good.len(),
            rejected.len()
        ));
        return Ok(rejected.len());
    }
    let near = if args.near { "yes" } else { "" };
    let raw = RawSend { version: seen.batch.version, grade: grade(args), near: near.into() };
    let sent = app.send_batch(actor, id, &raw).await.map_err(told)?;
    let seen = app.view_batch(actor, id).await?;
    say_rejected(&seen.checked);
    if let Some(path) = &args.rejected {
        write(path, &rejected_csv(&headings, &seen.checked.rejected))?;
    }
    say::line(format_args!(
        "{} rows brought in, {} rejected; to undo: tessera import undo {}",
        sent.rows, sent.rejected, seen.batch.id
    ));
    Ok(sent.rejected)
}

fn say_rejected(checked: &Checked) {
    for row in &checked.rejected {
        say::line(format_args!("row {}: {}", row.number, row.problems.join(". ")));
    }
}

/// Undoes a batch.
pub(crate) async fn undo(args: UndoArgs) -> Result<ExitCode, Failure> {
    let app = App::new(args.place.open_existing(Means::system()).await?)?;
    let actor = person(&app, &args.by).await?;
    let version = app.view_batch(&actor, args.batch).await.map_err(told)?.batch.version;
    let built_on = if args.take_back { "yes" } else { "" };
    let raw = RawUndoBatch { version, undo_reason: args.reason, built_on: built_on.into() };
    let undone = app.undo_batch(&actor, args.batch, &raw).await.map_err(told)?;
    say::line(format_args!(
        "{} reports removed, {} taken back because somebody had worked on them",
        undone.removed, undone.taken_back
    ));
    serve::sign_all(&app).await?;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The person whose act this is, marked in the log as acting by the command line.
async fn person(app: &App, email: &str) -> Result<Actor, Failure> {
    let mut read = app.db.read().await?;
    let all = user::all(&mut read.conn(), app.db.now()).await?;
    let active = |user: &User| user.standing == Standing::Active;
    let mut matching = all.into_iter().filter(active);
    let found = matching.find(|user| user.email.eq_ignore_ascii_case(email));
    let found = found.ok_or_else(|| Failure::refused(format!("there is no person {email}")))?;
    Ok(Actor {
        who: Who::User(found.id),
        name: format!("{} (by command line)", found.name),
        agency: Some(found.agency),
        roles: found.roles.into_iter().collect(),
        request: None,
    })
}

/// What the columns mean: as guessed, but for those that were named.
fn columns(guessed: &[(String, String)], map: &[String]) -> Result<Vec<String>, Failure> {
    let mut means: Vec<String> = guessed.iter().map(|(_, means)| means.clone()).collect();
    for pair in map {
        let (heading, meaning) = pair.rsplit_once('=').unwrap_or((pair, ""));
        if !MEANINGS.iter().any(|known| known.id == meaning) {
            let known: Vec<&str> = MEANINGS.iter().skip(1).map(|known| known.id).collect();
            let why = format!("{meaning:?} is no meaning; known are: {}", known.join(", "));
            return Err(Failure::refused(why));
        }
        let at = guessed.iter().position(|(name, _)| name.eq_ignore_ascii_case(heading.trim()));
        let Some(place) = at.and_then(|at| means.get_mut(at)) else {
            return Err(Failure::refused(format!("there is no column {heading:?}")));
        };
        meaning.clone_into(place);
    }
    Ok(means)
}

fn grade(args: &Args) -> RawGrade {
    let mut codes = args.handling.split_whitespace().map(str::to_owned);
    RawGrade {
        source_grade: args.source_grade.clone(),
        intelligence_grade: args.intelligence_grade.clone(),
        handling: codes.next().unwrap_or_default(),
        action_condition: codes.next().unwrap_or_default(),
        sanitisation_condition: codes.next().unwrap_or_default(),
        priority: args.priority.clone(),
        review_months: args.review_months.clone(),
        grade_reason: args.reason.clone(),
        ..RawGrade::default()
    }
}

/// What has to be mended, in words.
fn told(error: AppError) -> Failure {
    match error {
        AppError::Fields(errors) => {
            let words: Vec<String> = errors.0.into_iter().map(|error| error.message).collect();
            Failure::refused(words.join(". "))
        }
        other => other.into(),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let file = fs::File::options().write(true).create_new(true).open(path);
    let mut file = file.map_err(Failure::file(path))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(Failure::file(path))
}
