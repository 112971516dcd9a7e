//! One byte string for one value, safe to print.
//!
//! The form is JSON on one line: keys sorted by their UTF-8 bytes, no spaces, whole numbers only.
//! Characters that could break a line, colour a terminal, open an HTML tag or turn the reading
//! direction are written as `\u` escapes; all other letters stay readable. It is close to RFC 8785
//! but stricter in what it accepts and escapes more.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{Error, MAX_ENTRY_BYTES};

/// Deepest nesting of lists and objects.
const MAX_DEPTH: usize = 16;

/// The canonical bytes of a value, without a newline at the end.
pub fn to_bytes(value: &Value) -> Result<Vec<u8>, Error> {
    let mut out = String::new();
    write_value(&mut out, value, 0)?;
    if out.len() > MAX_ENTRY_BYTES {
        return Err(Error::EntryTooLarge { bytes: out.len() });
    }
    Ok(out.into_bytes())
}

/// Reads canonical bytes back; anything that [`to_bytes`] would not have written is refused, so two
/// different byte strings never mean the same entry.
pub fn from_bytes(bytes: &[u8]) -> Result<Value, Error> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| Error::NotCanonical)?;
    let again = to_bytes(&value).map_err(|_| Error::NotCanonical)?;
    if again == bytes { Ok(value) } else { Err(Error::NotCanonical) }
}

fn write_value(out: &mut String, value: &Value, depth: usize) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        return Err(Error::TooDeep);
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number)?,
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                separate(out, i);
                write_value(out, item, depth + 1)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| key.as_bytes());
            out.push('{');
            for (i, (key, member)) in members.into_iter().enumerate() {
                separate(out, i);
                write_text(out, key);
                out.push(':');
                write_value(out, member, depth + 1)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn separate(out: &mut String, place: usize) {
    if place > 0 {
        out.push(',');
    }
}

fn write_number(out: &mut String, number: &serde_json::Number) -> Result<(), Error> {
    let digits = match (number.as_u64(), number.as_i64()) {
        (Some(natural), _) => natural.to_string(),
        (None, Some(whole)) => whole.to_string(),
        (None, None) => return Err(Error::NotWhole),
    };
    out.push_str(&digits);
    Ok(())
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if is_unsafe_to_show(c) => write_escape(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn write_escape(out: &mut String, character: char) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a String cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Controls, invisible and direction-changing characters (Unicode general categories Cc, Cf, Zl and
/// Zp, variation selectors, private use and non-characters), and what HTML gives a meaning to.
fn is_unsafe_to_show(c: char) -> bool {
    c.is_control()
        || matches!(c, '<' | '>' | '&' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{6dd}' | '\u{70f}')
        || matches!(c, '\u{600}'..='\u{605}' | '\u{890}'..='\u{891}' | '\u{8e2}')
        || matches!(c, '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(c, '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}')
        || matches!(c, '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}
