//! `partnersim new`: a scenario to start from, explained in full or ready-made.

use super::answer::Answer;
use super::failure::Failure;
use super::single_file;
use crate::scenario::nearest::suggestion;
use crate::scenario::{shipped, starter};
use std::path::{Path, PathBuf};

/// Write a commented scenario to start from
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  partnersim new my_town.toml\n  partnersim new --from food_network")]
pub struct Arguments {
    /// File to write [default: scenario.toml, or NAME.toml with --from NAME]
    #[arg(value_name = "FILE.toml")]
    pub path: Option<PathBuf>,
    /// Copy a ready-made scenario, with the table of partners it may name; `partnersim scenarios` lists them
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub quiet: bool,
}

/// Writes the scenario.
///
/// # Errors
/// When no ready-made scenario has the name, or a file exists and `--force` is not given, or it cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let (path, files) = match &arguments.from {
        None => starting(arguments.path.as_deref()),
        Some(name) => copied(name, arguments.path.as_deref())?,
    };
    // All or none: a table that must not be overwritten is found before the scenario is written.
    for (file, _) in &files {
        single_file::refuse_existing(file, arguments.force)?;
    }
    for (file, text) in &files {
        single_file::write(file, text, arguments.force)?;
    }
    let files: Vec<String> = files.iter().map(|(file, _)| file.display().to_string()).collect();
    let scenario = path.display().to_string();
    let answer = Answer::text(format!("wrote {}; next: partnersim check {scenario}\n", files.join(" and ")));
    Ok(answer.with("scenario", scenario).with("files", files).quiet(arguments.quiet))
}

/// A scenario's path, and each file to write with its text.
type Writing = (PathBuf, Vec<(PathBuf, String)>);

fn starting(path: Option<&Path>) -> Writing {
    let path = path.unwrap_or(Path::new("scenario.toml")).to_path_buf();
    (path.clone(), vec![(path, starter::text())])
}

/// The tables come first: a scenario that stands without its tables could not be run.
fn copied(name: &str, path: Option<&Path>) -> Result<Writing, Failure> {
    let Some(shipped) = shipped::find(name) else {
        let suggestion = suggestion(name, shipped::names());
        return Err(Failure::Input(format!(
            "no ready-made scenario is called `{name}`; {suggestion}\n  `partnersim scenarios` lists them."
        )));
    };
    let path = path.map_or_else(|| PathBuf::from(format!("{name}.toml")), Path::to_path_buf);
    let tables = shipped.tables.iter().map(|(table, text)| (path.with_file_name(table), (*text).to_owned()));
    let files = tables.chain([(path.clone(), shipped.text.to_owned())]).collect();
    Ok((path, files))
}
