//! `partnersim plot`: a picture of a result on the terminal, or all of them as files.

use super::answer::Answer;
use super::failure::Failure;
use super::pictures;
use super::results;
use super::terminal::{width, wrapped};
use crate::output::chart::Chart;
use crate::output::chart::characters::{Signs, characters, in_ascii};
use crate::output::chart::of::charts;
use crate::output::figure::counted;
use crate::scenario::nearest::suggestion;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Draw a picture of a result on the terminal
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  partnersim plot results/health_and_social_care
  partnersim plot results/health_and_social_care survival
  partnersim plot results/health_and_social_care --list
  partnersim plot results/health_and_social_care --charts pictures")]
pub struct Arguments {
    /// Folder of the result, as `run`, `compare` and the other commands write it
    #[arg(value_name = "RESULT")]
    result: PathBuf,
    /// Which of its pictures [default: the first that --list names]
    #[arg(value_name = "CHART", conflicts_with_all = ["list", "charts"])]
    chart: Option<String>,
    /// Name the pictures that the result has
    #[arg(long, conflicts_with = "charts")]
    list: bool,
    /// Characters in a line [default: as many as the terminal has]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    width: Option<u16>,
    /// Draw with the characters that every console has
    #[arg(long)]
    ascii: bool,
    /// Write every picture as SVG and PNG into this folder
    #[arg(long, value_name = "DIR", value_parser = pictures::place)]
    charts: Option<PathBuf>,
    /// Replace other files in that folder
    #[arg(long, requires = "charts")]
    force: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no such result or picture, or the pictures cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let found = results::read(&arguments.result)?;
    found.warn();
    if let Some(folder) = &arguments.charts {
        let n = pictures::write(folder, &found.kept, arguments.force)?;
        let told = format!("{} in {}: see index.md there.", counted(n as u64, "picture"), folder.display());
        let text = wrapped(&told, width(), "  ") + "\n";
        return Ok(Answer::text(text).with("folder", folder.display().to_string()).with("pictures", n));
    }
    let charts = charts(&found.kept);
    let columns = arguments.width.map_or_else(width, usize::from);
    let (text, shown) = match &arguments.chart {
        _ if charts.is_empty() => {
            return Err(Failure::Input(format!(
                "the result in {} has nothing to be drawn.\n  Give one that run, compare or experiment wrote.",
                found.folder.display()
            )));
        }
        _ if arguments.list => (list(&charts, columns), &charts[..]),
        None => (drawn(&charts[0], columns, arguments.ascii), &charts[..1]),
        Some(name) => {
            let chart = named(&charts, name)?;
            (drawn(chart, columns, arguments.ascii), std::slice::from_ref(chart))
        }
    };
    Ok(Answer::text(text).with("charts", shown.iter().map(data).collect::<Vec<_>>()))
}

/// A picture for programs: its words and its numbers.
fn data(chart: &Chart) -> Value {
    json!({ "name": chart.name, "title": chart.title, "told": chart.told, "table": chart.table })
}

/// The picture of this name.
fn named<'c>(charts: &'c [Chart], name: &str) -> Result<&'c Chart, Failure> {
    charts.iter().find(|chart| chart.name == name).ok_or_else(|| {
        let nearest = suggestion(name, charts.iter().map(|chart| chart.name.as_str()));
        Failure::Input(format!("the result has no picture {name} ({nearest}).\n  --list names all that it has."))
    })
}

/// A line a picture: its name and its title.
fn list(charts: &[Chart], width: usize) -> String {
    let longest = charts.iter().map(|chart| chart.name.chars().count()).max().unwrap_or(0);
    let indent = " ".repeat(longest + 2);
    let line = |chart: &Chart| {
        let title =
            wrapped(&chart.title, width.saturating_sub(longest + 2).max(20), "").replace('\n', &format!("\n{indent}"));
        format!("{:<longest$}  {title}\n", chart.name)
    };
    charts.iter().map(line).collect()
}

/// Title, picture, and what it says.
fn drawn(chart: &Chart, width: usize, is_ascii: bool) -> String {
    // Before lines are broken: GBP is longer than the sign for it.
    let said = |text: &str| if is_ascii { in_ascii(text) } else { text.to_string() };
    let drawing = said(&characters(chart, width, Signs { is_ascii }));
    let [title, told] = [&chart.title, &chart.told].map(|text| said(text));
    format!("{}\n\n{drawing}\n\n{}\n", wrapped(&title, width, ""), wrapped(&told, width, "  "))
}
