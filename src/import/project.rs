//! What a second table, one row a partnership, adds: its title and its length.

use crate::import::cell;
use crate::import::{Request, missing_column};
use crate::scenario::diagnostic::Diagnostic;

/// A partnership as the second table shows it.
#[derive(Debug, Default)]
pub(super) struct Project {
    pub(super) title: Option<String>,
    pub(super) months: Option<f64>,
}

/// Looks the partnership up. Without a second table, or without it in there, nothing is known.
pub(super) fn find(request: &Request<'_>, id: &str) -> Result<Project, Vec<Diagnostic>> {
    let (Some(table), Some(columns)) = (request.projects, &request.mapping.projects) else {
        return Ok(Project::default());
    };
    let names = [Some(&columns.group), columns.title.as_ref(), columns.months.as_ref()];
    let faults: Vec<Diagnostic> = names
        .into_iter()
        .flatten()
        .filter(|name| table.column(name).is_none())
        .map(|name| missing_column(table, name))
        .collect();
    let Some(group) = table.column(&columns.group).filter(|_| faults.is_empty()) else { return Err(faults) };
    let Some(row) = table.rows.iter().find(|row| &row[group] == id) else { return Ok(Project::default()) };
    let known = |name: &Option<String>| {
        let column = table.column(name.as_ref()?)?;
        (!row[column].is_empty()).then_some(column)
    };
    let mut project = Project { title: known(&columns.title).map(|column| row[column].to_string()), months: None };
    if let Some(column) = known(&columns.months) {
        let months = cell::number(&row[column], request.mapping.decimal).ok().filter(|m| (1.0..=1200.0).contains(m));
        project.months = Some(months.ok_or_else(|| {
            vec![Diagnostic {
                message: format!("\"{}\" is no length of a partnership", &row[column]),
                help: "months from 1 to 1200 are expected".to_string(),
                place: Some(table.place(row, column)),
            }]
        })?);
    }
    Ok(project)
}
