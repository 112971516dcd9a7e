//! `tessera content export`: writes the guidance in force as files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tessera_app::App;

use crate::{
    failure::Failure,
    place::{Means, Place},
    say,
    serve::block_on,
};

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Place,
    /// The folder to write into; it is made, and must be empty.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    block_on(export(args))?
}

async fn export(args: &Args) -> Result<(), Failure> {
    fs::create_dir_all(&args.to).map_err(Failure::file(&args.to))?;
    if fs::read_dir(&args.to).map_err(Failure::file(&args.to))?.next().is_some() {
        return Err(Failure::refused(format!("{} is not empty", args.to.display())));
    }
    let db = args.place.open_existing(Means::system()).await?;
    let app = App::new(db)?;
    let files = app.export_guidance().await?;
    for (path, text) in &files {
        write(&args.to.join(path), text)?;
    }
    say::line(format_args!("{} files of guidance written to {}", files.len(), args.to.display()));
    app.db.clone().close().await;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    fs::write(path, text).map_err(Failure::file(path))
}
