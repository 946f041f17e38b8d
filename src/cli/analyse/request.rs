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
    let name =
        |path: Option<&std::ffi::OsStr>| path.map_or("table".to_string(), |name| name.to_string_lossy().into_owned());
    let of_table = if asked.file.is_dir() { name(asked.file.file_name()) } else { name(asked.file.file_stem()) };
    let plain: String = of_table.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let mut title = format!("{} of {}", asked.kind, name(asked.file.file_name()));
    title[..1].make_ascii_uppercase();
    Request {
        kind: asked.kind.to_string(),
        name: format!("{plain}_{}", asked.kind.replace(' ', "_")),
        title,
        question: String::new(),
        scenarios: Vec::new(),
        seed: asked.seed.to_string(),
        settings: asked.settings.iter().map(|(setting, value)| (setting.to_string(), value.clone())).collect(),
    }
}

/// What the brackets mean.
pub fn basis(confidence: f64) -> String {
    format!("In brackets, {} % intervals of what more rows like these would give.", 100.0 * confidence)
}
