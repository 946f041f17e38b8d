//! The columns an analysis is about: inputs with words as levels, outcomes by their short names, rows without gaps.

use super::data::{Data, known};
use super::request::folder_name;
use crate::cli::failure::Failure;
use crate::import::columns::{Columns, Values};
use crate::output::study::Request;
use crate::scenario::nearest::suggestion;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};

/// A column that was varied, as numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    pub name: String,
    pub values: Vec<f64>,
    /// Words in the order of their numbers, from 0; none where the column holds numbers.
    pub levels: Vec<String>,
}

/// A column that was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub name: String,
    pub values: Vec<f64>,
    /// Standard errors of the values, where a column has them.
    pub standard_errors: Option<Vec<f64>>,
}

impl Input {
    /// The column of a name.
    ///
    /// # Errors
    /// A sentence with the nearest name when there is none.
    pub fn find(columns: &Columns, name: &str) -> Result<Input, String> {
        let name = name.trim();
        let (values, levels) = match columns.get(name) {
            None => return Err(missing(columns, name)),
            Some(Values::Numbers(numbers)) => (numbers.clone(), Vec::new()),
            Some(Values::Words(words)) => {
                let mut levels = words.clone();
                levels.sort();
                levels.dedup();
                let place = |word: &String| levels.binary_search(word).map_or(f64::NAN, |place| place as f64);
                (words.iter().map(place).collect(), levels)
            }
        };
        Ok(Input { name: name.to_string(), values, levels })
    }

    /// Whether every row that holds a value holds the same.
    pub fn is_constant(&self) -> bool {
        let mut values = self.values.iter().filter(|value| !value.is_nan());
        let first = values.next();
        values.all(|value| Some(value) == first)
    }
}

impl Measured {
    /// The column of a name, or of the means of that name in a table of ours, with the column of its standard errors where there is one.
    ///
    /// # Errors
    /// A sentence with the nearest name when there is none, or it holds words.
    pub fn find(columns: &Columns, name: &str, standard_errors: Option<&str>) -> Result<Measured, String> {
        let name = known(columns, name);
        let mean = format!("mean_{name}");
        let is_mean = columns.get(&name).is_none() && columns.get(&mean).is_some();
        let values = columns.numbers(if is_mean { &mean } else { &name })?.to_vec();
        let errors = format!("mc_standard_error_{name}");
        let standard_errors = match standard_errors {
            Some(given) => Some(columns.numbers(given.trim())?.to_vec()),
            None if is_mean => columns.numbers(&errors).ok().map(<[f64]>::to_vec),
            None => None,
        };
        Ok(Measured { name, values, standard_errors })
    }
}

/// That there is no column of a name.
pub fn missing(columns: &Columns, name: &str) -> String {
    format!("there is no column `{name}`: {}", suggestion(name, columns.names.iter().map(String::as_str)))
}

/// The names of the inputs: as asked, else those that the factors of a result folder list.
///
/// # Errors
/// When neither says.
pub fn input_names(data: &Data, columns: &Columns) -> Result<Vec<String>, Failure> {
    if !data.inputs.is_empty() {
        return Ok(data.inputs.clone());
    }
    if let Some(Values::Words(factors)) = factors(data).as_ref().and_then(|table| table.get("factor")) {
        let mut names: Vec<String> = factors.clone();
        names.dedup();
        return Ok(names);
    }
    let names = columns.names.join(", ");
    Err(Failure::Input(format!(
        "no inputs are named.\n  Say with --inputs which columns were varied; there are: {names}."
    )))
}

/// The table of factors of a result folder.
pub fn factors(data: &Data) -> Option<Columns> {
    let path = data.file.join("factors.csv");
    let bytes = std::fs::read(&path).ok()?;
    Columns::read(&bytes, &path.display().to_string()).ok()
}

/// Rows in which every one of the columns holds a number.
pub fn complete_rows(columns: &[&[f64]]) -> Vec<usize> {
    let n = columns.first().map_or(0, |column| column.len());
    (0..n).filter(|&row| columns.iter().all(|column| column[row].is_finite())).collect()
}

/// The values of some rows.
pub fn of_rows(values: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().map(|&row| values[row]).collect()
}

/// What was asked of a table: the digest of its values is part of it.
pub fn request(kind: &str, data: &Data, columns: &Columns, seed: u64, mut settings: Vec<(String, String)>) -> Request {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}\n", columns.names));
    for values in &columns.values {
        match values {
            Values::Numbers(numbers) => numbers.iter().for_each(|number| hash.update(number.to_bits().to_le_bytes())),
            Values::Words(words) => words.iter().for_each(|word| hash.update(format!("{word:?}"))),
        }
    }
    settings.insert(0, ("table".to_string(), hexadecimal(&hash.finalize())));
    Request {
        kind: kind.to_string(),
        name: folder_name(&data.file, kind),
        title: match data.outcome.as_slice() {
            [one] => format!("What {one} depends on"),
            several => format!("What {} depend on", several.join(" and ")),
        },
        question: String::new(),
        scenarios: Vec::new(),
        seed: seed.to_string(),
        settings,
    }
}
