//! In what formats a result is written beside its tables.

use super::failure::Failure;
use super::folder::Folder;
use super::pictures;
use crate::output::kept::{Kept, Open};
use crate::output::manifest::Entry;
use std::path::PathBuf;

/// What else is to be written of a result.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Formats {
    /// Also draw the result: every picture as SVG and PNG, with what it shows in words, into this folder
    #[arg(long, value_name = "DIR", value_parser = pictures::place)]
    charts: Option<PathBuf>,
}

impl Formats {
    /// Writes them; `open` reads the tables of rows.
    ///
    /// # Errors
    /// What could not be written.
    pub fn write(&self, kept: &Kept, _open: Open, folder: &Folder) -> Result<Vec<Entry>, Failure> {
        if let Some(place) = &self.charts {
            pictures::write(place, kept, folder.may_replace())?;
        }
        Ok(Vec::new())
    }
}
