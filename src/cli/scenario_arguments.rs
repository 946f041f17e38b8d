//! A scenario on the command line: its file, and the changes to it that every command takes.

use super::failure::Failure;
use super::reading;
use crate::scenario::{Override, Scenario};
use std::path::PathBuf;

/// A scenario and changes to it.
#[derive(Debug, clap::Args)]
pub struct ScenarioArguments {
    /// Scenario file
    #[arg(value_name = "SCENARIO.toml")]
    pub file: PathBuf,
    /// Replications to run instead of the scenario's number
    #[arg(long, value_name = "N")]
    pub replications: Option<u64>,
    /// Seed of all draws instead of the scenario's
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Months to simulate instead of the scenario's
    #[arg(long, value_name = "N")]
    pub months: Option<u64>,
    /// Change one value, such as partner.council.resources.money=120; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = Override::parse)]
    pub set: Vec<Override>,
}

impl ScenarioArguments {
    /// Reads the scenario with its changes.
    pub fn load(&self) -> Result<Scenario, Failure> {
        reading::scenario(&self.file, &self.overrides()).map_err(Failure::Scenario)
    }

    fn overrides(&self) -> Vec<Override> {
        let shorthands = [("replications", self.replications), ("seed", self.seed), ("horizon_months", self.months)];
        let shorthands = shorthands
            .into_iter()
            .filter_map(|(path, value)| Some(Override { path: path.to_string(), value: value?.to_string() }));
        self.set.iter().cloned().chain(shorthands).collect()
    }
}
