//! A file as YAML text, and back.

use serde_json::Value;
use tessera_core::content::{ContentError, Source};

use crate::instrument::InstrumentFile;

/// Keys whose list is written also when it is empty: their reader asks for them.
const KEPT: [&str; 8] = [
    "exploitation_types",
    "options",
    "sections",
    "indicators",
    "types",
    "levels",
    "level_rules",
    "needs",
];

/// Reads a text as a file without looking up its names, so that one with a fault in a rule can
/// still be shown as forms. A key that no file has is a fault: a form would lose it.
pub fn read_file(text: &str) -> Result<InstrumentFile, ContentError> {
    let (file, noted) = Source::new("instrument", text).read_and_note()?;
    noted.into_iter().next().map_or(Ok(file), Err)
}

/// Writes a file as text. The remark at the beginning of `before` stays; remarks between its lines
/// cannot.
#[must_use]
pub fn write_file(file: &InstrumentFile, before: &str) -> String {
    let remark = before.lines().take_while(|line| line.starts_with('#'));
    let mut text: String = remark.flat_map(|line| [line, "\n"]).collect();
    let mut value = serde_yaml_ng::to_value(file).unwrap_or_default();
    prune(&mut value);
    text.push_str(&serde_yaml_ng::to_string(&value).unwrap_or_default());
    text
}

/// Leaves out what reads the same when it is not there.
fn prune(value: &mut serde_yaml_ng::Value) {
    use serde_yaml_ng::Value as Yaml;
    match value {
        Yaml::Mapping(map) => {
            map.retain(|key, value| {
                let kept = key.as_str().is_some_and(|key| KEPT.contains(&key));
                let empty = value.as_sequence().is_some_and(Vec::is_empty)
                    && !kept
                    && !key.as_str().is_some_and(says_none);
                !(value.is_null() || empty)
            });
            map.values_mut().for_each(prune);
        }
        Yaml::Sequence(list) => list.iter_mut().for_each(prune),
        _ => {}
    }
}

/// Keys for which an empty list says something else than no list, or must be there.
fn says_none(key: &str) -> bool {
    ["prompts", "always_show", "never_show"].contains(&key)
}

/// A file as JSON, whose pointers the forms use.
pub(super) fn as_json(file: &InstrumentFile) -> Value {
    serde_json::to_value(file).unwrap_or_default()
}
