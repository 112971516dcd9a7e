//! Bringing a backup back. Everything is checked before anything is touched.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use tessera_core::time::Clock;
use tessera_store::{
    Db, Keys, Outside, backup,
    ledger::{self, VerifyError},
    newest_known,
};

use crate::{
    backup::manifest::{Manifest, beside, measure},
    failure::Failure,
    outside::{SystemChance, SystemClock},
    place::{DATABASE, Place},
    say, serve,
};

/// What to restore, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The backup; its manifest lies beside it.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Move a database that is there aside first.
    #[arg(long)]
    replace: bool,
}

/// Restores a backup.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    serve::block_on(restore(args))?
}

async fn restore(args: Args) -> Result<(), Failure> {
    let Args { file, place, replace } = args;
    if place.database.is_some() {
        return Err(Failure::refused(
            "PostgreSQL is restored with pg_restore: `tessera backup --database URL` says how",
        ));
    }
    let keys = place.keys()?;
    let manifest = Manifest::read(&beside(&file), &keys)?;
    check_file(&file, &manifest)?;
    check_inside(&file, &keys, &manifest).await?;
    let old = files_of(&place.data)?;
    if !old.is_empty() && !replace {
        return Err(Failure::refused(format!(
            "{} holds a database already: say --replace to move it aside, or name another folder",
            place.data.display()
        )));
    }
    place.make_folder()?;
    let held = place.hold()?;
    bring_in(&file, &place, &manifest, &old)?;
    drop(held);
    say::line(format_args!("Restored {} from {}", place.data.display(), manifest.made_at));
    Ok(())
}

fn damaged(path: &Path, how: &str) -> Failure {
    Failure::refused(format!("{} is damaged: {how}; nothing was changed", path.display()))
}

fn check_file(file: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let measured = measure(file)?;
    if measured.bytes != manifest.bytes {
        return Err(damaged(file, &format!("{} bytes long", measured.bytes)));
    }
    if measured.sha256 != manifest.sha256 {
        return Err(damaged(file, "its hash is not the one in the manifest"));
    }
    if manifest.schema > newest_known() {
        return Err(tessera_store::StoreError::Newer(manifest.schema).into());
    }
    Ok(())
}

/// Opens the backup with the key and reads all of it: pages, indexes, audit log.
async fn check_inside(file: &Path, keys: &Keys, manifest: &Manifest) -> Result<(), Failure> {
    let outside = Outside {
        keys: Arc::new(keys.clone()),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
    };
    let db = Db::inspect(file, outside).await?;
    let found = async {
        if let Some(fault) = backup::faults(&db).await?.first() {
            return Err(damaged(file, fault));
        }
        if backup::schema(&db).await? != manifest.schema {
            return Err(damaged(file, "its schema is not the one in the manifest"));
        }
        let kept: Vec<String> = (!manifest.checkpoint.is_empty())
            .then(|| manifest.checkpoint.clone())
            .into_iter()
            .collect();
        match ledger::verify(&db, &kept).await {
            Ok(_) => Ok(()),
            Err(VerifyError::Store(error)) => Err(error.into()),
            Err(fault) => Err(damaged(file, &format!("audit log: {fault}"))),
        }
    }
    .await;
    db.close().await;
    found
}

/// The files of a database in a folder.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for end in ["", "-wal", "-shm"] {
        let path = folder.join(format!("{DATABASE}{end}"));
        if path.try_exists().map_err(Failure::file(&path))? {
            found.push(path);
        }
    }
    Ok(found)
}

/// Copies beside the place, checks the copy, and only then changes names.
fn bring_in(
    file: &Path,
    place: &Place,
    manifest: &Manifest,
    old: &[PathBuf],
) -> Result<(), Failure> {
    let new = place.data.join(format!("{DATABASE}.new"));
    fs::copy(file, &new).map_err(Failure::file(&new))?;
    fs::File::open(&new).and_then(|copy| copy.sync_all()).map_err(Failure::file(&new))?;
    if measure(&new)?.sha256 != manifest.sha256 {
        return Err(damaged(&new, "it was not copied whole"));
    }
    let stamp = SystemClock.now().strftime("%Y%m%dT%H%M%SZ").to_string();
    for path in old {
        let mut aside = path.as_os_str().to_owned();
        aside.push(format!(".replaced-{stamp}"));
        fs::rename(path, &aside).map_err(Failure::file(path))?;
        say::line(format_args!("moved aside: {}", Path::new(&aside).display()));
    }
    fs::rename(&new, place.file()).map_err(Failure::file(&new))?;
    fs::File::open(&place.data)
        .and_then(|folder| folder.sync_all())
        .map_err(Failure::file(&place.data))
}
