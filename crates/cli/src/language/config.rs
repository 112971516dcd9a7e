//! The config file of local words: entries of one's own, and entries retired.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use tessera_language::{Checker, Lexicon};

use super::Error;

/// Name of the config file that is read when it lies in the working directory.
const DEFAULT: &str = "tessera-language.yaml";

/// The file as it is written: `retire` names ids, `lexicon` has `meta` and `entries`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ConfigFile {
    retire: Vec<String>,
    lexicon: Option<Lexicon>,
}

/// The checker that the options ask for.
pub(super) fn checker(path: Option<&Path>) -> Result<Choice, Error> {
    let default = Path::new(DEFAULT);
    let path = match path {
        Some(path) => path,
        None if default.is_file() => default,
        None => return Ok(Choice::Builtin),
    };
    let what = path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|source| Error::Io { what: what.clone(), source })?;
    let content = |problem: String| Error::Content { what: what.clone(), problem };
    let file: ConfigFile =
        serde_yaml_ng::from_str(&text).map_err(|error| content(error.to_string()))?;
    let mut lexicon = Lexicon::builtin();
    if let Some(unknown) = file.retire.iter().find(|id| lexicon.entry(id).is_none()) {
        return Err(content(format!("there is no entry {unknown:?} to retire")));
    }
    lexicon = lexicon.without(&file.retire);
    if let Some(local) = file.lexicon {
        lexicon = lexicon.with_local(local).map_err(|error| content(error.to_string()))?;
    }
    let checker = Checker::new(&lexicon).map_err(|error| content(error.to_string()))?;
    Ok(Choice::Own(Box::new(checker)))
}

/// The built-in checker, or one with local words.
pub(super) enum Choice {
    Builtin,
    Own(Box<Checker>),
}

impl Choice {
    pub(super) fn checker(&self) -> &Checker {
        match self {
            Self::Builtin => tessera_language::builtin_checker(),
            Self::Own(checker) => checker,
        }
    }
}
