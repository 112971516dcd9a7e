//! Embeds the files of `content/guidance`, so that the program brings its guidance along.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = here.join("../../content/guidance").canonicalize()?;
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for path in &files {
        let name = path.strip_prefix(&folder).map_err(io::Error::other)?.display().to_string();
        let path = path.display().to_string();
        writeln!(table, "({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("files.rs"), table)
}

/// Every folder is named to cargo, so that a file that is added or taken away is noticed.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let line = format!("cargo::rerun-if-changed={}\n", folder.display());
    io::Write::write_all(&mut io::stdout(), line.as_bytes())?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "md" || e == "yaml")
            // Read by the screening engine, which embeds it itself.
            && !path.ends_with("know-the-differences.yaml")
        {
            files.push(path);
        }
    }
    Ok(())
}
