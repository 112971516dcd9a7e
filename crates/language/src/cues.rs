//! Cue words: what stands beside a term in its sentence, read from `contexts.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::{Context, Entry, LexiconError};
use crate::template::each_form;
use crate::text::vocabulary::{Vocabulary, WordId};
use crate::trie::{Trie, phrase};

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Classes of cue words that the recognisers know by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { $($(#[$doc])* $name,)* }

        const NAMES: &[&str] = &[$($text,)*];
    };
}

classes! {
    Negator = "negator",
    NegatorBlocker = "negator-blocker",
    Denial = "denial",
    Rejection = "rejection",
    DeniedAfter = "denied-after",
    RejectedNext = "rejected-next",
    Opinion = "opinion",
    Wrong = "wrong",
    Naming = "naming",
    PersonLike = "person-like",
    WeakExploitation = "weak-exploitation",
    Breaker = "breaker",
    Finite = "finite",
    SubjectPronoun = "subject-pronoun",
    Reporting = "reporting",
    Preposition = "preposition",
    ChildNoun = "child-noun",
    ParentNoun = "parent-noun",
    AdultNoun = "adult-noun",
    ProfessionalNoun = "professional-noun",
    PerpetratorNoun = "perpetrator-noun",
    AgencyNoun = "agency-noun",
    AgencyOwner = "agency-owner",
    TitlePerson = "title-person",
    TitleProfessional = "title-professional",
    Feminine = "feminine",
    Masculine = "masculine",
    MentionNoun = "mention-noun",
    MentionOrder = "mention-order",
    MentionSay = "mention-say",
    MentionAfter = "mention-after",
    TitleNoun = "title-noun",
    Statute = "statute",
    Exploitation = "exploitation",
    Everyday = "everyday",
    TeenNumber = "teen-number",
    HealthAppointment = "health-appointment",
    Rejecting = "rejecting",
    NameNoun = "name-noun",
    ThingNoun = "thing-noun",
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet(u64);

impl ClassSet {
    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }

    pub(crate) fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The file of cues as it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueFile {
    pub(crate) version: String,
    classes: BTreeMap<String, Vec<String>>,
    groups: BTreeMap<String, Vec<String>>,
    things: Vec<String>,
    rules: Vec<RuleText>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    entries: Vec<String>,
    context: Context,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    near: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    after: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    next: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    previous: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unless: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
}

/// Words and phrases of one list of a rule.
#[derive(Default)]
pub(crate) struct List {
    words: WordSet,
    /// First words of the phrases.
    openers: WordSet,
    phrases: Vec<Vec<WordId>>,
}

/// A set of words, one bit each.
#[derive(Default)]
struct WordSet(Vec<u64>);

impl WordSet {
    fn add(&mut self, word: WordId) {
        let at = usize::from(word >> 6);
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= 1 << (word & 63);
        }
    }

    #[inline]
    fn has(&self, word: WordId) -> bool {
        self.0.get(usize::from(word >> 6)).is_some_and(|bits| bits & (1 << (word & 63)) != 0)
    }
}

impl List {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.0.is_empty() && self.phrases.is_empty()
    }

    #[inline]
    pub(crate) fn has_word(&self, word: WordId) -> bool {
        self.words.has(word)
    }

    /// Phrases, if any begins with `word`.
    #[inline]
    pub(crate) fn phrases_from(&self, word: WordId) -> &[Vec<WordId>] {
        if self.openers.has(word) { &self.phrases } else { &[] }
    }
}

/// In which company the words of an entry are right to use.
pub(crate) struct Rule {
    pub(crate) context: Context,
    pub(crate) before: List,
    pub(crate) near: List,
    pub(crate) after: List,
    pub(crate) next: List,
    pub(crate) previous: List,
    pub(crate) unless: List,
    /// Words of which the term must hold one.
    pub(crate) words: List,
}

/// All cues, compiled.
pub(crate) struct Cues {
    single: Vec<ClassSet>,
    phrases: Trie,
    phrase_classes: Vec<ClassSet>,
    rules: Vec<Rule>,
    by_entry: Vec<Vec<usize>>,
    things: Vec<bool>,
}

impl CueFile {
    /// Calls `take` with every word and phrase that `items` and the groups they name stand for.
    fn each_word(
        &self,
        items: &[String],
        take: &mut impl FnMut(&str) -> Result<(), LexiconError>,
    ) -> Result<(), LexiconError> {
        for item in items {
            if let Some(name) = item.strip_prefix('@') {
                let list = self.groups.get(name).or_else(|| self.classes.get(name));
                let list = list.ok_or_else(|| LexiconError::Read(format!("no group {name:?}")))?;
                for item in list {
                    each_form(item, take)?;
                }
            } else {
                each_form(item, take)?;
            }
        }
        Ok(())
    }
}

impl Cues {
    pub(crate) fn new(
        file: &CueFile,
        entries: &[Entry],
        words: &mut Vocabulary,
    ) -> Result<Self, LexiconError> {
        let mut cues = Self {
            single: Vec::new(),
            phrases: Trie::default(),
            phrase_classes: Vec::new(),
            rules: Vec::new(),
            by_entry: vec![Vec::new(); entries.len()],
            things: entries.iter().map(|entry| file.things.contains(&entry.id)).collect(),
        };
        for (name, items) in &file.classes {
            let Some(at) = NAMES.iter().position(|known| known == name) else {
                return Err(LexiconError::Read(format!("no class {name:?}")));
            };
            file.each_word(items, &mut |item| cues.put(item, ClassSet(1 << at), words))?;
        }
        for rule in &file.rules {
            let compiled = compile_rule(file, rule, words)?;
            for (own, entry) in cues.by_entry.iter_mut().zip(entries) {
                if rule.entries.iter().any(|id| *id == entry.id || id == "all") {
                    own.push(cues.rules.len());
                }
            }
            cues.rules.push(compiled);
        }
        cues.single.resize(words.len(), ClassSet::default());
        Ok(cues)
    }

    fn put(
        &mut self,
        text: &str,
        set: ClassSet,
        words: &mut Vocabulary,
    ) -> Result<(), LexiconError> {
        let ids = ids_of(text, words)?;
        if let [word] = ids.as_slice() {
            let at = usize::from(*word);
            if self.single.len() <= at {
                self.single.resize(at + 1, ClassSet::default());
            }
            if let Some(known) = self.single.get_mut(at) {
                known.add(set);
            }
        } else {
            let value = u32::try_from(self.phrase_classes.len()).unwrap_or(0);
            self.phrase_classes.push(set);
            self.phrases.insert(&ids, value);
        }
        Ok(())
    }

    /// Classes of a single word.
    pub(crate) fn of_word(&self, word: WordId) -> ClassSet {
        self.single.get(usize::from(word)).copied().unwrap_or_default()
    }

    /// Phrases of more than one word.
    pub(crate) fn phrases(&self) -> &Trie {
        &self.phrases
    }

    /// Classes of a phrase found by [`Cues::phrases`].
    pub(crate) fn of_phrase(&self, value: u32) -> ClassSet {
        self.phrase_classes.get(value as usize).copied().unwrap_or_default()
    }

    /// Whether the words of an entry may describe a thing, which is then let pass.
    pub(crate) fn may_be_a_thing(&self, entry: u16) -> bool {
        self.things.get(usize::from(entry)).copied().unwrap_or(false)
    }

    /// The rules of an entry.
    pub(crate) fn rules(&self, entry: u16) -> impl Iterator<Item = &Rule> {
        let own = self.by_entry.get(usize::from(entry)).into_iter().flatten();
        own.filter_map(|at| self.rules.get(*at))
    }
}

fn compile_rule(
    file: &CueFile,
    rule: &RuleText,
    words: &mut Vocabulary,
) -> Result<Rule, LexiconError> {
    let mut list = |items: &[String]| compile_list(file, items, words);
    Ok(Rule {
        context: rule.context,
        before: list(&rule.before)?,
        near: list(&rule.near)?,
        after: list(&rule.after)?,
        next: list(&rule.next)?,
        previous: list(&rule.previous)?,
        unless: list(&rule.unless)?,
        words: list(&rule.words)?,
    })
}

fn compile_list(
    file: &CueFile,
    items: &[String],
    words: &mut Vocabulary,
) -> Result<List, LexiconError> {
    let mut list = List::default();
    let mut ids = Vec::new();
    file.each_word(items, &mut |item| {
        ids.clear();
        phrase(item, words, &mut ids).ok_or(LexiconError::TooLarge("too many words"))?;
        match ids.as_slice() {
            [] => {}
            [word] => list.words.add(*word),
            [first, ..] => {
                list.openers.add(*first);
                list.phrases.push(ids.clone());
            }
        }
        Ok(())
    })?;
    Ok(list)
}

fn ids_of(text: &str, words: &mut Vocabulary) -> Result<Vec<WordId>, LexiconError> {
    let mut ids = Vec::new();
    phrase(text, words, &mut ids).ok_or(LexiconError::TooLarge("too many words"))?;
    Ok(ids)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_rule_speaks_of_entries_that_exist() {
        let file = crate::builtin::cues();
        let lexicon = crate::builtin::lexicon();
        let named = file.rules.iter().flat_map(|rule| &rule.entries).chain(&file.things);
        for id in named.filter(|id| *id != "all") {
            assert!(lexicon.entry(id).is_some(), "{id}");
        }
    }
}
