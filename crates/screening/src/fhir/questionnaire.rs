//! An instrument as Questionnaire, and back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{
    AGE, BASIS, CONTEXT, DANGER, FhirError, MISSING, NARRATIVE, OBSERVED, address, child_id,
    coding, system,
};
use crate::answers::Response;
use crate::instrument::{Indicator, Instrument};

/// The contained Library with the instrument's file.
const RULES: &str = "rules";

/// The Questionnaire of `instrument`, whose file is `text`; `base` is the address under which the
/// partnership publishes resources.
pub fn export_questionnaire(instrument: &Instrument, text: &str, base: &str) -> Value {
    let header = &instrument.file().instrument;
    let mut items = vec![context()];
    items.extend(instrument.sections().iter().map(|section| {
        let inside = instrument.indicators().get(section.indicators.clone()).unwrap_or_default();
        let questions: Vec<Value> =
            inside.iter().map(|one| question(instrument, one, base)).collect();
        json!({
            "linkId": format!("section-{}", section.id),
            "text": section.title,
            "type": "group",
            "item": questions,
        })
    }));
    json!({
        "resourceType": "Questionnaire",
        "id": header.id,
        "meta": {"profile": ["http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"]},
        "contained": [library(text)],
        "extension": [{
            "url": "http://hl7.org/fhir/StructureDefinition/cqf-library",
            "valueCanonical": format!("#{RULES}"),
        }],
        "url": address(instrument, base),
        "version": header.version,
        "name": header.id.replace(|c: char| !c.is_ascii_alphanumeric(), "_"),
        "title": header.title,
        "status": "active",
        "subjectType": ["Patient"],
        "item": items,
    })
}

fn library(text: &str) -> Value {
    json!({
        "resourceType": "Library",
        "id": RULES,
        "status": "active",
        "type": {"coding": [coding(
            "http://terminology.hl7.org/CodeSystem/library-type",
            "logic-library",
            "Logic Library",
        )]},
        "content": [{"contentType": "application/yaml", "data": STANDARD.encode(text)}],
    })
}

fn context() -> Value {
    let item = |id: &str, kind: &str, text: &str| json!({"linkId": id, "type": kind, "text": text});
    json!({
        "linkId": CONTEXT,
        "type": "group",
        "text": "What is known beside the answers",
        "item": [
            item(AGE, "decimal", "Age in years, not rounded"),
            item(MISSING, "integer", "Missing episodes in the last 90 days, from missing records"),
            item(DANGER, "boolean", "A child is in danger now"),
        ],
    })
}

fn question(instrument: &Instrument, indicator: &Indicator, base: &str) -> Value {
    let responses = system(instrument, base, "response");
    let classes = system(instrument, base, "class");
    let options: Vec<Value> = instrument
        .file()
        .response
        .options
        .iter()
        .map(|option| {
            let coding = coding(&responses, &option.id, &option.label);
            if option.default {
                json!({"valueCoding": coding, "initialSelected": true})
            } else {
                json!({"valueCoding": coding})
            }
        })
        .collect();
    json!({
        "linkId": indicator.id,
        "code": [coding(&classes, indicator.class.id(), indicator.class.id())],
        "text": indicator.text,
        "type": "choice",
        "answerOption": options,
        "item": children(instrument, indicator, base),
    })
}

/// What is asked with yes or possible.
fn children(instrument: &Instrument, indicator: &Indicator, base: &str) -> Vec<Value> {
    let responses = system(instrument, base, "response");
    let enable: Vec<Value> = [Response::Yes, Response::Possible]
        .into_iter()
        .map(|response| {
            json!({
                "question": indicator.id,
                "operator": "=",
                "answerCoding": {"system": responses, "code": response.id()},
            })
        })
        .collect();
    let child = |ending: &str, kind: &str, text: &str| {
        json!({
            "linkId": child_id(&indicator.id, ending),
            "text": text,
            "type": kind,
            "enableWhen": enable,
            "enableBehavior": "any",
        })
    };
    let ways = system(instrument, base, "evidence-basis");
    let options: Vec<Value> = instrument
        .file()
        .response
        .evidence_basis
        .iter()
        .map(|one| json!({"valueCoding": coding(&ways, &one.id, &one.label)}))
        .collect();
    let mut basis = child(BASIS, "open-choice", "How is it known?");
    if let Some(fields) = basis.as_object_mut().filter(|_| !options.is_empty()) {
        fields.insert("answerOption".to_owned(), options.into());
    }
    let prompt = indicator.prompt.as_deref().unwrap_or("What was seen or said?");
    vec![child(OBSERVED, "date", "When was it last seen?"), basis, child(NARRATIVE, "text", prompt)]
}

/// The text of the instrument that a Questionnaire carries.
pub fn import_questionnaire(resource: &Value) -> Result<String, FhirError> {
    let fault = |reason: &str| FhirError::new("Questionnaire", reason);
    if resource.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
        return Err(fault("this is no Questionnaire"));
    }
    let contained = resource.get("contained").and_then(Value::as_array);
    let data = contained
        .into_iter()
        .flatten()
        .filter(|one| one.get("id").and_then(Value::as_str) == Some(RULES))
        .find_map(|one| one.pointer("/content/0/data")?.as_str())
        .ok_or_else(|| fault("it carries no rules, and indicators without rules give no level"))?;
    let bytes = STANDARD.decode(data).map_err(|_| fault("the rules it carries are damaged"))?;
    String::from_utf8(bytes).map_err(|_| fault("the rules it carries are no text"))
}
