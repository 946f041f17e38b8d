//! The tables of a discovery: boxes, their restrictions, the trajectories they were chosen from, and the tree.

use super::Asked;
use crate::analyse::discovery::prim::trade_off;
use crate::analyse::discovery::region::Bound;
use crate::analyse::discovery::worlds::Values;
use crate::analyse::discovery::{Discovery, FoundBox, Restriction};
use crate::output::column::Column;
use crate::output::sheet::{Sheet, Value};

/// Worlds that are kept, the first ones: enough to see the boxes among.
const MOST_WORLDS: usize = 2000;

/// Every table, in order.
pub fn sheets(asked: &Asked, discovery: &Discovery) -> Vec<Sheet> {
    vec![
        boxes(asked, discovery),
        restrictions(asked, discovery),
        trajectory(asked, discovery),
        tree(asked, discovery),
        worlds(asked),
    ]
}

/// The boxes with whether each stands out.
fn all(discovery: &Discovery) -> impl Iterator<Item = (usize, &FoundBox)> {
    discovery.boxes.iter().chain(&discovery.refused).enumerate().map(|(k, found)| (k + 1, found))
}

fn boxes(asked: &Asked, discovery: &Discovery) -> Sheet {
    let mut sheet = Sheet::new("boxes", "Boxes in the space of inputs", box_columns());
    for (number, found) in all(discovery) {
        let (count, aside, among) = (found.count, found.firmness.aside, found.among);
        let bounds = found.restrictions.iter().map(|restriction| (restriction.input, &restriction.bound));
        let interval = |interval: crate::analyse::wilson::Interval| [interval.low.into(), interval.high.into()];
        let mut row: Vec<Value> = vec![
            number.into(),
            if found.stands_out() { "yes" } else { "no" }.into(),
            asked.restrictions(bounds).into(),
            found.restrictions.len().into(),
            count.n.into(),
            count.cases.into(),
            count.mass(discovery.all).into(),
            count.density().into(),
        ];
        row.extend(interval(count.density_interval()));
        row.push(count.coverage(discovery.all).into());
        row.extend(interval(count.coverage_interval(discovery.all)));
        row.push(trade_off(count, among).into());
        row.extend([among.n.into(), among.cases.into(), among.density().into()]);
        row.extend([aside.n.into(), aside.cases.into(), aside.density().into()]);
        row.extend(interval(aside.density_interval()));
        row.push(aside.coverage(among).into());
        row.extend(interval(aside.coverage_interval(among)));
        sheet.push(row);
    }
    sheet
}

/// The columns of `boxes`.
pub(in crate::output) fn box_columns() -> Vec<Column> {
    let share = |name: &str, meaning: &str| Column::number(name, meaning, "share");
    let interval = |name: &str, what: &str| {
        let end = |end: &str, word: &str| {
            share(&format!("{name}_{end}"), &format!("{word} end of the 95 % interval (Wilson) of {what}."))
        };
        [end("low", "Lower"), end("high", "Upper")]
    };
    let mut columns = vec![
        Column::whole("box", "Number of the box; each was looked for among what the ones before it left.", "number"),
        Column::text(
            "stands_out",
            "yes: in worlds left aside its density is clearly above that of all it was looked for in, and a restriction came back in most halves.",
        ),
        Column::text("restrictions", "What it restricts, in words."),
        Column::whole("restricted_inputs", "Inputs that it restricts.", "inputs"),
        Column::whole("worlds", "Worlds in it.", "worlds"),
        Column::whole("cases", "Worlds in it in which it happens.", "worlds"),
        share("mass", "Share of all worlds that are in it."),
        share("density", "Share of its worlds in which it happens."),
    ];
    columns.extend(interval("density", "the density"));
    columns.push(share("coverage", "Share of all worlds in which it happens that are in the box."));
    columns.extend(interval("coverage", "the coverage"));
    columns.push(share("trade_off", "Harmonic mean of its coverage and of the share of the way from the density of all worlds it was looked for in to 1 that its density goes."));
    columns.extend([
        Column::whole("among_worlds", "Worlds that it was looked for in.", "worlds"),
        Column::whole("among_cases", "Those of them in which it happens.", "worlds"),
        share("among_density", "Share of these."),
        Column::whole(
            "aside_worlds",
            "Worlds in boxes that were found while these worlds were left aside (ten parts, each left aside once).",
            "worlds",
        ),
        Column::whole("aside_cases", "Those of them in which it happens.", "worlds"),
        share("aside_density", "Share of these: the density without the flattery of having been chosen."),
    ]);
    columns.extend(interval("aside_density", "the density in worlds left aside"));
    columns.push(share("aside_coverage", "Coverage in worlds left aside."));
    columns.extend(interval("aside_coverage", "the coverage in worlds left aside"));
    columns
}

fn restrictions(asked: &Asked, discovery: &Discovery) -> Sheet {
    let mut sheet = Sheet::new("restrictions", "What the boxes restrict", restriction_columns());
    for (number, found) in all(discovery) {
        for restriction in &found.restrictions {
            let Restriction { input, bound, without, .. } = restriction;
            let wording = asked.wording(*input);
            let (low, high) = ends(bound);
            let words = if matches!(bound, Bound::Among(_)) { asked.allowed(*input, bound) } else { String::new() };
            let mut row: Vec<Value> = vec![
                number.into(),
                asked.names[*input].clone().into(),
                asked.restriction(*input, bound).into(),
                wording.unit.into(),
                low.into(),
                high.into(),
                words.into(),
                without.density().into(),
                without.coverage(discovery.all).into(),
            ];
            row.extend([restriction.quasi_p, restriction.quasi_p_low, restriction.quasi_p_high].map(Value::from));
            row.push(restriction.reproduced.into());
            row.extend(restriction.ranges.map(Value::from));
            sheet.push(row);
        }
    }
    sheet
}

/// The ends of a range, NaN where there is no bound.
fn ends(bound: &Bound) -> (f64, f64) {
    let known = |end: f64| if end.is_finite() { end } else { f64::NAN };
    match bound {
        Bound::Range { low, high } => (known(*low), known(*high)),
        Bound::Among(_) => (f64::NAN, f64::NAN),
    }
}

/// The columns of `restrictions`.
pub(in crate::output) fn restriction_columns() -> Vec<Column> {
    let unit = "see column unit";
    let mut columns = vec![
        Column::whole("box", "Number of the box, as in boxes.csv.", "number"),
        Column::text("input", "The input, as in its table."),
        Column::text("restriction", "The restriction in words."),
        Column::text("unit", "Unit of the bounds; empty for shares, indices and what is unknown."),
        Column::number("low", "Least value allowed; empty where there is no bound.", unit),
        Column::number("high", "Greatest value allowed; empty where there is no bound.", unit),
        Column::text("words", "Words allowed, of an input that holds words."),
        Column::number("density_without", "Density of the box without this restriction.", "share"),
        Column::number("coverage_without", "Coverage of the box without this restriction.", "share"),
    ];
    let of = [("quasi_p", "the restriction"), ("quasi_p_low", "its lower bound"), ("quasi_p_high", "its upper bound")];
    columns.extend(of.map(|(name, what)| {
        let meaning = format!("Probability that the box would have so many cases by chance if {what} did not matter (binomial; quasi, as it was chosen to be small).");
        Column::number(name, &meaning, "probability")
    }));
    columns.push(Column::number(
        "reproduced",
        "Share of the random halves in which the same sides of the input were restricted.",
        "share",
    ));
    let ranges =
        [("low_q05", "lower", 5), ("low_q95", "lower", 95), ("high_q05", "upper", 5), ("high_q95", "upper", 95)];
    columns.extend(ranges.map(|(name, side, percent)| {
        let meaning = format!("Of the {side} bounds found in random halves, the one that {percent} % stay below; empty where there was none.");
        Column::number(name, &meaning, unit)
    }));
    columns
}

fn trajectory(asked: &Asked, discovery: &Discovery) -> Sheet {
    let mut sheet = Sheet::new("trajectory", "How coverage was traded for density", trajectory_columns());
    for (number, found) in all(discovery) {
        for (at, step) in found.found.trajectory.iter().enumerate() {
            let count = step.count;
            sheet.push(vec![
                number.into(),
                at.into(),
                step.peeled.map_or("", |input| asked.names[input].as_str()).into(),
                count.n.into(),
                count.cases.into(),
                count.mass(found.among).into(),
                count.density().into(),
                count.coverage(found.among).into(),
                step.region.restricted().count().into(),
                trade_off(count, found.among).into(),
                if at == found.found.chosen { "yes" } else { "no" }.into(),
            ]);
        }
    }
    sheet
}

/// The columns of `trajectory`.
pub(in crate::output) fn trajectory_columns() -> Vec<Column> {
    vec![
        Column::whole("box", "Number of the box, as in boxes.csv.", "number"),
        Column::whole("step", "Slices taken away so far.", "slices"),
        Column::text("peeled", "The input that the last slice was taken from."),
        Column::whole("worlds", "Worlds left.", "worlds"),
        Column::whole("cases", "Worlds left in which it happens.", "worlds"),
        Column::number("mass", "Share of all worlds it was looked for in that are left.", "share"),
        Column::number("density", "Share of the worlds left in which it happens.", "share"),
        Column::number("coverage", "Share of the cases among the worlds it was looked for in that are left.", "share"),
        Column::whole("restricted_inputs", "Inputs restricted so far.", "inputs"),
        Column::number(
            "trade_off",
            "As in boxes.csv; the point with the highest is chosen unless a density is asked for.",
            "share",
        ),
        Column::text("chosen", "yes for the point that the box was made from."),
    ]
}

fn tree(asked: &Asked, discovery: &Discovery) -> Sheet {
    let mut sheet = Sheet::new("tree", "The worlds divided by a tree", tree_columns());
    let tree = &discovery.tree;
    for (at, node) in tree.nodes.iter().enumerate() {
        let region = tree.region(asked.worlds, at);
        let bounds = region.restricted().map(|input| (input, &region.bounds[input]));
        let interval = node.count.density_interval();
        let split = node.split.as_ref();
        let words = split.filter(|split| matches!(split.first, Bound::Among(_)));
        sheet.push(vec![
            at.into(),
            node.parent.map_or(String::new(), |parent| parent.to_string()).into(),
            node.depth.into(),
            if split.is_none() { "yes" } else { "no" }.into(),
            asked.restrictions(bounds).into(),
            split.map_or("", |split| asked.names[split.input].as_str()).into(),
            split.map_or(f64::NAN, |split| ends(&split.first).1).into(),
            words.map_or(String::new(), |split| asked.allowed(split.input, &split.first)).into(),
            node.count.n.into(),
            node.count.cases.into(),
            node.count.density().into(),
            interval.low.into(),
            interval.high.into(),
            node.count.coverage(discovery.all).into(),
        ]);
    }
    sheet
}

/// The first worlds themselves. An input that is called like another column is left out.
fn worlds(asked: &Asked) -> Sheet {
    let others = ["world", "happens"];
    let kept: Vec<usize> =
        (0..asked.names.len()).filter(|&input| !others.contains(&asked.names[input].as_str())).collect();
    let column = |&input: &usize| {
        let (name, told) = (&asked.names[input], asked.wording(input));
        let meaning = format!("What was varied: {}.", told.words);
        match asked.worlds.inputs[input] {
            Values::Numbers(_) => Column::number(name, &meaning, if told.unit.is_empty() { "1" } else { told.unit }),
            Values::Words { .. } => Column::text(name, &meaning),
        }
    };
    let columns = world_columns(kept.iter().map(column));
    let mut sheet = Sheet::new("worlds", "The worlds that were searched, the first 2,000", columns);
    for (number, is_case) in asked.worlds.cases.iter().take(MOST_WORLDS).enumerate() {
        let mut row: Vec<Value> = vec![number.into()];
        row.extend(kept.iter().map(|&input| match &asked.worlds.inputs[input] {
            Values::Numbers(numbers) => numbers[number].into(),
            Values::Words { words, of } => words[of[number]].as_str().into(),
        }));
        row.push(if *is_case { "yes" } else { "no" }.into());
        sheet.push(row);
    }
    sheet
}

/// The columns of `worlds`, with those of the inputs.
pub(in crate::output) fn world_columns(inputs: impl IntoIterator<Item = Column>) -> Vec<Column> {
    let mut columns =
        vec![Column::whole("world", "Number of the world among those that were searched, from 0.", "number")];
    columns.extend(inputs);
    columns.push(Column::text("happens", "yes where it happens."));
    columns
}

/// The columns of `tree`.
pub(in crate::output) fn tree_columns() -> Vec<Column> {
    vec![
        Column::whole("node", "Number of the part, from 0 for all worlds.", "number"),
        Column::text("parent", "The part that it is a part of; empty for all worlds."),
        Column::whole("depth", "Divisions above it.", "divisions"),
        Column::text("is_leaf", "yes where it is not divided further."),
        Column::text("where", "All that a world in it must be like, in words."),
        Column::text("divided_by", "The input that it is divided by; empty for a leaf."),
        Column::number(
            "at_most",
            "Up to this value a world goes into the first part; empty for words and leaves.",
            "unit of the input",
        ),
        Column::text("words", "With these words a world goes into the first part; empty for numbers and leaves."),
        Column::whole("worlds", "Worlds in it.", "worlds"),
        Column::whole("cases", "Worlds in it in which it happens.", "worlds"),
        Column::number("share", "Share of its worlds in which it happens.", "share"),
        Column::number("share_low", "Lower end of the 95 % interval (Wilson) of the share.", "share"),
        Column::number("share_high", "Upper end of the 95 % interval (Wilson) of the share.", "share"),
        Column::number("coverage", "Share of all worlds in which it happens that are in it.", "share"),
    ]
}
