//! The file that a filled form makes, or what is wrong with what was typed.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Field, Kind, Opens, Part, Place, Shape, choices, escaped, values, yaml};
use crate::condition::{Scope, compile, parse};
use crate::instrument::{Instrument, InstrumentFile, parse_set_when};

/// What is wrong with a field, worded for the person who filled it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and how to put it right.
    pub message: String,
}

/// What is done to an entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Away.
    Remove,
}

impl Place {
    /// The file with an entry as its form was filled in; a new entry with `None`.
    pub fn read(
        &self,
        file: &InstrumentFile,
        entry: Option<usize>,
        filled: &dyn Fn(&str) -> Vec<String>,
        opens: Opens<'_>,
    ) -> Result<InstrumentFile, Vec<Fault>> {
        let mut whole = yaml::as_json(file);
        let mut faults = Vec::new();
        let old = match entry {
            Some(at) => {
                Some(self.entry_pointer(file, &whole, at).ok_or_else(|| self.fault("It is gone"))?)
            }
            None if self.part.shape.grows() => None,
            None => return Err(self.fault("Nothing can be added here")),
        };
        let mut value = old
            .as_ref()
            .and_then(|(_, pointer)| whole.pointer(pointer).cloned())
            .unwrap_or_else(|| self.part.blank());
        let mut key = old.as_ref().map(|(key, _)| key.clone()).unwrap_or_default();
        for field in self.part.fields {
            match one(field, file, &filled(&field.name()), opens) {
                Ok(Value::String(text)) if field.kind == Kind::Key => key = text,
                Ok(read) => values::set(&mut value, field.key, read),
                Err(message) => faults.push(Fault { field: field.name(), message }),
            }
        }
        faults.extend(self.clashes(file, entry, &key, &value));
        if !faults.is_empty() {
            return Err(faults);
        }
        self.put(file, &mut whole, old.map(|(_, pointer)| pointer), &key, value)
            .ok_or_else(|| self.fault("This part cannot be changed"))?;
        self.made(file, whole)
    }

    /// The file with an entry moved or removed.
    pub fn arrange(
        &self,
        file: &InstrumentFile,
        entry: usize,
        how: Move,
    ) -> Result<InstrumentFile, Vec<Fault>> {
        let gone = || vec![Fault { field: "entries".into(), message: "This entry is gone".into() }];
        let mut whole = yaml::as_json(file);
        let (key, _) = self.entry_pointer(file, &whole, entry).ok_or_else(gone)?;
        let pointer = self.pointer(file).ok_or_else(gone)?;
        match (whole.pointer_mut(&pointer), how) {
            (Some(Value::Array(list)), Move::Remove) if self.part.shape.grows() => {
                list.remove(entry);
            }
            (Some(Value::Object(map)), Move::Remove) if self.part.shape.grows() => {
                map.remove(&key);
            }
            (Some(Value::Array(list)), Move::Up) if entry > 0 => list.swap(entry, entry - 1),
            (Some(Value::Array(list)), Move::Down) if entry + 1 < list.len() => {
                list.swap(entry, entry + 1);
            }
            _ => return Err(gone()),
        }
        self.made(file, whole).map_err(|faults| {
            faults.into_iter().map(|fault| Fault { field: "entries".into(), ..fault }).collect()
        })
    }

    /// Puts an entry where it belongs.
    fn put(
        &self,
        file: &InstrumentFile,
        whole: &mut Value,
        old: Option<String>,
        key: &str,
        value: Value,
    ) -> Option<()> {
        let pointer = self.pointer(file)?;
        if matches!(self.part.shape, Shape::Map | Shape::FixedMap) {
            let map = whole.pointer_mut(&pointer)?.as_object_mut()?;
            if let Some(old) = old {
                map.retain(|other, _| format!("{pointer}/{}", escaped(other)) != old);
            }
            map.insert(key.to_owned(), value);
            return Some(());
        }
        if let Some(old) = old {
            *whole.pointer_mut(&old)? = value;
        } else {
            // The actions of a level begin with the first one.
            if whole.pointer(&pointer).is_none() {
                let (parent, last) = pointer.rsplit_once('/')?;
                let last = last.replace("~1", "/").replace("~0", "~");
                let parent = whole.pointer_mut(parent)?.as_object_mut()?;
                parent.insert(last, Value::Array(Vec::new()));
            }
            whole.pointer_mut(&pointer)?.as_array_mut()?.push(value);
        }
        Some(())
    }

    /// The file again; one that could be read before must still be readable.
    fn made(&self, before: &InstrumentFile, whole: Value) -> Result<InstrumentFile, Vec<Fault>> {
        let file: InstrumentFile = serde_json::from_value(whole)
            .map_err(|error| self.fault(&format!("It cannot be kept so: {error}")))?;
        let loads = |file: &InstrumentFile| {
            Instrument::from_yaml("instrument", &yaml::write_file(file, ""))
        };
        match loads(&file) {
            Err(fault) if loads(before).is_ok() => {
                let why = "Something else in the instrument would no longer fit";
                Err(self.fault(&format!("{why}: {}. Change that first", fault.reason)))
            }
            _ => Ok(file),
        }
    }

    /// A fault of the entry as a whole, told beside its first field.
    fn fault(&self, message: &str) -> Vec<Fault> {
        let field = self.part.fields.first().map(Field::name).unwrap_or_default();
        vec![Fault { field, message: message.to_owned() }]
    }

    /// What is wrong with an entry beside others.
    fn clashes(
        &self,
        file: &InstrumentFile,
        entry: Option<usize>,
        key: &str,
        value: &Value,
    ) -> Vec<Fault> {
        let get = |key| values::get(value, key);
        let mut faults = Vec::new();
        let id = value.get("id").and_then(Value::as_str).unwrap_or(key);
        let others: Vec<Place> = match self.part.id {
            "questions" => {
                Place::all(file).into_iter().filter(|one| one.part.id == "questions").collect()
            }
            _ => vec![*self],
        };
        let mut taken = BTreeSet::new();
        for place in &others {
            for (at, other) in place.entries(file).into_iter().enumerate() {
                let same = place.group == self.group && Some(at) == entry;
                if !same {
                    taken.insert(other.id);
                }
            }
        }
        let names_id = self.part.fields.iter().any(|field| ["id", "key"].contains(&field.key));
        if names_id && !id.is_empty() && taken.contains(id) {
            let field = if key.is_empty() { "id" } else { "key" };
            let message = format!("`{id}` is used already: choose another");
            faults.push(Fault { field: field.to_owned(), message });
        }
        if self.part.id == "levels" {
            let same = |(at, level): (usize, &crate::instrument::Level)| {
                Some(at) != entry && Some(u64::from(level.rank)) == get("rank").as_u64()
            };
            if file.levels.iter().enumerate().any(same) {
                let message = "Another level has this rank: choose another".to_owned();
                faults.push(Fault { field: "rank".into(), message });
            }
        }
        if self.part.id == "floors" && get("floor").is_null() == get("step_up").is_null() {
            let message = "Choose a least level, or say how many steps up, not both".to_owned();
            faults.push(Fault { field: "floor".into(), message });
        }
        faults
    }
}

impl Part {
    /// A new entry before it is filled in.
    fn blank(&self) -> Value {
        let held = self.holds.iter().map(|key| ((*key).to_owned(), Value::Array(Vec::new())));
        Value::Object(held.collect::<Map<_, _>>())
    }
}

/// The value of one field.
fn one(
    field: &Field,
    file: &InstrumentFile,
    filled: &[String],
    opens: Opens<'_>,
) -> Result<Value, String> {
    let value = values::read(field.kind, filled)?;
    let missing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if missing && field.required {
        return Err(format!("Fill in: {}", field.label));
    }
    if let Some(of) = values::list_of(field.kind) {
        let known = choices(file, of, opens);
        let unknown = |id: &&str| !known.iter().any(|(other, _)| other == id);
        let single = value.as_str();
        let several = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        if let Some(id) = single.into_iter().chain(several).find(unknown) {
            return Err(format!("`{id}` is not one of them: choose from the list"));
        }
    }
    let Some(text) = value.as_str() else { return Ok(value) };
    match field.kind {
        Kind::Condition => condition(file, text, false)?,
        Kind::PromptCondition => condition(file, text, true)?,
        Kind::SetWhen => parse_set_when(text).map(|_| ())?,
        Kind::Key | Kind::Line if ["id", "key"].contains(&field.key) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            if !text.chars().all(plain) {
                return Err("Use letters, digits, hyphens and underlines only".into());
            }
        }
        _ => {}
    }
    Ok(value)
}

/// Whether a condition can be read and its names are there.
fn condition(file: &InstrumentFile, when: &str, is_prompt: bool) -> Result<(), String> {
    let node = parse(when).map_err(|fault| fault.to_string())?;
    let rank = |id: &str| file.levels.iter().find(|one| one.id == id).map(|one| one.rank);
    let all: Vec<&str> = file
        .sections
        .iter()
        .flat_map(|section| section.indicators.iter().map(|one| one.id.as_str()))
        .collect();
    let scope = Scope {
        indicator: &|id| all.iter().position(|one| *one == id),
        level: if is_prompt { Some(&rank) } else { None },
        exploitation_type: &|id| file.exploitation_types.iter().position(|one| one.id == id),
    };
    compile(&node, scope).map(|_| ()).map_err(|fault| fault.to_string())
}
