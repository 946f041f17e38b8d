//! A result as it is kept, whatever command found it: what it is about, its tables, and where the rows of its replications are.
//!
//! Workbook, page, pictures and open data are made from this alone, at the end of a command or from its folder later.

use super::column::Column;
use super::data_dictionary;
use super::manifest::Manifest;
use super::sheet::Sheet;
use super::study::{Request, ScenarioEntry, StudyManifest};
use std::io::{self, Read};

/// A result as it is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What it is about.
    pub about: About,
    /// The tables that are small enough to be held.
    pub sheets: Vec<Sheet>,
    /// The tables with a row a replication, which are not held.
    pub rows: Vec<Replications>,
    /// What its command was given beside scenarios, as text.
    pub given: Vec<Given>,
}

/// A text that a command was given, which its folder keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Name of its file in the folder.
    pub file: String,
    /// What it is, in a few words.
    pub title: String,
    /// The text.
    pub text: String,
}

/// What a result is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// `run`, `comparison`, `experiment`, `threshold`…
    pub kind: String,
    /// Short name for files.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question it is to answer; may be empty.
    pub question: String,
    /// The command that computes it again.
    pub command: String,
    /// Version of the program that computed it.
    pub version: String,
    /// Whether less was computed than asked for.
    pub is_interrupted: bool,
    /// Seed of all draws.
    pub seed: String,
    /// Design points or set-ups that were simulated.
    pub points: usize,
    /// Replications of each of them.
    pub replications: u64,
    /// The scenarios it is about.
    pub scenarios: Vec<ScenarioEntry>,
    /// Everything else that decides the result: setting and value.
    pub settings: Vec<(String, String)>,
    /// What was found, in words.
    pub findings: Vec<String>,
}

/// A table with a row a replication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replications {
    /// Short name: `runs`.
    pub name: String,
    /// Heading for people.
    pub title: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub n_rows: u64,
}

/// Opens a table of rows of the result by its file's name, as comma-separated values with their header.
pub type Open<'a> = &'a dyn Fn(&str) -> io::Result<Box<dyn Read>>;

impl Kept {
    /// What every column of every table means, as a table of its own.
    pub fn data_dictionary(&self) -> Sheet {
        let sheets = self.sheets.iter().map(|sheet| (sheet.file(), &sheet.columns[..]));
        data_dictionary::sheet(sheets.chain(self.rows.iter().map(|rows| (rows.file(), &rows.columns[..]))))
    }

    /// The scenarios it is about as text, each with the name of its file.
    pub fn scenarios(&self) -> Vec<(String, &str)> {
        let entries = &self.about.scenarios;
        let texts = entries.iter().enumerate().map(|(k, entry)| (scenario_file(k, entries.len()), entry.text.as_str()));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// A table by its short name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// The table of rows with this short name.
    pub fn rows(&self, name: &str) -> Option<&Replications> {
        self.rows.iter().find(|rows| rows.name == name)
    }
}

/// Name of the file that holds the scenario at `k` of `n`.
pub fn scenario_file(k: usize, n: usize) -> String {
    if n == 1 { "scenario.toml".to_string() } else { format!("scenario_{}.toml", k + 1) }
}

impl Replications {
    /// Name of its file of comma-separated values.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

impl About {
    /// What the manifest of a run says.
    pub fn of_run(manifest: &Manifest) -> About {
        let scenario = ScenarioEntry {
            name: manifest.scenario.clone(),
            title: manifest.title.clone(),
            digest: manifest.scenario_digest.clone(),
            warnings: manifest.warnings.clone(),
            sources: manifest.sources.clone(),
            text: String::new(),
        };
        let settings = [
            ("replications", manifest.replications_requested.to_string()),
            ("months", manifest.horizon_months.to_string()),
        ];
        About {
            kind: "run".to_string(),
            name: manifest.scenario.clone(),
            title: manifest.title.clone(),
            question: manifest.question.clone(),
            command: manifest.command.clone(),
            version: manifest.partnersim.clone(),
            is_interrupted: manifest.status != "complete",
            seed: manifest.seed.clone(),
            points: 1,
            replications: manifest.replications_completed,
            scenarios: vec![scenario],
            settings: settings.map(|(setting, value)| (setting.to_string(), value)).to_vec(),
            findings: manifest.findings.clone(),
        }
    }

    /// What the manifest of a study says.
    pub fn of_study(manifest: &StudyManifest) -> About {
        let Request { kind, name, title, question, scenarios, seed, settings } = manifest.request.clone();
        About {
            kind,
            name,
            title,
            question,
            command: manifest.command.clone(),
            version: manifest.partnersim.clone(),
            is_interrupted: manifest.status != "complete",
            seed,
            points: manifest.points,
            replications: manifest.replications,
            scenarios,
            settings,
            findings: manifest.findings.clone(),
        }
    }
}
