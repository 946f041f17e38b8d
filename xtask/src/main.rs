//! What is built around partnersim: the playground, a release, the papers for teachers.
//!
//! `cargo run -p xtask -- playground`, or `cargo xtask playground`. Nothing but the Rust toolchain is needed.

mod faults;
#[cfg(feature = "teaching")]
mod lessons;
mod places;
mod playground;
mod release;
mod strings;
#[cfg(feature = "teaching")]
mod teaching;

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
    #[cfg(feature = "teaching")]
    Teaching(teaching::Arguments),
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().task {
        Task::Playground(arguments) => playground::run(&arguments),
        Task::Release(arguments) => release::run(&arguments),
        Task::Strings(arguments) => strings::run(&arguments),
        #[cfg(feature = "teaching")]
        Task::Teaching(arguments) => teaching::run(&arguments),
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
