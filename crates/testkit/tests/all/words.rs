//! Our own words pass our own checker: pages, errors, documents, the demo.

use std::{fs, path::Path};

use tessera_language::house::Mentions;

/// Where our words stand, from the root of the repository.
const OURS: [&str; 18] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs",
    "content/demo",
    "content/standards",
    "content/clocks",
    "assets/js",
    "content/guidance/pages",
    "crates/app/src",
    "crates/cli/src",
    "crates/core/src",
    "crates/pages/src",
    "crates/policy/src",
    "crates/pages/templates",
    "crates/web/src",
];

fn texts(root: &Path, path: &Path, found: &mut Vec<(String, String)>) {
    if path.is_dir() {
        let mut inside: Vec<_> = fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect();
        inside.sort();
        for path in inside {
            texts(root, &path, found);
        }
        return;
    }
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    if ["md", "rs", "html", "yaml", "txt", "js"].contains(&ending) {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        found.push((name, fs::read_to_string(path).unwrap()));
    }
}

#[test]
fn our_own_words_blame_nobody() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let listed = fs::read_to_string(root.join("content/language/own-words.yaml")).unwrap();
    let mut mentions = Mentions::from_yaml(&listed).unwrap();
    let mut found = Vec::new();
    for path in OURS {
        texts(&root, &root.join(path), &mut found);
    }
    assert!(found.len() > 100, "only {} texts were found", found.len());
    let mut faults = Vec::new();
    for (path, text) in &found {
        for finding in mentions.unlisted(path, text) {
            faults.push(format!("{path}: {} ({})", finding.matched, finding.entry));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let unused: Vec<&str> = mentions.unused().map(|mention| mention.path.as_str()).collect();
    assert!(unused.is_empty(), "listed and not needed: {unused:?}");
}
