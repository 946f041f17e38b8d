//! The workbook while it is made: its sheets, their names, and tables put onto them.

use super::Profile;
use super::look::Look;
use super::names::{Names, clean, one_line, told_briefly};
use super::numbers;
use super::sizes::{self, Resized};
use crate::output::column::{Column, Kind};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};
use rust_xlsxwriter::utility::cell_range;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Table, TableColumn, TableStyle, Workbook,
    Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;

/// The widest a column gets, in characters; longer texts go on in the next line.
const WIDEST: usize = 60;
/// So many characters side by side are still read on paper.
const WIDEST_PAGE: usize = 220;
/// More rows make a table a large one.
const LARGE: u64 = 1_000;
/// The widest a heading makes a column.
pub const WIDEST_HEADING: usize = 30;
/// Of a long table so many rows decide how wide its columns are.
const MEASURED: usize = 1_000;

/// The workbook while it is made.
pub struct Book {
    workbook: Workbook,
    names: Names,
    /// How its cells look.
    pub look: Look,
    /// For whom it is made.
    pub profile: Profile,
    /// What is on which sheet.
    pub pages: Vec<Page>,
    /// Tables that hold nothing: what they would be.
    pub empty: Vec<String>,
    /// Large tables, by their names, with the cells that they are to reach over.
    large: Vec<Resized>,
}

/// A sheet of the workbook.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its name, which is also that of its table.
    pub name: String,
    /// What it holds, as a sentence.
    pub told: String,
    /// The file that holds the same, where there is one.
    pub file: String,
    /// The name of each column in that file, and its heading here.
    pub headings: Vec<(String, String)>,
    /// Rows of its table.
    pub n_rows: u64,
}

/// A table that is to be put onto a sheet.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name its sheet is to have.
    pub name: String,
    /// What it holds, as a sentence.
    pub told: String,
    /// The file that holds the same, where there is one.
    pub file: String,
    /// The table.
    pub sheet: Sheet,
    /// Columns of text in which a number is written as one.
    pub numbers: Vec<String>,
    /// The column that says which rows are to be noticed, and by which word.
    pub marks: Option<(String, String)>,
    /// The widest that a heading makes its column, in characters.
    pub widest: usize,
}

impl Part {
    /// A table as it is in its file.
    pub fn new(name: &str, sheet: &Sheet) -> Part {
        Part::owned(name, sheet.clone())
    }

    /// The same of a table that is held for nothing else.
    pub fn owned(name: &str, sheet: Sheet) -> Part {
        Part {
            name: name.to_string(),
            told: sheet.title.clone(),
            file: sheet.file(),
            sheet,
            numbers: Vec::new(),
            marks: None,
            widest: WIDEST_HEADING,
        }
    }
}

impl Book {
    /// A workbook without sheets.
    pub fn new(kept: &Kept, profile: Profile, aside: &Path) -> io::Result<Book> {
        let look = Look::new(profile);
        let mut workbook = Workbook::new();
        let (height, width) = match profile {
            Profile::Analyst => (20, 64),
            Profile::Accessible => (21, 72),
        };
        workbook.set_default_format(&look.letters(), height, width).map_err(broken)?;
        workbook.set_tempdir(aside).map_err(broken)?;
        let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(broken)?;
        let about = &kept.about;
        let properties = DocProperties::new()
            .set_title(one_line(&about.title))
            .set_subject(one_line(&about.question))
            .set_comment(format!("Computed by partnersim {}, seed {}", about.version, about.seed))
            .set_creation_datetime(&date);
        workbook.set_properties(&properties);
        Ok(Book {
            workbook,
            names: Names::default(),
            look,
            profile,
            pages: Vec::new(),
            empty: Vec::new(),
            large: Vec::new(),
        })
    }

    /// Adds a sheet that is filled later, and gives its place.
    pub fn page(&mut self, name: &str) -> usize {
        let name = self.names.sheet(name);
        self.workbook.add_worksheet();
        self.add(name)
    }

    /// Adds a sheet whose rows go aside as soon as they are written.
    pub fn page_of_rows(&mut self, name: &str) -> io::Result<usize> {
        let name = self.names.sheet(name);
        self.workbook.add_worksheet_with_low_memory().map_err(broken)?;
        Ok(self.add(name))
    }

    fn add(&mut self, name: String) -> usize {
        self.pages.push(Page { name, told: String::new(), file: String::new(), headings: Vec::new(), n_rows: 0 });
        self.pages.len() - 1
    }

    /// A sheet, by its place.
    pub fn sheet(&mut self, at: usize) -> io::Result<&mut Worksheet> {
        let name = self.pages[at].name.clone();
        let sheet = self.workbook.worksheet_from_index(at).map_err(broken)?;
        if sheet.name() != name {
            sheet.set_name(name).map_err(broken)?;
        }
        Ok(sheet)
    }

    /// The sheet that holds the same as a file, or the first part of it.
    pub fn page_of(&self, file: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.file == file)
    }

    /// Puts a table onto a sheet of its own; one without rows is only told of. The rows of a large one go aside.
    pub fn put(&mut self, part: &Part) -> io::Result<()> {
        if part.sheet.rows.is_empty() {
            self.empty.push(part.told.clone());
            return Ok(());
        }
        // The library remembers every cell of a sheet, so the rows of a large table go aside as they are written.
        let is_large = part.sheet.rows.len() as u64 > LARGE;
        let at = if is_large { self.page_of_rows(&part.name)? } else { self.page(&part.name) };
        self.fill(at, part)
    }

    /// Puts a table onto a sheet that is there: from the top, as a sheet whose rows go aside takes them.
    pub fn fill(&mut self, at: usize, part: &Part) -> io::Result<()> {
        let sheet = &part.sheet;
        let headings = Names::headings(&sheet.columns);
        let (look, is_accessible) = (self.look.clone(), self.profile == Profile::Accessible);
        let formats = Formats::of(part, &look);
        let widths: Vec<usize> =
            headings.iter().enumerate().map(|(at, heading)| formats.width(sheet, at, heading)).collect();
        let columns = sheet.columns.iter().map(|column| column.name.clone()).zip(headings.clone()).collect();
        let n_rows = sheet.rows.len() as u64;
        self.tell(at, &part.told, &part.file, columns, n_rows);
        let page = self.sheet(at)?;
        for (column, width) in widths.iter().enumerate() {
            page.set_column_width(column as u16, *width as f64).map_err(broken)?;
        }
        let of_heading = |(heading, width): (&String, &usize)| lines(heading, width.saturating_sub(4));
        look.heighten(page, 0, headings.iter().zip(&widths).map(of_heading).max().unwrap_or(1))?;
        self.table(at, &headings, n_rows)?;
        let page = self.sheet(at)?;
        for (row, cells) in sheet.rows.iter().enumerate() {
            let row = row as u32 + 1;
            let lines = cells.iter().zip(&widths).map(|(cell, width)| match cell {
                Value::Text(words) => lines(words, *width),
                _ => 1,
            });
            look.heighten(page, row, lines.max().unwrap_or(1))?;
            let is_marked = part.marks.as_ref().is_some_and(|(column, word)| sheet.words(cells, column) == word);
            for (column, value) in cells.iter().enumerate() {
                let cell = shown(value, part.numbers.contains(&sheet.columns[column].name) && !is_seed(cells));
                let mut format = formats.of_cell(sheet, cells, column, &cell);
                if is_marked {
                    format = look.marked(format);
                    page.write_blank(row, column as u16, &format).map_err(broken)?;
                }
                put_cell(page, row, column as u16, &cell, &format, is_accessible)?;
            }
        }
        printable(page, headings.len() > 6, widths.iter().sum());
        Ok(())
    }

    /// Says what a sheet holds.
    pub fn tell(&mut self, at: usize, told: &str, file: &str, headings: Vec<(String, String)>, n_rows: u64) {
        let page = &mut self.pages[at];
        (page.told, page.file) = (told.to_string(), file.to_string());
        (page.headings, page.n_rows) = (headings, n_rows);
    }

    /// Makes a named table of what stands on a sheet, and the sheet ready to be read and printed.
    pub fn table(&mut self, at: usize, headings: &[String], n_rows: u64) -> io::Result<()> {
        let heading = self.look.heading();
        let (name, told) = (self.pages[at].name.clone(), self.pages[at].told.clone());
        let is_analyst = self.profile == Profile::Analyst;
        let columns: Vec<TableColumn> = headings
            .iter()
            .map(|name| TableColumn::new().set_header(name.as_str()).set_header_format(heading.clone()))
            .collect();
        let style = if is_analyst { TableStyle::Light1 } else { TableStyle::None };
        let table = Table::new()
            .set_name(name)
            .set_columns(&columns)
            .set_autofilter(is_analyst)
            .set_banded_rows(is_analyst)
            .set_style(style)
            .set_alt_text(told_briefly(&told));
        let (last_row, last_column) = (n_rows as u32, headings.len() as u16 - 1);
        // The library remembers every cell of a table, so a large one is declared with one row and gets its size in the end.
        let declared = if n_rows > LARGE { 1 } else { last_row };
        if declared < last_row {
            let reference = |row: u32| cell_range(0, 0, row, last_column);
            let [from, to] = [reference(declared), reference(last_row)];
            self.large.push(Resized { table: self.pages[at].name.clone(), from, to });
        }
        let page = self.sheet(at)?;
        page.add_table(0, 0, declared, last_column, &table).map_err(broken)?;
        if is_analyst {
            page.set_freeze_panes(1, 0).map_err(broken)?;
        }
        // Numbers that are kept as text, as seeds are, are meant so.
        page.ignore_error_range(1, 0, last_row, last_column, IgnoreError::NumberStoredAsText).map_err(broken)?;
        page.set_repeat_rows(0, 0).map_err(broken)?;
        printable(page, headings.len() > 6, 0);
        Ok(())
    }

    /// Writes it.
    pub fn finish(mut self, mut aside: impl Read + Write + Seek + Send, to: &mut (dyn Write + Send)) -> io::Result<()> {
        if self.large.is_empty() {
            return self.workbook.save_to_writer(to).map_err(broken);
        }
        self.workbook.save_to_writer(BufWriter::new(&mut aside)).map_err(broken)?;
        sizes::set(aside, &self.large, to)
    }
}

/// Fits a sheet, so many characters wide, to the width of a printed page, or of several where letters would be too small to read.
pub fn printable(page: &mut Worksheet, is_wide: bool, width: usize) {
    let pages = width.div_ceil(WIDEST_PAGE).clamp(1, 4) as u16;
    page.set_paper_size(9).set_print_fit_to_pages(pages, 0).set_footer("&L&A&RPage &P of &N");
    if is_wide {
        page.set_landscape();
    }
}

/// Writes a cell. Where no cell may be empty, what is not there is said in words.
pub fn put_cell(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
    says_nothing: bool,
) -> io::Result<()> {
    let mut text = |text: &str| page.write_string_with_format(row, column, text, format).map(|_| ());
    let put = match value {
        Value::Text(words) if words.is_empty() && says_nothing => text(NONE),
        Value::Text(words) if words.is_empty() => Ok(()),
        Value::Text(words) => text(&clean(words)),
        Value::Number(number) if number.is_nan() && says_nothing => text(UNDEFINED),
        Value::Number(number) if number.is_nan() => Ok(()),
        // A cell holds no infinite number.
        Value::Number(number) if number.is_infinite() => text(if *number > 0.0 { "infinite" } else { "-infinite" }),
        Value::Number(number) => page.write_number_with_format(row, column, *number, format).map(|_| ()),
        // Beyond 2^53 a cell would lose digits.
        Value::Whole(whole) if *whole > 1 << 53 => text(&whole.to_string()),
        Value::Whole(whole) => page.write_number_with_format(row, column, *whole as f64, format).map(|_| ()),
    };
    put.map_err(broken)
}

/// What stands in a cell without words, where no cell may be empty.
pub const NONE: &str = "none";
/// What stands in a cell without a number, where no cell may be empty.
pub const UNDEFINED: &str = "not defined";

/// A value as it is put into a cell: where a text column holds numbers, a number as one.
fn shown(value: &Value, is_number: bool) -> Cow<'_, Value> {
    match value {
        Value::Text(words) if is_number => match words.parse::<f64>() {
            // Longer ones are numbers if no digit is lost.
            Ok(number) if number.is_finite() && (words.len() <= 15 || number.to_string() == *words) => {
                Cow::Owned(Value::Number(number))
            }
            _ => Cow::Borrowed(value),
        },
        _ => Cow::Borrowed(value),
    }
}

/// A seed is no amount: it stays text, with all its digits.
fn is_seed(cells: &[Value]) -> bool {
    cells.iter().any(|cell| matches!(cell, Value::Text(words) if words == "seed"))
}

/// The formats of a table's cells.
struct Formats {
    columns: Vec<Format>,
    /// Of the columns whose unit says nothing: how large its numbers are, for each thing that rows are about.
    sizes: Vec<Option<BTreeMap<String, Size>>>,
    units: BTreeMap<String, Format>,
    plain: Format,
    wraps: Vec<bool>,
    widest: usize,
}

/// How large numbers are.
#[derive(Debug, Clone, Copy)]
struct Size {
    greatest: f64,
    is_whole: bool,
}

impl Size {
    const NONE: Size = Size { greatest: 0.0, is_whole: true };

    fn with(self, number: f64) -> Size {
        if !number.is_finite() {
            return self;
        }
        Size { greatest: self.greatest.max(number.abs()), is_whole: self.is_whole && number == number.round() }
    }

    fn format(self) -> String {
        if self.is_whole { "#,##0".to_string() } else { numbers::by_size(self.greatest) }
    }
}

/// What a row is about: numbers of different things have different sizes and stand in one column.
fn about(sheet: &Sheet, cells: &[Value]) -> String {
    let names = ["outcome", "respect", "quantity", "objective", "method", "index"];
    names.map(|name| sheet.words(cells, name)).join("\n")
}

impl Formats {
    fn of(part: &Part, look: &Look) -> Formats {
        let sheet = &part.sheet;
        let number = |cell: &Value| match cell {
            Value::Number(number) => *number,
            _ => f64::NAN,
        };
        let size = |at: usize| sheet.rows.iter().fold(Size::NONE, |size, row| size.with(number(&row[at])));
        let sizes = |(at, column): (usize, &Column)| {
            let is_open = column.kind == Kind::Number && numbers::is_open(column);
            is_open.then(|| {
                let mut sizes = BTreeMap::new();
                for row in &sheet.rows {
                    let size = sizes.entry(about(sheet, row)).or_insert(Size::NONE);
                    *size = size.with(number(&row[at]));
                }
                sizes
            })
        };
        let wraps: Vec<bool> = (0..sheet.columns.len()).map(|at| longest(sheet, at) > WIDEST).collect();
        let column = |(at, column): (usize, &Column)| match column.kind {
            Kind::Text if wraps[at] => look.wrapped(),
            // A number ends where the next column begins.
            Kind::Text if at > 0 && sheet.columns[at - 1].kind != Kind::Text => {
                look.text().set_align(FormatAlign::Left).set_indent(1)
            }
            Kind::Text => look.text(),
            // A share of replications that came out 1, and not whether one did.
            Kind::Number if column.unit == "0 or 1" && !size(at).is_whole => look.number(numbers::PERCENT),
            _ => look.number(&numbers::format(column, size(at).greatest)),
        };
        let of_unit = |row: &Vec<Value>| {
            let unit = sheet.words(row, "unit").to_string();
            numbers::of_unit(&unit).map(|format| (unit, look.number(format)))
        };
        Formats {
            columns: sheet.columns.iter().enumerate().map(column).collect(),
            sizes: sheet.columns.iter().enumerate().map(sizes).collect(),
            units: sheet.rows.iter().filter_map(of_unit).collect(),
            plain: look.number("General"),
            wraps,
            widest: part.widest,
        }
    }

    /// The format of a cell: that of its column, or of the unit that its row names, or of what its row is about.
    fn of_cell(&self, sheet: &Sheet, cells: &[Value], at: usize, value: &Value) -> Format {
        let column = &sheet.columns[at];
        let number = match value {
            Value::Number(number) => *number,
            _ => 0.0,
        };
        match (column.kind, value) {
            (Kind::Text, Value::Number(_)) => self.plain.clone().set_num_format(numbers::plain(number)),
            (Kind::Number, _) if ["see column unit", "as unit"].contains(&column.unit.as_str()) => {
                let by_unit = self.units.get(sheet.words(cells, "unit")).cloned();
                by_unit.unwrap_or_else(|| self.plain.clone().set_num_format(numbers::by_size(number)))
            }
            _ => match self.sizes[at].as_ref().and_then(|sizes| sizes.get(&about(sheet, cells))) {
                Some(size) => self.plain.clone().set_num_format(size.format()),
                None => self.columns[at].clone(),
            },
        }
    }

    /// How wide a column is to be, in characters.
    fn width(&self, sheet: &Sheet, at: usize, heading: &str) -> usize {
        if self.wraps[at] {
            return WIDEST;
        }
        let heading = heading_width(heading).min(self.widest);
        let cells = match sheet.columns[at].kind {
            Kind::Text => longest(sheet, at) + 2,
            _ => 12,
        };
        heading.max(cells).min(WIDEST)
    }
}

/// How wide a heading makes its column; beside it stands the button of the filter.
pub fn heading_width(heading: &str) -> usize {
    (heading.chars().count() + 4).min(WIDEST_HEADING)
}

/// How many lines a text takes in a column of so many characters.
pub fn lines(text: &str, width: usize) -> usize {
    text.lines().map(|line| line.chars().count().div_ceil(width.max(1)).max(1)).sum::<usize>().max(1)
}

/// The longest text of a column, its lines taken apart.
fn longest(sheet: &Sheet, at: usize) -> usize {
    let texts = sheet.rows.iter().take(MEASURED).filter_map(|row| match &row[at] {
        Value::Text(words) => words.lines().map(|line| line.chars().count()).max(),
        _ => None,
    });
    texts.max().unwrap_or(0)
}

/// What the library says, as what writing reports.
pub fn broken(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(format!("the workbook cannot be made: {other}")),
    }
}
