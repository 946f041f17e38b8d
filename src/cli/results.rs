//! Results read back from their folders.

use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use crate::output::experiment::FILE;
use crate::output::kept::{About, Given, Kept, Replications};
use crate::output::manifest::{self, Entry, Manifest};
use crate::output::sheet::Sheet;
use crate::output::study::StudyManifest;
use crate::output::{csv_style, data_dictionary};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A result in a folder.
#[derive(Debug)]
pub struct Found {
    /// The folder.
    pub folder: PathBuf,
    /// What it holds.
    pub kept: Kept,
    /// Its files, as the manifest lists them.
    pub files: Vec<Entry>,
    /// Names of files that are not as the manifest says: changed, or gone.
    pub changed: Vec<String>,
}

impl Found {
    /// Warns of files that are not as they were written.
    pub fn warn(&self) {
        if self.changed.is_empty() {
            return;
        }
        let message = format!(
            "in {}, changed since the result was written, or gone: {}",
            self.folder.display(),
            self.changed.join(", ")
        );
        let help = "what is told of it may not be what was computed".to_string();
        tell(&[Diagnostic { message, help, place: None }], Severity::Warning);
    }

    /// Opens a table of rows, as comma-separated values whatever the style it is written in.
    ///
    /// # Errors
    /// What opening reports.
    pub fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        let file = File::open(self.folder.join(name))?;
        match self.kept.rows.iter().find(|rows| rows.file() == name) {
            Some(rows) => csv_style::standard(file, &rows.columns),
            None => Ok(Box::new(file)),
        }
    }
}

/// Reads the result in a folder, given by the folder or by its manifest.
///
/// # Errors
/// Why there is none, or what in it cannot be read.
pub fn read(path: &Path) -> Result<Found, Failure> {
    let folder = match path.file_name().is_some_and(|name| name == manifest::NAME) {
        true => path.parent().unwrap_or(Path::new("")).to_path_buf(),
        false => path.to_path_buf(),
    };
    let bytes = fs::read(folder.join(manifest::NAME)).map_err(|_| no_result(&folder))?;
    let run = Manifest::read(&bytes).map(|manifest| (About::of_run(&manifest), manifest.files));
    let study = || StudyManifest::read(&bytes).map(|manifest| (About::of_study(&manifest), manifest.files));
    let (mut about, files) = run.or_else(study).ok_or_else(|| no_result(&folder))?;
    let dictionary = sheet(&folder, data_dictionary::NAME, data_dictionary::TITLE, data_dictionary::columns())?;
    let (mut sheets, mut rows) = (Vec::new(), Vec::new());
    for entry in &files {
        let Some(name) = entry.file.strip_suffix(".csv").filter(|name| *name != data_dictionary::NAME) else {
            continue;
        };
        let columns = data_dictionary::columns_of(&dictionary, &entry.file);
        if LARGE.contains(&name) {
            let (name, title, n_rows) = (name.to_string(), entry.title.clone(), entry.rows.unwrap_or(0));
            rows.push(Replications { name, title, columns, n_rows });
        } else {
            sheets.push(sheet(&folder, name, &entry.title, columns)?);
        }
    }
    let given = files.iter().filter(|entry| entry.file == FILE).filter_map(|entry| {
        let text = fs::read_to_string(folder.join(&entry.file)).ok()?;
        Some(Given { file: entry.file.clone(), title: entry.title.clone(), text })
    });
    let given = given.collect();
    let n_scenarios = about.scenarios.len();
    for (k, scenario) in about.scenarios.iter_mut().enumerate() {
        scenario.text =
            fs::read_to_string(folder.join(crate::output::kept::scenario_file(k, n_scenarios))).unwrap_or_default();
    }
    let is_changed = |entry: &&Entry| hash(&folder.join(&entry.file)).is_none_or(|hash| hash != entry.sha256);
    let changed = files.iter().filter(is_changed).map(|entry| entry.file.clone()).collect();
    Ok(Found { kept: Kept { about, sheets, rows, given }, folder, files, changed })
}

/// The tables with a row a replication.
const LARGE: [&str; 2] = ["runs", "inputs"];

fn sheet(
    folder: &Path,
    name: &str,
    title: &str,
    columns: Vec<crate::output::column::Column>,
) -> Result<Sheet, Failure> {
    let path = folder.join(format!("{name}.csv"));
    let read = File::open(&path).and_then(|file| Sheet::read_csv(name, title, columns, file));
    read.map_err(|error| {
        Failure::Input(format!(
            "{} cannot be read: {error}.\n  It belongs to the result in {}: compute that again, or give another folder.",
            path.display(),
            folder.display()
        ))
    })
}

fn hash(path: &Path) -> Option<String> {
    let mut hash = Sha256::new();
    let (mut file, mut buffer) = (File::open(path).ok()?, vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(hexadecimal(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn no_result(folder: &Path) -> Failure {
    Failure::Input(format!(
        "{} holds no result: there is no {} in it that tells of one.\n  Give the folder that a command such as `partnersim run` wrote, results/NAME.",
        folder.display(),
        manifest::NAME
    ))
}
