//! Terms are found in whatever shape they are written, at their place in the original.

use proptest::prelude::*;
use tessera_language::{Lexicon, Outcome, advice, builtin_checker};

fn found(text: &str) -> Vec<(String, String)> {
    advice(text).into_iter().map(|finding| (finding.matched, finding.entry)).collect()
}

fn entries(text: &str) -> Vec<String> {
    advice(text).into_iter().map(|finding| finding.entry).collect()
}

#[test]
fn case_spaces_hyphens_and_line_breaks_do_not_hide_a_term() {
    for text in [
        "HARD TO REACH family",
        "hard  to\u{a0}reach family",
        "hard-to-reach family",
        "hard\u{2011}to\u{2013}reach family",
        "hard to\nreach family",
        "hard to\r\nreach family",
        "ha\u{ad}rd to re\u{200b}ach family",
    ] {
        assert_eq!(entries(text), ["hard-to-reach"], "{text:?}");
    }
}

#[test]
fn a_blank_line_or_a_spaced_dash_parts_the_words_of_a_term() {
    assert!(entries("It was hard to\n\nreach the shop").is_empty());
    assert!(entries("It was hard – to reach the shop").is_empty());
}

#[test]
fn part_of_a_longer_word_is_no_match() {
    assert!(
        entries("The complicitous runaways' unstreetwiseness").iter().all(|id| id == "runaway")
    );
    assert!(entries("Slutsk is a town.").is_empty());
}

#[test]
fn a_possessive_is_left_outside_the_span() {
    assert_eq!(found("The runaway’s mother rang."), [("runaway".to_owned(), "runaway".to_owned())]);
}

#[test]
fn the_longest_term_wins() {
    assert_eq!(
        found("After the placement breakdown."),
        [("placement breakdown".to_owned(), "placement-breakdown".to_owned())]
    );
}

#[test]
fn an_acronym_must_be_written_in_capitals() {
    assert_eq!(entries("Both are LAC."), ["lac-acronym"]);
    assert!(entries("The lac insect and Lac Leman.").is_empty());
}

#[test]
fn a_word_with_one_slip_is_still_found_and_an_english_word_is_not_taken_for_one() {
    assert_eq!(entries("He abscoded again."), ["absconded"]);
    assert_eq!(entries("She is promiscous."), ["promiscuous"]);
    assert!(entries("Despite advice he went home.").is_empty());
}

#[test]
fn positions_count_code_points_bytes_and_utf16_units_of_the_original() {
    let text = "🟠 é: she is complicit.";
    let finding = advice(text).remove(0);
    assert_eq!(finding.span.chars, 12..21);
    assert_eq!(&text[finding.span.bytes.clone()], "complicit");
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!(String::from_utf16(&units[finding.span.utf16]).unwrap(), "complicit");
}

#[test]
fn a_local_entry_and_a_retired_one_change_what_is_found() {
    let local = "meta: {name: local, version: '7', language: en-GB, compiled: '2026-11-24'}\n\
        entries:\n- {id: frequent-visitor, category: labelling, severity: consider, forms: [frequent visitor(|s)],\n\
        why: A label., alternatives: [comes often], allow: [quote], evidence: practice, sources: [{title: Team}]}\n";
    let lexicon = Lexicon::builtin()
        .without(&["streetwise".to_owned()])
        .with_local(Lexicon::from_yaml(local).unwrap())
        .unwrap();
    let checker = tessera_language::Checker::new(&lexicon).unwrap();
    let report = checker.check("A streetwise girl and two frequent visitors.");
    let ids: Vec<&str> = report.findings.iter().map(|finding| finding.entry.as_str()).collect();
    assert_eq!(ids, ["frequent-visitor"]);
    assert!(checker.version().ends_with("+7"));
}

#[test]
fn a_lexicon_with_a_form_in_two_entries_is_refused() {
    let twice = "meta: {name: a, version: '1', language: en-GB, compiled: '2026-11-24'}\n\
        entries:\n\
        - {id: one, category: blame, severity: style, forms: [same words], why: w, alternatives: [b], allow: [], evidence: seen, sources: [{title: t}]}\n\
        - {id: two, category: blame, severity: style, forms: [Same words], why: w, alternatives: [b], allow: [], evidence: seen, sources: [{title: t}]}\n";
    let error = Lexicon::from_yaml(twice).unwrap_err();
    assert!(error.to_string().contains("two: the form \"same words\" is also in one"), "{error}");
}

#[test]
fn a_text_in_pieces_gives_what_the_whole_gives() {
    let text = include_str!("../../../../content/language/cases.jsonl").replace("}\n", "}\n\n");
    let whole = builtin_checker().check(&text);
    for size in [1, 7, 4_096] {
        let mut stream = builtin_checker().stream();
        let mut findings = Vec::new();
        let mut keep = |outcome| {
            if let Outcome::Finding(finding) = outcome {
                findings.push(finding);
            }
        };
        let chars: Vec<char> = text.chars().collect();
        for piece in chars.chunks(size) {
            stream.push(&piece.iter().collect::<String>(), &mut keep);
        }
        stream.finish(&mut keep);
        assert_eq!(findings, whole.findings, "pieces of {size}");
    }
}

proptest! {
    #[test]
    fn any_text_is_checked_and_every_span_is_a_piece_of_it(text in "(?s).{0,400}") {
        spans_fit(&text)?;
    }

    #[test]
    fn text_made_of_awkward_pieces_is_checked(
        pieces in prop::collection::vec(prop_oneof![
            Just("puts herself at risk"), Just("‘"), Just("’"), Just("'"), Just("“"), Just("\""),
            Just("\n"), Just("\r\n\r\n"), Just(" – "), Just("-"), Just("\u{ad}"), Just("not "),
            Just("complicit "), Just("🟠"), Just("abscoded "), Just(" LAC"), Just("e\u{301}"),
            Just("older boyfriend, who is 26"), Just("Mum’s "), Just("> "), Just("Q: "), Just("A: "),
        ], 0..60)
    ) {
        spans_fit(&pieces.concat())?;
    }
}

fn spans_fit(text: &str) -> Result<(), TestCaseError> {
    let report = builtin_checker().check(text);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut last = 0;
    for finding in &report.findings {
        let span = &finding.span;
        prop_assert!(span.bytes.start >= last);
        last = span.bytes.end;
        prop_assert_eq!(text.get(span.bytes.clone()), Some(finding.matched.as_str()));
        let chars: String = text.chars().skip(span.chars.start).take(span.chars.len()).collect();
        prop_assert_eq!(&chars, &finding.matched);
        let wide = units.get(span.utf16.clone()).map(String::from_utf16_lossy);
        prop_assert_eq!(wide.as_ref(), Some(&finding.matched));
    }
    Ok(())
}
