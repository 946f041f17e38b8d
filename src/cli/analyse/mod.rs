//! `partnersim analyse`: the methods for given data, on any tidy table, ours or not.
//!
//! A new method is its file and its lines in the list below.

pub(super) mod choose;
mod compare;
mod data;
mod discover;
mod groups;
mod points;
mod request;
mod sensitivity;
mod summary;
mod variables;
mod when;

use super::answer::Answer;
use super::failure::Failure;
use clap::Subcommand;

/// Analyse a tidy table made here or elsewhere
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim analyse summary results/health_and_social_care --by ending")]
pub struct Arguments {
    #[command(subcommand)]
    method: Method,
}

#[derive(Debug, Subcommand)]
enum Method {
    Summary(summary::Arguments),
    Compare(compare::Arguments),
    Choose(choose::Arguments),
    Discover(discover::Arguments),
    Sensitivity(sensitivity::Arguments),
}

/// Runs the command.
///
/// # Errors
/// When the table cannot be read or lacks what was asked about, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    match &arguments.method {
        Method::Summary(arguments) => summary::run(arguments),
        Method::Compare(arguments) => compare::run(arguments),
        Method::Choose(arguments) => choose::run(arguments),
        Method::Discover(arguments) => discover::run(arguments),
        Method::Sensitivity(arguments) => sensitivity::run(arguments),
    }
}
