//! Markdown into blocks. What has no place in guidance (HTML, pictures, headings of other levels,
//! addresses that lead nowhere good) is a fault with its line, and is never passed on.

use std::{collections::BTreeSet, iter::Peekable, ops::Range};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use tessera_core::guidance::{Block, Inline, SourceNote, words};

/// What was read of a body.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) blocks: Vec<Block>,
    /// Links to pages of ours, each with its line within the body, counted from 0.
    pub(crate) links: Vec<(String, usize)>,
    /// Lines within the body, counted from 0, and what is wrong there.
    pub(crate) faults: Vec<(usize, String)>,
}

/// Reads a body; statements refer to `sources` by their ids.
pub(crate) fn read(body: &str, sources: &[SourceNote]) -> Read {
    let parser = Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter();
    let mut reader = Reader {
        events: parser.peekable(),
        body,
        sources,
        anchors: BTreeSet::new(),
        read: Read::default(),
    };
    let blocks = reader.blocks(None);
    let mut read = reader.read;
    read.blocks = blocks;
    read
}

struct Reader<'b, I: Iterator<Item = (Event<'b>, Range<usize>)>> {
    events: Peekable<I>,
    body: &'b str,
    sources: &'b [SourceNote],
    anchors: BTreeSet<String>,
    read: Read,
}

impl<'b, I: Iterator<Item = (Event<'b>, Range<usize>)>> Reader<'b, I> {
    fn fault(&mut self, at: &Range<usize>, reason: impl Into<String>) {
        let line = self.line(at);
        self.read.faults.push((line, reason.into()));
    }

    fn line(&self, at: &Range<usize>) -> usize {
        self.body.get(..at.start).unwrap_or_default().matches('\n').count()
    }

    /// The blocks up to an end, which is taken too.
    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, at)) = self.events.peek().cloned() {
            match event {
                Event::End(tag) if Some(tag) == end => {
                    self.events.next();
                    break;
                }
                Event::Start(tag) if !is_inline(&tag) => {
                    self.events.next();
                    self.block(tag, &at, &mut blocks);
                }
                Event::Rule => {
                    self.events.next();
                    self.fault(&at, "a line across the page: use a heading instead");
                }
                Event::End(_) => {
                    self.events.next();
                }
                _ => {
                    let inside = self.inlines(None);
                    if !inside.is_empty() {
                        blocks.push(Block::Plain(inside));
                    }
                }
            }
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'b>, at: &Range<usize>, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => {
                let inside = self.inlines(Some(TagEnd::Paragraph));
                blocks.push(Block::Paragraph(inside));
            }
            Tag::Heading { level, .. } => {
                let inside = self.inlines(Some(TagEnd::Heading(level)));
                let level = match level {
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    _ => {
                        self.fault(at, "headings are written with ## or ###");
                        2
                    }
                };
                let id = self.anchor(&words(&inside));
                blocks.push(Block::Heading { level, id, inside });
            }
            Tag::List(first) => {
                let items = self.items();
                blocks.push(Block::List { ordered: first.is_some(), items });
            }
            Tag::BlockQuote(kind) => {
                let inside = self.blocks(Some(TagEnd::BlockQuote(kind)));
                let block = self.called(inside, at);
                blocks.push(block);
            }
            Tag::Table(_) => {
                let (head, rows) = self.table();
                blocks.push(Block::Table { head, rows });
            }
            other => {
                self.fault(
                    at,
                    "only headings, paragraphs, lists, tables and > blocks have a place",
                );
                let _ = self.blocks(Some(other.to_end()));
            }
        }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let item = self.blocks(Some(TagEnd::Item));
                    items.push(item);
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        items
    }

    #[allow(clippy::type_complexity, reason = "a table is rows of cells of parts")]
    fn table(&mut self) -> (Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>) {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        let mut row = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell = self.inlines(Some(TagEnd::TableCell));
                    row.push(cell);
                }
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        (head, rows)
    }

    /// The parts of a line up to an end, which is taken too; without an end, as far as lines go.
    fn inlines(&mut self, end: Option<TagEnd>) -> Vec<Inline> {
        let mut parts: Vec<Inline> = Vec::new();
        while let Some((event, at)) = self.events.peek().cloned() {
            match event {
                Event::End(tag) if Some(tag) == end => {
                    self.events.next();
                    break;
                }
                Event::End(_) if end.is_none() => break,
                Event::Start(tag) if !is_inline(&tag) => break,
                _ => {}
            }
            self.events.next();
            match event {
                Event::Text(text) | Event::Code(text) => push_text(&mut parts, &text),
                Event::SoftBreak => push_text(&mut parts, " "),
                Event::HardBreak => parts.push(Inline::Break),
                Event::Start(Tag::Strong) => {
                    parts.push(Inline::Strong(self.inlines(Some(TagEnd::Strong))));
                }
                Event::Start(Tag::Emphasis) => {
                    parts.push(Inline::Emphasis(self.inlines(Some(TagEnd::Emphasis))));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let inside = self.inlines(Some(TagEnd::Link));
                    parts.push(self.link(&dest_url, inside, &at));
                }
                Event::Start(Tag::Image { .. }) => {
                    self.fault(&at, "pictures have no place in guidance: say it in words");
                    let _ = self.inlines(Some(TagEnd::Image));
                }
                Event::Html(text) | Event::InlineHtml(text) => {
                    self.fault(&at, "HTML has no place in guidance: write Markdown");
                    push_text(&mut parts, &text);
                }
                _ => {}
            }
        }
        self.noted(parts)
    }

    fn link(&mut self, href: &str, inside: Vec<Inline>, at: &Range<usize>) -> Inline {
        let ours = href.starts_with('/') && !href.starts_with("//");
        let fits = ours
            || ["#", "https://", "http://", "mailto:", "tel:"].iter().any(|p| href.starts_with(p));
        if !fits {
            self.fault(
                at,
                format!("the link to `{href}`: write /…, #…, https://…, mailto:… or tel:…"),
            );
            return Inline::Emphasis(inside);
        }
        if href.starts_with("/guidance") {
            let line = self.line(at);
            self.read.links.push((href.to_owned(), line));
        }
        Inline::Link { href: href.to_owned(), inside }
    }

    /// Turns `[^id]` in the text of a line into notes.
    fn noted(&mut self, parts: Vec<Inline>) -> Vec<Inline> {
        let mut noted = Vec::new();
        for part in parts {
            let Inline::Text(text) = part else {
                noted.push(part);
                continue;
            };
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once("[^") {
                let Some((id, after)) = after.split_once(']') else { break };
                let Some(place) = self.sources.iter().position(|s| s.id == id) else {
                    let at = self.body.find(&format!("[^{id}]")).unwrap_or_default();
                    self.fault(&(at..at), format!("no source has the id `{id}`"));
                    rest = after;
                    continue;
                };
                push_text(&mut noted, before);
                noted.push(Inline::Note(place));
                rest = after;
            }
            push_text(&mut noted, rest);
        }
        noted
    }

    /// A quotation, or the block that its first words `[!…]` call for.
    fn called(&mut self, mut inside: Vec<Block>, at: &Range<usize>) -> Block {
        let Some((call, rest)) = first_words(&inside).and_then(|text| {
            let (call, rest) = text.strip_prefix("[!")?.split_once(']')?;
            Some((call.to_owned(), rest.trim_start().to_owned()))
        }) else {
            return Block::Quote(inside);
        };
        replace_first_words(&mut inside, rest);
        match call.split_once(' ').unwrap_or((&call, "")) {
            ("LAW", id) => {
                if let Some(source) = self.sources.iter().position(|s| s.id == id.trim()) {
                    return Block::Law { source, inside };
                }
                let reason =
                    format!("a statement of law needs one of the page's sources, not `{id}`");
                self.fault(at, reason);
                Block::Quote(inside)
            }
            ("NOW", _) => Block::Now(inside),
            ("EXAMPLE", _) => Block::Example(inside),
            (other, _) => {
                self.fault(at, format!("`[!{other}]` is not one of [!LAW id], [!NOW], [!EXAMPLE]"));
                Block::Quote(inside)
            }
        }
    }

    /// An anchor for a heading, different from every other on the page.
    fn anchor(&mut self, text: &str) -> String {
        let mut slug = String::new();
        for c in text.to_lowercase().chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.ends_with('-') && !slug.is_empty() && c != '\'' && c != '’' {
                slug.push('-');
            }
        }
        let slug = match slug.trim_end_matches('-') {
            "" => "part".to_owned(),
            // An id begins with a letter, and the list of sources below the text has this one.
            slug if slug.starts_with(|c: char| c.is_ascii_digit()) || slug == "sources" => {
                format!("part-{slug}")
            }
            slug => slug.to_owned(),
        };
        let taken = (1..).map(|n| if n == 1 { slug.clone() } else { format!("{slug}-{n}") });
        let free = taken.into_iter().find(|anchor| !self.anchors.contains(anchor));
        let anchor = free.unwrap_or_default();
        self.anchors.insert(anchor.clone());
        anchor
    }
}

const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::HtmlBlock
    )
}

fn push_text(parts: &mut Vec<Inline>, text: &str) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => parts.push(Inline::Text(text.to_owned())),
    }
}

fn first_words(inside: &[Block]) -> Option<&str> {
    match inside.first()? {
        Block::Paragraph(parts) | Block::Plain(parts) => match parts.first()? {
            Inline::Text(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn replace_first_words(inside: &mut Vec<Block>, text: String) {
    if let Some(Block::Paragraph(parts) | Block::Plain(parts)) = inside.first_mut() {
        if text.is_empty() {
            parts.remove(0);
        } else if let Some(first) = parts.first_mut() {
            *first = Inline::Text(text);
        }
        if parts.is_empty() {
            inside.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: &str) -> SourceNote {
        SourceNote {
            id: id.into(),
            title: "An act".into(),
            publisher: String::new(),
            url: String::new(),
            verified: None,
            note: None,
        }
    }

    #[test]
    fn a_statement_of_law_carries_its_source_and_a_reference_its_note() {
        let body = "## Who to tell\n\n> [!LAW act] Tell the council.\n\nIt is so.[^act]\n\n## Who to tell\n";
        let read = read(body, &[source("act")]);
        assert!(read.faults.is_empty(), "{:?}", read.faults);
        let Block::Law { source: 0, inside } = &read.blocks[1] else { panic!("{:?}", read.blocks) };
        assert_eq!(inside, &[Block::Paragraph(vec![Inline::Text("Tell the council.".into())])]);
        let Block::Paragraph(parts) = &read.blocks[2] else { panic!() };
        assert_eq!(parts.last(), Some(&Inline::Note(0)));
        let Block::Heading { id, .. } = &read.blocks[3] else { panic!() };
        assert_eq!(id, "who-to-tell-2");
    }

    #[test]
    fn what_has_no_place_is_a_fault_on_its_line_and_never_markup() {
        let body = "Fine.\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n![p](p.png)\n\n# Big\n\nNo.[^none]\n";
        let read = read(body, &[]);
        let lines: Vec<usize> = read.faults.iter().map(|(line, _)| *line).collect();
        for line in [2, 4, 6, 8, 10] {
            assert!(lines.contains(&line), "{line}: {:?}", read.faults);
        }
        let all = format!("{:?}", read.blocks);
        assert!(!all.contains("javascript:"), "{all}");
    }

    #[test]
    fn lists_and_tables_keep_their_cells() {
        let body = "- one **two**\n- three\n  - four\n\n| a | b |\n|---|---|\n| c | d |\n";
        let read = read(body, &[]);
        assert!(read.faults.is_empty(), "{:?}", read.faults);
        let Block::List { items, ordered: false } = &read.blocks[0] else { panic!() };
        assert_eq!(items.len(), 2);
        assert!(matches!(items[1].as_slice(), [Block::Plain(_), Block::List { .. }]));
        let Block::Table { head, rows } = &read.blocks[1] else { panic!() };
        assert_eq!((head.len(), rows.len(), words(&rows[0][1])), (2, 1, "d".to_owned()));
    }
}
