//! `partnersim check`: every fault of a scenario at once.

use crate::cli::diagnostics::{Severity, tell};
use crate::cli::failure::Failure;
use crate::cli::reading;
use crate::scenario::{Override, Scenario};
use std::path::PathBuf;

/// Find every fault in scenarios without running them.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change one value, as in --set communication.quality=0.8; may be given several times.
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = Override::parse)]
    pub set: Vec<Override>,
}

/// Checks each file; what is fine is said in one line on standard output.
///
/// # Errors
/// When one file at least has a fault.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut faulty = 0;
    for file in &arguments.files {
        match reading::scenario(file, &arguments.set) {
            Ok(scenario) => {
                tell(&scenario.warnings, Severity::Warning);
                println!("{}: fine: {}", file.display(), contents(&scenario));
            }
            Err(faults) => {
                tell(&faults, Severity::Fault);
                eprintln!("{}: {}\n", file.display(), counted(faults.len(), "fault"));
                faulty += 1;
            }
        }
    }
    match faulty {
        0 => Ok(()),
        n if arguments.files.len() == 1 && n == 1 => Err(Failure::Scenario(Vec::new())),
        n => Err(Failure::Input(format!("{n} of {} files have faults", arguments.files.len()))),
    }
}

fn contents(scenario: &Scenario) -> String {
    let inputs = &scenario.inputs;
    format!(
        "{}, {}, {}, {}, {} replications, {}",
        counted(inputs.partners.len(), "partner"),
        counted(inputs.needs.len(), "need"),
        counted(inputs.skills.len(), "skill"),
        counted(inputs.horizon_months, "month"),
        scenario.replications,
        counted(scenario.warnings.len(), "warning"),
    )
}

fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
