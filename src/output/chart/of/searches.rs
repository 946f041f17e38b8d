//! The pictures of searches: where something switches, what fits what was observed, which levers are best.

use super::words::{amount, estimate, input, lower, short, upper};
use super::{called, chart, each, unit_of, with_columns};
use crate::model::outcomes::MONTHLY;
use crate::output::chart::{Axis, Band, Chart, Dot, Drawing, Line, Mark, Row, Rule};
use crate::output::column::Column;
use crate::output::figure::{decimals_for, grouped};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// Parameters drawn at most.
const MOST_PARAMETERS: usize = 20;
/// Measures that have pictures of their own, at most.
const MOST_MEASURES: usize = 3;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let mut charts: Vec<Chart> = threshold(kept).into_iter().collect();
    charts.extend(posterior(kept));
    charts.extend(fits(kept));
    charts.extend(front(kept));
    charts.extend(progress(kept));
    charts
}

fn figure(value: f64) -> String {
    if value.is_finite() { grouped(value, decimals_for(value)) } else { "an unknown value".to_string() }
}

/// The response along a parameter, with what is asked of it and where that begins to hold.
fn threshold(kept: &Kept) -> Option<Chart> {
    let columns =
        ["parameter", "value", "replications", "estimate", "low", "high", "fitted", "probability_holds", "reading"];
    let curve = with_columns(kept, "curve", &["parameter", "value", "estimate", "low", "high", "fitted"])?;
    let found = with_columns(kept, "threshold", &["condition", "holds", "value", "low", "high"])?;
    let answer = found.rows.first()?;
    let (parameter, condition) = (input(found.words(answer, "parameter")), found.words(answer, "condition"));
    let mut rows: Vec<&[Value]> = curve.rows.iter().map(Vec::as_slice).collect();
    rows.sort_by(|a, b| curve.number(a, "value").total_cmp(&curve.number(b, "value")));
    let points = |column: &str| {
        rows.iter().map(|row| [curve.number(row, "value"), curve.number(row, column)]).collect::<Vec<_>>()
    };
    let band = rows.iter().map(|row| ["value", "low", "high"].map(|column| curve.number(row, column))).collect();
    let quantity = condition.split_whitespace().next().unwrap_or("");
    let mut lines = vec![
        Line {
            name: "Simulated".to_string(),
            points: points("estimate"),
            is_step: false,
            bands: vec![Band { name: "95 % interval".to_string(), points: band }],
        },
        Line {
            name: "Fitted, rising or falling only".to_string(),
            points: points("fitted"),
            is_step: false,
            bands: Vec::new(),
        },
    ];
    let asked: Option<f64> = condition.split_whitespace().last().and_then(|word| word.parse().ok());
    if let (Some(asked), Some(first), Some(last)) = (asked, rows.first(), rows.last()) {
        let ends = [first, last].map(|row| [curve.number(row, "value"), asked]);
        lines.push(Line {
            name: format!("Asked for: {condition}"),
            points: ends.to_vec(),
            is_step: false,
            bands: Vec::new(),
        });
    }
    let [value, low, high] = ["value", "low", "high"].map(|column| found.number(answer, column));
    let holds = found.words(answer, "holds");
    let told = match value.is_finite() {
        true => {
            format!("{condition} holds {holds} {parameter} = {} ({} to {}).", figure(value), figure(low), figure(high))
        }
        false => format!("{condition}: {holds}, at no value of {parameter} looked at does that change."),
    };
    let told = format!(
        "{told} Over the values looked at, {} goes from {} to {}.",
        called(quantity),
        along(curve, rows.first()?, quantity),
        along(curve, rows.last()?, quantity)
    );
    let rules =
        if value.is_finite() { vec![Rule { at: value, name: format!("holds {holds} here") }] } else { Vec::new() };
    let unit = curve.column("value").map_or("", |at| curve.columns[at].unit.as_str());
    let y = Axis::of_unit(&upper(&called(quantity)), unit_of(quantity));
    let drawing = Drawing::Lines { x: Axis::of_unit(&upper(&parameter), unit), y, lines, rules };
    let title = format!("Where {condition} begins or ceases to hold");
    Some(chart(["threshold", &title], told, drawing, curve, rows, &columns))
}

fn along(curve: &Sheet, row: &[Value], quantity: &str) -> String {
    let ends = ["low", "high"].map(|column| curve.number(row, column));
    estimate(curve.number(row, "estimate"), ends, unit_of(quantity))
}

/// What is believed of each parameter after the data, along the range believed before.
fn posterior(kept: &Kept) -> Option<Chart> {
    let raw =
        ["parameter", "unit", "prior_q025", "prior_q975", "q025", "median", "q975", "variance_removed", "data_say"];
    let sheet = with_columns(kept, "prior_posterior", &raw[..7])?;
    let rows: Vec<&[Value]> = sheet.rows.iter().map(Vec::as_slice).take(MOST_PARAMETERS).collect();
    let title = "What is believed after the data, along what was believed before";
    let places: Vec<usize> = raw.iter().filter_map(|column| sheet.column(column)).collect();
    let mut columns: Vec<Column> = places.iter().map(|&place| sheet.columns[place].clone()).collect();
    let unit = "share of the prior's range";
    let along = "where 0 is the prior's 2.5 % quantile and 1 its 97.5 % quantile.";
    columns.extend([
        Column::number("drawn", &format!("The median after the data, {along}"), unit),
        Column::number("drawn_low", &format!("The 2.5 % quantile after the data, {along}"), unit),
        Column::number("drawn_high", &format!("The 97.5 % quantile after the data, {along}"), unit),
    ]);
    let mut table = Sheet::new("posterior", title, columns);
    let mut drawn = Vec::new();
    for row in &rows {
        let [from, to] = ["prior_q025", "prior_q975"].map(|column| sheet.number(row, column));
        let [low, median, high] =
            ["q025", "median", "q975"].map(|column| (sheet.number(row, column) - from) / (to - from));
        let mut cells: Vec<Value> = places.iter().map(|&place| row[place].clone()).collect();
        cells.extend([median, low, high].map(Value::Number));
        table.push(cells);
        let note = format!("the data say {}", sheet.words(row, "data_say"));
        drawn.push(Row { note, ..Row::new(&input(sheet.words(row, "parameter")), median, [low, high]) });
    }
    let of = |row: &&[Value]| {
        let [median, low, high] = ["median", "q025", "q975"].map(|column| sheet.number(row, column));
        let removed = amount(sheet.number(row, "variance_removed"), "share");
        format!(
            "{}: {}, the data say {} and remove {removed} of the variance",
            input(sheet.words(row, "parameter")),
            estimate(median, [low, high], ""),
            sheet.words(row, "data_say")
        )
    };
    let told = format!("{}.", rows.iter().take(4).map(of).collect::<Vec<_>>().join(". "));
    let drawing = Drawing::Rows {
        x: Axis::plain("0 to 1: what was believed before, 95 % of it"),
        mark: Mark::Range,
        rows: drawn,
        rules: [0.0, 1.0].map(|at| Rule { at, name: "end of what was believed".to_string() }).to_vec(),
    };
    (!rows.is_empty()).then(|| Chart { name: "posterior".to_string(), title: title.to_string(), told, drawing, table })
}

/// What the calibrated scenario gives beside what was observed.
fn fits(kept: &Kept) -> Vec<Chart> {
    let columns = ["month", "observed", "standard_error", "predicted", "low", "high", "fits"];
    let Some(sheet) = with_columns(kept, "fit", &["measure", "month", "observed", "predicted", "low", "high", "fits"])
    else {
        return Vec::new();
    };
    let of = |measure: &str| {
        let declared = MONTHLY.iter().find(|monthly| monthly.column == measure);
        let title = declared.map_or(measure, |monthly| monthly.title);
        let rows: Vec<&[Value]> = sheet.rows_with("measure", measure).collect();
        let at = |column: &str| {
            rows.iter().map(|row| [sheet.number(row, "month"), sheet.number(row, column)]).collect::<Vec<_>>()
        };
        let band = rows.iter().map(|row| ["month", "low", "high"].map(|column| sheet.number(row, column))).collect();
        let band = Band { name: "95 % of what it gives".to_string(), points: band };
        let lines = vec![
            Line {
                name: "Calibrated scenario".to_string(),
                points: at("predicted"),
                is_step: false,
                bands: vec![band],
            },
            Line { name: "Observed".to_string(), points: at("observed"), is_step: false, bands: Vec::new() },
        ];
        let n = rows.len();
        let fitting = rows.iter().filter(|row| sheet.words(row, "fits") == "yes").count();
        let told = format!(
            "{fitting} of {n} observed figures of {} lie where the calibrated scenario, with its luck and the error of observation, puts them.",
            lower(title)
        );
        let is_share = measure.ends_with("_share");
        let y = if is_share { Axis::percent(title) } else { Axis::plain(title) };
        let drawing = Drawing::Lines { x: Axis::plain("Month"), y, lines, rules: Vec::new() };
        let names = [
            format!("fit_{}", short(measure)),
            format!("What was observed beside what the calibrated scenario gives: {}", lower(title)),
        ];
        chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns)
    };
    each(sheet, "measure").into_iter().take(MOST_MEASURES).map(of).collect()
}

/// The candidates of a search in the plane of two quantities.
fn front(kept: &Kept) -> Option<Chart> {
    let sheet = with_columns(kept, "front", &["candidate"])?;
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    let mut axes: Vec<&str> =
        names.iter().copied().filter(|name| sheet.column(&format!("{name}_se")).is_some()).collect();
    axes.extend(names.contains(&"cost").then_some("cost"));
    let [x, y, ..] = axes[..] else { return None };
    let kinds =
        ["unbeaten afresh too", "beaten or not allowed afresh", "the scenario as it is"].map(str::to_string).to_vec();
    let kind = |row: &[Value]| match (sheet.words(row, "candidate"), sheet.words(row, "unbeaten_afresh")) {
        ("base", _) => 2,
        (_, "no") => 1,
        _ => 0,
    };
    let rows: Vec<&[Value]> = sheet
        .rows
        .iter()
        .map(Vec::as_slice)
        .filter(|row| [x, y].iter().all(|axis| sheet.number(row, axis).is_finite()))
        .collect();
    let dots: Vec<Dot> =
        rows.iter().map(|row| Dot { x: sheet.number(row, x), y: sheet.number(row, y), kind: kind(row) }).collect();
    let found: Vec<&Dot> = dots.iter().filter(|dot| dot.kind < 2).collect();
    let best = |value: fn(&Dot) -> f64| {
        found.iter().map(|dot| value(dot)).fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
            [f64::min(low, value), f64::max(high, value)]
        })
    };
    let ([x_low, x_high], [y_low, y_high]) = (best(|dot| dot.x), best(|dot| dot.y));
    let told = format!(
        "{} candidates that no other found beats: {} from {} to {}, {} from {} to {}. These are the figures by which the search chose them, which flatter; the table of fresh replications does not.{}",
        found.len(),
        called(x),
        amount(x_low, unit_of(x)),
        amount(x_high, unit_of(x)),
        called(y),
        amount(y_low, unit_of(y)),
        amount(y_high, unit_of(y)),
        base(&dots, [x, y])
    );
    let axis = |name: &str| Axis::of_unit(&upper(&called(name)), unit_of(name));
    let drawing = Drawing::Dots { x: axis(x), y: axis(y), dots, kinds, boxes: Vec::new() };
    Some(chart(["front", "The best that the search found"], told, drawing, sheet, rows, &names))
}

fn base(dots: &[Dot], [x, y]: [&str; 2]) -> String {
    let of =
        |dot: &Dot| format!(" The scenario as it is: {} and {}.", amount(dot.x, unit_of(x)), amount(dot.y, unit_of(y)));
    dots.iter().find(|dot| dot.kind == 2).map_or_else(String::new, of)
}

/// How a search went on, generation by generation.
fn progress(kept: &Kept) -> Option<Chart> {
    let sheet = with_columns(kept, "history", &["generation", "tried"])?;
    let best = sheet.columns.iter().map(|column| column.name.as_str()).find(|name| name.starts_with("best "))?;
    let quantity = best.trim_start_matches("best ");
    let rows: Vec<&[Value]> = sheet.rows.iter().map(Vec::as_slice).collect();
    let points: Vec<[f64; 2]> = rows.iter().map(|row| [sheet.number(row, "tried"), sheet.number(row, best)]).collect();
    let known: Vec<&[f64; 2]> = points.iter().filter(|point| point[1].is_finite()).collect();
    let (first, last) = (known.first()?, known.last()?);
    let told = format!(
        "The best {} found so far goes from {} after {} candidates to {} after {}.",
        called(quantity),
        amount(first[1], unit_of(quantity)),
        first[0],
        amount(last[1], unit_of(quantity)),
        last[0]
    );
    let line = Line { name: "Best so far".to_string(), points, is_step: true, bands: Vec::new() };
    let drawing = Drawing::Lines {
        x: Axis::plain("Candidates tried"),
        y: Axis::of_unit(&upper(&called(quantity)), unit_of(quantity)),
        lines: vec![line],
        rules: Vec::new(),
    };
    let names = ["generation", "tried", best];
    Some(chart(["search", "How the search went on"], told, drawing, sheet, rows, &names))
}
