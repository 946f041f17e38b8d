//! The sheets that the others look things up in: every parameter, every outcome.

use super::allowed::{default_words, words};
use super::cells::{Style, heads, write_lines};
use crate::model::outcomes::OUTCOMES;
use crate::model::parameter::{Parameter, Scope};
use crate::scenario::check::fields::{self, NAMES, Names};
use crate::scenario::notation::number;
use crate::scenario::reference::better;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The sheet of the parameters.
pub(super) const PARAMETERS: &str = "Parameters";

/// The sheet of the outcomes.
pub(super) const OUTCOMES_SHEET: &str = "Outcomes";

/// Every parameter, those of the partnership first: they are the keys of levers.
fn ordered() -> impl Iterator<Item = &'static Parameter> {
    [Scope::Partnership, Scope::Partner, Scope::Need, Scope::Event, Scope::Intervention]
        .into_iter()
        .flat_map(fields::parameters)
}

/// Names of the partnership that a lever can be.
fn names() -> impl Iterator<Item = &'static &'static Names> {
    NAMES.iter().filter(|names| Scope::of(names.key) == Scope::Partnership)
}

/// Rows that hold keys of levers.
pub(super) fn n_levers() -> usize {
    names().count() + fields::parameters(Scope::Partnership).count()
}

/// Unit, allowed and default of a lever, as the sheet gives them.
pub(super) fn looked_up(key: &str) -> [String; 3] {
    match ordered().find(|parameter| parameter.key == key) {
        Some(parameter) => [parameter.unit.to_owned(), words(parameter), default_words(parameter)],
        None => [String::new(), String::new(), String::new()],
    }
}

/// Every parameter with all that is declared of it.
pub(super) fn parameters(sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name(PARAMETERS)?;
    let columns = [
        ("key", 34.0),
        ("unit", 24.0),
        ("allowed", 30.0),
        ("default", 24.0),
        ("meaning", 80.0),
        ("grade", 18.0),
        ("source", 30.0),
    ];
    heads(sheet, &columns, style)?;
    let of_names = names().map(|names| {
        let blank = String::new;
        [names.key.to_owned(), "word".to_owned(), blank(), blank(), names.meaning.to_owned(), blank(), blank()]
    });
    let of_parameters = ordered().map(|parameter| {
        [
            parameter.key.to_owned(),
            parameter.unit.to_owned(),
            words(parameter),
            default_words(parameter),
            parameter.meaning.to_owned(),
            parameter.grade.word().to_owned(),
            parameter.source.to_owned(),
        ]
    });
    let widths = columns.map(|(_, width)| width);
    for (row, cells) in of_names.chain(of_parameters).enumerate() {
        write_lines(sheet, row as u32 + 1, &cells, &widths, style)?;
    }
    Ok(())
}

/// Every outcome: what a target can be set for.
pub(super) fn outcomes(sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name(OUTCOMES_SHEET)?;
    let columns = [("outcome", 26.0), ("unit", 26.0), ("better", 10.0), ("default", 12.0), ("meaning", 80.0)];
    heads(sheet, &columns, style)?;
    let widths = columns.map(|(_, width)| width);
    for (row, outcome) in OUTCOMES.iter().enumerate() {
        let target = number(outcome.target);
        let cells = [outcome.name, outcome.unit, better(outcome), &target, outcome.meaning].map(str::to_owned);
        write_lines(sheet, row as u32 + 1, &cells, &widths, style)?;
    }
    Ok(())
}
