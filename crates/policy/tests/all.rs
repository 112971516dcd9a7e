//! The rights as a whole.

use tessera_policy::matrix;

/// Regenerate with `TESSERA_WRITE=1 cargo test -p tessera-policy`.
#[test]
fn the_printed_rights_are_the_rules() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/rights.txt");
    let printed = matrix::print();
    if std::env::var_os("TESSERA_WRITE").is_some() {
        std::fs::write(path, &printed).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        printed,
        "regenerate docs/reference/rights.txt"
    );
}

#[test]
fn what_is_excluded_or_does_not_exist_is_the_same_to_everyone_but_its_sender() {
    for line in matrix::print().lines().skip(4) {
        let Some(state) = ["does not exist", "excluded"].iter().find(|s| line.contains(**s)) else {
            continue;
        };
        // The sender keeps sight of what they sent themselves; that is tested apart.
        if line.starts_with("concern.follow")
            || line.starts_with("concern.add")
            || line.starts_with("concern.challenge ")
            || line.starts_with("report.follow")
            || line.starts_with("report.add")
        {
            continue;
        }
        let verdicts = line.split(state).nth(1).unwrap();
        assert!(verdicts.split_whitespace().all(|v| v == "-"), "{line}");
    }
}

#[test]
fn an_administrator_reads_no_case_content() {
    let table = matrix::print();
    for line in table.lines().filter(|l| {
        ["concern.view", "child.", "report.view", "share.view"].iter().any(|a| l.starts_with(a))
    }) {
        let admin = line.split_whitespace().next_back().unwrap();
        assert_ne!(admin, "yes", "{line}");
    }
}
