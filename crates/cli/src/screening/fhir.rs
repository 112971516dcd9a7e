//! `tessera screening fhir`: instruments and screens as FHIR R4 resources, and back.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::Value;
use tessera_screening::fhir::{
    export_questionnaire, export_response, import_questionnaire, import_response,
};
use tessera_screening::{Instrument, Screening};

use super::input::{instrument, read};

/// What can be exchanged.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print an instrument as Questionnaire.
    Questionnaire {
        /// The instrument, a YAML file.
        instrument: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Print the instrument that a Questionnaire carries.
    Instrument {
        /// The Questionnaire, a JSON file; `-` reads standard input.
        questionnaire: PathBuf,
    },
    /// Print answers as `QuestionnaireResponse`.
    Response {
        /// The instrument, a YAML file.
        instrument: PathBuf,
        /// The answers, a JSON file; `-` reads standard input.
        answers: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Print the answers in a `QuestionnaireResponse`.
    Answers {
        /// The instrument, a YAML file.
        instrument: PathBuf,
        /// The response, a JSON file; `-` reads standard input.
        response: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

/// Where a partnership publishes its resources.
#[derive(Args)]
pub(crate) struct Place {
    /// The address under which resources are published.
    #[arg(long, default_value = "https://example.org/fhir")]
    base: String,
}

/// What `command` prints, or the fault that stops it.
pub(super) fn text(command: &Command) -> Result<String, String> {
    match command {
        Command::Questionnaire { instrument: path, place } => {
            let text = read(path)?;
            let instrument = Instrument::from_yaml(&path.display().to_string(), &text)
                .map_err(|fault| fault.to_string())?;
            json(&export_questionnaire(&instrument, &text, &place.base))
        }
        Command::Instrument { questionnaire } => {
            import_questionnaire(&resource(questionnaire)?).map_err(|fault| fault.to_string())
        }
        Command::Response { instrument: path, answers, place } => {
            let instrument = instrument(path)?;
            let name = answers.display();
            let screening = Screening::from_json(&read(answers)?)
                .map_err(|fault| format!("{name}: {fault}"))?;
            let response = export_response(&instrument, &screening, &place.base)
                .map_err(|fault| format!("{name}: {fault}"))?;
            json(&response)
        }
        Command::Answers { instrument: path, response, place } => {
            let screening = import_response(&instrument(path)?, &resource(response)?, &place.base)
                .map_err(|fault| format!("{}: {fault}", response.display()))?;
            serde_json::to_string_pretty(&screening).map_err(|fault| fault.to_string())
        }
    }
}

fn resource(path: &Path) -> Result<Value, String> {
    let text = read(path)?;
    serde_json::from_str(&text).map_err(|fault| format!("{}: {fault}", path.display()))
}

fn json(value: &Value) -> Result<String, String> {
    serde_json::to_string_pretty(value).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTRUMENT: &str =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/instruments/ce-screen-2026.1.yaml");

    /// Runs `command` on a file of its own that holds `text`.
    fn run(name: &str, contents: &str, command: impl Fn(PathBuf) -> Command) -> String {
        let path = std::env::temp_dir().join(format!("tessera-{}-{name}", std::process::id()));
        std::fs::write(&path, contents).unwrap();
        let printed = text(&command(path.clone())).unwrap();
        std::fs::remove_file(path).unwrap();
        printed
    }

    fn place() -> Place {
        Place { base: "https://marlbrook.example.org/fhir".into() }
    }

    #[test]
    fn an_instrument_comes_back_as_it_was() {
        let export = Command::Questionnaire { instrument: INSTRUMENT.into(), place: place() };
        let exported = text(&export).unwrap();
        let back = run("q.json", &exported, |questionnaire| Command::Instrument { questionnaire });
        assert_eq!(back, std::fs::read_to_string(INSTRUMENT).unwrap());
    }

    #[test]
    fn answers_come_back_as_they_were() {
        let answers = r#"{"screened_on": "2026-11-01", "age_years": 14.2, "answers":
            {"MIS-01": {"response": "yes", "last_observed_on": "2026-10-01"}}}"#;
        let response = run("a.json", answers, |answers| Command::Response {
            instrument: INSTRUMENT.into(),
            answers,
            place: place(),
        });
        let back = run("r.json", &response, |response| Command::Answers {
            instrument: INSTRUMENT.into(),
            response,
            place: place(),
        });
        assert_eq!(Screening::from_json(&back).unwrap(), Screening::from_json(answers).unwrap());
    }
}
