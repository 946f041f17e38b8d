//! What a what-if command found: tables, sentences, and what it takes to compute them again.
//!
//! A comparison, an experiment, a threshold and so on differ in their tables; how they are kept does not.

use super::kept::{About, Kept, Replications};
use super::manifest::{Entry, VERSION, warning};
use super::sheet::Sheet;
use crate::scenario::resolve::digest::hexadecimal;
use crate::scenario::{Scenario, written};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// What a what-if command found.
#[derive(Debug, Clone)]
pub struct Study {
    /// What was asked, and of what: all that decides the result.
    pub request: Request,
    /// Design points or set-ups that were simulated.
    pub points: usize,
    /// Replications of each of them.
    pub replications: u64,
    /// Whether less was computed than asked for.
    pub is_interrupted: bool,
    /// What was found, in words.
    pub sentences: Vec<String>,
    /// What was found, in tables.
    pub sheets: Vec<Sheet>,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `comparison`, `experiment`, `threshold`…
    pub kind: String,
    /// Short name for folders.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question it is to answer; may be empty.
    pub question: String,
    /// The scenarios it is about, in order.
    pub scenarios: Vec<ScenarioEntry>,
    /// Seed of all draws, as text because it may exceed what JSON readers hold exactly.
    pub seed: String,
    /// Everything else that decides the result: setting and value, as a person would write them.
    pub settings: Vec<(String, String)>,
}

/// A scenario of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioEntry {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of all that decides its results.
    pub digest: String,
    /// What looks odd in it and is allowed.
    pub warnings: Vec<String>,
    /// Where its figures come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The scenario as text, which the folder holds as a file.
    #[serde(skip)]
    pub text: String,
}

/// What `manifest.json` says of a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyManifest {
    /// Version of the program that computed it.
    pub partnersim: String,
    /// `complete` or `interrupted`.
    pub status: String,
    /// What was asked.
    pub request: Request,
    /// SHA-256 of the request: equal where the same was asked.
    pub request_digest: String,
    /// Design points or set-ups that were simulated.
    pub points: usize,
    /// Replications of each of them.
    pub replications: u64,
    /// What was found, in words.
    pub findings: Vec<String>,
    /// The command that computes it again, from the scenario in the folder.
    #[serde(default)]
    pub command: String,
    /// The other files of the folder.
    pub files: Vec<Entry>,
}

impl ScenarioEntry {
    /// The entry of a scenario.
    pub fn of(scenario: &Scenario) -> ScenarioEntry {
        ScenarioEntry {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            digest: scenario.digest.clone(),
            warnings: scenario.warnings.iter().map(warning).collect(),
            sources: scenario.sources.clone(),
            text: written::toml(scenario),
        }
    }
}

impl Request {
    /// SHA-256, in hexadecimal, of all that decides the result, names and titles aside.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{:?} {:?}\n", self.kind, self.seed));
        for scenario in &self.scenarios {
            hash.update(format!("scenario {:?}\n", scenario.digest));
        }
        for setting in &self.settings {
            hash.update(format!("{setting:?}\n"));
        }
        hexadecimal(&hash.finalize())
    }
}

impl Study {
    /// The manifest of a study whose other files are `files`.
    pub fn manifest(&self, files: Vec<Entry>) -> StudyManifest {
        StudyManifest {
            partnersim: VERSION.to_string(),
            status: if self.is_interrupted { "interrupted" } else { "complete" }.to_string(),
            request: self.request.clone(),
            request_digest: self.request.digest(),
            points: self.points,
            replications: self.replications,
            findings: self.sentences.clone(),
            command: String::new(),
            files,
        }
    }

    /// All that is kept of it, `command` being what computes it again and `rows` what was written beside it row by row.
    pub fn kept(&self, command: &str, rows: Vec<Replications>) -> Kept {
        let manifest = StudyManifest { command: command.to_string(), ..self.manifest(Vec::new()) };
        let mut about = About::of_study(&manifest);
        about.scenarios = self.request.scenarios.clone();
        Kept { about, sheets: self.sheets.clone(), rows, given: Vec::new() }
    }
}

impl StudyManifest {
    /// Reads the manifest of a study; `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<StudyManifest> {
        serde_json::from_slice(bytes).ok()
    }

    /// Writes it as indented JSON.
    ///
    /// # Errors
    /// What writing reports.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *to, self)?;
        to.write_all(b"\n")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::experiment::fake;
    use crate::output::column::Column;

    /// A study of one small table.
    pub(crate) fn study() -> Study {
        let mut sheet = Sheet::new("found", "Found", vec![Column::text("who", "Who."), Column::whole("n", "N.", "1")]);
        sheet.push(vec!["council".into(), 3usize.into()]);
        let request = Request {
            kind: "comparison".to_string(),
            name: "two".to_string(),
            title: "Two".to_string(),
            question: String::new(),
            scenarios: vec![ScenarioEntry::of(&fake::scenario())],
            seed: "1".to_string(),
            settings: vec![("replications".to_string(), "100".to_string())],
        };
        let sentences = vec!["There is no clear difference.".to_string()];
        Study { request, points: 2, replications: 100, is_interrupted: false, sentences, sheets: vec![sheet] }
    }

    #[test]
    fn a_manifest_reads_back_and_changes_with_what_was_asked() {
        let mut study = study();
        // The text of a scenario is a file of its own.
        study.request.scenarios[0].text.clear();
        let mut json = Vec::new();
        study.manifest(Vec::new()).write(&mut json).unwrap();
        assert_eq!(StudyManifest::read(&json), Some(study.manifest(Vec::new())));
        let mut other = study.request.clone();
        other.title = "Another title".to_string();
        assert_eq!(other.digest(), study.request.digest());
        other.settings[0].1 = "200".to_string();
        assert_ne!(other.digest(), study.request.digest());
        assert_eq!(crate::output::manifest::Manifest::read(&json), None);
    }

    #[test]
    fn the_dictionary_has_a_row_for_every_column() {
        let dictionary = study().kept("", Vec::new()).data_dictionary();
        assert_eq!(dictionary.rows.len(), 2 + 5);
        assert_eq!(dictionary.rows[1][..2], ["found.csv".into(), "n".into()]);
    }
}
