//! What the page carries besides its script: the words of every language, the lessons and their scenarios, the worker.

use super::script;
use crate::faults::{Faults, text_of};
use crate::places;
use serde_json::{Map, Value, json};
use std::path::Path;

/// All of it: `{ strings: { en: {…} }, lessons: […], scenarios: { LESSON: text }, worker: text }`.
#[derive(Debug)]
pub struct Data(Value);

impl Data {
    /// As the page unpacks it.
    pub fn json(&self) -> String {
        self.0.to_string()
    }

    /// The words in which the page stands before its script runs.
    ///
    /// # Errors
    /// When there are none.
    pub fn english(&self) -> Result<Value, Faults> {
        let words = self.0["strings"]["en"].clone();
        if words.is_null() { Err(Faults::one("en.toml is missing among the strings")) } else { Ok(words) }
    }
}

/// Reads it below the root of a repository, with the words from a folder.
///
/// # Errors
/// When a file cannot be read or is no TOML.
pub fn read(root: &Path, strings: &Path) -> Result<Data, Faults> {
    let mut languages = Map::new();
    for path in places::files(strings, "toml")? {
        let mut words = table(&path)?;
        // What is for paper stays off the page.
        if let Some(words) = words.as_object_mut() {
            words.remove("teaching");
        }
        languages.insert(places::stem(&path), words);
    }
    let path = root.join("web/lessons.toml");
    let lessons = if path.exists() { table(&path)?["lesson"].take() } else { json!([]) };
    let mut scenarios = Map::new();
    for lesson in lessons.as_array().into_iter().flatten() {
        let name = lesson["name"].as_str().unwrap_or_default();
        let text = text_of(&root.join("scenarios/lessons").join(format!("{name}.toml")))?;
        scenarios.insert(name.to_string(), Value::from(text));
    }
    let worker = script::worker(&root.join("web/page"))?;
    Ok(Data(json!({ "strings": languages, "lessons": lessons, "scenarios": scenarios, "worker": worker })))
}

fn table(path: &Path) -> Result<Value, Faults> {
    let read = toml::from_str(&text_of(path)?);
    read.map_err(|error| Faults::one(format!("{}: {error}", path.display())))
}
