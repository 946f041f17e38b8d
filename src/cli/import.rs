//! `partnersim import`: a scenario from a published table of real partnerships.

use super::answer::Answer;
use super::diagnostics::{self, Severity};
use super::failure::Failure;
use super::{reading, single_file};
use crate::import::mapping::{CORDIS, Mapping};
use crate::import::table::Table;
use crate::import::{Group, Request, groups, scenario};
use crate::scenario::source::{MOST_BYTES, decode};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Far more than any table of partnerships that is published; what is larger is another kind of file.
const LARGEST_TABLE_BYTES: usize = 1 << 30;

/// Turn one partnership of a published table into a scenario
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  partnersim import organization.csv \\\n      --select projectID=633379 --out project.toml"
)]
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
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    quiet: bool,
    /// Show the partnerships that the table holds, and write nothing
    #[arg(long, conflicts_with = "out")]
    list: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let mapping = read_mapping(&arguments.mapping)?;
    let table = read_table(&arguments.table, &mapping)?;
    let Some(out) = &arguments.out else { return list(&table, &mapping) };
    single_file::refuse_existing(out, arguments.force)?;
    let projects = match &arguments.projects {
        Some(path) => Some(read_table(path, &mapping)?),
        None => None,
    };
    let select = arguments.select.as_ref().map(|(column, value)| (column.as_str(), value.as_str()));
    let request = Request { table: &table, projects: projects.as_ref(), mapping: &mapping, select };
    let imported = scenario(&request).map_err(Failure::Scenario)?;
    diagnostics::tell(&imported.warnings, Severity::Warning);
    single_file::write(out, &imported.text, arguments.force)?;
    let path = out.display().to_string();
    let answer = Answer::text(format!(
        "{path}: {} partners. What the table does not say is assumed, and marked so in the file.\n\
         Next: partnersim check {path}, then partnersim run {path}\n",
        imported.n_partners
    ));
    let answer = answer.with("scenario", path.clone()).with("files", [path]).with("partners", imported.n_partners);
    Ok(answer.quiet(arguments.quiet))
}

fn list(table: &Table, mapping: &Mapping) -> Result<Answer, Failure> {
    let groups = groups(table, mapping).map_err(Failure::Scenario)?;
    let width = groups.iter().map(|group| group.id.chars().count()).max().unwrap_or(0).max(4);
    let mut text = format!("{:width$}  partners  name\n", mapping.columns.group.as_deref().unwrap_or(""));
    for group in &groups {
        text.push_str(&format!("{:width$}  {:>8}  {}\n", group.id, group.n_rows, group.name));
    }
    let listed = |group: &Group| json!({ "id": group.id, "name": group.name, "partners": group.n_rows });
    Ok(Answer::text(text).with("partnerships", groups.iter().map(listed).collect::<Vec<_>>()))
}

fn read_mapping(path: &Path) -> Result<Mapping, Failure> {
    if path == Path::new("cordis") {
        return Mapping::read(CORDIS, "cordis").map_err(Failure::Scenario);
    }
    let origin = path.display().to_string();
    let text = decode(&read(path, "mapping", MOST_BYTES)?, &origin).map_err(|fault| Failure::Scenario(vec![fault]))?;
    Mapping::read(&text, &origin).map_err(Failure::Scenario)
}

fn read_table(path: &Path, mapping: &Mapping) -> Result<Table, Failure> {
    // The file's name goes into the scenario, its folder does not: that is nobody else's affair.
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let bytes = read(path, "table", LARGEST_TABLE_BYTES)?;
    Table::read(&bytes, &name, mapping.separator).map_err(Failure::Scenario)
}

fn read(path: &Path, what: &str, most_bytes: usize) -> Result<Vec<u8>, Failure> {
    let cannot = |why: String| Failure::Input(format!("cannot read the {what} {}: {why}", path.display()));
    reading::bytes(path, most_bytes).map_err(cannot)
}

fn parse_selection(text: &str) -> Result<(String, String), String> {
    let (column, value) = text.split_once('=').ok_or("give it as COLUMN=VALUE, such as projectID=633379")?;
    Ok((column.trim().to_string(), value.trim().to_string()))
}
