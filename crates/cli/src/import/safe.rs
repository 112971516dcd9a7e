//! Values that a spreadsheet would take for a formula, and the sign that stops it (OWASP, "CSV
//! injection"). Written with the sign, read without it, so a report can be mended and brought in
//! again.

const SIGN: char = '\'';

fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A value that no spreadsheet runs.
pub(crate) fn written(text: &str) -> String {
    if looks_like_formula(text) { format!("{SIGN}{text}") } else { text.to_owned() }
}

/// A value as it was before [`written`].
pub(crate) fn read(text: &str) -> &str {
    match text.strip_prefix(SIGN) {
        Some(rest) if looks_like_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_written_so_that_it_stays_text_and_comes_back_whole() {
        for text in ["=1+1", "+44 7700 900123", "-", "@name", "\tx", "plain", "'quoted'", ""] {
            let out = written(text);
            assert!(!looks_like_formula(&out), "{out:?}");
            assert_eq!(read(&out), text);
        }
    }
}
