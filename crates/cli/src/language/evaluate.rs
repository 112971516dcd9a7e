//! `tessera language evaluate`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use tessera_language::Severity;
use tessera_language::evaluate::{Evaluation, Score, evaluate, read_cases};

use super::{Error, config};

/// Options of `tessera language evaluate`.
#[derive(Args)]
pub(crate) struct Options {
    /// Labelled cases, one JSON object a line: id, text, expected, note.
    #[arg(value_name = "CASES.jsonl")]
    cases: PathBuf,
    /// Write the whole result as JSON.
    #[arg(long)]
    json: bool,
    /// List the cases that came out otherwise than labelled.
    #[arg(long)]
    differences: bool,
    /// Local words.
    #[arg(long, value_name = "YAML")]
    config: Option<PathBuf>,
}

/// Scores and writes; the exit code is 0.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> Result<u8, Error> {
    let what = options.cases.display().to_string();
    let text = fs::read_to_string(&options.cases)
        .map_err(|source| Error::Io { what: what.clone(), source })?;
    let cases =
        read_cases(&text).map_err(|error| Error::Content { what, problem: error.to_string() })?;
    let choice = config::checker(options.config.as_deref())?;
    let outcome = evaluate(choice.checker(), &cases, Severity::Style);
    if options.json {
        let json = serde_json::to_string_pretty(&outcome)
            .map_err(|error| Error::output(io::Error::other(error)))?;
        writeln!(out, "{json}").map_err(Error::output)?;
        return Ok(0);
    }
    write_text(&outcome, options.differences, out).map_err(Error::output)?;
    Ok(0)
}

fn write_text(outcome: &Evaluation, differences: bool, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<44} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "exact span and entry", "precision", "recall", "F1", "right", "wrong", "missed"
    )?;
    row("overall", &outcome.overall, out)?;
    group("severity", &outcome.by_severity, out)?;
    group("category", &outcome.by_category, out)?;
    group("context", &outcome.by_context, out)?;
    writeln!(out)?;
    let Evaluation { cases, words, clean, clean_words, clean_flagged, false_alarms, .. } = outcome;
    writeln!(out, "{cases} cases, {words} words; {clean} clean cases, {clean_words} words")?;
    writeln!(out, "clean cases flagged: {clean_flagged} of {clean}; false alarms: {false_alarms}")?;
    if differences {
        for case in &outcome.differences {
            writeln!(out, "\n{}: {}", case.id, case.text)?;
            for (words, entry) in &case.wrong {
                writeln!(out, "  wrong: {words} [{entry}]")?;
            }
            for (words, entry, why) in &case.missed {
                writeln!(out, "  missed: {words} [{entry}] ({why})")?;
            }
        }
    }
    Ok(())
}

fn group(name: &str, scores: &BTreeMap<String, Score>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "by {name}")?;
    for (key, score) in scores {
        let short: String = key.chars().take(42).collect();
        row(&format!("  {short}"), score, out)?;
    }
    Ok(())
}

fn row(name: &str, score: &Score, out: &mut impl Write) -> io::Result<()> {
    let (precision, recall, f1) = (score.precision(), score.recall(), score.f1());
    writeln!(
        out,
        "{name:<44} {precision:>9.3} {recall:>7.3} {f1:>7.3} {:>7} {:>7} {:>7}",
        score.right, score.wrong, score.missed
    )
}
