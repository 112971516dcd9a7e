//! The lexicon: terms, why they harm, what to write instead, and when they are right to use.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::template::expand;

/// How strongly a finding is put to the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A matter of style: a kinder or plainer word exists.
    Style,
    /// Consider other words.
    Consider,
    /// Blames, criminalises or implies consent: change it.
    MustChange,
}

impl Severity {
    /// The name used in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Style => "style",
            Self::Consider => "consider",
            Self::MustChange => "must-change",
        }
    }
}

/// What kind of harm the words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Puts responsibility for harm on the child.
    Blame,
    /// Suggests that a child agreed to abuse.
    ConsentImplying,
    /// Makes harm sound smaller than it is.
    Minimising,
    /// Speaks of a harmed child as an offender.
    Criminalising,
    /// Turns a person into a label.
    Labelling,
    /// Words that only workers understand.
    Jargon,
    /// Care-system words that children in care ask us not to use.
    CareLanguage,
}

impl Category {
    /// The name used in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blame => "blame",
            Self::ConsentImplying => "consent-implying",
            Self::Minimising => "minimising",
            Self::Criminalising => "criminalising",
            Self::Labelling => "labelling",
            Self::Jargon => "jargon",
            Self::CareLanguage => "care-language",
        }
    }

    /// What words of this kind do, to complete "these words ...".
    pub fn effect(self) -> &'static str {
        match self {
            Self::Blame => "can blame a child for harm done to them",
            Self::ConsentImplying => "can suggest that a child agreed to abuse",
            Self::Minimising => "can make harm sound smaller than it is",
            Self::Criminalising => "can treat a harmed child as an offender",
            Self::Labelling => "label a person instead of saying what happened",
            Self::Jargon => "are jargon that families may not understand",
            Self::CareLanguage => "are care-system words that children ask us not to use",
        }
    }
}

/// A context in which the words of an entry are right to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Someone's own words, in quotation marks.
    Quote,
    /// The words themselves are discussed.
    Mention,
    /// The sentence denies or rejects it.
    Negation,
    /// The title of a policy, guide, service, team, book or Act.
    Title,
    /// A term fixed by statute, court order, form or data return.
    Statutory,
    /// Another meaning of the same words.
    OtherSense,
    /// The person described is an adult.
    Adult,
    /// The person described is the one who exploits or is suspected.
    Perpetrator,
    /// The subject is a service or organisation.
    Agency,
    /// Established clinical use.
    Medical,
    /// A condition of the entry does not hold; see [`Requirement`].
    Requirement,
}

impl Context {
    /// The name used in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Mention => "mention",
            Self::Negation => "negation",
            Self::Title => "title",
            Self::Statutory => "statutory",
            Self::OtherSense => "other-sense",
            Self::Adult => "adult",
            Self::Perpetrator => "perpetrator",
            Self::Agency => "agency",
            Self::Medical => "medical",
            Self::Requirement => "requirement",
        }
    }
}

/// What must hold before the words of an entry are raised at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// The person described is a child (the default where nothing says otherwise).
    ChildSubject,
    /// The sentence is about exploitation, not about everyday choices.
    ExploitationContext,
    /// The person described is under 16, or of no stated age.
    #[serde(rename = "age-under-16")]
    AgeUnder16,
    /// An appointment for a child's health.
    ChildHealthAppointment,
}

/// Where an entry comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title and publisher.
    pub title: String,
    /// Address of the page; empty when it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// One term with its forms.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable name, never renamed.
    pub id: String,
    /// Kind of harm.
    pub category: Category,
    /// Strength of the advice.
    pub severity: Severity,
    /// Templates of the words: `(a|b|)` is a choice, an empty branch means optional.
    pub forms: Vec<String>,
    /// Further regular expressions, tried in paragraphs that hold one of `triggers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<String>,
    /// Words of which every match of `patterns` holds one; without them every paragraph is tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
    /// Capitals matter in words that hold a capital.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub case_sensitive: bool,
    /// Condition for raising it at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requires: Option<Requirement>,
    /// The entry is also about parents and carers, so an adult of the family is no exemption.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parents_too: bool,
    /// Why the words harm.
    pub why: String,
    /// What to write instead, best first.
    pub alternatives: Vec<String>,
    /// Contexts in which the words are right.
    pub allow: Vec<Context>,
    /// Phrases that are never this term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<String>,
    /// Notes on other meanings, for editors.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub context_note: String,
    /// How well the sources carry it: `seen`, `guide` or `practice`.
    pub evidence: String,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

impl Entry {
    /// Whether `context` excuses the words.
    pub fn allows(&self, context: Context) -> bool {
        self.allow.contains(&context)
    }

    /// Its words as a reader of a list sees them: the first form that each template stands for.
    pub fn shown(&self) -> Vec<String> {
        let first = |template: &String| {
            let mut found = None;
            let _ = crate::template::each_form(template, &mut |form| {
                found = Some(form.to_owned());
                Err(())
            });
            found
        };
        let forms: Vec<String> = self.forms.iter().filter_map(first).collect();
        if forms.is_empty() { vec![self.id.replace('-', " ")] } else { forms }
    }
}

/// About the lexicon as a whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Meta {
    /// Name of the list.
    pub name: String,
    /// Version, stored with every record that was checked by it.
    pub version: String,
    /// BCP 47 language.
    pub language: String,
    /// Day it was compiled, `YYYY-MM-DD`.
    pub compiled: String,
    /// How far it has been reviewed.
    #[serde(default)]
    pub status: String,
}

/// A checked list of entries.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    meta: Meta,
    entries: Vec<Entry>,
}

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The file is not readable as a lexicon.
    #[error("the lexicon cannot be read: {0}")]
    Read(String),
    /// An entry breaks a rule.
    #[error("entry {id}: {problem}")]
    Entry {
        /// Name of the entry.
        id: String,
        /// The rule that it breaks.
        problem: String,
    },
    /// More words or forms than the matcher can number.
    #[error("the lexicon is too large: {0}")]
    TooLarge(&'static str),
}

impl LexiconError {
    fn entry(id: &str, problem: impl Into<String>) -> Self {
        Self::Entry { id: id.to_owned(), problem: problem.into() }
    }
}

impl Lexicon {
    /// Reads and validates a lexicon file.
    pub fn from_yaml(text: &str) -> Result<Self, LexiconError> {
        let lexicon: Self =
            serde_yaml_ng::from_str(text).map_err(|error| LexiconError::Read(error.to_string()))?;
        lexicon.validate()?;
        Ok(lexicon)
    }

    /// The lexicon that this crate carries.
    pub fn builtin() -> Self {
        crate::builtin::lexicon()
    }

    /// This lexicon with local entries added. A local entry with a known id takes its place.
    pub fn with_local(mut self, local: Self) -> Result<Self, LexiconError> {
        for entry in local.entries {
            match self.entries.iter_mut().find(|known| known.id == entry.id) {
                Some(known) => *known = entry,
                None => self.entries.push(entry),
            }
        }
        self.meta.version = format!("{}+{}", self.meta.version, local.meta.version);
        self.validate()?;
        Ok(self)
    }

    /// This lexicon without the entries of these ids.
    #[must_use]
    pub fn without(mut self, ids: &[String]) -> Self {
        self.entries.retain(|entry| !ids.contains(&entry.id));
        self
    }

    /// Version, to be stored with what was checked.
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// About the list as a whole.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// All entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of an id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    fn validate(&self) -> Result<(), LexiconError> {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for entry in &self.entries {
            validate_fields(entry)?;
            for form in entry.forms.iter().flat_map(|form| expand(form)) {
                let key = if entry.case_sensitive { form } else { form.to_lowercase() };
                match owners.insert(key.clone(), &entry.id) {
                    Some(other) if other != entry.id => {
                        let problem = format!("the form {key:?} is also in {other}");
                        return Err(LexiconError::entry(&entry.id, problem));
                    }
                    _ => {}
                }
            }
        }
        let mut ids: Vec<&str> = self.entries.iter().map(|entry| entry.id.as_str()).collect();
        ids.sort_unstable();
        for (one, next) in ids.iter().zip(ids.iter().skip(1)) {
            if one == next {
                return Err(LexiconError::entry(one, "two entries have this id"));
            }
        }
        Ok(())
    }
}

fn validate_fields(entry: &Entry) -> Result<(), LexiconError> {
    let bad = |problem: &str| Err(LexiconError::entry(&entry.id, problem));
    let id_ok = !entry.id.is_empty()
        && entry.id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
    if !id_ok {
        return bad("an id is lower-case words joined by hyphens");
    }
    if entry.forms.iter().all(|form| form.trim().is_empty()) && entry.patterns.is_empty() {
        return bad("it has no forms");
    }
    if entry.why.trim().is_empty() {
        return bad("it does not say why the words harm");
    }
    if !(1..=4).contains(&entry.alternatives.len()) {
        return bad("it wants one to four alternatives");
    }
    if entry.sources.is_empty() || entry.sources.iter().any(|source| source.title.is_empty()) {
        return bad("it wants a source with a title");
    }
    if !matches!(entry.evidence.as_str(), "seen" | "guide" | "practice") {
        return bad("evidence is seen, guide or practice");
    }
    if entry.allow.contains(&Context::Requirement) {
        return bad("requirement is not a context an entry can allow");
    }
    for pattern in &entry.patterns {
        if let Err(error) = crate::pattern::compile(pattern) {
            return Err(LexiconError::entry(&entry.id, error));
        }
    }
    Ok(())
}
