//! Our components beside the ones that govuk-frontend publishes: for each of its fixtures whose
//! parameters we support, the HTML is the same.
//!
//! A parameter we leave out is listed with its reason; a fixture that uses it is not compared. The
//! test fails when a listed parameter is not used by any fixture, and when the number of compared
//! fixtures changes.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};
use std::path::Path;

use askama::filters::HtmlSafe;
use serde_json::Value;
use tessera_pages::components::{Content, Markup};

use crate::html::tokens;

mod inputs;
mod others;

/// Leaves out `attributes` wherever it stands.
const ATTRIBUTES: (&str, &str) = ("*attributes", "only our own few elements need extra attributes");
const GROUP: (&str, &str) = ("formGroup", "nothing is put beside our inputs");

const NOTHING: (&str, &str) = ("*nothing", "a list of ours has no empty items");

struct Raw(String);

impl Display for Raw {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Raw {}

/// Readers of the options of a fixture.
trait Options {
    fn words(&self, key: &str) -> Option<String>;
    fn string(&self, key: &str) -> String {
        self.words(key).unwrap_or_default()
    }
    fn yes(&self, key: &str) -> bool;
    fn part(&self, key: &str) -> Option<&Value>;
    fn list(&self, key: &str) -> Vec<&Value>;
    /// `html` if there, else `text`.
    fn content(&self) -> Option<Content> {
        self.named("html", "text")
    }
    fn named(&self, html: &str, text: &str) -> Option<Content> {
        let html = self.words(html).filter(|html| !html.is_empty());
        html.map(|html| markup(&html)).or_else(|| self.words(text).map(Content::from))
    }
}

impl Options for Value {
    fn words(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn yes(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    fn part(&self, key: &str) -> Option<&Value> {
        self.get(key).filter(|value| value.is_object())
    }

    fn list(&self, key: &str) -> Vec<&Value> {
        let items = self.get(key).and_then(Value::as_array);
        items.map(|items| items.iter().filter(|item| truthy(item)).collect()).unwrap_or_default()
    }
}

fn truthy(value: &Value) -> bool {
    let empty = value.as_object().is_some_and(serde_json::Map::is_empty);
    !empty && !matches!(value, Value::Null | Value::Bool(false)) && value != "" && value != 0
}

fn markup(html: &str) -> Content {
    Markup::of(&Raw(html.to_owned())).into()
}

fn colspan(cell: &Value) -> Option<usize> {
    cell.words("colspan").and_then(|n| n.parse().ok())
}

/// Every parameter that is set, as a path without list indexes.
fn paths(value: &Value, prefix: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                paths(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => {
            for item in items {
                paths(item, prefix, found);
                if !truthy(item) {
                    found.insert(format!("{prefix}.nothing"));
                }
            }
        }
        _ => {}
    }
}

/// Whether a fixture with these parameters is meant: `a.b` that parameter, `*b` any part of that
/// name, `without a or b` none of them.
fn concerns(pattern: &str, used: &BTreeSet<String>) -> bool {
    if let Some(names) = pattern.strip_prefix("without ") {
        return names.split(" or ").all(|name| !used.contains(name));
    }
    match pattern.strip_prefix('*') {
        Some(word) => used.iter().any(|path| path.split('.').any(|part| part == word)),
        None => used.contains(pattern),
    }
}

/// The first place where the two differ.
fn difference(ours: &str, theirs: &str) -> Option<String> {
    let (ours, theirs) = (tokens(ours), tokens(theirs));
    let pairs = ours.iter().zip(&theirs);
    let first = pairs.take_while(|(a, b)| a == b).count();
    (ours != theirs).then(|| format!("ours {:?}, theirs {:?}", ours.get(first), theirs.get(first)))
}

/// Compares every fixture of `component` that uses no parameter of `left_out`; there must be
/// `expected` of them.
fn compare(
    component: &str,
    expected: usize,
    left_out: &[(&str, &str)],
    build: impl Fn(&Value) -> String,
) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!(
        "../../assets/node_modules/govuk-frontend/dist/govuk/components/{component}/fixtures.json"
    ));
    let text = std::fs::read_to_string(file).expect("the fixtures are there after script/assets");
    let all: Value = serde_json::from_str(&text).expect("the fixtures are JSON");
    let mut unused: BTreeSet<&str> = left_out.iter().map(|(pattern, _)| *pattern).collect();
    let (mut compared, mut different) = (0, Vec::new());
    for fixture in all["fixtures"].as_array().expect("a list of fixtures") {
        let mut used = BTreeSet::new();
        paths(&fixture["options"], "", &mut used);
        let mut skip = false;
        for (pattern, _) in left_out {
            if concerns(pattern, &used) {
                skip = true;
                unused.remove(pattern);
            }
        }
        if skip {
            continue;
        }
        let ours = build(&fixture["options"]);
        let theirs = fixture["html"].as_str().expect("a fixture has its HTML");
        if let Some(place) = difference(&ours, theirs) {
            different.push(format!("{}: {place}\n    {}", fixture["name"], fixture["options"]));
        }
        compared += 1;
    }
    assert!(different.is_empty(), "{component} differs in\n{}", different.join("\n"));
    assert!(unused.is_empty(), "no fixture of {component} uses {unused:?}");
    assert_eq!(compared, expected, "{component}: the number of compared fixtures changed");
}
