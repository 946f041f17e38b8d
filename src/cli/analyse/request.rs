//! What was asked of a table: what the manifest of its result says.

use crate::output::study::Request;
use std::path::Path;

/// A method and all that decides its result.
pub struct Asked<'a> {
    /// Kind of the result, which also ends its name.
    pub kind: &'a str,
    /// The table.
    pub file: &'a Path,
    /// Seed of all draws.
    pub seed: u64,
    /// Setting and value.
    pub settings: Vec<(&'a str, String)>,
}

/// The request, named after the table. Its folder stays out: it differs from machine to machine.
pub fn request(asked: &Asked) -> Request {
    let mut title = format!("{} of {}", asked.kind, name_of(asked.file));
    title[..1].make_ascii_uppercase();
    Request {
        kind: asked.kind.to_string(),
        name: folder_name(asked.file, asked.kind),
        title,
        question: String::new(),
        scenarios: Vec::new(),
        seed: asked.seed.to_string(),
        settings: asked.settings.iter().map(|(setting, value)| (setting.to_string(), value.clone())).collect(),
    }
}

/// What a table is called: its file without the ending, or the folder of a result.
pub fn name_of(file: &Path) -> String {
    // A folder may be given as `.`, whose name only the system knows.
    let path = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    let name = if path.is_dir() { path.file_name() } else { path.file_stem() };
    name.map_or_else(|| "table".to_string(), |name| name.to_string_lossy().into_owned())
}

/// The folder of what a method finds in a table: `NAME_kind`, without signs that a shell would mind.
pub fn folder_name(file: &Path, kind: &str) -> String {
    let plain: String = name_of(file).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("{plain}_{kind}")
}

/// What the brackets mean.
pub fn basis(confidence: f64) -> String {
    format!("In brackets, {} % intervals of what more rows like these would give.", 100.0 * confidence)
}
