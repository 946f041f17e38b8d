//! The table that a method works on: a file of values, or the folder of a result.

use super::super::failure::Failure;
use super::super::reading::bytes;
use crate::import::columns::Columns;
use std::path::{Path, PathBuf};

/// Far more than the largest table that fits into the memory of a desk.
const LARGEST_TABLE_BYTES: usize = 4 << 30;

/// Tables of a result folder that have one row an observation, the one to prefer first.
const OF_A_FOLDER: &[&str] = &["points.csv", "runs.csv"];

/// Which table, and which of its columns.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// Table with one row an observation (comma, semicolon or tab; point or decimal comma), or the folder of a result
    #[arg(value_name = "FILE.csv")]
    pub file: PathBuf,
    /// Columns that were varied, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub inputs: Vec<String>,
    /// Columns that were measured, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub outcome: Vec<String>,
}

impl Data {
    /// The whole table.
    ///
    /// # Errors
    /// When it cannot be read or is no table.
    pub fn columns(&self) -> Result<Columns, Failure> {
        let path = if self.file.is_dir() { of_folder(&self.file)? } else { self.file.clone() };
        let bytes = bytes(&path, LARGEST_TABLE_BYTES)
            .map_err(|why| Failure::Input(format!("{} cannot be read: {why}", path.display())))?;
        Columns::read(&bytes, &path.display().to_string()).map_err(Failure::Scenario)
    }
}

/// The columns of these names; every one that is missing or holds words is told.
///
/// # Errors
/// All that is wrong with the names.
pub fn numbers<'c>(columns: &'c Columns, names: &[String]) -> Result<Vec<&'c [f64]>, Failure> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in names {
        match columns.numbers(name.trim()) {
            Ok(numbers) => found.push(numbers),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(Failure::Input(faults.join("\nerror: "))) }
}

fn of_folder(folder: &Path) -> Result<PathBuf, Failure> {
    let found = OF_A_FOLDER.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    found.ok_or_else(|| {
        let names = OF_A_FOLDER.join(" nor ");
        Failure::Input(format!(
            "{} holds neither {names}.\n  Give a table, or the folder of a result.",
            folder.display()
        ))
    })
}
