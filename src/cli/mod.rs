//! The command line: one file a command, each with its arguments and a `run`. The only room that touches files and the
//! terminal.
//!
//! A new command is its file, its line among the commands, and its line where they are called.

pub mod check;
pub mod describe;
pub mod diagnostics;
mod digest;
pub mod document;
pub mod failure;
mod folder;
mod import;
mod interrupt;
pub mod new;
mod progress;
pub mod reading;
mod run;
mod scenario_arguments;
mod terminal;

pub use failure::{FAULTY, FILES, Failure};

use clap::{Parser, Subcommand};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Simulates organisations working in partnership, thousands of times, and tells how it may turn out.
#[derive(Debug, Parser)]
#[command(name = "partnersim", version, after_help = failure::EXIT_CODES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Arguments),
    Check(check::Arguments),
    New(new::Arguments),
    Import(import::Arguments),
    Describe(describe::Arguments),
    Document(document::Arguments),
    #[command(hide = true)]
    Digest(digest::Arguments),
}

fn call(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Describe(arguments) => describe::run(arguments),
        Command::Document(arguments) => document::run(arguments),
        Command::Digest(arguments) => digest::run(arguments),
    }
}

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    failure::report_panics_as_failures();
    let outcome = catch_unwind(AssertUnwindSafe(|| call(&command)));
    match outcome.unwrap_or_else(|panic| Err(Failure::panicked(panic.as_ref()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.code)
        }
    }
}
