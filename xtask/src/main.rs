//! What is built around partnersim: the playground and a release.
//!
//! `cargo run -p xtask -- playground`, or `cargo xtask playground`. Nothing but the Rust toolchain is needed.

mod faults;
mod places;
mod playground;
mod release;
mod strings;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds what stands around partnersim.
#[derive(Debug, Parser)]
#[command(name = "xtask")]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Playground(playground::Arguments),
    Release(release::Arguments),
    Strings(strings::Arguments),
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().task {
        Task::Playground(arguments) => playground::run(&arguments),
        Task::Release(arguments) => release::run(&arguments),
        Task::Strings(arguments) => strings::run(&arguments),
    };
    match outcome {
        Ok(told) => {
            print!("{told}");
            ExitCode::SUCCESS
        }
        Err(faults) => {
            eprint!("{faults}");
            ExitCode::FAILURE
        }
    }
}
