//! The live sheet of an experiment: an outcome and a target, and at how many design points its mean is above it.

use super::super::book::Book;
use super::{Cell, Line, Looks, Page, cells};
use crate::analyse::findings::Share;
use crate::analyse::moments::Moments;
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// Whether there is a summary of points by outcome.
pub fn is_possible(kept: &Kept) -> bool {
    let summary = kept.sheet("summary").filter(|summary| !summary.rows.is_empty());
    summary
        .is_some_and(|summary| ["point", "outcome", "unit", "mean"].iter().all(|name| summary.column(name).is_some()))
}

/// The page, with the first outcome chosen.
pub fn page(book: &Book, kept: &Kept) -> Page {
    let empty = Sheet::new("", "", Vec::new());
    let summary = kept.sheet("summary").unwrap_or(&empty);
    let first = summary.rows.first().map_or(&[][..], Vec::as_slice);
    let point = summary.number(first, "point");
    let policy = summary.words(first, "policy");
    // The rows of the first point stand first and name every outcome once.
    let is_first = |row: &&Vec<Value>| summary.number(row, "point") == point && summary.words(row, "policy") == policy;
    let n_outcomes = summary.rows.iter().take_while(is_first).count();
    let outcome = summary.words(first, "outcome");
    let target = Some(summary.number(first, "target")).filter(|target| target.is_finite()).unwrap_or(0.0);
    let means: Vec<f64> = summary
        .rows_with("outcome", outcome)
        .map(|row| summary.number(row, "mean"))
        .filter(|mean| !mean.is_nan())
        .collect();
    let moments = Moments::of(&means);
    let above = Share::new(means.iter().filter(|mean| **mean > target).count() as u64, moments.n());
    let page = book.page_of("summary.csv");
    let table = page.map_or("Summary", |page| page.name.as_str());
    let column = page.and_then(|page| page.headings.iter().position(|(name, _)| name == "outcome")).unwrap_or(0);
    let which = format!("EXACT({table}[outcome],B2)*ISNUMBER({table}[mean])");
    let number = |label: &str, looks, formula: String, value: f64, told: &str| {
        Line::new(label, looks, Cell::Number(formula, value), told)
    };
    let unit = format!("=INDEX({table}[unit],MATCH(B2,{table}[outcome],0))");
    let lines = vec![
        Line::new(
            "Choose an outcome",
            Looks::Count,
            Cell::Choice(outcome.to_string(), cells(table, column, [2, n_outcomes + 1])),
            "Choose from the list in this cell.",
        ),
        Line::new(
            "Choose a target",
            Looks::OfUnit,
            Cell::Input(target),
            "Type another number, in the unit below: what follows is computed anew.",
        ),
        Line::new(
            "Unit",
            Looks::Count,
            Cell::Text(unit, summary.words(first, "unit").to_string()),
            "Unit of the outcome; amounts of thousand pounds are shown with k.",
        ),
        number(
            "Set-ups",
            Looks::Count,
            format!("=SUMPRODUCT({which})"),
            moments.n() as f64,
            "Design points, each policy counted by itself, in which the mean is defined.",
        ),
        number(
            "Set-ups above the target",
            Looks::Count,
            format!("=SUMPRODUCT({which}*({table}[mean]>B3))"),
            above.count as f64,
            "Those whose mean over the replications is greater than the target.",
        ),
        number(
            "Share above the target",
            Looks::Percent,
            "=B6/B5".to_string(),
            above.value,
            "Of these set-ups. It is a share of the design, not a probability, unless the design was drawn from what is believed.",
        ),
        number(
            "Mean of the means",
            Looks::OfUnit,
            format!("=AVERAGEIF({table}[outcome],B2,{table}[mean])"),
            moments.mean(),
            "Over the set-ups.",
        ),
    ];
    Page {
        lines,
        unit_row: 4,
        told: "Live: choose an outcome and a target, and see at how many points of the design its mean is above it",
    }
}
