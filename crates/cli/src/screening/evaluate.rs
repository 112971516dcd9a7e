//! `tessera screening evaluate INSTRUMENT.yaml ANSWERS.json`.

use std::path::Path;

use serde::Serialize;
use tessera_screening::{Facts, Report, Screening, Sheet, evaluate};

use super::input::{instrument, read};

/// What is printed: the result, and what was noted about the instrument without effect on it.
#[derive(Serialize)]
struct Printed {
    #[serde(flatten)]
    report: Report,
    notes: Vec<String>,
}

/// The result as JSON, or the file, line where known, and reason of the first fault.
pub(super) fn report(instrument_file: &Path, answers: &Path) -> Result<String, String> {
    let instrument = instrument(instrument_file)?;
    let sheet = Screening::from_json(&read(answers)?)
        .and_then(|screening| Sheet::new(&instrument, &screening))
        .map_err(|fault| format!("{}: {fault}", answers.display()))?;
    let facts = Facts::default();
    let outcome = evaluate(&instrument, &sheet, &facts);
    let report = Report::new(&instrument, &sheet, &facts, &outcome);
    let notes = instrument.noted().iter().map(ToString::to_string).collect();
    serde_json::to_string_pretty(&Printed { report, notes }).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use serde_json::{Value, json};

    use super::*;

    fn instrument() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../content/instruments/ce-screen-2026.1.yaml")
    }

    /// Writes `text` to a file of its own and reports on it.
    fn evaluated(name: &str, text: &str) -> Result<Value, String> {
        let answers = std::env::temp_dir().join(format!("tessera-{}-{name}", std::process::id()));
        fs::write(&answers, text).unwrap();
        let report = report(&instrument(), &answers);
        fs::remove_file(&answers).unwrap();
        report.map(|json| serde_json::from_str(&json).unwrap())
    }

    #[test]
    fn the_result_has_its_level_rules_overlays_prompts_and_actions() {
        let found = evaluated(
            "result.json",
            r#"{"screened_on": "2026-11-01", "age_years": 14.2, "missing_episodes_90d": 0,
                "danger_ticked": false, "answers": {
                "CRI-01": {"response": "yes", "last_observed_on": "2026-10-01"},
                "VUL-04": {"response": "possible", "last_observed_on": "2024-11-01"}}}"#,
        )
        .unwrap();
        assert_eq!(found["computed_level"], "significant");
        assert_eq!(found["level_rule"], "L5");
        assert_eq!(found["floors"], json!(["F2"]));
        assert_eq!(found["overlays"], json!(["insufficient_information"]));
        assert_eq!(found["prompts"], json!(["P4"]));
        assert_eq!(found["actions"][0]["for"], "significant");
        assert_eq!(found["notes"], json!([]));
    }

    #[test]
    fn an_error_names_the_file_and_the_fault_and_gives_no_result() {
        let text = r#"{"screened_on": "2026-11-01", "answers": {"X-1": {"response": "yes"}}}"#;
        let fault = evaluated("fault.json", text).unwrap_err();
        assert!(fault.ends_with("fault.json: unknown indicator `X-1`"), "{fault}");
        let fault = report(Path::new("absent.yaml"), Path::new("absent.json")).unwrap_err();
        assert!(fault.starts_with("absent.yaml: "), "{fault}");
    }
}
