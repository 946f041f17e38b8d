//! The texts a scenario is made of, and how a stretch of one becomes a place a person can find.

use crate::scenario::diagnostic::{Diagnostic, Place};
use std::ops::Range;

/// Longest text accepted, in bytes.
pub const MOST_BYTES: usize = 4 << 20;

/// Characters of a line beyond which a place no longer carries the line: nobody reads that far, and copies would fill the memory.
const MOST_COLUMNS: usize = 1_000;

/// What kind of text a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The scenario's own file.
    Scenario,
    /// A partner table.
    Table,
    /// A `--set` of the command line.
    Set,
}

/// A stretch of one of the texts, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    source: usize,
    start: usize,
    end: usize,
}

/// All texts read so far, in the order in which their faults are told.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

#[derive(Debug)]
struct Source {
    name: String,
    text: String,
    kind: Kind,
    line_starts: Vec<usize>,
}

impl Sources {
    /// Takes in a text and gives the number by which its marks know it.
    pub fn add(&mut self, name: &str, text: &str, kind: Kind) -> usize {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        self.0.push(Source { name: name.to_owned(), text: text.to_owned(), kind, line_starts });
        self.0.len() - 1
    }

    /// The stretch `span` of text number `source`, moved to lie within it.
    pub fn mark(&self, source: usize, span: Range<usize>) -> Mark {
        let text = &self.0[source].text;
        let start = character_start(text, span.start);
        Mark { source, start, end: character_start(text, span.end).max(start) }
    }

    /// What kind of text a mark lies in.
    pub fn kind(&self, mark: Mark) -> Kind {
        self.0[mark.source].kind
    }

    /// The line of a mark within its text, from 0.
    pub fn line(&self, mark: Mark) -> (usize, usize) {
        let starts = &self.0[mark.source].line_starts;
        (mark.source, starts.partition_point(|start| *start <= mark.start) - 1)
    }

    /// Line and column of a mark, with the line itself.
    pub fn place(&self, mark: Mark) -> Place {
        let source = &self.0[mark.source];
        let (_, line) = self.line(mark);
        let start = source.line_starts[line];
        let stop = source.line_starts.get(line + 1).map_or(source.text.len(), |next| next - 1);
        let text = source.text[start..stop].trim_end_matches('\r');
        let column = source.text[start..mark.start.min(stop)].chars().count() + 1;
        let length = source.text[mark.start.min(stop)..mark.end.min(stop)].chars().count().max(1);
        let text = if column > MOST_COLUMNS { String::new() } else { text.chars().take(MOST_COLUMNS).collect() };
        let length = if text.is_empty() { 1 } else { length.min(MOST_COLUMNS) };
        Place { file: source.name.clone(), line: line + 1, column, text, length, cell: None }
    }
}

/// The nearest start of a character at or before `at`.
fn character_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Turns the bytes of a scenario or a partner table into text.
///
/// # Errors
/// One diagnostic: they are too many, or no text.
pub fn decode(bytes: &[u8], name: &str) -> Result<String, Diagnostic> {
    if bytes.len() > MOST_BYTES {
        return Err(too_long(name, bytes.len()));
    }
    text_of(bytes, name)
}

/// Turns the bytes of a file into text: without its byte-order mark, all of it UTF-8.
///
/// # Errors
/// One diagnostic that says where the bytes stop being text.
pub fn text_of(bytes: &[u8], name: &str) -> Result<String, Diagnostic> {
    let fault = |message: String, help: &str| Diagnostic { message, help: help.to_owned(), place: None };
    let save_as = "save it as UTF-8; a spreadsheet calls that \"CSV UTF-8\"";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(fault(format!("{name} is written in UTF-16, not in UTF-8"), save_as));
    }
    if bytes.contains(&0) {
        let help = "give a text file; a workbook or a compressed file must be exported first";
        return Err(fault(format!("{name} is not text: it holds bytes that no text has"), help));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = good.matches('\n').count() + 1;
            let column = good.chars().rev().take_while(|character| *character != '\n').count() + 1;
            let message = format!("{name} is not in UTF-8: line {line}, column {column} holds other bytes");
            Err(fault(message, save_as))
        }
    }
}

/// The fault of a text beyond [`MOST_BYTES`].
pub fn too_long(name: &str, bytes: usize) -> Diagnostic {
    Diagnostic {
        message: format!("{name} is {} MiB long", bytes.div_ceil(1 << 20)),
        help: format!("at most {} MiB are read; a scenario is usually a few KiB", MOST_BYTES >> 20),
        place: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_becomes_line_and_column_in_characters() {
        let mut sources = Sources::default();
        let text = "name = \"é\"\r\nsector = \"café\" # x\n";
        let source = sources.add("a.toml", text, Kind::Scenario);
        let start = text.find("# x").unwrap();
        let place = sources.place(sources.mark(source, start..start + 1));
        assert_eq!((place.line, place.column, place.length), (2, 17, 1));
        assert_eq!(place.text, "sector = \"café\" # x");
    }

    #[test]
    fn a_mark_over_several_lines_underlines_the_first() {
        let mut sources = Sources::default();
        let source = sources.add("a.toml", "ab\ncd\n", Kind::Scenario);
        let place = sources.place(sources.mark(source, 1..5));
        assert_eq!((place.line, place.column, place.length, place.text.as_str()), (1, 2, 1, "ab"));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_their_line() {
        let fault = decode(b"a = 1\nb = \xff\n", "x.toml").unwrap_err();
        assert_eq!(fault.message, "x.toml is not in UTF-8: line 2, column 5 holds other bytes");
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_utf_16_is_named() {
        assert_eq!(decode(b"\xef\xbb\xbfa = 1", "x").unwrap(), "a = 1");
        assert!(decode(b"\xff\xfea\0", "x").unwrap_err().message.contains("UTF-16"));
        assert!(decode(b"PK\x03\x04\0", "x").unwrap_err().message.starts_with("x is not text"));
    }

    #[test]
    fn bytes_beyond_the_limit_are_refused() {
        assert!(decode(&vec![b' '; MOST_BYTES + 1], "x").unwrap_err().message.contains("5 MiB"));
    }
}
