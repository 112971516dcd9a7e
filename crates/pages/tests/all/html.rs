//! Reads HTML into tokens that can be compared.

use std::collections::BTreeMap;

/// A piece of HTML. White space between pieces, the order of attributes and the order of class
/// names are not kept, since no browser tells them apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

/// Attributes that only the design system's own scripts or old browsers read.
const NOT_COMPARED: [&str; 2] = ["data-module", "draggable"];

pub(crate) fn tokens(html: &str) -> Vec<Token> {
    let mut rest = html;
    let mut found = Vec::new();
    while let Some(start) = rest.find('<') {
        push_text(&mut found, &rest[..start]);
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = &after[after.find("-->").expect("a comment ends") + 3..];
            continue;
        }
        let end = end_of_tag(rest);
        let inside = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            found.push(Token::Close(name.trim().to_owned()));
        } else {
            let closed = inside.ends_with('/');
            let inside = inside.trim_end_matches('/').trim();
            let (name, attributes) =
                inside.split_once(|c: char| c.is_whitespace()).unwrap_or((inside, ""));
            found.push(Token::Open(name.to_owned(), attributes_of(attributes)));
            if closed {
                found.push(Token::Close(name.to_owned()));
            }
        }
    }
    push_text(&mut found, rest);
    found
}

/// The index of the `>` that ends the tag, not one inside a quoted value.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    html.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .expect("a tag ends")
        .0
}

fn attributes_of(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..name_end].to_owned();
        rest = &rest[name_end..];
        let value = if let Some(after) = rest.strip_prefix("=\"") {
            let end = after.find('"').expect("a quoted value ends");
            rest = &after[end + 1..];
            decode(&after[..end])
        } else {
            String::new()
        };
        let value = if name == "class" {
            let mut classes: Vec<&str> = value.split_whitespace().collect();
            classes.sort_unstable();
            classes.join(" ")
        } else {
            value
        };
        if !NOT_COMPARED.contains(&name.as_str()) {
            assert!(found.insert(name.clone(), value).is_none(), "{name} is given twice");
        }
    }
    found
}

fn push_text(found: &mut Vec<Token>, text: &str) {
    let text = decode(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        found.push(Token::Text(text));
    }
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find(';').filter(|end| *end < 10) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        match &rest[1..end] {
            "amp" => out.push('&'),
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "quot" => out.push('"'),
            "ctdot" => out.push('⋯'),
            number => {
                let code = number.strip_prefix('#').and_then(|n| n.parse().ok());
                out.push(code.and_then(char::from_u32).expect("a known entity"));
            }
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

#[test]
fn the_comparison_sees_a_changed_class_attribute_text_and_order() {
    let base = tokens(r#"<p class="a b" id="x">one <b>two</b></p>"#);
    assert_eq!(base, tokens("<p id=\"x\"\n class=\"b  a\">one\n<b>two</b>\n</p>"));
    for other in [
        r#"<p class="a" id="x">one <b>two</b></p>"#,
        r#"<p class="a b" id="y">one <b>two</b></p>"#,
        r#"<p class="a b" id="x">one <b>too</b></p>"#,
        r#"<p class="a b" id="x"><b>two</b> one</p>"#,
        r#"<p class="a b" id="x">one &lt;b&gt;two</p>"#,
    ] {
        assert_ne!(base, tokens(other));
    }
}
