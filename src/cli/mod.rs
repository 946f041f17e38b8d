//! The command line: one file a command, each with its arguments and a `run`. The only room that touches files and the
//! terminal.
//!
//! A new command is its file and its lines in the list below.

mod analyse;
mod answer;
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
mod export;
mod failure;
mod folder;
mod formats;
mod import;
mod interrupt;
mod keep;
mod new;
mod optimise;
mod pictures;
mod play;
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

use answer::{Answer, Format};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use failure::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Simulates organisations working in partnership, thousands of times, and tells how it may turn out.
#[derive(Debug, Parser)]
#[command(name = "partnersim", version, after_help = failure::EXIT_CODES)]
struct CommandLine {
    /// Show the answer as text for people, or as one JSON document for programs
    #[arg(long, value_enum, global = true, default_value_t, hide_possible_values = true, value_name = "text|json")]
    format: Format,
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
    Export(export::Arguments),
    Report(report::Arguments),
    Diff(diff::Arguments),
    Describe(describe::Arguments),
    Play(play::Arguments),
    #[command(hide = true)]
    Document(document::Arguments),
    #[command(hide = true)]
    Digest(digest::Arguments),
}

fn dispatch(command: Command, format: Format) -> Result<Answer, Failure> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Experiment(arguments) => experiment::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments, format),
        Command::Plot(arguments) => plot::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Scenarios(arguments) => scenarios::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Threshold(arguments) => threshold::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Optimise(arguments) => optimise::run(&arguments),
        Command::Discover(arguments) => discover::run(&arguments),
        Command::Analyse(arguments) => analyse::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments),
        Command::Play(arguments) => play::run(&arguments),
        Command::Document(arguments) => document::run(&arguments),
        Command::Digest(arguments) => digest::run(&arguments),
    }
}

/// Where the program last broke, for the message about it.
static BROKE_AT: Mutex<String> = Mutex::new(String::new());

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    let asked = CommandLine::command().try_get_matches();
    let read = asked.and_then(|matches| Ok((CommandLine::from_arg_matches(&matches)?, words(&matches))));
    let (CommandLine { format, command }, words) = match read {
        Ok(read) => read,
        Err(error) => return misused(&error),
    };
    // A panic in a thread is reported once, as a failure, and not as a backtrace by the thread.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}, line {}", place.file(), place.line()));
        *BROKE_AT.lock().unwrap_or_else(PoisonError::into_inner) = place.unwrap_or_default();
    }));
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(command, format)));
    let outcome = outcome.unwrap_or_else(|panic| Err(Failure::panicked(panic.as_ref())));
    ExitCode::from(answer::show(format, Some(&words), outcome))
}

/// The words of the command, such as `analyse summary`.
fn words(matches: &ArgMatches) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut level = matches;
    while let Some((word, below)) = level.subcommand() {
        words.push(word);
        level = below;
    }
    words.join(" ")
}

/// Tells what is wrong with the arguments, or the help that they ask for.
fn misused(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let asks_for_json = arguments.windows(2).any(|pair| pair == ["--format", "json"])
        || arguments.iter().any(|argument| argument == "--format=json");
    if error.use_stderr() && asks_for_json {
        let told = error.render().to_string();
        answer::show_misuse(named(&arguments).as_deref(), told.trim_start_matches("error: ").trim_end());
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The words of the command that such arguments name, as far as they do.
fn named(arguments: &[String]) -> Option<String> {
    let program = CommandLine::command();
    let (mut level, mut words) = (&program, Vec::new());
    for argument in arguments {
        if let Some(below) = level.get_subcommands().find(|command| command.get_name() == argument) {
            words.push(argument.as_str());
            level = below;
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
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
