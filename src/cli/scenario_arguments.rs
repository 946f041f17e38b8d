//! A scenario on the command line: its file, and the changes to it that every command takes.

use super::failure::Failure;
use super::reading::ScenarioText;
use crate::scenario::{Override, Scenario};
use std::path::PathBuf;

/// A scenario and changes to it.
#[derive(Debug, clap::Args)]
pub struct ScenarioArguments {
    /// Scenario file, also a workbook (.xlsx) or a CSV file
    #[arg(value_name = "SCENARIO.toml")]
    pub file: PathBuf,
    /// Set-up of a workbook or a CSV file to take: a column behind `value`
    #[arg(long, value_name = "NAME")]
    pub set_up: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
}

/// Changes to a scenario. They are read as the same values in its file would be, and judged with the same words.
#[derive(Debug, Clone, clap::Args)]
pub struct Changes {
    /// Replications to run instead of the scenario's number
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub replications: Option<String>,
    /// Seed of all draws instead of the scenario's
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    pub seed: Option<String>,
    /// Months to simulate instead of the scenario's
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub months: Option<String>,
    /// Change one value, such as partner.council.resources.money=120; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = Override::parse)]
    pub set: Vec<Override>,
}

impl ScenarioArguments {
    /// Reads the scenario with its changes.
    pub fn load(&self) -> Result<Scenario, Failure> {
        self.text()?.load(&self.changes.overrides()).map_err(Failure::Scenario)
    }

    /// Reads the scenario, to be loaded with changes.
    pub fn text(&self) -> Result<ScenarioText, Failure> {
        let text = ScenarioText::read(&self.file).map_err(Failure::Scenario)?;
        match &self.set_up {
            Some(name) => text.with_set_up(name).map_err(Failure::Input),
            None => Ok(text),
        }
    }
}

impl Changes {
    /// All of them in one form; where two change the same, the option with a name of its own wins over `--set`.
    pub fn overrides(&self) -> Vec<Override> {
        let named = [("replications", &self.replications), ("seed", &self.seed), ("horizon_months", &self.months)];
        let named = named
            .into_iter()
            .filter_map(|(path, value)| Some(Override { path: path.to_string(), value: value.clone()? }));
        self.set.iter().cloned().chain(named).collect()
    }
}
