//! What leaves the program for other tools: a thousand networks in every form, none of which holds what
//! may not leave. `script/check-exchange` has the programs that define the forms accept them.

use std::{collections::BTreeMap, fmt::Write as _};

use tessera_app::report::{
    Export, Form, Mention, Network, Piece, RawSanitised, Strength, Thing, Tie,
};
use tessera_core::{
    chance::Draw,
    ids::ReportId,
    reference::{Of, Reference},
    report::{MentionKind, RawMention, Report, ReportStatus},
    time::{SignedDuration, Timestamp},
};
use tessera_testkit::{chance::Seeded, on_both};

use crate::reports::{grade_as, town, vans};

const NETWORKS: u32 = 1_000;
/// Words that stand only where they must not leave the program.
const NEVER: [&str; 4] = ["raw words", "known through", "handling C", "SECRET AGENCY"];

fn start() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// Values with signs that each form must write with care.
const VALUES: [&str; 9] = [
    "Dev \"the \u{fc}ber\" & <Mo>",
    "AB51 ABC",
    "07700 900123",
    "=1+1",
    "ends 0123",
    "lucky.seven@example.org",
    "The Lantern Caf\u{e9}, Mill Road",
    "'quoted'\nsecond line",
    "\u{1}\u{fffe} 名前",
];

fn piece(number: i64, chance: &Seeded) -> Piece {
    let handling = ["P", "P", "P", "C A1 S2"][chance.below(4)];
    let grade = ["A", "B", "C", "D", "E"][chance.below(5)];
    let day = start() - SignedDuration::from_hours(chance.below(9_000) as i64);
    let secret = handling != "P";
    let report = serde_json::json!({
        "what": "the raw words", "protect": secret, "doubted": false,
        "provenance": "known through somebody",
    });
    let report: Report = serde_json::from_value(report).unwrap();
    Piece {
        number,
        id: chance.id::<ReportId>(day),
        reference: Reference::draw(Of::Report, chance),
        received_at: day,
        report,
        status: ReportStatus::Assessed,
        priority: "low".into(),
        source_grade: (chance.below(9) > 0).then(|| "2".into()),
        intelligence_grade: (chance.below(9) > 0).then(|| grade.into()),
        handling: Some(handling.into()),
        existence_told: false,
        review_at: None,
        retracted_at: (chance.below(9) == 0).then_some(day),
        version: 1,
        agency: Some(if secret { "SECRET AGENCY" } else { "Fernhill \"School\" & Co" }.into())
            .filter(|_| chance.below(4) > 0),
        concern: None,
    }
}

fn network(chance: &Seeded) -> Network {
    let count = 1 + chance.below(8) as i64;
    let pieces: Vec<Piece> = (1..=count).map(|n| piece(n, chance)).collect();
    let mut number = 0;
    let things = (0..chance.below(7)).map(|_| {
        let kind = MentionKind::ALL[chance.below(5)];
        let ties: Vec<Tie> = (0..2 + chance.below(4))
            .map(|n| {
                number += 1;
                let at = chance.below(pieces.len());
                let mut said = RawMention {
                    kind: kind.id().into(),
                    value: VALUES[chance.below(VALUES.len())].into(),
                    ..RawMention::default()
                };
                if pieces[at].handling.as_deref() != Some("P") {
                    said.looks = "raw words".into();
                }
                let mention = Mention { number, report: pieces[at].id, said };
                let because = || tessera_app::report::Basis::Suggested(Strength::Fair, "x".into());
                Tie { piece: at, mention, basis: (n > 0).then(because) }
            })
            .collect();
        let name = ties[0].mention.said.in_words();
        Thing { number: ties[0].mention.number, kind, name, ties, forms: Vec::new() }
    });
    let things = things.collect();
    Network { pieces, things, bridge: None, cut_off: false }
}

fn export(chance: &Seeded) -> Export {
    let mut export = Export::new(network(chance), start(), [7; 32]);
    let words: BTreeMap<ReportId, String> =
        export.network.pieces.iter().map(|p| (p.id, "Sanitised & \"safe\"".to_owned())).collect();
    export.sanitised = words;
    export
}

#[test]
fn a_thousand_networks_leave_in_every_form_without_what_may_not_leave() {
    let chance = Seeded::new(0xe8c4);
    let folder = std::env::var("EXCHANGE_OUT").ok();
    let mut held = 0;
    for n in 0..NETWORKS {
        let export = export(&chance);
        held += export.network.things.len();
        for form in Form::ALL {
            let text = export.write(form);
            for never in NEVER {
                assert!(!text.contains(never), "{form:?} holds {never}");
            }
            for piece in &export.network.pieces {
                assert!(piece.retracted_at.is_none() && piece.handling.as_deref() == Some("P"));
                assert_ne!(piece.intelligence_grade.as_deref(), Some("E"));
                let at = export.network.pieces.iter().position(|p| p.id == piece.id).unwrap();
                let shown = export.network.things.iter().any(|t| t.reports().contains(&at));
                let grade = piece.intelligence_grade.clone().unwrap();
                let marked = text.contains(&format!("2{grade}, handling P"));
                assert!(!shown || (text.contains(piece.reference.as_str()) && marked), "{form:?}");
            }
            if let Some(folder) = &folder {
                let mut name = String::new();
                let _ = write!(name, "{folder}/{n:04}.{}", form.id());
                std::fs::write(name, text).unwrap();
            }
        }
    }
    assert!(held > 500, "only {held} things were tried");
}

#[test]
fn every_row_of_json_is_json_and_every_mark_stands_on_every_object() {
    let chance = Seeded::new(0x57);
    for _ in 0..100 {
        let export = export(&chance);
        for line in export.write(Form::FollowTheMoney).lines() {
            let entity: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(entity["id"].is_string() && entity["schema"].is_string());
        }
        let bundle: serde_json::Value = serde_json::from_str(&export.write(Form::Stix)).unwrap();
        for object in bundle["objects"].as_array().unwrap() {
            let marks = object["object_marking_refs"].as_array();
            let marked = marks.is_some_and(|marks| !marks.is_empty());
            assert!(marked || object["type"] == "marking-definition", "{object}");
        }
    }
}

on_both!(of_the_words_only_the_sanitised_version_leaves_and_the_form_is_written_down, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    for report in [&one, &two] {
        grade_as(&w, &t.police, report, "A", "P").await;
    }
    let version = w.app.view_report(&t.police, &one).await.unwrap().piece.version;
    let raw = RawSanitised { version, sanitised: "A vehicle was seen.".into() };
    w.app.sanitise_report(&t.police, &one, &raw).await.unwrap();
    for form in [Form::FollowTheMoney, Form::Stix] {
        let text = w.app.export_network(&t.police, &one, form).await.unwrap().write(form);
        assert!(text.contains("A vehicle was seen."), "{text}");
        assert!(!text.contains("A van waits.") && !text.contains("A white van by the flats"));
        assert!(!text.contains("Wren Worker") && text.contains("AB51 ABC"));
    }
    let sql = "SELECT COUNT(*) FROM audit_entry WHERE action = 'report.export' \
        AND detail LIKE '%stix%'";
    assert_eq!(w.raw_number(sql).await, 1);
    grade_as(&w, &t.police, &two, "E", "P").await;
    let export = w.app.export_network(&t.police, &two, Form::Stix).await.unwrap();
    assert!(export.network.pieces.is_empty(), "a report suspected to be false stays here");
});
