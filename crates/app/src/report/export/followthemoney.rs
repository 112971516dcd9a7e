//! The network as entities of the `FollowTheMoney` model, one JSON object a line: reports are events,
//! agencies organisations, things people, vehicles, accounts or addresses, mentions unknown links.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tessera_core::report::MentionKind;

use super::{Export, basis, marking};
use crate::report::picture::Thing;

/// An entity with the properties that say something.
fn entity(id: &str, schema: &str, properties: &[(&str, String)]) -> Value {
    let mut kept = Map::new();
    for (name, value) in properties.iter().filter(|(_, value)| !value.trim().is_empty()) {
        if let Value::Array(values) = kept.entry(*name).or_insert_with(|| json!([])) {
            values.push(json!(value.trim()));
        }
    }
    json!({ "id": id, "schema": schema, "properties": kept })
}

fn id(export: &Export, kind: &str, of: &str) -> String {
    hex::encode(export.digest(kind, of)).chars().take(40).collect()
}

pub(super) fn write(export: &Export) -> String {
    let network = &export.network;
    let mut all = Vec::new();
    let agencies: BTreeSet<&String> =
        network.pieces.iter().filter_map(|p| p.agency.as_ref()).collect();
    for name in agencies {
        all.push(entity(&id(export, "agency", name), "Organization", &[("name", name.clone())]));
    }
    for piece in &network.pieces {
        let reference = piece.reference.to_string();
        let agency = piece.agency.as_ref().map(|name| id(export, "agency", name));
        all.push(entity(
            &id(export, "report", &reference),
            "Event",
            &[
                ("name", format!("Report {reference}")),
                ("recordId", reference),
                ("date", piece.day().to_string()),
                ("organizer", agency.unwrap_or_default()),
                ("summary", export.sanitised.get(&piece.id).cloned().unwrap_or_default()),
                ("notes", marking(piece)),
                ("keywords", piece.grade().unwrap_or_default()),
            ],
        ));
    }
    for thing in &network.things {
        let thing_id = id(export, "thing", &thing.number.to_string());
        all.push(of_thing(thing, &thing_id));
        let mut drawn = BTreeSet::new();
        for (n, tie) in thing.ties.iter().enumerate().filter(|(_, tie)| drawn.insert(tie.piece)) {
            let Some(piece) = network.pieces.get(tie.piece) else { continue };
            let reference = piece.reference.to_string();
            let (rests, grade) = basis(thing, n);
            all.push(entity(
                &id(export, "tie", &format!("{} {reference}", thing.number)),
                "UnknownLink",
                &[
                    ("subject", thing_id.clone()),
                    ("object", id(export, "report", &reference)),
                    ("role", "named in".into()),
                    ("date", piece.day().to_string()),
                    ("status", format!("{rests} {grade}")),
                    ("description", format!("As written: {}", tie.mention.said.in_words())),
                    ("summary", marking(piece)),
                    ("recordId", reference),
                ],
            ));
        }
    }
    all.iter().fold(String::new(), |mut out, entity| {
        out.push_str(&entity.to_string());
        out.push('\n');
        out
    })
}

fn of_thing(thing: &Thing, id: &str) -> Value {
    let said = |of: fn(&tessera_core::report::RawMention) -> &str| {
        let values = thing.ties.iter().map(|tie| of(&tie.mention.said).trim());
        values.filter(|text| !text.is_empty()).max_by_key(|text| text.len()).unwrap_or_default()
    };
    let value = said(|m| &m.value).to_owned();
    let name = ("name", thing.name.clone());
    let about = ("notes", "Put together from reports; each link says on what it rests".to_owned());
    match thing.kind {
        MentionKind::Person => {
            let looks = said(|m| &m.looks).to_owned();
            entity(id, "Person", &[name, ("alias", value), ("appearance", looks), about])
        }
        MentionKind::Vehicle => entity(
            id,
            "Vehicle",
            &[
                name,
                ("registrationNumber", value),
                ("model", said(|m| &m.make).to_owned()),
                ("description", said(|m| &m.colour).to_owned()),
                about,
            ],
        ),
        // The model has telephones only as part of whoever holds one.
        MentionKind::Phone => {
            let holder = ("name", format!("Holder of telephone {value}"));
            entity(id, "LegalEntity", &[holder, ("phone", value), about])
        }
        MentionKind::Handle => {
            let service = said(|m| &m.platform).to_owned();
            entity(id, "UserAccount", &[name, ("username", value), ("service", service), about])
        }
        MentionKind::Place => {
            let street = said(|m| &m.address).to_owned();
            entity(id, "Address", &[name, ("full", value), ("remarks", street), about])
        }
    }
}
