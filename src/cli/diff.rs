//! `partnersim diff`: whether two results are the same, and what sets them apart.

use super::answer::Answer;
use super::failure::Failure;
use super::results;
use super::terminal::{width, wrapped};
use crate::output::difference::{Side, difference};
use crate::output::figure::grouped;
use crate::output::kept::Open;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Tell whether two results are the same, and what differs
#[derive(Debug, clap::Args)]
#[command(after_help = "Ends with exit code 0 where they are the same and 5 where they differ.\n\n\
Example:\n  partnersim diff results/as_planned results/pool_more")]
pub struct Arguments {
    /// Folder of a result
    #[arg(value_name = "RESULT")]
    first: PathBuf,
    /// Folder of the result that it is held against
    #[arg(value_name = "RESULT")]
    second: PathBuf,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let found = [results::read(&arguments.first)?, results::read(&arguments.second)?];
    let names = [&arguments.first, &arguments.second].map(|path| path.display().to_string());
    let open: [Open; 2] = [&|name: &str| found[0].open(name), &|name: &str| found[1].open(name)];
    let side = |at: usize| Side {
        name: &names[at],
        kept: &found[at].kept,
        files: &found[at].files,
        changed: &found[at].changed,
        open: open[at],
    };
    let told = difference([side(0), side(1)]).map_err(|error| {
        Failure::Input(format!(
            "a table cannot be read: {error}.\n  It belongs to a result: compute that again, or give another folder."
        ))
    })?;
    let (text, differ) = (text(&told.told, [side(0), side(1)]), (!told.is_same).then_some(Failure::Differ));
    let told: Vec<Value> = told.told.iter().map(|(about, found)| json!({ "about": about, "found": found })).collect();
    let answer = Answer::text(text).with("is_same", differ.is_none()).with("differences", told);
    Ok(answer.quiet(arguments.quiet).but(differ))
}

fn text(told: &[(String, Vec<String>)], sides: [Side; 2]) -> String {
    let width = width();
    let of = |side: &Side| {
        let about = &side.kept.about;
        let line = format!(
            "{}: {} of {:?}, {} replications, seed {}, version {}",
            side.name,
            about.kind,
            about.title,
            grouped(about.replications as f64, 0),
            about.seed,
            about.version
        );
        wrapped(&line, width, "  ")
    };
    let mut paragraphs = vec![sides.iter().map(of).collect::<Vec<_>>().join("\n")];
    for (heading, sentences) in told {
        let lines = sentences.iter().map(|sentence| match heading.is_empty() {
            true => wrapped(sentence, width, ""),
            false => format!("  {}", wrapped(sentence, width.saturating_sub(2), "    ")),
        });
        let heading = (!heading.is_empty()).then(|| heading.clone());
        paragraphs.push(heading.into_iter().chain(lines).collect::<Vec<_>>().join("\n"));
    }
    paragraphs.join("\n\n") + "\n"
}
