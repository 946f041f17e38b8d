//! `partnersim report`: a page about one or several results.

use super::failure::Failure;
use super::results::{self, Found};
use super::single_file;
use super::terminal::{say, width, wrapped};
use crate::output::chart::Chart;
use crate::output::chart::of::charts;
use crate::output::figure::{counted, grouped};
use crate::output::manifest;
use crate::output::page::{Reported, page};
use std::path::{Path, PathBuf};

/// Write a page about results: one file of HTML that needs nothing else, to read, print and send on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  partnersim report results/health_and_social_care
  partnersim report results/four results/levers --out board.html")]
pub struct Arguments {
    /// Folders of results, as `run`, `compare` and the other commands write them
    #[arg(value_name = "RESULT", required = true)]
    pub results: Vec<PathBuf>,
    /// File to write [default: RESULT.html beside the folder, report.html for several]
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long)]
    pub force: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub quiet: bool,
}

/// Reads the results, writes the page and says where it is.
///
/// # Errors
/// Every result that cannot be read, or that the page cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let found = read_all(&arguments.results)?;
    let path = match &arguments.out {
        Some(path) => path.clone(),
        None => place(&found)?,
    };
    refuse_within_a_result(&path, &found)?;
    single_file::refuse_existing(&path, arguments.force)?;
    let drawn: Vec<Vec<Chart>> = found.iter().map(|found| charts(&found.kept)).collect();
    let reported: Vec<Reported> = found
        .iter()
        .zip(&drawn)
        .map(|(found, charts)| Reported { kept: &found.kept, charts, changed: &found.changed })
        .collect();
    let text = page(&reported);
    single_file::write(&path, &text, arguments.force)?;
    warn(&found);
    if !arguments.quiet {
        say(&told(&path, text.len(), drawn.iter().map(Vec::len).sum()));
    }
    Ok(())
}

/// All results, or what is wrong with each that cannot be read.
fn read_all(folders: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for folder in folders {
        match results::read(folder) {
            Ok(result) => found.push(result),
            Err(Failure::Input(message)) => wrong.push(message),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(Failure::Input(wrong.join("\nerror: "))) }
}

/// Where the page goes unless something else is said: beside the folder, because a folder holds what its manifest lists.
fn place(found: &[Found]) -> Result<PathBuf, Failure> {
    let folder = &found[0].folder;
    let whole = folder.canonicalize().map_err(|error| Failure::files("find", folder, &error))?;
    let name = whole.file_name().map_or_else(|| "report".into(), |name| name.to_string_lossy().into_owned());
    let name = if found.len() == 1 { format!("{name}.html") } else { "report.html".to_string() };
    // A folder that is told by its way from here gets its page told the same way.
    match folder.file_name() {
        Some(_) => Ok(folder.with_file_name(name)),
        None => Ok(whole.parent().unwrap_or(Path::new("")).join(name)),
    }
}

/// A page in the folder of a result would be a file that its manifest does not list.
fn refuse_within_a_result(path: &Path, found: &[Found]) -> Result<(), Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.is_dir() || !parent.is_dir() {
        let why = if path.is_dir() { "is a folder" } else { "is in a folder that does not exist" };
        return Err(Failure::Input(format!("{} {why}.\n  Give the name of a file, --out FILE.html.", path.display())));
    }
    let is_listed = |found: &Found| {
        let is_there = found.folder.canonicalize().ok().zip(parent.canonicalize().ok()).is_some_and(|(a, b)| a == b);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        is_there && (name == manifest::NAME || found.files.iter().any(|entry| entry.file == name))
    };
    match found.iter().any(is_listed) {
        false => Ok(()),
        true => Err(Failure::Files(format!(
            "{} is a file of the result.\n  Give another file, --out FILE.html.",
            path.display()
        ))),
    }
}

fn warn(found: &[Found]) {
    for found in found.iter().filter(|found| !found.changed.is_empty()) {
        let folder = found.folder.display();
        eprintln!(
            "warning: in {folder} these are not as they were written, and the page says so: {}",
            found.changed.join(", ")
        );
    }
}

fn told(path: &Path, bytes: usize, n_charts: usize) -> String {
    let size = grouped((bytes as f64 / 1000.0).ceil(), 0);
    let pictures = counted(n_charts as u64, "picture");
    wrapped(
        &format!("The report is in {}: {pictures}, {size} kB, no other file needed.", path.display()),
        width(),
        "  ",
    ) + "\n"
}
