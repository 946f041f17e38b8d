//! Writing a result into its folder: its tables, their dictionary, the scenarios as text, what else was asked for, and last the
//! manifest.

use super::failure::Failure;
use super::folder::Folder;
use super::formats::Formats;
use crate::output::kept::Kept;
use crate::output::manifest::{self, Entry};
use crate::output::sheet::Sheet;
use std::fs::File;
use std::io::{self, Read, Write};

/// Writes the manifest of these files.
pub type Seal<'a> = &'a dyn Fn(Vec<Entry>, &mut dyn Write) -> io::Result<()>;

/// Writes all of a result but its tables of rows, which are finished and given as `rows`; `seal` writes the manifest of all
/// these files. Gives their names. Nothing stands under its final name before the folder is published.
///
/// # Errors
/// What could not be written.
pub fn write(
    kept: &Kept,
    rows: Vec<Entry>,
    formats: &Formats,
    folder: &Folder,
    seal: Seal,
) -> Result<Vec<String>, Failure> {
    let mut entries = rows;
    for entry in &mut entries {
        if let Some(rows) = kept.rows.iter().find(|rows| rows.file() == entry.file) {
            (entry.title, entry.rows) = (rows.title.clone(), Some(rows.n_rows));
        }
    }
    for sheet in kept.sheets.iter().chain([&kept.data_dictionary()]) {
        entries.push(table(sheet, folder)?);
    }
    for (name, text) in kept.scenarios() {
        entries.push(file(&name, "The scenario", folder, |to| to.write_all(text.as_bytes()))?);
    }
    let open = |name: &str| File::open(folder.begun(name)).map(|file| Box::new(file) as Box<dyn Read>);
    entries.extend(formats.write(kept, &open, folder)?);
    let written = entries.iter().map(|entry| entry.file.clone()).collect();
    file(manifest::NAME, "", folder, |to| seal(entries, to))?;
    Ok(written)
}

fn table(sheet: &Sheet, folder: &Folder) -> Result<Entry, Failure> {
    let entry = file(&sheet.file(), &sheet.title, folder, |to| sheet.write_csv(to))?;
    Ok(Entry { rows: Some(sheet.rows.len() as u64), ..entry })
}

/// Writes a file of the folder under its temporary name.
///
/// # Errors
/// What could not be written.
pub fn file(
    name: &str,
    title: &str,
    folder: &Folder,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Entry, Failure> {
    let mut unfinished = folder.begin(name)?;
    write(&mut unfinished).map_err(|error| unfinished.failure(&error))?;
    Ok(Entry { title: title.to_string(), ..unfinished.finish()? })
}
