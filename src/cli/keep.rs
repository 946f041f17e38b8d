//! Writing a result into its folder: its tables, their dictionary, the scenarios as text, what else was asked for, the description of
//! all these for other programs, and last the manifest.

use super::failure::Failure;
use super::folder::Folder;
use super::formats::Formats;
use crate::output::csv_style::CsvStyle;
use crate::output::datapackage;
use crate::output::kept::{Kept, Replications};
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
    let style = formats.style();
    let mut entries = Vec::new();
    for entry in rows {
        entries.push(match kept.rows.iter().find(|rows| rows.file() == entry.file) {
            Some(rows) => rows_in(style, rows, entry, folder)?,
            None => entry,
        });
    }
    for sheet in kept.sheets.iter().chain([&kept.data_dictionary()]) {
        entries.push(table(sheet, style, folder)?);
    }
    for (name, text) in kept.scenarios() {
        entries.push(file(&name, "The scenario", folder, |to| to.write_all(text.as_bytes()))?);
    }
    for given in &kept.given {
        entries.push(file(&given.file, &given.title, folder, |to| to.write_all(given.text.as_bytes()))?);
    }
    let open = |name: &str| File::open(folder.begun(name)).map(|file| Box::new(file) as Box<dyn Read>);
    entries.extend(formats.write(kept, &open, folder)?);
    let described: Vec<(Entry, u64)> =
        entries.iter().map(|entry| (entry.clone(), folder.bytes_of(&entry.file))).collect();
    entries.push(file(datapackage::NAME, datapackage::TITLE, folder, |to| {
        datapackage::write(kept, &described, style, to)
    })?);
    let written = entries.iter().map(|entry| entry.file.clone()).collect();
    file(manifest::NAME, "", folder, |to| seal(entries, to))?;
    Ok(written)
}

/// A finished table of rows in the style that is asked for. The one it is made from stays until the folder is complete: an
/// interrupted command goes on with it.
fn rows_in(style: CsvStyle, rows: &Replications, finished: Entry, folder: &Folder) -> Result<Entry, Failure> {
    let entry = match style {
        CsvStyle::Standard => finished,
        _ => {
            let mut to = folder.begin_styled(&finished.file)?;
            let written = File::open(folder.begun(&finished.file))
                .and_then(|from| style.write_from(from, &rows.columns, &mut to));
            written.map_err(|error| to.failure(&error))?;
            to.finish()?
        }
    };
    Ok(Entry { title: rows.title.clone(), rows: Some(rows.n_rows), ..entry })
}

fn table(sheet: &Sheet, style: CsvStyle, folder: &Folder) -> Result<Entry, Failure> {
    let entry = file(&sheet.file(), &sheet.title, folder, |to| style.write(sheet, to))?;
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
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<Entry, Failure> {
    let mut unfinished = folder.begin(name)?;
    write(&mut unfinished).map_err(|error| unfinished.failure(&error))?;
    Ok(Entry { title: title.to_string(), ..unfinished.finish()? })
}
