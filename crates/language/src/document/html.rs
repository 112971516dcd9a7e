//! HTML: what a reader of the page sees. Scripts, styles and comments are left out.

use super::{Builder, DocumentError, plain};

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "blockquote",
    "pre",
    "form",
    "fieldset",
    "legend",
    "caption",
    "figure",
    "figcaption",
    "body",
    "html",
    "title",
    "address",
    "hr",
    "option",
    "textarea",
    "summary",
    "details",
];
/// Elements whose content is not read.
const HIDDEN: &[&str] = &["script", "style", "template", "noscript", "svg", "math", "head"];

pub(super) fn read(bytes: &[u8], out: &mut Builder) -> Result<(), DocumentError> {
    let source = plain::decode(bytes)?;
    write(&source, out)
}

/// Writes the visible text of `source`.
pub(super) fn write(source: &str, out: &mut Builder) -> Result<(), DocumentError> {
    let mut rest = source;
    let mut paragraph = 0_usize;
    let mut fresh = true;
    while let Some((text, tail)) = split(rest) {
        if fresh && !text.trim().is_empty() {
            paragraph += 1;
            out.place(format!("paragraph {paragraph}"));
            fresh = false;
        }
        push_text(text, out)?;
        let Some((tag, after)) = tag(tail) else { break };
        rest = after;
        let name = tag.trim_start_matches('/');
        if BLOCKS.contains(&name) {
            out.end_paragraph()?;
            fresh = true;
        } else if name == "br" {
            out.end_line()?;
        } else if HIDDEN.contains(&tag.as_str()) {
            rest = after_element(rest, name);
        }
    }
    Ok(())
}

/// Text up to the next tag, and the rest from that tag on (empty when there is none).
fn split(rest: &str) -> Option<(&str, &str)> {
    if rest.is_empty() {
        return None;
    }
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find('<')).map(|at| at + from) {
        let next = rest.as_bytes().get(at + 1);
        if next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
        {
            return Some(rest.split_at(at));
        }
        from = at + 1;
    }
    Some((rest, ""))
}

/// Name of the tag that `text` begins with (`/p` for an end tag), and what follows it.
fn tag(text: &str) -> Option<(String, &str)> {
    if text.is_empty() {
        return None;
    }
    if let Some(comment) = text.strip_prefix("<!--") {
        let after = comment.split_once("-->").map_or("", |(_, after)| after);
        return Some((String::new(), after));
    }
    let inner = text.strip_prefix('<')?;
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => {
                let name: String = inner
                    .chars()
                    .take_while(|char| char.is_ascii_alphanumeric() || *char == '/')
                    .collect();
                return Some((name.to_ascii_lowercase(), inner.get(at + 1..).unwrap_or("")));
            }
            _ => {}
        }
    }
    Some((String::new(), ""))
}

/// What follows the end tag of `name`.
fn after_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find("</")).map(|at| at + from) {
        let tail = rest.get(at..).unwrap_or("");
        let found = tail.get(2..2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        if found {
            return tail;
        }
        from = at + 2;
    }
    ""
}

/// Writes text with its white space collapsed and its character references resolved.
fn push_text(text: &str, out: &mut Builder) -> Result<(), DocumentError> {
    let resolved = references(text);
    let mut words = resolved.split([' ', '\t', '\n', '\r', '\u{c}']).peekable();
    while let Some(word) = words.next() {
        out.push(word)?;
        if words.peek().is_some() && !out.ends_with_space() {
            out.push(" ")?;
        }
    }
    Ok(())
}

/// Resolves numeric references and the named ones that records hold.
fn references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        out.push_str(before);
        let resolved = tail.split_once(';').filter(|(name, _)| name.len() <= 10);
        if let Some((char, after)) =
            resolved.and_then(|(name, after)| Some((reference(name)?, after)))
        {
            out.push(char);
            rest = after;
        } else {
            out.push('&');
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        "pound" => '£',
        "eacute" => 'é',
        "bull" => '\u{2022}',
        "deg" => '°',
        _ => return None,
    })
}
