//! A paragraph in plain form, for patterns.

use regex_automata::meta::Regex;

use crate::check::candidate::Candidate;
use crate::text::token::{Gap, Token};

/// A paragraph in plain form, for patterns: lower-case words, single spaces.
pub(super) struct Plain {
    text: String,
    /// Where each token begins.
    starts: Vec<usize>,
}

impl Plain {
    pub(super) fn new(text: &str, tokens: &[Token]) -> Self {
        let mut plain = String::with_capacity(text.len() + 16);
        let mut starts: Vec<usize> = Vec::with_capacity(tokens.len());
        for token in tokens {
            match token.gap {
                Gap::None => {}
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

    pub(super) fn candidates(
        &self,
        tokens: &[Token],
        entry: u16,
        regex: &Regex,
        found: &mut Vec<Candidate>,
    ) {
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
