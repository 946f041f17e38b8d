//! Keeping and showing what a what-if command found: its tables and manifest in a folder, sentences and tables on the terminal.

use super::answer::Answer;
use super::failure::Failure;
use super::folder::Folder;
use super::formats::Formats;
use super::terminal::{where_files_are, width, wrapped};
use super::unfinished::Unfinished;
use super::{command, keep};
use crate::output::json::Found;
use crate::output::kept::{Given, Kept, Replications};
use crate::output::manifest;
use crate::output::study::{Study, StudyManifest};
use std::fs;
use std::io::Write;
use std::path::Path;

/// What every what-if command is told about its result.
#[derive(Debug, clap::Args)]
pub struct Keeping {
    /// Folder for the results [default: results/NAME]
    #[arg(long, value_name = "DIR")]
    pub out: Option<std::path::PathBuf>,
    /// Threads to compute on [default: one for each processor]; results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub quiet: bool,
    /// Replace whatever the folder for the results holds
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub formats: Formats,
}

impl Keeping {
    /// Where the result is kept: as asked, else under `results` by its name.
    pub fn folder(&self, name: &str) -> std::path::PathBuf {
        self.out.clone().unwrap_or_else(|| Path::new("results").join(name))
    }

    /// Threads to compute on.
    pub fn threads(&self) -> usize {
        self.threads.map_or_else(super::run::processors, usize::from)
    }
}

/// Writes the tables, the data dictionary, what else was asked for and, last, the manifest.
///
/// # Errors
/// What could not be written; then nothing is left of it.
pub fn write(study: &Study, folder: Folder, keeping: &Keeping) -> Result<(), Failure> {
    write_with(study, folder, keeping, None, Vec::new())
}

/// The same beside a table that was written while the study ran, given with its columns, and what the command was given.
///
/// # Errors
/// What could not be written.
pub fn write_with(
    study: &Study,
    folder: Folder,
    keeping: &Keeping,
    rows: Option<(Unfinished, Replications)>,
    given: Vec<Given>,
) -> Result<(), Failure> {
    let (unfinished, rows): (Vec<Unfinished>, Vec<Replications>) = rows.into_iter().unzip();
    let entries = unfinished.into_iter().map(Unfinished::finish).collect::<Result<Vec<_>, _>>()?;
    let command = command::repeated();
    let seal =
        |entries, to: &mut dyn Write| StudyManifest { command: command.clone(), ..study.manifest(entries) }.write(to);
    let kept = Kept { given, ..study.kept(&command, rows) };
    let written = keep::write(&kept, entries, &keeping.formats, &folder, &seal)?;
    // What can be gone on with stays beside what was found so far.
    if study.is_interrupted && folder.keeps_unfinished() {
        folder.publish_so_far(&written)
    } else {
        folder.publish(&written)
    }
}

/// What a study is answered with: for people title, question, the tables, the sentences and where the files are; for programs what was
/// found and the manifest.
///
/// # Errors
/// When the manifest that was just written cannot be read.
pub fn answer(study: Study, tables: &[String], keeping: &Keeping, folder: &Path) -> Result<Answer, Failure> {
    let text = text(&study, &study.sentences, tables, folder);
    Ok(found(study.into(), text, folder)?.quiet(keeping.quiet))
}

/// What was found as an answer, with the manifest of the folder that keeps it.
///
/// # Errors
/// When the manifest cannot be read.
pub fn found(found: Found, text: String, folder: &Path) -> Result<Answer, Failure> {
    let Found { kind, name, title, question, findings, tables } = found;
    let answer = Answer::text(text).with("kind", kind).with("name", name).with("title", title);
    let answer = answer.with("question", question).with("findings", findings);
    Ok(kept(answer, folder)?.with("tables", tables))
}

/// What to answer where a folder holds all that is asked for already.
///
/// # Errors
/// When its manifest cannot be read.
pub fn complete(folder: &Path, is_quiet: bool) -> Result<Answer, Failure> {
    held(&format!("{} is complete: there is nothing to go on with.\n", folder.display()), folder, is_quiet)
}

/// The same in the words `told`.
///
/// # Errors
/// When its manifest cannot be read.
pub fn held(told: &str, folder: &Path, is_quiet: bool) -> Result<Answer, Failure> {
    Ok(kept(Answer::text(told), folder)?.with("was_complete", true).quiet(is_quiet))
}

/// An answer with the folder that holds it, and the manifest there.
///
/// # Errors
/// When the manifest cannot be read.
pub fn kept(answer: Answer, folder: &Path) -> Result<Answer, Failure> {
    let path = folder.join(manifest::NAME);
    let bytes = fs::read(&path).map_err(|error| Failure::files("read", &path, &error))?;
    let manifest: serde_json::Value = serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Files(format!("{} is no manifest: {error}", path.display())))?;
    Ok(answer.with("folder", folder.display().to_string()).with("manifest", manifest))
}

/// Title, question, the tables for people, the sentences, and where the files are.
pub fn text(study: &Study, sentences: &[String], tables: &[String], folder: &Path) -> String {
    let width = width();
    let request = &study.request;
    let mut paragraphs: Vec<String> = Vec::new();
    let heading = [&request.title, &request.question].into_iter().filter(|text| !text.is_empty());
    paragraphs.push(heading.map(|text| wrapped(text, width, "")).collect::<Vec<_>>().join("\n"));
    paragraphs.extend(tables.iter().cloned());
    let sentences: Vec<String> = sentences.iter().map(|sentence| wrapped(sentence, width, "  ")).collect();
    paragraphs.push(sentences.join("\n"));
    paragraphs.push(where_files_are(folder, width));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n") + "\n"
}
