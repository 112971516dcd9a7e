//! Writes a copy of a Word document in which words carry comments, and changes nothing else.
//!
//! A comment stands at the runs of text that hold the words, so that the words keep their form and
//! the person who reads them decides. Body text only: Word knows no comments in headers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::events::{BytesText, Event};
use quick_xml::{Reader, Writer};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::office::{in_paragraph, is_hidden, resolve};
use super::{DocumentError, Limits};

/// A comment: bytes of a paragraph's text, and the paragraphs of the comment.
pub struct Comment {
    /// Which words it is about.
    pub bytes: Range<usize>,
    /// What it says, a paragraph each.
    pub lines: Vec<String>,
}

/// Who wrote the comments.
const AUTHOR: &str = "Tessera language check";
const DOCUMENT: &str = "word/document.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const CONTENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A comment with the runs, counted from the start of the document, that it stands at.
struct Placed {
    first: usize,
    last: usize,
    lines: Vec<String>,
}

/// A copy of the .docx file `bytes` in which the comments that `check` finds for the text of each
/// paragraph stand at their words; also how many comments there are.
pub fn with_comments(
    bytes: &[u8],
    limits: &Limits,
    mut check: impl FnMut(&str) -> Vec<Comment>,
) -> Result<(Vec<u8>, usize), DocumentError> {
    if bytes.len() > limits.file {
        return Err(DocumentError::TooLarge("the file"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut part = |name: &str| text_of(&mut archive, name, limits);
    let body = part(DOCUMENT)?.ok_or_else(|| damaged("it has no body"))?;
    let relations = part(RELATIONS)?.unwrap_or_else(|| {
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
    });
    let types = part(TYPES)?.ok_or_else(|| damaged("it names no kinds of its parts"))?;
    let (relations, target) = with_relation(&relations)?;
    let target = format!("word/{target}");
    let known = part(&target)?;
    let placed = place(&body, &mut check)?;
    let first_id = known.as_deref().map_or(0, next_id);
    let comments = comments_part(known.as_deref(), &placed, first_id)?;
    let changed = BTreeMap::from([
        (DOCUMENT.to_owned(), marked(&body, &placed, first_id)?),
        (RELATIONS.to_owned(), relations.into_bytes()),
        (TYPES.to_owned(), with_type(&types, &target)?.into_bytes()),
        (target, comments.into_bytes()),
    ]);
    Ok((rewritten(&mut archive, &changed)?, placed.len()))
}

fn damaged(problem: impl std::fmt::Display) -> DocumentError {
    DocumentError::damaged("Word document", problem)
}

fn text_of(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
) -> Result<Option<String>, DocumentError> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    file.take(limits.part + 1).read_to_string(&mut text).map_err(damaged)?;
    if text.len() as u64 > limits.part {
        return Err(DocumentError::TooLarge("a part of it when unpacked"));
    }
    Ok(Some(text))
}

/// Text of an open paragraph: pieces with the run that holds each.
#[derive(Default)]
struct Paragraph {
    text: String,
    runs: Vec<(usize, usize)>,
}

/// Reads every paragraph, asks for its comments, and finds their runs.
fn place(
    body: &str,
    check: &mut impl FnMut(&str) -> Vec<Comment>,
) -> Result<Vec<Placed>, DocumentError> {
    let mut reader = Reader::from_str(body);
    let (mut open, mut runs, mut placed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut count, mut depth, mut hidden, mut reading) = (0_usize, 0_usize, None, 0_usize);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Eof => break,
            Event::Start(start) => {
                depth += 1;
                let name = start.name();
                if is_hidden(name.as_ref()) {
                    hidden = hidden.or(Some(depth));
                }
                match name.as_ref() {
                    "w:p" => open.push(Paragraph::default()),
                    "w:r" => {
                        runs.push(count);
                        count += 1;
                    }
                    "w:t" => reading += 1,
                    _ => {}
                }
            }
            Event::End(end) => {
                if hidden == Some(depth) {
                    hidden = None;
                }
                depth = depth.saturating_sub(1);
                match end.name().as_ref() {
                    "w:p" => {
                        if let Some(paragraph) = open.pop() {
                            placed.extend(comments_of(&paragraph, check));
                        }
                    }
                    "w:r" => {
                        runs.pop();
                    }
                    "w:t" => reading = reading.saturating_sub(1),
                    _ => {}
                }
            }
            event => {
                let text = match event {
                    Event::Text(text) if reading > 0 => text.as_ref().to_owned(),
                    Event::CData(text) if reading > 0 => text.as_ref().to_owned(),
                    Event::GeneralRef(reference) if reading > 0 => resolve(&reference),
                    Event::Empty(start) => in_paragraph(start.name().as_ref()).to_owned(),
                    _ => String::new(),
                };
                let (Some(paragraph), Some(run)) = (open.last_mut(), runs.last()) else { continue };
                if hidden.is_none() && !text.is_empty() {
                    paragraph.runs.push((paragraph.text.len(), *run));
                    paragraph.text.push_str(&text);
                }
            }
        }
    }
    placed.sort_by_key(|comment| comment.first);
    Ok(placed)
}

fn comments_of(paragraph: &Paragraph, check: &mut impl FnMut(&str) -> Vec<Comment>) -> Vec<Placed> {
    if paragraph.text.trim().is_empty() {
        return Vec::new();
    }
    let run_of = |byte: usize| {
        let nth = paragraph.runs.partition_point(|(start, _)| *start <= byte);
        nth.checked_sub(1).and_then(|at| paragraph.runs.get(at)).map_or(0, |(_, run)| *run)
    };
    let comments = check(&paragraph.text).into_iter();
    comments
        .map(|comment| Placed {
            first: run_of(comment.bytes.start),
            last: run_of(comment.bytes.end.saturating_sub(1)),
            lines: comment.lines,
        })
        .collect()
}

/// The body with the marks of every comment around its runs.
fn marked(body: &str, placed: &[Placed], first_id: usize) -> Result<Vec<u8>, DocumentError> {
    let mut starts: BTreeMap<usize, String> = BTreeMap::new();
    let mut ends: BTreeMap<usize, String> = BTreeMap::new();
    for (id, comment) in (first_id..).zip(placed) {
        let start = starts.entry(comment.first).or_default();
        let _ = write!(start, "<w:commentRangeStart w:id=\"{id}\"/>");
        let end = ends.entry(comment.last).or_default();
        let _ = write!(
            end,
            "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
        );
    }
    let mut reader = Reader::from_str(body);
    let mut writer = Writer::new(Vec::with_capacity(body.len() + placed.len() * 200));
    let (mut runs, mut count) = (Vec::new(), 0_usize);
    loop {
        let event = reader.read_event().map_err(damaged)?;
        let mut after = None;
        match &event {
            Event::Eof => break,
            Event::Start(start) if start.name().as_ref() == "w:r" => {
                if let Some(marks) = starts.get(&count) {
                    raw(&mut writer, marks)?;
                }
                runs.push(count);
                count += 1;
            }
            Event::End(end) if end.name().as_ref() == "w:r" => {
                after = runs.pop().and_then(|run| ends.get(&run));
            }
            _ => {}
        }
        writer.write_event(event).map_err(damaged)?;
        if let Some(marks) = after {
            raw(&mut writer, marks)?;
        }
    }
    Ok(writer.into_inner())
}

fn raw(writer: &mut Writer<Vec<u8>>, xml: &str) -> Result<(), DocumentError> {
    writer.write_event(Event::Text(BytesText::from_escaped(xml))).map_err(damaged)
}

/// One more than the largest number of a comment that is there.
fn next_id(comments: &str) -> usize {
    let ids = comments.split("<w:comment ").skip(1).filter_map(|comment| {
        let (_, id) = comment.split_once('>')?.0.split_once("w:id=\"")?;
        id.split('"').next()?.parse::<usize>().ok()
    });
    ids.max().map_or(0, |largest| largest.saturating_add(1))
}

fn comments_part(
    known: Option<&str>,
    placed: &[Placed],
    first_id: usize,
) -> Result<String, DocumentError> {
    let mut new = String::new();
    for (id, comment) in (first_id..).zip(placed) {
        let who = format_args!("w:author=\"{AUTHOR}\" w:initials=\"TLC\"");
        let _ = write!(new, "<w:comment w:id=\"{id}\" {who}>");
        for line in &comment.lines {
            let line = quick_xml::escape::escape(line.as_str());
            let _ = write!(new, "<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>");
        }
        new += "</w:comment>";
    }
    match known {
        Some(known) => insert_before(known, "</w:comments>", &new),
        None => Ok(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <w:comments xmlns:w=\"{NAMESPACE}\">{new}</w:comments>"
        )),
    }
}

/// The relations with one to the comments, and the name of the part that holds them.
fn with_relation(relations: &str) -> Result<(String, String), DocumentError> {
    let known = relations.split("<Relationship ").skip(1).find(|relation| {
        relation.split('>').next().is_some_and(|tag| tag.contains(&format!("\"{COMMENTS_TYPE}\"")))
    });
    let target = known
        .and_then(|relation| relation.split_once("Target=\""))
        .and_then(|(_, target)| target.split('"').next());
    if let Some(target) = target {
        let inside = target.strip_prefix("/word/").unwrap_or(target);
        return Ok((relations.to_owned(), inside.to_owned()));
    }
    let new = format!(
        "<Relationship Id=\"rIdLanguageComments\" Type=\"{COMMENTS_TYPE}\" Target=\"comments.xml\"/>"
    );
    Ok((insert_before(relations, "</Relationships>", &new)?, "comments.xml".to_owned()))
}

fn with_type(types: &str, target: &str) -> Result<String, DocumentError> {
    if types.contains(&format!("\"/{target}\"")) {
        return Ok(types.to_owned());
    }
    let new = format!("<Override PartName=\"/{target}\" ContentType=\"{CONTENT_TYPE}\"/>");
    insert_before(types, "</Types>", &new)
}

fn insert_before(text: &str, end: &str, new: &str) -> Result<String, DocumentError> {
    // "<Relationships .../>": an empty element has to be opened first.
    let name = end.trim_matches(['<', '/', '>']);
    let text = match text.rfind("/>") {
        Some(at) if !text.contains(end) && text.trim_end().ends_with("/>") => {
            format!("{}></{name}>", text.get(..at).unwrap_or(""))
        }
        _ => text.to_owned(),
    };
    let at = text.rfind(end).ok_or_else(|| damaged(format!("{name} is not closed")))?;
    let (before, after) = text.split_at(at);
    Ok(format!("{before}{new}{after}"))
}

/// The archive with some parts changed or added; all others are copied as they are.
fn rewritten(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    changed: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<u8>, DocumentError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        if !changed.contains_key(&name) {
            out.raw_copy_file(file).map_err(damaged)?;
        }
    }
    for (name, content) in changed {
        out.start_file(name.as_str(), options).map_err(damaged)?;
        out.write_all(content).map_err(damaged)?;
    }
    Ok(out.finish().map_err(damaged)?.into_inner())
}
