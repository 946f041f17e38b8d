//! The command line: one file a command, each with its arguments and a `run`. The only room that touches files and the
//! terminal.
//!
//! A new command is its file and its lines in the list below.

mod analyse;
mod calibrate;
mod check;
mod checkpoint;
mod compare;
mod describe;
mod diagnostics;
mod digest;
mod discover;
mod discovery;
mod document;
mod evaluations;
mod experiment;
mod failure;
mod folder;
mod import;
mod interrupt;
mod new;
mod optimise;
mod progress;
mod reading;
mod run;
mod scenario_arguments;
mod scenarios;
mod single_file;
mod study;
mod terminal;
mod threshold;
mod trace;
mod unfinished;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

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
    Compare(compare::Arguments),
    Experiment(experiment::Arguments),
    Trace(trace::Arguments),
    Check(check::Arguments),
    New(new::Arguments),
    Scenarios(scenarios::Arguments),
    Import(import::Arguments),
    Threshold(threshold::Arguments),
    Calibrate(calibrate::Arguments),
    Optimise(optimise::Arguments),
    Discover(discover::Arguments),
    Analyse(analyse::Arguments),
    Describe(describe::Arguments),
    #[command(hide = true)]
    Document(document::Arguments),
    #[command(hide = true)]
    Digest(digest::Arguments),
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Experiment(arguments) => experiment::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Scenarios(arguments) => scenarios::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Threshold(arguments) => threshold::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Optimise(arguments) => optimise::run(&arguments),
        Command::Discover(arguments) => discover::run(&arguments),
        Command::Analyse(arguments) => analyse::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments),
        Command::Document(arguments) => document::run(&arguments),
        Command::Digest(arguments) => digest::run(&arguments),
    }
}

/// Where the program last broke, for the message about it.
static BROKE_AT: Mutex<String> = Mutex::new(String::new());

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    // A panic in a thread is reported once, as a failure, and not as a backtrace by the thread.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}, line {}", place.file(), place.line()));
        *BROKE_AT.lock().unwrap_or_else(PoisonError::into_inner) = place.unwrap_or_default();
    }));
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(command)));
    let outcome = outcome.unwrap_or_else(|panic| Err(Failure::panicked(panic.as_ref())));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.exit_code())
        }
    }
}
