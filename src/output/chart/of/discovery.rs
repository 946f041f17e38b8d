//! The pictures of a discovery: in which worlds something happens, as boxes and as a tree, and what was traded for what.

use super::words::{amount, estimate, input, list, upper};
use super::{chart, each, with_columns};
use crate::output::chart::{Axis, Chart, Dot, Drawing, Line, Mark, Rectangle, Row, Rule};
use crate::output::kept::Kept;
use crate::output::sheet::Value;

/// Parts drawn at most.
const MOST_PARTS: usize = 12;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    [boxes(kept), plane(kept), tree(kept), trade_off(kept)].into_iter().flatten().collect()
}

/// How often it happens in all worlds, where the table of the tree tells.
fn overall(kept: &Kept) -> Option<f64> {
    let tree = with_columns(kept, "tree", &["depth", "share"])?;
    let all = tree.rows.iter().find(|row| tree.number(row, "depth") == 0.0)?;
    Some(tree.number(all, "share"))
}

fn in_all_worlds(kept: &Kept) -> Vec<Rule> {
    overall(kept).map(|at| Rule { at, name: "in all worlds".to_string() }).into_iter().collect()
}

/// How often it happens in each box that was found.
fn boxes(kept: &Kept) -> Option<Chart> {
    let columns = ["box", "restrictions", "worlds", "cases", "density", "density_low", "density_high", "coverage"];
    let sheet = with_columns(kept, "boxes", &columns)?;
    let rows: Vec<&[Value]> = sheet.rows.iter().map(Vec::as_slice).take(MOST_PARTS).collect();
    let number = |row: &[Value], column: &str| sheet.number(row, column);
    let where_it_is = |row: &[Value]| match sheet.words(row, "restrictions") {
        "" => "everywhere else".to_string(),
        words => words.to_string(),
    };
    let ends = |row: &[Value]| ["density_low", "density_high"].map(|end| number(row, end));
    let of = |row: &&[Value]| {
        format!(
            "where {}, in {}, which holds {} of all cases",
            where_it_is(row),
            estimate(number(row, "density"), ends(row), "share"),
            amount(number(row, "coverage"), "share")
        )
    };
    let clear: Vec<&[Value]> = rows.iter().copied().filter(|row| sheet.words(row, "stands_out") != "no").collect();
    let base = overall(kept)
        .map_or_else(String::new, |share| format!("In all worlds it happens in {}. ", amount(share, "share")));
    let told = match clear.is_empty() {
        true => format!("{base}No box stands out."),
        false => format!("{base}It happens {}.", list(&clear.iter().take(3).map(of).collect::<Vec<_>>())),
    };
    let drawn = rows.iter().map(|row| Row {
        note: format!("{} of all cases", amount(number(row, "coverage"), "share")),
        ..Row::new(&format!("{}. {}", number(row, "box"), where_it_is(row)), number(row, "density"), ends(row))
    });
    let drawing = Drawing::Rows {
        x: Axis::percent("Share of the worlds of the box in which it happens"),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: in_all_worlds(kept),
    };
    Some(chart(["boxes", "In which worlds it happens"], told, drawing, sheet, rows, &columns))
}

/// The worlds in the plane of the two inputs that boxes restrict most, with the boxes around them. Where they restrict one alone the other is
/// what the tree divides by, or what was first taken from on the way.
fn plane(kept: &Kept) -> Option<Chart> {
    let worlds = with_columns(kept, "worlds", &["happens"])?;
    let bounds = with_columns(kept, "restrictions", &["box", "input", "low", "high"])?;
    let known = |input: &&str| {
        worlds.column(input).is_some() && worlds.rows.iter().any(|row| worlds.number(row, input).is_finite())
    };
    let mut inputs: Vec<&str> = Vec::new();
    for (sheet, column) in [("restrictions", "input"), ("tree", "divided_by"), ("trajectory", "peeled")] {
        let named = with_columns(kept, sheet, &[column]).map_or(Vec::new(), |sheet| each(sheet, column));
        inputs.extend(named.into_iter().filter(known).filter(|input| !inputs.contains(input)).collect::<Vec<_>>());
    }
    let [x, y, ..] = inputs[..] else { return None };
    let dot = |row: &Vec<Value>| {
        let kind = usize::from(worlds.words(row, "happens") != "yes");
        Dot { x: worlds.number(row, x), y: worlds.number(row, y), kind }
    };
    let dots: Vec<Dot> = worlds.rows.iter().map(dot).collect();
    let range = |number: f64, input: &str| {
        let row = bounds.rows_with("input", input).find(|row| bounds.number(row, "box") == number);
        let end = |column: &str, none: f64| {
            row.map(|row| bounds.number(row, column)).filter(|end| end.is_finite()).unwrap_or(none)
        };
        [end("low", f64::NEG_INFINITY), end("high", f64::INFINITY)]
    };
    let mut numbers: Vec<f64> = bounds.rows.iter().map(|row| bounds.number(row, "box")).collect();
    numbers.dedup();
    let boxes = numbers.iter().map(|&number| Rectangle {
        name: format!("box {number}"),
        x: range(number, x),
        y: range(number, y),
    });
    let unit = |column: &str| worlds.column(column).map_or("", |at| worlds.columns[at].unit.as_str());
    let cases = dots.iter().filter(|dot| dot.kind == 0).count();
    let told = format!(
        "{} worlds, in {cases} of which it happens, by {} and {}; the boxes are those of the picture before, seen along these two inputs.",
        dots.len(),
        input(x),
        input(y)
    );
    let drawing = Drawing::Dots {
        x: Axis::of_unit(&upper(&input(x)), unit(x)),
        y: Axis::of_unit(&upper(&input(y)), unit(y)),
        dots,
        kinds: ["it happens", "it does not"].map(str::to_string).to_vec(),
        boxes: boxes.collect(),
    };
    let rows: Vec<&[Value]> = worlds.rows.iter().map(Vec::as_slice).collect();
    let title = format!("In which worlds it happens, by {} and {}", input(x), input(y));
    Some(chart(["worlds", &title], told, drawing, worlds, rows, &["world", x, y, "happens"]))
}

/// How often it happens in each part of the worlds that a tree divides them into.
fn tree(kept: &Kept) -> Option<Chart> {
    let columns = ["node", "where", "worlds", "cases", "share", "share_low", "share_high", "coverage"];
    let sheet = with_columns(kept, "tree", &["is_leaf", "where", "worlds", "share", "share_low", "share_high"])?;
    let mut rows: Vec<&[Value]> = sheet.rows_with("is_leaf", "yes").collect();
    if rows.len() < 2 {
        return None;
    }
    let share = |row: &[Value]| sheet.number(row, "share");
    let ends = |row: &[Value]| ["share_low", "share_high"].map(|end| sheet.number(row, end));
    rows.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let of =
        |row: &[Value]| format!("{} where {}", estimate(share(row), ends(row), "share"), sheet.words(row, "where"));
    let told = format!("It happens most, in {}, and least, in {}.", of(rows[0]), of(rows[rows.len() - 1]));
    rows.truncate(MOST_PARTS);
    let drawn = rows.iter().map(|row| Row {
        note: format!("{} worlds", sheet.number(row, "worlds")),
        ..Row::new(sheet.words(row, "where"), share(row), ends(row))
    });
    let drawing = Drawing::Rows {
        x: Axis::percent("Share of the worlds of the part in which it happens"),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: in_all_worlds(kept),
    };
    Some(chart(["tree", "The worlds divided by a tree"], told, drawing, sheet, rows, &columns))
}

/// What coverage was given for density as the first box became smaller.
fn trade_off(kept: &Kept) -> Option<Chart> {
    let columns = ["step", "peeled", "worlds", "cases", "density", "coverage", "chosen"];
    let sheet = with_columns(kept, "trajectory", &["box", "density", "coverage", "chosen"])?;
    let rows: Vec<&[Value]> =
        sheet.rows.iter().map(Vec::as_slice).filter(|row| sheet.number(row, "box") == 1.0).collect();
    let at = |row: &[Value]| ["coverage", "density"].map(|column| sheet.number(row, column));
    let mut points: Vec<[f64; 2]> = rows.iter().map(|row| at(row)).collect();
    points.reverse();
    let chosen = at(rows.iter().find(|row| sheet.words(row, "chosen") == "yes")?);
    let told = format!(
        "On the way from all worlds to ever smaller boxes the one that was chosen holds {} of all cases, and in {} of its worlds it happens; restrictions that carry nothing were then dropped again. A smaller box would be purer and hold fewer of the cases.",
        amount(chosen[0], "share"),
        amount(chosen[1], "share")
    );
    let drawing = Drawing::Lines {
        x: Axis::percent("Coverage: share of all cases in the box"),
        y: Axis::percent("Density: share of its worlds in which it happens"),
        lines: vec![Line { name: "Boxes on the way".to_string(), points, is_step: false, bands: Vec::new() }],
        rules: vec![Rule { at: chosen[0], name: "chosen".to_string() }],
    };
    Some(chart(["peeling", "What was traded as the box became smaller"], told, drawing, sheet, rows, &columns))
}
