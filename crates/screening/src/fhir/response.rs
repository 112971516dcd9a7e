//! A screen as `QuestionnaireResponse`, and back.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{
    AGE, BASIS, CONTEXT, DANGER, FhirError, MISSING, NARRATIVE, OBSERVED, canonical, child_id,
    coding, system,
};
use crate::answers::{Answer, Response, Screening};
use crate::instrument::Instrument;

/// The response for `screening`. It names no child: whoever sends it adds the subject.
///
/// Blank texts are left out, since FHIR has no empty strings. An answer to an indicator the
/// instrument does not have is a fault.
pub fn export_response(
    instrument: &Instrument,
    screening: &Screening,
    base: &str,
) -> Result<Value, FhirError> {
    if let Some(id) = screening.answers.keys().find(|id| instrument.place_of(id).is_none()) {
        return Err(FhirError::new(id, "the instrument has no such indicator"));
    }
    let mut items = vec![json!({"linkId": CONTEXT, "item": context(screening)})];
    for section in instrument.sections() {
        let inside = instrument.indicators().get(section.indicators.clone()).unwrap_or_default();
        let answered: Vec<Value> = inside
            .iter()
            .filter_map(|one| Some((one.id.as_str(), screening.answers.get(&one.id)?)))
            .map(|(id, answer)| question(instrument, id, answer, base))
            .collect();
        if !answered.is_empty() {
            items.push(json!({"linkId": format!("section-{}", section.id), "item": answered}));
        }
    }
    Ok(json!({
        "resourceType": "QuestionnaireResponse",
        "meta": {"profile": [
            "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaireresponse",
        ]},
        "questionnaire": canonical(instrument, base),
        "status": "completed",
        "authored": screening.screened_on.to_string(),
        "item": items,
    }))
}

fn item(id: &str, answer: &Value) -> Value {
    json!({"linkId": id, "answer": [answer]})
}

fn context(screening: &Screening) -> Vec<Value> {
    let mut items = Vec::new();
    items.extend(screening.age_years.map(|age| item(AGE, &json!({"valueDecimal": age}))));
    if let Some(count) = screening.missing_episodes_90d {
        items.push(item(MISSING, &json!({"valueInteger": count})));
    }
    items.push(item(DANGER, &json!({"valueBoolean": screening.danger_ticked})));
    items
}

fn question(instrument: &Instrument, id: &str, answer: &Answer, base: &str) -> Value {
    let rules = &instrument.file().response;
    let code = answer.response.id();
    let option = rules.options.iter().find(|option| option.id == code);
    let label = option.map_or(code, |option| option.label.as_str());
    let chosen = coding(&system(instrument, base, "response"), code, label);
    let mut children = Vec::new();
    if let Some(date) = answer.last_observed_on {
        children.push(item(&child_id(id, OBSERVED), &json!({"valueDate": date.to_string()})));
    }
    if let Some(basis) = answer.evidence_basis.as_deref().filter(|basis| !basis.trim().is_empty()) {
        let known = rules.evidence_basis.iter().find(|one| one.id == basis);
        let bases = system(instrument, base, "evidence-basis");
        let value = match known {
            Some(one) => json!({"valueCoding": coding(&bases, &one.id, &one.label)}),
            None => json!({"valueString": basis}),
        };
        children.push(item(&child_id(id, BASIS), &value));
    }
    if let Some(words) = answer.narrative.as_deref().filter(|words| !words.trim().is_empty()) {
        children.push(item(&child_id(id, NARRATIVE), &json!({"valueString": words})));
    }
    let mut answer = json!({"valueCoding": chosen});
    if let Some(fields) = answer.as_object_mut().filter(|_| !children.is_empty()) {
        fields.insert("item".to_owned(), children.into());
    }
    item(id, &answer)
}

/// The screen in a response to this version of `instrument`.
pub fn import_response(
    instrument: &Instrument,
    resource: &Value,
    base: &str,
) -> Result<Screening, FhirError> {
    if text(resource, "resourceType") != Some("QuestionnaireResponse") {
        return Err(FhirError::new("resourceType", "this is no QuestionnaireResponse"));
    }
    let expected = canonical(instrument, base);
    if text(resource, "questionnaire") != Some(&expected) {
        return Err(FhirError::new("questionnaire", format!("it must answer `{expected}`")));
    }
    let mut screening = Screening {
        screened_on: date("authored", resource.get("authored"))?,
        age_years: None,
        missing_episodes_90d: None,
        danger_ticked: false,
        answers: BTreeMap::new(),
    };
    for group in list(resource, "item") {
        let known = text(group, "linkId").is_some_and(|id| {
            id == CONTEXT
                || instrument.sections().iter().any(|one| format!("section-{}", one.id) == id)
        });
        if !known {
            let id = text(group, "linkId").unwrap_or("item");
            return Err(FhirError::new(id, "the questionnaire has no such group"));
        }
        for item in list(group, "item") {
            read_item(instrument, item, &mut screening)?;
        }
    }
    Ok(screening)
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn date(place: &str, value: Option<&Value>) -> Result<Date, FhirError> {
    value
        .and_then(Value::as_str)
        .filter(|text| text.len() == 10)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| FhirError::new(place, "it must be a date as 2026-11-01"))
}

/// The one answer of an item.
fn only<'a>(id: &str, item: &'a Value) -> Result<&'a Value, FhirError> {
    match list(item, "answer") {
        [answer] => Ok(answer),
        _ => Err(FhirError::new(id, "it must have one answer")),
    }
}

fn read_item(
    instrument: &Instrument,
    item: &Value,
    screening: &mut Screening,
) -> Result<(), FhirError> {
    let Some(id) = text(item, "linkId") else {
        return Err(FhirError::new("item", "the linkId is missing"));
    };
    let answer = only(id, item)?;
    let wrong = || FhirError::new(id, "the answer has the wrong type");
    match id {
        AGE => {
            let age = answer.get("valueDecimal").and_then(Value::as_f64);
            screening.age_years = Some(age.ok_or_else(wrong)?);
        }
        MISSING => {
            let count = answer.get("valueInteger").and_then(Value::as_u64);
            let count = count.and_then(|count| u32::try_from(count).ok());
            screening.missing_episodes_90d = Some(count.ok_or_else(wrong)?);
        }
        DANGER => {
            let ticked = answer.get("valueBoolean").and_then(Value::as_bool);
            screening.danger_ticked = ticked.ok_or_else(wrong)?;
        }
        _ if instrument.place_of(id).is_some() => {
            if screening.answers.insert(id.to_owned(), read_answer(id, answer)?).is_some() {
                return Err(FhirError::new(id, "it is answered twice"));
            }
        }
        _ => return Err(FhirError::new(id, "the instrument has no such indicator")),
    }
    Ok(())
}

fn read_answer(id: &str, answer: &Value) -> Result<Answer, FhirError> {
    let code = answer.get("valueCoding").and_then(|coding| text(coding, "code"));
    let response = code.and_then(Response::from_id);
    let mut out = Answer {
        response: response.ok_or_else(|| FhirError::new(id, "it must be one of four responses"))?,
        ..Answer::default()
    };
    for child in list(answer, "item") {
        let link = text(child, "linkId").unwrap_or_default();
        let value = only(link, child)?;
        let wrong = || FhirError::new(link, "the answer has the wrong type");
        if link == child_id(id, OBSERVED) {
            out.last_observed_on = Some(date(link, value.get("valueDate"))?);
        } else if link == child_id(id, BASIS) {
            let code = value.get("valueCoding").and_then(|coding| text(coding, "code"));
            let basis = code.or_else(|| text(value, "valueString")).ok_or_else(wrong)?;
            out.evidence_basis = Some(basis.to_owned());
        } else if link == child_id(id, NARRATIVE) {
            out.narrative = Some(text(value, "valueString").ok_or_else(wrong)?.to_owned());
        } else {
            return Err(FhirError::new(link, format!("it does not belong to `{id}`")));
        }
    }
    Ok(out)
}
