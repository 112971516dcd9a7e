//! The checker: finds terms, settles overlaps, asks the recognisers, reports.

mod candidate;
mod plain;
mod stream;

use crate::context::{Excuse, excuse};
use crate::cues::{CueFile, Cues};
use crate::finding::{Carried, Finding, Outcome, Report, Suppressed};
use crate::lexicon::{Context, Entry, Lexicon, LexiconError};
use crate::pattern::Pattern;
use crate::scene::{Room, Scene};
use crate::spelling::Spelling;
use crate::template::each_form;
use crate::text::paragraph;
use crate::text::position::{Cursor, Place};
use crate::text::token::{Token, tokenise};
use crate::text::vocabulary::{Vocabulary, WordId};
use crate::trie::{Hit, Trie, phrase};

pub use stream::Stream;

/// Words around a misspelt one that may belong to the same term.
const SLIP_WINDOW: usize = 8;

/// What a sequence in the tree of terms means.
#[derive(Clone, Copy)]
enum Value {
    /// A form of an entry.
    Form { entry: u16, cased: Option<u32> },
    /// A phrase that is never the term of an entry.
    Exception { entry: u16 },
    /// A word beside which the patterns of an entry are tried.
    Trigger { entry: u16 },
}

/// A lexicon made ready to check texts. Building takes a few milliseconds; checking borrows it.
pub struct Checker {
    entries: Vec<Entry>,
    /// What findings of each entry carry.
    carried: Vec<Carried>,
    version: String,
    words: Vocabulary,
    terms: Trie,
    values: Vec<Value>,
    /// Words of the case-sensitive forms as they must be written.
    cased: Vec<Vec<String>>,
    patterns: Vec<(u16, Pattern)>,
    /// Entries whose patterns are tried in every paragraph.
    untriggered: Vec<u16>,
    cues: Cues,
    spelling: Spelling,
    /// Words of forms, from which the spelling index is made; empty once it is.
    form_words: Vec<WordId>,
    /// Room for the words of one form.
    ids: Vec<WordId>,
}

/// Room that checks use again and again.
#[derive(Default)]
struct Scratch {
    tokens: Vec<Token>,
    hits: Vec<Hit>,
    cue_hits: Vec<Hit>,
    room: Room,
}

impl Checker {
    /// Makes `lexicon` ready.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Self::with_cues(lexicon, &crate::builtin::cues())
    }

    fn with_cues(lexicon: &Lexicon, file: &CueFile) -> Result<Self, LexiconError> {
        let mut words = Vocabulary::default();
        let cues = Cues::new(file, lexicon.entries(), &mut words)?;
        let mut checker = Self {
            entries: lexicon.entries().to_vec(),
            carried: lexicon.entries().iter().map(Carried::new).collect(),
            version: lexicon.version().to_owned(),
            words,
            terms: Trie::default(),
            values: Vec::new(),
            cased: Vec::new(),
            patterns: Vec::new(),
            untriggered: Vec::new(),
            cues,
            spelling: Spelling::default(),
            form_words: Vec::new(),
            ids: Vec::new(),
        };
        for (at, entry) in lexicon.entries().iter().enumerate() {
            let at = u16::try_from(at).map_err(|_| LexiconError::TooLarge("too many entries"))?;
            checker.add(at, entry)?;
        }
        // English words are known words from here on, so that they are not taken for slips.
        for word in crate::builtin::REAL_WORDS.lines().filter(|line| !line.starts_with('#')) {
            checker.words.intern(word);
        }
        let mut of_terms = std::mem::take(&mut checker.form_words);
        of_terms.sort_unstable();
        of_terms.dedup();
        checker.spelling = Spelling::new(&of_terms, &checker.words);
        Ok(checker)
    }

    fn add(&mut self, at: u16, entry: &Entry) -> Result<(), LexiconError> {
        for form in &entry.forms {
            each_form(form, &mut |form| {
                let cased = if entry.case_sensitive { self.cased_words(form) } else { None };
                self.put(form, Value::Form { entry: at, cased })
            })?;
        }
        for exception in &entry.exceptions {
            self.put(exception, Value::Exception { entry: at })?;
        }
        for trigger in &entry.triggers {
            self.put(trigger, Value::Trigger { entry: at })?;
        }
        for text in &entry.patterns {
            self.patterns.push((at, Pattern::new(text)));
        }
        if entry.triggers.is_empty() && !entry.patterns.is_empty() {
            self.untriggered.push(at);
        }
        Ok(())
    }

    fn put(&mut self, text: &str, value: Value) -> Result<(), LexiconError> {
        let too_many = LexiconError::TooLarge("too many words");
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        phrase(text, &mut self.words, &mut ids).ok_or(too_many)?;
        if ids.is_empty() {
            return Ok(());
        }
        let index = u32::try_from(self.values.len())
            .map_err(|_| LexiconError::TooLarge("too many forms"))?;
        if matches!(value, Value::Form { cased: None, .. }) {
            self.form_words.extend_from_slice(&ids);
        }
        self.values.push(value);
        self.terms.insert(&ids, index);
        self.ids = ids;
        Ok(())
    }

    fn cased_words(&mut self, form: &str) -> Option<u32> {
        let words: Vec<String> =
            form.split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        self.cased.push(words);
        u32::try_from(self.cased.len() - 1).ok()
    }

    /// Version of the lexicon, to be stored with what was checked.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The entry of an id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// All entries, in the order of the lexicon.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Checks a whole text.
    pub fn check(&self, text: &str) -> Report {
        let mut report = Report::default();
        let mut stream = self.stream();
        stream.whole(text, &mut |outcome| report.take(outcome));
        report
    }

    /// A check that takes a text piece by piece and keeps no more than a paragraph of it.
    pub fn stream(&self) -> Stream<'_> {
        Stream {
            checker: self,
            rest: String::new(),
            place: Place::default(),
            scratch: Scratch::default(),
        }
    }

    /// Counts the terms of a text without asking for their context: the plain matcher alone.
    pub fn count_terms(&self, text: &str) -> usize {
        let mut scratch = Scratch::default();
        let mut rest = text;
        let mut count = 0;
        while !rest.is_empty() {
            let (paragraph, tail) = rest.split_at(paragraph::first_len(rest));
            tokenise(paragraph, &self.words, &mut scratch.tokens);
            scratch.hits.clear();
            self.terms.find(&scratch.tokens, &mut scratch.hits);
            count += scratch.hits.len();
            rest = tail;
        }
        count
    }

    fn paragraph(
        &self,
        text: &str,
        base: Place,
        scratch: &mut Scratch,
        take: &mut impl FnMut(Outcome),
    ) {
        let Scratch { tokens, hits, cue_hits, room } = scratch;
        tokenise(text, &self.words, tokens);
        hits.clear();
        self.terms.find(tokens, hits);
        let exact = hits.len();
        self.slips(text, tokens, hits);
        if hits.is_empty() && self.untriggered.is_empty() {
            return;
        }
        let candidates = self.candidates(text, tokens, hits, exact);
        if candidates.is_empty() {
            return;
        }
        let scene = Scene::new(text, tokens, &self.cues, cue_hits, std::mem::take(room));
        let mut cursor = Cursor { text, place: base, at: 0 };
        for candidate in candidates {
            let number = usize::from(candidate.entry);
            let (Some(entry), Some(carried)) = (self.entries.get(number), self.carried.get(number))
            else {
                continue;
            };
            let span = cursor.span(&candidate.bytes);
            let matched = text.get(candidate.bytes.clone()).unwrap_or("");
            let site = scene.site(candidate.first, candidate.last);
            let excuse = match candidate.exception {
                Some(phrase) => Some(Excuse::new(
                    Context::OtherSense,
                    format!("“{}” is another term", text.get(phrase).unwrap_or("")),
                )),
                None => excuse(&scene, &site, candidate.entry, entry, &self.cues),
            };
            take(match excuse {
                Some(Excuse { context, because }) => Outcome::Suppressed(Suppressed {
                    span,
                    entry: entry.id.clone(),
                    matched: matched.to_owned(),
                    context,
                    because,
                }),
                None => {
                    Outcome::Finding(Finding::new(span, entry, carried, matched, candidate.slip))
                }
            });
        }
        *room = scene.into_room();
    }
}
