//! In what formats a result is written beside its tables.

use super::failure::Failure;
use super::folder::Folder;
use crate::output::chart::of::charts;
use crate::output::kept::{Kept, Open};
use crate::output::manifest::Entry;
use crate::output::workbook::{self, Aside, Profile};
use std::fs::File;
use std::path::Path;

/// What else is to be written of a result.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Formats {
    /// Also write the result as a workbook, result.xlsx [for: analyst, accessible; default: analyst]
    #[arg(long, value_name = "FOR", num_args = 0..=1, require_equals = true, default_missing_value = "analyst", hide_possible_values = true)]
    xlsx: Option<Reader>,
}

/// For whom a workbook is made.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Reader {
    /// For who works on with the tables.
    Analyst,
    /// After the checklist for spreadsheets of the public sector.
    Accessible,
}

impl Reader {
    /// The profile of the workbook.
    pub fn profile(self) -> Profile {
        match self {
            Reader::Analyst => Profile::Analyst,
            Reader::Accessible => Profile::Accessible,
        }
    }
}

/// Where a workbook that becomes part of a folder is kept while it is made.
///
/// # Errors
/// When no file can be made there.
pub fn aside(folder: &Path) -> Result<Aside<'_, File>, Failure> {
    let file = tempfile::tempfile_in(folder).map_err(|error| Failure::files("write into", folder, &error))?;
    Ok(Aside { folder, file })
}

impl Formats {
    /// Writes them; `open` reads the tables of rows.
    ///
    /// # Errors
    /// What could not be written.
    pub fn write(&self, kept: &Kept, open: Open, folder: &Folder) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        if let Some(reader) = self.xlsx {
            let mut unfinished = folder.begin(workbook::NAME)?;
            let aside = aside(folder.path())?;
            let written = workbook::write(kept, &charts(kept), open, reader.profile(), aside, &mut unfinished);
            written.map_err(|error| unfinished.failure(&error))?;
            entries.push(Entry { title: workbook::TITLE.to_string(), ..unfinished.finish()? });
        }
        Ok(entries)
    }
}
