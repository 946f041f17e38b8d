//! `partnersim export`: a result in other formats, into a folder of its own.

use super::answer::Answer;
use super::failure::Failure;
use super::folder::Folder;
use super::formats::Formats;
use super::results::{self, Found};
use super::{keep, study};
use crate::output::manifest::{self, Entry, Manifest};
use crate::output::study::StudyManifest;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// Write a result again in other formats, into another folder
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  partnersim export results/health_and_social_care \\\n      --out for_excel --csv-style excel-eu"
)]
pub struct Arguments {
    /// Folder of the result
    #[arg(value_name = "RESULT")]
    result: PathBuf,
    /// Folder for the copy
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    formats: Formats,
    /// Replace whatever the folder for the copy holds
    #[arg(long)]
    force: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let found = results::read(&arguments.result)?;
    refuse_what_would_mislead(&found, arguments)?;
    let path = found.folder.join(manifest::NAME);
    let bytes = fs::read(&path).map_err(|error| Failure::files("read", &path, &error))?;
    let names = found.files.iter().map(|entry| entry.file.clone()).collect();
    let folder = Folder::for_copy(&arguments.out, names, &bytes, arguments.force)?;
    let mut rows = Vec::new();
    for table in &found.kept.rows {
        rows.push(keep::file(&table.file(), &table.title, &folder, |to| {
            io::copy(&mut found.open(&table.file())?, to).map(|_| ())
        })?);
    }
    let seal = |files, to: &mut dyn Write| sealed(&bytes, files, to);
    let written = keep::write(&found.kept, rows, &arguments.formats, &folder, &seal)?;
    folder.publish(&written)?;
    let told = format!("{}: {} files, {} last\n", arguments.out.display(), written.len() + 1, manifest::NAME);
    Ok(study::kept(Answer::text(told), &arguments.out)?.quiet(arguments.quiet))
}

/// A copy must be of what was computed, and not of itself.
fn refuse_what_would_mislead(found: &Found, arguments: &Arguments) -> Result<(), Failure> {
    let (from, to) = (found.folder.canonicalize(), arguments.out.canonicalize());
    if let (Ok(from), Ok(to)) = (from, to) {
        if from == to {
            return Err(Failure::Input(format!(
                "{} holds the result itself, which is never changed.\n  Give another folder with --out DIR.",
                arguments.out.display()
            )));
        }
    }
    if found.changed.is_empty() {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "{} is not as it was written: {} changed or gone since.\n  Compute the result again: {}",
        found.folder.display(),
        found.changed.join(", "),
        found.kept.about.command
    )))
}

/// Writes the manifest that was read, with these files.
fn sealed(bytes: &[u8], files: Vec<Entry>, to: &mut dyn Write) -> io::Result<()> {
    match (Manifest::read(bytes), StudyManifest::read(bytes)) {
        (Some(manifest), _) => Manifest { files, ..manifest }.write(to),
        (_, Some(manifest)) => StudyManifest { files, ..manifest }.write(to),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}
