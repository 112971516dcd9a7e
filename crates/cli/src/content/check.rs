//! `tessera content check`: one checker a kind of content.
//!
//! A new kind of content is one line in [`CHECKERS`]: its folder, and a function that gets the
//! folder's path and returns how many files it checked and what is wrong with them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tessera_core::clock::ClockBook;
use tessera_core::content::{ContentError, Source};
use tessera_core::explore::{Places, Practice};
use tessera_core::messages::Catalogue;
use tessera_guidance::Library;
use tessera_screening::Instrument;
use tessera_screening::differences::Aid;

/// What a checker found in its folder.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: usize,
    pub(super) faults: Vec<ContentError>,
}

type Checker = fn(&Path) -> Found;

const CHECKERS: [(&str, Checker); 6] = [
    ("clocks", clocks),
    ("guidance", guidance),
    ("instruments", instruments),
    ("explore", explore),
    ("messages", languages),
    ("places", places),
];

pub(super) fn run(folder: &Path) -> ExitCode {
    match check(folder, &mut io::stdout().lock()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => 1.into(),
        Err(_) => 2.into(),
    }
}

/// Writes every fault and, for each kind, how many files and faults there were; returns the faults.
fn check(folder: &Path, out: &mut impl Write) -> io::Result<usize> {
    let mut faults = 0;
    for (kind, check) in CHECKERS {
        let found = check(&folder.join(kind));
        for fault in &found.faults {
            writeln!(out, "{fault}")?;
        }
        writeln!(out, "{kind}: {} files, {} faults", found.files, found.faults.len())?;
        faults += found.faults.len();
    }
    Ok(faults)
}

fn read(path: &Path) -> Result<String, ContentError> {
    fs::read_to_string(path).map_err(|fault| ContentError {
        file: path.display().to_string(),
        line: None,
        reason: fault.to_string(),
    })
}

fn clocks(folder: &Path) -> Found {
    let names = ["clocks.yaml", "bank-holidays-england-wales.yaml"];
    let [clocks, holidays] = names.map(|name| folder.join(name));
    let check = || {
        let texts = (read(&clocks)?, read(&holidays)?);
        let names = (clocks.display().to_string(), holidays.display().to_string());
        ClockBook::from_files((&names.0, &texts.0), (&names.1, &texts.1))
    };
    Found { files: names.len(), faults: check().err().into_iter().collect() }
}

/// Files that are read whole: a fault names its file.
fn whole(
    folder: &Path,
    names: &[&str],
    check: impl Fn(&str) -> Result<(), tessera_core::explore::ExploreError>,
) -> Found {
    let mut found = Found { files: names.len(), faults: Vec::new() };
    for path in names.iter().map(|name| folder.join(name)) {
        let fault =
            |reason: String| ContentError { file: path.display().to_string(), line: None, reason };
        let checked = read(&path).and_then(|text| check(&text).map_err(|e| fault(e.to_string())));
        found.faults.extend(checked.err());
    }
    found
}

fn explore(folder: &Path) -> Found {
    whole(folder, &["practice.yaml"], |text| Practice::from_yaml(text).map(|_| ()))
}

fn places(folder: &Path) -> Found {
    whole(folder, &["marlbrook.yaml"], |text| Places::from_yaml(text).map(|_| ()))
}

fn guidance(folder: &Path) -> Found {
    let path = folder.join("know-the-differences.yaml");
    let aid = || Aid::from_yaml(&path.display().to_string(), &read(&path)?);
    let mut found = Found { files: 1, faults: aid().err().into_iter().collect() };
    let mut files = Vec::new();
    collect(folder, folder, &mut files, &mut found.faults);
    files.retain(|(name, _)| name != "know-the-differences.yaml");
    files.sort();
    found.files += files.len();
    let texts = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    found.faults.extend(Library::read(&folder.display().to_string(), texts).1);
    found
}

/// The files of guidance below a folder: their paths within it, and their texts.
fn collect(
    root: &Path,
    folder: &Path,
    files: &mut Vec<(String, String)>,
    faults: &mut Vec<ContentError>,
) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(root, &path, files, faults);
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        match read(&path) {
            Ok(text) => files.push((name, text)),
            Err(fault) => faults.push(fault),
        }
    }
}

/// Message catalogues: none need be there.
fn languages(folder: &Path) -> Found {
    let mut found = Found::default();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "po"));
    paths.sort();
    for path in paths {
        found.files += 1;
        let text = read(&path);
        let fault = text.and_then(|text| Catalogue::read(&path.display().to_string(), &text));
        found.faults.extend(fault.err());
    }
    found
}

fn instruments(folder: &Path) -> Found {
    let mut found = Found::default();
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(fault) => {
            let file = folder.display().to_string();
            found.faults.push(ContentError { file, line: None, reason: fault.to_string() });
            return found;
        }
    };
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    for path in paths {
        found.files += 1;
        found.faults.extend(instrument(&path));
    }
    found
}

/// Faults of the file, keys it should not have, and its own cases that fail.
fn instrument(path: &Path) -> Vec<ContentError> {
    let name = path.display().to_string();
    let text = match read(path) {
        Ok(text) => text,
        Err(fault) => return vec![fault],
    };
    let instrument = match Instrument::from_yaml(&name, &text) {
        Ok(instrument) => instrument,
        Err(fault) => return vec![fault],
    };
    let source = Source::new(&name, &text);
    let failures = instrument.self_test().into_iter();
    let failures = failures
        .map(|failure| source.fault(&format!("tests[{}]", failure.place), failure.to_string()));
    instrument.noted().iter().cloned().chain(failures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
    }

    fn checked(folder: &Path) -> (usize, String) {
        let mut out = Vec::new();
        let faults = check(folder, &mut out).unwrap();
        (faults, String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_content_of_this_repository_has_no_fault() {
        let (faults, out) = checked(&content());
        assert_eq!(faults, 0, "{out}");
        assert!(out.contains("clocks: 2 files"), "{out}");
    }

    #[test]
    fn each_fault_is_told_with_its_file_and_line() {
        let folder = std::env::temp_dir().join(format!("tessera-content-{}", std::process::id()));
        for kind in ["clocks", "guidance", "instruments", "explore", "places"] {
            fs::create_dir_all(folder.join(kind)).unwrap();
        }
        for name in [
            "clocks/clocks.yaml",
            "clocks/bank-holidays-england-wales.yaml",
            "guidance/know-the-differences.yaml",
            "explore/practice.yaml",
            "places/marlbrook.yaml",
        ] {
            fs::copy(content().join(name), folder.join(name)).unwrap();
        }
        let name = "instruments/ce-screen-2026.1.yaml";
        let text = fs::read_to_string(content().join(name)).unwrap();
        let line = 1 + text.lines().position(|line| line.contains("{id: T02,")).unwrap();
        fs::write(folder.join(name), text.replace("S_yes >= 3", "S_yes >= 4")).unwrap();
        let (faults, out) = checked(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(faults, 2, "{out}");
        let expected = format!("{name}:{line}: case T02: the level should be significant");
        assert!(out.contains(&expected), "{out}");
    }
}
