//! Code lists: outcomes, routes, legal bases and the like, as dated data that practitioners can
//! read and change. Code never names a code that it does not need for a mechanism.

use std::collections::BTreeMap;

use serde::Deserialize;

/// All lists of `content/standards/codes.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub struct CodeBook {
    /// The version of the file, stored with every decision that used it.
    pub version: String,
    lists: BTreeMap<String, CodeList>,
}

/// One list.
#[derive(Debug, Clone, Deserialize)]
pub struct CodeList {
    /// Where it comes from.
    pub source: String,
    /// When someone last compared it with its source, or `unverified`.
    pub verified: String,
    /// Its codes, in the order shown.
    pub options: Vec<Code>,
}

/// One code.
#[derive(Debug, Clone, Deserialize)]
pub struct Code {
    /// As stored.
    pub id: String,
    /// As shown.
    pub label: String,
    /// What it means, beside the choice.
    #[serde(default)]
    pub hint: String,
    /// What the person who told us reads, where the code is told to them.
    #[serde(default)]
    pub told: String,
    /// The clock that a decision with this code starts; empty for none.
    #[serde(default)]
    pub starts: String,
    /// Whether a lawful basis for sharing must be on record first.
    #[serde(default = "yes")]
    pub shares: bool,
}

const fn yes() -> bool {
    true
}

/// Why the content could not be used.
#[derive(Debug, thiserror::Error)]
#[error("code lists: {0}")]
pub struct CodesError(String);

impl CodeBook {
    /// Reads and checks a file: every list has codes, and no code stands twice in one list.
    pub fn from_yaml(text: &str) -> Result<Self, CodesError> {
        let book: Self =
            serde_yaml_ng::from_str(text).map_err(|error| CodesError(error.to_string()))?;
        for (name, list) in &book.lists {
            if list.options.is_empty() {
                return Err(CodesError(format!("list {name} has no codes")));
            }
            for (n, code) in list.options.iter().enumerate() {
                if list.options.iter().skip(n + 1).any(|other| other.id == code.id) {
                    return Err(CodesError(format!("list {name} has code {} twice", code.id)));
                }
            }
        }
        Ok(book)
    }

    /// The lists that ship with the product.
    pub fn builtin() -> Result<Self, CodesError> {
        Self::from_yaml(include_str!("../../../content/standards/codes.yaml"))
    }

    /// The codes of a list; an unknown list has none.
    #[must_use]
    pub fn options(&self, list: &str) -> &[Code] {
        self.lists.get(list).map_or(&[], |l| &l.options)
    }

    /// A code by its id.
    #[must_use]
    pub fn find(&self, list: &str, id: &str) -> Option<&Code> {
        self.options(list).iter().find(|code| code.id == id)
    }

    /// The label of a code; an id from an older list is shown as it is.
    #[must_use]
    pub fn label(&self, list: &str, id: &str) -> String {
        self.find(list, id).map_or_else(|| id.to_owned(), |code| code.label.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_ship_can_be_read() {
        let book = CodeBook::builtin().unwrap();
        for list in ["route", "outcome", "sharing_basis", "agreement", "origin", "urgency"] {
            assert!(!book.options(list).is_empty(), "{list}");
        }
    }

    #[test]
    fn a_code_that_stands_twice_is_refused() {
        let text = "version: '1'\nlists:\n  x:\n    source: s\n    verified: unverified\n    \
                    options: [{id: a, label: A}, {id: a, label: B}]\n";
        assert!(CodeBook::from_yaml(text).unwrap_err().to_string().contains("twice"));
    }
}
