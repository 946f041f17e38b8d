//! Reading a scenario from disk: the bytes of its text, workbook or CSV file, and the partner table beside it.

use crate::import::spreadsheet::Spreadsheet;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest::suggestion;
use crate::scenario::shipped::{self, Shipped};
use crate::scenario::source::{MOST_BYTES, decode};
use crate::scenario::{Override, Scenario, load};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest workbook that is read, in bytes: hundreds of times what a scenario takes.
const MOST_WORKBOOK_BYTES: usize = 16 << 20;

/// How the bytes of a workbook begin: packed, or of an old format or with a password, which is then told.
const WORKBOOK: [&[u8]; 2] = [b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0]];

/// A scenario as it was read once, to be loaded with many different changes.
#[derive(Debug, Clone)]
pub struct ScenarioText {
    content: Content,
    origin: String,
    folder: PathBuf,
    /// Where it is part of the program: its tables are too.
    shipped: Option<&'static Shipped>,
    /// The set-up of a spreadsheet that is meant, with its changes, where it is not the first.
    set_up: Option<(String, Vec<Override>)>,
}

/// What a scenario stands in.
#[derive(Debug, Clone)]
enum Content {
    Text(String),
    Spreadsheet(Arc<Spreadsheet>),
}

impl Content {
    /// A workbook is known by its bytes, a CSV file by its name.
    fn read(path: &Path, origin: &str) -> Result<Content, Diagnostic> {
        let bytes = bytes(path, MOST_WORKBOOK_BYTES).map_err(|why| unreadable(origin, &why))?;
        let ends_with = |ending: &str| path.extension().is_some_and(|of| of.eq_ignore_ascii_case(ending));
        let spreadsheet = if WORKBOOK.iter().any(|begin| bytes.starts_with(begin)) || ends_with("xlsx") {
            Spreadsheet::of_workbook(bytes, origin)?
        } else if ends_with("csv") {
            Spreadsheet::of_delimited(&bytes, origin)?
        } else {
            return decode(&bytes, origin).map(Content::Text);
        };
        Ok(Content::Spreadsheet(Arc::new(spreadsheet)))
    }
}

impl ScenarioText {
    /// Reads the scenario at `path`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(path: &Path) -> Result<ScenarioText, Vec<Diagnostic>> {
        let origin = path.display().to_string();
        let content = Content::read(path, &origin).map_err(|fault| vec![fault])?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok(ScenarioText { content, origin, folder, shipped: None, set_up: None })
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
        let content = Content::Text(shipped.text.to_owned());
        ScenarioText { content, origin, folder: PathBuf::new(), shipped: Some(shipped), set_up: None }
    }

    /// The further set-ups of a spreadsheet: their names and what each changes. A text has none.
    pub fn set_ups(&self) -> Vec<(String, Vec<Override>)> {
        match &self.content {
            Content::Text(_) => Vec::new(),
            Content::Spreadsheet(spreadsheet) => spreadsheet.set_ups(),
        }
    }

    /// The same with the changes of one of its set-ups.
    ///
    /// # Errors
    /// A sentence, when there is none of that name.
    pub fn with_set_up(self, name: &str) -> Result<ScenarioText, String> {
        let set_ups = self.set_ups();
        let known = set_ups.iter().map(|(name, _)| name.as_str());
        match set_ups.iter().find(|(known, _)| known == name) {
            Some(found) => Ok(ScenarioText { set_up: Some(found.clone()), ..self }),
            None if set_ups.is_empty() => Err(format!(
                "{} has no further set-ups: they are the columns behind `value` in the sheet Levers of a workbook, or in a CSV file",
                self.origin
            )),
            None => Err(format!("{} has no set-up `{name}`; {}", self.origin, suggestion(name, known))),
        }
    }

    /// Whether it stands in a workbook or a CSV file.
    pub fn is_spreadsheet(&self) -> bool {
        matches!(self.content, Content::Spreadsheet(_))
    }

    /// The scenario as a text of the scenario language, where it is one or stands in a spreadsheet without a fault.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Spreadsheet(spreadsheet) => spreadsheet.text(),
        }
    }

    /// The bytes of a file that the scenario names.
    ///
    /// # Errors
    /// Why there are none.
    pub fn table(&self, name: &str) -> Result<Vec<u8>, String> {
        match self.shipped {
            Some(shipped) => {
                let found = shipped.tables.iter().find(|(table, _)| *table == name);
                let found = found.map(|(_, text)| text.as_bytes().to_vec());
                found.ok_or_else(|| "it is not part of the program".to_owned())
            }
            None => bytes(&self.folder.join(name), MOST_BYTES),
        }
    }

    /// The scenario with these changes; files it names are looked for beside it.
    ///
    /// # Errors
    /// Every fault found.
    pub fn load(&self, overrides: &[Override]) -> Result<Scenario, Vec<Diagnostic>> {
        let table = |name: &str| self.table(name);
        let set_up = self.set_up.iter().flat_map(|(_, changes)| changes);
        let overrides: Vec<Override> = set_up.chain(overrides).cloned().collect();
        let mut scenario = match &self.content {
            Content::Text(text) => load(text, &self.origin, &overrides, &table)?,
            Content::Spreadsheet(spreadsheet) => spreadsheet.load(&overrides, &table)?,
        };
        if let Some((name, _)) = &self.set_up {
            let plain = |letter: char| if letter.is_alphanumeric() || "-.".contains(letter) { letter } else { '_' };
            scenario.name = format!("{}_{}", scenario.name, name.chars().map(plain).collect::<String>());
            scenario.title = format!("{}: {name}", scenario.title);
        }
        Ok(scenario)
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
        help: "give a scenario: a text file or a workbook, usually of a few KiB; `partnersim new` writes one"
            .to_owned(),
        place: None,
    }
}
