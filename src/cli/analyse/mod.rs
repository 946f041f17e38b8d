//! `partnersim analyse`: the methods for given data, on any tidy table, ours or not.
//!
//! A new method is its file and its lines in the list below.

mod data;

use super::failure::Failure;
use clap::Subcommand;

/// Analyse a tidy table made here or elsewhere
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    method: Method,
}

#[derive(Debug, Subcommand)]
enum Method {}

/// Runs the command.
///
/// # Errors
/// When the table cannot be read or lacks what was asked about, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    match arguments.method {}
}
