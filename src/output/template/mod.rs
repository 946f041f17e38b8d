//! A scenario as a workbook to fill in: a sheet for each part of the language, with drop-downs and ranges from the declarations
//! of the parameters, and the whole list of these. Reading it gives the same scenario again.

mod allowed;
mod cells;
mod how_to;
mod keys;
mod reference;
mod rows;

use crate::scenario::parse::Parsed;
use cells::Style;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// The bytes of the workbook of a scenario. They follow from the scenario alone: nothing in them tells when they were written.
///
/// # Errors
/// What a workbook cannot hold, in a sentence: a text longer than the 32,767 characters of a cell.
pub fn workbook(parsed: &Parsed) -> Result<Vec<u8>, String> {
    write(parsed).map_err(|error| match error {
        XlsxError::MaxStringLengthExceeded => {
            "a text or a list of the scenario is longer than the 32767 characters that a cell can hold".to_owned()
        }
        other => format!("the scenario cannot be written as a workbook: {other}"),
    })
}

fn write(parsed: &Parsed) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A time of writing would make two workbooks of the same scenario differ.
    let time = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("A scenario for partnersim").set_creation_datetime(&time));
    let style = Style::new();
    how_to::sheet(workbook.add_worksheet(), &style)?;
    keys::scenario(workbook.add_worksheet(), parsed, &style)?;
    keys::levers(workbook.add_worksheet(), parsed, &style)?;
    keys::every_partner(workbook.add_worksheet(), parsed, &style)?;
    for table in rows::tables(parsed) {
        table.sheet(workbook.add_worksheet(), &style)?;
    }
    keys::targets(workbook.add_worksheet(), parsed, &style)?;
    reference::parameters(workbook.add_worksheet(), &style)?;
    reference::outcomes(workbook.add_worksheet(), &style)?;
    workbook.save_to_buffer()
}
