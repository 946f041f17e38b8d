//! The first sheet: how the others are filled in, in plain words.

use super::cells::{LINE, Style};
use crate::scenario::forms::FORMS;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Characters that a line of the sheet holds.
const WIDTH: usize = 95;

const OPENING: &[&str] = &[
    "This workbook describes a partnership. Fill in the sheets, save it as an Excel workbook (.xlsx), and run",
    "    partnersim check FILE.xlsx        finds every mistake and names its cell",
    "    partnersim run FILE.xlsx          runs it",
    "",
    "An empty cell means: not said. What is not said has its default, listed in the sheet Parameters.",
    "A column named note, unit, meaning, allowed, default or source is for people and is not read. Formulas may stand anywhere; their results are read.",
    "Please merge no cells, and keep the names of the sheets and the first row of each.",
    "",
    "Scenario: the question, where the figures come from (a row `source` for each), how many months to look ahead.",
    "Levers: how the partners work together; choose a key and give its value. Each further column that you add with a name of your own is a set-up: the same scenario with the values in that column. `partnersim compare FILE.xlsx` holds each set-up against the column `value`, `partnersim run FILE.xlsx --set-up NAME` runs one. A key may also be a path such as partner.council.resources.money or need.\"help at home\".demand.",
    "Every_partner: what holds for every partner that does not say otherwise.",
    "Partners: one row for each. `count` makes a row stand for several, who differ in money and staff by `variation`. Columns skills.NAME say how a partner splits its working days, goals.NEED how much it cares for a need, 0 to 1. Any key of the sheet Parameters that begins with partner. may be a further column, without that word.",
    "Needs: one row for each group of people to be helped; columns skills.NAME say which skills it takes.",
    "Events: what may happen to the partners from outside. Interventions: what is done to make the partnership work better. Leave them empty where there is none. Names of partners are parted by semicolons.",
    "Targets: the value above which the share of replications is told, for an outcome of the sheet Outcomes.",
    "",
    "A number that is not known is given by what is known about it, in the cell of the number:",
];

/// Writes the sheet.
pub(super) fn sheet(sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("How_to")?;
    sheet.set_column_width(0, WIDTH as f64)?;
    sheet.write_string_with_format(0, 0, "A scenario for partnersim", &style.title)?;
    let forms = FORMS.iter().filter(|form| form.name != "fixed").map(|form| {
        let shape = form.shape.replace("[[", "").replace("]]", "").replace("], ...", ", ...").replace(['[', ']'], "");
        let shape = if form.name == "discrete" { "value: weight, value: weight, ...".to_owned() } else { shape };
        format!("    {}({shape})   {}", form.name, form.meaning)
    });
    let lines = OPENING.iter().map(|line| (*line).to_owned()).chain(forms);
    for (row, line) in lines.enumerate() {
        let (row, height) = (row as u32 + 1, line.chars().count().div_ceil(WIDTH - 6).max(1));
        sheet.write_string_with_format(row, 0, line, &style.wrapped)?;
        sheet.set_row_height(row, LINE * height as f64)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
