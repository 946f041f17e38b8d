//! A scenario that stands in a workbook or in a CSV file: its cells become the text of a scenario, and what is wrong with that
//! text is told by sheet and cell.
//!
//! A workbook holds the sheets `Scenario`, `Levers`, `Every_partner`, `Partners`, `Needs`, `Events`, `Interventions` and
//! `Targets`, of which any may be missing; a CSV file is a sheet of levers by itself. Further columns of the levers are set-ups:
//! the same scenario with other values. Nothing here opens a file: bytes come in.

pub mod delimited;
pub mod draft;
pub mod grid;
mod levers;
mod local;
mod sheets;
mod told;
mod value;
#[cfg(feature = "cli")]
mod xlsx;

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::{Override, Scenario};
use draft::Page;
use grid::{At, Book};
use sheets::Change;
use told::{Told, place};

/// A scenario, or a set of them, as a spreadsheet holds it.
#[derive(Debug)]
pub struct Spreadsheet {
    book: Book,
    page: Page,
    faults: Vec<(Option<At>, Diagnostic)>,
    warnings: Vec<Diagnostic>,
    set_ups: Vec<(String, Vec<Change>)>,
}

/// Words of the scenario language that a person with a workbook has not met, and what they would call it.
const WORDS: &[(&str, &str)] = &[
    ("at least two [[partner]] tables, or partners = \"file.csv\"", "at least two rows to the sheet Partners"),
    ("at least one [[need]] table:", "at least one row to the sheet Needs:"),
    (
        "add a line such as skills = { clinical = 0.5, social = 0.5 }",
        "fill a column such as skills.clinical in its row",
    ),
    ("add a line such as name =", "fill the column name in its row, as in"),
];

impl Spreadsheet {
    /// Reads a workbook (`.xlsx`). What is wrong with its cells is told when it is loaded.
    ///
    /// # Errors
    /// One diagnostic, when it is no workbook, or too large for a scenario.
    #[cfg(feature = "cli")]
    pub fn of_workbook(bytes: Vec<u8>, origin: &str) -> Result<Spreadsheet, Diagnostic> {
        xlsx::read(bytes, origin, &sheets::is_read).map(Spreadsheet::of)
    }

    /// Reads a CSV file with the columns `key` and `value` and, behind them, one for each further set-up.
    ///
    /// ```
    /// use partnersim::import::spreadsheet::Spreadsheet;
    /// let csv = "key;value;better talk\n\
    ///     partner.council.resources.money;120,5;\npartner.charity.resources.money;30;\n\
    ///     need.help at home.skills.social;1;\ncommunication.quality;0,5;\"pert(0,6; 0,7; 0,8)\"\n";
    /// let spreadsheet = Spreadsheet::of_delimited(csv.as_bytes(), "town.csv").unwrap();
    /// let no_files = |name: &str| Err(format!("{name} is not here"));
    /// assert_eq!(spreadsheet.load(&[], &no_files).unwrap().inputs.partners.len(), 2);
    /// let (name, changes) = &spreadsheet.set_ups()[0];
    /// assert_eq!((name.as_str(), changes[0].value.as_str()), ("better talk", "{ pert = [0.6, 0.7, 0.8] }"));
    /// ```
    ///
    /// # Errors
    /// One diagnostic, when it is no text.
    pub fn of_delimited(bytes: &[u8], origin: &str) -> Result<Spreadsheet, Diagnostic> {
        delimited::read(bytes, origin).map(Spreadsheet::of)
    }

    fn of(book: Book) -> Spreadsheet {
        let mut told = Told::new(&book);
        let (draft, set_ups) = sheets::read(&mut told);
        let (faults, warnings) = told.finish();
        Spreadsheet { page: draft.page(), faults, warnings, set_ups, book }
    }

    /// The text of the scenario, without its further set-ups; good for use where loading finds no fault.
    pub fn text(&self) -> &str {
        &self.page.text
    }

    /// Names of the further set-ups, and what each changes, in the order of their columns.
    pub fn set_ups(&self) -> Vec<(String, Vec<Override>)> {
        let changes = |changes: &[Change]| changes.iter().map(|one| one.change.clone()).collect();
        self.set_ups.iter().map(|(name, of)| (name.clone(), changes(of))).collect()
    }

    /// The scenario with these changes; `read` gives the bytes of a partner table that it names.
    ///
    /// # Errors
    /// Every fault found, each with its cell.
    pub fn load(
        &self,
        overrides: &[Override],
        read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Scenario, Vec<Diagnostic>> {
        let loaded = crate::scenario::load(&self.page.text, &self.book.origin, overrides, read);
        let mut faults: Vec<(Option<At>, Diagnostic)> = self.faults.clone();
        match loaded {
            Ok(scenario) if faults.is_empty() => {
                let located = scenario.warnings.iter().map(|warning| self.located(warning.clone()).2);
                let warnings = self.warnings.iter().cloned().chain(located).collect();
                return Ok(Scenario { warnings, ..scenario });
            }
            Ok(_) => {}
            Err(told) => {
                for fault in told {
                    let (at, is_whole, fault) = self.located(fault);
                    if !self.follows(at, is_whole) {
                        faults.push((at, fault));
                    }
                }
            }
        }
        faults.sort_by_key(|(at, _)| (at.is_none(), *at));
        Err(faults.into_iter().map(|(_, fault)| fault).collect())
    }

    /// Whether what is told of a row, or of the whole, may follow from a fault of a cell that was left out of the text.
    fn follows(&self, at: Option<At>, is_whole: bool) -> bool {
        let Some(at) = at else { return !self.faults.is_empty() };
        let heads = self.book.grids[at.sheet].rows().first().copied();
        let touches = |other: &At| other.sheet == at.sheet && (other.row == at.row || Some(other.row) == heads);
        is_whole && self.faults.iter().filter_map(|(other, _)| other.as_ref()).any(touches)
    }

    /// A fault of the text as one of the cell that the text came from, and whether it is about the whole of its row.
    fn located(&self, fault: Diagnostic) -> (Option<At>, bool, Diagnostic) {
        let is_workbook = self.book.grids.iter().any(|grid| !grid.name.is_empty());
        let words = WORDS.iter().filter(|_| is_workbook);
        let help = words.fold(fault.help, |help, (words, others)| help.replace(words, others));
        let found = match &fault.place {
            Some(place) if place.file == self.book.origin => self.page.cell(place.line, place.column),
            Some(place) if place.file == "--set" => self.changed(&place.text, place.column).map(|at| (at, false)),
            _ => None,
        };
        let place = match (&found, fault.place) {
            (Some((at, _)), _) => Some(place(&self.book, *at)),
            // A place in a text that nobody has seen would help nobody.
            (None, Some(place)) if place.file == self.book.origin => None,
            (None, place) => place,
        };
        let (at, is_whole) = found.map_or((None, false), |(at, is_whole)| (Some(at), is_whole));
        (at, is_whole, Diagnostic { message: fault.message, help, place })
    }

    /// The cell of a change that was told as `path=value`.
    fn changed(&self, text: &str, column: usize) -> Option<At> {
        let mut changes = self.set_ups.iter().flat_map(|(_, changes)| changes);
        let said = |one: &&Change| format!("{}={}", one.change.path, one.change.value) == text;
        let one = changes.find(said)?;
        Some(if column > one.change.path.chars().count() { one.value_at } else { one.key_at })
    }
}
