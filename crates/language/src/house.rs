//! Our own words: runs the checker over a program's texts, where only listed mentions may stand.
//!
//! A guide to wording must name the words it advises against. Each such place is listed with its
//! reason; anything else that is found is a fault.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::finding::Finding;
use crate::lexicon::LexiconError;

/// A place where a text of ours names words of the lexicon on purpose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// The file, or a folder of files when it ends in `/`.
    pub path: String,
    /// Ids of the entries that it names; empty for any.
    #[serde(default)]
    pub entries: Vec<String>,
    /// Why it names them.
    pub reason: String,
}

/// The listed mentions.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    listed: Vec<Mention>,
    used: BTreeSet<usize>,
}

impl Mentions {
    /// Reads a list of `path`, `entries` and `reason`.
    pub fn from_yaml(text: &str) -> Result<Self, LexiconError> {
        let listed: Vec<Mention> =
            serde_yaml_ng::from_str(text).map_err(|error| LexiconError::Read(error.to_string()))?;
        if let Some(bare) = listed.iter().find(|mention| mention.reason.trim().is_empty()) {
            return Err(LexiconError::Read(format!("the mention in {} has no reason", bare.path)));
        }
        Ok(Self { listed, used: BTreeSet::new() })
    }

    /// Findings of the built-in lexicon in a text of ours that no mention covers.
    pub fn unlisted(&mut self, path: &str, text: &str) -> Vec<Finding> {
        let mut findings = crate::advice(text);
        findings.retain(|finding| {
            let covers = |mention: &Mention| {
                let here = mention.path == path
                    || (mention.path.ends_with('/') && path.starts_with(&mention.path));
                here && (mention.entries.is_empty() || mention.entries.contains(&finding.entry))
            };
            let covered = self.listed.iter().position(covers);
            self.used.extend(covered);
            covered.is_none()
        });
        findings
    }

    /// Mentions that have covered nothing so far, so that the list does not outlive its reasons.
    pub fn unused(&self) -> impl Iterator<Item = &Mention> {
        self.listed.iter().enumerate().filter(|(at, _)| !self.used.contains(at)).map(|(_, one)| one)
    }
}
