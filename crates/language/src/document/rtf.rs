//! RTF 1.9: the text of the body; fonts, styles, pictures and fields' instructions are left out.

use super::{Builder, DocumentError};

/// Groups nest no deeper than this in an honest file.
const DEEPEST: usize = 1_000;

/// Destinations whose text is not read.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "fldinst",
    "themedata",
    "datastore",
    "colorschememapping",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "panose",
    "falt",
    "deltext",
    "blipuid",
];

#[derive(Clone, Copy)]
struct State {
    /// Fallback characters to skip after a Unicode one.
    skip: usize,
    hidden: bool,
}

pub(super) fn read(bytes: &[u8], out: &mut Builder) -> Result<(), DocumentError> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(DocumentError::damaged("RTF", "it does not begin as RTF does"));
    }
    let mut reader = Reader { bytes, at: 0, out, paragraph: 0, fresh: true, high: None, owed: 0 };
    reader.run()
}

struct Reader<'a, 'b> {
    bytes: &'a [u8],
    at: usize,
    out: &'b mut Builder,
    paragraph: usize,
    fresh: bool,
    /// First half of a UTF-16 pair.
    high: Option<u16>,
    /// Fallback characters still to be skipped.
    owed: usize,
}

impl Reader<'_, '_> {
    fn run(&mut self) -> Result<(), DocumentError> {
        let mut state = State { skip: 1, hidden: false };
        let mut outer = Vec::new();
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    outer.push(state);
                    if outer.len() > DEEPEST {
                        return Err(DocumentError::damaged("RTF", "its groups nest too deep"));
                    }
                }
                b'}' => match outer.pop() {
                    Some(before) => state = before,
                    None => {
                        return Err(DocumentError::damaged("RTF", "a group ends that never began"));
                    }
                },
                b'\\' => self.control(&mut state)?,
                b'\r' | b'\n' => {}
                _ if state.hidden => {}
                _ => self.text(byte)?,
            }
        }
        Ok(())
    }

    fn control(&mut self, state: &mut State) -> Result<(), DocumentError> {
        let Some(&byte) = self.bytes.get(self.at) else { return Ok(()) };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(byte, state);
        }
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let word = self.ascii(start);
        let digits = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let number: Option<i64> = self.ascii(digits).parse().ok();
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number, state)
    }

    fn ascii(&self, from: usize) -> String {
        let bytes = self.bytes.get(from..self.at).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }

    fn word(
        &mut self,
        word: &str,
        number: Option<i64>,
        state: &mut State,
    ) -> Result<(), DocumentError> {
        match word {
            _ if SKIPPED.contains(&word) => state.hidden = true,
            "v" | "deleted" => state.hidden = number != Some(0),
            "bin" => {
                let len = number.and_then(|len| usize::try_from(len).ok()).unwrap_or(0);
                self.at = self.at.saturating_add(len).min(self.bytes.len());
            }
            "uc" => {
                state.skip =
                    number.and_then(|skip| usize::try_from(skip).ok()).unwrap_or(1).min(16);
            }
            _ if state.hidden => {}
            "par" | "sect" | "page" | "row" | "cell" | "nestcell" => {
                self.out.end_paragraph()?;
                self.fresh = true;
            }
            "line" => self.out.push("\n")?,
            "tab" => self.out.push("\t")?,
            "u" => {
                self.unit(number.unwrap_or(0))?;
                self.owed = state.skip;
            }
            "lquote" => self.char('\u{2018}')?,
            "rquote" => self.char('\u{2019}')?,
            "ldblquote" => self.char('\u{201c}')?,
            "rdblquote" => self.char('\u{201d}')?,
            "endash" => self.char('\u{2013}')?,
            "emdash" => self.char('\u{2014}')?,
            "bullet" => self.char('\u{2022}')?,
            _ => {}
        }
        Ok(())
    }

    fn symbol(&mut self, byte: u8, state: &mut State) -> Result<(), DocumentError> {
        match byte {
            b'*' => state.hidden = true,
            b'\'' => {
                let hex = self
                    .bytes
                    .get(self.at..self.at + 2)
                    .and_then(|hex| std::str::from_utf8(hex).ok());
                self.at = (self.at + 2).min(self.bytes.len());
                let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                if let Some(code) = code.filter(|_| !state.hidden) {
                    self.text(code)?;
                }
            }
            _ if state.hidden => {}
            b'~' => self.char('\u{a0}')?,
            b'-' => self.char('\u{ad}')?,
            b'_' => self.char('\u{2011}')?,
            b'\\' | b'{' | b'}' => self.text(byte)?,
            b'\r' | b'\n' => {
                self.out.end_paragraph()?;
                self.fresh = true;
            }
            _ => {}
        }
        Ok(())
    }

    /// One byte of text, in Windows-1252 as the format has it by default.
    fn text(&mut self, byte: u8) -> Result<(), DocumentError> {
        if self.owed > 0 {
            self.owed -= 1;
            return Ok(());
        }
        let bytes = [byte];
        let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
        match text.chars().next() {
            Some(char) => self.char(char),
            None => Ok(()),
        }
    }

    /// A UTF-16 unit, which RTF writes as a signed number.
    fn unit(&mut self, number: i64) -> Result<(), DocumentError> {
        let Ok(unit) = u16::try_from(number & 0xffff) else { return Ok(()) };
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if units.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return Ok(());
        }
        for char in char::decode_utf16(units) {
            self.char(char.unwrap_or(char::REPLACEMENT_CHARACTER))?;
        }
        Ok(())
    }

    fn char(&mut self, char: char) -> Result<(), DocumentError> {
        if self.fresh && !char.is_whitespace() {
            self.paragraph += 1;
            self.out.place(format!("paragraph {}", self.paragraph));
            self.fresh = false;
        }
        self.out.push(char.encode_utf8(&mut [0; 4]))
    }
}
