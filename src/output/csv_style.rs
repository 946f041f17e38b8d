//! How tables are written as text: as every program reads them, or as Excel opens them at a double click.
//!
//! What is computed, hashed and gone on with is the standard form. A folder in another style is turned into it when it is written,
//! and turned back when it is read, so that nothing else needs to know of styles.

use super::column::{Column, Kind};
use super::sheet::Sheet;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use std::borrow::Cow;
use std::io::{self, Read, Write};

/// How the tables of a folder are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvStyle {
    /// UTF-8, commas between cells, a dot before decimals, `\n` at line ends.
    #[default]
    Standard,
    /// The same with a byte-order mark and `\r\n`, by which Excel knows UTF-8: where decimals follow a dot.
    Excel,
    /// With a byte-order mark, `\r\n`, semicolons between cells and a comma before decimals: where decimals follow a comma.
    ExcelEu,
}

/// What Excel knows UTF-8 by.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl CsvStyle {
    /// What stands between cells.
    pub fn delimiter(self) -> u8 {
        if self == CsvStyle::ExcelEu { b';' } else { b',' }
    }

    /// What stands before decimals.
    pub fn decimal_mark(self) -> u8 {
        if self == CsvStyle::ExcelEu { b',' } else { b'.' }
    }

    /// What stands at the end of a line.
    pub fn line_end(self) -> &'static str {
        if self == CsvStyle::Standard { "\n" } else { "\r\n" }
    }

    /// Whether the file begins with a byte-order mark.
    pub fn is_marked(self) -> bool {
        self != CsvStyle::Standard
    }

    /// Writes a table that is held.
    ///
    /// # Errors
    /// What writing reports.
    pub fn write(self, sheet: &Sheet, to: &mut dyn Write) -> io::Result<()> {
        if self == CsvStyle::Standard {
            return sheet.write_csv(to);
        }
        let mut standard = Vec::new();
        sheet.write_csv(&mut standard)?;
        self.write_from(standard.as_slice(), &sheet.columns, to)
    }

    /// Writes a table that stands in the standard form, with its header, row by row.
    ///
    /// # Errors
    /// What reading and writing report.
    pub fn write_from(self, standard: impl Read, columns: &[Column], to: &mut dyn Write) -> io::Result<()> {
        if self.is_marked() {
            to.write_all(BYTE_ORDER_MARK)?;
        }
        let change = if self == CsvStyle::ExcelEu { with_decimal_comma } else { unchanged };
        let mut rows = Rows::new(standard, b',', columns, self, change);
        loop {
            let text = rows.next_text()?;
            if text.is_empty() {
                return Ok(());
            }
            to.write_all(&text)?;
        }
    }

    /// The words before the first line end of a table of these columns.
    fn head(self, columns: &[Column]) -> io::Result<Vec<u8>> {
        let mut writer = self.writer();
        writer.write_record(columns.iter().map(|column| &column.name))?;
        let mut head = writer.into_inner().map_err(|error| error.into_error())?;
        head.truncate(head.len() - self.line_end().len());
        Ok(head)
    }

    fn writer(self) -> csv::Writer<Vec<u8>> {
        let terminator = if self == CsvStyle::Standard { Terminator::Any(b'\n') } else { Terminator::CRLF };
        WriterBuilder::new().delimiter(self.delimiter()).terminator(terminator).from_writer(Vec::new())
    }
}

/// A table of these columns as cells parted by commas, with a dot before decimals, whatever the style it stands in.
///
/// # Errors
/// What reading reports.
pub fn standard<'r>(mut from: impl Read + 'r, columns: &[Column]) -> io::Result<Box<dyn Read + 'r>> {
    let head = CsvStyle::ExcelEu.head(columns)?;
    let mut begun = Vec::new();
    from.by_ref().take((head.len() + BYTE_ORDER_MARK.len()) as u64).read_to_end(&mut begun)?;
    let is_marked = begun.starts_with(BYTE_ORDER_MARK);
    let is_eu = columns.len() > 1 && begun.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&begun).starts_with(&head);
    let whole = io::Cursor::new(begun).chain(from);
    let (delimiter, change): (u8, Change) = match (is_eu, is_marked) {
        (true, _) => (b';', with_decimal_dot),
        (false, true) => (b',', unchanged),
        (false, false) => return Ok(Box::new(whole)),
    };
    let rows = Rows::new(whole, delimiter, columns, CsvStyle::Standard, change);
    Ok(Box::new(Reading { rows, text: io::Cursor::default() }))
}

/// What becomes of a cell on the way from one style to another.
type Change = for<'t> fn(&'t str, Kind) -> Cow<'t, str>;

/// The rows of a table on their way from one style to another.
struct Rows<R> {
    reader: csv::Reader<R>,
    kinds: Vec<Kind>,
    style: CsvStyle,
    change: Change,
    is_header: bool,
    row: StringRecord,
}

/// Rows that are turned at a time.
const AT_ONCE: usize = 512;

impl<R: Read> Rows<R> {
    fn new(from: R, delimiter: u8, columns: &[Column], style: CsvStyle, change: Change) -> Rows<R> {
        let reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(from);
        let kinds = columns.iter().map(|column| column.kind).collect();
        Rows { reader, kinds, style, change, is_header: true, row: StringRecord::new() }
    }

    /// The next rows as they stand in the other style; empty after the last.
    fn next_text(&mut self) -> io::Result<Vec<u8>> {
        let mut writer = self.style.writer();
        for _ in 0..AT_ONCE {
            if !self.reader.read_record(&mut self.row)? {
                break;
            }
            for (cell, kind) in self.row.iter().zip(&self.kinds) {
                let cell = if self.is_header { Cow::Borrowed(cell) } else { (self.change)(cell, *kind) };
                writer.write_field(cell.as_bytes())?;
            }
            writer.write_record(None::<&[u8]>)?;
            self.is_header = false;
        }
        writer.into_inner().map_err(|error| error.into_error())
    }
}

/// A table being read.
struct Reading<R> {
    rows: Rows<R>,
    text: io::Cursor<Vec<u8>>,
}

impl<R: Read> Read for Reading<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.text.position() == self.text.get_ref().len() as u64 {
            self.text = io::Cursor::new(self.rows.next_text()?);
        }
        self.text.read(into)
    }
}

fn unchanged(cell: &str, _: Kind) -> Cow<'_, str> {
    Cow::Borrowed(cell)
}

/// A cell with a comma before the decimals of its number. Words that are a number get it too, or a spreadsheet would read some of them as
/// dates; words that would then be taken for such a number get an apostrophe before them, as words that look like a formula do.
fn with_decimal_comma(cell: &str, kind: Kind) -> Cow<'_, str> {
    match kind {
        Kind::Number => Cow::Owned(cell.replace('.', ",")),
        Kind::Whole => Cow::Borrowed(cell),
        Kind::Text if is_decimal(cell, '.') => Cow::Owned(cell.replace('.', ",")),
        Kind::Text if is_decimal(cell.trim_start_matches('\''), ',') => Cow::Owned(format!("'{cell}")),
        Kind::Text => Cow::Borrowed(cell),
    }
}

/// The cell before [`with_decimal_comma`].
fn with_decimal_dot(cell: &str, kind: Kind) -> Cow<'_, str> {
    match (kind, cell.strip_prefix('\'')) {
        (Kind::Number, _) => Cow::Owned(cell.replace(',', ".")),
        (Kind::Text, Some(rest)) if is_decimal(rest.trim_start_matches('\''), ',') => Cow::Borrowed(rest),
        (Kind::Text, None) if is_decimal(cell, ',') => Cow::Owned(cell.replace(',', ".")),
        _ => Cow::Borrowed(cell),
    }
}

/// Whether words are a number with decimals after this mark.
fn is_decimal(words: &str, mark: char) -> bool {
    let is_number = |words: &str| !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    let Some((whole, rest)) = words.split_once(mark) else { return false };
    let (decimals, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    is_number(whole.trim_start_matches(['+', '-']))
        && is_number(decimals)
        && is_number(exponent.trim_start_matches(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet() -> Sheet {
        let columns = vec![
            Column::text("who; why", "Who."),
            Column::number("what", "What.", "share"),
            Column::whole("n", "N.", "1"),
        ];
        let mut sheet = Sheet::new("found", "Found", columns);
        sheet.push(vec!["a; \"b\"\nc".into(), 0.5.into(), 1usize.into()]);
        sheet.push(vec!["1.5".into(), f64::NAN.into(), 2usize.into()]);
        sheet.push(vec!["1,5".into(), (-1.5e300).into(), 3usize.into()]);
        sheet
    }

    fn written(style: CsvStyle, sheet: &Sheet) -> Vec<u8> {
        let mut bytes = Vec::new();
        style.write(sheet, &mut bytes).unwrap();
        bytes
    }

    fn read(bytes: &[u8], columns: &[Column]) -> String {
        let mut text = String::new();
        standard(bytes, columns).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn excel_gets_the_marks_of_its_locale() {
        let text = String::from_utf8(written(CsvStyle::ExcelEu, &sheet())).unwrap();
        let expected = "\u{feff}\"who; why\";what;n\r\n\"a; \"\"b\"\"\nc\";0,5;1\r\n1,5;;2\r\n'1,5;-1,5e300;3\r\n";
        assert_eq!(text, expected);
        let text = String::from_utf8(written(CsvStyle::Excel, &sheet())).unwrap();
        assert!(
            text.starts_with("\u{feff}who; why,what,n\r\n\"a; \"\"b\"\"\nc\",0.5,1\r\n1.5,,2\r\n\"1,5\","),
            "{text}"
        );
    }

    #[test]
    fn a_table_in_another_style_is_read_as_the_one_it_was_made_from() {
        let sheet = sheet();
        let standard = written(CsvStyle::Standard, &sheet);
        let styled = written(CsvStyle::ExcelEu, &sheet);
        assert_eq!(read(&styled, &sheet.columns).as_bytes(), standard);
        // As it is when somebody took the mark away, or saved it with other line ends.
        let bare = String::from_utf8(styled[BYTE_ORDER_MARK.len()..].to_vec()).unwrap().replace("\r\n", "\n");
        assert_eq!(read(bare.as_bytes(), &sheet.columns).as_bytes(), standard);
        assert_eq!(read(&standard, &sheet.columns).as_bytes(), standard);
        for style in [CsvStyle::Excel, CsvStyle::ExcelEu] {
            let bytes = written(style, &sheet);
            assert_eq!(read(&bytes, &sheet.columns).as_bytes(), standard);
            let again = Sheet::read_csv("found", "Found", sheet.columns.clone(), bytes.as_slice()).unwrap();
            assert_eq!(written(CsvStyle::Standard, &again), standard);
        }
    }

    proptest! {
        #[test]
        fn every_cell_comes_back(
            signs in proptest::collection::vec(proptest::sample::select(b"'+-05.,ea".to_vec()), 0..8),
            number in any::<f64>(),
        ) {
            let words: String = signs.into_iter().map(char::from).collect();
            for (cell, kind) in [(words, Kind::Text), (crate::output::number::text(number), Kind::Number)] {
                let styled = with_decimal_comma(&cell, kind);
                prop_assert_eq!(with_decimal_dot(&styled, kind), cell.as_str());
            }
        }
    }
}
