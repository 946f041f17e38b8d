//! The pictures of what outcomes depend on: indices of sensitivity, parts of the variance, effects of levels, and the response itself.

use super::words::{amount, difference, estimate, input, list, short};
use super::{called, chart, each, unit_of, with_columns};
use crate::output::chart::{Axis, Chart, Dot, Drawing, Mark, Row, Rule};
use crate::output::figure::{decimals_for, grouped};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// The index that is drawn of each method, and what it says.
const INDICES: [(&str, &str, &str); 5] = [
    ("sobol", "total", "Share of the variance that the input has a part in"),
    ("morris", "mu_star", "Mean change of the outcome over the input's range"),
    ("rank", "spearman", "Rank correlation: 1 rises with it, -1 falls with it, 0 neither"),
    ("delta", "delta", "Share of the distribution that moves when the input is known"),
    ("pawn", "pawn_median", "How far the cumulated shares move when the input is known"),
];
/// Outcomes that have pictures of their own, at most.
const MOST_OUTCOMES: usize = 2;
/// Inputs drawn at most.
const MOST_INPUTS: usize = 12;
/// Dots drawn at most.
const MOST_DOTS: usize = 2000;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let mut charts = Vec::new();
    if let Some(sheet) =
        with_columns(kept, "effects", &["factor", "level", "against", "outcome", "difference", "low", "high"])
    {
        charts.extend(
            each(sheet, "outcome").into_iter().take(MOST_OUTCOMES).filter_map(|outcome| effects(sheet, outcome)),
        );
    }
    if let Some(sheet) = with_columns(
        kept,
        "sensitivity",
        &["outcome", "method", "index", "place", "input", "with", "estimate", "low", "high"],
    ) {
        for (k, outcome) in each(sheet, "outcome").into_iter().take(MOST_OUTCOMES).enumerate() {
            // Methods may differ, which is shown for the first outcome.
            let most = if k == 0 { INDICES.len() } else { 1 };
            charts.extend(INDICES.iter().filter_map(|index| influences(sheet, outcome, *index)).take(most));
        }
    }
    charts.extend(variance(kept));
    charts.extend(responses(kept));
    charts
}

fn ends(sheet: &Sheet, row: &[Value]) -> [f64; 2] {
    ["low", "high"].map(|end| sheet.number(row, end))
}

/// A bar an input, by one index.
fn influences(sheet: &Sheet, outcome: &str, (method, index, meaning): (&str, &str, &str)) -> Option<Chart> {
    let is_it = |row: &&[Value]| {
        sheet.words(row, "method") == method
            && sheet.words(row, "index") == index
            && sheet.words(row, "with").is_empty()
    };
    let mut rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).filter(is_it).collect();
    rows.sort_by(|a, b| sheet.number(a, "place").total_cmp(&sheet.number(b, "place")));
    let n = rows.len();
    rows.truncate(MOST_INPUTS);
    let value = |row: &[Value]| sheet.number(row, "estimate");
    let figure = |value: f64| grouped(value, decimals_for(value));
    let of = |row: &&[Value]| {
        let [low, high] = ends(sheet, row);
        let interval = if low.is_nan() { String::new() } else { format!(" ({} to {})", figure(low), figure(high)) };
        format!("{} {}{interval}", input(sheet.words(row, "input")), figure(value(row)))
    };
    let clear = rows.iter().filter(|row| sheet.words(row, "is_clear") == "yes").count();
    let title = called(outcome);
    let told = format!(
        "Of {n} inputs, {title} depends most on {}. {} more than an input without influence would.",
        list(&rows.iter().take(3).map(of).collect::<Vec<_>>()),
        match clear {
            0 => "None of those drawn clearly moves it".to_string(),
            1 => "One of those drawn clearly moves it".to_string(),
            clear => format!("{clear} of those drawn clearly move it"),
        }
    );
    let drawn = rows.iter().map(|row| Row {
        note: if sheet.words(row, "is_clear") == "yes" { "clear" } else { "not clear" }.to_string(),
        ..Row::new(&input(sheet.words(row, "input")), value(row), ends(sheet, row))
    });
    let axis = if method == "morris" { Axis::of_unit(meaning, unit_of(outcome)) } else { Axis::plain(meaning) };
    let drawing = Drawing::Rows { x: axis, mark: Mark::Bar, rows: drawn.collect(), rules: Vec::new() };
    let names = [
        format!("sensitivity_{method}_{}", short(outcome)),
        format!("What {title} depends on ({})", method_name(method)),
    ];
    let columns = ["place", "input", "index", "meaning", "estimate", "low", "high", "is_clear"];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns))
}

/// What a method is called.
fn method_name(method: &str) -> &str {
    match method {
        "sobol" => "Sobol'",
        "morris" => "Morris",
        "rank" => "ranks",
        "delta" => "Borgonovo's delta",
        "pawn" => "PAWN",
        other => other,
    }
}

/// What an outcome's variance comes from, a bar an outcome.
fn variance(kept: &Kept) -> Option<Chart> {
    let columns = ["outcome", "part", "share", "low", "high"];
    let sheet = with_columns(kept, "variance", &columns)?;
    let parts: Vec<String> = each(sheet, "part").into_iter().map(str::to_string).collect();
    let outcomes = each(sheet, "outcome");
    let share = |outcome: &str, part: &str| {
        let row = sheet.rows_with("outcome", outcome).find(|row| sheet.words(row, "part") == part)?;
        Some((sheet.number(row, "share"), ends(sheet, row)))
    };
    let bars = outcomes.iter().map(|outcome| {
        let sizes = parts.iter().map(|part| share(outcome, part).map_or(f64::NAN, |(share, _)| share));
        (called(outcome), sizes.collect())
    });
    let first = *outcomes.first()?;
    let of = |part: &String| {
        let (share, ends) = share(first, part)?;
        Some(format!("{} from {part}", estimate(share, ends, "share")))
    };
    let told = format!(
        "Of the variance of {}, {}. Luck is what no knowledge would remove.",
        called(first),
        list(&parts.iter().filter_map(of).collect::<Vec<_>>())
    );
    let drawing = Drawing::Parts { x: Axis::percent("Share of the variance"), bars: bars.collect(), parts };
    let rows: Vec<&[Value]> = sheet.rows.iter().map(Vec::as_slice).collect();
    Some(chart(["variance", "What the variance comes from"], told, drawing, sheet, rows, &columns))
}

/// A tornado: how far an outcome moves between the levels of each factor.
fn effects(sheet: &Sheet, outcome: &str) -> Option<Chart> {
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let unit = sheet.words(rows.first()?, "unit");
    let found = |row: &[Value]| sheet.number(row, "difference");
    let reach = |factor: &str| {
        let values = rows
            .iter()
            .filter(|row| sheet.words(row, "factor") == factor)
            .map(|row| found(row))
            .filter(|value| value.is_finite());
        values.fold([0.0; 2], |[low, high], value| [f64::min(low, value), f64::max(high, value)])
    };
    let mut factors: Vec<(&str, [f64; 2])> =
        each(sheet, "factor").into_iter().map(|factor| (factor, reach(factor))).collect();
    let width = |[low, high]: [f64; 2]| high - low;
    factors.sort_by(|a, b| width(b.1).total_cmp(&width(a.1)));
    factors.truncate(MOST_INPUTS);
    // The levels at the two ends, where they move it at all.
    let extremes = |factor: &str, reach: [f64; 2], told: &dyn Fn(&[Value]) -> String| -> Vec<String> {
        let row = |end: f64| rows.iter().find(|row| sheet.words(row, "factor") == factor && found(row) == end);
        let moving = reach.into_iter().filter(|end| *end != 0.0).filter_map(row);
        moving.map(|row| format!("{}: {}", sheet.words(row, "level"), told(row))).collect()
    };
    let drawn = factors.iter().map(|(factor, [low, high])| {
        let notes = extremes(factor, [*low, *high], &|row| difference(found(row), [f64::NAN; 2], unit));
        Row { note: notes.join(", "), ..Row::new(&input(factor), 0.0, [*low, *high]) }
    });
    let title = called(outcome);
    let of = |(factor, [low, high]): &(&str, [f64; 2])| {
        let told = extremes(factor, [*low, *high], &|row| difference(found(row), ends(sheet, row), unit));
        (!told.is_empty()).then(|| format!("{} ({})", input(factor), told.join("; ")))
    };
    let furthest: Vec<String> = factors.iter().take(3).filter_map(of).collect();
    let told = match furthest.is_empty() {
        true => format!("No level of any factor moves {title}."),
        false => format!("What moves {title} furthest: {}.", list(&furthest)),
    };
    let drawing = Drawing::Rows {
        x: Axis::of_unit(&format!("Difference in {title}"), unit),
        mark: Mark::Range,
        rows: drawn.collect(),
        rules: vec![Rule { at: 0.0, name: "as held against".to_string() }],
    };
    let names = [format!("tornado_{}", short(outcome)), format!("How far each factor moves {title}")];
    let rows: Vec<&[Value]> = rows
        .iter()
        .copied()
        .filter(|row| factors.iter().any(|(factor, _)| *factor == sheet.words(row, "factor")))
        .collect();
    let columns = ["factor", "level", "against", "difference", "low", "high"];
    Some(chart([&names[0], &names[1]], told, drawing, sheet, rows, &columns))
}

/// Each quantity at the points, over the factor that it depends on most.
fn responses(kept: &Kept) -> Vec<Chart> {
    let (Some(points), Some(factors)) = (kept.sheet("points"), with_columns(kept, "factors", &["factor"])) else {
        return Vec::new();
    };
    let quantities = points.columns.iter().map(|column| column.name.as_str());
    let quantities = quantities.filter(|name| points.column(&format!("{name}_se")).is_some()).take(MOST_OUTCOMES);
    let is_number = |factor: &&str| {
        let values: Vec<f64> =
            points.rows.iter().map(|row| points.number(row, factor)).filter(|value| value.is_finite()).collect();
        values.iter().any(|value| *value != values[0])
    };
    let numbers: Vec<&str> = each(factors, "factor").into_iter().filter(is_number).collect();
    quantities.filter_map(|quantity| response(points, quantity, most_important(kept, quantity, &numbers)?)).collect()
}

/// Of these factors the one that an outcome depends on most, by the first method that says; else the first.
fn most_important<'f>(kept: &Kept, quantity: &str, factors: &[&'f str]) -> Option<&'f str> {
    let by_method = || {
        let sheet = kept.sheet("sensitivity")?;
        let rows = sheet.rows_with("outcome", quantity).filter(|row| sheet.words(row, "with").is_empty());
        let mut rows: Vec<&[Value]> = rows.collect();
        rows.sort_by(|a, b| sheet.number(a, "place").total_cmp(&sheet.number(b, "place")));
        rows.iter().find_map(|row| factors.iter().copied().find(|factor| *factor == sheet.words(row, "input")))
    };
    by_method().or(factors.first().copied())
}

fn response(points: &Sheet, quantity: &str, factor: &str) -> Option<Chart> {
    let policies = each(points, "policy");
    let kinds: Vec<String> = if policies.is_empty() {
        vec!["points".to_string()]
    } else {
        policies.iter().map(|name| (*name).to_string()).collect()
    };
    let at = |row: &&[Value]| {
        let [x, y] = [factor, quantity].map(|column| points.number(row, column));
        let kind = policies.iter().position(|policy| *policy == points.words(row, "policy")).unwrap_or(0);
        (x.is_finite() && y.is_finite()).then_some(Dot { x, y, kind })
    };
    let rows: Vec<&[Value]> =
        points.rows.iter().map(Vec::as_slice).filter(|row| at(row).is_some()).take(MOST_DOTS).collect();
    let dots: Vec<Dot> = rows.iter().filter_map(at).collect();
    let unit = |column: &str| points.column(column).map_or("", |at| points.columns[at].unit.as_str());
    let least = dots.iter().min_by(|a, b| a.y.total_cmp(&b.y))?;
    let most = dots.iter().max_by(|a, b| a.y.total_cmp(&b.y))?;
    let (title, called_factor) = (called(quantity), input(factor));
    let place = |dot: &Dot| {
        format!(
            "{} where {called_factor} is {}{}",
            amount(dot.y, unit(quantity)),
            super::words::bare(dot.x, ""),
            kind_of(&kinds, dot)
        )
    };
    let told = format!("Over {} points, {title} goes from {} to {}.", dots.len(), place(least), place(most));
    let drawing = Drawing::Dots {
        x: Axis::of_unit(&super::words::upper(&called_factor), unit(factor)),
        y: Axis::of_unit(&super::words::upper(&title), unit(quantity)),
        dots,
        kinds,
        boxes: Vec::new(),
    };
    let names = [format!("response_{}", short(quantity)), format!("How {title} goes with {called_factor}")];
    let se = format!("{quantity}_se");
    Some(chart([&names[0], &names[1]], told, drawing, points, rows, &["point", "policy", factor, quantity, &se]))
}

fn kind_of(kinds: &[String], dot: &Dot) -> String {
    if kinds.len() > 1 { format!(" ({})", kinds[dot.kind]) } else { String::new() }
}
