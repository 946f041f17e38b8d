//! `partnersim new`: a scenario to start from.

use super::failure::Failure;
use super::single_file;
use super::terminal::say;
use crate::scenario::starter;
use std::path::PathBuf;

/// Write a commented scenario to start from
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// File to write
    #[arg(default_value = "scenario.toml", value_name = "FILE.toml")]
    pub path: PathBuf,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// Writes the scenario.
///
/// # Errors
/// When the file exists and `--force` is not given, or cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.path.display();
    single_file::write(&arguments.path, &starter::text(), arguments.force)?;
    if !arguments.quiet {
        say(&format!("wrote {path}; next: partnersim check {path}\n"));
    }
    Ok(())
}
