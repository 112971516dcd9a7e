//! Which crate may import which. Layers hold because the compiler and this table say so.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

/// The engines: pure, and publishable on their own.
const ENGINES: [&str; 5] = ["language", "screening", "linkage", "ledger", "guidance"];

/// Every crate of the product, what it may import of ours, and what of others it may not even name.
const LAYERS: [(&str, &[&str], &[&str]); 12] = [
    ("core", &[], &["tokio", "axum", "sqlx", "askama"]),
    ("policy", &["core"], &["tokio", "axum", "sqlx", "askama", "futures-util"]),
    ("language", &[], &["tokio", "axum", "sqlx", "askama"]),
    ("screening", &["core"], &["tokio", "axum", "sqlx", "askama"]),
    ("linkage", &[], &["tokio", "axum", "sqlx", "askama"]),
    ("ledger", &[], &["tokio", "axum", "sqlx", "askama"]),
    ("guidance", &["core"], &["tokio", "axum", "sqlx", "askama"]),
    ("store", &["core", "policy", "ledger"], &["axum", "askama"]),
    (
        "app",
        &["core", "policy", "language", "screening", "linkage", "ledger", "guidance", "store"],
        &["axum", "askama", "sqlx", "libsqlite3-sys"],
    ),
    ("pages", &["core"], &["tokio", "axum", "sqlx"]),
    ("web", &["core", "policy", "app", "pages"], &["sqlx", "libsqlite3-sys"]),
    ("testkit", &["core", "policy", "store", "app"], &["axum", "askama"]),
];

/// What a package needs to be built, without what only its tests need.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let needed = |package: &Value| {
        let list = package["dependencies"].as_array().unwrap();
        list.iter().filter(|d| d["kind"] != "dev").map(|d| text(&d["name"])).collect()
    };
    let packages = all["packages"].as_array().unwrap();
    packages.iter().map(|package| (text(&package["name"]), needed(package))).collect()
}

#[test]
fn every_crate_imports_only_what_its_layer_may() {
    let all = dependencies();
    for (layer, ours, never) in LAYERS {
        let needed = &all[&format!("tessera-{layer}")];
        for name in needed {
            if let Some(other) = name.strip_prefix("tessera-") {
                assert!(ours.contains(&other), "{layer} may not import {other}");
            }
            assert!(!never.contains(&name.as_str()), "{layer} may not name {name}");
        }
    }
}

#[test]
fn every_crate_has_a_layer() {
    // The executable imports everything; the load generator is a program beside the product.
    let outside = ["tessera-cli", "tessera-load"];
    for name in dependencies().keys().filter(|name| !outside.contains(&name.as_str())) {
        let known = LAYERS.iter().any(|(layer, ..)| *name == format!("tessera-{layer}"));
        assert!(known, "{name} is in no layer: add it to the table, with what it may import");
    }
}

#[test]
fn no_engine_imports_another() {
    let all = dependencies();
    for engine in ENGINES {
        for other in ENGINES {
            let needed = &all[&format!("tessera-{engine}")];
            assert!(!needed.contains(&format!("tessera-{other}")), "{engine} imports {other}");
        }
    }
}

#[test]
fn nothing_but_tests_and_benches_imports_the_test_helpers() {
    for (name, needed) in dependencies() {
        let may = name == "tessera-load";
        assert!(may || !needed.iter().any(|n| n == "tessera-testkit"), "{name} imports testkit");
    }
}
