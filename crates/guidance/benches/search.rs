//! How long a search takes over 5,000 pages, and how much memory its index has.
//!
//! `cargo bench -p tessera-guidance`

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench measures and prints")]

use std::{fmt::Write, time::Instant};

use tessera_guidance::{
    builtin,
    search::{Document, Index},
};

/// Pages of a large partnership.
const PAGES: usize = 5_000;

/// A quick, repeatable row of numbers (xorshift64).
struct Row(u64);

impl Row {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap_or(0)
    }
}

/// Pages made of the words of our own, and for every page words of its own, so that the vocabulary
/// grows as a real one does.
fn pages() -> Vec<Document> {
    let all: String = builtin::FILES.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> =
        all.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 4).collect();
    let mut row = Row(20_261_124);
    let mut made = Vec::with_capacity(PAGES);
    for n in 0..PAGES {
        let mut text = |count: usize| {
            let mut out = String::new();
            for _ in 0..count {
                let word = words.get(row.next(words.len())).copied().unwrap_or("word");
                let _ = write!(out, "{word} ");
                if row.next(40) == 0 {
                    let _ = write!(
                        out,
                        "{word}{} ",
                        char::from(b'a' + u8::try_from(row.next(26)).unwrap_or(0))
                    );
                }
            }
            out
        };
        made.push(Document {
            place: "Handbook".into(),
            title: text(5),
            href: format!("/guidance/handbook/page-{n}"),
            summary: text(14),
            headings: text(20),
            body: text(500),
            tags: text(2),
        });
    }
    made
}

fn main() {
    let documents = pages();
    let titles: Vec<String> = documents.iter().map(|d| d.title.clone()).collect();
    let began = Instant::now();
    let index = Index::of(documents);
    println!(
        "{PAGES} pages, {} different words, indexed in {:.0} ms",
        index.vocabulary(),
        began.elapsed().as_secs_f64() * 1000.0
    );
    let mut times = Vec::new();
    let mut right = 0;
    let mut row = Row(7);
    for _ in 0..300 {
        let page = row.next(titles.len());
        let title = &titles[page];
        let words: Vec<&str> = title.split_whitespace().take(3).collect();
        let asked = words.join(" ");
        // One letter is left out.
        let at = row.next(asked.len());
        let typed: String =
            asked.char_indices().filter(|(n, _)| *n != at).map(|(_, c)| c).collect();
        let began = Instant::now();
        let hits = index.search(&typed, 20);
        times.push(began.elapsed().as_secs_f64() * 1000.0);
        let href = format!("/guidance/handbook/page-{page}");
        right += usize::from(hits.iter().take(5).any(|hit| hit.document.href == href));
    }
    times.sort_by(f64::total_cmp);
    println!(
        "a search of three words with one error: median {:.2} ms, 95 in 100 {:.2} ms, longest {:.2} ms; \
         the right page among the first five for {right} of {}",
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        times[times.len() - 1],
        times.len()
    );
}
