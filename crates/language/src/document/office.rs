//! Word (.docx, ISO/IEC 29500) and `OpenDocument` text (.odt, ISO/IEC 26300).

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;

use super::{Builder, DocumentError, Limits};

/// Elements nest no deeper than this in an honest file.
const DEEPEST: usize = 512;
/// Files in an archive.
const MOST_PARTS: usize = 20_000;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn docx(bytes: &[u8], limits: &Limits, out: &mut Builder) -> Result<(), DocumentError> {
    let mut archive = open("Word document", bytes)?;
    let mut names: Vec<String> =
        archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    names.sort();
    let body = "word/document.xml";
    if !names.iter().any(|name| name == body) {
        return Err(DocumentError::damaged("Word document", "it has no body"));
    }
    part(&mut archive, body, "", limits, out)?;
    let kinds = ["header", "footer", "footnotes", "endnotes", "comments"];
    for name in &names {
        let inside = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml"));
        let plain =
            inside.map(|inside| inside.trim_end_matches(|char: char| char.is_ascii_digit()));
        if let Some(kind) = kinds.iter().find(|kind| plain == Some(**kind)) {
            part(&mut archive, name, &format!("{}, ", kind.trim_end_matches('s')), limits, out)?;
        }
    }
    Ok(())
}

pub(super) fn odt(bytes: &[u8], limits: &Limits, out: &mut Builder) -> Result<(), DocumentError> {
    let mut archive = open("OpenDocument text", bytes)?;
    part(&mut archive, "content.xml", "", limits, out)
}

fn open<'a>(kind: &'static str, bytes: &'a [u8]) -> Result<Archive<'a>, DocumentError> {
    let archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| DocumentError::damaged(kind, error))?;
    if archive.len() > MOST_PARTS {
        return Err(DocumentError::TooLarge("the number of its parts"));
    }
    Ok(archive)
}

fn part(
    archive: &mut Archive,
    name: &str,
    prefix: &str,
    limits: &Limits,
    out: &mut Builder,
) -> Result<(), DocumentError> {
    let file = archive.by_name(name).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(text) if text.contains("assword") => {
            DocumentError::Locked
        }
        other => DocumentError::damaged("office document", other),
    })?;
    // One byte more than allowed tells a part that is too large from one that just fits.
    let limited = BufReader::new(file.take(limits.part + 1));
    let mut xml = Reader::from_reader(limited);
    let mut walk = Walk { prefix, ..Walk::default() };
    let mut room = Vec::new();
    let mut read = 0;
    loop {
        room.clear();
        let damaged = |error: quick_xml::Error| DocumentError::damaged("office document", error);
        let event = xml.read_event_into(&mut room);
        if xml.buffer_position() > limits.part {
            return Err(DocumentError::TooLarge("a part of it when unpacked"));
        }
        read += 1;
        match event.map_err(damaged)? {
            Event::Eof => break,
            Event::Start(start) => walk.start(start.name().as_ref(), out)?,
            Event::Empty(start) => {
                let spaces = start.attributes().flatten().find(|a| a.key.as_ref() == "text:c");
                let count = spaces.and_then(|a| a.value.parse().ok());
                walk.empty(start.name().as_ref(), count.unwrap_or(1), out)?;
            }
            Event::End(end) => walk.end(end.name().as_ref(), out)?,
            Event::Text(text) => walk.text(text.as_ref(), out)?,
            Event::CData(text) => walk.text(text.as_ref(), out)?,
            Event::GeneralRef(reference) => walk.text(&resolve(&reference), out)?,
            _ => {}
        }
    }
    if read <= 1 {
        return Err(DocumentError::damaged("office document", "its body is empty"));
    }
    out.end_paragraph()
}

/// Character references and the five entities of XML; no others are defined in these formats.
pub(super) fn resolve(reference: &BytesRef) -> String {
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return char.to_string();
    }
    let name: &str = reference.as_ref();
    let text = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    text.to_owned()
}

/// Deleted text, field codes, and the second form of what is already there.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "w:del" | "w:moveFrom" | "w:instrText" | "mc:Fallback" | "text:tracked-changes")
}

/// The character that an empty element inside a paragraph stands for, if it stands for one.
pub(super) fn in_paragraph(name: &str) -> &'static str {
    match name {
        "w:tab" | "text:tab" => "\t",
        "w:br" | "w:cr" | "text:line-break" => "\n",
        "w:noBreakHyphen" => "\u{2011}",
        "w:softHyphen" => "\u{ad}",
        _ => "",
    }
}

/// Where the reader stands in the tree of elements.
#[derive(Default)]
struct Walk<'a> {
    /// "header, " and the like, put before every place.
    prefix: &'a str,
    depth: usize,
    /// Depth at which an element began whose text is not read.
    hidden: Option<usize>,
    /// Inside an element whose text is read.
    reading: usize,
    paragraph: usize,
    tables: usize,
    /// Row and cell of each table that is open.
    cells: Vec<(usize, usize, usize)>,
}

impl Walk<'_> {
    fn start(&mut self, name: &str, out: &mut Builder) -> Result<(), DocumentError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(DocumentError::damaged("office document", "its elements nest too deep"));
        }
        match name {
            name if is_hidden(name) => self.hidden = self.hidden.or(Some(self.depth)),
            "w:tbl" | "table:table" => {
                self.tables += 1;
                self.cells.push((self.tables, 0, 0));
            }
            "w:tr" | "table:table-row" => {
                if let Some(cell) = self.cells.last_mut() {
                    (cell.1, cell.2) = (cell.1 + 1, 0);
                }
            }
            "w:tc" | "table:table-cell" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.2 += 1;
                }
            }
            "w:p" | "text:p" | "text:h" => {
                out.end_paragraph()?;
                self.paragraph += 1;
                out.place(self.place());
                self.reading += usize::from(name != "w:p");
            }
            "w:t" => self.reading += 1,
            _ => {}
        }
        Ok(())
    }

    fn place(&self) -> String {
        match self.cells.last() {
            Some((table, row, cell)) => {
                format!("{}table {table}, row {row}, cell {cell}", self.prefix)
            }
            None => format!("{}paragraph {}", self.prefix, self.paragraph),
        }
    }

    fn empty(&mut self, name: &str, count: usize, out: &mut Builder) -> Result<(), DocumentError> {
        if self.hidden.is_some() {
            return Ok(());
        }
        match name {
            name if !in_paragraph(name).is_empty() => out.push(in_paragraph(name)),
            "text:s" => out.push(&" ".repeat(count.min(1_000))),
            "w:p" | "text:p" => {
                self.paragraph += 1;
                Ok(())
            }
            "w:tc" | "table:table-cell" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.2 += 1;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str, out: &mut Builder) -> Result<(), DocumentError> {
        if self.hidden == Some(self.depth) {
            self.hidden = None;
        }
        self.depth = self.depth.saturating_sub(1);
        match name {
            "w:p" | "text:p" | "text:h" => {
                self.reading = self.reading.saturating_sub(usize::from(name != "w:p"));
                out.end_paragraph()?;
            }
            "w:t" => self.reading = self.reading.saturating_sub(1),
            "w:tbl" | "table:table" => {
                self.cells.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&self, text: &str, out: &mut Builder) -> Result<(), DocumentError> {
        if self.reading > 0 && self.hidden.is_none() { out.push(text) } else { Ok(()) }
    }
}
