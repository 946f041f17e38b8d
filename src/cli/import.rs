//! `partnersim import`: a scenario from a published table of real partnerships.

use super::diagnostics::{self, Severity};
use super::failure::Failure;
use super::terminal::say;
use crate::import::mapping::{CORDIS, Mapping};
use crate::import::table::Table;
use crate::import::{Request, groups, scenario};
use crate::scenario::diagnostic::Diagnostic;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Far more than any table of partnerships that is published; what is larger is another kind of file.
const LARGEST_TABLE_BYTES: u64 = 1 << 30;

/// Turn one partnership of a published table into a scenario
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Table with one row an organisation
    #[arg(value_name = "TABLE.csv")]
    table: PathBuf,
    /// How to read the table: a mapping file, or the name of one that the program brings along (cordis)
    #[arg(long, value_name = "MAPPING.toml", default_value = "cordis")]
    mapping: PathBuf,
    /// Which partnership, such as projectID=633379
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = parse_selection)]
    select: Option<(String, String)>,
    /// A second table with one row a partnership, for titles and lengths
    #[arg(long, value_name = "OTHER.csv")]
    projects: Option<PathBuf>,
    /// Scenario file to write
    #[arg(long, value_name = "FILE.toml", required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Overwrite the scenario file if it exists
    #[arg(long)]
    force: bool,
    /// Show the partnerships that the table holds, and write nothing
    #[arg(long, conflicts_with = "out")]
    list: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mapping = read_mapping(&arguments.mapping)?;
    let table = read_table(&arguments.table, &mapping)?;
    let Some(out) = &arguments.out else { return list(&table, &mapping) };
    if out.exists() && !arguments.force {
        let path = out.display();
        return Err(Failure::Files(format!("{path} exists; give another name with --out, or --force to overwrite it")));
    }
    let projects = match &arguments.projects {
        Some(path) => Some(read_table(path, &mapping)?),
        None => None,
    };
    let select = arguments.select.as_ref().map(|(column, value)| (column.as_str(), value.as_str()));
    let request = Request { table: &table, projects: projects.as_ref(), mapping: &mapping, select };
    let imported = scenario(&request).map_err(faulty)?;
    diagnostics::tell(&imported.warnings, Severity::Warning);
    write(out, &imported.text)?;
    let path = out.display();
    say(&format!(
        "{path}: {} partners. What the table does not say is assumed, and marked so in the file.\n\
         Next: partnersim check {path}, then partnersim run {path}\n",
        imported.n_partners
    ));
    Ok(())
}

fn list(table: &Table, mapping: &Mapping) -> Result<(), Failure> {
    let groups = groups(table, mapping).map_err(faulty)?;
    let width = groups.iter().map(|group| group.id.chars().count()).max().unwrap_or(0).max(4);
    let mut text = format!("{:width$}  partners  name\n", mapping.columns.group.as_deref().unwrap_or(""));
    for group in &groups {
        text.push_str(&format!("{:width$}  {:>8}  {}\n", group.id, group.n_rows, group.name));
    }
    say(&text);
    Ok(())
}

fn read_mapping(path: &Path) -> Result<Mapping, Failure> {
    if path == Path::new("cordis") {
        return Mapping::read(CORDIS, "cordis").map_err(faulty);
    }
    let text = String::from_utf8(read(path, "mapping")?)
        .map_err(|_| Failure::Input(format!("the mapping {} is not UTF-8 text", path.display())))?;
    Mapping::read(&text, &path.display().to_string()).map_err(faulty)
}

fn read_table(path: &Path, mapping: &Mapping) -> Result<Table, Failure> {
    // The file's name goes into the scenario, its folder does not: that is nobody else's affair.
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Table::read(&read(path, "table")?, &name, mapping.separator).map_err(faulty)
}

fn read(path: &Path, what: &str) -> Result<Vec<u8>, Failure> {
    let cannot = |reason: &str| Failure::Input(format!("cannot read the {what} {}: {reason}", path.display()));
    let about = fs::metadata(path).map_err(|error| cannot(&error.to_string()))?;
    if !about.is_file() {
        return Err(cannot("it is no file"));
    }
    if about.len() > LARGEST_TABLE_BYTES {
        return Err(cannot("it is larger than 1 GiB"));
    }
    fs::read(path).map_err(|error| cannot(&error.to_string()))
}

/// Writes under a temporary name beside it, so that no half of a scenario ever stands under the final one.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.partial"));
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Failure::Files(format!("cannot write {}: {error}; give another file with --out", path.display()))
    })
}

/// Tells all faults, each at its place.
fn faulty(faults: Vec<Diagnostic>) -> Failure {
    diagnostics::tell(&faults, Severity::Fault);
    Failure::Input(String::new())
}

fn parse_selection(text: &str) -> Result<(String, String), String> {
    let (column, value) = text.split_once('=').ok_or("give it as COLUMN=VALUE, such as projectID=633379")?;
    Ok((column.trim().to_string(), value.trim().to_string()))
}
