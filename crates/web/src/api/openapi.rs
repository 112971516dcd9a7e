//! The description of the API in OpenAPI 3.1, made from the route table: a route that is not
//! described here fails a test, and one that is described but gone cannot stay.

use serde_json::{Map, Value, json};

use crate::routes::{Access, TABLE};

/// What stands beside a route.
struct About {
    path: &'static str,
    method: &'static str,
    summary: &'static str,
    success: u16,
    query: &'static [&'static str],
    body: Option<fn() -> Value>,
    answer: &'static str,
}

const ABOUT: &[About] = &[
    About {
        path: "/api/openapi.json",
        method: "get",
        summary: "This description",
        success: 200,
        query: &[],
        body: None,
        answer: "Anything",
    },
    About {
        path: "/api/session",
        method: "post",
        summary: "Sign in and get a token",
        success: 201,
        query: &[],
        body: Some(sign_in),
        answer: "Session",
    },
    About {
        path: "/api/concerns",
        method: "post",
        summary: "Send a concern, once for each Idempotency-Key",
        success: 201,
        query: &[],
        body: Some(concern),
        answer: "Receipt",
    },
    About {
        path: "/api/concerns",
        method: "get",
        summary: "The concerns of the signed-in person",
        success: 200,
        query: &[],
        body: None,
        answer: "Lists",
    },
    About {
        path: "/api/concerns/{concern}",
        method: "get",
        summary: "Where a concern stands, for its sender",
        success: 200,
        query: &[],
        body: None,
        answer: "Anything",
    },
    About {
        path: "/api/concerns/{concern}/add",
        method: "post",
        summary: "Add to, correct, answer or take back a concern one sent",
        success: 204,
        query: &[],
        body: Some(|| act(&["kind", "body"])),
        answer: "Nothing",
    },
    About {
        path: "/api/concerns/{concern}/challenge",
        method: "post",
        summary: "Challenge the outcome of a concern one sent",
        success: 204,
        query: &[],
        body: Some(|| act(&["reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue",
        method: "get",
        summary: "The open concerns of the front door, most urgent first",
        success: 200,
        query: &["urgency"],
        body: None,
        answer: "Anything",
    },
    About {
        path: "/api/queue/{concern}",
        method: "get",
        summary: "A concern with all that belongs to it, and the earlier ones beside it",
        success: 200,
        query: &[],
        body: None,
        answer: "Anything",
    },
    About {
        path: "/api/queue/{concern}/urgency",
        method: "post",
        summary: "Set the urgency",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "urgency", "urgency_reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/routes",
        method: "post",
        summary: "Take further routes",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "routes[]", "route_reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/sharing",
        method: "post",
        summary: "Record the basis for sharing",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "basis", "agreement", "sharing_reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/entry",
        method: "post",
        summary: "Ask the sender, or keep a note",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "entry_kind", "entry_body"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/checks",
        method: "post",
        summary: "Ask agencies what they hold",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "check_child", "agencies[]", "question"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/decision",
        method: "post",
        summary: "Decide about one child",
        success: 204,
        query: &[],
        body: Some(|| {
            act(&["version", "decision_child", "outcome", "need_level", "decision_reason", "told"])
        }),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/clock",
        method: "post",
        summary: "Stop a clock",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "rule", "stop_reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/challenge",
        method: "post",
        summary: "Answer a challenge",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "challenge", "verdict", "answer"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/link",
        method: "post",
        summary: "Join a child to a file, or part them",
        success: 204,
        query: &[],
        body: Some(|| act(&["version", "link_child", "file", "link_reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/queue/{concern}/new-child",
        method: "post",
        summary: "Open a file for a child",
        success: 201,
        query: &[],
        body: Some(|| act(&["version", "new_child", "seen[]", "new_reason"])),
        answer: "NewFile",
    },
    About {
        path: "/api/checks",
        method: "get",
        summary: "The partner checks of one's agency",
        success: 200,
        query: &[],
        body: None,
        answer: "Anything",
    },
    About {
        path: "/api/checks/{check}",
        method: "post",
        summary: "Answer a partner check",
        success: 204,
        query: &[],
        body: Some(|| act(&["answer", "held", "reason"])),
        answer: "Nothing",
    },
    About {
        path: "/api/children",
        method: "get",
        summary: "Search for a child, with the reasons for each answer",
        success: 200,
        query: &["name", "born_day", "born_month", "born_year", "nhs_number"],
        body: None,
        answer: "Anything",
    },
    About {
        path: "/api/children/{child}",
        method: "get",
        summary: "A child's file, now or as known on a past day",
        success: 200,
        query: &["as_known_on"],
        body: None,
        answer: "Anything",
    },
];

fn text() -> Value {
    json!({ "type": "string" })
}

/// The body of an act, by the names of its fields; a name with `[]` is a list.
fn act(fields: &[&str]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let kind = match (*field, field.strip_suffix("[]")) {
            ("version", _) => json!({ "type": "integer" }),
            (_, Some(_)) => json!({ "type": "array", "items": text() }),
            _ => text(),
        };
        properties.insert(field.trim_end_matches("[]").to_owned(), kind);
    }
    json!({ "type": "object", "properties": properties })
}

fn sign_in() -> Value {
    json!({ "type": "object", "required": ["email", "password", "code"], "properties": {
        "email": text(), "password": text(), "code": text(),
    } })
}

fn concern() -> Value {
    let child = json!({ "type": "object", "properties": {
        "name": text(), "known_as": text(), "age": text(), "school": text(), "address": text(),
        "nhs_number": text(), "born": date(),
    } });
    json!({ "type": "object", "required": ["what"], "properties": {
        "kind": { "type": "string", "enum": ["", "danger", "worried", "noticed"] },
        "what": { "type": "string", "minLength": 1, "maxLength": 20000 },
        "children": { "type": "array", "maxItems": 12, "items": child },
        "place": text(), "when_text": text(), "happened": date(), "others": text(),
        "origin": text(), "opinion": text(), "child_words": text(), "child_knows": text(),
        "parents_know": text(), "name_sharing": text(), "reporter_name": text(),
        "reporter_telephone": text(), "reporter_email": text(), "reporter_relation": text(),
    } })
}

fn date() -> Value {
    json!({ "type": "object", "properties": {
        "day": text(), "month": text(), "year": text(), "approximate": { "type": "boolean" },
    } })
}

fn schemas() -> Value {
    json!({
        "NewFile": { "type": "object", "required": ["reference"],
            "properties": { "reference": text() } },
        "Anything": { "type": "object" },
        "Session": { "type": "object", "required": ["token", "user"],
            "properties": { "token": text(), "user": text() } },
        "Receipt": { "type": "object",
            "required": ["reference", "follow_up_code", "decided_by", "explained"],
            "properties": { "reference": text(), "follow_up_code": text(), "decided_by": text(),
                "explained": text() } },
        "Lists": { "type": "object", "required": ["own", "colleagues", "routed"], "properties": {
            "own": { "type": "array" }, "colleagues": { "type": "array" },
            "routed": { "type": "array" } } },
        "Problem": { "type": "object", "required": ["title", "status", "detail"], "properties": {
            "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(),
            "errors": { "type": "array", "items": { "type": "object",
                "properties": { "field": text(), "message": text() } } } } },
    })
}

fn operation(about: &About, access: Access) -> Value {
    let parameter = |name: &str, place: &str, required: bool| json!({ "name": name, "in": place, "required": required, "schema": text() });
    let mut parameters: Vec<Value> = about
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| parameter(name, "path", true))
        .collect();
    parameters.extend(about.query.iter().map(|name| parameter(name, "query", false)));
    if about.path == "/api/concerns" && about.method == "post" {
        parameters.push(parameter("Idempotency-Key", "header", true));
    }
    let mut responses = Map::new();
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let mut success = json!({ "description": about.summary });
    if let (true, Some(map)) = (about.answer != "Nothing", success.as_object_mut()) {
        let content = json!({ "application/json": { "schema": schema(about.answer) } });
        map.insert("content".into(), content);
    }
    responses.insert(about.success.to_string(), success);
    responses.insert(
        "default".into(),
        json!({ "description": "What went wrong, as problem details",
            "content": { "application/problem+json": { "schema": schema("Problem") } } }),
    );
    let mut operation = json!({
        "summary": about.summary,
        "operationId": format!("{}{}", about.method, about.path.replace(['/', '{', '}', '.'], "_")),
        "parameters": parameters,
        "responses": responses,
    });
    if let (Some(body), Some(map)) = (about.body, operation.as_object_mut()) {
        map.insert(
            "requestBody".into(),
            json!({ "required": true, "content": { "application/json": { "schema": body() } } }),
        );
    }
    if let (Access::Allowed(action), Some(map)) = (access, operation.as_object_mut()) {
        map.insert("x-action".into(), json!(action.id()));
        map.insert("security".into(), json!([{ "session": [] }, {}]));
    }
    operation
}

/// The whole description.
pub(crate) fn describe() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in TABLE.iter().filter(|route| route.path.starts_with("/api/")) {
        let about = ABOUT.iter().find(|a| a.path == route.path && a.method == route.method);
        let described = about.map_or_else(|| json!({}), |about| operation(about, route.access));
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(route.method.into(), described);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Tessera", "version": env!("CARGO_PKG_VERSION"),
            "description": "The same use cases and the same rights as the pages.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" } },
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": { "session": { "type": "http", "scheme": "bearer" } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_the_api_is_described_and_nothing_else() {
        let routes: Vec<_> = TABLE
            .iter()
            .filter(|r| r.path.starts_with("/api/"))
            .map(|r| (r.method, r.path))
            .collect();
        let described: Vec<_> = ABOUT.iter().map(|a| (a.method, a.path)).collect();
        assert_eq!(routes, described);
    }
}
