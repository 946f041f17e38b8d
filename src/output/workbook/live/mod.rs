//! `What_matters`: a sheet whose cells are formulas on the tables. Who reads it chooses an outcome and a target, and sees what
//! follows. Every formula bears the value it gives, so that a viewer that does not calculate shows the same.

mod pairs;
mod points;
mod replications;

use super::book::{Book, broken, lines};
use super::names::clean;
use super::numbers;
use super::rows::Written;
use crate::output::column::Column;
use crate::output::kept::Kept;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Worksheet,
};
use std::io;

/// How wide its columns are, in characters.
const WIDTHS: [f64; 3] = [34.0, 40.0, 76.0];

/// A row of the sheet.
#[derive(Debug, Clone)]
struct Line {
    label: String,
    cell: Cell,
    /// How its number looks.
    looks: Looks,
    told: String,
}

/// What stands in the second column.
#[derive(Debug, Clone)]
enum Cell {
    /// A text to be chosen from the cells that a formula names.
    Choice(String, String),
    /// A number to be changed.
    Input(f64),
    /// A formula and the number it gives.
    Number(String, f64),
    /// A formula and the text it gives.
    Text(String, String),
}

/// How a number looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// As the unit of the chosen outcome asks for.
    OfUnit,
    /// Of a hundred.
    Percent,
    /// A count.
    Count,
}

/// The sheet's rows and the row, from 1 as in the sheet, that holds the unit.
struct Page {
    lines: Vec<Line>,
    unit_row: usize,
    told: &'static str,
}

/// Whether a result has tables to compute on.
pub fn is_possible(kept: &Kept) -> bool {
    replications::is_possible(kept) || pairs::is_possible(kept) || points::is_possible(kept)
}

/// Fills the sheet.
pub fn fill(book: &mut Book, at: usize, kept: &Kept, written: &Written) -> io::Result<()> {
    let page = match &written.runs {
        Some(runs) if replications::is_possible(kept) => replications::page(book, kept, runs),
        _ if pairs::is_possible(kept) => pairs::page(book, kept),
        _ => points::page(book, kept),
    };
    let headings = ["What", "Value", "How it is found"].map(str::to_string);
    let names = ["what", "value", "how"].map(|name| Column::text(name, "").name);
    let n_rows = page.lines.len() as u64;
    book.tell(at, page.told, "", names.into_iter().zip(headings.clone()).collect(), n_rows);
    let look = book.look.clone();
    let (text, wrapped, input, number) = (
        look.text().set_bold(),
        look.wrapped().set_align(FormatAlign::Left).set_indent(1),
        look.input(),
        look.number("General"),
    );
    let sheet = book.sheet(at)?;
    for (k, line) in page.lines.iter().enumerate() {
        let row = k as u32 + 1;
        sheet.write_string_with_format(row, 0, line.label.as_str(), &text).map_err(broken)?;
        put(sheet, row, line, &input, &number)?;
        sheet.write_string_with_format(row, 2, line.told.as_str(), &wrapped).map_err(broken)?;
        let words = match &line.cell {
            Cell::Text(_, words) | Cell::Choice(words, _) => lines(words, WIDTHS[1] as usize + 6),
            _ => 1,
        };
        look.heighten(sheet, row, words.max(lines(&line.told, WIDTHS[2] as usize)))?;
        if line.looks == Looks::OfUnit {
            by_unit(sheet, row, page.unit_row)?;
        }
    }
    for (column, width) in WIDTHS.into_iter().enumerate() {
        sheet.set_column_width(column as u16, width).map_err(broken)?;
    }
    book.table(at, &headings, n_rows)
}

fn put(sheet: &mut Worksheet, row: u32, line: &Line, input: &Format, number: &Format) -> io::Result<()> {
    let format = match line.looks {
        Looks::OfUnit => "#,##0.00",
        Looks::Percent => numbers::PERCENT,
        Looks::Count => "#,##0",
    };
    let (input, number) = (input.clone().set_num_format(format), number.clone().set_num_format(format));
    let done = match &line.cell {
        Cell::Choice(chosen, among) => {
            let list = DataValidation::new().allow_list_formula(Formula::new(among));
            let list = list.set_error_style(DataValidationErrorStyle::Stop);
            let list = list
                .set_error_title("Not in the list")
                .and_then(|list| list.set_error_message("Choose one from the list."));
            list.and_then(|list| sheet.add_data_validation(row, 1, row, 1, &list).map(|_| ())).and_then(|()| {
                sheet.write_string_with_format(row, 1, clean(chosen), &input.set_text_wrap()).map(|_| ())
            })
        }
        Cell::Input(value) => sheet.write_number_with_format(row, 1, *value, &input).map(|_| ()),
        Cell::Number(formula, result) => {
            let result = if result.is_finite() { result.to_string() } else { "#N/A".to_string() };
            sheet.write_formula_with_format(row, 1, Formula::new(formula).set_result(result), &number).map(|_| ())
        }
        Cell::Text(formula, result) => {
            let formula = Formula::new(formula).set_result(clean(result));
            let format = number.set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
            sheet.write_formula_with_format(row, 1, formula, &format).map(|_| ())
        }
    };
    done.map_err(broken)
}

/// Makes a cell look as the unit asks for that the sheet names.
fn by_unit(sheet: &mut Worksheet, row: u32, unit_row: usize) -> io::Result<()> {
    let unit = format!("$B${unit_row}");
    let share = format!("=OR({unit}=\"0 or 1\",LEFT({unit},5)=\"share\",{unit}=\"probability\")");
    let money = format!("={unit}=\"thousand pounds\"");
    for (rule, format) in [(share, numbers::PERCENT), (money, numbers::MONEY)] {
        let look = Format::new().set_num_format(format);
        let rule = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(look);
        sheet.add_conditional_format(row, 1, row, 1, &rule).map_err(broken)?;
    }
    Ok(())
}

impl Line {
    fn new(label: &str, looks: Looks, cell: Cell, told: &str) -> Line {
        Line { label: label.to_string(), cell, looks, told: told.to_string() }
    }
}

/// The value of a column in a row of a table that a cell names by its number.
fn look_up(table: &str, column: &str, row: &str) -> String {
    format!("=INDEX({table}[{column}],{row})")
}

/// The cells of one column of a sheet, from row to row, for a list to choose from.
fn cells(sheet: &str, column: usize, [from, to]: [usize; 2]) -> String {
    let letter = rust_xlsxwriter::utility::column_number_to_name(column as u16);
    format!("='{sheet}'!${letter}${from}:${letter}${to}")
}
