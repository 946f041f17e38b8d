//! The words of the lessons, in one language.

use crate::faults::{Faults, text_of};
use crate::places;
use toml::Value;

/// The words of a language.
#[derive(Debug)]
pub struct Words(Value);

impl Words {
    /// Reads those of `web/strings/CODE.toml`.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read(code: &str) -> Result<Words, Faults> {
        let path = places::root().join(format!("web/strings/{code}.toml"));
        let table: Result<toml::Table, toml::de::Error> = toml::from_str(&text_of(&path)?);
        table
            .map(|table| Words(Value::Table(table)))
            .map_err(|error| Faults::one(format!("{}: {error}", path.display())))
    }

    /// What stands under a path of names.
    fn found(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.0, |table, name| table.get(name))
    }

    /// The text under a path; where there is none the path itself, so that it is seen.
    pub fn text(&self, path: &[&str]) -> String {
        self.found(path).and_then(Value::as_str).map_or_else(|| path.join("."), str::to_owned)
    }

    /// The texts of a list; none where there is none.
    pub fn texts(&self, path: &[&str]) -> Vec<String> {
        let list = self.found(path).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    }

    /// The lists of texts of a list.
    pub fn lists(&self, path: &[&str]) -> Vec<Vec<String>> {
        let lists = self.found(path).and_then(Value::as_array);
        let texts = |list: &Value| {
            list.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
        };
        lists.into_iter().flatten().map(texts).collect()
    }

    /// Pairs of texts of a list of tables, such as questions with answers.
    pub fn pairs(&self, path: &[&str], names: [&str; 2]) -> Vec<[String; 2]> {
        let list = self.found(path).and_then(Value::as_array);
        let of = |table: &Value, name: &str| table.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        list.into_iter().flatten().map(|table| names.map(|name| of(table, name))).collect()
    }

    /// Whether a text that is not empty stands under a path.
    pub fn has(&self, path: &[&str]) -> bool {
        self.found(path).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
    }

    /// The names that stand below a path.
    #[cfg(test)]
    pub fn names(&self, path: &[&str]) -> Vec<String> {
        let table = self.found(path).and_then(Value::as_table);
        table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
    }
}
