//! `tessera import concerns`.

use std::fs;

use crate::bench::{Bench, everything_in};

const GOOD: &str = "\
What,Child name,child_born,key,reporter_telephone
A white van waits by the gate,Robin Example,3/5/2012,a1,+44 7700 900123
\"Two children, at the station\",,2012-05,a2,
";
const BAD: &str = "\
what,date,origin,reporter_email,others
A car by the park,soon,witnessed,,=HYPERLINK(1)
,2026-05-03,gossip,nobody,
A good row,,,,
short
";

fn import(bench: &Bench, args: &[&str]) -> crate::bench::Said {
    bench.run(&[&["import", "concerns"], args].concat())
}

#[test]
fn a_dry_run_checks_without_an_installation_and_changes_nothing() {
    let bench = Bench::new();
    fs::write(bench.path("in.csv"), GOOD).expect("a file");
    let before = everything_in(&bench.path(""));
    let out = import(&bench, &["in.csv", "--dry-run", "--data", "data"]);
    assert_eq!(out.code, 0, "{}", out.said);
    assert!(out.said.contains("2 rows can be brought in, 0 cannot"), "{}", out.said);
    assert_eq!(everything_in(&bench.path("")), before);
}

#[test]
fn a_file_brought_in_twice_is_there_once() {
    let bench = Bench::filled();
    fs::write(bench.path("in.csv"), GOOD).expect("a file");
    let first = import(&bench, &["in.csv", "--data", "data"]);
    assert_eq!(first.code, 0, "{}", first.said);
    assert!(first.said.contains("2 rows brought in, 0 were there before"), "{}", first.said);
    let second = import(&bench, &["in.csv", "--data", "data"]);
    assert!(second.said.contains("0 rows brought in, 2 were there before"), "{}", second.said);
}

#[test]
fn rows_that_cannot_be_brought_in_are_told_by_row_and_field_and_can_be_mended() {
    let bench = Bench::filled();
    fs::write(bench.path("in.csv"), BAD).expect("a file");
    let out = import(&bench, &["in.csv", "--rejected", "wrong.csv", "--data", "data"]);
    assert_eq!(out.code, 1);
    for told in ["row 2, date:", "row 3, what:", "row 3, origin:", "row 3, reporter_email:"] {
        assert!(out.said.contains(told), "{told} is not in\n{}", out.said);
    }
    assert!(out.said.contains("row 5, row: it has 1 values"), "{}", out.said);
    assert!(
        out.said.contains("1 rows brought in, 0 were there before, 3 rejected"),
        "{}",
        out.said
    );
    let report = fs::read_to_string(bench.path("wrong.csv")).expect("a report");
    assert!(report.starts_with("row,field,problem,what,date,origin"), "{report}");
    assert!(report.contains(",'=HYPERLINK(1)"), "a formula stands in the report: {report}");
    let mended = report.lines().take(2).collect::<Vec<_>>().join("\n").replace("soon", "5/2026");
    fs::write(bench.path("mended.csv"), mended).expect("a file");
    let again = import(&bench, &["mended.csv", "--data", "data"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert!(again.said.contains("1 rows brought in"), "{}", again.said);
}

#[test]
fn a_column_that_is_not_known_stops_the_import() {
    let bench = Bench::new();
    fs::write(bench.path("in.csv"), "what,surname\nA van,Example\n").expect("a file");
    let out = import(&bench, &["in.csv", "--dry-run"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("columns that are not known: surname"), "{}", out.said);
}

#[test]
fn two_rows_with_one_key_are_not_both_brought_in() {
    let bench = Bench::new();
    fs::write(bench.path("in.csv"), "what,key\nOne,k\nTwo,k\n").expect("a file");
    let out = import(&bench, &["in.csv", "--dry-run"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("row 3, key: Row 2 has the same key"), "{}", out.said);
}

const LIST: &str =
    "Seen on,Information,Reg\n2026-05-03,A van waits by the quay,VV20 ZZC\nsoon,A car,\n";

fn import_reports(bench: &Bench, file: &str, more: &[&str]) -> crate::bench::Said {
    let grade = ["--handling", "C A1 S2", "--reason", "A list of the harbour"];
    let by = ["--as", "chris.stonegate@example.org", "--data", "data"];
    bench.run(&[&["import", "reports", file], &grade[..], &by[..], more].concat())
}

#[test]
fn a_spreadsheet_comes_in_as_one_batch_and_is_undone_as_one() {
    let bench = Bench::filled();
    fs::write(bench.path("list.csv"), LIST).expect("a file");
    let dry = import_reports(&bench, "list.csv", &["--dry-run"]);
    assert_eq!(dry.code, 1, "{}", dry.said);
    assert!(dry.said.contains("1 rows can be brought in"), "{}", dry.said);
    let out = import_reports(&bench, "list.csv", &["--rejected", "wrong.csv"]);
    assert!(out.said.contains("row 3: Seen on: "), "{}", out.said);
    assert!(out.said.contains("1 rows brought in, 1 rejected"), "{}", out.said);
    let wrong = fs::read_to_string(bench.path("wrong.csv")).expect("a report");
    assert!(wrong.contains("\"soon\""), "{wrong}");
    let batch = out.said.split("tessera import undo ").nth(1).expect("how to undo").trim();
    let by = ["--as", "chris.stonegate@example.org", "--reason", "Wrong list", "--data", "data"];
    let undone = bench.run(&[&["import", "undo", batch], &by[..]].concat());
    assert!(undone.said.contains("1 reports removed, 0 taken back"), "{}", undone.said);
    let mended = import_reports(&bench, "list.csv", &["--map", "Reg=nonsense"]);
    assert!(mended.said.contains("is no meaning"), "{}", mended.said);
}
