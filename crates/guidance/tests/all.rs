//! Guidance read as a whole, and found.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a surprise stops the test")]

use tessera_core::guidance::{Block, Inline, words};
use tessera_guidance::{Library, builtin, search};

const SECTIONS: &str =
    "- id: start\n  title: Start here\n  summary: What to do.\n  audience: public\n";

fn page(title: &str, audience: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: What this is about.\nkind: page\norder: 1\naudience: {audience}\n\
         owner: Strategy manager\nstatus: published\nversion: \"1.0\"\nin_force_from: 2026-04-01\n\
         last_reviewed: 2026-09-15\nnext_review: 2027-09-15\ntopics: [referral]\n\
         sources:\n  - {{id: act, title: An act, publisher: Parliament, url: https://example.org, verified: null}}\n\
         ---\n{body}"
    )
}

fn read(files: &[(&str, &str)]) -> (Library, Vec<String>) {
    let (library, faults) = Library::read("", files.iter().copied());
    (library, faults.iter().map(ToString::to_string).collect())
}

#[test]
fn the_guidance_that_ships_has_no_fault() {
    let (library, faults) = Library::read("content/guidance", builtin::FILES.iter().copied());
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for page in library.all_pages() {
        let (grade, most) = (page.grade(library.counted()), page.front.audience.highest_grade());
        assert!(grade <= most, "{}: grade {grade:.2} is above {most}", page.path());
    }
}

/// One letter left out, doubled, changed or swapped with the next.
fn with_an_error(word: &str, n: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + n % (letters.len() - 2);
    match n % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = if letters[at] == 'x' { 'q' } else { 'x' },
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

#[test]
fn a_title_with_one_error_is_among_the_first_five() {
    let (library, _) = Library::read("", builtin::FILES.iter().copied());
    for (n, page) in library.all_pages().filter(|page| page.is_published()).enumerate() {
        let words: Vec<&str> = page.front.title.split_whitespace().collect();
        let longest = words.iter().copied().max_by_key(|word| word.len()).unwrap();
        if longest.chars().count() < 4 {
            continue;
        }
        for error in 0..4 {
            let wrong = with_an_error(longest, n + error);
            let asked = page.front.title.replacen(longest, &wrong, 1);
            let hits = library.search(&asked, 5);
            let found = hits.iter().any(|hit| hit.document.href == page.href());
            let got: Vec<&str> = hits.iter().map(|hit| hit.document.title.as_str()).collect();
            assert!(found, "{asked} does not find {}, but {got:?}", page.front.title);
        }
    }
}

#[test]
fn one_word_with_an_error_finds_its_page_and_marks_the_right_word() {
    let body = "## Signs\n\nA child may be drawn into exploitation by gifts.\n";
    let other = "## Other\n\nTell us when you are not sure.\n";
    let (library, faults) = read(&[
        ("sections.yaml", SECTIONS),
        ("plain-terms.yaml", "- term: exploitation\n  meaning: Using a child for gain\n"),
        ("pages/start/a.md", &page("What to look for", "public", body)),
        ("pages/start/b.md", &page("Who to tell", "public", other)),
    ]);
    assert!(faults.is_empty(), "{faults:?}");
    for asked in ["exploitation", "explotation", "exploitaiton", "exploit"] {
        let hits = library.search(asked, 5);
        assert_eq!(hits[0].document.href, "/guidance/start/a", "{asked}");
        assert!(hits[0].excerpt.contains(&(true, "exploitation".into())), "{:?}", hits[0].excerpt);
    }
    assert!(library.search("zebra", 5).is_empty());
    assert!(library.search("  ", 5).is_empty());
}

#[test]
fn what_is_asked_for_is_never_an_error() {
    let index = search::Index::of(vec![search::Document {
        title: "One".into(),
        ..search::Document::default()
    }]);
    for asked in ["", "'", "’’", "ﬁ", "\u{0}", "a'b'c", "😀 one"] {
        let _ = index.search(asked, 5);
    }
}

#[test]
fn each_fault_names_its_file_and_its_line() {
    let hard = "The multidisciplinary organisational responsibilities necessitate considerable \
                interdependency, notwithstanding administrative particularities.\n";
    let (_, faults) = read(&[
        ("sections.yaml", SECTIONS),
        ("pages/start/hard.md", &page("Hard", "public", hard)),
        ("pages/start/link.md", &page("Link", "staff", "See [it](/guidance/start/none).\n")),
        ("pages/start/law.md", &page("Law", "staff", "Fine.\n\n> [!LAW none] It is so.\n")),
        ("pages/gone/far.md", &page("Far", "staff", "Fine.\n")),
        ("pages/start/key.md", &page("Key", "staff", "Fine.\n").replace("order: 1", "ordre: 1")),
        (
            "pages/start/date.md",
            &page("Date", "staff", "Fine.\n").replace("2027-09-15", "2025-09-15"),
        ),
    ]);
    let expect = |start: &str, words: &str| {
        assert!(
            faults.iter().any(|fault| fault.starts_with(start) && fault.contains(words)),
            "{start} {words}: {faults:#?}"
        );
    };
    expect("pages/start/hard.md", "reading grade");
    expect("pages/start/link.md:17:", "leads nowhere");
    expect("pages/start/law.md:19:", "not `none`");
    expect("pages/gone/far.md", "no section `gone`");
    expect("pages/start/key.md:5:", "ordre");
    expect("pages/start/date.md:12:", "before the last one");
}

#[test]
fn a_review_is_overdue_from_the_day_after_its_date() {
    let (library, _) = read(&[
        ("sections.yaml", SECTIONS),
        ("pages/start/a.md", &page("Page", "staff", "Fine.\n")),
    ]);
    let page = library.page("start", "a").unwrap();
    assert!(!page.is_overdue("2027-09-15".parse().unwrap()));
    assert!(page.is_overdue("2027-09-16".parse().unwrap()));
}

#[test]
fn a_question_is_helped_by_the_text_under_its_heading() {
    let body = "## One\n\nFirst.\n\n### More\n\nStill first.\n\n## Two\n\nSecond.\n";
    let (library, faults) = read(&[
        ("sections.yaml", SECTIONS),
        ("pages/start/a.md", &page("Page", "staff", body)),
        ("help.yaml", "- {question: tell.what, page: start/a, heading: one}\n"),
    ]);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(library.help_of("tell.what").unwrap().blocks.len(), 3);
    assert!(library.help_of("tell.where").is_none());
}

#[test]
fn an_edited_page_is_written_so_that_it_reads_the_same() {
    let text = page("A title: with a colon", "staff", "## One\n\nFirst.[^act]\n");
    let page = tessera_guidance::Page::read(
        "x",
        "pages/start/a.md",
        &text.replace("A title: with a colon", "\"A title: with a colon\""),
    )
    .unwrap();
    let again = tessera_guidance::Page::compose(&page.front, &page.body);
    let read = tessera_guidance::Page::read("x", "pages/start/a.md", &again).unwrap();
    assert_eq!((&read.front, &read.blocks), (&page.front, &page.blocks));
}

/// Every line of running text in these blocks, without headings and tables; whether it stands in a
/// box for a statement of law; and every row of a table.
fn lines<'b>(
    blocks: &'b [Block],
    in_law: bool,
    found: &mut Vec<(Vec<&'b Inline>, bool)>,
    rows: &mut Vec<Vec<&'b Inline>>,
) {
    for block in blocks {
        match block {
            Block::Heading { .. } => {}
            Block::Paragraph(parts) | Block::Plain(parts) => {
                found.push((parts.iter().collect(), in_law));
            }
            Block::List { items, .. } => {
                for item in items {
                    lines(item, in_law, found, rows);
                }
            }
            Block::Table { rows: all, .. } => {
                rows.extend(all.iter().map(|row| row.iter().flatten().collect()));
            }
            Block::Law { inside, .. } => lines(inside, true, found, rows),
            Block::Now(inside) | Block::Example(inside) | Block::Quote(inside) => {
                lines(inside, in_law, found, rows);
            }
        }
    }
}

fn said(parts: &[&Inline]) -> String {
    let owned: Vec<Inline> = parts.iter().map(|part| (*part).clone()).collect();
    words(&owned)
}

fn has_source(parts: &[&Inline]) -> bool {
    parts.iter().any(|part| match part {
        Inline::Note(_) => true,
        Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Link { inside, .. } => {
            has_source(&inside.iter().collect::<Vec<_>>())
        }
        _ => false,
    })
}

/// Whether a text names an Act, regulations or a section with its number.
fn names_law(text: &str) -> bool {
    let all: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number =
        |word: Option<&&str>| word.is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    all.iter().enumerate().any(|(at, word)| match *word {
        "section" | "sections" | "Section" | "Sections" => number(all.get(at + 1)),
        "Act" | "Regulations" => {
            let next = all.get(at + 1);
            number(next) || (next == Some(&"of") && number(all.get(at + 2)))
        }
        _ => false,
    })
}

#[test]
fn every_statement_of_law_has_a_source_that_says_whether_and_when_it_was_verified() {
    let (library, _) = Library::read("content/guidance", builtin::FILES.iter().copied());
    let (mut bare, mut statements) = (Vec::new(), 0);
    for page in library.all_pages() {
        let (mut found, mut rows) = (Vec::new(), Vec::new());
        lines(&page.blocks, false, &mut found, &mut rows);
        for (parts, in_law) in found {
            let text = said(&parts);
            statements += usize::from(in_law || names_law(&text));
            if names_law(&text) && !in_law && !has_source(&parts) {
                bare.push(format!("{}: {text}", page.path()));
            }
        }
        for row in rows {
            let text = said(&row);
            // A table of law has a column that says when each row was verified, or that none did.
            let told = text.contains("ot yet verified") || text.contains(" 2026");
            if names_law(&text) && !has_source(&row) && !told {
                bare.push(format!("{}: {text}", page.path()));
            }
        }
        // A date without a source, or a source without its publisher and address, tells nothing.
        for source in &page.front.sources {
            let whole = !source.title.is_empty() && !source.publisher.is_empty();
            assert!(whole && !source.url.is_empty(), "{}: {source:?}", page.path());
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
    assert!(statements > 70, "only {statements} statements of law were found");
}

#[test]
fn a_sentence_of_guidance_has_at_most_25_words() {
    let (library, _) = Library::read("content/guidance", builtin::FILES.iter().copied());
    let mut long = Vec::new();
    for page in library.all_pages() {
        let (mut found, mut rows) = (Vec::new(), Vec::new());
        lines(&page.blocks, false, &mut found, &mut rows);
        for text in found.iter().map(|(parts, _)| said(parts)) {
            for sentence in text.split_inclusive(['.', '!', '?']) {
                let words = sentence.split_whitespace().count();
                if words > 25 {
                    long.push(format!("{}: {words} words: {}", page.path(), sentence.trim()));
                }
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}
