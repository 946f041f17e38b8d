//! `partnersim digest`: one number for the bits of a run, to compare machines, instruction sets, lanes and threads.

use super::answer::Answer;
use super::failure::Failure;
use super::scenario_arguments::ScenarioArguments;
use crate::experiment::digest::digest;
use crate::experiment::{Plan, Stopped};
use crate::simulate::{Engine, Instructions};
use clap::ValueEnum;

/// Print a digest of every bit that a scenario's replications give
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Index of the first replication
    #[arg(long, value_name = "N", default_value_t = 0)]
    first: u64,
    /// Replications computed in lockstep; the fastest when not given
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(["1", "4", "8", "16"]))]
    lanes: Option<String>,
    /// Instruction set to compute with
    #[arg(long, default_value = "best")]
    instructions: Choice,
    /// Threads to compute on
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: u16,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Choice {
    Baseline,
    Avx2,
    Avx512,
    Best,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let scenario = arguments.scenario.load()?;
    let best = Engine::best(scenario.inputs.partners.len());
    let instructions = match arguments.instructions {
        Choice::Baseline => Instructions::Baseline,
        Choice::Avx2 => Instructions::Avx2,
        Choice::Avx512 => Instructions::Avx512,
        Choice::Best => best.instructions,
    };
    if !instructions.available() {
        return Err(Failure::Input(format!("this machine has no {instructions:?}; use --instructions best")));
    }
    let lanes = arguments.lanes.as_ref().and_then(|lanes| lanes.parse().ok()).unwrap_or(best.lanes);
    let plan = Plan {
        points: 1,
        first: arguments.first,
        replications: scenario.replications,
        threads: usize::from(arguments.threads),
    };
    let digest = digest(&scenario.inputs, scenario.seed, &plan, Engine { lanes, instructions });
    match digest {
        Ok(digest) => Ok(Answer::text(format!("{digest}\n")).with("digest", digest)),
        Err(Stopped::Fault(fault)) => Err(Failure::fault(&fault)),
        Err(Stopped::Sink(())) => Err(Failure::Program("no digest was taken".to_string())),
    }
}
