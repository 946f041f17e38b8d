//! The pictures of a table that was analysed: groups of its rows side by side.

use super::words::{amount, estimate, list, short};
use super::{called, chart, each, with_columns};
use crate::output::chart::{Axis, Band, Chart, Drawing, Line, Mark, Row, Rule};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// Outcomes that have pictures of their own, at most.
const MOST_OUTCOMES: usize = 4;
/// Curves in one picture, at most.
const MOST_CURVES: usize = 5;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let mut charts = Vec::new();
    if let Some(sheet) = with_columns(
        kept,
        "comparison",
        &["outcome", "group", "against", "difference", "difference_low", "difference_high"],
    ) {
        charts.extend(
            each(sheet, "outcome").into_iter().take(MOST_OUTCOMES).filter_map(|outcome| contrasts(sheet, outcome)),
        );
    }
    charts.extend(survival(kept));
    if let Some(sheet) = with_columns(kept, "summary", &["outcome", "group", "mean", "q05", "q50", "q95"]) {
        charts.extend(
            each(sheet, "outcome").into_iter().take(MOST_OUTCOMES).filter_map(|outcome| described(sheet, outcome)),
        );
    }
    charts
}

/// How the groups differ from the first.
fn contrasts(sheet: &Sheet, outcome: &str) -> Option<Chart> {
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let against = sheet.words(rows.first()?, "against");
    let value = |row: &[Value]| sheet.number(row, "difference");
    let ends = |row: &[Value]| ["difference_low", "difference_high"].map(|end| sheet.number(row, end));
    let is_clear = |row: &[Value]| sheet.number(row, "p_adjusted") < 0.05;
    let of = |row: &&[Value]| {
        let clear = if is_clear(row) { "" } else { ", no clear difference" };
        format!("{} {}{clear}", sheet.words(row, "group"), estimate(value(row), ends(row), ""))
    };
    let told = format!("{outcome}, difference to {against}: {}.", rows.iter().map(of).collect::<Vec<_>>().join("; "));
    let drawn = rows.iter().map(|row| Row {
        note: if is_clear(row) { "clear" } else { "no clear difference" }.to_string(),
        ..Row::new(sheet.words(row, "group"), value(row), ends(row))
    });
    let drawing = Drawing::Rows {
        x: Axis::plain(&format!("Difference in {}", called(outcome))),
        mark: Mark::Dot,
        rows: drawn.collect(),
        rules: vec![Rule { at: 0.0, name: against.to_string() }],
    };
    let names = [format!("groups_{}", short(outcome)), format!("How the groups differ in {}", called(outcome))];
    let columns = [
        "group",
        "against",
        "method",
        "mean",
        "mean_against",
        "difference",
        "difference_low",
        "difference_high",
        "p",
        "p_adjusted",
    ];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns))
}

/// How many of each group last how long.
fn survival(kept: &Kept) -> Option<Chart> {
    let columns = ["group", "time", "at_risk", "share", "share_low", "share_high"];
    let sheet = with_columns(kept, "survival", &columns)?;
    let curve = |group: &&str| {
        let steps: Vec<[f64; 4]> = sheet
            .rows_with("group", group)
            .map(|row| ["time", "share", "share_low", "share_high"].map(|column| sheet.number(row, column)))
            .collect();
        Line {
            name: (*group).to_string(),
            points: steps.iter().map(|step| [step[0], step[1]]).collect(),
            is_step: true,
            bands: vec![Band {
                name: "95 % interval".to_string(),
                points: steps.iter().map(|step| [step[0], step[2], step[3]]).collect(),
            }],
        }
    };
    let lines: Vec<Line> = each(sheet, "group").iter().take(MOST_CURVES).map(curve).collect();
    let at_end = |line: &Line| {
        let point = line.points.last()?;
        Some(format!("{} of {} at {}", amount(point[1], "share"), line.name, amount(point[0], "")))
    };
    let told =
        format!("Still there when last looked at: {}.", list(&lines.iter().filter_map(at_end).collect::<Vec<_>>()));
    let rows: Vec<&[Value]> = sheet
        .rows
        .iter()
        .map(Vec::as_slice)
        .filter(|row| lines.iter().any(|line| line.name == sheet.words(row, "group")))
        .collect();
    let drawing =
        Drawing::Lines { x: Axis::plain("Time"), y: Axis::percent("Share that lasts"), lines, rules: Vec::new() };
    Some(chart(["survival", "How many last how long, by group"], told, drawing, sheet, rows, &columns))
}

/// Between what values a column lies in each group.
fn described(sheet: &Sheet, outcome: &str) -> Option<Chart> {
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let name = |row: &[Value]| match sheet.words(row, "group") {
        "" => "all rows".to_string(),
        group => group.to_string(),
    };
    let number = |row: &[Value], column: &str| sheet.number(row, column);
    let of = |row: &&[Value]| {
        format!(
            "{}: median {}, nine in ten between {} and {}",
            name(row),
            amount(number(row, "q50"), ""),
            amount(number(row, "q05"), ""),
            amount(number(row, "q95"), "")
        )
    };
    let told = format!("{outcome}. {}.", rows.iter().take(MOST_CURVES).map(of).collect::<Vec<_>>().join(". "));
    let drawn: Vec<Row> = rows
        .iter()
        .filter(|row| number(row, "q50").is_finite())
        .map(|row| Row {
            note: format!("mean {}", amount(number(row, "mean"), "")),
            ..Row::new(&name(row), number(row, "q50"), [number(row, "q05"), number(row, "q95")])
        })
        .collect();
    let drawing = Drawing::Rows { x: Axis::plain(outcome), mark: Mark::Range, rows: drawn, rules: Vec::new() };
    let names = [format!("spread_{}", short(outcome)), format!("How {} is spread", called(outcome))];
    let columns = ["group", "n", "mean", "mean_low", "mean_high", "q05", "q25", "q50", "q75", "q95"];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns))
}
