//! The template of messages lists every sentence that the program tells, and no other.

use std::{collections::BTreeMap, fs, path::Path};

use tessera_core::{
    codes::CodeBook,
    messages::{Catalogue, Entry, PoFile, pseudo, template},
};

const FILE: &str = "content/messages/messages.pot";
/// The lists of codes that people without an account choose from.
const CODES: [&str; 2] = ["origin", "knows"];

fn files(path: &Path, found: &mut Vec<std::path::PathBuf>) {
    if path.is_dir() {
        let inside = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        inside.for_each(|path| files(&path, found));
    } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
        found.push(path.to_owned());
    }
}

/// A string of Rust at the beginning of a text, and what follows it.
fn string(text: &str) -> Option<(String, &str)> {
    let mut chars = text.strip_prefix('"')?.char_indices();
    let mut out = String::new();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &text[at + 2..])),
            '\\' => match chars.next()?.1 {
                // The line goes on after the spaces of the next one.
                '\n' => {
                    let rest = chars.as_str();
                    let skipped = rest.len() - rest.trim_start().len();
                    for _ in 0..rest[..skipped].chars().count() {
                        chars.next();
                    }
                }
                'n' => out.push('\n'),
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    None
}

#[derive(Default)]
struct Found {
    messages: BTreeMap<String, Entry>,
}

impl Found {
    fn add(&mut self, id: &str, many: Option<&str>, place: &str) {
        assert!(!id.is_empty(), "{place}: an empty message");
        let entry = self.messages.entry(id.to_owned()).or_insert_with(|| Entry {
            forms: vec![String::new(); if many.is_some() { 2 } else { 1 }],
            id: id.to_owned(),
            many: many.map(str::to_owned),
            ..Entry::default()
        });
        assert_eq!(entry.many.as_deref(), many, "{place}: “{id}” with two plurals");
        if !entry.notes.iter().any(|note| note == place) {
            entry.notes.push(place.to_owned());
        }
    }

    /// The sentences of a file: what stands in `t!`, `tn!` and `msg!`.
    fn read(&mut self, text: &str, place: &str) {
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (at, _) in text.match_indices("!(") {
            let name = text[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
            let name = name.unwrap();
            let comment = text[..at].rsplit('\n').next().unwrap().trim_start().starts_with("//");
            if comment || !["t", "tn", "msg"].contains(&name) {
                continue;
            }
            let mut inside = text[at + 2..].trim_start();
            if name == "tn" {
                // The number stands before its two sentences.
                let quote = inside.find('"').unwrap();
                inside = &inside[quote..];
            }
            let Some((id, rest)) = string(inside) else {
                assert!(
                    inside.starts_with('$'),
                    "{place}: {name}! without a sentence: {inside:.60}"
                );
                continue;
            };
            let many = (name == "tn")
                .then(|| string(rest.trim_start().trim_start_matches(',').trim_start()).unwrap().0);
            self.add(&id, many.as_deref(), place);
        }
    }
}

fn extracted(root: &Path) -> PoFile {
    let mut found = Found::default();
    let mut paths = Vec::new();
    for part in ["core", "app", "pages", "web", "policy"] {
        files(&root.join("crates").join(part).join("src"), &mut paths);
    }
    files(&root.join("crates/pages/templates"), &mut paths);
    paths.sort();
    for path in paths {
        let place = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if place != "crates/core/src/messages.rs" {
            found.read(&fs::read_to_string(&path).unwrap(), &place);
        }
    }
    let codes = CodeBook::builtin().unwrap();
    for code in CODES.iter().flat_map(|list| codes.options(list)) {
        for text in [&code.label, &code.hint].into_iter().filter(|text| !text.is_empty()) {
            found.add(text, None, "content/standards/codes.yaml");
        }
    }
    PoFile {
        header: vec![("Content-Type".into(), "text/plain; charset=UTF-8".into())],
        entries: found.messages.into_values().collect(),
    }
}

#[test]
fn the_template_lists_every_message_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let text = extracted(&root).write();
    if std::env::var_os("TESSERA_WRITE").is_some() {
        fs::write(root.join(FILE), &text).unwrap();
    }
    let kept = fs::read_to_string(root.join(FILE)).unwrap();
    assert_eq!(kept, text, "write it anew: TESSERA_WRITE=1 cargo test -p tessera-testkit");
    assert!(text.matches("\nmsgid ").count() > 500);
}

#[test]
fn the_made_language_lacks_no_message() {
    let made = Catalogue::read("en-XA.po", &pseudo(&template()).write()).unwrap();
    assert_eq!(made.missing(&template()), Vec::<&str>::new());
}

#[test]
fn every_language_that_ships_fits_the_messages_and_none_is_in_force() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/messages");
    let template = template();
    let mut read = 0;
    for path in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|e| e != "po") {
            continue;
        }
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let language = Catalogue::read(&name, &text).unwrap();
        // Nobody has reviewed a translation that ships: a partnership puts a language in force.
        assert!(!language.is_in_force(), "{name}");
        for entry in PoFile::read(&name, &text).unwrap().entries {
            let known = template.entries.iter().any(|e| e.id == entry.id && e.many == entry.many);
            assert!(known, "{name}:{}: no such message: {}", entry.line, entry.id);
        }
        read += 1;
    }
    assert!(read > 0, "no language was read");
}
