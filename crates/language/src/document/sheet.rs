//! Tables as rows of cells: CSV (RFC 4180), and the first sheet of an Excel workbook (.xlsx,
//! ISO/IEC 29500). What a workbook unpacks to has a limit, so a small file cannot fill the memory.

use std::io::{BufReader, Cursor, Read};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{DocumentError, office::resolve, plain};

const KIND: &str = "spreadsheet";
/// Days from 31 December 1899 to 1 January 1904, where old workbooks begin to count.
const FROM_1904: i64 = 1_462;

/// What of a table is read at most.
#[derive(Clone, Copy, Debug)]
pub struct SheetLimits {
    /// Bytes of the file itself.
    pub file: usize,
    /// Bytes that one part of a workbook unpacks to.
    pub part: u64,
    /// Rows, the headings among them.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Bytes of all cells together.
    pub text: usize,
}

impl Default for SheetLimits {
    /// 5 MiB of file, 32 MiB a part, 1,001 rows of 100 columns, 8 MiB of text.
    fn default() -> Self {
        Self { file: 5 << 20, part: 32 << 20, rows: 1_001, columns: 100, text: 8 << 20 }
    }
}

/// A row with its number as a spreadsheet counts; empty rows are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: u64,
    /// Its cells, as text; dates as `2026-05-03`.
    pub cells: Vec<String>,
}

/// Reads a table; `ending` is the ending of its name without the dot: `csv` or `xlsx`.
pub fn read_rows(
    ending: &str,
    bytes: &[u8],
    limits: &SheetLimits,
) -> Result<Vec<SheetRow>, DocumentError> {
    if bytes.len() > limits.file {
        return Err(DocumentError::TooLarge("the file"));
    }
    let mut rows = Rows { kept: Vec::new(), text: 0, limits };
    match ending.to_ascii_lowercase().as_str() {
        "csv" => csv(bytes, &mut rows)?,
        "xlsx" => xlsx(bytes, limits, &mut rows)?,
        other => return Err(DocumentError::Unknown(other.to_owned())),
    }
    Ok(rows.kept)
}

/// Rows under their limits.
struct Rows<'a> {
    kept: Vec<SheetRow>,
    text: usize,
    limits: &'a SheetLimits,
}

impl Rows<'_> {
    fn push(&mut self, number: u64, mut cells: Vec<String>) -> Result<(), DocumentError> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if self.kept.len() >= self.limits.rows {
            return Err(DocumentError::TooLarge("it has too many rows; send it in parts"));
        }
        if cells.len() > self.limits.columns {
            return Err(DocumentError::TooLarge("it has too many columns"));
        }
        self.text += cells.iter().map(String::len).sum::<usize>();
        if self.text > self.limits.text {
            return Err(DocumentError::TooLarge("its text"));
        }
        self.kept.push(SheetRow { number, cells });
        Ok(())
    }
}

fn csv(bytes: &[u8], rows: &mut Rows<'_>) -> Result<(), DocumentError> {
    let text = plain::decode(bytes)?;
    let text = text.trim_start_matches('\u{feff}');
    // Programs set to other languages part cells by semicolons, and some by tabs.
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let mut sign = b',';
    for (other, byte) in [(';', b';'), ('\t', b'\t')] {
        if count(other) > count(char::from(sign)) {
            sign = byte;
        }
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(sign)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let damaged = |error: csv::Error| DocumentError::damaged("CSV", error);
    let mut number = 0;
    while reader.read_record(&mut record).map_err(damaged)? {
        number += 1;
        rows.push(number, record.iter().map(str::to_owned).collect())?;
    }
    Ok(())
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Hands every event of a part to `each`; a part that is not there has no events.
fn walk(
    archive: &mut Archive<'_>,
    name: &str,
    limits: &SheetLimits,
    mut each: impl FnMut(&Event<'_>) -> Result<(), DocumentError>,
) -> Result<bool, DocumentError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(false),
        Err(zip::result::ZipError::UnsupportedArchive(text)) if text.contains("assword") => {
            return Err(DocumentError::Locked);
        }
        Err(error) => return Err(DocumentError::damaged(KIND, error)),
    };
    // One byte more than allowed tells a part that is too large from one that just fits.
    let mut xml = Reader::from_reader(BufReader::new(file.take(limits.part + 1)));
    let mut room = Vec::new();
    loop {
        room.clear();
        let event = xml.read_event_into(&mut room);
        if xml.get_ref().get_ref().limit() == 0 {
            return Err(DocumentError::TooLarge("a part of it when unpacked"));
        }
        match event.map_err(|error| DocumentError::damaged(KIND, error))? {
            Event::Eof => return Ok(true),
            event => each(&event)?,
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.as_ref() == name);
    found.map(|a| a.value.to_string())
}

/// The name of an element without the prefix of its namespace.
fn local<'a>(start: &'a BytesStart<'_>) -> &'a str {
    let name = start.name().into_inner();
    name.rsplit(':').next().unwrap_or(name)
}

fn xlsx(bytes: &[u8], limits: &SheetLimits, rows: &mut Rows<'_>) -> Result<(), DocumentError> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(DocumentError::Locked);
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|e| DocumentError::damaged(KIND, e))?;
    let (mut relation, mut since_1904) = (None, false);
    let book = walk(&mut archive, "xl/workbook.xml", limits, |event| {
        if let Event::Start(start) | Event::Empty(start) = event {
            match local(start) {
                "sheet" if relation.is_none() => relation = attribute(start, "r:id"),
                "workbookPr" => {
                    let says = attribute(start, "date1904");
                    since_1904 = matches!(says.as_deref(), Some("1" | "true"));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    if !book {
        return Err(DocumentError::damaged(KIND, "it holds no workbook"));
    }
    let mut target = None;
    walk(&mut archive, "xl/_rels/workbook.xml.rels", limits, |event| {
        if let Event::Start(start) | Event::Empty(start) = event
            && local(start) == "Relationship"
            && attribute(start, "Id") == relation
        {
            target = attribute(start, "Target");
        }
        Ok(())
    })?;
    let target = target.unwrap_or_else(|| "worksheets/sheet1.xml".into());
    let path = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    };
    let shared = shared_strings(&mut archive, limits)?;
    let dates = date_styles(&mut archive, limits)?;
    let mut sheet = Sheet { shared, dates, since_1904, ..Sheet::default() };
    let found = walk(&mut archive, &path, limits, |event| sheet.event(event, rows))?;
    if found { Ok(()) } else { Err(DocumentError::damaged(KIND, "it holds no sheet")) }
}

fn shared_strings(
    archive: &mut Archive<'_>,
    limits: &SheetLimits,
) -> Result<Vec<String>, DocumentError> {
    let (mut all, mut text, mut reading, mut spoken) = (Vec::new(), String::new(), false, false);
    walk(archive, "xl/sharedStrings.xml", limits, |event| {
        match event {
            Event::Start(start) => match local(start) {
                "si" => text.clear(),
                // How a word is said is no part of what the cell shows.
                "rPh" => spoken = true,
                "t" => reading = !spoken,
                _ => {}
            },
            Event::Empty(start) if local(start) == "si" => all.push(String::new()),
            Event::End(end) => match end.name().into_inner().rsplit(':').next() {
                Some("si") => all.push(std::mem::take(&mut text)),
                Some("rPh") => spoken = false,
                Some("t") => reading = false,
                _ => {}
            },
            Event::Text(found) if reading => text.push_str(found.as_ref()),
            Event::CData(found) if reading => text.push_str(found.as_ref()),
            Event::GeneralRef(found) if reading => text.push_str(&resolve(found)),
            _ => {}
        }
        Ok(())
    })?;
    Ok(all)
}

/// For each style of a cell whether it shows a date.
fn date_styles(
    archive: &mut Archive<'_>,
    limits: &SheetLimits,
) -> Result<Vec<bool>, DocumentError> {
    let (mut own, mut styles, mut inside) = (Vec::new(), Vec::new(), false);
    walk(archive, "xl/styles.xml", limits, |event| {
        match event {
            Event::Start(start) | Event::Empty(start) => match local(start) {
                "numFmt" => {
                    let shows = attribute(start, "formatCode").is_some_and(|f| shows_date(&f));
                    own.push((attribute(start, "numFmtId").unwrap_or_default(), shows));
                }
                "cellXfs" => inside = matches!(event, Event::Start(_)),
                "xf" if inside => {
                    let id = attribute(start, "numFmtId").unwrap_or_default();
                    let built_in =
                        matches!(id.parse::<u32>(), Ok(14..=17 | 22 | 27..=36 | 50..=58));
                    let said = own.iter().find(|(own, _)| *own == id).map(|(_, shows)| *shows);
                    styles.push(said.unwrap_or(built_in));
                }
                _ => {}
            },
            Event::End(end) if end.name().into_inner().ends_with("cellXfs") => inside = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// Whether a number format shows a day or a year: those letters outside of quoted words.
fn shows_date(format: &str) -> bool {
    let (mut quoted, mut bracket) = (false, false);
    let plain = format.replace("&quot;", "\"").to_ascii_lowercase();
    plain.chars().any(|c| {
        match c {
            '"' => quoted = !quoted,
            '[' => bracket = true,
            ']' => bracket = false,
            _ => {}
        }
        !quoted && !bracket && matches!(c, 'd' | 'y')
    })
}

/// A sheet being read.
#[derive(Default)]
struct Sheet {
    shared: Vec<String>,
    dates: Vec<bool>,
    since_1904: bool,
    number: u64,
    cells: Vec<String>,
    /// Bytes of the row so far: one long text may stand in many cells.
    bytes: usize,
    column: usize,
    kind: String,
    style: usize,
    value: String,
    reading: bool,
}

impl Sheet {
    fn event(&mut self, event: &Event<'_>, rows: &mut Rows<'_>) -> Result<(), DocumentError> {
        match event {
            Event::Start(start) => match local(start) {
                "row" => {
                    let next = self.number.saturating_add(1);
                    let said = attribute(start, "r").and_then(|r| r.parse().ok());
                    self.number = said.filter(|n| *n >= next).unwrap_or(next);
                    self.cells.clear();
                    (self.column, self.bytes) = (0, 0);
                }
                "c" => self.begin(start),
                "v" | "t" => self.reading = true,
                _ => {}
            },
            Event::Empty(start) if local(start) == "c" => {
                self.begin(start);
                self.column += 1;
            }
            Event::Text(found) if self.reading => self.value.push_str(found.as_ref()),
            Event::CData(found) if self.reading => self.value.push_str(found.as_ref()),
            Event::GeneralRef(found) if self.reading => self.value.push_str(&resolve(found)),
            Event::End(end) => match end.name().into_inner().rsplit(':').next() {
                Some("v" | "t") => self.reading = false,
                Some("c") => self.end(rows.limits)?,
                Some("row") => rows.push(self.number, std::mem::take(&mut self.cells))?,
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart<'_>) {
        self.kind = attribute(start, "t").unwrap_or_default();
        self.style = attribute(start, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
        let place = attribute(start, "r").and_then(|place| column_of(&place));
        self.column = place.filter(|at| *at >= self.column).unwrap_or(self.column);
        self.value.clear();
    }

    fn end(&mut self, limits: &SheetLimits) -> Result<(), DocumentError> {
        if self.column >= limits.columns {
            return Err(DocumentError::TooLarge("it has too many columns"));
        }
        let value = std::mem::take(&mut self.value);
        let shown = match self.kind.as_str() {
            "s" => {
                let at = value.trim().parse::<usize>().ok();
                let shared = at.and_then(|at| self.shared.get(at));
                // Copied only as far as it could be kept.
                let most = limits.text.saturating_add(1);
                shared.map(|text| text.chars().take(most).collect()).unwrap_or_default()
            }
            "str" | "inlineStr" | "d" => value,
            "b" => if value.trim() == "1" { "yes" } else { "no" }.to_owned(),
            "e" => String::new(),
            _ => self.number(value.trim()),
        };
        self.bytes += shown.len();
        if self.bytes > limits.text {
            return Err(DocumentError::TooLarge("its text"));
        }
        self.cells.resize(self.column, String::new());
        self.cells.push(shown);
        self.column += 1;
        Ok(())
    }

    /// A number as it is read: a date where its style shows one, whole numbers without a fraction.
    fn number(&self, text: &str) -> String {
        let Ok(number) = text.parse::<f64>() else { return text.to_owned() };
        let style = self.dates.get(self.style).copied().unwrap_or(false);
        if !number.is_finite() || number.abs() >= 1e15 {
            return text.to_owned();
        }
        #[allow(clippy::cast_possible_truncation, reason = "it is below 10 to the 15th")]
        let whole = number.trunc() as i64;
        if style && (1..=2_958_465).contains(&whole) {
            return date(whole + if self.since_1904 { FROM_1904 } else { 0 });
        }
        let is_whole = (number - number.trunc()).abs() < f64::EPSILON;
        if is_whole { whole.to_string() } else { text.to_owned() }
    }
}

/// The number of a column, from 0: `A1` is in the first, `AA7` in the 27th.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let mut number = 0_usize;
    for letter in letters.take(4) {
        number = number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    number.checked_sub(1)
}

/// A day counted as spreadsheets do. They hold 1900 for a leap year, so that the count is one more
/// from March of that year on. The rest is the arithmetic of the Gregorian calendar in eras of 400
/// years that begin in March.
fn date(serial: i64) -> String {
    let days = if serial < 60 { serial + 1 } else { serial } - 25_569;
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        assert_eq!(date(1), "1900-01-01");
        assert_eq!(date(59), "1900-02-28");
        assert_eq!(date(61), "1900-03-01");
        assert_eq!(date(45_000), "2023-03-15");
        assert_eq!(date(46_145), "2026-05-03");
        assert_eq!(date(2_958_465), "9999-12-31");
    }

    #[test]
    fn a_format_shows_a_date_when_it_shows_days_or_years_outside_of_words() {
        for yes in ["dd/mm/yyyy", "[$-809]d mmmm yyyy", "yyyy"] {
            assert!(shows_date(yes), "{yes}");
        }
        for no in ["0.00", "General", "0 &quot;days&quot;", "[Red]0", "h:mm"] {
            assert!(!shows_date(no), "{no}");
        }
    }

    #[test]
    fn columns_are_counted_from_their_letters() {
        assert_eq!(column_of("A1"), Some(0));
        assert_eq!(column_of("AA7"), Some(26));
        assert_eq!(column_of("7"), None);
    }
}
