//! Scores a file of labelled cases: `cargo run -p tessera-language --example score CASES.jsonl`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    for path in std::env::args().skip(1) {
        let cases =
            tessera_language::evaluate::read_cases(&std::fs::read_to_string(&path).unwrap())
                .unwrap();
        let out = tessera_language::evaluate::evaluate(
            tessera_language::builtin_checker(),
            &cases,
            tessera_language::Severity::Style,
        );
        for d in &out.differences {
            println!("{} {:?}\n   wrong {:?}\n   missed {:?}", d.id, d.text, d.wrong, d.missed);
        }
        println!(
            "{path} F1 {:.4} {:?} clean flagged {}/{}",
            out.overall.f1(),
            out.overall,
            out.clean_flagged,
            out.clean
        );
    }
}
