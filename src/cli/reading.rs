//! Reading a scenario from disk: its bytes, and the partner table beside it.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest::suggestion;
use crate::scenario::shipped::{self, Shipped};
use crate::scenario::source::{MOST_BYTES, decode};
use crate::scenario::{Override, Scenario, load};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Loads the scenario at `path`; files it names are looked for beside it.
///
/// # Errors
/// Every fault found, an unreadable file among them.
pub fn scenario(path: &Path, overrides: &[Override]) -> Result<Scenario, Vec<Diagnostic>> {
    ScenarioText::read(path)?.load(overrides)
}

/// The text of a scenario, read once to be loaded with many different changes.
#[derive(Debug, Clone)]
pub struct ScenarioText {
    text: String,
    origin: String,
    folder: PathBuf,
    /// Where it is part of the program: its tables are too.
    shipped: Option<&'static Shipped>,
}

impl ScenarioText {
    /// Reads the text of the scenario at `path`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(path: &Path) -> Result<ScenarioText, Vec<Diagnostic>> {
        let origin = path.display().to_string();
        let bytes = bytes(path, MOST_BYTES).map_err(|why| vec![unreadable(&origin, &why)])?;
        let text = decode(&bytes, &origin).map_err(|fault| vec![fault])?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok(ScenarioText { text, origin, folder, shipped: None })
    }

    /// The scenario that another file in `folder` names: a file beside it, else a ready-made scenario.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    pub fn named(folder: &Path, name: &str) -> Result<ScenarioText, String> {
        let path = folder.join(name);
        match shipped::find(name) {
            Some(shipped) if !path.is_file() => Ok(ScenarioText::shipped(shipped)),
            _ if path.is_file() => ScenarioText::read(&path)
                .map_err(|told| told.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; ")),
            _ => {
                let ready_made = suggestion(name, shipped::names());
                Err(format!(
                    "there is no file {} and no ready-made scenario of that name ({ready_made})",
                    path.display()
                ))
            }
        }
    }

    /// The text of a ready-made scenario.
    pub fn shipped(shipped: &'static Shipped) -> ScenarioText {
        let origin = format!("{}.toml", shipped.name);
        ScenarioText { text: shipped.text.to_owned(), origin, folder: PathBuf::new(), shipped: Some(shipped) }
    }

    /// The scenario with these changes; files it names are looked for beside it.
    ///
    /// # Errors
    /// Every fault found.
    pub fn load(&self, overrides: &[Override]) -> Result<Scenario, Vec<Diagnostic>> {
        let table = |name: &str| match self.shipped {
            Some(shipped) => {
                let found = shipped.tables.iter().find(|(table, _)| *table == name);
                found
                    .map(|(_, text)| text.as_bytes().to_vec())
                    .ok_or_else(|| "it is not part of the program".to_owned())
            }
            None => bytes(&self.folder.join(name), MOST_BYTES),
        };
        load(&self.text, &self.origin, overrides, &table)
    }
}

/// The bytes of a file of at most `most` bytes; a device without end is not read to its end.
///
/// # Errors
/// Why it cannot be read.
pub fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > most {
        return Err(format!("it is longer than the {} MiB that are read", most >> 20));
    }
    Ok(bytes)
}

fn unreadable(origin: &str, why: &str) -> Diagnostic {
    Diagnostic {
        message: format!("{origin} cannot be read: {why}"),
        help: "give a scenario: a text file, usually of a few KiB; `partnersim new` writes one".to_owned(),
        place: None,
    }
}
