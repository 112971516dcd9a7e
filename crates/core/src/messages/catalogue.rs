//! A language: its messages, and whether a partnership put it in force.

use std::{collections::HashMap, sync::Arc};

use super::{PoFile, SOURCE, names, plural::Plural};
use crate::content::ContentError;

/// The messages of one language.
#[derive(Debug, Clone)]
pub struct Catalogue {
    tag: String,
    name: String,
    in_force: bool,
    plural: Plural,
    forms: HashMap<String, Vec<String>>,
    unchecked: usize,
}

impl Catalogue {
    /// Reads a language from a file of gettext. Messages that are empty or that nobody checked are
    /// left out: English is told in their place.
    ///
    /// # Errors
    ///
    /// The first fault, with its line: no file of the format, no language, a rule for plurals that
    /// cannot be read, a translation with other values than the English, a language in force that
    /// nobody answers for.
    pub fn read(file: &str, text: &str) -> Result<Self, ContentError> {
        let po = PoFile::read(file, text)?;
        let fault = |line: Option<usize>, reason: &str| ContentError {
            file: file.to_owned(),
            line,
            reason: reason.to_owned(),
        };
        let tag = po.header("Language").unwrap_or_default().replace('_', "-");
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !(2..=20).contains(&tag.len()) || !tag.chars().all(fits) || tag == SOURCE || tag == "en"
        {
            return Err(fault(None, "the header names no other language in “Language”"));
        }
        let plural = match po.header("Plural-Forms") {
            None => Plural::default(),
            Some(rule) => Plural::read(rule)
                .ok_or_else(|| fault(None, "the rule in “Plural-Forms” cannot be read"))?,
        };
        let in_force = po.header("X-In-Force") == Some("yes");
        if in_force && po.header("X-Reviewed-By").is_none() {
            return Err(fault(
                None,
                "a language in force says in “X-Reviewed-By” who answers for it",
            ));
        }
        let mut forms = HashMap::new();
        let mut unchecked = 0;
        for entry in po.entries {
            if entry.unchecked {
                unchecked += 1;
                continue;
            }
            if entry.forms.iter().all(String::is_empty) {
                continue;
            }
            let wanted = if entry.many.is_some() { plural.forms } else { 1 };
            if entry.forms.len() != wanted || entry.forms.iter().any(String::is_empty) {
                return Err(fault(Some(entry.line), "this message has not all its plural forms"));
            }
            if !entry.forms.iter().all(|form| fits_english(form, &entry.id, entry.many.is_some())) {
                let reason =
                    "the translation does not name the same values in braces as the English";
                return Err(fault(Some(entry.line), reason));
            }
            forms.insert(entry.id, entry.forms);
        }
        let name = po.header.iter().find(|(key, _)| key == "X-Language-Name");
        let name = name.map_or_else(|| tag.clone(), |(_, name)| name.clone());
        Ok(Self { tag, name, in_force, plural, forms, unchecked })
    }

    /// The language, BCP 47.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Its own name for itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the partnership shows it to people.
    #[must_use]
    pub const fn is_in_force(&self) -> bool {
        self.in_force
    }

    /// How many messages are there but checked by nobody.
    #[must_use]
    pub const fn unchecked(&self) -> usize {
        self.unchecked
    }

    /// The messages of the template that are not told in this language yet.
    #[must_use]
    pub fn missing<'a>(&self, template: &'a PoFile) -> Vec<&'a str> {
        let all = template.entries.iter().map(|entry| entry.id.as_str());
        all.filter(|id| !self.forms.contains_key(*id)).collect()
    }

    /// Takes in another file of the same language.
    fn add(&mut self, other: Self) {
        if other.in_force || self.name == self.tag {
            self.name = other.name;
        }
        if other.in_force {
            self.plural = other.plural;
        }
        self.in_force |= other.in_force;
        self.unchecked += other.unchecked;
        self.forms.extend(other.forms);
    }

    pub(super) fn singular(&self, id: &str) -> Option<&str> {
        self.forms.get(id)?.first().map(String::as_str)
    }

    pub(super) fn plural(&self, id: &str, n: u64) -> Option<&str> {
        self.forms.get(id)?.get(self.plural.form(n)).map(String::as_str)
    }
}

/// Whether a form names the values of the English. A plural form may leave out the number: "no
/// notes", "two notes".
fn fits_english(form: &str, english: &str, counts: bool) -> bool {
    let (theirs, ours) = (names(form), names(english));
    theirs.iter().all(|name| ours.contains(name))
        && ours.iter().all(|name| (counts && *name == "n") || theirs.contains(name))
}

/// The languages of an installation besides that of the source.
#[derive(Debug, Clone, Default)]
pub struct Languages(Vec<Arc<Catalogue>>);

impl Languages {
    /// None but that of the source.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Those of some files that are in force, in the order of their names. A language may stand in
    /// several files: the one with the name in its header says whether it is in force.
    ///
    /// # Errors
    ///
    /// The first fault of any file; a message that two files of a language hold.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ContentError> {
        let mut all: Vec<Catalogue> = Vec::new();
        for (file, text) in files {
            let language = Catalogue::read(file, text)?;
            let Some(other) = all.iter_mut().find(|other| other.tag == language.tag) else {
                all.push(language);
                continue;
            };
            if let Some(twice) = language.forms.keys().find(|id| other.forms.contains_key(*id)) {
                let reason = format!("another file has this message too: {twice}");
                return Err(ContentError { file: file.to_owned(), line: None, reason });
            }
            other.add(language);
        }
        all.retain(Catalogue::is_in_force);
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self(all.into_iter().map(Arc::new).collect()))
    }

    /// The language of a tag, if it is in force.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<&Arc<Catalogue>> {
        self.0.iter().find(|language| language.tag.eq_ignore_ascii_case(tag))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Catalogue> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, rest: &str) -> String {
        format!("msgid \"\"\nmsgstr \"{header}\"\n\n{rest}")
    }

    fn fault(header: &str, rest: &str) -> String {
        Catalogue::read("x.po", &file(header, rest)).unwrap_err().to_string()
    }

    #[test]
    fn a_translation_with_other_values_than_the_english_is_refused_with_its_line() {
        for words in ["no name", "{other} {name}"] {
            let rest = format!("msgid \"Hello {{name}}\"\nmsgstr \"{words}\"\n");
            let told = fault("Language: cy\\n", &rest);
            assert!(told.starts_with("x.po:4:"), "{told}");
        }
    }

    #[test]
    fn a_language_in_force_needs_somebody_who_answers_for_it() {
        assert!(fault("Language: cy\\nX-In-Force: yes\\n", "").contains("X-Reviewed-By"));
        assert!(fault("Language: en-GB\\n", "").contains("no other language"));
        assert!(fault("Language: cy\\nPlural-Forms: many\\n", "").contains("Plural-Forms"));
    }

    #[test]
    fn what_nobody_checked_is_not_told() {
        let rest = "#, fuzzy\nmsgid \"Send\"\nmsgstr \"Anfon\"\n";
        let language = Catalogue::read("x.po", &file("Language: cy\\n", rest)).unwrap();
        assert_eq!((language.singular("Send"), language.unchecked()), (None, 1));
    }

    #[test]
    fn only_languages_in_force_are_offered() {
        let cy = file("Language: cy\\nX-In-Force: no\\n", "");
        let pl = file("Language: pl\\nX-In-Force: yes\\nX-Reviewed-By: A. Nowak\\n", "");
        let all = Languages::read([("cy.po", cy.as_str()), ("pl.po", pl.as_str())]).unwrap();
        assert!(all.get("cy").is_none() && all.get("PL").is_some());
    }

    #[test]
    fn a_language_may_stand_in_several_files_but_a_message_in_one() {
        let whole = file(
            "Language: pl\\nX-In-Force: yes\\nX-Reviewed-By: A. Nowak\\nX-Language-Name: Polski\\n",
            "msgid \"a\"\nmsgstr \"b\"\n",
        );
        let more = file("Language: pl\\n", "msgid \"c\"\nmsgstr \"d\"\n");
        let all = Languages::read([("b.po", more.as_str()), ("a.po", whole.as_str())]).unwrap();
        let pl = all.get("pl").unwrap();
        assert_eq!(
            (pl.name(), pl.singular("a"), pl.singular("c")),
            ("Polski", Some("b"), Some("d"))
        );
        assert!(Languages::read([("a.po", whole.as_str()), ("b.po", whole.as_str())]).is_err());
    }
}
