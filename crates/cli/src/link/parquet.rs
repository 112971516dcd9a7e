//! Parquet in and out of `tessera link`.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use tessera_linkage::people::{
    Linked, ParquetFault, Table, read_people_parquet, write_clusters_parquet, write_pairs_parquet,
};

use super::failure::{Failure, open};

/// Whether a file is one by its name.
pub(crate) fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"))
}

/// The people of a Parquet file.
pub(crate) fn people(path: &Path) -> Result<Table, Failure> {
    read_people_parquet(open(path)?).map_err(|why| fault(path, why))
}

/// Writes the pairs if the file is Parquet by its name, and gives it back if not.
pub(crate) fn pairs(
    path: &Path,
    out: BufWriter<File>,
    table: &Table,
    linked: &Linked,
) -> Result<Option<BufWriter<File>>, Failure> {
    if !is_parquet(path) {
        return Ok(Some(out));
    }
    write_pairs_parquet(out, table, linked).map_err(|why| fault(path, why))?;
    Ok(None)
}

/// Writes the clusters if the file is Parquet by its name, and gives it back if not.
pub(crate) fn clusters(
    path: &Path,
    out: BufWriter<File>,
    table: &Table,
    linked: &Linked,
) -> Result<Option<BufWriter<File>>, Failure> {
    if !is_parquet(path) {
        return Ok(Some(out));
    }
    write_clusters_parquet(out, table, linked).map_err(|why| fault(path, why))?;
    Ok(None)
}

fn fault(path: &Path, why: ParquetFault) -> Failure {
    Failure::Parquet { path: path.to_owned(), why }
}
