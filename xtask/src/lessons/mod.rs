//! The lessons of the playground: their data, their words, and what the model says to them.
//!
//! `web/lessons.toml` says in its head what each field means. Every claim in it is one that the model can be asked, so that neither the
//! page nor a sheet on paper tells a class something that does not come out.

pub mod lived;
pub mod words;

#[cfg(test)]
mod held;

use crate::faults::{Faults, text_of};
use crate::places;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Changes to a scenario: what stands before and after the `=` of `--set`.
pub type Changes = BTreeMap<String, String>;

/// All of a lesson that is not words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    pub name: String,
    pub concepts: Vec<String>,
    /// From what age on.
    pub ages: u32,
    pub sliders: Vec<String>,
    pub watch: Vec<String>,
    #[serde(default)]
    pub first: Changes,
    pub second: Changes,
    pub predict: Vec<Prediction>,
    pub notice: Vec<Notice>,
    #[serde(rename = "try")]
    pub tries: Vec<Try>,
    pub challenge: Challenge,
}

/// A question that is answered before the run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    pub name: String,
    pub option: Vec<Choice>,
}

/// One of its answers, and when it is right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub name: String,
    pub outcome: Option<String>,
    #[serde(default)]
    pub verdicts: Vec<String>,
    #[serde(default)]
    pub conditions: Vec<String>,
    pub setup: Option<String>,
}

/// Something that there is to see.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub name: String,
    pub holds: Vec<Claim>,
}

/// A claim about two set-ups, or about one of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub outcome: Option<String>,
    pub verdict: Option<String>,
    pub condition: Option<String>,
    pub setup: Option<String>,
    /// In place of the lesson's second set-up.
    pub changes: Option<Changes>,
}

/// A button that sets up the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Try {
    pub name: String,
    pub first: Option<Changes>,
    pub second: Changes,
    pub holds: Vec<Claim>,
}

/// A goal to be reached with little.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    #[serde(default)]
    pub start: Changes,
    pub conditions: Vec<String>,
    pub choice: Vec<Freedom>,
    pub solution: Changes,
}

/// Something that may be changed in a challenge.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freedom {
    pub path: String,
    pub low: Option<f64>,
    pub high: Option<f64>,
    #[serde(default)]
    pub options: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    lesson: Vec<Lesson>,
}

/// All lessons, in the order of the page.
///
/// # Errors
/// When they cannot be read.
pub fn read() -> Result<Vec<Lesson>, Faults> {
    let path = places::root().join("web/lessons.toml");
    let file: Result<File, toml::de::Error> = toml::from_str(&text_of(&path)?);
    file.map(|file| file.lesson).map_err(|error| Faults::one(format!("{}: {error}", path.display())))
}
