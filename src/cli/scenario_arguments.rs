//! A scenario on the command line: its file, and the changes to it that every command takes.

use super::failure::Failure;
use crate::scenario::{Override, Scenario, load};
use std::fs;
use std::path::{Path, PathBuf};

/// Far more than any scenario: what is larger is another kind of file.
const LARGEST_SCENARIO_BYTES: u64 = 64 << 20;

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
    #[arg(long, value_name = "PATH=VALUE", value_parser = parse_override)]
    pub set: Vec<Override>,
}

impl ScenarioArguments {
    /// Reads the scenario with its changes.
    pub fn load(&self) -> Result<Scenario, Failure> {
        let text = read_text(&self.file)?;
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let read = |name: &str| fs::read(folder.join(name)).map_err(|error| error.to_string());
        load(&text, &self.file.display().to_string(), &self.overrides(), &read).map_err(Failure::Scenario)
    }

    fn overrides(&self) -> Vec<Override> {
        let shorthands = [("replications", self.replications), ("seed", self.seed), ("horizon_months", self.months)];
        let shorthands = shorthands
            .into_iter()
            .filter_map(|(path, value)| Some(Override { path: path.to_string(), value: value?.to_string() }));
        self.set.iter().cloned().chain(shorthands).collect()
    }
}

fn read_text(file: &Path) -> Result<String, Failure> {
    let cannot = |reason: &str| Failure::Input(format!("cannot read the scenario {}: {reason}", file.display()));
    let about = fs::metadata(file).map_err(|error| cannot(&error.to_string()))?;
    if about.is_dir() {
        return Err(cannot("it is a folder, give the file in it"));
    }
    if about.len() > LARGEST_SCENARIO_BYTES {
        return Err(cannot("it is larger than 64 MiB, which no scenario is"));
    }
    let bytes = fs::read(file).map_err(|error| cannot(&error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        cannot(&format!("it is not UTF-8 text (from byte {at} on); save it as UTF-8"))
    })
}

fn parse_override(text: &str) -> Result<Override, String> {
    let (path, value) = text.split_once('=').ok_or("give it as PATH=VALUE, such as communication.quality=0.8")?;
    Ok(Override { path: path.trim().to_string(), value: value.trim().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_is_split_at_its_first_equals_sign() {
        let given = parse_override("partner.a=b.skills = { x = 1 }").unwrap();
        assert_eq!((given.path.as_str(), given.value.as_str()), ("partner.a", "b.skills = { x = 1 }"));
        assert!(parse_override("communication.quality").is_err());
    }

    #[test]
    fn a_folder_or_a_missing_file_is_bad_input() {
        for file in ["/", "no/such/scenario.toml"] {
            assert_eq!(read_text(Path::new(file)).unwrap_err().exit_code(), 2);
        }
    }
}
