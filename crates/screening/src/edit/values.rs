//! One value of a file as what a field shows, and back.

use serde_json::{Map, Number, Value};

use super::{Kind, Of};

/// The value at `key` of an entry, where slashes lead further in.
pub(super) fn get<'a>(entry: &'a Value, key: &str) -> &'a Value {
    static NONE: Value = Value::Null;
    key.split('/')
        .filter(|part| !part.is_empty())
        .fold(entry, |value, part| value.get(part).unwrap_or(&NONE))
}

/// Sets the value at `key`. Nothing at all makes no mapping that was not there, and empties one
/// that would hold nothing else.
pub(super) fn set(entry: &mut Value, key: &str, value: Value) {
    if key.is_empty() {
        *entry = value;
        return;
    }
    if !entry.is_object() {
        *entry = Value::Object(Map::new());
    }
    let Value::Object(map) = entry else { return };
    let Some((first, rest)) = key.split_once('/') else {
        map.insert(key.to_owned(), value);
        return;
    };
    let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let inner = map.entry(first).or_insert(Value::Null);
    let others = inner.as_object().is_some_and(|map| map.keys().any(|one| one != rest));
    if nothing && !others {
        *inner = Value::Null;
    } else {
        set(inner, rest, value);
    }
}

/// What a field shows for a value.
pub(super) fn shown(kind: Kind, value: &Value) -> Vec<String> {
    let texts = || -> Vec<String> {
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    match kind {
        Kind::Many(_) => texts(),
        Kind::Lines => vec![texts().join("\n")],
        Kind::IdsOrNone(_) if value.as_array().is_some_and(Vec::is_empty) => vec!["none".into()],
        Kind::Ids(_) | Kind::IdsOrNone(_) => vec![texts().join(", ")],
        Kind::Tick if value.as_bool() == Some(true) => vec!["yes".into()],
        Kind::Tick => Vec::new(),
        Kind::Decimal if value.as_f64().is_some_and(|number| number.fract() == 0.0) => {
            vec![format!("{:.0}", value.as_f64().unwrap_or_default())]
        }
        _ => match value {
            Value::Null => vec![String::new()],
            Value::String(text) => vec![text.clone()],
            other => vec![other.to_string()],
        },
    }
}

/// The value that a field was filled with, or what is wrong with it.
pub(super) fn read(kind: Kind, filled: &[String]) -> Result<Value, String> {
    let typed = filled.first().map_or("", String::as_str);
    let line = typed.trim();
    let list = |texts: &mut dyn Iterator<Item = &str>| {
        let kept = texts.map(str::trim).filter(|one| !one.is_empty());
        Value::Array(kept.map(Value::from).collect())
    };
    Ok(match kind {
        Kind::Tick => Value::Bool(!line.is_empty()),
        Kind::Many(_) => list(&mut filled.iter().map(String::as_str)),
        Kind::Lines => list(&mut typed.lines()),
        Kind::Ids(_) => list(&mut typed.split([',', '\n'])),
        Kind::IdsOrNone(_) if line == "none" => Value::Array(Vec::new()),
        _ if line.is_empty() => Value::Null,
        Kind::IdsOrNone(_) => list(&mut typed.split([',', '\n'])),
        Kind::Text => Value::from(typed.replace("\r\n", "\n")),
        Kind::Whole(most) => match line.parse::<u64>() {
            Ok(number) if number <= most => Value::from(number),
            _ => return Err(format!("Give a whole number from 0 to {most}")),
        },
        Kind::Decimal => {
            let number = line.parse().ok().filter(|number: &f64| (0.0..=150.0).contains(number));
            let number = number.and_then(Number::from_f64);
            Value::from(number.ok_or("Give a number from 0 to 150, such as 15 or 17.5")?)
        }
        _ => Value::from(line),
    })
}

/// The list that a value of this kind must come from.
pub(super) const fn list_of(kind: Kind) -> Option<Of> {
    match kind {
        Kind::One(of) | Kind::Many(of) | Kind::Ids(of) | Kind::IdsOrNone(of) => Some(of),
        _ => None,
    }
}
