//! Spreadsheets as intelligence reports: brought in as one batch, undone as one batch.

use tessera_app::{
    AppError,
    batch::{BatchState, RawColumns, RawFile, RawSend, RawUndoBatch, Undone},
    report::{RawGrade, RawRetract},
};
use tessera_core::{
    agency::AgencyKind,
    ids::BatchId,
    report::{RawMention, RawReport},
    user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent, is_refused};

const LIST: &str = "Seen on,Information,Nickname,Reg,Shoe size\n\
    3/5/2026,A van waits by the gate at home time,Dev,AB51 ABC,9\n\
    soon,A car waits,,,\n\
    4/5/2026,A taxi waits at Fern Road every Friday night,Mo,starts CD62,\n";

const TABLES: [&str; 6] =
    ["report", "report_key", "report_mention", "report_source", "report_entry", "import_row"];

async fn desk(w: &World) -> (Actor, Actor) {
    let police = make::agency(w, "Marlbrook Police", AgencyKind::Police).await;
    let unit = [Role::PoliceIntelligence];
    let one = make::user(w, "Pia Police", police, &unit).await;
    (one, make::user(w, "Percy Police", police, &unit).await)
}

async fn begin(w: &World, by: &Actor, text: &str) -> BatchId {
    let (kind, name) = ("reports".into(), "seen by the shops.csv".into());
    let raw = RawFile { kind, name, body: text.as_bytes().to_vec(), too_large: false };
    w.app.begin_batch(by, raw).await.unwrap()
}

fn graded(version: i64, handling: &str) -> RawSend {
    let grade = RawGrade {
        source_grade: "2".into(),
        intelligence_grade: "C".into(),
        handling: handling.into(),
        action_condition: "A1".into(),
        sanitisation_condition: "S2".into(),
        priority: "low".into(),
        review_months: "3".into(),
        grade_reason: "From the list of a shop".into(),
        ..RawGrade::default()
    };
    RawSend { version, grade, near: String::new() }
}

async fn counts(w: &World) -> Vec<i64> {
    let mut all = Vec::new();
    for table in TABLES {
        all.push(w.raw_number(&format!("SELECT COUNT(*) FROM {table}")).await);
    }
    all
}

async fn undo(w: &World, by: &Actor, id: BatchId, built_on: &str) -> Result<Undone, AppError> {
    let version = w.app.view_batch(by, id).await.unwrap().batch.version;
    let (undo_reason, built_on) = ("It was the wrong list".into(), built_on.into());
    w.app.undo_batch(by, id, &RawUndoBatch { version, undo_reason, built_on }).await
}

on_both!(rows_are_seen_as_they_will_be_and_come_in_with_one_grade, async |w| {
    let (police, _) = desk(&w).await;
    let id = begin(&w, &police, LIST).await;
    let seen = w.app.view_batch(&police, id).await.unwrap();
    let means: Vec<&str> = seen.columns.iter().map(|(_, means)| means.as_str()).collect();
    assert_eq!(means, ["date", "what", "person", "vehicle", ""]);
    assert_eq!(seen.checked.good.len(), 2);
    assert!(seen.checked.rejected[0].problems[0].starts_with("Seen on: "));
    let sent = w.app.send_batch(&police, id, &graded(1, "C")).await.unwrap();
    assert_eq!((sent.rows, sent.rejected), (2, 1));
    let after = w.app.view_batch(&police, id).await.unwrap();
    assert_eq!(after.batch.state, BatchState::Done);
    let report = w.app.view_report(&police, &after.reports[1].0).await.unwrap();
    assert_eq!(report.piece.grade().as_deref(), Some("2C, handling C A1 S2"));
    assert_eq!(report.mentions.len(), 2);
    assert!(
        report.piece.report.provenance.unwrap().contains("Row 4 of the file seen by the shops")
    );
    let officer = make::officer(&w).await;
    assert!(is_absent(w.app.view_report(&officer, &after.reports[0].0).await), "handling C");
});

on_both!(columns_can_be_named_otherwise_and_an_agency_keeps_its_names, async |w| {
    let (police, colleague) = desk(&w).await;
    let id = begin(&w, &police, LIST).await;
    let mut means: Vec<String> =
        ["date", "what", "handle", "vehicle", "note"].map(str::to_owned).into();
    let raw = |means: &[String]| RawColumns {
        version: 1,
        kind: "reports".into(),
        means: means.to_vec(),
        keep: "yes".into(),
    };
    w.app.name_columns(&police, id, &raw(&means)).await.unwrap();
    let seen = w.app.view_batch(&police, id).await.unwrap();
    assert!(seen.checked.good[0].report.what.ends_with("Shoe size: 9"));
    let next = begin(&w, &colleague, LIST).await;
    let seen = w.app.view_batch(&colleague, next).await.unwrap();
    assert_eq!(seen.columns[2], ("Nickname".into(), "handle".into()));
    means[0] = "nonsense".into();
    assert!(fields(w.app.name_columns(&police, id, &raw(&means)).await).of("means-0").is_some());
});

on_both!(an_undone_batch_is_as_if_it_had_never_come, async |w| {
    let (police, colleague) = desk(&w).await;
    let raw = RawReport { what: "A bike waits".into(), ..RawReport::default() };
    w.app.submit_report(&police, &raw, "before").await.unwrap();
    let before = counts(&w).await;
    let id = begin(&w, &police, LIST).await;
    w.app.send_batch(&police, id, &graded(1, "P")).await.unwrap();
    assert_ne!(counts(&w).await, before);
    let undone = undo(&w, &colleague, id, "").await.unwrap();
    assert_eq!(undone, Undone { removed: 2, taken_back: 0 });
    assert_eq!(counts(&w).await, before);
    let seen = w.app.view_batch(&police, id).await.unwrap();
    assert_eq!(seen.batch.state, BatchState::Undone);
    assert!(seen.checked.rejected.is_empty(), "its rows are gone too");
    assert!(matches!(undo(&w, &police, id, "").await, Err(AppError::Conflict)));
});

on_both!(what_was_undone_is_found_beside_no_report_any_more, async |w| {
    let (police, _) = desk(&w).await;
    let id = begin(&w, &police, LIST).await;
    w.app.send_batch(&police, id, &graded(1, "P")).await.unwrap();
    let van =
        RawMention { kind: "vehicle".into(), value: "AB51 ABC".into(), ..RawMention::default() };
    let raw = RawReport { what: "A van again".into(), mentions: vec![van], ..RawReport::default() };
    let sent = w.app.submit_report(&police, &raw, "again").await.unwrap().reference;
    let fits = w.app.view_report(&police, &sent).await.unwrap().fits;
    assert_eq!(fits.open.len(), 1);
    undo(&w, &police, id, "").await.unwrap();
    let fits = w.app.view_report(&police, &sent).await.unwrap().fits;
    assert!(fits.open.is_empty());
});

on_both!(what_others_built_on_is_never_removed, async |w| {
    let (police, colleague) = desk(&w).await;
    let id = begin(&w, &police, LIST).await;
    w.app.send_batch(&police, id, &graded(1, "P")).await.unwrap();
    let reports = w.app.view_batch(&police, id).await.unwrap().reports;
    let raw = tessera_app::report::RawTold {
        version: 1,
        status: "used".into(),
        told: "Thank you".into(),
    };
    w.app.tell_sender(&colleague, &reports[0].0, &raw).await.unwrap();
    let errors = fields(undo(&w, &police, id, "").await);
    assert!(errors.of("built_on").unwrap().starts_with("1 of 2 reports"), "{errors:?}");
    assert!(w.app.view_report(&police, &reports[1].0).await.is_ok(), "nothing was undone");
    let undone = undo(&w, &police, id, "yes").await.unwrap();
    assert_eq!(undone, Undone { removed: 1, taken_back: 1 });
    let seen = w.app.view_report(&police, &reports[0].0).await.unwrap();
    assert!(seen.piece.retracted_at.is_some());
    assert!(is_absent(w.app.view_report(&police, &reports[1].0).await));
});

on_both!(repeated_rows_stay_out_unless_they_are_asked_for, async |w| {
    let (police, _) = desk(&w).await;
    let first = begin(&w, &police, LIST).await;
    w.app.send_batch(&police, first, &graded(1, "P")).await.unwrap();
    let again = begin(&w, &police, LIST).await;
    let seen = w.app.view_batch(&police, again).await.unwrap();
    assert!(seen.checked.good.iter().all(|row| row.like.as_ref().unwrap().starts_with("INT-")));
    let errors = fields(w.app.send_batch(&police, again, &graded(1, "P")).await);
    assert!(errors.of("near").is_some());
    let raw = RawSend { near: "yes".into(), ..graded(1, "P") };
    assert_eq!(w.app.send_batch(&police, again, &raw).await.unwrap().rows, 2);
});

on_both!(rows_that_cannot_come_in_are_a_file_that_can_be_mended_and_runs_nothing, async |w| {
    let (police, colleague) = desk(&w).await;
    let id = begin(&w, &police, "what,date,person\n,soon,=HYPERLINK(1)\nA van,,\n").await;
    w.app.send_batch(&police, id, &graded(1, "P")).await.unwrap();
    let file = w.app.rejected_rows(&police, id).await.unwrap();
    assert!(
        file.starts_with("\"row\",\"problem\",\"what\",\"date\",\"person\"\r\n\"2\",\""),
        "{file}"
    );
    assert!(file.contains("\"'=HYPERLINK(1)\""), "{file}");
    assert!(is_refused(w.app.rejected_rows(&colleague, id).await), "only the one who sent it");
    let mended = file.replace("\"soon\"", "\"5/2026\"").replace("\"\",\"5", "\"A car\",\"5");
    let next = begin(&w, &police, &mended).await;
    let seen = w.app.view_batch(&police, next).await.unwrap();
    assert_eq!(seen.checked.good[0].report.mentions[0].value, "=HYPERLINK(1)");
});

on_both!(a_file_that_cannot_be_read_says_why, async |w| {
    let (police, _) = desk(&w).await;
    let mut told = Vec::new();
    for (name, body, too_large) in [
        ("a.csv", "what\n", false),
        ("a.exe", "what\nA van\n", false),
        ("a.xlsx", "what\nA van\n", false),
        ("a.csv", "", false),
        ("a.csv", "what\nA van\n", true),
        ("a.csv", &"what\n".repeat(1_002), false),
    ] {
        let (kind, body) = ("reports".into(), body.as_bytes().to_vec());
        let raw = RawFile { kind, name: name.into(), body, too_large };
        told.push(fields(w.app.begin_batch(&police, raw).await).of("file").unwrap().to_owned());
    }
    for (told, words) in told.iter().zip([
        "a row below",
        "end in .csv or .xlsx",
        "cannot be read as spreadsheet",
        "not empty",
        "smaller than 5 MB",
        "too many rows",
    ]) {
        assert!(told.contains(words), "{told}");
    }
});

on_both!(a_batch_is_written_down_without_a_word_of_it, async |w| {
    let (police, _) = desk(&w).await;
    let id = begin(&w, &police, LIST).await;
    w.app.send_batch(&police, id, &graded(1, "P")).await.unwrap();
    let reports = w.app.view_batch(&police, id).await.unwrap().reports;
    let raw = RawRetract { version: 1, retract_reason: "It was not so".into() };
    w.app.retract_report(&police, &reports[0].0, &raw).await.unwrap();
    undo(&w, &police, id, "yes").await.unwrap();
    for action in ["batch.list", "batch.view", "batch.work", "batch.undo"] {
        let sql = format!("SELECT COUNT(*) FROM audit_entry WHERE action = '{action}'");
        assert!(w.raw_number(&sql).await > 0, "{action}");
    }
    let told =
        "SELECT COUNT(*) FROM audit_entry WHERE detail LIKE '%shops%' OR detail LIKE '%Dev%'";
    assert_eq!(w.raw_number(told).await, 0);
});
