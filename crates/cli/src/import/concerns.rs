//! Bringing in concerns from a CSV file.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use csv::StringRecord;
use sha2::{Digest, Sha256};
use tessera_app::{
    App, AppError,
    concern::{SendKey, Submission},
};
use tessera_core::{
    codes::CodeBook,
    concern::{Channel, RawConcern},
    errors::FieldErrors,
};
use tessera_policy::{Actor, rules::concern::ImportConcerns};

use crate::{
    failure::Failure,
    import::{
        columns::{Columns, REPORT, Row, known},
        safe,
    },
    place::{Means, Place},
    say, serve,
};

/// What to bring in, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A CSV file in UTF-8 with names in its first row.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Only check, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that cannot be brought in to this new file, each with its problem.
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// A file that was read.
struct Table {
    names: StringRecord,
    columns: Columns,
    rows: Vec<(u64, StringRecord)>,
    rejected: Vec<Rejected>,
}

/// A row that cannot be brought in.
struct Rejected {
    row: u64,
    values: StringRecord,
    problems: Vec<(String, String)>,
}

/// A row that can.
struct Good {
    row: u64,
    key: String,
    raw: RawConcern,
    values: StringRecord,
}

/// Brings in every row that can be; 1 when some could not.
pub(crate) async fn import(args: Args) -> Result<ExitCode, Failure> {
    let mut table = read(&args.file)?;
    let codes =
        CodeBook::builtin().map_err(|error| Failure::from(AppError::Content(error.to_string())))?;
    let good = check(&mut table, &codes);
    let checked = good.len();
    let (mut sent, mut again) = (0, 0);
    if !args.dry_run {
        (sent, again) = send(&args.place, good, &mut table.rejected).await?;
    }
    table.rejected.sort_by_key(|rejected| rejected.row);
    for rejected in &table.rejected {
        for (field, problem) in &rejected.problems {
            say::line(format_args!("row {}, {field}: {problem}", rejected.row));
        }
    }
    if let Some(path) = &args.rejected {
        write_rejected(path, &table)?;
    }
    let wrong = table.rejected.len();
    if args.dry_run {
        say::line(format_args!(
            "{checked} rows can be brought in, {wrong} cannot; nothing was changed"
        ));
    } else {
        say::line(format_args!(
            "{sent} rows brought in, {again} were there before, {wrong} rejected"
        ));
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(path: &Path) -> Result<Table, Failure> {
    let wrong = |why: String| Failure::refused(format!("{}: {why}", path.display()));
    let text = fs::read(path).map_err(Failure::file(path))?;
    let text = String::from_utf8(text)
        .map_err(|_| wrong("not in UTF-8; save it as \"CSV UTF-8\"".into()))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let columns = Columns::read(names.iter()).map_err(|unknown| {
        let unknown = unknown.join(", ");
        wrong(format!("columns that are not known: {unknown}. Known are: {}", known()))
    })?;
    if !columns.has_what() {
        return Err(wrong("there is no column named what".into()));
    }
    let mut table = Table { names, columns, rows: Vec::new(), rejected: Vec::new() };
    for (n, record) in reader.records().enumerate() {
        let values = record.map_err(|error| wrong(error.to_string()))?;
        // As a spreadsheet counts: the names stand in row 1.
        let row = n as u64 + 2;
        if values.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        if values.len() == table.names.len() {
            table.rows.push((row, values));
            continue;
        }
        let (has, wants) = (values.len(), table.names.len());
        let problem = format!("it has {has} values where the first row has {wants} names");
        table.rejected.push(Rejected { row, values, problems: vec![("row".into(), problem)] });
    }
    Ok(table)
}

/// Parts the rows that can be brought in from those that cannot.
fn check(table: &mut Table, codes: &CodeBook) -> Vec<Good> {
    let mut good: Vec<Good> = Vec::new();
    let mut rows_of_keys: BTreeMap<String, u64> = BTreeMap::new();
    for (row, values) in std::mem::take(&mut table.rows) {
        let Row { key, raw } = table.columns.row(values.iter());
        let mut problems = match raw.check(codes) {
            Ok(_) => Vec::new(),
            Err(errors) => as_problems(errors),
        };
        if !["", "danger", "worried", "noticed"].contains(&raw.kind.as_str()) {
            problems
                .push(("kind".into(), "Write danger, worried or noticed, or leave it out".into()));
        }
        let key = if key.is_empty() { hash(&raw) } else { format!("key {key}") };
        if let Some(first) = rows_of_keys.get(&key).filter(|_| key.starts_with("key ")) {
            problems.push(("key".into(), format!("Row {first} has the same key")));
        }
        if problems.is_empty() {
            rows_of_keys.insert(key.clone(), row);
            good.push(Good { row, key, raw, values });
        } else {
            table.rejected.push(Rejected { row, values, problems });
        }
    }
    good
}

fn as_problems(errors: FieldErrors) -> Vec<(String, String)> {
    errors.0.into_iter().map(|error| (column_of(&error.field), error.message)).collect()
}

/// The column that a field of the form came from.
fn column_of(field: &str) -> String {
    let parts: Vec<&str> = field.splitn(3, '-').collect();
    match parts.as_slice() {
        ["child", place, name] => match place.parse::<usize>() {
            Ok(n) if n > 0 => format!("child{}_{name}", n + 1),
            _ => format!("child_{name}"),
        },
        ["happened"] => "date".into(),
        ["when_text"] => "when".into(),
        _ => field.to_owned(),
    }
}

/// What stands for a row without a key of its own: the same words are the same concern.
fn hash(raw: &RawConcern) -> String {
    let text = serde_json::to_vec(raw).unwrap_or_default();
    format!("hash {}", hex::encode(Sha256::digest(text)))
}

/// Sends the rows; how many came in, and how many were there before.
async fn send(
    place: &Place,
    good: Vec<Good>,
    rejected: &mut Vec<Rejected>,
) -> Result<(usize, usize), Failure> {
    let app = App::new(place.open_existing(Means::system()).await?)?;
    let actor = Actor::system("import concerns");
    let rows = good.len().to_string();
    app.ask::<ImportConcerns>(&actor, vec![("rows", rows)]).await?;
    let (mut sent, mut again) = (0, 0);
    for Good { row, key, raw, values } in good {
        let key = format!("import {key}");
        let key = SendKey::Chosen(&key);
        let submission = Submission { raw: &raw, channel: Channel::Import, key };
        let before = app.was_sent(&actor, &submission).await?;
        match app.submit(&actor, submission).await {
            Ok(_) if before => again += 1,
            Ok(_) => sent += 1,
            Err(AppError::Fields(errors)) => {
                rejected.push(Rejected { row, values, problems: as_problems(errors) });
            }
            Err(error) => return Err(error.into()),
        }
    }
    serve::sign_all(&app).await?;
    app.db.close().await;
    Ok((sent, again))
}

fn write_rejected(path: &Path, table: &Table) -> Result<(), Failure> {
    let failed = |error: csv::Error| Failure::refused(format!("{}: {error}", path.display()));
    let file = fs::File::options().write(true).create_new(true).open(path);
    let mut out =
        csv::WriterBuilder::new().flexible(true).from_writer(file.map_err(Failure::file(path))?);
    let own: Vec<bool> = table.names.iter().map(|name| !REPORT.contains(&name)).collect();
    let names = table.names.iter().zip(&own).filter(|(_, own)| **own).map(|(name, _)| name);
    out.write_record(REPORT.into_iter().chain(names)).map_err(failed)?;
    for rejected in &table.rejected {
        let fields: Vec<&str> = rejected.problems.iter().map(|(field, _)| field.as_str()).collect();
        let words: Vec<&str> = rejected.problems.iter().map(|(_, words)| words.as_str()).collect();
        let mut record = vec![rejected.row.to_string(), fields.join(", "), words.join(". ")];
        let values = rejected.values.iter().enumerate();
        let values = values.filter(|(n, _)| own.get(*n).copied().unwrap_or(true));
        record.extend(values.map(|(_, value)| safe::written(safe::read(value))));
        out.write_record(&record).map_err(failed)?;
    }
    out.flush().map_err(Failure::file(path))
}
