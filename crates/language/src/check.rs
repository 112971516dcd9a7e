//! The checker: finds terms, settles overlaps, asks the recognisers, reports.

use regex_automata::meta::Regex;

use crate::context::{Excuse, excuse};
use crate::cues::{CueFile, Cues};
use crate::finding::{Carried, Finding, Outcome, Report, Suppressed};
use crate::lexicon::{Context, Entry, Lexicon, LexiconError};
use crate::pattern::Pattern;
use crate::scene::{Room, Scene};
use crate::spelling::Spelling;
use crate::template::each_form;
use crate::text::paragraph;
use crate::text::position::{Place, Span};
use crate::text::token::{Token, tokenise};
use crate::text::vocabulary::{UNKNOWN, Vocabulary, WordId};
use crate::trie::{Hit, Trie, phrase};

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

/// A check in progress; see [`Checker::stream`].
pub struct Stream<'a> {
    checker: &'a Checker,
    /// What may still be the beginning of a longer paragraph.
    rest: String,
    place: Place,
    scratch: Scratch,
}

impl Stream<'_> {
    /// Takes the next piece of the text and hands over what is found in finished paragraphs.
    pub fn push(&mut self, piece: &str, mut take: impl FnMut(Outcome)) {
        let mut text = std::mem::take(&mut self.rest);
        text.push_str(piece);
        let mut rest = text.as_str();
        loop {
            let len = paragraph::first_len(rest);
            if len == rest.len() && !paragraph::is_full(rest) {
                break;
            }
            rest = self.one(rest, len, &mut take);
        }
        rest.clone_into(&mut self.rest);
    }

    /// Ends the text and hands over what is found in its last paragraph.
    pub fn finish(mut self, mut take: impl FnMut(Outcome)) {
        let rest = std::mem::take(&mut self.rest);
        self.whole(&rest, &mut take);
    }

    fn whole(&mut self, text: &str, take: &mut impl FnMut(Outcome)) {
        let mut rest = text;
        while !rest.is_empty() {
            rest = self.one(rest, paragraph::first_len(rest), take);
        }
    }

    fn one<'t>(&mut self, text: &'t str, len: usize, take: &mut impl FnMut(Outcome)) -> &'t str {
        let (paragraph, tail) = text.split_at(len);
        self.checker.paragraph(paragraph, self.place, &mut self.scratch, take);
        self.place = self.place.after(paragraph);
        tail
    }
}

/// A term of the lexicon in a paragraph, before contexts are asked.
#[derive(Clone, Debug)]
struct Candidate {
    entry: u16,
    first: usize,
    last: usize,
    bytes: std::ops::Range<usize>,
    /// Written with a slip of the pen.
    slip: bool,
    /// Phrase that makes it another term.
    exception: Option<std::ops::Range<usize>>,
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

    /// Adds forms in which one word is misspelt.
    fn slips(&self, text: &str, tokens: &[Token], hits: &mut Vec<Hit>) {
        if self.spelling.is_empty() {
            return;
        }
        let unknown = |token: &Token| token.word == UNKNOWN && token.is_word();
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| unknown(token)) {
            for meant in self.spelling.near(text, token, &self.words) {
                let from = at.saturating_sub(SLIP_WINDOW);
                let to = tokens.len().min(at + SLIP_WINDOW);
                let mut window = tokens.get(from..to).unwrap_or_default().to_vec();
                if let Some(token) = window.get_mut(at - from) {
                    token.word = meant;
                }
                let mut found = Vec::new();
                self.terms.find(&window, &mut found);
                for mut hit in found {
                    let holds = (hit.first as usize..=hit.last as usize).contains(&(at - from));
                    if holds && let Ok(from) = u32::try_from(from) {
                        hit.first += from;
                        hit.last += from;
                        hits.push(hit);
                    }
                }
            }
        }
    }

    /// Forms and patterns found, overlaps settled: the longest wins, then the earliest.
    fn candidates(
        &self,
        text: &str,
        tokens: &[Token],
        hits: &[Hit],
        exact: usize,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut exceptions: Vec<(u16, std::ops::Range<usize>)> = Vec::new();
        let mut triggered = self.untriggered.clone();
        for (nth, hit) in hits.iter().enumerate() {
            let Some(bytes) = hit_bytes(text, tokens, hit) else { continue };
            match self.values.get(hit.value as usize) {
                Some(Value::Form { entry, cased }) if self.case_fits(text, tokens, hit, *cased) => {
                    let slip = nth >= exact;
                    found.push(Candidate { slip, ..candidate(*entry, hit, bytes) });
                }
                Some(Value::Exception { entry }) => exceptions.push((*entry, bytes)),
                Some(Value::Trigger { entry }) => triggered.push(*entry),
                Some(Value::Form { .. }) | None => {}
            }
        }
        triggered.sort_unstable();
        triggered.dedup();
        let mut plain = None;
        for (entry, pattern) in self.patterns.iter().filter(|(entry, _)| triggered.contains(entry))
        {
            if let Some(regex) = pattern.regex() {
                let plain = plain.get_or_insert_with(|| Plain::new(text, tokens));
                plain.candidates(tokens, *entry, regex, &mut found);
            }
        }
        for candidate in &mut found {
            candidate.exception = exceptions
                .iter()
                .find(|(entry, bytes)| {
                    *entry == candidate.entry && overlap(bytes, &candidate.bytes)
                })
                .map(|(_, bytes)| bytes.clone());
        }
        settle(text, found)
    }

    fn case_fits(&self, text: &str, tokens: &[Token], hit: &Hit, cased: Option<u32>) -> bool {
        let Some(words) = cased.and_then(|at| self.cased.get(at as usize)) else { return true };
        let written = tokens
            .get(hit.first as usize..=hit.last as usize)
            .unwrap_or_default()
            .iter()
            .filter(|token| token.is_word())
            .filter_map(|token| text.get(token.range()));
        words.iter().zip(written).all(|(form, written)| {
            !form.contains(char::is_uppercase)
                || form.chars().eq(written
                    .chars()
                    .filter(|char| !crate::text::token::is_ignored(*char))
                    .map(|char| if crate::text::token::is_apostrophe(char) { '\'' } else { char })
                    .take(form.chars().count()))
        })
    }
}

fn candidate(entry: u16, hit: &Hit, bytes: std::ops::Range<usize>) -> Candidate {
    let (first, last) = (hit.first as usize, hit.last as usize);
    Candidate { entry, first, last, bytes, slip: false, exception: None }
}

/// Bytes of a hit; without the possessive `'s` of its last word when that is no part of it.
fn hit_bytes(text: &str, tokens: &[Token], hit: &Hit) -> Option<std::ops::Range<usize>> {
    let start = tokens.get(hit.first as usize)?.start as usize;
    let last = tokens.get(hit.last as usize)?;
    let end = last.end as usize;
    if !hit.owner {
        return Some(start..end);
    }
    let written = text.get(last.range())?;
    let apostrophe = written.rfind(crate::text::token::is_apostrophe)?;
    Some(start..last.start as usize + apostrophe)
}

fn overlap(one: &std::ops::Range<usize>, other: &std::ops::Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Keeps the longest of overlapping candidates; an excepted one yields to any other.
fn settle(text: &str, mut found: Vec<Candidate>) -> Vec<Candidate> {
    // Already apart and in order, as nearly always.
    let apart = |pair: &[Candidate]| match pair {
        [one, other] => one.bytes.end <= other.bytes.start,
        _ => true,
    };
    if found.windows(2).all(apart) {
        return found;
    }
    let length = |candidate: &Candidate| {
        text.get(candidate.bytes.clone()).map_or(0, |words| words.chars().count())
    };
    found.sort_by_cached_key(|candidate| {
        let length = std::cmp::Reverse(length(candidate));
        (candidate.exception.is_some(), length, candidate.bytes.start, candidate.entry)
    });
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        if kept.iter().all(|other| !overlap(&other.bytes, &candidate.bytes)) {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|candidate| candidate.bytes.start);
    kept
}

/// A paragraph in plain form, for patterns: lower-case words, single spaces.
struct Plain {
    text: String,
    /// Where each token begins.
    starts: Vec<usize>,
}

impl Plain {
    fn new(text: &str, tokens: &[Token]) -> Self {
        let mut plain = String::with_capacity(text.len() + 16);
        let mut starts: Vec<usize> = Vec::with_capacity(tokens.len());
        for token in tokens {
            match token.gap {
                crate::text::token::Gap::None => {}
                gap if gap.joins() => plain.push(' '),
                _ => plain.push_str(" | "),
            }
            starts.push(plain.len());
            let written = text.get(token.range()).unwrap_or("");
            if written.is_ascii() {
                let lower = plain.len();
                plain.push_str(written);
                if let Some(written) = plain.get_mut(lower..) {
                    written.make_ascii_lowercase();
                }
            } else {
                plain.push_str(&written.to_lowercase());
            }
        }
        Self { text: plain, starts }
    }

    fn candidates(&self, tokens: &[Token], entry: u16, regex: &Regex, found: &mut Vec<Candidate>) {
        let starts = &self.starts;
        for hit in regex.find_iter(&self.text) {
            let first = starts.partition_point(|start| *start <= hit.start()).saturating_sub(1);
            let last = starts.partition_point(|start| *start < hit.end()).saturating_sub(1);
            let (Some(from), Some(to)) = (tokens.get(first), tokens.get(last)) else { continue };
            let bytes = from.start as usize..to.end as usize;
            found.push(Candidate { entry, first, last, bytes, slip: false, exception: None });
        }
    }
}

/// Walks along a paragraph and counts positions as it goes.
struct Cursor<'a> {
    text: &'a str,
    place: Place,
    at: usize,
}

impl Cursor<'_> {
    fn span(&mut self, bytes: &std::ops::Range<usize>) -> Span {
        let start = self.go(bytes.start);
        let end = self.go(bytes.end);
        start.to(end)
    }

    fn go(&mut self, to: usize) -> Place {
        if let Some(step) = self.text.get(self.at..to) {
            self.place = self.place.after(step);
            self.at = to;
        }
        self.place
    }
}
