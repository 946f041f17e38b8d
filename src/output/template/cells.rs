//! Values of a scenario as cells, and how cells look.

use crate::scenario::notation::{number, quoted};
use crate::scenario::parse::short::short;
use crate::scenario::parse::tree::{Item, Value};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note, Worksheet, XlsxError};

/// Whole numbers up to which a spreadsheet keeps every digit.
const LARGEST_EXACT: i128 = 999_999_999_999_999;

/// Height of a line in points.
pub(super) const LINE: f64 = 15.0;

/// How cells look.
pub(super) struct Style {
    /// The first row.
    pub(super) head: Format,
    /// Long text.
    pub(super) wrapped: Format,
    /// What is for people and not read.
    pub(super) aside: Format,
    /// The title of a sheet of text.
    pub(super) title: Format,
    /// A value: numbers and words of a column stand below each other.
    pub(super) value: Format,
    /// Digits that must stay as they are.
    pub(super) text: Format,
}

impl Style {
    pub(super) fn new() -> Style {
        let dark = Color::RGB(0x1F_3A_4D);
        let head = Format::new().set_bold().set_background_color(Color::RGB(0xDC_E9_F1)).set_font_color(dark);
        Style {
            head: head.set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            aside: Format::new().set_font_color(Color::RGB(0x55_5F_66)),
            title: Format::new().set_bold().set_font_size(14).set_font_color(dark),
            value: Format::new().set_align(FormatAlign::Left),
            text: Format::new().set_num_format("@"),
        }
    }
}

/// Writes a row of text whose cells may take several lines, each cell as wide as its column.
pub(super) fn write_lines(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[String],
    widths: &[f64],
    style: &Style,
) -> Result<(), XlsxError> {
    let mut lines = 1.0_f64;
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        sheet.write_string_with_format(row, column as u16, cell, &style.wrapped)?;
        lines = lines.max((cell.chars().count() as f64 / (width - 3.0)).ceil());
    }
    sheet.set_row_height(row, LINE * lines)?;
    Ok(())
}

/// Writes a value of the scenario into a cell.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    style: &Style,
) -> Result<(), XlsxError> {
    match value {
        Value::Integer(whole) if whole.abs() <= LARGEST_EXACT => {
            sheet.write_number_with_format(row, column, *whole as f64, &style.value)?;
        }
        // Digits beyond those that a number keeps stay as text.
        Value::Integer(whole) => {
            sheet.write_string_with_format(row, column, whole.to_string(), &style.text)?;
        }
        Value::Float(value) if keeps(*value) => {
            sheet.write_number_with_format(row, column, *value, &style.value)?;
        }
        Value::Float(value) => {
            sheet.write_string_with_format(row, column, number(*value), &style.text)?;
        }
        Value::Boolean(value) => {
            sheet.write_boolean(row, column, *value)?;
        }
        Value::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Value::Array(items) => {
            sheet.write_string(row, column, names(items))?;
        }
        Value::Table(_) | Value::Date => {
            sheet.write_string(row, column, short(value).unwrap_or_default())?;
        }
    }
    Ok(())
}

/// Whether a spreadsheet program that keeps fifteen digits gives the same number back.
fn keeps(value: f64) -> bool {
    format!("{value:.14e}").parse() == Ok(value)
}

/// Names with semicolons between them; as a list in brackets where a name holds what would part it.
fn names(items: &[Item]) -> String {
    let names: Vec<&str> = items.iter().filter_map(|item| item.value.as_text()).collect();
    let parts = |name: &&str| name.contains([';', '\n']) || name.trim_start().starts_with('[');
    if names.iter().any(parts) || (names.len() == 1 && names[0].contains(',')) {
        let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        return format!("[{}]", quoted.join(", "));
    }
    names.join("; ")
}

/// The names of the columns, the first row that stays in sight, and the widths.
pub(super) fn heads(sheet: &mut Worksheet, heads: &[(&str, f64)], style: &Style) -> Result<(), XlsxError> {
    for (column, (head, width)) in heads.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *head, &style.head)?;
        sheet.set_column_width(column as u16, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// A note that explains the name of a column.
pub(super) fn note(sheet: &mut Worksheet, column: u16, text: &str) -> Result<(), XlsxError> {
    let lines = text.lines().map(|line| 1 + line.chars().count() as u32 / 46).sum::<u32>();
    let note = Note::new(text).add_author_prefix(false).set_width(320).set_height(24 + 18 * lines);
    sheet.insert_note(0, column, &note)?;
    Ok(())
}
