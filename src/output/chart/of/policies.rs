//! The pictures of a choice: what each policy brings, what it costs not to have chosen another, and what it would be worth to know.

use super::words::{amount, difference, input, list, short, upper};
use super::{called, chart, each, unit_of, with_columns};
use crate::output::chart::{Axis, Chart, Dot, Drawing, Mark, Row, Rule};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// Outcomes that have pictures of their own, at most.
const MOST_OUTCOMES: usize = 2;
/// Policies that are told apart in a plane, at most.
const MOST_POLICIES: usize = 8;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let mut charts = Vec::new();
    if let Some(sheet) =
        with_columns(kept, "policies", &["policy", "outcome", "difference", "difference_low", "difference_high"])
    {
        charts.extend(
            each(sheet, "outcome").into_iter().take(MOST_OUTCOMES).filter_map(|outcome| differences(sheet, outcome)),
        );
    }
    charts.extend(trade_off(kept));
    if let Some(sheet) = with_columns(kept, "choosing", &["policy", "outcome", "regret_mean", "regret_greatest"]) {
        charts.extend(
            each(sheet, "outcome").into_iter().take(MOST_OUTCOMES).filter_map(|outcome| regret(sheet, outcome)),
        );
    }
    if let Some(sheet) = with_columns(kept, "information", &["outcome", "known", "value", "low", "high"]) {
        charts.extend(each(sheet, "outcome").into_iter().take(1).filter_map(|outcome| information(sheet, outcome)));
    }
    charts
}

/// What each policy brings more than the first, over the worlds.
fn differences(sheet: &Sheet, outcome: &str) -> Option<Chart> {
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let (first, others) = rows.split_first()?;
    let (unit, against, title) = (sheet.words(first, "unit"), sheet.words(first, "policy"), called(outcome));
    let value = |row: &[Value]| sheet.number(row, "difference");
    let ends = |row: &[Value]| ["difference_low", "difference_high"].map(|end| sheet.number(row, end));
    let of = |row: &&[Value]| format!("{} {}", sheet.words(row, "policy"), difference(value(row), ends(row), unit));
    let told = format!(
        "Against {against}, whose mean {title} is {}, over {} worlds: {}.",
        amount(sheet.number(first, "mean"), unit),
        sheet.number(first, "worlds"),
        list(&others.iter().map(of).collect::<Vec<_>>())
    );
    let drawn = others.iter().map(|row| Row {
        note: format!("more in {} of the worlds", amount(sheet.number(row, "greater_share"), "share")),
        ..Row::new(sheet.words(row, "policy"), value(row), ends(row))
    });
    let drawing = Drawing::Rows {
        x: Axis::of_unit(&format!("Difference in {title}"), unit),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: vec![Rule { at: 0.0, name: against.to_string() }],
    };
    let names = [format!("policies_{}", short(outcome)), format!("What each policy makes of {title}")];
    let columns = ["policy", "worlds", "mean", "difference", "difference_low", "difference_high", "greater_share"];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows.iter().copied(), &columns))
}

/// The policies in the plane of two outcomes, where they may have to be traded for one another.
fn trade_off(kept: &Kept) -> Option<Chart> {
    let columns = ["policy", "respect", "better", "mean", "on_front", "beaten_by"];
    let sheet = with_columns(kept, "pareto", &columns)?;
    let [x, y, ..] = each(sheet, "respect")[..] else { return None };
    let policies: Vec<&str> = each(sheet, "policy").into_iter().take(MOST_POLICIES).collect();
    let mean = |policy: &str, respect: &str| {
        let row = sheet.rows_with("policy", policy).find(|row| sheet.words(row, "respect") == respect);
        row.map_or(f64::NAN, |row| sheet.number(row, "mean"))
    };
    let dots = policies
        .iter()
        .enumerate()
        .map(|(kind, policy)| Dot { x: mean(policy, x), y: mean(policy, y), kind })
        .collect();
    let on_front = |policy: &&&str| sheet.rows_with("policy", policy).any(|row| sheet.number(row, "on_front") == 1.0);
    let front: Vec<String> = policies
        .iter()
        .filter(on_front)
        .map(|policy| {
            format!("{policy} ({}, {})", amount(mean(policy, x), unit_of(x)), amount(mean(policy, y), unit_of(y)))
        })
        .collect();
    let told = format!("On {} and {} together, no other policy beats {}.", called(x), called(y), list(&front));
    let axis = |respect: &str| Axis::of_unit(&format!("Mean {}", called(respect)), unit_of(respect));
    let kinds = policies.iter().map(|policy| (*policy).to_string()).collect();
    let drawing = Drawing::Dots { x: axis(x), y: axis(y), dots, kinds, boxes: Vec::new() };
    let title = format!("What is traded: {} against {}", called(x), called(y));
    let rows = sheet.rows.iter().map(Vec::as_slice).filter(|row| policies.contains(&sheet.words(row, "policy")));
    let rows: Vec<&[Value]> = rows.collect();
    Some(chart(["trade_off", &upper(&title)], told, drawing, sheet, rows, &columns))
}

/// What it costs not to have chosen what is best in the world that comes: from the mean to the greatest.
fn regret(sheet: &Sheet, outcome: &str) -> Option<Chart> {
    let mut rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let number = |row: &[Value], column: &str| sheet.number(row, column);
    rows.sort_by(|a, b| number(a, "regret_greatest").total_cmp(&number(b, "regret_greatest")));
    let (least, most) = (*rows.first()?, *rows.last()?);
    let (unit, title) = (unit_of(outcome), called(outcome));
    let of = |row: &[Value]| {
        format!(
            "{} ({} at most, {} on average)",
            sheet.words(row, "policy"),
            amount(number(row, "regret_greatest"), unit),
            amount(number(row, "regret_mean"), unit)
        )
    };
    let told = format!(
        "Regret is how much {title} is missed by not having chosen what is best in the world that comes. Least is missed with {}, most with {}.",
        of(least),
        of(most)
    );
    let drawn = rows.iter().map(|row| {
        let [mean, greatest] = ["regret_mean", "regret_greatest"].map(|column| number(row, column));
        Row {
            note: format!("greatest {}", amount(greatest, unit)),
            ..Row::new(sheet.words(row, "policy"), mean, [0.0, greatest])
        }
    });
    let drawing = Drawing::Rows {
        x: Axis::of_unit(&format!("Regret in {title}: mean, and range to the greatest"), unit),
        mark: Mark::Range,
        rows: drawn.collect(),
        rules: Vec::new(),
    };
    let names = [format!("regret_{}", short(outcome)), format!("How much each policy may miss of {title}")];
    let columns = ["policy", "worlds", "mean", "worst", "best_share", "regret_mean", "regret_greatest"];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns))
}

/// What it would be worth to know.
fn information(sheet: &Sheet, outcome: &str) -> Option<Chart> {
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let (unit, title) = (unit_of(outcome), called(outcome));
    let value = |row: &[Value]| sheet.number(row, "value");
    let ends = |row: &[Value]| ["low", "high"].map(|end| sheet.number(row, end));
    let everything = rows.first().copied().filter(|row| sheet.words(row, "known").starts_with("everything"))?;
    // Where nothing is worth knowing there is nothing to draw.
    if rows.iter().all(|row| value(row) <= 0.0 && ends(row)[1] <= 0.0) {
        return None;
    }
    let by_chance = |row: &[Value]| sheet.number(row, "by_chance");
    let told_apart: Vec<String> = rows
        .iter()
        .filter(|row| value(row) > by_chance(row))
        .map(|row| format!("{} {}", input(sheet.words(row, "known")), amount(value(row), unit)))
        .collect();
    let told = format!(
        "To know beforehand which world comes would be worth {} of {title} on average, as one could then choose for it. {}",
        super::words::estimate(value(everything), ends(everything), unit),
        match told_apart.is_empty() {
            true => "Of no single input is it worth more to know than chance alone would show.".to_string(),
            false =>
                format!("Of single inputs it is worth more than chance alone would show to know {}.", list(&told_apart)),
        }
    );
    let drawn = rows.iter().map(|row| Row::new(&input(sheet.words(row, "known")), value(row), ends(row)));
    let drawing = Drawing::Rows {
        x: Axis::of_unit(&format!("Gain in {title}"), unit),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: Vec::new(),
    };
    let names = [format!("information_{}", short(outcome)), format!("What it would be worth to know, for {title}")];
    let columns = ["known", "value", "low", "high", "by_chance"];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns))
}
