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
        serde_yaml_ng::from_str(self.text).map_err(|fault| {
            let line = fault.location().map(|place| place.line());
            let reason = fault.to_string();
            let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
            ContentError { file: self.file.to_owned(), line, reason }
        })
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

/// One open list or mapping while the events of a YAML text go by.
enum Open {
    List { path: String, next: usize },
    Map { path: String, key: Option<String> },
}

impl Open {
    /// The path of the value that comes next, or nothing if what comes next is a key.
    fn next_path(&mut self) -> Option<String> {
        match self {
            Self::List { path, next } => {
                let at = format!("{path}[{next}]");
                *next += 1;
                Some(at)
            }
            Self::Map { path, key } => {
                let key = key.take()?;
                Some(if path.is_empty() { key } else { format!("{path}.{key}") })
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
                let path = open.last_mut().and_then(Open::next_path);
                match (path, open.last_mut(), event) {
                    (Some(path), _, _) => drop(lines.insert(path, line)),
                    (None, Some(Open::Map { key, .. }), Event::Scalar(name, ..)) => {
                        *key = Some(name.into_owned());
                    }
                    _ => {}
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let path = open.last_mut().and_then(Open::next_path).unwrap_or_default();
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
    fn a_fault_in_the_yaml_names_file_and_line() {
        let source = Source::new("x.yaml", "a: 1\nb: [1, 2\nc: 3\n");
        let fault = source.read::<BTreeMap<String, u8>>().unwrap_err();
        assert_eq!(fault.file, "x.yaml");
        assert!(fault.line.is_some());
    }
}
