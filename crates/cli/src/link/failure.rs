//! What can go wrong with files of records.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use tessera_linkage::journal::JournalError;
use tessera_linkage::people::{ModelError, ReadError, SplinkError};
use tessera_linkage::reports::ReportModelError;

/// Why a command could not be carried out. No cell of a record is repeated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("cannot open {}: {why}", path.display())]
    Open { path: PathBuf, why: io::Error },
    #[error("cannot write {}: {why}", path.display())]
    Create { path: PathBuf, why: io::Error },
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    #[error("{}: {why}", path.display())]
    Read { path: PathBuf, why: ReadError },
    #[error("{}: not a model: {why}", path.display())]
    Document { path: PathBuf, why: serde_json::Error },
    #[error("{}: {why}", path.display())]
    Model { path: PathBuf, why: ModelError },
    #[cfg(feature = "parquet")]
    #[error("{}: {why}", path.display())]
    Parquet { path: PathBuf, why: tessera_linkage::people::ParquetFault },
    #[error("{}: {why}", path.display())]
    Splink { path: PathBuf, why: SplinkError },
    #[error("{}: {why}", path.display())]
    ReportModel { path: PathBuf, why: ReportModelError },
    #[error("{}: {why}", path.display())]
    Decisions { path: PathBuf, why: JournalError },
    #[error("cannot show as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("no record has the identifier \"{0}\"")]
    NoRecord(String),
}

/// Opens a file to read.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|why| Failure::Open { path: path.to_owned(), why })
}

/// Makes a file to write.
pub(crate) fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    let file = File::create(path).map_err(|why| Failure::Create { path: path.to_owned(), why })?;
    Ok(BufWriter::with_capacity(1 << 18, file))
}
