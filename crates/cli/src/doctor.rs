//! `tessera doctor`: whether an installation is well.

use std::{fmt::Display, fs, os::unix::fs::PermissionsExt, path::Path, process::ExitCode};

use tessera_core::{
    clock::ClockBook,
    codes::CodeBook,
    time::{Clock, SignedDuration, Timestamp, day_in_london},
};
use tessera_store::{
    Db, Dialect, backup, job,
    ledger::{self, VerifyError},
};

use crate::{
    failure::Failure,
    outside::SystemClock,
    place::{Means, Place},
    say, serve,
};

/// Less free space than this is too little, in bytes.
const LEAST_FREE: u64 = 1 << 30;
/// A running server signs within a second; an entry that waits longer has no server.
const SIGNED_WITHIN: SignedDuration = SignedDuration::from_mins(1);
/// How far entries may seem to come from the future before the clock is doubted.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(2);

/// What to look at.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Place,
    /// Leave out what reads the whole database.
    #[arg(long)]
    quick: bool,
}

/// What was found so far.
#[derive(Default)]
struct Findings {
    bad: usize,
}

impl Findings {
    fn well(words: impl Display) {
        say::line(format_args!("ok    {words}"));
    }

    /// Worth knowing; nothing is broken.
    fn note(words: impl Display) {
        say::line(format_args!("note  {words}"));
    }

    fn bad(&mut self, words: impl Display) {
        self.bad += 1;
        say::line(format_args!("BAD   {words}"));
    }
}

/// Looks; 1 when something is wrong.
pub(crate) fn run(args: Args) -> ExitCode {
    say::code(serve::block_on(look(args)).flatten())
}

async fn look(args: Args) -> Result<ExitCode, Failure> {
    let Args { place, quick } = args;
    let mut found = Findings::default();
    let now = SystemClock.now();
    key_file(&place, &mut found)?;
    folder(&place, &mut found);
    content(now, &mut found);
    match place.open_existing(Means::system()).await {
        Ok(db) => {
            let looked = inside(&db, now, quick, &mut found).await;
            db.close().await;
            looked?;
        }
        Err(failure) => found.bad(failure),
    }
    let verdict = match found.bad {
        0 => "All is well.".to_owned(),
        1 => "1 thing is wrong.".to_owned(),
        n => format!("{n} things are wrong."),
    };
    say::line(verdict);
    Ok(if found.bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn key_file(place: &Place, found: &mut Findings) -> Result<(), Failure> {
    let path = place.key_path()?;
    let Ok(meta) = fs::metadata(&path) else {
        found.bad(format_args!("there is no key file at {}", path.display()));
        return Ok(());
    };
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        Findings::well(format_args!("key file {}, mode {mode:04o}", path.display()));
    } else {
        let path = path.display();
        found.bad(format_args!("others may read the key file, mode {mode:04o}: chmod 600 {path}"));
    }
    Ok(())
}

fn folder(place: &Place, found: &mut Findings) {
    if place.database.is_some() {
        return;
    }
    let path = place.data.display();
    let Ok(meta) = fs::metadata(&place.data) else {
        return found.bad(format_args!("there is no data folder {path}"));
    };
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        Findings::well(format_args!("data folder {path}, mode {mode:04o}"));
    } else {
        Findings::note(format_args!(
            "others may list the data folder, mode {mode:04o} (its file is encrypted): chmod 700 {path}"
        ));
    }
    free_space(&place.data, found);
}

fn free_space(folder: &Path, found: &mut Findings) {
    match rustix::fs::statvfs(folder) {
        Ok(space) => {
            let free = space.f_bavail.saturating_mul(space.f_frsize);
            let words = format!("{} MB of disk space free", free >> 20);
            if free < LEAST_FREE { found.bad(words) } else { Findings::well(words) }
        }
        Err(error) => found.bad(format_args!("free disk space cannot be read: {error}")),
    }
}

fn content(now: Timestamp, found: &mut Findings) {
    match CodeBook::builtin() {
        Ok(book) => Findings::well(format_args!("code lists {}", book.version)),
        Err(error) => found.bad(error),
    }
    match ClockBook::builtin() {
        Err(error) => found.bad(error),
        Ok(book) => {
            let year = day_in_london(now).year();
            let holidays = book.calendar().holidays();
            let rules = book.rules().count();
            if holidays.covers(year) {
                Findings::well(format_args!("{rules} clocks, bank holidays of {year} known"));
            } else {
                found.bad(format_args!(
                    "bank holidays of {year} are not known: clocks may be wrong"
                ));
            }
            if !holidays.covers(year.saturating_add(1)) {
                Findings::note(format_args!("bank holidays of {} are not known yet", year + 1));
            }
        }
    }
}

async fn inside(db: &Db, now: Timestamp, quick: bool, found: &mut Findings) -> Result<(), Failure> {
    Findings::well(format_args!("schema {}", backup::schema(db).await?));
    match backup::newest_entry_at(db).await? {
        Some(at) if at > now + CLOCK_SLACK => {
            found.bad(format_args!("the newest entry is of {at}: this machine's clock is behind"));
        }
        _ => Findings::well("this machine's clock is not behind the data"),
    }
    match job::given_up(db).await? {
        0 => Findings::well("no job was given up"),
        n => found.bad(format_args!("{n} jobs were given up")),
    }
    match backup::oldest_unsigned_at(db).await? {
        None => Findings::well("every audit entry is signed"),
        Some(at) if at + SIGNED_WITHIN < now => {
            Findings::note(format_args!(
                "audit entries wait to be signed since {at}: start `tessera serve`"
            ));
        }
        Some(_) => Findings::well("audit entries wait less than a minute to be signed"),
    }
    if quick {
        return Ok(());
    }
    whole(db, found).await
}

/// What reads all of it.
async fn whole(db: &Db, found: &mut Findings) -> Result<(), Failure> {
    let faults = backup::faults(db).await?;
    match (db.dialect(), faults.is_empty()) {
        (Dialect::Pg, _) => Findings::note("PostgreSQL looks after its own pages: see pg_amcheck"),
        (Dialect::Lite, true) => Findings::well("no page or index is damaged"),
        (Dialect::Lite, false) => {}
    }
    for fault in faults.iter().take(10) {
        found.bad(fault);
    }
    match ledger::verify(db, &[]).await {
        Ok(verified) => {
            Findings::well(format_args!("audit log: {} entries as signed", verified.checked.size));
        }
        Err(VerifyError::Store(error)) => return Err(error.into()),
        Err(fault) => found.bad(format_args!("audit log: {fault}")),
    }
    Ok(())
}
