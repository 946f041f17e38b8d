//! In what formats a result is written beside its tables.

use super::failure::Failure;
use super::folder::Folder;
use crate::output::kept::{Kept, Open};
use crate::output::manifest::Entry;

/// What else is to be written of a result.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Formats {}

impl Formats {
    /// Writes them; `open` reads the tables of rows.
    ///
    /// # Errors
    /// What could not be written.
    pub fn write(&self, _kept: &Kept, _open: Open, _folder: &Folder) -> Result<Vec<Entry>, Failure> {
        Ok(Vec::new())
    }
}
