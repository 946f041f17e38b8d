//! What is wrong with what was to be built, all of it at once.

use std::fmt;
use std::fs;
use std::path::Path;

/// One or more sentences, each on one thing that is wrong.
#[derive(Debug, PartialEq)]
pub struct Faults(Vec<String>);

impl Faults {
    /// Of one thing.
    pub fn one(told: impl Into<String>) -> Faults {
        Faults(vec![told.into()])
    }

    /// All that was found, or nothing where nothing was.
    ///
    /// # Errors
    /// When anything was found.
    pub fn none_of(found: Vec<String>) -> Result<(), Faults> {
        if found.is_empty() { Ok(()) } else { Err(Faults(found)) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|told| writeln!(to, "error: {told}"))
    }
}

/// The text of a file.
///
/// # Errors
/// When it cannot be read.
pub fn text_of(path: &Path) -> Result<String, Faults> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| Faults::one(format!("{} cannot be read: {error}", path.display())))?;
    Ok(text.replace("\r\n", "\n"))
}

/// Writes a file, with the folder it lies in.
///
/// # Errors
/// When that cannot be done.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Faults> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| Faults::one(format!("{} cannot be written: {error}", path.display())))
}
