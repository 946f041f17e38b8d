//! What may stand in a cell, as a spreadsheet program checks it while somebody types.

use crate::model::parameter::{Domain, Parameter};
use crate::scenario::notation::{default, number};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Worksheet, XlsxError};

/// Rows below the first that are checked.
pub(super) const ROWS: u32 = 250;

/// Characters that a spreadsheet program takes for a list of words, and for a message.
const LONGEST: usize = 255;

/// Checks the cells of a parameter from one row to another.
pub(super) fn parameter(sheet: &mut Worksheet, rows: (u32, u32), column: u16, of: &Parameter) -> Result<(), XlsxError> {
    match &of.domain {
        Domain::Number { low, high, .. } => number_or_text(sheet, rows, column, (*low, *high), of.unit),
        Domain::Whole { low, high, .. } => whole(sheet, rows, column, (*low, *high)),
        Domain::Choice { options, .. } => {
            let words: Vec<&str> = options.iter().map(|(word, _)| *word).collect();
            choice(sheet, rows, column, &words)
        }
    }
}

/// One of some words.
pub(super) fn choice(sheet: &mut Worksheet, rows: (u32, u32), column: u16, words: &[&str]) -> Result<(), XlsxError> {
    if words.iter().map(|word| word.len() + 1).sum::<usize>() > LONGEST {
        return Ok(());
    }
    let check = DataValidation::new().allow_list_strings(words)?.set_error_title("Not one of the words")?;
    let check = check.set_error_message(message(&format!("Choose one of: {}", words.join(", "))))?;
    add(sheet, rows, column, &check)
}

/// A number within a range, or an uncertainty, which is text: what lies outside is warned of and not refused.
pub(super) fn number_or_text(
    sheet: &mut Worksheet,
    rows: (u32, u32),
    column: u16,
    (low, high): (f64, f64),
    unit: &str,
) -> Result<(), XlsxError> {
    let cell = format!("{}{}", rust_xlsxwriter::utility::column_number_to_name(column), rows.0 + 1);
    let (low, high) = (number(low), number(high));
    let formula = Formula::new(format!("=OR(ISTEXT({cell}),AND({cell}>={low},{cell}<={high}))"));
    let text = format!(
        "Give a number from {low} to {high} ({unit}), or an uncertainty such as pert(lowest, likeliest, highest)."
    );
    let check = DataValidation::new()
        .allow_custom(formula)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Outside the range")?
        .set_error_message(message(&text))?;
    add(sheet, rows, column, &check)
}

/// A whole number within a range.
pub(super) fn whole(
    sheet: &mut Worksheet,
    rows: (u32, u32),
    column: u16,
    (low, high): (u64, u64),
) -> Result<(), XlsxError> {
    let bound = |value: u64| i32::try_from(value).unwrap_or(i32::MAX);
    let check = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(bound(low), bound(high)))
        .set_error_title("Not a whole number")?
        .set_error_message(message(&format!("Give a whole number from {low} to {high}.")))?;
    add(sheet, rows, column, &check)
}

/// One of the names in a column of another sheet; others are warned of and not refused.
pub(super) fn listed(sheet: &mut Worksheet, column: u16, range: &str, text: &str) -> Result<(), XlsxError> {
    let check = DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Not in the list")?
        .set_error_message(message(text))?;
    add(sheet, (1, ROWS), column, &check)
}

fn add(sheet: &mut Worksheet, rows: (u32, u32), column: u16, check: &DataValidation) -> Result<(), XlsxError> {
    sheet.add_data_validation(rows.0, column, rows.1, column, check)?;
    Ok(())
}

fn message(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// What a parameter may be, in words for a cell.
pub(super) fn words(parameter: &Parameter) -> String {
    match &parameter.domain {
        Domain::Number { low, high, .. } => format!("{} to {}", number(*low), number(*high)),
        Domain::Whole { low, high, .. } => format!("whole, {low} to {high}"),
        Domain::Choice { options, .. } => options.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "),
    }
}

/// The default of a parameter, as it would be written into a cell.
pub(super) fn default_words(parameter: &Parameter) -> String {
    default(parameter).trim_matches('"').to_owned()
}

/// All that is to be known of a parameter, for a note.
pub(super) fn explained(parameter: &Parameter) -> String {
    let meanings = match &parameter.domain {
        Domain::Choice { options, .. } => {
            options.iter().map(|(word, meaning)| format!("\n{word}: {meaning}")).collect::<String>()
        }
        _ => String::new(),
    };
    format!(
        "{}\nUnit: {}\nAllowed: {}\nDefault: {}\nSource: {} ({}){meanings}",
        parameter.meaning,
        parameter.unit,
        words(parameter),
        default_words(parameter),
        parameter.source,
        parameter.grade.word(),
    )
}
