//! The network as a bundle of STIX 2.1 (OASIS standard of 10 June 2021). Every object carries TLP:AMBER
//! and the handling of the reports it comes from. Grades are labels and never become a percentage.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tessera_core::{report::MentionKind, time::Timestamp};

use super::{Export, basis, marking};
use crate::report::picture::Thing;

/// TLP:AMBER as the standard defines it: for those who need to know in the recipient's organisation.
const AMBER: &str = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82";

struct Bundle<'a> {
    export: &'a Export,
    at: String,
    objects: Vec<Value>,
    /// Who made the bundle, and the extension that vehicles and telephones are objects of.
    maker: String,
    extension: String,
}

/// An instant to the millisecond, as STIX writes it.
fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

impl Bundle<'_> {
    fn id(&self, kind: &str, of: &str) -> String {
        let digest = self.export.digest(kind, of);
        let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
        format!("{kind}--{}", uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// An object with what every object has.
    fn object(&self, kind: &str, id: &str, marks: &BTreeSet<String>, own: Value) -> Value {
        let mut object = json!({
            "type": kind,
            "spec_version": "2.1",
            "id": id,
            "created_by_ref": self.maker,
            "created": self.at,
            "modified": self.at,
            "object_marking_refs": marks,
        });
        if let (Some(object), Value::Object(own)) = (object.as_object_mut(), own) {
            object.extend(own);
        }
        object
    }

    /// The markings of reports with these grades; a statement that is new is added.
    fn marks(&mut self, statements: &BTreeSet<String>) -> BTreeSet<String> {
        let mut marks = BTreeSet::from([AMBER.to_owned()]);
        for statement in statements {
            let id = self.id("marking-definition", statement);
            if !self.objects.iter().any(|object| object.get("id") == Some(&json!(id))) {
                self.objects.push(json!({
                    "type": "marking-definition",
                    "spec_version": "2.1",
                    "id": id,
                    "created_by_ref": self.maker,
                    "created": self.at,
                    "definition_type": "statement",
                    "definition": { "statement": statement },
                }));
            }
            marks.insert(id);
        }
        marks
    }

    fn organisation(&mut self, name: &str) -> String {
        let id = self.id("identity", name);
        let marks = BTreeSet::from([AMBER.to_owned()]);
        if !self.objects.iter().any(|object| object.get("id") == Some(&json!(id))) {
            let own = json!({ "name": name, "identity_class": "organization" });
            let object = self.object("identity", &id, &marks, own);
            self.objects.push(object);
        }
        id
    }

    fn thing(&mut self, thing: &Thing, marks: &BTreeSet<String>) -> String {
        let of = format!("thing {}", thing.number);
        let said = |part: &str| {
            let parts = thing.ties.iter().flat_map(|tie| tie.mention.said.parts());
            let values = parts.filter(|(name, text)| *name == part && !text.trim().is_empty());
            values.map(|(_, text)| text.trim()).max_by_key(|text| text.len()).unwrap_or_default()
        };
        let value = if said("value").is_empty() { thing.name.as_str() } else { said("value") };
        let new_kind = json!({ &self.extension: { "extension_type": "new-sdo" } });
        let (kind, own) = match thing.kind {
            MentionKind::Person => {
                ("identity", json!({ "name": thing.name, "identity_class": "individual" }))
            }
            MentionKind::Place => (
                "location",
                json!({
                    "name": thing.name,
                    "region": "northern-europe",
                    "description": "The region is that of the partnership; the place is as reported.",
                }),
            ),
            MentionKind::Vehicle => (
                "tessera-vehicle",
                json!({
                    "name": thing.name,
                    "registration": value,
                    "extensions": new_kind,
                }),
            ),
            MentionKind::Phone => (
                "tessera-telephone",
                json!({ "name": thing.name, "number": value, "extensions": new_kind }),
            ),
            MentionKind::Handle => {
                // An observable has no author and no dates.
                let id = self.id("user-account", &of);
                let mut account = json!({
                    "type": "user-account",
                    "spec_version": "2.1",
                    "id": id,
                    "account_login": value,
                    "object_marking_refs": marks,
                });
                let platform = said("platform");
                if let (Some(account), false) = (account.as_object_mut(), platform.is_empty()) {
                    account.insert("display_name".into(), json!(format!("{value} ({platform})")));
                }
                self.objects.push(account);
                return id;
            }
        };
        let id = self.id(kind, &of);
        let object = self.object(kind, &id, marks, own);
        self.objects.push(object);
        id
    }
}

pub(super) fn write(export: &Export) -> String {
    let at = instant(export.made);
    let mut bundle =
        Bundle { export, at, objects: Vec::new(), maker: String::new(), extension: String::new() };
    bundle.extension = bundle.id("extension-definition", "things");
    bundle.maker = bundle.id("identity", "\0maker");
    let amber = BTreeSet::from([AMBER.to_owned()]);
    let own =
        json!({ "name": "The partnership that made this file", "identity_class": "organization" });
    let maker = bundle.object("identity", &bundle.maker.clone(), &amber, own);
    bundle.objects.push(json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": AMBER,
        "created": "2017-01-20T00:00:00.000Z",
        "definition_type": "tlp",
        "name": "TLP:AMBER",
        "definition": { "tlp": "amber" },
    }));
    bundle.objects.push(maker);
    let own = json!({
        "name": "Vehicles and telephones",
        "description": "Objects for a vehicle by its plate and for a telephone by its number.",
        "schema": "https://example.org/tessera/stix-things",
        "version": "1.0.0",
        "extension_types": ["new-sdo"],
    });
    let extension = bundle.object("extension-definition", &bundle.extension.clone(), &amber, own);
    bundle.objects.push(extension);
    let network = &export.network;
    let mut named: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut notes = Vec::new();
    for thing in &network.things {
        let of = thing.reports().into_iter().filter_map(|at| network.pieces.get(at));
        let statements: BTreeSet<String> = of.map(marking).collect();
        let marks = bundle.marks(&statements);
        let id = bundle.thing(thing, &marks);
        for (n, tie) in thing.ties.iter().enumerate() {
            if named.entry(tie.piece).or_default().insert(id.clone()) {
                let (rests, grade) = basis(thing, n);
                let words = format!("{rests} {grade}");
                notes.push((tie.piece, id.clone(), words, tie.mention.said.in_words()));
            }
        }
    }
    let mut ids = BTreeMap::new();
    for (at, piece) in network.pieces.iter().enumerate() {
        let reference = piece.reference.to_string();
        let marks = bundle.marks(&BTreeSet::from([marking(piece)]));
        let mut refs = named.remove(&at).unwrap_or_default();
        if let Some(agency) = &piece.agency {
            refs.insert(bundle.organisation(agency));
        }
        if refs.is_empty() {
            refs.insert(bundle.maker.clone());
        }
        let labels = [
            piece.source_grade.as_ref().map(|grade| format!("3x5x2-source-{grade}")),
            piece.intelligence_grade.as_ref().map(|grade| format!("3x5x2-intelligence-{grade}")),
            piece.handling.as_ref().map(|code| format!("3x5x2-handling-{code}")),
        ];
        let mut own = json!({
            "name": format!("Intelligence report {reference}"),
            "published": instant(piece.received_at),
            "labels": labels.into_iter().flatten().collect::<Vec<_>>(),
            "external_references": [{ "source_name": "tessera", "external_id": reference }],
            "object_refs": refs,
        });
        if let (Some(own), Some(words)) = (own.as_object_mut(), export.sanitised.get(&piece.id)) {
            own.insert("description".into(), json!(words));
        }
        let id = bundle.id("report", &reference);
        let report = bundle.object("report", &id, &marks, own);
        bundle.objects.push(report);
        ids.insert(at, (id, marks));
    }
    for (at, thing, rests, written) in notes {
        let Some((report, marks)) = ids.get(&at) else { continue };
        let own = json!({
            "abstract": format!("On what it rests: {}", rests.trim()),
            "content": format!("As written in the report: {written}"),
            "object_refs": [thing, report],
        });
        let id = bundle.id("note", &format!("{report} {thing}"));
        let note = bundle.object("note", &id, marks, own);
        bundle.objects.push(note);
    }
    let made = format!("{} {}", bundle.at, network.pieces.len());
    let id = bundle.id("bundle", &made);
    json!({ "type": "bundle", "id": id, "objects": bundle.objects }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_their_kind_and_the_same_each_time() {
        let (one, other) = (Export::default(), Export { secret: [1; 32], ..Export::default() });
        let id = |export| {
            let (at, objects) = (String::new(), Vec::new());
            let bundle =
                Bundle { export, at, objects, maker: String::new(), extension: String::new() };
            bundle.id("report", "INT-1")
        };
        assert_eq!(id(&one), id(&one));
        assert_ne!(id(&one), id(&other));
        assert!(id(&one).strip_prefix("report--").unwrap().parse::<uuid::Uuid>().is_ok());
    }
}
