//! `partnersim export`: a result made earlier, in another format.

use super::failure::Failure;
use super::formats::{Reader, aside};
use super::{results, single_file};
use crate::output::chart::of::charts;
use crate::output::workbook;
use std::io;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  partnersim export results/town --xlsx --out town.xlsx
  partnersim export results/town --xlsx=accessible --out town_accessible.xlsx";

/// Write a result that was made earlier in another format
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The folder of the result, or its manifest
    #[arg(value_name = "RESULT")]
    result: PathBuf,
    /// Write it as a workbook [for: analyst, accessible; default: analyst]
    #[arg(long, value_name = "FOR", num_args = 0..=1, require_equals = true, default_missing_value = "analyst", hide_possible_values = true, required = true)]
    xlsx: Option<Reader>,
    /// The file to write [default: NAME.xlsx]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long)]
    force: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// Why there is no such result, or what could not be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let found = results::read(&arguments.result)?;
    let path = arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", found.kept.about.name)));
    single_file::refuse_existing(&path, arguments.force)?;
    for name in &found.changed {
        eprintln!(
            "warning: {} is not as the manifest says: it was changed, or is gone",
            found.folder.join(name).display()
        );
    }
    let open = |name: &str| found.open(name);
    let profile = arguments.xlsx.unwrap_or(Reader::Analyst).profile();
    let beside = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let aside = aside(beside)?;
    single_file::write_with(&path, arguments.force, |to| -> io::Result<()> {
        workbook::write(&found.kept, &charts(&found.kept), &open, profile, aside, to)
    })?;
    if !arguments.quiet {
        println!("{} holds the result as a workbook.", path.display());
    }
    Ok(())
}
