//! Cuts a text into paragraphs, the largest unit that context reaches over.

/// A paragraph never grows past this, so that memory stays bounded on texts without blank lines.
const LONGEST: usize = 64 * 1024;

/// Length in bytes of the first paragraph of `text`, its trailing blank lines included.
///
/// A paragraph ends at a blank line. One longer than [`LONGEST`] ends at the last line break,
/// sentence end or space before that.
pub(crate) fn first_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)) {
        let line_end = at + found + 1;
        if line_end > LONGEST {
            break;
        }
        let blank = blank_lines(bytes.get(line_end..).unwrap_or_default());
        if blank > 0 {
            return line_end + blank;
        }
        at = line_end;
    }
    if text.len() <= LONGEST { text.len() } else { forced_end(text) }
}

/// Whether `text` is so long that it is a paragraph whatever follows.
pub(crate) fn is_full(text: &str) -> bool {
    text.len() > LONGEST
}

/// Length of the lines at the start of `bytes` that hold only white space.
fn blank_lines(bytes: &[u8]) -> usize {
    let mut blank = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => blank = at + 1,
            b' ' | b'\t' | b'\r' => {}
            _ => break,
        }
    }
    blank
}

fn forced_end(text: &str) -> usize {
    let bytes = text.as_bytes().get(..LONGEST).unwrap_or_default();
    let line = bytes.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
    let sentence = bytes.windows(2).rposition(|pair| pair == b". ").map(|at| at + 2);
    let space = bytes.iter().rposition(|byte| *byte == b' ').map(|at| at + 1);
    let end = line.or(sentence).or(space).unwrap_or(LONGEST);
    (0..=end).rev().find(|at| text.is_char_boundary(*at)).filter(|at| *at > 0).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_ends_a_paragraph_and_belongs_to_it() {
        assert_eq!(first_len("one\ntwo\n \r\n\nthree"), "one\ntwo\n \r\n\n".len());
        assert_eq!(first_len("one"), 3);
    }

    #[test]
    fn a_text_without_blank_lines_is_cut_at_a_space() {
        let text = "word ".repeat(40_000);
        let len = first_len(&text);
        assert!(len <= LONGEST && text.get(..len).unwrap().ends_with(' '));
    }
}
