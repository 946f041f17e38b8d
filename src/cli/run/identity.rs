//! What makes two runs the same.

use super::precision::{Rule, words_of};
use crate::cli::checkpoint::Head;
use crate::output::manifest::{self, Manifest};
use crate::scenario::Scenario;
use std::fs;
use std::path::Path;

/// All that decides what a run computes, key by key, so that what differs can be named.
pub fn head(scenario: &Scenario, rule: Option<&Rule>) -> Head {
    let mut head = vec![
        ("version of partnersim".to_string(), manifest::VERSION.to_string()),
        ("name of the scenario".to_string(), scenario.name.clone()),
    ];
    head.extend(rule.map(Rule::words).unwrap_or_default());
    head.extend(scenario.assumptions.iter().map(|line| {
        let of = if line.belongs_to.is_empty() { String::new() } else { format!(" of {}", line.belongs_to) };
        (format!("{}{of}", line.key), line.value.clone())
    }));
    head
}

/// Whether the folder holds all of the result that is asked for.
pub fn is_complete(path: &Path, scenario: &Scenario, rule: Option<&Rule>) -> bool {
    let found = fs::read(path.join(manifest::NAME)).ok().and_then(|bytes| Manifest::read(&bytes));
    found.is_some_and(|found| {
        found.status == "complete"
            && found.partnersim == manifest::VERSION
            && found.scenario == scenario.name
            && found.scenario_digest == scenario.digest
            && rule.map(Rule::words) == found.precision.as_ref().map(words_of)
    })
}
