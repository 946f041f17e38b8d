//! In what formats a result is written beside its tables.

use super::failure::Failure;
use super::folder::Folder;
use super::keep::file;
use super::pictures;
use crate::output::chart::of::charts;
use crate::output::csv_style::CsvStyle;
use crate::output::kept::{Kept, Open};
use crate::output::manifest::Entry;
use crate::output::parquet;
use crate::output::workbook::{self, Aside, Profile};
use std::path::PathBuf;

/// What else is to be written of a result.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Formats {
    /// Also write the result as a workbook, result.xlsx [for: analyst, accessible; default: analyst]
    #[arg(long, value_name = "FOR", num_args = 0..=1, require_equals = true, default_missing_value = "analyst", hide_possible_values = true)]
    xlsx: Option<Reader>,
    /// Also write every table as Parquet, which pandas, DuckDB and R read with its types
    #[arg(long)]
    parquet: bool,
    /// Also draw the result: every picture as SVG and PNG, with what it shows in words, into this folder
    #[arg(long, value_name = "DIR", value_parser = pictures::place)]
    charts: Option<PathBuf>,
    /// How the tables are written as text: standard, or as Excel opens them where decimals follow a dot (excel) or a comma
    /// (excel-eu)
    #[arg(long, value_enum, value_name = "STYLE", default_value_t, hide_possible_values = true)]
    csv_style: Style,
}

/// For whom a workbook is made.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Reader {
    /// For who works on with the tables.
    Analyst,
    /// After the checklist for spreadsheets of the public sector.
    Accessible,
}

/// How tables are written as text, as the option names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Style {
    #[default]
    Standard,
    Excel,
    ExcelEu,
}

impl Reader {
    /// The profile of the workbook.
    fn profile(self) -> Profile {
        match self {
            Reader::Analyst => Profile::Analyst,
            Reader::Accessible => Profile::Accessible,
        }
    }
}

impl Formats {
    /// Writes them; `open` reads the tables of rows.
    ///
    /// # Errors
    /// What could not be written.
    pub fn write(&self, kept: &Kept, open: Open, folder: &Folder) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        if let Some(reader) = self.xlsx {
            let (charts, profile, place) = (charts(kept), reader.profile(), folder.path());
            let aside = tempfile::tempfile_in(place).map_err(|error| Failure::files("write into", place, &error))?;
            let aside = Aside { folder: place, file: aside };
            entries.push(file(workbook::NAME, workbook::TITLE, folder, |to| {
                workbook::write(kept, &charts, open, profile, aside, to)
            })?);
        }
        if self.parquet {
            entries.extend(write_parquet(kept, open, folder)?);
        }
        if let Some(place) = &self.charts {
            pictures::write(place, kept, folder.may_replace())?;
        }
        Ok(entries)
    }

    /// How the tables are written as text.
    pub fn style(&self) -> CsvStyle {
        match self.csv_style {
            Style::Standard => CsvStyle::Standard,
            Style::Excel => CsvStyle::Excel,
            Style::ExcelEu => CsvStyle::ExcelEu,
        }
    }
}

/// Every table as Parquet.
fn write_parquet(kept: &Kept, open: Open, folder: &Folder) -> Result<Vec<Entry>, Failure> {
    let name = |name: &str| format!("{name}.parquet");
    let mut entries = Vec::new();
    for rows in &kept.rows {
        let entry = file(&name(&rows.name), &rows.title, folder, |to| {
            parquet::of_csv(&rows.columns, open(&rows.file())?, &kept.about, to)
        })?;
        entries.push(Entry { rows: Some(rows.n_rows), ..entry });
    }
    for sheet in &kept.sheets {
        let entry = file(&name(&sheet.name), &sheet.title, folder, |to| parquet::of_sheet(sheet, &kept.about, to))?;
        entries.push(Entry { rows: Some(sheet.rows.len() as u64), ..entry });
    }
    Ok(entries)
}
