//! Checks that everything an aid names is there.

use std::collections::BTreeSet;

use tessera_core::content::{ContentError, Source};

use super::Aid;
use super::file::{AidFile, Choice, Flag, Line};

pub(super) fn load(file: &str, text: &str) -> Result<Aid, ContentError> {
    let source = Source::new(file, text);
    let file: AidFile = source.read()?;
    let names = Names { source: &source, file: &file };
    names.once("law", file.law.iter().map(|one| &one.id))?;
    names.once("bands", file.bands.iter().map(|one| &one.id))?;
    names.once("definitions", file.definitions.iter().map(|one| &one.id))?;
    names.once("questions", file.questions.iter().map(|one| &one.id))?;
    names.once("outcomes", file.outcomes.iter().map(|one| &one.id))?;
    for (at, band) in file.bands.iter().enumerate() {
        let path = format!("bands[{at}]");
        names.known(&format!("{path}.law"), &band.law, |id| names.is_law(id))?;
        names.known(&format!("{path}.must_do"), &band.must_do, |id| names.is_task(id))?;
    }
    for at in 0..file.questions.len() {
        names.question(at)?;
    }
    for (at, outcome) in file.outcomes.iter().enumerate() {
        for (line, when) in outcome.when.iter().enumerate() {
            names.line(&format!("outcomes[{at}].when[{line}]"), when)?;
        }
    }
    Ok(Aid { file })
}

struct Names<'a> {
    source: &'a Source<'a>,
    file: &'a AidFile,
}

impl Names<'_> {
    fn once<'b>(
        &self,
        list: &str,
        ids: impl Iterator<Item = &'b String>,
    ) -> Result<(), ContentError> {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            if !seen.insert(id) {
                let path = format!("{list}[{at}].id");
                return Err(self.source.fault(&path, format!("`{id}` is used twice")));
            }
        }
        Ok(())
    }

    fn known(
        &self,
        path: &str,
        ids: &[String],
        is_known: impl Fn(&str) -> bool,
    ) -> Result<(), ContentError> {
        match ids.iter().find(|id| !is_known(id)) {
            Some(id) => Err(self.source.fault(path, format!("unknown name `{id}`"))),
            None => Ok(()),
        }
    }

    fn is_law(&self, id: &str) -> bool {
        self.file.law.iter().any(|law| law.id == id)
    }

    fn is_task(&self, id: &str) -> bool {
        self.file.to_do.contains_key(id)
    }

    fn is_band(&self, id: &str) -> bool {
        self.file.bands.iter().any(|band| band.id == id)
    }

    fn question(&self, at: usize) -> Result<(), ContentError> {
        let Some(question) = self.file.questions.get(at) else { return Ok(()) };
        let path = format!("questions[{at}]");
        if question.free_text != question.answers.is_empty() {
            let reason = "a question has either `answers` or `free_text: true`";
            return Err(self.source.fault(&path, reason));
        }
        self.once(&format!("{path}.answers"), question.answers.iter().map(|one| &one.id))?;
        if !question.free_text && !question.answers.iter().any(|one| one.id == "not_known") {
            let reason = "`not_known` must be among the answers";
            return Err(self.source.fault(&format!("{path}.answers"), reason));
        }
        for (choice_at, choice) in question.answers.iter().enumerate() {
            self.choice(&format!("{path}.answers[{choice_at}]"), choice)?;
        }
        Ok(())
    }

    fn choice(&self, path: &str, choice: &Choice) -> Result<(), ContentError> {
        let definitions = &self.file.definitions;
        let is_definition = |id: &str| definitions.iter().any(|one| one.id == id);
        self.known(&format!("{path}.suggests"), &choice.suggests, is_definition)?;
        self.known(&format!("{path}.law"), &choice.law, |id| self.is_law(id))?;
        self.known(&format!("{path}.must_do"), &choice.must_do, |id| self.is_task(id))?;
        self.known(&format!("{path}.band"), choice.band.as_slice(), |id| self.is_band(id))?;
        if choice.id == "not_known" && choice.flag.is_some() {
            return Err(self.source.fault(path, "what is not known has no flag"));
        }
        if !choice.amber_only_when.is_empty() && choice.flag != Some(Flag::Red) {
            let reason = "`amber_only_when` softens a red flag only";
            return Err(self.source.fault(&format!("{path}.amber_only_when"), reason));
        }
        for (at, line) in choice.amber_only_when.iter().enumerate() {
            self.line(&format!("{path}.amber_only_when[{at}]"), line)?;
        }
        Ok(())
    }

    fn line(&self, path: &str, line: &Line) -> Result<(), ContentError> {
        if *line == Line::default() {
            return Err(self.source.fault(path, "it says nothing, and would always hold"));
        }
        for band in [&line.band, &line.not_band] {
            self.known(path, band.as_slice(), |id| self.is_band(id))?;
        }
        let Some(id) = &line.question else {
            return match line.answers.first() {
                Some(_) => Err(self.source.fault(path, "`answers` needs a `question`")),
                None => Ok(()),
            };
        };
        match self.file.questions.iter().find(|question| question.id == *id) {
            None => Err(self.source.fault(path, format!("unknown question `{id}`"))),
            Some(question) => self.known(path, &line.answers, |answer| {
                question.answers.iter().any(|one| one.id == answer)
            }),
        }
    }
}
