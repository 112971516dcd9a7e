//! `tessera audit`: checking the signed log, and giving it to others to check.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use tessera_ledger::{
    Error,
    export::tile_bytes,
    tiles::{CHECKPOINT_PATH, Kind, Tile, layout},
};
use tessera_store::{
    Db,
    ledger::{self, Verified, VerifyError},
};

use crate::{
    failure::Failure,
    place::{Means, Place},
    say, serve,
};

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check every entry against the log, and the log against every signed checkpoint.
    Verify {
        #[command(flatten)]
        place: Place,
        /// A checkpoint that somebody kept; may be given several times.
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
    },
    /// Write the log as files that anyone can check with script/verify-log.py.
    Export {
        /// An empty or new folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Print the public key that checks the log's signatures.
    Key {
        #[command(flatten)]
        place: Place,
    },
}

/// Runs a command; 1 when the log is not as it was signed.
pub(crate) fn run(command: Command) -> ExitCode {
    say::code(match command {
        Command::Verify { place, checkpoint } => {
            serve::block_on(verify(place, checkpoint)).flatten()
        }
        Command::Export { folder, place } => {
            serve::block_on(export(place, folder)).flatten().map(|()| ExitCode::SUCCESS)
        }
        Command::Key { place } => key(&place).map(|()| ExitCode::SUCCESS),
    })
}

fn key(place: &Place) -> Result<(), Failure> {
    say::line(ledger::public_key(&place.keys()?)?);
    Ok(())
}

async fn verify(place: Place, kept: Vec<PathBuf>) -> Result<ExitCode, Failure> {
    let mut notes = Vec::new();
    for path in &kept {
        notes.push(fs::read_to_string(path).map_err(Failure::file(path))?);
    }
    let db = place.open_existing(Means::system()).await?;
    let found = ledger::verify(&db, &notes).await;
    db.close().await;
    match found {
        Ok(verified) => {
            tell(&verified, notes.len());
            Ok(ExitCode::SUCCESS)
        }
        Err(VerifyError::Store(error)) => Err(error.into()),
        Err(fault) => {
            say::line(format_args!("The log is NOT as it was signed: {fault}"));
            say::line("Entries are counted from 0. Keep the database as it is and tell your lead.");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn tell(verified: &Verified, kept: usize) {
    let Verified { checked, tail, .. } = verified;
    say::line(format_args!("{} entries checked, {} of them signed", checked.size, checked.signed));
    if kept > 0 {
        say::line(format_args!("{kept} kept checkpoints fit"));
    }
    if *tail > 0 {
        say::line(format_args!(
            "{tail} newer entries are not signed yet; a running server signs within a second"
        ));
    }
    say::line(format_args!("root {}", checked.root));
}

async fn export(place: Place, folder: PathBuf) -> Result<(), Failure> {
    refuse_full(&folder)?;
    let db = place.open_existing(Means::system()).await?;
    let done = write_log(&db, &folder).await;
    db.close().await;
    let size = done?;
    say::line(format_args!("{size} entries in {}", folder.display()));
    Ok(())
}

fn refuse_full(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let mut inside = fs::read_dir(folder).map_err(Failure::file(folder))?;
    if inside.next().is_some() {
        return Err(Failure::refused(format!(
            "{} is not empty: name a new folder, so that no older file is taken for part of this log",
            folder.display()
        )));
    }
    Ok(())
}

/// Writes tile by tile, so that a long log needs little memory. The log may grow meanwhile: only
/// what the checkpoint signs is written.
async fn write_log(db: &Db, folder: &Path) -> Result<u64, Failure> {
    let Some(note) = ledger::newest_checkpoint(db).await? else {
        return Err(Failure::refused("nothing has been signed yet"));
    };
    let damaged = |error: Error| Failure::refused(format!("the log: {error}"));
    let size = ledger::public_key(db.keys())?.open(note.as_bytes()).map_err(damaged)?.size;
    let mut read = db.read().await?;
    for tile in layout(size).map_err(damaged)? {
        let bytes = read_tile(&tile, &mut read.conn()).await?;
        write(folder, &tile.path(), &bytes)?;
    }
    write(folder, CHECKPOINT_PATH, note.as_bytes())?;
    Ok(size)
}

async fn read_tile(tile: &Tile, conn: &mut tessera_store::Conn<'_>) -> Result<Vec<u8>, Failure> {
    let damaged = |error: Error| Failure::refused(format!("the log: {error}"));
    let (hashes, entries) = match tile.kind {
        Kind::Entries => {
            let first = i64::try_from(tile.first()).unwrap_or(i64::MAX);
            let count = i64::try_from(tile.width).unwrap_or(0);
            (tessera_ledger::MemoryHashes::new(), ledger::entries(conn, first, count).await?)
        }
        Kind::Hashes { .. } => (ledger::hashes(conn, &tile.hash_indexes()).await?, Vec::new()),
    };
    let entry = |number: u64| {
        let place = usize::try_from(number - tile.first()).map_err(|_| Error::OutOfRange)?;
        entries.get(place).ok_or(Error::OutOfRange)
    };
    tile_bytes(tile, &hashes, entry).map_err(damaged)
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = folder.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(Failure::file(parent))?;
    }
    fs::write(&path, bytes).map_err(Failure::file(&path))
}
