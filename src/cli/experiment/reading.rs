//! Reading an experiment from disk: its text, the scenario it names, and its table of points.

use super::super::failure::Failure;
use super::super::reading::{ScenarioText, bytes};
use crate::experiment::file::{self, Beside, Cells, Experiment};
use crate::import::columns::{Columns, Values};
use crate::output::experiment::FILE;
use crate::output::kept::Given;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::source::{MOST_BYTES, decode};
use crate::scenario::{Scenario, notation};
use std::cell::RefCell;
use std::path::Path;

/// Far more than a table of points will ever need.
const LARGEST_TABLE_BYTES: usize = 1 << 30;

/// An experiment that was read.
pub(super) struct Read {
    /// Short name: that of its file without the ending.
    pub(super) name: String,
    pub(super) experiment: Experiment,
    /// The scenario as it is.
    pub(super) base: Scenario,
    /// Its text, to be loaded with changes.
    pub(super) text: ScenarioText,
    /// The file itself, which the folder of the result keeps.
    pub(super) file: Given,
}

pub(super) fn read(path: &Path) -> Result<Read, Failure> {
    let origin = path.display().to_string();
    let unreadable = |why: String| Diagnostic {
        message: format!("{origin} cannot be read: {why}"),
        help: "give an experiment file; docs/experiments.md says what it may hold".to_owned(),
        place: None,
    };
    let bytes = bytes(path, MOST_BYTES).map_err(|why| Failure::Scenario(vec![unreadable(why)]))?;
    let written = decode(&bytes, &origin).map_err(|fault| Failure::Scenario(vec![fault]))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let (found, faults) = (RefCell::new(None), RefCell::new(Vec::new()));
    let scenario = |name: &str| {
        let text = ScenarioText::named(folder, name)?;
        let base = text.load(&[]).map_err(|told| {
            faults.borrow_mut().extend(told);
            "it has faults of its own, told beside this one".to_owned()
        })?;
        *found.borrow_mut() = Some((text, base.clone()));
        Ok(base)
    };
    let beside = Beside { scenario: &scenario, table: &|name| table(&folder.join(name)) };
    let experiment = file::read(&written, &origin, &beside).map_err(|mut told| {
        told.append(&mut faults.borrow_mut());
        Failure::Scenario(told)
    })?;
    let (text, base) = found.take().ok_or_else(|| Failure::Program("an experiment without a scenario".to_owned()))?;
    let name = path.file_stem().map_or("experiment".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let file = Given { file: FILE.to_owned(), title: "The experiment".to_owned(), text: written };
    Ok(Read { name, experiment, base, text, file })
}

fn table(path: &Path) -> Result<Cells, String> {
    let bytes = bytes(path, LARGEST_TABLE_BYTES)?;
    let columns = Columns::read(&bytes, &path.display().to_string())
        .map_err(|told| told.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; "))?;
    let cell = |number: &f64| if number.is_nan() { String::new() } else { notation::number(*number) };
    let cells = columns.values.iter().map(|values| match values {
        Values::Numbers(numbers) => numbers.iter().map(cell).collect(),
        Values::Words(words) => words.clone(),
    });
    Ok((columns.names.clone(), cells.collect()))
}
