//! What differs between two files, part by part and field by field.

use super::{Filled, Place};
use crate::instrument::InstrumentFile;

/// A difference between two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The part, with its group.
    pub part: String,
    /// The entry: its id, or its words.
    pub entry: String,
    /// The field; empty where the whole entry is new, gone or moved.
    pub field: String,
    /// What stood there before; empty for what is new.
    pub before: String,
    /// What stands there now; empty for what is gone.
    pub after: String,
}

/// One entry of a file, wherever it stands.
struct Stands {
    part: String,
    name: String,
    labels: Vec<&'static str>,
    filled: Filled,
}

impl Stands {
    fn whole(&self) -> String {
        let said = self.labels.iter().zip(&self.filled).filter_map(|(label, (_, values))| {
            let value = values.join(", ");
            (!value.is_empty()).then(|| format!("{label}: {value}"))
        });
        said.collect::<Vec<_>>().join("\n")
    }
}

/// Every difference from `old` to `new`, in the order in which people read a file.
#[must_use]
pub fn differences(old: &InstrumentFile, new: &InstrumentFile) -> Vec<Difference> {
    let (before, after) = (entries(old), entries(new));
    let mut found = Vec::new();
    for now in &after {
        let difference = |field: &str, before: String, after: String| Difference {
            part: now.part.clone(),
            entry: now.name.clone(),
            field: field.to_owned(),
            before,
            after,
        };
        let was = before.iter().find(|one| one.part == now.part && one.name == now.name);
        let Some(was) = was else {
            found.push(difference("", String::new(), now.whole()));
            continue;
        };
        let pairs = now.labels.iter().zip(was.filled.iter().zip(&now.filled));
        for (label, ((_, before), (_, after))) in pairs {
            if before != after {
                found.push(difference(label, before.join(", "), after.join(", ")));
            }
        }
    }
    for was in &before {
        if !after.iter().any(|one| one.part == was.part && one.name == was.name) {
            found.push(Difference {
                part: was.part.clone(),
                entry: was.name.clone(),
                field: String::new(),
                before: was.whole(),
                after: String::new(),
            });
        }
    }
    found.extend(moved(&before, &after));
    found
}

/// The order matters: rules are tested from the top.
fn moved(before: &[Stands], after: &[Stands]) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut parts: Vec<&str> = after.iter().map(|one| one.part.as_str()).collect();
    parts.dedup();
    for part in parts {
        let names = |all: &[Stands], other: &[Stands]| -> Vec<String> {
            let mine = all.iter().filter(|one| one.part == part);
            let both = mine
                .filter(|one| other.iter().any(|two| two.part == one.part && two.name == one.name));
            both.map(|one| one.name.clone()).collect()
        };
        let (was, is) = (names(before, after), names(after, before));
        if was != is {
            found.push(Difference {
                part: part.to_owned(),
                entry: "The order".into(),
                field: "Order".into(),
                before: was.join(", "),
                after: is.join(", "),
            });
        }
    }
    found
}

fn entries(file: &InstrumentFile) -> Vec<Stands> {
    let mut found = Vec::new();
    for place in Place::all(file) {
        let part = place.title(file);
        for (at, entry) in place.entries(file).into_iter().enumerate() {
            let name = if entry.id.is_empty() { entry.words } else { entry.id };
            found.push(Stands {
                part: part.clone(),
                name,
                labels: place.part.fields.iter().map(|field| field.label).collect(),
                filled: place.form(file, Some(at)).unwrap_or_default(),
            });
        }
    }
    found
}
