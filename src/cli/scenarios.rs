//! `partnersim scenarios`: the ready-made scenarios, each with its question and the concepts it shows.

use super::failure::Failure;
use super::terminal::{say, width, wrapped};
use crate::scenario::shipped::{SHIPPED, Shipped};

/// List the ready-made scenarios, each with its question and the concepts it shows
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim scenarios")]
pub struct Arguments {}

/// Prints name, title, question and concepts of each.
///
/// # Errors
/// When one has a fault, which would be the program's own.
pub fn run(_: &Arguments) -> Result<(), Failure> {
    let width = width();
    let told: Result<Vec<String>, Failure> = SHIPPED.iter().map(|shipped| told(shipped, width)).collect();
    say(&format!("{}\n\nTo begin with one of them: partnersim new --from NAME\n", told?.join("\n\n")));
    Ok(())
}

fn told(shipped: &Shipped, width: usize) -> Result<String, Failure> {
    let scenario = shipped.load().map_err(Failure::Scenario)?;
    let paragraph = |text: &str| format!("  {}", wrapped(text, width - 2, "").replace('\n', "\n  "));
    let concepts = format!("Shows {}.", scenario.concepts.join(", "));
    let lines = [&scenario.title, &scenario.question, &concepts].map(|text| paragraph(text));
    Ok(format!("{}\n{}", shipped.name, lines.join("\n")))
}
