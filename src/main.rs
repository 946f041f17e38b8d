//! The `partnersim` program.

use clap::{Parser, Subcommand};
use partnersim::cli::{check, describe, document, new};
use std::process::ExitCode;

/// Agent-based Monte Carlo simulator of partnership working.
#[derive(Parser)]
#[command(version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    New(new::Arguments),
    Describe(describe::Arguments),
    Document(document::Arguments),
}

fn main() -> ExitCode {
    let result = match Program::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments),
        Command::Document(arguments) => document::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.message.is_empty() {
                eprintln!("error: {}", failure.message);
            }
            ExitCode::from(failure.code)
        }
    }
}
