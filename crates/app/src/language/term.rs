//! A term of the lexicon as people read and type it.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tessera_core::errors::{FieldErrors, optional_text, required_text};
use tessera_language::{Category, Entry, Severity};

/// A term as shown in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// Some of its forms, the first of each pattern of words.
    pub shown: Vec<String>,
    /// Kind of harm, as an id.
    pub category: &'static str,
    /// What words of this kind do.
    pub effect: &'static str,
    /// Strength of the advice, as an id.
    pub severity: &'static str,
    /// Why the words harm.
    pub why: String,
    /// What to write instead.
    pub alternatives: Vec<String>,
    /// The contexts in which the words are right, as ids.
    pub allow: Vec<&'static str>,
    /// Title and address of each source.
    pub sources: Vec<(String, String)>,
}

impl From<&Entry> for Term {
    fn from(entry: &Entry) -> Self {
        Self {
            id: entry.id.clone(),
            shown: entry.shown(),
            category: entry.category.name(),
            effect: entry.category.effect(),
            severity: entry.severity.name(),
            why: entry.why.clone(),
            alternatives: entry.alternatives.clone(),
            allow: entry.allow.iter().map(|context| context.name()).collect(),
            sources: entry.sources.iter().map(|s| (s.title.clone(), s.url.clone())).collect(),
        }
    }
}

impl Term {
    /// Every kind of harm: id, and what words of that kind do.
    #[must_use]
    pub fn categories() -> [(&'static str, &'static str); 7] {
        [
            Category::Blame,
            Category::ConsentImplying,
            Category::Minimising,
            Category::Criminalising,
            Category::Labelling,
            Category::Jargon,
            Category::CareLanguage,
        ]
        .map(|category| (category.name(), category.effect()))
    }

    /// Every strength of advice, the strongest first.
    #[must_use]
    pub fn severities() -> [&'static str; 3] {
        [Severity::MustChange, Severity::Consider, Severity::Style].map(Severity::name)
    }

    /// The contexts that a local entry may allow.
    pub const CONTEXTS: [&'static str; 9] = [
        "quote",
        "mention",
        "negation",
        "title",
        "statutory",
        "adult",
        "perpetrator",
        "agency",
        "medical",
    ];

    /// The conditions that a local entry may set.
    pub const REQUIREMENTS: [&'static str; 4] =
        ["child-subject", "exploitation-context", "age-under-16", "child-health-appointment"];

    /// Whether its words, reason or alternatives hold `wanted`, which is in lower case.
    #[must_use]
    pub fn holds(&self, wanted: &str) -> bool {
        let texts = self.shown.iter().chain(&self.alternatives).chain([&self.id, &self.why]);
        texts.into_iter().any(|text| text.to_lowercase().contains(wanted))
    }
}

/// A local entry as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawTerm {
    /// The id of the entry that is changed; empty for a new one.
    pub entry: String,
    /// The words to find, one form a line.
    pub forms: String,
    /// Why they harm.
    pub why: String,
    /// What to write instead, one a line.
    pub alternatives: String,
    /// Kind of harm.
    pub category: String,
    /// Strength of the advice.
    pub severity: String,
    /// What must hold before the words are raised; empty for nothing.
    pub requires: String,
    /// Contexts in which the words are right.
    pub allow: Vec<String>,
    /// Phrases that are never this term, one a line.
    pub exceptions: String,
    /// Where the advice comes from.
    pub source: String,
    /// Its address.
    pub source_url: String,
    /// Why it is proposed.
    pub term_reason: String,
    /// The button that was pressed: `try` or `propose`.
    pub act: String,
}

const LINE: usize = 400;

impl RawTerm {
    /// An entry as it would be typed, to change it.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let source = entry.sources.first();
        Self {
            entry: entry.id.clone(),
            forms: entry.forms.join("\n"),
            why: entry.why.clone(),
            alternatives: entry.alternatives.join("\n"),
            category: entry.category.name().to_owned(),
            severity: entry.severity.name().to_owned(),
            requires: json!(entry.requires).as_str().unwrap_or_default().to_owned(),
            allow: entry.allow.iter().map(|context| context.name().to_owned()).collect(),
            exceptions: entry.exceptions.join("\n"),
            source: source.map(|s| s.title.clone()).unwrap_or_default(),
            source_url: source.map(|s| s.url.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The entry that was typed, or everything that is wrong with it.
    pub(super) fn check(&self, old: Option<&Entry>) -> Result<Entry, FieldErrors> {
        let mut e = FieldErrors::default();
        let forms = lines(&mut e, "forms", &self.forms, 40);
        if forms.is_empty() {
            e.add("forms", "Type the words to find, one form a line");
        }
        let alternatives = lines(&mut e, "alternatives", &self.alternatives, 4);
        if alternatives.is_empty() {
            e.add("alternatives", "Type what to write instead: one to four, one a line");
        }
        let exceptions = lines(&mut e, "exceptions", &self.exceptions, 40);
        let why = required_text(&mut e, "why", &self.why, 600, "Say why these words harm");
        let missing = "Say where this advice comes from";
        let source = required_text(&mut e, "source", &self.source, LINE, missing);
        let url = optional_text(&mut e, "source_url", &self.source_url, 600).unwrap_or_default();
        let web = url.starts_with("https://") || url.starts_with("http://");
        if !url.is_empty() && !web {
            e.add("source_url", "Begin the address with https:// or http://, or leave it out");
        }
        if !Term::categories().iter().any(|(id, _)| *id == self.category) {
            e.add("category", "Choose what these words do");
        }
        if !Term::severities().contains(&self.severity.as_str()) {
            e.add("severity", "Choose how strong the advice is");
        }
        if !self.requires.is_empty() && !Term::REQUIREMENTS.contains(&self.requires.as_str()) {
            e.add("requires", "Choose from the list");
        }
        let id = if self.entry.is_empty() { id_of(&forms) } else { self.entry.clone() };
        if id.is_empty() && !forms.is_empty() {
            e.add("forms", "Begin with a form of letters");
        }
        let (forms, why, source) = e.into_result((forms, why, source))?;
        let allow: Vec<&str> =
            Term::CONTEXTS.into_iter().filter(|c| self.allow.iter().any(|a| a == c)).collect();
        let mut body = match old {
            // What the form does not show of an entry that ships is kept.
            Some(old) => json!(old),
            None => Value::Object(Map::new()),
        };
        let requires = (!self.requires.is_empty()).then_some(&self.requires);
        let mut allow: Vec<Value> = allow.into_iter().map(Value::from).collect();
        if old.is_some_and(|old| old.allow.iter().any(|c| c.name() == "other-sense")) {
            allow.push("other-sense".into());
        }
        if let Some(map) = body.as_object_mut() {
            let mut sources = vec![json!({ "title": source, "url": url })];
            let kept = old.map(|old| json!(old.sources)).unwrap_or_default();
            sources.extend(kept.as_array().into_iter().flatten().skip(1).cloned());
            for (key, value) in [
                ("id", json!(id)),
                ("forms", json!(forms)),
                ("why", json!(why)),
                ("alternatives", json!(alternatives)),
                ("category", json!(self.category)),
                ("severity", json!(self.severity)),
                ("allow", json!(allow)),
                ("exceptions", json!(exceptions)),
                ("evidence", json!("practice")),
                ("sources", json!(sources)),
                ("requires", json!(requires)),
            ] {
                map.insert(key.to_owned(), value);
            }
        }
        serde_json::from_value(body).map_err(|error| FieldErrors::one("forms", error.to_string()))
    }
}

/// The lines of a box, each tidied; too many or too long is an error beside it.
fn lines(e: &mut FieldErrors, field: &str, text: &str, most: usize) -> Vec<String> {
    let found: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    if found.len() > most {
        e.add(field, format!("Give at most {most} lines"));
    }
    if found.iter().any(|line| line.chars().count() > LINE || stands_for(line) > MOST_FORMS) {
        e.add(field, "Make shorter lines with fewer choices of several in a row");
    }
    found
}

/// The most forms that one line may stand for.
const MOST_FORMS: usize = 2_000;

/// How many forms a line stands for: choices in brackets multiply.
fn stands_for(line: &str) -> usize {
    let groups = line.split('(').skip(1).map(|group| group.split(')').next().unwrap_or_default());
    groups.fold(1_usize, |all, group| all.saturating_mul(group.matches('|').count() + 1))
}

/// An id made of the first form: `local-bad-lot`.
fn id_of(forms: &[String]) -> String {
    let first = forms.first().map(|form| first_choice(form).to_lowercase()).unwrap_or_default();
    let words: Vec<String> = first
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_owned)
        .collect();
    if words.is_empty() { String::new() } else { format!("local-{}", words.join("-")) }
}

/// A form with the first choice of each bracket.
fn first_choice(form: &str) -> String {
    let mut parts = form.split('(');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (choices, rest) = part.split_once(')').unwrap_or((part, ""));
        plain.push_str(choices.split('|').next().unwrap_or_default());
        plain.push_str(rest);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> RawTerm {
        RawTerm {
            forms: "bad (lot|apple)\n  wrong   sort ".into(),
            why: "It sorts people into good and bad.".into(),
            alternatives: "describe what happened".into(),
            category: "labelling".into(),
            severity: "consider".into(),
            allow: vec!["quote".into()],
            source: "Marlbrook young people's panel, 2026".into(),
            ..RawTerm::default()
        }
    }

    #[test]
    fn a_term_as_typed_becomes_an_entry() {
        let entry = typed().check(None).unwrap();
        assert_eq!(entry.id, "local-bad-lot");
        assert_eq!(entry.forms, ["bad (lot|apple)", "wrong sort"]);
        assert_eq!(RawTerm::of(&entry).forms, "bad (lot|apple)\nwrong sort");
    }

    #[test]
    fn a_line_that_stands_for_too_many_forms_is_refused() {
        let choice = "(a|b|c|d|e|f|g)";
        let raw = RawTerm { forms: [choice; 6].join(" "), ..typed() };
        assert!(raw.check(None).unwrap_err().of("forms").is_some());
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let errors = RawTerm::default().check(None).unwrap_err();
        for field in ["forms", "why", "alternatives", "category", "severity", "source"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn every_entry_that_ships_can_be_changed_and_keeps_what_the_form_does_not_show() {
        for old in tessera_language::Lexicon::builtin().entries() {
            let mut raw = RawTerm::of(old);
            raw.why = "Another reason.".into();
            if raw.forms.is_empty() {
                raw.forms = "something else".into();
            }
            let new = raw.check(Some(old));
            let new = new.unwrap_or_else(|errors| panic!("{}: {:?}", old.id, errors.0));
            assert_eq!((&new.id, &new.patterns), (&old.id, &old.patterns));
            let allows = |entry: &Entry| {
                let names = entry.allow.iter().map(|context| context.name());
                names.collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!((allows(&new), new.requires), (allows(old), old.requires), "{}", old.id);
            assert_eq!(new.sources, old.sources, "{}", old.id);
            assert_eq!(new.why, "Another reason.");
        }
    }
}
