//! `manifest.json`: what a result folder holds, and what it takes to compute it again.
//!
//! It is written last, so a folder with a manifest is complete.

use super::Report;
use super::precision::PrecisionEntry;
use super::sentences::sentences;
use crate::experiment::Fault;
use crate::model::outcomes::{CAUSES, ENDINGS};
use crate::scenario::Scenario;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::resolve::digest::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// Its name in the result folder.
pub const NAME: &str = "manifest.json";

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the manifest says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program that computed it.
    pub partnersim: String,
    /// `complete`, or `interrupted` when fewer replications were run than asked for.
    pub status: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Its question.
    pub question: String,
    /// Where its figures come from.
    pub sources: Vec<String>,
    /// SHA-256 of all that decides the results.
    pub scenario_digest: String,
    /// The same without seed and replications: equal where nothing but those differs.
    pub model_digest: String,
    /// Seed of all draws, as text because it may exceed what JSON readers hold exactly.
    pub seed: String,
    /// Replications asked for.
    pub replications_requested: u64,
    /// Replications that the files hold.
    pub replications_completed: u64,
    /// Months simulated.
    pub horizon_months: usize,
    /// Names of the partners.
    pub partners: Vec<String>,
    /// Replications by why they stopped.
    pub endings: Vec<Ending>,
    /// Replications by why they failed, those that did not among them.
    #[serde(default)]
    pub causes: Vec<Caused>,
    /// The precision that the run was to reach, where it was to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionEntry>,
    /// Replications that could not be computed, where there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Fault>,
    /// What looks odd in the scenario and is allowed.
    pub warnings: Vec<String>,
    /// What was found, in words.
    #[serde(default)]
    pub findings: Vec<String>,
    /// The command that computes it again, from the scenario in the folder.
    #[serde(default)]
    pub command: String,
    /// The other files of the folder.
    pub files: Vec<Entry>,
}

/// How many replications stopped for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The reason, as in runs.csv.
    pub ending: String,
    /// The reason in words.
    pub meaning: String,
    /// Replications.
    pub replications: u64,
}

/// How many replications failed by one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caused {
    /// The cause, as in runs.csv.
    pub cause: String,
    /// What counts as such.
    pub meaning: String,
    /// Replications.
    pub replications: u64,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    pub file: String,
    /// What it holds, for people.
    #[serde(default)]
    pub title: String,
    /// Rows of a table, its header aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of a report whose other files are `files`.
    pub fn new(report: &Report, files: Vec<Entry>) -> Manifest {
        let (scenario, findings) = (report.scenario, report.findings);
        let endings = ENDINGS.iter().zip(&findings.endings).map(|(&(name, meaning), &replications)| Ending {
            ending: name.to_string(),
            meaning: meaning.to_string(),
            replications,
        });
        let failures = &findings.failures;
        let sound = findings.replications - failures.share.count;
        let counts = [sound].into_iter().chain(failures.causes.iter().map(|share| share.count));
        let causes = CAUSES.iter().zip(counts).map(|(cause, replications)| Caused {
            cause: cause.name.to_string(),
            meaning: cause.meaning.to_string(),
            replications,
        });
        Manifest {
            partnersim: VERSION.to_string(),
            status: if report.is_interrupted() { "interrupted" } else { "complete" }.to_string(),
            scenario: scenario.name.clone(),
            title: scenario.title.clone(),
            question: scenario.question.clone(),
            sources: scenario.sources.clone(),
            scenario_digest: scenario.digest.clone(),
            model_digest: model_digest(scenario),
            seed: scenario.seed.to_string(),
            replications_requested: scenario.replications,
            replications_completed: findings.replications,
            horizon_months: scenario.inputs.horizon_months,
            partners: scenario.inputs.partners.iter().map(|partner| partner.name.clone()).collect(),
            endings: endings.collect(),
            causes: causes.collect(),
            precision: report.ended.precision.map(PrecisionEntry::of),
            failures: report.ended.faults.to_vec(),
            warnings: scenario.warnings.iter().map(warning).collect(),
            findings: sentences(report),
            command: String::new(),
            files,
        }
    }

    /// Reads a manifest; `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<Manifest> {
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

/// SHA-256, in hexadecimal, of the values in force and the targets, without seed and replications.
pub fn model_digest(scenario: &Scenario) -> String {
    let mut hash = Sha256::new();
    for line in scenario.assumptions.iter().filter(|line| line.key != "replications" && line.key != "seed") {
        hash.update(format!("{:?} {:?} {:?}\n", line.key, line.belongs_to, line.value));
    }
    for (outcome, target) in &scenario.targets {
        hash.update(format!("target {outcome:?} {target:?}\n"));
    }
    hexadecimal(&hash.finalize())
}

/// A warning as one text. The file's path stays out: it differs from machine to machine.
pub(super) fn warning(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().map(|place| format!("line {}: ", place.line));
    format!("{}{} {}", place.unwrap_or_default(), diagnostic.message, diagnostic.help).trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;

    #[test]
    fn a_manifest_reads_back_and_names_what_was_run() {
        with_report(200, |report| {
            let (file, title) = ("summary.csv".to_string(), "Every outcome".to_string());
            let entry = Entry { file, title, rows: Some(3), sha256: "0".repeat(64) };
            let manifest = Manifest::new(report, vec![entry]);
            let mut json = Vec::new();
            manifest.write(&mut json).unwrap();
            assert_eq!(Manifest::read(&json), Some(manifest.clone()));
            assert_eq!(manifest.status, "interrupted");
            assert_eq!((manifest.replications_requested, manifest.replications_completed), (300, 200));
            assert_eq!(manifest.seed, "18446744073709551615");
            assert_eq!(manifest.endings.iter().map(|ending| ending.replications).sum::<u64>(), 200);
            assert_eq!(manifest.causes.iter().map(|cause| cause.replications).sum::<u64>(), 200);
            assert_eq!((manifest.causes[0].cause.as_str(), manifest.causes[0].replications), ("none", 34));
        });
        with_report(300, |report| assert_eq!(Manifest::new(report, Vec::new()).status, "complete"));
    }

    #[test]
    fn the_model_is_the_same_under_another_seed_and_another_under_another_value_or_target() {
        let scenario = crate::experiment::fake::scenario();
        let line = |key: &str, value: &str| crate::scenario::Assumption {
            key: key.to_string(),
            value: value.to_string(),
            ..scenario.assumptions[0].clone()
        };
        let with = |assumptions| model_digest(&Scenario { assumptions, ..scenario.clone() });
        let plain = with(vec![line("seed", "1"), line("replications", "100"), line("trust.fading", "0.1")]);
        assert_eq!(with(vec![line("seed", "2"), line("replications", "300"), line("trust.fading", "0.1")]), plain);
        assert_ne!(with(vec![line("seed", "1"), line("replications", "100"), line("trust.fading", "0.2")]), plain);
        let other = Scenario { targets: Default::default(), ..scenario.clone() };
        assert_ne!(model_digest(&other), model_digest(&scenario));
    }

    #[test]
    fn anything_else_is_no_manifest() {
        assert_eq!(Manifest::read(b""), None);
        assert_eq!(Manifest::read(b"{\"name\": \"another program\"}"), None);
    }
}
