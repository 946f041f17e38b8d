//! A partner table: one row a partner, columns named like the keys of `[[partner]]`.

use crate::model::parameter::Scope;
use crate::scenario::check::{fields, keys};
use crate::scenario::faults::Faults;
use crate::scenario::nearest::suggestion;
use crate::scenario::parse::tree::{Base, Entry, Item, Value, item};
use crate::scenario::parse::{Table, short};
use crate::scenario::source::{Kind, Mark};
use std::ops::Range;
use toml::de::DeValue;

/// Columns whose cells are words, even when they look like numbers.
const WORDS: &[&str] = &["name", "sector"];

/// Tables of names within a row: `skills.clinical`, `goals.home care`.
const FREE: &[&str] = &["skills", "goals"];

/// Most columns that are read: many times what a scenario can use.
const MOST_COLUMNS: usize = 200;

/// A column that can be read: its position and its key.
struct Column {
    position: usize,
    key: String,
    mark: Mark,
}

/// Reads the partners of a table's text.
pub fn partners(text: &str, name: &str, faults: &mut Faults) -> Vec<Table> {
    let source = faults.sources.add(name, text, Kind::Table);
    let base = Base { source, offset: 0 };
    let delimiter = delimiter(text);
    let mut rows = rows(text, delimiter, base, faults).into_iter();
    let Some(header) = rows.next() else {
        let help = "its first row names the columns: name, sector, resources.money, ...";
        faults.fault(base.mark(0..0, faults), "the partner table is empty", help);
        return Vec::new();
    };
    if header.cells.len() > MOST_COLUMNS {
        let message = format!("the partner table has {} columns", header.cells.len());
        faults.fault(base.mark(header.span(), faults), message, format!("at most {MOST_COLUMNS} are read"));
        return Vec::new();
    }
    let columns = columns(&header, base, faults);
    let tables: Vec<Table> = rows.map(|row| table(&row, &header, &columns, delimiter, base, faults)).collect();
    if tables.is_empty() {
        let help = "add one row for each partner below the names of the columns";
        faults.fault(base.mark(header.span(), faults), "the partner table has no rows", help);
    }
    tables
}

/// A row: its cells and where they stand.
struct Row {
    cells: Vec<String>,
    spans: Vec<Range<usize>>,
}

impl Row {
    fn span(&self) -> Range<usize> {
        let start = self.spans.first().map_or(0, |span| span.start);
        start..self.spans.last().map_or(start, |span| span.end)
    }
}

/// The separator that the first line uses most, outside quotes.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        for (separator, count) in counts.iter_mut().filter(|(separator, _)| *separator == byte && !quoted) {
            *count += usize::from(*separator == byte);
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

/// All rows that hold anything.
fn rows(text: &str, delimiter: u8, base: Base, faults: &mut Faults) -> Vec<Row> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.fault(base.mark(0..0, faults), format!("the partner table cannot be read: {error}"), "");
                break;
            }
        };
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let spans = spans(text, start, delimiter);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if spans.last().is_some_and(|span| unclosed(&text[span.clone()])) {
            let mark = base.mark(spans.last().cloned().unwrap_or(0..0), faults);
            faults.syntax(
                mark,
                "a quote is opened here and never closed",
                "close it, or write \"\" for a quote within a cell",
            );
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { cells, spans });
        }
    }
    rows
}

/// Where the cells of the row that begins at `start` stand, quotes included.
fn spans(text: &str, start: usize, delimiter: u8) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let skipped = bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    let mut begin = start + skipped;
    let mut quoted = false;
    let mut spans = Vec::new();
    for (at, byte) in bytes.iter().enumerate().skip(begin) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                spans.push(begin..at);
                return spans;
            }
            other if *other == delimiter && !quoted => {
                spans.push(begin..at);
                begin = at + 1;
            }
            _ => {}
        }
    }
    spans.push(begin..bytes.len());
    spans
}

fn unclosed(cell: &str) -> bool {
    cell.trim_start().starts_with('"') && cell.matches('"').count() % 2 == 1
}

/// The columns that name something; the others are faults.
fn columns(header: &Row, base: Base, faults: &mut Faults) -> Vec<Column> {
    let known: Vec<&'static str> = fields::PARTNER.iter().copied().chain(keys(Scope::Partner)).collect();
    let mut columns: Vec<Column> = Vec::new();
    for (position, key) in header.cells.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let mark = base.mark(header.spans.get(position).cloned().unwrap_or(header.span()), faults);
        let free =
            FREE.iter().any(|table| key.split_once('.').is_some_and(|(stem, name)| stem == *table && !name.is_empty()));
        if columns.iter().any(|column| column.key == *key) {
            faults.fault(mark, format!("the column `{key}` stands here a second time"), "keep one of the two");
        } else if free || (known.contains(&key.as_str()) && !FREE.contains(&key.as_str())) {
            columns.push(Column { position, key: key.clone(), mark });
        } else {
            let offered =
                known.iter().copied().filter(|known| !FREE.contains(known)).chain(["skills.NAME", "goals.NEED"]);
            faults.fault(mark, format!("no column is called `{key}`"), suggestion(key, offered));
        }
    }
    if !columns.iter().any(|column| column.key == "name") {
        let mark = base.mark(header.span(), faults);
        faults.fault(
            mark,
            "the partner table has no column `name`",
            "name the column that holds the partners' names `name`",
        );
    }
    columns
}

/// One row as a partner's table, as far as it can be read.
fn table(row: &Row, header: &Row, columns: &[Column], delimiter: u8, base: Base, faults: &mut Faults) -> Table {
    let mark = base.mark(row.span(), faults);
    let extra = row.cells.iter().skip(header.cells.len()).any(|cell| !cell.is_empty());
    if row.cells.len() < header.cells.len() || extra {
        let (cells, columns) = (row.cells.len(), header.cells.len());
        let cells = if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
        let message = format!("this row has {cells}, the first row names {columns} columns");
        let help = "put text that holds the separator in double quotes; leave a cell empty for no value";
        faults.fault(mark, message, help);
    }
    let mut table = Table { mark, entries: Vec::new(), copies: Vec::new() };
    if !columns.iter().any(|column| column.key == "name") {
        // The missing column is told once; a stand-in keeps every row from telling it again.
        let item = Item { value: Value::Text(format!("row at {mark:?}")), mark };
        table.entries.push(Entry { key: "name".to_owned(), mark, item });
    }
    for column in columns {
        let Some(cell) = row.cells.get(column.position).filter(|cell| !cell.is_empty()) else { continue };
        let span = row.spans.get(column.position).cloned().unwrap_or(row.span());
        let item =
            Item { value: value(cell, &column.key, delimiter, &span, base, faults), mark: base.mark(span, faults) };
        match column.key.split_once('.').filter(|(stem, _)| FREE.contains(stem)) {
            Some((stem, name)) => nest(&mut table.entries, stem, name, column.mark, item),
            None => table.entries.push(Entry { key: column.key.clone(), mark: item.mark, item }),
        }
    }
    table
}

/// Puts a value into the table `stem` of a row.
fn nest(entries: &mut Vec<Entry>, stem: &str, name: &str, header: Mark, item: Item) {
    let inner = Entry { key: name.to_owned(), mark: header, item };
    let mark = inner.item.mark;
    match entries.iter_mut().find(|entry| entry.key == stem) {
        Some(Entry { item: Item { value: Value::Table(entries), .. }, .. }) => entries.push(inner),
        _ => {
            let item = Item { value: Value::Table(vec![inner]), mark };
            entries.push(Entry { key: stem.to_owned(), mark, item });
        }
    }
}

/// What a cell holds: a number, an uncertainty in braces, or else a word.
fn value(cell: &str, key: &str, delimiter: u8, span: &Range<usize>, base: Base, faults: &mut Faults) -> Value {
    if WORDS.contains(&key) {
        return Value::Text(cell.to_owned());
    }
    if cell.starts_with('{') {
        let (value, errors) = DeValue::parse_recoverable(cell);
        if let Some(error) = errors.first() {
            let mark = base.mark(span.clone(), faults);
            let message = format!("the uncertainty in this cell cannot be read: {}", error.message());
            faults.fault(
                mark,
                message,
                "write it as in { uniform = [0.2, 0.4] }, in quotes where the separator is a comma",
            );
        }
        return item(&value, Base { offset: span.start, ..base }, faults).value;
    }
    if let Some(braces) = short::in_braces(cell) {
        let mark = base.mark(span.clone(), faults);
        let read = braces.and_then(|text| {
            let (value, errors) = DeValue::parse_recoverable(&text);
            if errors.is_empty() { Ok(at(item(&value, base, faults), mark).value) } else { Err(String::new()) }
        });
        return read.unwrap_or_else(|why| {
            faults.fault(
                mark,
                format!("the uncertainty in this cell cannot be read: {why}"),
                "write it as in pert(0.3, 0.6, 0.9)",
            );
            Value::Text(cell.to_owned())
        });
    }
    // Where something else separates the cells, the comma is free to be the decimal mark, and usually is.
    let decimal_comma = delimiter != b',' && cell.matches(',').count() == 1 && !cell.contains('.');
    let number = if decimal_comma { cell.replace(',', ".") } else { cell.to_owned() };
    if let Ok(value) = number.parse::<i128>() {
        return Value::Integer(value);
    }
    number.parse::<f64>().map_or_else(|_| Value::Text(cell.to_owned()), Value::Float)
}

/// The same with every place in it at one mark: what a cell holds in short has no places of its own.
fn at(item: Item, mark: Mark) -> Item {
    let value = match item.value {
        Value::Array(items) => Value::Array(items.into_iter().map(|item| at(item, mark)).collect()),
        Value::Table(entries) => {
            Value::Table(entries.into_iter().map(|entry| Entry { mark, item: at(entry.item, mark), ..entry }).collect())
        }
        other => other,
    };
    Item { value, mark }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Table>, Result<Vec<String>, Vec<String>>) {
        let mut faults = Faults::default();
        let tables = partners(text, "p.csv", &mut faults);
        let line = |fault: &crate::scenario::diagnostic::Diagnostic| {
            let place = fault.place.as_ref().expect("a place");
            format!("{}:{}: {}", place.line, place.column, fault.message)
        };
        let told = faults.finish();
        (tables, told.map(|w| w.iter().map(line).collect()).map_err(|f| f.iter().map(line).collect()))
    }

    fn money(table: &Table) -> Option<f64> {
        super::super::find(&table.entries, "resources.money").and_then(|entry| entry.item.value.as_number())
    }

    #[test]
    fn semicolons_and_decimal_commas_are_understood() {
        let (tables, told) = read("name;resources.money\ncouncil;\"12,5\"\ncharity;3\n");
        assert!(told.is_ok(), "{told:?}");
        assert_eq!([money(&tables[0]), money(&tables[1])], [Some(12.5), Some(3.0)]);
    }

    #[test]
    fn quotes_tabs_windows_lines_and_empty_cells_are_understood() {
        let (tables, told) = read("name\tresources.money\r\n\"A \"\"B\"\"\"\t\r\n\r\nC\t7\r\n");
        assert!(told.is_ok(), "{told:?}");
        assert_eq!(tables.iter().map(|table| table.name().unwrap()).collect::<Vec<_>>(), ["A \"B\"", "C"]);
        assert_eq!([money(&tables[0]), money(&tables[1])], [None, Some(7.0)]);
    }

    #[test]
    fn skills_and_goals_become_tables_of_their_own() {
        let (tables, told) = read("name,skills.clinical,skills.social,goals.home care\nA,1,2,0.5\n");
        assert!(told.is_ok(), "{told:?}");
        let Some(Value::Table(skills)) = super::super::find(&tables[0].entries, "skills").map(|e| e.item.value.clone())
        else {
            panic!("no skills");
        };
        assert_eq!(skills.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["clinical", "social"]);
        assert!(super::super::find(&tables[0].entries, "goals").is_some());
    }

    #[test]
    fn every_fault_of_a_table_is_told_with_line_and_column() {
        let (_, told) = read("nam,sector,sector,resources.mony\nA,b\nC,d,e,1,2\n");
        assert_eq!(
            told.unwrap_err(),
            [
                "1:1: no column is called `nam`",
                "1:1: the partner table has no column `name`",
                "1:12: the column `sector` stands here a second time",
                "1:19: no column is called `resources.mony`",
                "2:1: this row has 2 cells, the first row names 4 columns",
                "3:1: this row has 5 cells, the first row names 4 columns",
            ]
        );
    }

    #[test]
    fn an_empty_table_and_one_without_rows_are_faults() {
        assert_eq!(read("\n\n").1.unwrap_err(), ["1:1: the partner table is empty"]);
        assert_eq!(read("name,sector\n,\n").1.unwrap_err(), ["1:1: the partner table has no rows"]);
    }

    #[test]
    fn an_unclosed_quote_is_a_fault() {
        let (_, told) = read("name,sector\n\"A,b\nC,d\n");
        assert_eq!(told.unwrap_err()[0], "2:1: a quote is opened here and never closed");
    }

    #[test]
    fn a_cell_may_hold_an_uncertainty_in_short_in_either_way_of_writing() {
        for text in ["name,resources.money\nA,\"uniform(1.5, 2)\"\n", "name;resources.money\nA;\"uniform(1,5; 2)\"\n"] {
            let (tables, told) = read(text);
            assert!(told.is_ok(), "{told:?}");
            let entry = super::super::find(&tables[0].entries, "resources.money").unwrap();
            let Value::Table(form) = &entry.item.value else { panic!("{entry:?}") };
            let Value::Array(bounds) = &form[0].item.value else { panic!("{form:?}") };
            assert_eq!((form[0].key.as_str(), bounds[0].value.as_number()), ("uniform", Some(1.5)));
        }
        let told = read("name,resources.money\nA,\"prt(1, 2)\"\n").1.unwrap_err();
        assert!(told[0].starts_with("2:3: the uncertainty in this cell cannot be read: `prt`"), "{told:?}");
    }

    #[test]
    fn a_cell_may_hold_an_uncertainty() {
        let (tables, told) = read("name,resources.money\nA,\"{ uniform = [1, 2] }\"\n");
        assert!(told.is_ok(), "{told:?}");
        let entry = super::super::find(&tables[0].entries, "resources.money").unwrap();
        assert!(matches!(&entry.item.value, Value::Table(entries) if entries[0].key == "uniform"));
    }
}
