//! The table that a method works on: a file of values, or the folder of a result.
//!
//! In the folder of a run each replication is an observation: its outcomes stand in `runs.csv`, what was uncertain in it in
//! `inputs.csv`, and both are joined. In that of an experiment a design point is one: `points.csv`, whose inputs `factors.csv` names.

use super::super::failure::Failure;
use super::super::reading::bytes;
use crate::experiment::quantity::Variable;
use crate::import::columns::{Columns, Values};
use crate::model::uncertain::path_of;
use crate::scenario::nearest::nearest;
use crate::scenario::resolve::digest::hexadecimal;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Far more than the largest table that fits into the memory of a desk.
const LARGEST_TABLE_BYTES: usize = 4 << 30;

/// Tables of a result folder that have one row an observation, the one to prefer first.
const OF_A_FOLDER: &[&str] = &["points.csv", "runs.csv"];

/// The table of a run's folder that holds what was uncertain, and the column by which it is joined.
const INPUTS: (&str, &str) = ("inputs.csv", "replication");

/// The table of an experiment's folder that names what was varied, and the columns that may do so.
const FACTORS: (&str, &[&str]) = ("factors.csv", &["factor", "name", "path", "input"]);

/// The table that an experiment of several policies has, and the column that names the policy of a row.
const POLICIES: (&str, &str) = ("policies.csv", "policy");

/// Which table, and which of its columns.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// Table with one row an observation (comma, semicolon or tab; point or decimal comma), or the folder of a result
    #[arg(value_name = "FILE.csv")]
    pub file: PathBuf,
    /// Columns that were varied, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub inputs: Vec<String>,
    /// Columns that were measured, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub outcome: Vec<String>,
}

impl Data {
    /// The whole table.
    ///
    /// # Errors
    /// When it cannot be read or is no table.
    pub fn columns(&self) -> Result<Columns, Failure> {
        if !self.file.is_dir() {
            return read(&self.file);
        }
        let path = of_folder(&self.file)?;
        let columns = read(&path)?;
        let inputs = self.file.join(INPUTS.0);
        if path.ends_with("runs.csv") && inputs.is_file() { joined(columns, read(&inputs)?) } else { Ok(columns) }
    }

    /// Names of the inputs: those asked for, else those that the folder of a result declares.
    ///
    /// # Errors
    /// When nobody says what the inputs are.
    pub fn input_names(&self) -> Result<Vec<String>, Failure> {
        if !self.inputs.is_empty() {
            return Ok(self.inputs.iter().map(|name| name.trim().to_string()).collect());
        }
        let (inputs, factors) = (self.file.join(INPUTS.0), self.file.join(FACTORS.0));
        if factors.is_file() {
            let mut names = factor_names(&read(&factors)?, &factors)?;
            // Where an experiment has several policies, a row is one of them at a point.
            names.extend(self.file.join(POLICIES.0).is_file().then(|| POLICIES.1.to_string()));
            return Ok(names);
        }
        if inputs.is_file() {
            return Ok(read(&inputs)?.names.into_iter().filter(|name| name != INPUTS.1).collect());
        }
        Err(Failure::Input(format!(
            "which columns of {} were varied is not said.\n  Name them with --inputs, separated by commas.",
            self.file.display()
        )))
    }

    /// Which of the inputs the scenario of a run left at their defaults, each with the grade of evidence of these, by the log of
    /// assumptions in its folder; none for any other table.
    pub fn defaults(&self, names: &[String]) -> Vec<(usize, String)> {
        let Ok(log) = read(&self.file.join("assumptions.csv")) else { return Vec::new() };
        let column = |name: &str| match log.get(name) {
            Some(Values::Words(words)) => words.as_slice(),
            _ => &[],
        };
        let (keys, belongs_to) = (column("parameter"), column("belongs_to"));
        let lines = keys.iter().zip(belongs_to).zip(column("set_by").iter().zip(column("grade")));
        let paths: BTreeMap<String, &String> = lines
            .filter(|(_, (set_by, _))| *set_by == "default")
            .map(|((key, belongs_to), (_, grade))| (path_of(key, belongs_to), grade))
            .collect();
        names.iter().enumerate().filter_map(|(at, name)| Some((at, (*paths.get(name)?).clone()))).collect()
    }

    /// What one observation is called: the replications of a run are worlds, the rows of `points.csv` points.
    pub fn noun(&self) -> &'static str {
        match of_folder(&self.file) {
            Ok(path) if self.file.is_dir() && path.ends_with("runs.csv") => "world",
            Ok(_) if self.file.is_dir() => "point",
            _ => "row",
        }
    }

    /// Whether it is the folder of an experiment. Its rows are points that share their draws, and of each policy there is one: what they repeat is no luck.
    pub fn is_experiment(&self) -> bool {
        self.file.is_dir() && of_folder(&self.file).is_ok_and(|path| path.ends_with(OF_A_FOLDER[0]))
    }
}

fn read(path: &Path) -> Result<Columns, Failure> {
    let bytes = bytes(path, LARGEST_TABLE_BYTES)
        .map_err(|why| Failure::Input(format!("{} cannot be read: {why}.\n  {}", path.display(), instead_of(path))))?;
    Columns::read(&bytes, &path.display().to_string()).map_err(Failure::Scenario)
}

/// What to do where a table cannot be read.
fn instead_of(path: &Path) -> String {
    let usual = "Give a table (FILE.csv), or the folder of a result.".to_string();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Some(name), Ok(entries)) = (path.file_name(), folder.read_dir()) else { return usual };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    // The order in which a system lists a folder is its own.
    names.sort_unstable();
    match nearest(&name.to_string_lossy(), names.iter().map(String::as_str)) {
        Some(near) if !path.exists() => format!("Did you mean {}?", path.with_file_name(near).display()),
        _ => usual,
    }
}

/// The first column that names what was varied.
fn factor_names(factors: &Columns, path: &Path) -> Result<Vec<String>, Failure> {
    match FACTORS.1.iter().find_map(|name| factors.get(name)) {
        Some(Values::Words(words)) => {
            let mut names: Vec<String> = Vec::new();
            words.iter().for_each(|word| {
                if !names.contains(word) {
                    names.push(word.clone())
                }
            });
            Ok(names)
        }
        _ => Err(Failure::Input(format!("{} does not name its factors.\n  Name them with --inputs.", path.display()))),
    }
}

/// The rows of a run with what was uncertain in each, by the number of the replication. Rows without a partner on either side are left out.
fn joined(runs: Columns, inputs: Columns) -> Result<Columns, Failure> {
    let told = |fault: String| Failure::Input(format!("runs.csv and inputs.csv cannot be joined: {fault}"));
    let places: BTreeMap<u64, usize> = inputs
        .numbers(INPUTS.1)
        .map_err(told)?
        .iter()
        .enumerate()
        .map(|(row, replication)| (*replication as u64, row))
        .collect();
    let replications = runs.numbers(INPUTS.1).map_err(told)?;
    let pairs: Vec<(usize, usize)> = replications
        .iter()
        .enumerate()
        .filter_map(|(row, replication)| Some((row, *places.get(&(*replication as u64))?)))
        .collect();
    let mut both = Columns::default();
    for (name, values) in runs.names.iter().zip(&runs.values) {
        both.names.push(name.clone());
        both.values.push(taken(values, pairs.iter().map(|pair| pair.0)));
    }
    for (name, values) in inputs.names.iter().zip(&inputs.values).filter(|(name, _)| runs.get(name).is_none()) {
        both.names.push(name.clone());
        both.values.push(taken(values, pairs.iter().map(|pair| pair.1)));
    }
    Ok(both)
}

fn taken(values: &Values, rows: impl Iterator<Item = usize>) -> Values {
    match values {
        Values::Numbers(numbers) => Values::Numbers(rows.map(|row| numbers[row]).collect()),
        Values::Words(words) => Values::Words(rows.map(|row| words[row].clone()).collect()),
    }
}

/// SHA-256, in hexadecimal, of all that a table holds: part of a request, so that another table of the same name is not taken for it.
pub fn digest(columns: &Columns) -> String {
    let mut hash = Sha256::new();
    for (name, values) in columns.names.iter().zip(&columns.values) {
        hash.update(format!("{name:?} {}\n", values.len()));
        match values {
            Values::Numbers(numbers) => numbers.iter().for_each(|number| hash.update(number.to_bits().to_le_bytes())),
            Values::Words(words) => words.iter().for_each(|word| hash.update(format!("{word:?}"))),
        }
    }
    hexadecimal(&hash.finalize())
}

/// The column that a name means: the one of this name, else that of the outcome which is called so, in short (`survival` is `alive`) or
/// in full.
pub fn known(columns: &Columns, name: &str) -> String {
    let name = name.trim();
    let meant = Variable::parse(name).ok().filter(|_| columns.get(name).is_none());
    let ours = meant.and_then(|one| [one.name(), one.column()].into_iter().find(|one| columns.get(one).is_some()));
    ours.unwrap_or(name).to_string()
}

/// The columns of these names; every one that is missing or holds words is told.
///
/// # Errors
/// All that is wrong with the names.
pub fn numbers<'c>(columns: &'c Columns, names: &[String]) -> Result<Vec<&'c [f64]>, Failure> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in names {
        match columns.numbers(name.trim()) {
            Ok(numbers) => found.push(numbers),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(Failure::Input(faults.join("\nerror: "))) }
}

fn of_folder(folder: &Path) -> Result<PathBuf, Failure> {
    let found = OF_A_FOLDER.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    found.ok_or_else(|| {
        let names = OF_A_FOLDER.join(" nor ");
        Failure::Input(format!(
            "{} holds neither {names}.\n  Give a table, or the folder of a result.",
            folder.display()
        ))
    })
}
