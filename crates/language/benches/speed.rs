//! How fast the checker is, on case text made from the labelled cases.
//!
//! `cargo bench -p tessera-language` checks 20 MB; `-- 100` checks 100 MB.
#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::cast_precision_loss, reason = "figures are rounded for people")]

mod mixed;

use std::hint::black_box;

use tessera_language::evaluate::read_cases;
use tessera_language::{Checker, Lexicon, Outcome, builtin_checker};

fn main() {
    let megabytes = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(20);
    let start = cpu_seconds();
    let checker = builtin_checker();
    println!("built-in checker ready in {:.2} ms", (cpu_seconds() - start) * 1e3);
    let start = cpu_seconds();
    let lexicon = Lexicon::builtin();
    println!("lexicon read from YAML in {:.2} ms", (cpu_seconds() - start) * 1e3);
    let start = cpu_seconds();
    black_box(Checker::new(&lexicon).map(|checker| checker.version().len()).unwrap_or_default());
    println!("checker made from it in {:.2} ms", (cpu_seconds() - start) * 1e3);

    let mixed = mixed::text(megabytes * 1_000_000);
    rate("plain matching, mixed case text", &mixed, || checker.count_terms(&mixed));
    rate("with context, mixed case text", &mixed, || streamed(checker, &mixed));
    let cases = corpus(megabytes * 1_000_000);
    rate("plain matching, labelled cases alone", &cases, || checker.count_terms(&cases));
    rate("with context, labelled cases alone", &cases, || streamed(checker, &cases));
    let prose = prose(megabytes * 1_000_000);
    rate("plain matching, ordinary prose", &prose, || checker.count_terms(&prose));
    rate("with context, ordinary prose", &prose, || streamed(checker, &prose));

    let note: String = mixed.split_inclusive(' ').take(2_000).collect();
    let start = cpu_seconds();
    for _ in 0..200 {
        black_box(checker.check(&note));
    }
    println!(
        "a note of 2,000 words of mixed text: {:.3} ms",
        (cpu_seconds() - start) * 1e3 / 200.0
    );
}

/// Seconds of processor time this thread has used, so that other work on the machine does not
/// count (Linux: first figure of `schedstat`, in nanoseconds).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|text| text.parse::<u64>().ok());
    nanoseconds.unwrap_or(0) as f64 / 1e9
}

/// Prints the median of five rounds, and the slowest and fastest.
fn rate(name: &str, text: &str, work: impl Fn() -> usize) {
    let mut found = 0;
    let mut rates: Vec<f64> = (0..5)
        .map(|_| {
            let start = cpu_seconds();
            found = black_box(work());
            text.len() as f64 / 1e6 / (cpu_seconds() - start)
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    if let [slowest, _, median, _, fastest] = rates.as_slice() {
        println!("{name}: {median:.0} MB/s ({slowest:.0} to {fastest:.0}), {found} found");
    }
}

/// Checks in pieces of 64 KB and keeps nothing.
fn streamed(checker: &Checker, text: &str) -> usize {
    let mut stream = checker.stream();
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let cut = (0..=rest.len().min(65_536)).rev().find(|at| rest.is_char_boundary(*at));
        let (piece, tail) = rest.split_at(cut.unwrap_or(rest.len()));
        stream.push(piece, |outcome| count += usize::from(matches!(outcome, Outcome::Finding(_))));
        rest = tail;
    }
    stream.finish(|outcome| count += usize::from(matches!(outcome, Outcome::Finding(_))));
    count
}

/// The labelled cases over and over in a fixed order, a blank line between.
fn corpus(bytes: usize) -> String {
    let cases =
        read_cases(include_str!("../../../content/language/cases.jsonl")).unwrap_or_default();
    let mut text = String::with_capacity(bytes + 1_000);
    let mut step = 1;
    while text.len() < bytes && !cases.is_empty() {
        // A step that changes each round: a fixed shuffle.
        for at in 0..cases.len() {
            if let Some(case) = cases.get((at * step + step) % cases.len()) {
                text.push_str(&case.text);
                text.push_str("\n\n");
            }
        }
        step = (step + 2) % cases.len() + 1;
    }
    text
}

/// Sentences in which few terms stand, as most of a file is.
fn prose(bytes: usize) -> String {
    let piece = "The worker met the family at home on Tuesday and spoke with each child alone. \
        They had eaten, the rooms were warm and the younger boy showed his drawings. A plan was \
        agreed: school will ring on Friday, the nurse will visit next week, and the bus pass will \
        be sorted before term begins. Nothing else was raised.\n\n";
    piece.repeat(bytes / piece.len() + 1)
}
