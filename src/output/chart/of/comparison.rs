//! The pictures of a comparison: what sets each set-up apart from the first, in the same worlds, and which change carries it.

use super::words::{amount, between, difference, estimate, in_100, input, list, lower, short};
use super::{chart, each, with_columns};
use crate::output::chart::{Axis, Band, Chart, Drawing, Line, Mark, Row, Rule};
use crate::output::column::Column;
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// Outcomes that a reader asks about first.
const FIRST: [&str; 5] = ["premium", "alive", "need_met", "net_value", "failed"];
/// Set-ups that have pictures of their own, at most.
const MOST_SETUPS: usize = 3;
/// Curves in one picture, at most.
const MOST_CURVES: usize = 5;
/// Changes drawn at most.
const MOST_CHANGES: usize = 12;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let Some(paired) = with_columns(kept, "paired", &["setup", "outcome", "difference", "low", "high", "p_holm"])
    else {
        return Vec::new();
    };
    let names: Vec<&str> = each(paired, "setup");
    let shown = || names.iter().take(MOST_SETUPS).copied();
    let mut charts = Vec::new();
    charts.extend(shown().filter_map(|setup| differences(kept, paired, setup, names.len())));
    let first = headline(paired);
    charts.extend(first.and_then(|outcome| tornado(paired, outcome)));
    charts.extend(first.into_iter().flat_map(|outcome| shown().filter_map(move |setup| levers(kept, setup, outcome))));
    charts.extend(survival(kept));
    charts.extend(shown().filter_map(|setup| same_world(paired, setup, names.len())));
    charts.extend(FIRST.iter().filter_map(|outcome| spread(kept, outcome)).take(2));
    charts
}

/// The name of a picture, which says the set-up only where there are several.
fn named(what: &str, setup: &str, n_setups: usize) -> String {
    if n_setups == 1 { what.to_string() } else { format!("{what}_{}", short(setup)) }
}

/// The rows of a set-up on the outcomes that were looked at.
fn looked_at<'s>(paired: &'s Sheet, setup: &'s str) -> impl Iterator<Item = &'s [Value]> {
    paired.rows_with("setup", setup).filter(|row| !paired.number(row, "p_holm").is_nan() || is_same(paired, row))
}

/// Whether an outcome of those that are asked about first is the same in every replication.
fn is_same(paired: &Sheet, row: &[Value]) -> bool {
    paired.words(row, "verdict") == "same" && FIRST.contains(&paired.words(row, "outcome"))
}

/// The outcome that most is said of: of those that differ the one a reader asks about first.
fn headline(paired: &Sheet) -> Option<&str> {
    let differs = |outcome: &str| {
        paired
            .rows_with("outcome", outcome)
            .any(|row| paired.number(row, "difference") != 0.0 && !paired.number(row, "p_holm").is_nan())
    };
    FIRST.iter().copied().chain(each(paired, "outcome")).find(|outcome| differs(outcome))
}

fn ends(sheet: &Sheet, row: &[Value]) -> [f64; 2] {
    ["low", "high"].map(|end| sheet.number(row, end))
}

/// Every outcome on one axis: better to the right, in standard deviations between the worlds of the first set-up.
fn differences(kept: &Kept, paired: &Sheet, setup: &str, n_setups: usize) -> Option<Chart> {
    let setups = with_columns(kept, "setups", &["setup", "outcome", "sd"])?;
    let rows: Vec<&[Value]> = looked_at(paired, setup).collect();
    let against = paired.words(rows.first()?, "against");
    let sd = |outcome: &str| {
        setups
            .rows_with("setup", against)
            .find(|row| setups.words(row, "outcome") == outcome)
            .map_or(f64::NAN, |row| setups.number(row, "sd"))
    };
    let title = format!("{setup} against {against}, in the same worlds");
    let name = named("differences", setup, n_setups);
    let mut columns: Vec<Column> = Vec::new();
    let raw = ["title", "unit", "better", "mean", "mean_against", "difference", "low", "high", "p_holm", "verdict"];
    let places: Vec<usize> = raw.iter().filter_map(|column| paired.column(column)).collect();
    columns.extend(places.iter().map(|&place| paired.columns[place].clone()));
    let of = "in standard deviations between the worlds of what it is held against; above 0 is better";
    let unit = "standard deviations";
    columns.extend([
        Column::number("drawn", &format!("The difference {of}."), unit),
        Column::number("drawn_low", "Lower bound of its 95 % interval.", unit),
        Column::number("drawn_high", "Upper bound of its 95 % interval.", unit),
    ]);
    let mut table = Sheet::new(&name, &title, columns);
    let mut drawn = Vec::new();
    for row in &rows {
        let is_higher = paired.words(row, "better") == "higher";
        let scale = if is_higher { 1.0 } else { -1.0 } / sd(paired.words(row, "outcome"));
        let [low, high] = ends(paired, row).map(|end| end * scale);
        let (value, [low, high]) =
            (paired.number(row, "difference") * scale, if is_higher { [low, high] } else { [high, low] });
        let mut cells: Vec<Value> = places.iter().map(|&place| row[place].clone()).collect();
        cells.extend([value, low, high].map(Value::Number));
        table.push(cells);
        if value.is_finite() {
            let unit = paired.words(row, "unit");
            let note = format!(
                "{}, {}",
                difference(paired.number(row, "difference"), [f64::NAN; 2], unit),
                paired.words(row, "verdict")
            );
            drawn.push(Row { note, ..Row::new(paired.words(row, "title"), value, [low, high]) });
        }
    }
    let drawing = Drawing::Rows {
        x: Axis::plain("Better to the right, in standard deviations between worlds"),
        mark: Mark::Dot,
        rows: drawn,
        rules: vec![Rule { at: 0.0, name: "no difference".to_string() }],
    };
    Some(Chart { told: verdicts(paired, &rows, setup), name, title, drawing, table })
}

/// In which outcomes it is clearly better and worse, the amounts in the outcomes' own units.
fn verdicts(paired: &Sheet, rows: &[&[Value]], setup: &str) -> String {
    let of = |wanted: &str| -> Vec<String> {
        let found = rows.iter().filter(|row| paired.words(row, "verdict") == wanted);
        found
            .map(|row| {
                let unit = paired.words(row, "unit");
                let told = difference(paired.number(row, "difference"), ends(paired, row), unit);
                format!("{} by {told}", lower(paired.words(row, "title")))
            })
            .collect()
    };
    let told = |word: &str, found: Vec<String>| {
        (!found.is_empty()).then(|| format!("{setup} is clearly {word} in {}.", list(&found)))
    };
    let unclear = rows.iter().filter(|row| paired.words(row, "verdict") == "unclear");
    let unclear: Vec<String> = unclear.map(|row| lower(paired.words(row, "title"))).collect();
    let unclear = (!unclear.is_empty()).then(|| format!("There is no clear difference in {}.", list(&unclear)));
    let parts = [told("better", of("better")), told("worse", of("worse")), unclear];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    match told.is_empty() {
        true => format!("{setup} is the same in every replication, whatever was looked at."),
        false => told.join(" "),
    }
}

/// What each set-up makes of one outcome, the greatest difference first.
fn tornado(paired: &Sheet, outcome: &str) -> Option<Chart> {
    let mut rows: Vec<&[Value]> = paired.rows_with("outcome", outcome).collect();
    if rows.len() < 2 {
        return None;
    }
    let found = |row: &[Value]| paired.number(row, "difference");
    rows.sort_by(|a, b| found(b).abs().total_cmp(&found(a).abs()));
    let (title, unit, against) =
        (paired.words(rows[0], "title"), paired.words(rows[0], "unit"), paired.words(rows[0], "against"));
    let of = |row: &&[Value]| {
        format!("{} by {}", paired.words(row, "setup"), difference(found(row), ends(paired, row), unit))
    };
    let told = format!(
        "Against {against}, {} differs with {}.",
        lower(title),
        list(&rows.iter().take(3).map(of).collect::<Vec<_>>())
    );
    let drawn = rows.iter().map(|row| Row {
        note: paired.words(row, "verdict").to_string(),
        ..Row::new(paired.words(row, "setup"), found(row), ends(paired, row))
    });
    let drawing = Drawing::Rows {
        x: Axis::of_unit(&format!("Difference in {}", lower(title)), unit),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: vec![Rule { at: 0.0, name: against.to_string() }],
    };
    let heading = format!("What each set-up makes of {}", lower(title));
    let columns = ["setup", "difference", "low", "high", "p_holm", "verdict"];
    Some(chart([&format!("tornado_{}", short(outcome)), &heading], told, drawing, paired, rows, &columns))
}

/// Which change carries how much of a difference, where there is more than one.
fn levers(kept: &Kept, setup: &str, outcome: &str) -> Option<Chart> {
    let columns = ["lever", "change", "part", "low", "high", "share_of_difference", "method"];
    let sheet = with_columns(kept, "levers", &columns)?;
    let mut rows: Vec<&[Value]> =
        sheet.rows_with("setup", setup).filter(|row| sheet.words(row, "outcome") == outcome).collect();
    if rows.len() < 2 {
        return None;
    }
    let part = |row: &[Value]| sheet.number(row, "part");
    rows.sort_by(|a, b| part(b).abs().total_cmp(&part(a).abs()));
    let (title, unit, n) = (lower(sheet.words(rows[0], "title")), sheet.words(rows[0], "unit"), rows.len());
    let of = |row: &&[Value]| {
        format!("{} carries {}", input(sheet.words(row, "lever")), difference(part(row), ends(sheet, row), unit))
    };
    let mut told = format!("Of the difference in {title}, {}.", list(&rows.iter().take(3).map(of).collect::<Vec<_>>()));
    if n > MOST_CHANGES {
        told += &format!(" Drawn: the {MOST_CHANGES} greatest of {n} parts.");
        rows.truncate(MOST_CHANGES);
    }
    let drawn = rows.iter().map(|row| Row {
        note: sheet.words(row, "change").to_string(),
        ..Row::new(&input(sheet.words(row, "lever")), part(row), ends(sheet, row))
    });
    let drawing = Drawing::Rows {
        x: Axis::of_unit(&format!("Part of the difference in {title}"), unit),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: vec![Rule { at: 0.0, name: "carries nothing".to_string() }],
    };
    let heading = format!("Which change carries how much of the difference in {title} with {setup}");
    let name = format!("levers_{}_{}", short(outcome), short(setup));
    Some(chart([&name, &heading], told, drawing, sheet, rows, &columns))
}

/// How many are together month by month, a curve a set-up or group.
fn survival(kept: &Kept) -> Option<Chart> {
    let columns = ["setup", "month", "share_together", "low", "high"];
    let sheet = with_columns(kept, "survival", &columns)?;
    let setups = each(sheet, "setup");
    let curve = |setup: &&str| {
        let steps: Vec<[f64; 4]> = sheet
            .rows_with("setup", setup)
            .map(|row| ["month", "share_together", "low", "high"].map(|name| sheet.number(row, name)))
            .collect();
        Line {
            name: (*setup).to_string(),
            points: steps.iter().map(|step| [step[0], step[1]]).collect(),
            is_step: true,
            bands: vec![Band {
                name: "95 % interval".to_string(),
                points: steps.iter().map(|step| [step[0], step[2], step[3]]).collect(),
            }],
        }
    };
    let lines: Vec<Line> = setups.iter().take(MOST_CURVES).map(curve).collect();
    let at_end = |line: &Line| {
        let (point, band) = (line.points.last()?, line.bands[0].points.last()?);
        Some(format!("{} with {}", estimate(point[1], [band[1], band[2]], "share"), line.name))
    };
    let months = lines.first()?.points.last()?[0];
    let told = format!(
        "Still together at the end, after {months} months: {}. Each interval is that of one curve; the set-ups live in the same worlds, so their difference is known better than the curves.",
        list(&lines.iter().filter_map(at_end).collect::<Vec<_>>())
    );
    let rows = sheet
        .rows
        .iter()
        .map(Vec::as_slice)
        .filter(|row| lines.iter().any(|line| line.name == sheet.words(row, "setup")));
    let rows: Vec<&[Value]> = rows.collect();
    let drawing = Drawing::Lines {
        x: Axis::plain("Month"),
        y: Axis::percent("Partnerships still together"),
        lines,
        rules: Vec::new(),
    };
    Some(chart(
        ["survival", "How many partnerships are still together, by set-up"],
        told,
        drawing,
        sheet,
        rows,
        &columns,
    ))
}

/// In how many worlds a set-up does better, as well or worse.
fn same_world(paired: &Sheet, setup: &str, n_setups: usize) -> Option<Chart> {
    let columns = [
        "title",
        "better_same_world",
        "better_same_world_low",
        "better_same_world_high",
        "tied_same_world",
        "worse_same_world",
    ];
    if columns.iter().any(|column| paired.column(column).is_none()) {
        return None;
    }
    // Of yes or no most worlds are ties; the difference says more.
    let rows: Vec<&[Value]> = looked_at(paired, setup)
        .filter(|row| paired.words(row, "unit") != "0 or 1" && paired.words(row, "verdict") != "same")
        .collect();
    let against = paired.words(rows.first()?, "against");
    let parts = ["better", "as well", "worse"].map(str::to_string).to_vec();
    let shares = |row: &[Value]| [columns[1], columns[4], columns[5]].map(|column| paired.number(row, column));
    let bars = rows.iter().map(|row| (paired.words(row, "title").to_string(), shares(row).to_vec())).collect();
    let n = paired.number(rows[0], "replications") as u64;
    let of = |row: &&[Value]| {
        let bounds = [columns[2], columns[3]].map(|column| paired.number(row, column));
        format!("on {} {}", lower(paired.words(row, "title")), in_100(paired.number(row, columns[1]), bounds, n))
    };
    let mut first = rows.clone();
    first.sort_by_key(|row| FIRST.iter().position(|name| *name == paired.words(row, "outcome")).unwrap_or(FIRST.len()));
    let told = format!(
        "Living in the same world, {setup} does better than {against} {}.",
        list(&first.iter().take(3).map(of).collect::<Vec<_>>())
    );
    let drawing = Drawing::Parts { x: Axis::percent("Replications"), parts, bars };
    let heading = format!("In how many worlds {setup} does better than {against}");
    Some(chart([&named("same_world", setup, n_setups), &heading], told, drawing, paired, rows, &columns))
}

/// Between what values an outcome lies with each set-up.
fn spread(kept: &Kept, outcome: &str) -> Option<Chart> {
    let columns = ["setup", "mean", "q05", "q25", "q50", "q75", "q95"];
    let sheet = with_columns(kept, "setups", &columns)?;
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let (title, unit) = (sheet.words(rows.first()?, "title"), sheet.words(rows.first()?, "unit"));
    let number = |row: &[Value], column: &str| sheet.number(row, column);
    let varies = rows.iter().any(|row| number(row, "q05") != number(row, "q95"));
    if !varies || unit == "0 or 1" {
        return None;
    }
    let of = |row: &&[Value]| {
        format!("{} with {}", between(number(row, "q05"), number(row, "q95"), unit), sheet.words(row, "setup"))
    };
    let told = format!(
        "Nine in ten replications lie {}. These are spreads between worlds, not uncertainties of a mean.",
        list(&rows.iter().take(MOST_CURVES).map(of).collect::<Vec<_>>())
    );
    let drawn = rows.iter().map(|row| Row {
        note: format!("median {}", amount(number(row, "q50"), unit)),
        ..Row::new(sheet.words(row, "setup"), number(row, "q50"), [number(row, "q05"), number(row, "q95")])
    });
    let drawing = Drawing::Rows {
        x: Axis::of_unit(title, unit),
        mark: Mark::Range,
        rows: drawn.collect(),
        rules: if outcome == "premium" {
            vec![Rule { at: 0.0, name: "as well as alone".to_string() }]
        } else {
            Vec::new()
        },
    };
    let heading = format!("How {} is spread over the worlds, by set-up", lower(title));
    Some(chart([&format!("spread_{}", short(outcome)), &heading], told, drawing, sheet, rows, &columns))
}
