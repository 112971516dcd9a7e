//! Finds many sequences of words in one pass over a paragraph.
//!
//! A tree of words: from each word of the text the walk follows the forms that begin there, never
//! further than the longest form, so the work grows with the length of the text alone.

use crate::text::token::{Token, mark};
use crate::text::vocabulary::{UNKNOWN, Vocabulary, WordId};

/// A found sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Index of its first token.
    pub(crate) first: u32,
    /// Index of its last token.
    pub(crate) last: u32,
    /// What was put in with the sequence.
    pub(crate) value: u32,
    /// Its last word carries a possessive `'s` that is no part of it.
    pub(crate) owner: bool,
}

#[derive(Clone, Copy, Default)]
struct Node {
    /// First of its values in `values`; `0` for none.
    value: u32,
    /// Bit `word % 64` of each word that leads on; most words are refused by it alone.
    next: u64,
}

/// The tree.
#[derive(Default)]
pub(crate) struct Trie {
    /// `(node, word) -> node`, open addressing; node `0` is the root and marks an empty slot.
    edges: Vec<(u64, u32)>,
    used: usize,
    /// Node that a word leads to from the root.
    roots: Vec<u32>,
    nodes: Vec<Node>,
    /// Chains: a value and the index of the next one, `0` for the end.
    values: Vec<(u32, u32)>,
}

impl Trie {
    /// Adds a sequence of words.
    pub(crate) fn insert(&mut self, words: &[WordId], value: u32) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
            self.values.push((0, 0));
        }
        let mut node = 0;
        for word in words {
            node = self.step_or_grow(node, *word);
        }
        let next = u32::try_from(self.values.len()).unwrap_or(0);
        if let Some(node) = self.nodes.get_mut(node as usize) {
            self.values.push((value, node.value));
            node.value = next;
        }
    }

    fn step_or_grow(&mut self, node: u32, word: WordId) -> u32 {
        let known = if node == 0 { self.root(word) } else { self.step(node, word) };
        if known != 0 {
            return known;
        }
        let new = u32::try_from(self.nodes.len()).unwrap_or(0);
        self.nodes.push(Node::default());
        if let Some(from) = self.nodes.get_mut(node as usize) {
            from.next |= bit(word);
        }
        if node == 0 {
            let at = usize::from(word);
            if self.roots.len() <= at {
                self.roots.resize(at + 1, 0);
            }
            if let Some(root) = self.roots.get_mut(at) {
                *root = new;
            }
            return new;
        }
        if (self.used + 1) * 2 > self.edges.len() {
            let size = (self.edges.len() * 2).max(1024);
            let old = std::mem::replace(&mut self.edges, vec![(0, 0); size]);
            for (key, to) in old.into_iter().filter(|(_, to)| *to != 0) {
                place(&mut self.edges, key, to);
            }
        }
        place(&mut self.edges, edge_key(node, word), new);
        self.used += 1;
        new
    }

    #[inline]
    fn root(&self, word: WordId) -> u32 {
        self.roots.get(usize::from(word)).copied().unwrap_or(0)
    }

    #[inline]
    fn step(&self, node: u32, word: WordId) -> u32 {
        let key = edge_key(node, word);
        let mask = self.edges.len().wrapping_sub(1);
        let mut at = slot(key, mask);
        while let Some(&(known, to)) = self.edges.get(at) {
            if to == 0 || known == key {
                return to;
            }
            at = (at + 1) & mask;
        }
        0
    }

    /// Adds every sequence in `tokens` to `hits`. `keys` are the words of the tokens.
    #[inline]
    pub(crate) fn find(&self, tokens: &[Token], hits: &mut Vec<Hit>) {
        for (first, token) in tokens.iter().enumerate() {
            if token.owner != UNKNOWN {
                self.owner_hit(self.root(token.owner), first, first, hits);
            }
            let node = self.root(token.word);
            if node != 0 {
                self.follow(tokens, first, node, hits);
            }
        }
    }

    fn follow(&self, tokens: &[Token], first: usize, root: u32, hits: &mut Vec<Hit>) {
        let mut node = root;
        let mut last = first;
        loop {
            let Some(here) = self.nodes.get(node as usize) else { return };
            if here.value != 0 {
                self.report(here.value, first, last, false, hits);
            }
            if here.next == 0 {
                return;
            }
            last += 1;
            let Some(token) = tokens.get(last).filter(|token| token.gap.joins()) else { return };
            if token.owner != UNKNOWN {
                self.owner_hit(self.step(node, token.owner), first, last, hits);
            }
            if here.next & bit(token.word) == 0 {
                return;
            }
            node = self.step(node, token.word);
            if node == 0 {
                return;
            }
        }
    }

    fn owner_hit(&self, node: u32, first: usize, last: usize, hits: &mut Vec<Hit>) {
        if let Some(node) = self.nodes.get(node as usize).filter(|node| node.value != 0) {
            self.report(node.value, first, last, true, hits);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a paragraph has far under 2^32 tokens")]
    fn report(&self, chain: u32, first: usize, last: usize, owner: bool, hits: &mut Vec<Hit>) {
        let mut at = chain;
        while let Some(&(value, next)) = self.values.get(at as usize).filter(|_| at != 0) {
            hits.push(Hit { first: first as u32, last: last as u32, value, owner });
            at = next;
        }
    }
}

fn bit(word: WordId) -> u64 {
    1 << (word & 63)
}

fn edge_key(node: u32, word: WordId) -> u64 {
    (u64::from(node) << 16) | u64::from(word)
}

fn slot(key: u64, mask: usize) -> usize {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    usize::try_from(mixed).unwrap_or(0) & mask
}

fn place(edges: &mut [(u64, u32)], key: u64, to: u32) {
    let mask = edges.len().wrapping_sub(1);
    let mut at = slot(key, mask);
    while let Some(edge) = edges.get_mut(at) {
        if edge.1 == 0 {
            *edge = (key, to);
            return;
        }
        at = (at + 1) & mask;
    }
}

/// Puts the words and marks of a phrase, as the tokeniser would cut them, into `ids`, adding new
/// ones to `words`; `None` when the vocabulary is full.
pub(crate) fn phrase(text: &str, words: &mut Vocabulary, ids: &mut Vec<WordId>) -> Option<()> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b' ' | b'-');
    if text.bytes().all(plain) {
        let cuts = |byte: &u8| matches!(byte, b' ' | b'-');
        let mut rest = text;
        while !rest.is_empty() {
            let len = rest.bytes().position(|byte| cuts(&byte)).unwrap_or(rest.len());
            if let Some(word) = rest.get(..len).filter(|word| !word.is_empty()) {
                ids.push(words.intern(word)?);
            }
            rest = rest.get(len + 1..).unwrap_or("");
        }
        return Some(());
    }
    let mut tokens = Vec::new();
    crate::text::token::tokenise(text, &Vocabulary::default(), &mut tokens);
    for token in &tokens {
        let written = text.get(token.range()).unwrap_or("");
        ids.push(words.intern(&key(written, token.mark))?);
    }
    Some(())
}

/// How a word or mark is written in the vocabulary.
fn key(text: &str, kind: u8) -> String {
    match kind {
        0 => text
            .chars()
            .filter(|char| !crate::text::token::is_ignored(*char))
            .map(|char| if crate::text::token::is_apostrophe(char) { '\'' } else { char })
            .flat_map(char::to_lowercase)
            .collect(),
        mark::SINGLE_OPEN | mark::SINGLE_CLOSE => "'".to_owned(),
        mark::DOUBLE_OPEN | mark::DOUBLE_CLOSE => "\"".to_owned(),
        _ => text.to_owned(),
    }
}
