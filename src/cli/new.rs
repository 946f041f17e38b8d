//! `partnersim new`: a scenario to start from, explained in full or ready-made, as a text or as a workbook; and one that stands in
//! either as the other.

use super::answer::Answer;
use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::reading::ScenarioText;
use super::single_file;
use crate::output::template;
use crate::scenario::nearest::suggestion;
use crate::scenario::shipped::{self, Shipped};
use crate::scenario::{load, starter, tables, written};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  partnersim new my_town.toml
      a commented text to start from
  partnersim new --xlsx my_town.xlsx
      the same as a workbook, with drop-downs and ranges
  partnersim new --from food_network
      a ready-made scenario
  partnersim new --from food_network --xlsx food.xlsx
      a ready-made scenario, or a file of your own, as a workbook
  partnersim new --from food.xlsx food.toml
      a workbook as a text";

/// Write a scenario to start from, as a commented text or as a workbook to fill in
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// File to write; one that ends in .xlsx is a workbook [default: scenario.toml, or NAME.toml with --from NAME]
    #[arg(value_name = "FILE")]
    pub path: Option<PathBuf>,
    /// Copy a ready-made scenario, with the table of partners it may name, or write a file in the other form: text or workbook; `partnersim scenarios` lists what is ready-made
    #[arg(long, value_name = "NAME|FILE")]
    pub from: Option<String>,
    /// Write a workbook to fill in
    #[arg(long)]
    pub xlsx: bool,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub quiet: bool,
}

/// What is to be written: a scenario's path, each file with its bytes, and what is to be said of it.
struct Writing {
    path: PathBuf,
    files: Vec<(PathBuf, Vec<u8>)>,
    remark: String,
}

/// Writes the scenario.
///
/// # Errors
/// When no ready-made scenario or file has the name, it has faults, a file exists and `--force` is not given, or it cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let writing = arguments.writing()?;
    // All or none: a table that must not be overwritten is found before the scenario is written.
    for (file, _) in &writing.files {
        single_file::refuse_existing(file, arguments.force)?;
    }
    for (file, bytes) in &writing.files {
        single_file::write(file, bytes, arguments.force)?;
    }
    let files: Vec<String> = writing.files.iter().map(|(file, _)| file.display().to_string()).collect();
    let scenario = writing.path.display().to_string();
    let text = format!("wrote {}; next: partnersim check {scenario}\n{}", files.join(" and "), writing.remark);
    Ok(Answer::text(text).with("scenario", scenario).with("files", files).quiet(arguments.quiet))
}

impl Arguments {
    fn writing(&self) -> Result<Writing, Failure> {
        let Some(from) = &self.from else {
            return self.one("scenario", |is_workbook| match is_workbook {
                true => workbook(&starter::text(), "scenario.toml", &|_| Err(String::new())),
                false => Ok(starter::text().into_bytes()),
            });
        };
        match (shipped::find(from), Path::new(from)) {
            (Some(shipped), _) => self.copied(shipped),
            (None, path) if path.is_file() => self.turned(path),
            (None, _) => {
                let suggestion = suggestion(from, shipped::names());
                Err(Failure::Input(format!(
                    "there is no file {from}, and no ready-made scenario is called `{from}`; {suggestion}\n  `partnersim scenarios` lists them."
                )))
            }
        }
    }

    /// Whether a workbook is asked for.
    fn is_workbook(&self) -> bool {
        let ending = self.path.as_ref().and_then(|path| path.extension());
        self.xlsx || ending.is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
    }

    /// One file, named after `stem` where it has no name of its own.
    fn one(&self, stem: &str, bytes: impl FnOnce(bool) -> Result<Vec<u8>, Failure>) -> Result<Writing, Failure> {
        let ending = if self.is_workbook() { "xlsx" } else { "toml" };
        let path = self.path.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.{ending}")));
        let files = vec![(path.clone(), bytes(self.is_workbook())?)];
        Ok(Writing { path, files, remark: String::new() })
    }

    /// A ready-made scenario. Its tables come first: one that stands without its tables could not be run.
    fn copied(&self, shipped: &'static Shipped) -> Result<Writing, Failure> {
        let text = ScenarioText::shipped(shipped);
        let mut writing = self.one(shipped.name, |is_workbook| match is_workbook {
            true => workbook(shipped.text, shipped.name, &|name| text.table(name)),
            false => Ok(shipped.text.as_bytes().to_vec()),
        })?;
        if !self.is_workbook() {
            let beside = |name: &str| writing.path.with_file_name(name);
            let tables = shipped.tables.iter().map(|(name, text)| (beside(name), text.as_bytes().to_vec()));
            writing.files = tables.chain(std::mem::take(&mut writing.files)).collect();
        }
        Ok(writing)
    }

    /// A file of the user's in the other form.
    fn turned(&self, path: &Path) -> Result<Writing, Failure> {
        let text = ScenarioText::read(path).map_err(Failure::Scenario)?;
        let scenario = text.load(&[]).map_err(Failure::Scenario)?;
        tell(&scenario.warnings, Severity::Warning);
        let origin = path.display().to_string();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut writing = self.one(&stem, |is_workbook| match is_workbook {
            true => workbook(text.text(), &origin, &|name| text.table(name)),
            // A text that names no file beside it, as the cells have it; else all of it in one file.
            false => match text.is_spreadsheet() && load(text.text(), &origin, &[], &|_| Err(String::new())).is_ok() {
                true => Ok(text.text().as_bytes().to_vec()),
                false => Ok(written::toml(&scenario).into_bytes()),
            },
        })?;
        let set_ups: Vec<String> = text.set_ups().into_iter().map(|(name, _)| name).collect();
        if !set_ups.is_empty() {
            writing.remark = format!("its further set-ups are not part of it: {}\n", set_ups.join(", "));
        }
        Ok(writing)
    }
}

fn workbook(text: &str, origin: &str, read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Result<Vec<u8>, Failure> {
    let parsed = tables(text, origin, read).map_err(Failure::Scenario)?;
    template::workbook(&parsed).map_err(Failure::Input)
}
