//! An instrument as forms: every part of its file as a list of entries, every entry as fields.
//!
//! [`PARTS`] says what there is to edit. [`Place`] is a part of one file, [`Place::form`] what its
//! form shows, and [`Place::read`] the file that a filled form makes. What a form does not show
//! stays as it was, so a form loses nothing; a form never breaks a file that could be read.

mod apply;
mod differ;
mod lists;
mod parts;
mod values;
mod words;
mod yaml;

pub use apply::{Fault, Move};
pub use differ::{Difference, differences};
pub use lists::choices;
pub use parts::PARTS;
pub use words::rules_in_words;
pub use yaml::{read_file, write_file};

use serde_json::Value;

use crate::instrument::InstrumentFile;

/// What a form knows that stands in no file: the codes of an outside list, each with its label.
pub type Opens<'a> = &'a [(String, String)];

/// A part of an instrument's file.
#[derive(Debug)]
pub struct Part {
    /// Its id, used in addresses.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is for.
    pub explain: &'static str,
    /// What one entry is called.
    pub one: &'static str,
    /// How its entries are kept.
    pub shape: Shape,
    /// Where it stands in the file; `{}` stands for the group.
    at: &'static str,
    /// What an entry asks for.
    pub fields: &'static [Field],
    /// The fields that name an entry in a list.
    named_by: &'static [&'static str],
    /// The keys that a new entry has beside its fields.
    holds: &'static [&'static str],
}

/// How the entries of a part are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One entry that is always there.
    One,
    /// A list, to which entries may be added.
    List,
    /// A list whose entries are fixed by the format.
    Fixed,
    /// Entries by their key, to which entries may be added.
    Map,
    /// Entries by a key that the format fixes.
    FixedMap,
}

impl Shape {
    /// Whether entries may be added and removed.
    #[must_use]
    pub fn grows(self) -> bool {
        matches!(self, Self::List | Self::Map)
    }
}

/// What one field asks for.
#[derive(Debug)]
pub struct Field {
    /// Where its value stands in the entry; empty when the entry itself is the value.
    key: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Its hint.
    pub hint: &'static str,
    /// What may be typed.
    pub kind: Kind,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Field {
    /// Its name in a form.
    #[must_use]
    pub fn name(&self) -> String {
        if self.key.is_empty() { "values".to_owned() } else { self.key.replace('/', "-") }
    }
}

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A short text in one line.
    Line,
    /// A text.
    Text,
    /// A whole number up to this one.
    Whole(u64),
    /// A number, which may have decimals.
    Decimal,
    /// Yes or no.
    Tick,
    /// One of a list.
    One(Of),
    /// Several of a list.
    Many(Of),
    /// Several texts, one a line.
    Lines,
    /// Several ids of a list, with commas between them.
    Ids(Of),
    /// The same, or nothing at all; the word `none` says that there are none.
    IdsOrNone(Of),
    /// A condition of a rule.
    Condition,
    /// A condition of a prompt, which also knows the level.
    PromptCondition,
    /// When an overlay is set.
    SetWhen,
    /// The key of an entry that is kept by its key.
    Key,
}

/// Where the choices of a field come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The weight classes.
    Classes,
    /// The forms of exploitation.
    Types,
    /// The levels.
    Levels,
    /// The overlays.
    Overlays,
    /// The prompts.
    Prompts,
    /// The level rules and floors.
    Rules,
    /// The indicators.
    Indicators,
    /// The routes of this file.
    Routes,
    /// The four responses.
    Responses,
    /// What the program can open once a level is decided.
    Opens,
    /// Whether the instrument is a screen or an assessment.
    Purposes,
    /// What a form may ask for beside an answer.
    Required,
    /// The records from which a form may fill in an answer.
    Computed,
}

/// A part of one file: for questions and actions, with the group they belong to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The part.
    pub part: &'static Part,
    /// The section of questions, or the level or overlay of actions, counted from 0.
    pub group: Option<usize>,
}

/// An entry as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id or key, where it has one.
    pub id: String,
    /// Its words.
    pub words: String,
}

/// The names of a form's fields with what they hold: several values where several may be chosen.
pub type Filled = Vec<(String, Vec<String>)>;

impl Place {
    /// Reads the end of an address, such as `levels` or `questions.2`.
    #[must_use]
    pub fn from_address(text: &str) -> Option<Self> {
        let (id, group) = match text.split_once('.') {
            Some((id, group)) => (id, Some(group.parse().ok()?)),
            None => (text, None),
        };
        let part = PARTS.iter().find(|part| part.id == id)?;
        (part.is_grouped() == group.is_some()).then_some(Self { part, group })
    }

    /// The end of its address.
    #[must_use]
    pub fn address(&self) -> String {
        match self.group {
            Some(group) => format!("{}.{group}", self.part.id),
            None => self.part.id.to_owned(),
        }
    }

    /// Every place of a file, in the order in which people read it.
    #[must_use]
    pub fn all(file: &InstrumentFile) -> Vec<Self> {
        let places = PARTS.iter().flat_map(|part| {
            if !part.is_grouped() {
                return vec![Self { part, group: None }];
            }
            let groups = 0..part.groups(file).len();
            groups.map(|group| Self { part, group: Some(group) }).collect()
        });
        places.filter(|place| place.pointer(file).is_some()).collect()
    }

    /// Its title; for a grouped part with the name of the group.
    #[must_use]
    pub fn title(&self, file: &InstrumentFile) -> String {
        match self.group.and_then(|at| self.part.groups(file).into_iter().nth(at)) {
            Some((_, name)) => format!("{}: {name}", self.part.title),
            None => self.part.title.to_owned(),
        }
    }

    /// Where it stands in the file as JSON; nothing where this file has no such part.
    fn pointer(&self, file: &InstrumentFile) -> Option<String> {
        if self.part.id == "judgement" && file.judgement.is_none() {
            return None;
        }
        let Some(group) = self.group else { return Some(self.part.at.to_owned()) };
        let (key, _) = self.part.groups(file).into_iter().nth(group)?;
        Some(self.part.at.replace("{}", &escaped(&key)))
    }

    /// Its entries, in the order of the file.
    #[must_use]
    pub fn entries(&self, file: &InstrumentFile) -> Vec<Entry> {
        let Some(pointer) = self.pointer(file) else { return Vec::new() };
        let whole = yaml::as_json(file);
        let found = whole.pointer(&pointer).unwrap_or(&Value::Null);
        let named = |key: Option<&String>, entry: &Value| {
            let words = self.part.named_by.iter().filter_map(|name| entry.get(name)?.as_str());
            let id = entry.get("id").and_then(Value::as_str).map(str::to_owned);
            Entry {
                id: key.cloned().or(id).unwrap_or_default(),
                words: words.collect::<Vec<_>>().join(", "),
            }
        };
        match found {
            Value::Array(list) if self.part.shape != Shape::One => {
                list.iter().map(|entry| named(None, entry)).collect()
            }
            Value::Object(map) if matches!(self.part.shape, Shape::Map | Shape::FixedMap) => {
                map.iter().map(|(key, entry)| named(Some(key), entry)).collect()
            }
            Value::Object(_) => vec![Entry { id: String::new(), words: self.part.title.into() }],
            _ => Vec::new(),
        }
    }

    /// What the form of an entry holds; of a new one with `None`.
    #[must_use]
    pub fn form(&self, file: &InstrumentFile, entry: Option<usize>) -> Option<Filled> {
        let whole = yaml::as_json(file);
        let none = Value::Null;
        let (key, value) = match entry {
            Some(at) => {
                let (key, pointer) = self.entry_pointer(file, &whole, at)?;
                (key, whole.pointer(&pointer)?)
            }
            None => (String::new(), &none),
        };
        let shown = |field: &Field| {
            let held = match field.kind {
                Kind::Key => vec![key.clone()],
                kind => values::shown(kind, values::get(value, field.key)),
            };
            (field.name(), held)
        };
        Some(self.part.fields.iter().map(shown).collect())
    }

    /// The key of an entry, where it has one, and where it stands.
    fn entry_pointer(
        &self,
        file: &InstrumentFile,
        whole: &Value,
        at: usize,
    ) -> Option<(String, String)> {
        let pointer = self.pointer(file)?;
        match (self.part.shape, whole.pointer(&pointer)?) {
            (Shape::One, Value::Object(_)) => (at == 0).then_some((String::new(), pointer)),
            (_, Value::Array(list)) => {
                (at < list.len()).then(|| (String::new(), format!("{pointer}/{at}")))
            }
            (_, Value::Object(map)) => {
                let key = map.keys().nth(at)?;
                Some((key.clone(), format!("{pointer}/{}", escaped(key))))
            }
            _ => None,
        }
    }
}

impl Part {
    /// Whether its entries belong to groups of another part.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.at.contains("{}")
    }

    /// The groups: how each stands in the file, and its name.
    fn groups(&self, file: &InstrumentFile) -> Vec<(String, String)> {
        if self.id == "questions" {
            let sections = file.sections.iter().enumerate();
            return sections.map(|(at, one)| (at.to_string(), one.title.clone())).collect();
        }
        let overlays = file.overlays.iter().map(|one| (one.id.clone(), one.label.clone()));
        let levels = file.levels.iter().rev().map(|one| (one.id.clone(), one.label.clone()));
        overlays.chain(levels).collect()
    }
}

/// A key as part of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
