//! Making a backup while a server goes on.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use tessera_core::time::Clock;
use tessera_store::{Db, Keys, Outside, backup, ledger};

use crate::{
    backup::manifest::{Manifest, beside, measure},
    failure::Failure,
    outside::{SystemChance, SystemClock},
    place::{Means, Place},
    say, serve,
};

/// What to back up, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file to make; it must not be there yet. A manifest is written beside it.
    #[arg(value_name = "OUT")]
    out: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Makes a backup.
pub(crate) fn run(args: Args) -> Result<(), Failure> {
    serve::block_on(make(args))?
}

async fn make(args: Args) -> Result<(), Failure> {
    let Args { out, place } = args;
    if let Some(url) = &place.database {
        return Err(use_pg_dump(url, &out));
    }
    let manifest_path = beside(&out);
    for path in [&out, &manifest_path] {
        if path.exists() {
            return Err(Failure::refused(format!("{} is there already", path.display())));
        }
    }
    let keys = place.keys()?;
    let db = place.open_existing(Means::system()).await?;
    let copied = backup::copy_to(&db, &out).await;
    db.close().await;
    if let Err(error) = copied {
        // What there is of a copy that failed is no backup.
        let _ = fs::remove_file(&out);
        return Err(error.into());
    }
    fs::File::open(&out).and_then(|file| file.sync_all()).map_err(Failure::file(&out))?;
    let manifest = describe(&out, &keys).await?;
    fs::write(&manifest_path, manifest.text()).map_err(Failure::file(&manifest_path))?;
    say::line(format_args!("{} bytes in {}", manifest.bytes, out.display()));
    say::line(format_args!("manifest {}", manifest_path.display()));
    say::line(format_args!(
        "The key file {} is not in it, and without it the backup cannot be read: keep a copy elsewhere.",
        place.key_path()?.display()
    ));
    Ok(())
}

/// What the copy holds, read from the copy itself.
async fn describe(copy: &Path, keys: &Keys) -> Result<Manifest, Failure> {
    let outside = Outside {
        keys: Arc::new(keys.clone()),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
    };
    let db = Db::inspect(copy, outside).await?;
    let schema = backup::schema(&db).await?;
    let checkpoint = ledger::newest_checkpoint(&db).await?.unwrap_or_default();
    db.close().await;
    let made_at = SystemClock.now().to_string();
    Ok(Manifest::new(keys, made_at, measure(copy)?, schema, checkpoint))
}

fn use_pg_dump(url: &str, out: &Path) -> Failure {
    let place = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    Failure::refused(format!(
        "PostgreSQL backs itself up. Run, with the user and password as your server wants them:\n  \
         pg_dump --format=custom --file='{}' 'postgres://USER@{place}'\n\
         and to bring it back into an empty database:\n  \
         pg_restore --exit-on-error --no-owner --dbname='postgres://USER@{place}' '{}'",
        out.display(),
        out.display()
    ))
}
