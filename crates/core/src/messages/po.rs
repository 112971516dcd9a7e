//! Files of gettext: what translators' programs read and write.

use std::fmt::Write as _;

use crate::content::ContentError;

/// One message of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The English, which is also its name.
    pub id: String,
    /// The English for more than one, if it says how many.
    pub many: Option<String>,
    /// The translation: one form, or one for each plural; empty where there is none yet.
    pub forms: Vec<String>,
    /// Nobody has checked it ("fuzzy"): it is not shown.
    pub unchecked: bool,
    /// For translators: where it stands, what it means.
    pub notes: Vec<String>,
}

/// A file: its header and its messages in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoFile {
    /// The header's lines, `Name: value`.
    pub header: Vec<(String, String)>,
    /// The messages.
    pub entries: Vec<Entry>,
}

/// Which text a quoted line goes on with.
#[derive(Clone, Copy)]
enum Part {
    Id,
    Many,
    Form(usize),
}

impl PoFile {
    /// A line of the header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.header.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A line that is none of the format, or a message that is there twice.
    pub fn read(file: &str, text: &str) -> Result<Self, ContentError> {
        let fault = |line: usize, reason: String| ContentError {
            file: file.to_owned(),
            line: Some(line),
            reason,
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut entry = Entry::default();
        let mut part: Option<Part> = None;
        for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
            if line.is_empty() {
                continue;
            }
            let begins = line.starts_with('#') || line.starts_with("msgid ");
            if begins && matches!(part, Some(Part::Form(_))) {
                entries.push(std::mem::take(&mut entry));
                part = None;
            }
            if let Some(note) = line.strip_prefix('#') {
                if note.starts_with(',') && note.contains("fuzzy") {
                    entry.unchecked = true;
                } else if let Some(note) = note.strip_prefix([':', '.']) {
                    entry.notes.push(note.trim().to_owned());
                }
                continue;
            }
            let quoted = if let Some(rest) = line.strip_prefix("msgid_plural ") {
                part = Some(Part::Many);
                entry.many = Some(String::new());
                rest
            } else if let Some(rest) = line.strip_prefix("msgid ") {
                part = Some(Part::Id);
                entry.line = at;
                rest
            } else if let Some(rest) = line.strip_prefix("msgstr ") {
                part = Some(Part::Form(0));
                entry.forms.push(String::new());
                rest
            } else if let Some((n, rest)) =
                line.strip_prefix("msgstr[").and_then(|rest| rest.split_once("] "))
            {
                let n = n.parse().ok().filter(|n| *n == entry.forms.len());
                let n = n.ok_or_else(|| fault(at, "the forms are not in order".into()))?;
                part = Some(Part::Form(n));
                entry.forms.push(String::new());
                rest
            } else {
                line
            };
            let words = unquoted(quoted)
                .ok_or_else(|| fault(at, "this is no line of a message catalogue".into()))?;
            match part {
                Some(Part::Id) => entry.id.push_str(&words),
                Some(Part::Many) => entry.many.get_or_insert_default().push_str(&words),
                Some(Part::Form(n)) => {
                    if let Some(form) = entry.forms.get_mut(n) {
                        form.push_str(&words);
                    }
                }
                None => return Err(fault(at, "words before any message".into())),
            }
        }
        if part.is_some() {
            entries.push(entry);
        }
        let mut header = Vec::new();
        if entries.first().is_some_and(|first| first.id.is_empty()) {
            let lines = entries.remove(0).forms.join("");
            let pairs = lines.lines().filter_map(|line| line.split_once(':'));
            header = pairs.map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned())).collect();
        }
        let mut seen = std::collections::BTreeSet::new();
        for entry in &entries {
            if entry.id.is_empty() || !seen.insert(entry.id.as_str()) {
                return Err(fault(entry.line, "this message is empty or is there twice".into()));
            }
        }
        Ok(Self { header, entries })
    }

    /// The file as text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = String::from("msgid \"\"\nmsgstr \"\"\n");
        for (name, value) in &self.header {
            let _ = writeln!(out, "{}", quoted(&format!("{name}: {value}\n")));
        }
        for entry in &self.entries {
            out.push('\n');
            for note in &entry.notes {
                let _ = writeln!(out, "#: {note}");
            }
            if entry.unchecked {
                out.push_str("#, fuzzy\n");
            }
            let _ = writeln!(out, "msgid {}", quoted(&entry.id));
            if let Some(many) = &entry.many {
                let _ = writeln!(out, "msgid_plural {}", quoted(many));
                for (n, form) in entry.forms.iter().enumerate() {
                    let _ = writeln!(out, "msgstr[{n}] {}", quoted(form));
                }
            } else {
                let form = entry.forms.first().map_or("", String::as_str);
                let _ = writeln!(out, "msgstr {}", quoted(form));
            }
        }
        out
    }
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

fn unquoted(text: &str) -> Option<String> {
    let inside = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::new();
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next()? {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                other @ ('"' | '\\') => out.push(other),
                _ => return None,
            },
            '"' => return None,
            other => out.push(other),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# For translators.\nmsgid \"\"\nmsgstr \"\"\n\"Language: cy\\n\"\n\"X-Language-Name: Cymraeg\\n\"\n\n#: tell\n#, fuzzy\nmsgid \"Say \\\"yes\\\"\"\nmsgstr \"a\"\n\"b\"\n\nmsgid \"{n} note\"\nmsgid_plural \"{n} notes\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y\"\n";

    #[test]
    fn a_file_is_read_with_its_header_its_forms_and_what_nobody_checked() {
        let file = PoFile::read("x.po", TEXT).unwrap();
        assert_eq!(file.header("language"), Some("cy"));
        let [first, second] = file.entries.as_slice() else { panic!("{file:?}") };
        assert_eq!((first.id.as_str(), first.unchecked), ("Say \"yes\"", true));
        assert_eq!(first.forms, ["ab"]);
        assert_eq!(second.many.as_deref(), Some("{n} notes"));
        assert_eq!(second.forms, ["x", "y"]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let file = PoFile::read("x.po", TEXT).unwrap();
        let mut again = PoFile::read("x.po", &file.write()).unwrap();
        for (new, old) in again.entries.iter_mut().zip(&file.entries) {
            new.line = old.line;
        }
        assert_eq!(again, file);
    }

    #[test]
    fn what_is_no_catalogue_is_refused_with_its_line() {
        for (text, line) in [
            ("msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n", 3),
            ("hello", 1),
            ("msgid \"a\"\nmsgstr \"b", 2),
            ("msgid \"a\"\nmsgstr[1] \"b\"\n", 2),
            ("\"a\"", 1),
        ] {
            assert_eq!(PoFile::read("x.po", text).unwrap_err().line, Some(line), "{text}");
        }
    }
}
