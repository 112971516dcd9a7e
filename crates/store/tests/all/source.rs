//! What the source text itself must keep to.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every Rust file below a folder, but for tests.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.ends_with("tests") {
            continue;
        }
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The source folders of every crate but the store, which is the one place for SQL.
fn production_outside_the_store() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for parent in ["crates", "benches"] {
        for entry in fs::read_dir(root().join(parent)).unwrap() {
            let source = entry.unwrap().path().join("src");
            if source.is_dir() && !source.ends_with("store/src") {
                files.extend(rust_files(&source));
            }
        }
    }
    assert!(files.len() > 100, "only {} files were found", files.len());
    files
}

/// The first words of SQL in a text, if there is any: keywords in capitals, as all of ours are.
fn sql_in(line: &str) -> bool {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(n, word)| match *word {
        "SELECT" => true,
        "INSERT" => words.get(n + 1) == Some(&"INTO"),
        "DELETE" => words.get(n + 1) == Some(&"FROM"),
        "UPDATE" => words.get(n + 2) == Some(&"SET"),
        _ => false,
    })
}

#[test]
fn sql_is_recognised_and_ordinary_words_are_not() {
    assert!(sql_in("let sql = \"SELECT 1\";"));
    assert!(sql_in("\"INSERT INTO agency (id)\""));
    assert!(sql_in("(\"DELETE FROM draft\")"));
    assert!(sql_in("\"UPDATE job SET done_at = $1\""));
    assert!(!sql_in("const UPDATE: &str = statement;"));
    assert!(!sql_in("Method::DELETE => select(\"an answer\")"));
}

#[test]
fn sql_occurs_only_in_the_store() {
    let mut found = Vec::new();
    for path in production_outside_the_store() {
        let text = fs::read_to_string(&path).unwrap();
        for (n, line) in text.lines().enumerate() {
            if !line.trim_start().starts_with("//") && sql_in(line) {
                found.push(format!("{}:{}", path.display(), n + 1));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn only_the_store_and_the_test_helpers_talk_to_a_database_driver() {
    let names_driver = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        text.contains("sqlx::") && !path.ends_with("testkit/src/raw.rs")
    };
    let found: Vec<_> = production_outside_the_store().into_iter().filter(names_driver).collect();
    assert_eq!(found, Vec::<PathBuf>::new());
}

#[test]
fn every_module_with_statements_is_in_the_list_that_is_prepared() {
    let source = root().join("crates/store/src");
    let list = fs::read_to_string(source.join("lib.rs")).unwrap();
    let mut seen = 0;
    for path in rust_files(&source) {
        let text = fs::read_to_string(&path).unwrap();
        // Statements of bulk filling are made from the rows they insert.
        let lists = ["statements! {", "rows! {"];
        if !text.lines().any(|line| lists.iter().any(|list| line.starts_with(list))) {
            continue;
        }
        let below = path.strip_prefix(&source).unwrap().with_extension("");
        let parts: Vec<_> = below.iter().map(|part| part.to_str().unwrap()).collect();
        let module = parts.join("::");
        let entry = format!("(\"{module}\", {module}::STATEMENTS)");
        assert!(list.contains(&entry), "{module} is not in the list of statements");
        seen += 1;
    }
    assert_eq!(seen, list.matches("::STATEMENTS)").count(), "the list names a module without any");
}

/// Bookkeeping of the store itself needs no audit entry. Each place is here with its reason, so
/// that a new one is a decision.
#[test]
fn only_bookkeeping_is_written_without_an_audit_entry() {
    let expected = [
        ("audit.rs", "the audit rows themselves"),
        ("job.rs", "leases, and how a try ended; the work of a job has entries of its own"),
        ("ledger.rs", "the place of a row in the signed log"),
        ("session.rs", "the time of last use"),
        ("user.rs", "failed sign-ins, by a keyed hash"),
        ("write.rs", "the definition"),
    ];
    let source = root().join("crates/store/src");
    let uses = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("write_unaudited");
    let found: Vec<String> = rust_files(&source)
        .iter()
        .filter(|path| uses(path))
        .map(|path| path.strip_prefix(&source).unwrap().display().to_string())
        .collect();
    assert_eq!(found, expected.map(|(file, _)| file.to_owned()));
}
