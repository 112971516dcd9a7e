//! Instruments and screens as FHIR resources, and back without a byte lost.

use jiff::Span;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use tessera_screening::fhir::{
    export_questionnaire, export_response, import_questionnaire, import_response,
};
use tessera_screening::{Answer, Instrument, Response, Screening};

use crate::{FILE, TEXT, instrument};

const BASE: &str = "https://marlbrook.example.org/fhir";

fn bytes(resource: &Value) -> String {
    serde_json::to_string_pretty(resource).unwrap()
}

#[test]
fn an_instrument_comes_back_from_its_questionnaire_byte_for_byte() {
    let exported = bytes(&export_questionnaire(&instrument(), TEXT, BASE));
    let text = import_questionnaire(&serde_json::from_str(&exported).unwrap()).unwrap();
    assert_eq!(text, TEXT);
    let again = Instrument::from_yaml(FILE, &text).unwrap();
    assert_eq!(bytes(&export_questionnaire(&again, &text, BASE)), exported);
}

#[test]
fn every_indicator_is_a_question_with_not_known_chosen_first() {
    let resource = export_questionnaire(&instrument(), TEXT, BASE);
    let groups = resource["item"].as_array().unwrap();
    assert_eq!(groups.len(), 1 + 12);
    let questions: Vec<&Value> =
        groups.iter().skip(1).flat_map(|group| group["item"].as_array().unwrap()).collect();
    assert_eq!(questions.len(), 69);
    for question in questions {
        let chosen: Vec<&Value> = question["answerOption"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|option| option["initialSelected"] == true)
            .collect();
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen[0]["valueCoding"]["code"], "not_known");
        assert_eq!(question["item"].as_array().unwrap().len(), 3);
    }
}

fn screenings() -> impl Strategy<Value = Screening> {
    let ids: Vec<String> = instrument().indicators().iter().map(|one| one.id.clone()).collect();
    let bases = ["child_said", "observed", "a neighbour's note"].map(str::to_owned);
    let answer = (
        prop::sample::select(Response::ALL.to_vec()),
        prop::option::of(0_i32..900),
        prop::option::of(prop::sample::select(bases.to_vec())),
        prop::option::of("[A-Za-zé][A-Za-zé \n\"\\\\]{0,60}[a-z]"),
    );
    let answer = answer.prop_map(|(response, days, evidence_basis, narrative)| Answer {
        response,
        last_observed_on: days.map(|days| date(2026, 11, 1).saturating_sub(Span::new().days(days))),
        evidence_basis,
        narrative,
    });
    (
        prop::collection::btree_map(prop::sample::select(ids), answer, 0..30),
        prop::option::of(0.0_f64..18.0),
        prop::option::of(0_u8..9),
        any::<bool>(),
    )
        .prop_map(|(answers, age_years, missing, danger_ticked)| Screening {
            screened_on: date(2026, 11, 1),
            age_years,
            missing_episodes_90d: missing.map(u32::from),
            danger_ticked,
            answers,
        })
}

/// With `FHIR_OUT` set, the responses are also written there, for other programs to check.
#[test]
fn a_thousand_screens_come_back_from_their_responses_byte_for_byte() {
    let instrument = instrument();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let folder = std::env::var_os("FHIR_OUT").map(std::path::PathBuf::from);
    let screenings = screenings();
    for number in 0..1000 {
        let screening = screenings.new_tree(&mut runner).unwrap().current();
        let exported = bytes(&export_response(&instrument, &screening, BASE).unwrap());
        let read: Value = serde_json::from_str(&exported).unwrap();
        let imported = import_response(&instrument, &read, BASE).unwrap();
        assert_eq!(imported, screening);
        assert_eq!(bytes(&export_response(&instrument, &imported, BASE).unwrap()), exported);
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{number}.json")), &exported).unwrap();
        }
    }
    if let Some(folder) = folder {
        let questionnaire = bytes(&export_questionnaire(&instrument, TEXT, BASE));
        std::fs::write(folder.join("questionnaire.json"), questionnaire).unwrap();
    }
}

fn fault(json: &str) -> String {
    let resource = serde_json::from_str(json).unwrap();
    import_response(&instrument(), &resource, BASE).unwrap_err().to_string()
}

fn response(items: &str) -> String {
    format!(
        r#"{{"resourceType": "QuestionnaireResponse", "status": "completed",
        "questionnaire": "{BASE}/Questionnaire/CE-SCREEN|2026.1", "authored": "2026-11-01",
        "item": [{{"linkId": "section-MIS", "item": [{items}]}}]}}"#
    )
}

#[test]
fn what_is_wrong_with_a_response_is_named() {
    assert!(fault("{}").contains("no QuestionnaireResponse"));
    let other = response("").replace("2026.1", "2019.1");
    assert!(fault(&other).starts_with("questionnaire: it must answer"));
    let timeless = response("").replace("2026-11-01", "2026");
    assert!(fault(&timeless).starts_with("authored: it must be a date"));
    let yes = r#"{"linkId": "MIS-01", "answer": [{"valueCoding": {"code": "yes"}}]}"#;
    let twice = response(&format!("{yes},{yes}"));
    assert_eq!(fault(&twice), "MIS-01: it is answered twice");
    let unknown = response(&yes.replace("MIS-01", "MIS-99"));
    assert_eq!(fault(&unknown), "MIS-99: the instrument has no such indicator");
    let maybe = response(&yes.replace("yes", "maybe"));
    assert_eq!(fault(&maybe), "MIS-01: it must be one of four responses");
    let group = response("").replace("section-MIS", "section-XYZ");
    assert_eq!(fault(&group), "section-XYZ: the questionnaire has no such group");
}

#[test]
fn a_questionnaire_without_rules_is_refused() {
    let bare = serde_json::json!({"resourceType": "Questionnaire", "item": []});
    assert!(import_questionnaire(&bare).unwrap_err().to_string().contains("carries no rules"));
}
