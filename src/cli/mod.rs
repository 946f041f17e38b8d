//! The command line: one file a command, each with its arguments and a `run`. The only room that touches files and the
//! terminal.
//!
//! A new command is its file and its lines in the list below.

mod analyse;
mod calibrate;
mod check;
mod checkpoint;
mod command;
mod compare;
mod describe;
mod diagnostics;
mod diff;
mod digest;
mod discover;
mod discovery;
mod document;
mod evaluations;
mod experiment;
mod failure;
mod folder;
mod formats;
mod import;
mod interrupt;
mod keep;
mod new;
mod optimise;
mod pictures;
mod plot;
mod progress;
mod reading;
mod report;
mod results;
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
    Plot(plot::Arguments),
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
    Report(report::Arguments),
    Diff(diff::Arguments),
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
        Command::Plot(arguments) => plot::run(&arguments),
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
        Command::Report(arguments) => report::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use std::path::Path;

    /// The words of a line as a shell takes them apart.
    fn words(line: &str) -> Vec<String> {
        let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
        for sign in line.chars().chain([' ']) {
            match sign {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
                sign => word.push(sign),
            }
        }
        words
    }

    /// The examples below the help of a command; a line that ends in a backslash goes on in the next.
    fn examples(help: &str) -> Vec<String> {
        let joined = help.replace("\\\n", " ");
        joined.lines().filter(|line| line.starts_with("  partnersim ")).map(|line| line.trim().to_string()).collect()
    }

    /// Every command that a person may look up, with its name in full.
    fn commands(of: &clap::Command, name: &str) -> Vec<(String, String)> {
        let seen = of.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
        seen.flat_map(|command| {
            let name = format!("{name} {}", command.get_name());
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            [(name.clone(), help)].into_iter().chain(commands(command, &name)).collect::<Vec<_>>()
        })
        .collect()
    }

    #[test]
    fn the_help_of_every_command_has_an_example_that_the_command_takes() {
        for (name, help) in commands(&CommandLine::command(), "partnersim") {
            let examples = examples(&help);
            assert!(!examples.is_empty(), "{name}: {help}");
            for example in examples {
                assert!(example.starts_with(&name), "{name}: {example}");
                let words = words(&example);
                let read = CommandLine::try_parse_from(&words);
                assert!(read.is_ok(), "{example}: {}", read.unwrap_err());
                for file in words.iter().filter(|word| word.starts_with("scenarios/")) {
                    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file(), "{example}: {file}");
                }
            }
        }
    }

    #[test]
    fn the_help_of_every_command_fits_eighty_columns_where_lines_must_not_be_broken() {
        for (name, help) in commands(&CommandLine::command(), "partnersim") {
            for line in help.lines().filter(|line| line.starts_with("  ")) {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
        }
    }

    #[test]
    fn an_option_that_many_commands_have_is_explained_in_the_same_words() {
        let command = CommandLine::command();
        let analyse =
            command.find_subcommand("analyse").map_or_else(Vec::new, |found| found.get_subcommands().collect());
        for shared in ["threads", "quiet"] {
            let of = |command: &clap::Command| {
                let option = command.get_arguments().find(|option| option.get_long() == Some(shared))?;
                Some((option.get_help().map(ToString::to_string), option.get_value_names().map(<[_]>::to_vec)))
            };
            let seen =
                command.get_subcommands().chain(analyse.iter().copied()).filter(|command| !command.is_hide_set());
            let found: Vec<_> = seen.filter_map(of).collect();
            assert!(found.len() > 8 && found.iter().all(|other| *other == found[0]), "{shared}: {found:?}");
        }
    }
}
