//! `partnersim new`: a scenario to start from.

use crate::cli::failure::Failure;
use crate::scenario::starter;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

/// Write a commented scenario to start from.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// File to write.
    #[arg(default_value = "scenario.toml", value_name = "PATH")]
    pub path: PathBuf,
    /// Overwrite the file if it exists.
    #[arg(long)]
    pub force: bool,
}

/// Writes the scenario.
///
/// # Errors
/// When the file exists and `--force` is not given, or cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.path.display();
    let mut options = OpenOptions::new();
    options.write(true);
    if arguments.force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(&arguments.path).and_then(|mut file| file.write_all(starter::text().as_bytes()));
    match written {
        Ok(()) => {
            println!("wrote {path}; next: partnersim check {path}");
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Failure::Files(format!("{path} exists; give another name, or --force to overwrite it")))
        }
        Err(error) => Err(Failure::Files(format!("{path} cannot be written: {error}"))),
    }
}
