//! A copy of a Word document with a comment at every finding.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tessera_language::document::{Comment, Limits, with_comments};
use tessera_language::{Checker, Severity};

use super::Error;

/// Writes the copy beside `path`; returns where it is and how many comments it carries.
///
/// The copy is `NAME.checked.docx`; one that is already there is not overwritten.
pub(super) fn write(
    checker: &Checker,
    path: &Path,
    least: Severity,
) -> Result<(PathBuf, usize), Error> {
    let io = |what: &Path| {
        let what = what.display().to_string();
        move |source| Error::Io { what, source }
    };
    let content = |problem: String| Error::Content { what: path.display().to_string(), problem };
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx")) {
        return Err(content("only a .docx document can carry comments".to_owned()));
    }
    let bytes = fs::read(path).map_err(io(path))?;
    let (copy, count) =
        with_comments(&bytes, &Limits::default(), |text| comments(checker, text, least))
            .map_err(|error| content(error.to_string()))?;
    let to = path.with_extension("checked.docx");
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(&to).map_err(io(&to))?;
    file.write_all(&copy).map_err(io(&to))?;
    Ok((to, count))
}

fn comments(checker: &Checker, text: &str, least: Severity) -> Vec<Comment> {
    let findings = checker.check(text).findings.into_iter();
    findings
        .filter(|finding| finding.severity >= least)
        .map(|finding| {
            let mut lines = vec![format!("{}.", finding.message), finding.why.to_string()];
            lines.push(format!("Instead: {}.", finding.fitted().join("; ")));
            let sources: Vec<&str> =
                finding.sources.iter().map(|source| source.title.as_str()).collect();
            lines.push(format!("Source: {}.", sources.join("; ")));
            Comment { bytes: finding.span.bytes, lines }
        })
        .collect()
}
