//! Embeds what `script/assets` made.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let mut out = std::io::stdout();
            let _ = std::io::Write::write_fmt(&mut out, format_args!("cargo::error={message}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a table of the assets for `include!`, from lines of name, content hash and media type.
fn embed() -> Result<(), String> {
    let here = env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?;
    let dist = Path::new(&here).join("../../assets/dist");
    let manifest = dist.join("manifest.tsv");
    let mut out = std::io::stdout();
    for path in [&manifest, &dist] {
        let line = format!("cargo::rerun-if-changed={}\n", path.display());
        std::io::Write::write_all(&mut out, line.as_bytes()).map_err(|error| error.to_string())?;
    }
    let lines = fs::read_to_string(&manifest).map_err(|_| {
        "the style sheet has not been made yet: run script/assets, then build again".to_owned()
    })?;
    let mut table = String::from("&[\n");
    for line in lines.lines() {
        let [name, hash, media] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{} has a line that is not three fields", manifest.display()));
        };
        let (stem, ending) = name.rsplit_once('.').ok_or("an asset needs a file ending")?;
        let file = dist.join(name).display().to_string();
        let gzip = dist.join(format!("{name}.gz")).display().to_string();
        writeln!(
            table,
            "Entry {{ plain: {name:?}, hashed: \"{stem}-{hash}.{ending}\", \
             url: \"/assets/{stem}-{hash}.{ending}\", asset: Asset {{ \
             bytes: include_bytes!({file:?}), gzip_bytes: include_bytes!({gzip:?}), \
             content_type: {media:?}, etag: \"\\\"{hash}\\\"\" }} }},"
        )
        .map_err(|error| error.to_string())?;
    }
    table.push(']');
    let target = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&target).join("assets.rs"), table).map_err(|error| error.to_string())
}
