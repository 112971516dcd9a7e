//! The demo's folder. A marker file says that what is in it is invented; without the marker a
//! folder with data is never touched.

use std::{fs, io::ErrorKind, path::Path};

use crate::{
    failure::Failure,
    place::{DATABASE, Place, has_database},
};

/// The file that marks a folder as a demo's.
pub(crate) const MARKER: &str = "this-is-a-demo";
const MARKER_TEXT: &str = "\
Everything in tessera.db in this folder is invented. `tessera demo` may serve it with a page that
signs anybody in as anyone, and `tessera demo --reset` deletes it.
";

/// Makes the folder a demo's, or refuses one that holds somebody's data.
pub(crate) fn claim(place: &Place) -> Result<(), Failure> {
    place.make_folder()?;
    if place.database.is_some() {
        return Ok(());
    }
    let marker = place.data.join(MARKER);
    if has_database(&place.data)? && !marker.exists() {
        return Err(Failure::refused(format!(
            "{} holds a database that is not a demo's: name another folder with --data",
            place.data.display()
        )));
    }
    fs::write(&marker, MARKER_TEXT).map_err(Failure::file(&marker))
}

/// Deletes the database of a demo's folder, and nothing else in it.
pub(crate) fn empty(place: &Place) -> Result<(), Failure> {
    if place.database.is_some() {
        return Err(Failure::refused(
            "a demo in PostgreSQL is not thrown away from here: drop and create its database",
        ));
    }
    remove_database(&place.data, DATABASE)
}

/// Deletes a database file and what SQLite keeps beside it.
pub(crate) fn remove_database(folder: &Path, name: &str) -> Result<(), Failure> {
    for end in ["", "-wal", "-shm"] {
        remove(&folder.join(format!("{name}{end}")))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::file(path)(error)),
        _ => Ok(()),
    }
}
