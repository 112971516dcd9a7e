//! What the readers of `content/` share: one error that names file, line and reason, and a way to
//! find the line on which a value of a YAML file stands.

use std::collections::BTreeMap;
use std::fmt;

use saphyr_parser::{Event, Parser};
use serde::de::DeserializeOwned;

/// A fault in a content file, worded for the person who edits it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ContentError {
    /// The file as the reader named it.
    pub file: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and, where that is not plain, what is allowed.
    pub reason: String,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

/// A YAML text, its name, and where each of its values stands.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    file: &'a str,
    text: &'a str,
    lines: BTreeMap<String, usize>,
}

impl<'a> Source<'a> {
    /// Notes the lines of `text`, which may be faulty: faults are reported by [`Source::read`].
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, lines: lines_of(text) }
    }

    /// The name of the file, as given.
    pub fn file(&self) -> &'a str {
        self.file
    }

    /// Reads the text into `T`; the first fault stops the reading.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ContentError> {
        serde_yaml_ng::from_str(self.text).map_err(|fault| self.yaml_fault(&fault))
    }

    /// Reads the text into `T` and returns beside it a fault for each key that `T` does not have.
    ///
    /// In a flow mapping an unquoted comma ends a text and makes the rest of it a key: the value
    /// can still be read, but its writer has to be told.
    pub fn read_and_note<T: DeserializeOwned>(
        &self,
    ) -> Result<(T, Vec<ContentError>), ContentError> {
        let mut unknown = Vec::new();
        let reader = serde_yaml_ng::Deserializer::from_str(self.text);
        let value = serde_ignored::deserialize(reader, |path| unknown.push(path_of(&path)))
            .map_err(|fault| self.yaml_fault(&fault))?;
        let faults = unknown.into_iter().map(|(path, key)| {
            let hint = "if it is part of a text, put the whole text in quotation marks";
            self.fault(&path, format!("unknown key `{key}`: {hint}"))
        });
        Ok((value, faults.collect()))
    }

    fn yaml_fault(&self, fault: &serde_yaml_ng::Error) -> ContentError {
        let line = fault.location().map(|place| place.line());
        let reason = fault.to_string();
        let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
        ContentError { file: self.file.to_owned(), line, reason }
    }

    /// The line of the value at `path`, such as `clocks[3].limit`, or of the nearest value that
    /// holds it.
    pub fn line(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return Some(*line);
            }
            let cut = path.rfind(['.', '['])?;
            path = path.get(..cut)?;
        }
    }

    /// The fault `reason` at `path`.
    pub fn fault(&self, path: &str, reason: impl Into<String>) -> ContentError {
        ContentError { file: self.file.to_owned(), line: self.line(path), reason: reason.into() }
    }
}

/// A path as [`Source::line`] takes it, and its last key.
fn path_of(path: &serde_ignored::Path<'_>) -> (String, String) {
    use serde_ignored::Path;
    match path {
        Path::Root => (String::new(), String::new()),
        Path::Seq { parent, index } => (format!("{}[{index}]", path_of(parent).0), String::new()),
        Path::Map { parent, key } => {
            let parent = path_of(parent).0;
            let whole = if parent.is_empty() { key.clone() } else { format!("{parent}.{key}") };
            (whole, key.clone())
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => path_of(parent),
    }
}

/// One open list or mapping while the events of a YAML text go by.
enum Open {
    List { path: String, next: usize },
    Map { path: String, key: Option<(String, usize)> },
}

impl Open {
    /// The path of the value that comes next and the line it is to be looked for on, which is
    /// that of its key; nothing if what comes next is a key.
    fn next_path(&mut self, line: usize) -> Option<(String, usize)> {
        match self {
            Self::List { path, next } => {
                let at = format!("{path}[{next}]");
                *next += 1;
                Some((at, line))
            }
            Self::Map { path, key } => {
                let (key, line) = key.take()?;
                Some((if path.is_empty() { key } else { format!("{path}.{key}") }, line))
            }
        }
    }
}

fn lines_of(text: &str) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        let line = span.start.line();
        match event {
            Event::Scalar(..) | Event::Alias(_) => {
                let place = open.last_mut().and_then(|open| open.next_path(line));
                match (place, open.last_mut(), event) {
                    (Some((path, line)), _, _) => drop(lines.insert(path, line)),
                    (None, Some(Open::Map { key, .. }), Event::Scalar(name, ..)) => {
                        *key = Some((name.into_owned(), line));
                    }
                    _ => {}
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let place = open.last_mut().and_then(|open| open.next_path(line));
                let (path, line) = place.unwrap_or((String::new(), line));
                lines.insert(path.clone(), line);
                open.push(match event {
                    Event::SequenceStart(..) => Open::List { path, next: 0 },
                    _ => Open::Map { path, key: None },
                });
            }
            Event::SequenceEnd | Event::MappingEnd => drop(open.pop()),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_a_flow_mapping_has_the_line_it_stands_on() {
        let text = "a: 1\nrules:\n  - {id: L1, when: x}\n  - id: L2\n    when: y\n";
        let source = Source::new("x.yaml", text);
        assert_eq!(source.line("rules[0].when"), Some(3));
        assert_eq!(source.line("rules[1].when"), Some(5));
        assert_eq!(source.line("rules[1].absent"), Some(4));
    }

    #[test]
    fn a_text_cut_by_a_comma_is_noted_where_it_stands() {
        #[derive(serde::Deserialize)]
        struct Label {
            label: String,
        }
        let source =
            Source::new("x.yaml", "- {label: whole}\n- {label: A parent, carer or friend}");
        let (labels, noted) = source.read_and_note::<Vec<Label>>().unwrap();
        assert_eq!(labels[1].label, "A parent");
        assert_eq!(noted.len(), 1);
        assert!(noted[0].to_string().starts_with("x.yaml:2: unknown key `carer or friend`"));
    }

    #[test]
    fn a_fault_in_the_yaml_names_file_and_line() {
        let source = Source::new("x.yaml", "a: 1\nb: [1, 2\nc: 3\n");
        let fault = source.read::<BTreeMap<String, u8>>().unwrap_err();
        assert_eq!(fault.file, "x.yaml");
        assert!(fault.line.is_some());
    }
}
