//! `partnersim scenarios`: the ready-made scenarios, each with its question and the concepts it shows.

use super::answer::Answer;
use super::failure::Failure;
use super::terminal::{width, wrapped};
use crate::scenario::Scenario;
use crate::scenario::shipped::SHIPPED;
use serde_json::{Value, json};

/// List the ready-made scenarios, each with its question and the concepts it shows
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim scenarios")]
pub struct Arguments {}

/// Gives name, title, question and concepts of each.
///
/// # Errors
/// When one has a fault, which would be the program's own.
pub fn run(_: &Arguments) -> Result<Answer, Failure> {
    let width = width();
    let loaded = SHIPPED.iter().map(|shipped| Ok((shipped.name, shipped.load().map_err(Failure::Scenario)?)));
    let loaded = loaded.collect::<Result<Vec<_>, Failure>>()?;
    let told: Vec<String> = loaded.iter().map(|(name, scenario)| told(name, scenario, width)).collect();
    let listed: Vec<Value> = loaded.iter().map(|(name, scenario)| listed(name, scenario)).collect();
    let text = format!("{}\n\nTo begin with one of them: partnersim new --from NAME\n", told.join("\n\n"));
    Ok(Answer::text(text).with("scenarios", listed))
}

fn listed(name: &str, scenario: &Scenario) -> Value {
    json!({ "name": name, "title": scenario.title, "question": scenario.question, "concepts": scenario.concepts })
}

fn told(name: &str, scenario: &Scenario, width: usize) -> String {
    let paragraph = |text: &str| format!("  {}", wrapped(text, width - 2, "").replace('\n', "\n  "));
    let concepts = format!("Shows {}.", scenario.concepts.join(", "));
    let lines = [&scenario.title, &scenario.question, &concepts].map(|text| paragraph(text));
    format!("{name}\n{}", lines.join("\n"))
}
