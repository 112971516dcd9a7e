//! From the answers so far to bands, flags, and what must be done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Aid;
use super::file::{Choice, Flag, Line, Question};

/// The answer that leaves a question open.
const NOT_KNOWN: &str = "not_known";

/// What has been answered so far. Nothing is required, and everything may change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The child's age in years, not rounded; nothing while it is not known.
    pub age_years: Option<f64>,
    /// By question, the id of the answer or the words.
    pub given: BTreeMap<String, String>,
}

/// A flagged question, with the answer that flagged it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flagged {
    /// The question's id.
    pub question: String,
    /// The question.
    pub ask: String,
    /// The answer's label.
    pub answer: String,
}

/// Something that must be done, and what asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What to do.
    pub what: String,
    /// The bands and questions that ask for it.
    pub because: Vec<String>,
}

/// What the answers so far come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighed {
    /// The bands, by id: the one of the age first.
    pub bands: Vec<String>,
    /// Questions with a red flag.
    pub red: Vec<Flagged>,
    /// Questions with an amber flag.
    pub amber: Vec<Flagged>,
    /// What the answers suggest: ids of definitions, in the order of the file.
    pub suggests: Vec<String>,
    /// What must be done, in the order of the questions, then of the bands.
    pub must_do: Vec<Task>,
    /// The law behind the bands and answers, by id, in the order of the file.
    pub law: Vec<String>,
    /// The outcome's id.
    pub outcome: String,
    /// What the outcome says.
    pub result: String,
    /// Who may close it without a referral, and how.
    pub may_close_without_referral: String,
    /// Questions not answered, or answered with "not known", in their order.
    pub open: Vec<String>,
    /// The question to ask next: the first that is not answered at all.
    pub next: Option<String>,
    /// Words that stand below every result.
    pub closing_words: String,
    /// The answers in sentences, to start a concern or a screen from.
    pub summary: Vec<String>,
}

/// An answer that is not among those of its question, or a question that is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAnswer {
    /// There is no such question.
    #[error("unknown question `{0}`")]
    Question(String),
    /// The question has no such answer.
    #[error("`{answer}` is no answer to `{question}`")]
    Answer {
        /// The question.
        question: String,
        /// The answer.
        answer: String,
    },
}

impl Aid {
    /// Weighs the answers so far.
    pub fn weigh(&self, answers: &Answers) -> Result<Weighed, NotAnAnswer> {
        let chosen = self.chosen(answers)?;
        let bands = self.bands(answers, &chosen);
        let sheet = Sheet { aid: self, bands: &bands, chosen: &chosen };
        let (red, amber) = sheet.flags();
        let (outcome, result, may_close) = self.outcome(&sheet, red.len(), amber.len());
        let open = sheet.open();
        Ok(Weighed {
            suggests: sheet.suggests(),
            must_do: sheet.must_do(),
            law: sheet.law(),
            outcome,
            result,
            may_close_without_referral: may_close,
            next: self
                .file
                .questions
                .iter()
                .find(|question| !answers.given.contains_key(&question.id))
                .map(|question| question.id.clone()),
            open,
            closing_words: self.file.aid.closing_words.clone(),
            summary: self.summary(answers, &chosen),
            red,
            amber,
            bands,
        })
    }

    /// The chosen answers, in the order of the questions.
    fn chosen(&self, answers: &Answers) -> Result<Vec<(&Question, &Choice)>, NotAnAnswer> {
        for id in answers.given.keys() {
            if self.question(id).is_none() {
                return Err(NotAnAnswer::Question(id.clone()));
            }
        }
        let asked = self.file.questions.iter().filter(|question| !question.free_text);
        let given = asked.filter_map(|one| Some((one, answers.given.get(&one.id)?)));
        given
            .map(|(question, given)| {
                let choice = question.answers.iter().find(|choice| choice.id == *given);
                choice.map(|choice| (question, choice)).ok_or_else(|| NotAnAnswer::Answer {
                    question: question.id.clone(),
                    answer: given.clone(),
                })
            })
            .collect()
    }

    fn bands(&self, answers: &Answers, chosen: &[(&Question, &Choice)]) -> Vec<String> {
        let by_age = self.file.bands.iter().filter(|band| match answers.age_years {
            _ if band.from.is_none() && band.below.is_none() => false,
            Some(age) => {
                band.from.is_none_or(|from| age >= from)
                    && band.below.is_none_or(|below| age < below)
            }
            None => false,
        });
        let mut bands: Vec<String> = by_age.map(|band| band.id.clone()).collect();
        for band in chosen.iter().filter_map(|(_, choice)| choice.band.as_ref()) {
            if !bands.contains(band) {
                bands.push(band.clone());
            }
        }
        bands
    }

    fn outcome(&self, sheet: &Sheet<'_>, red: usize, amber: usize) -> (String, String, String) {
        let holds = |line: &Line| sheet.holds(line, red, amber);
        let found = self.file.outcomes.iter().find(|outcome| outcome.when.iter().any(holds));
        let other = &self.file.otherwise;
        let (id, result, may_close) = match found {
            Some(one) => (&one.id, &one.result, &one.may_close_without_referral),
            None => (&other.id, &other.result, &other.may_close_without_referral),
        };
        (id.clone(), result.clone(), may_close.clone())
    }

    fn summary(&self, answers: &Answers, chosen: &[(&Question, &Choice)]) -> Vec<String> {
        let mut lines: Vec<String> =
            answers.age_years.map(|age| format!("Age in years: {age}")).into_iter().collect();
        for question in &self.file.questions {
            let label = chosen
                .iter()
                .find(|(asked, _)| asked.id == question.id)
                .map(|(_, choice)| choice.label.as_str());
            let words = answers.given.get(&question.id).map(|words| words.trim());
            let said = label.or(words.filter(|words| question.free_text && !words.is_empty()));
            lines.extend(said.map(|said| format!("{} {said}", question.ask)));
        }
        lines
    }
}

struct Sheet<'a> {
    aid: &'a Aid,
    bands: &'a [String],
    chosen: &'a [(&'a Question, &'a Choice)],
}

impl Sheet<'_> {
    fn flags(&self) -> (Vec<Flagged>, Vec<Flagged>) {
        let (mut red, mut amber) = (Vec::new(), Vec::new());
        for (question, choice) in self.chosen {
            let flagged = || Flagged {
                question: question.id.clone(),
                ask: question.ask.clone(),
                answer: choice.label.clone(),
            };
            match choice.flag {
                Some(Flag::Red) if self.softened(choice) => amber.push(flagged()),
                Some(Flag::Red) => red.push(flagged()),
                Some(Flag::Amber) => amber.push(flagged()),
                None => {}
            }
        }
        (red, amber)
    }

    /// Whether everything that makes a red flag amber is known to be so.
    fn softened(&self, choice: &Choice) -> bool {
        let lines = &choice.amber_only_when;
        !lines.is_empty() && lines.iter().all(|line| self.holds(line, 0, 0))
    }

    fn holds(&self, line: &Line, red: usize, amber: usize) -> bool {
        let is_in = |band: &String| self.bands.contains(band);
        let band_known = self
            .bands
            .iter()
            .filter_map(|id| self.aid.band(id))
            .any(|band| band.from.is_some() || band.below.is_some());
        let answered = line.question.as_ref().is_none_or(|id| {
            let given = self.chosen.iter().find(|(question, _)| question.id == *id);
            given.is_some_and(|(_, choice)| line.answers.contains(&choice.id))
        });
        line.band.as_ref().is_none_or(is_in)
            && line.not_band.as_ref().is_none_or(|band| band_known && !is_in(band))
            && line.red.is_none_or(|least| red >= least)
            && line.amber.is_none_or(|least| amber >= least)
            && (!line.everything_answered || self.open().is_empty())
            && answered
    }

    fn open(&self) -> Vec<String> {
        let asked = self.aid.file.questions.iter().filter(|question| !question.free_text);
        let open = asked.filter(|question| {
            let given = self.chosen.iter().find(|(one, _)| one.id == question.id);
            given.is_none_or(|(_, choice)| choice.id == NOT_KNOWN)
        });
        open.map(|question| question.id.clone()).collect()
    }

    fn suggests(&self) -> Vec<String> {
        let named = |id: &String| self.chosen.iter().any(|(_, one)| one.suggests.contains(id));
        let ids = self.aid.file.definitions.iter().map(|one| &one.id);
        ids.filter(|id| named(id)).cloned().collect()
    }

    fn law(&self) -> Vec<String> {
        let by_band = |id: &String| {
            self.bands.iter().filter_map(|band| self.aid.band(band)).any(|one| one.law.contains(id))
        };
        let by_answer = |id: &String| self.chosen.iter().any(|(_, one)| one.law.contains(id));
        let ids = self.aid.file.law.iter().map(|one| &one.id);
        ids.filter(|id| by_band(id) || by_answer(id)).cloned().collect()
    }

    fn must_do(&self) -> Vec<Task> {
        let bands = self.bands.iter().filter_map(|id| self.aid.band(id));
        let bands = bands.map(|band| (&band.id, &band.must_do));
        let answers = self.chosen.iter().map(|(question, choice)| (&question.id, &choice.must_do));
        let mut found: Vec<(&String, Vec<String>)> = Vec::new();
        for (from, tasks) in answers.chain(bands) {
            for task in tasks {
                match found.iter_mut().find(|(one, _)| *one == task) {
                    Some((_, because)) => because.push(from.clone()),
                    None => found.push((task, vec![from.clone()])),
                }
            }
        }
        let task = |(id, because): (&String, Vec<String>)| {
            let what = self.aid.file.to_do.get(id).unwrap_or(id).clone();
            Task { what, because }
        };
        found.into_iter().map(task).collect()
    }
}
