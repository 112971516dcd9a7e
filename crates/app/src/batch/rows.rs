//! A row becomes a report: the same checks as for one that is typed, and nearly the same words are
//! recognised, in the file and among what is held.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tessera_core::{
    batch::BatchKind,
    codes::CodeBook,
    partial_date::RawDate,
    report::{MentionKind, RawMention, RawReport, Report},
};
use tessera_store::report::read::Piece;

use super::{Work, columns::MEANINGS};
use crate::report::{keys, submit::alike};

/// From this share of common word pairs a row is nearly the same as something held.
const NEARLY_THE_SAME: f64 = 0.8;

/// A row that can be brought in.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, as a spreadsheet counts.
    pub number: u64,
    /// What it becomes.
    pub report: Report,
    /// What says nearly the same: another row, or a report by its reference.
    pub like: Option<String>,
}

/// A row that cannot be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Its number.
    pub number: u64,
    /// What is wrong, in words.
    pub problems: Vec<String>,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What the rows of a file come to.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Rows that can be brought in.
    pub good: Vec<Row>,
    /// Rows that cannot.
    pub rejected: Vec<Rejected>,
}

/// Reads every row of a batch as a report.
pub(crate) fn check(work: &Work, kind: BatchKind, codes: &CodeBook, held: &[Piece]) -> Checked {
    let mut checked = Checked::default();
    let mut known = Known::new(held);
    for (number, cells) in &work.rows {
        let raw = read(work, kind, cells, codes);
        let mut problems = Vec::new();
        if let Some(missing) = missing(kind, &raw) {
            problems.push(missing.to_owned());
        }
        match raw.check(codes) {
            Ok(report) if problems.is_empty() => {
                let like = known.like(&report.what);
                known.add(format!("row {number}"), &report.what);
                checked.good.push(Row { number: *number, report, like });
                continue;
            }
            Ok(_) => {}
            Err(errors) => {
                let told = !problems.is_empty();
                for error in errors.0.iter().filter(|e| e.field != "what" || !told) {
                    problems.push(format!("{}: {}", column(work, &error.field), error.message));
                }
            }
        }
        checked.rejected.push(Rejected { number: *number, problems, cells: cells.clone() });
    }
    checked
}

/// What a row of this kind must say.
fn missing(kind: BatchKind, raw: &RawReport) -> Option<&'static str> {
    let has = |kind: MentionKind| raw.mentions.iter().any(|m| m.kind == kind.id() && !m.is_empty());
    match kind {
        BatchKind::Reports if raw.what.trim().is_empty() => {
            Some("It does not say what was noticed")
        }
        BatchKind::People if !has(MentionKind::Person) => Some("It names or describes no person"),
        BatchKind::Vehicles if !has(MentionKind::Vehicle) => Some("It describes no vehicle"),
        _ => None,
    }
}

/// The heading of the column that a field of the form came from.
fn column(work: &Work, field: &str) -> String {
    let part = field.rsplit('-').next().unwrap_or(field);
    let id = match (field, field.split('-').next().unwrap_or(field), part) {
        ("happened", ..) => "date",
        ("when_text", ..) => "when",
        (_, "place", "value") if field.contains('-') => "venue",
        (_, kind, "value") => kind,
        _ => part,
    };
    let at = work.means.iter().position(|means| means == id);
    at.and_then(|at| work.headings.get(at)).cloned().unwrap_or_else(|| "This row".into())
}

fn read(work: &Work, kind: BatchKind, cells: &[String], codes: &CodeBook) -> RawReport {
    let mut raw = RawReport::default();
    let mut notes = Vec::new();
    for ((means, heading), cell) in work.means.iter().zip(&work.headings).zip(cells) {
        let cell = without_sign(cell.trim());
        if cell.is_empty() || !MEANINGS.iter().any(|known| known.id == means) {
            continue;
        }
        match means.as_str() {
            "" => {}
            "date" => raw.happened = RawDate::typed(cell),
            "note" => notes.push(format!("{heading}: {cell}")),
            "origin" => raw.origin = code(codes, cell),
            "what" => add(&mut raw.what, cell),
            "opinion" => add(&mut raw.opinion, cell),
            "when" => add(&mut raw.when_text, cell),
            "place" => add(&mut raw.place, cell),
            "provenance" => add(&mut raw.provenance, cell),
            "who_else" => add(&mut raw.who_else, cell),
            of_mention => mention(&mut raw.mentions, of_mention, cell),
        }
    }
    raw.mentions.sort_by_key(|m| MentionKind::ALL.iter().position(|kind| kind.id() == m.kind));
    if raw.what.is_empty() && kind != BatchKind::Reports && !raw.mentions.is_empty() {
        let lines = raw.mentions.iter().map(|m| {
            let kind = MentionKind::from_id(&m.kind).map_or("", MentionKind::label);
            format!("{kind}: {}.", m.in_words())
        });
        raw.what = format!("On a list. {}", lines.collect::<Vec<_>>().join(" "));
    }
    for note in notes {
        add(&mut raw.what, &note);
    }
    raw
}

/// A cell without the sign that stops a spreadsheet from running it.
fn without_sign(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// Two columns may mean the same: both stand in the report.
fn add(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push_str(if text.ends_with('.') { " " } else { ". " });
    }
    text.push_str(more);
}

/// The id of a code, written as its id or its label; what is neither fails the check of the row.
fn code(codes: &CodeBook, cell: &str) -> String {
    let found = codes
        .options("origin")
        .iter()
        .find(|code| code.id.eq_ignore_ascii_case(cell) || code.label.eq_ignore_ascii_case(cell));
    found.map_or_else(|| cell.to_owned(), |code| code.id.clone())
}

/// Adds a cell to the mentions: a second name begins a second person.
fn mention(mentions: &mut Vec<RawMention>, means: &str, cell: &str) {
    let kind = match means {
        "person" | "age" | "looks" | "child" => MentionKind::Person,
        "vehicle" | "make" | "colour" => MentionKind::Vehicle,
        "phone" => MentionKind::Phone,
        "handle" | "platform" => MentionKind::Handle,
        _ => MentionKind::Place,
    };
    let names = ["person", "vehicle", "phone", "handle", "venue"].contains(&means);
    let last = mentions.iter().rposition(|m| m.kind == kind.id());
    let at = match last {
        Some(at) if !names || mentions.get(at).is_some_and(|m| m.value.is_empty()) => at,
        _ => {
            mentions.push(RawMention { kind: kind.id().into(), ..RawMention::default() });
            mentions.len() - 1
        }
    };
    let Some(m) = mentions.get_mut(at) else { return };
    match means {
        "age" => cell.clone_into(&mut m.age),
        "looks" => add(&mut m.looks, cell),
        "make" => add(&mut m.make, cell),
        "colour" => cell.clone_into(&mut m.colour),
        "platform" => cell.clone_into(&mut m.platform),
        "address" => add(&mut m.address, cell),
        "child" => match cell.to_lowercase().as_str() {
            "yes" | "y" | "true" | "child" => m.child = "yes".into(),
            "no" | "n" | "false" | "adult" => m.child = "no".into(),
            _ => {}
        },
        "phone" => m.value = telephone(cell),
        _ => cell.clone_into(&mut m.value),
    }
}

/// A spreadsheet that takes a telephone number for a number loses the nought at its beginning.
fn telephone(cell: &str) -> String {
    let lost = cell.len() == 10 && cell.starts_with(['1', '2', '7']);
    if lost && cell.bytes().all(|b| b.is_ascii_digit()) { format!("0{cell}") } else { cell.into() }
}

/// Words that are held, by the pairs of words in them.
struct Known {
    texts: Vec<(String, String)>,
    pairs: BTreeMap<(String, String), Vec<usize>>,
}

/// A pair of words that more texts than this share finds nothing.
const COMMON: usize = 200;

impl Known {
    fn new(held: &[Piece]) -> Self {
        let mut known = Self { texts: Vec::new(), pairs: BTreeMap::new() };
        for piece in held {
            known.add(piece.reference.to_string(), &piece.report.what);
        }
        known
    }

    fn pairs(text: &str) -> BTreeSet<(String, String)> {
        let words = keys::words(text);
        words.iter().cloned().zip(words.iter().skip(1).cloned()).collect()
    }

    fn add(&mut self, name: String, text: &str) {
        for pair in Self::pairs(text) {
            self.pairs.entry(pair).or_default().push(self.texts.len());
        }
        self.texts.push((name, text.to_owned()));
    }

    /// The name of the first text that says nearly the same.
    fn like(&self, text: &str) -> Option<String> {
        let lists = Self::pairs(text).into_iter().filter_map(|pair| self.pairs.get(&pair).cloned());
        let near: BTreeSet<usize> = lists.filter(|list| list.len() <= COMMON).flatten().collect();
        near.iter()
            .filter_map(|at| self.texts.get(*at))
            .find(|(_, held)| held == text || alike(held, text) >= NEARLY_THE_SAME)
            .map(|(name, _)| name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(means: &[&str], rows: &[&[&str]]) -> Work {
        let own = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        Work {
            headings: means.iter().map(|m| format!("The {m}")).collect(),
            means: own(means),
            rows: rows.iter().zip(2..).map(|(row, n)| (n, own(row))).collect(),
            ..Work::default()
        }
    }

    fn checked(kind: BatchKind, work: &Work) -> Checked {
        check(work, kind, &CodeBook::builtin().unwrap(), &[])
    }

    #[test]
    fn a_row_becomes_a_report_with_its_people_and_things() {
        let means = ["date", "what", "age", "person", "person", "phone", "colour", "vehicle"];
        let row =
            ["3/5/2026", "They waited", "30", "Dev", "Mo", "7700900123", "red", "starts AB51"];
        let all = checked(BatchKind::Reports, &work(&means, &[&row]));
        let report = &all.good[0].report;
        let said: Vec<String> = report.mentions.iter().map(RawMention::in_words).collect();
        assert_eq!(said, ["Dev (aged 30)", "Mo", "starts AB51 (red)", "07700900123"]);
        assert_eq!(report.happened_on.unwrap().to_string(), "3 May 2026");
    }

    #[test]
    fn what_is_wrong_with_a_row_is_told_by_the_heading_of_its_column() {
        let all = checked(BatchKind::Reports, &work(&["date", "what"], &[&["soon", "A van"]]));
        assert!(all.rejected[0].problems[0].starts_with("The date: "), "{:?}", all.rejected);
        let none = checked(BatchKind::People, &work(&["vehicle"], &[&["AB51 ABC"]]));
        assert_eq!(none.rejected[0].problems, ["It names or describes no person"]);
    }

    #[test]
    fn a_list_of_people_says_what_it_is() {
        let all =
            checked(BatchKind::People, &work(&["person", "note"], &[&["Dev", "by the shops"]]));
        assert_eq!(all.good[0].report.what, "On a list. Person: Dev. The note: by the shops");
    }

    #[test]
    fn a_row_that_says_nearly_what_another_says_is_recognised() {
        let one = "A white van waited outside the school gate at home time on three days this week";
        let other = one.replace("three", "four");
        let all = checked(BatchKind::Reports, &work(&["what"], &[&[one], &["A car"], &[&other]]));
        let like: Vec<Option<&str>> = all.good.iter().map(|row| row.like.as_deref()).collect();
        assert_eq!(like, [None, None, Some("row 2")]);
    }
}
