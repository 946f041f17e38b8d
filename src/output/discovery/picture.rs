//! Trajectory and tree in characters, for the terminal.

use super::Asked;
use crate::analyse::discovery::region::Side;
use crate::analyse::discovery::tree::Tree;
use crate::analyse::discovery::{Discovery, FoundBox};
use crate::output::figure::grouped;

/// Columns and rows of the picture of a trajectory.
const SIZE: (usize, usize) = (50, 11);

/// Longest bar of a share, and the shortest that says anything.
const BAR: (usize, usize) = (20, 5);

/// The tree, one line a part, indented by its depth, with a bar for its share where `width` has room for it.
pub fn tree(asked: &Asked, tree: &Tree, width: usize) -> String {
    let name = |at: usize| match tree.nodes[at].parent {
        None => format!("all {}s", asked.noun),
        Some(parent) => {
            let Some((input, bound)) = tree.own_bound(asked.worlds, parent, at) else { return String::new() };
            asked.restriction(input, &bound)
        }
    };
    let lines = tree.nodes.iter().enumerate().map(|(at, node)| {
        let mark = if node.split.is_none() && at > 0 { "• " } else { "" };
        (format!("{}{mark}{}", "  ".repeat(node.depth), name(at)), node.count)
    });
    let lines: Vec<_> = lines.collect();
    let longest = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let counts = lines.iter().map(|(_, count)| asked.counted(count.n).chars().count()).max().unwrap_or(0);
    // Two blanks, the share with its interval, and a blank.
    let room = width.saturating_sub(longest + counts + 22);
    let length = if room < BAR.1 { 0 } else { room.min(BAR.0) };
    let drawn = lines.into_iter().map(|(name, count)| {
        let share = count.density();
        let filled = (share * length as f64).round() as usize;
        let bar = format!("{}{}", "█".repeat(filled), "░".repeat(length - filled));
        let interval = count.density_interval();
        let (low, high) = ((100.0 * interval.low).floor(), (100.0 * interval.high).ceil());
        let told = format!("{:>3} of 100 ({}–{})", grouped(100.0 * share, 0), grouped(low, 0), grouped(high, 0));
        let gap = " ".repeat(longest - name.chars().count());
        let bar = if bar.is_empty() { bar } else { format!(" {bar}") };
        format!("{name}{gap}{bar} {told:<19} {}", asked.counted(count.n))
    });
    format!(
        "The tree: in how many of 100 it happens, part by part (• a leaf; in brackets, 95 % intervals)\n{}",
        drawn.collect::<Vec<_>>().join("\n")
    )
}

/// How coverage is traded for density along a peeling trajectory; the chosen point is filled.
pub fn trajectory(asked: &Asked, found: &FoundBox) -> String {
    let all = found.among;
    let least = all.density();
    let most = found.found.trajectory.iter().map(|step| step.count.density()).fold(least, f64::max);
    let (columns, rows) = SIZE;
    let mut grid = vec![vec![' '; columns + 1]; rows];
    let chosen = &found.found.trajectory[found.found.chosen];
    let points = found.found.trajectory.iter().map(|step| (step.count, '·')).chain([(chosen.count, '●')]);
    for (count, mark) in points {
        let share = (count.density() - least) / (most - least).max(1e-12);
        let row = rows - 1 - (share * (rows - 1) as f64).round() as usize;
        grid[row][(count.coverage(all) * columns as f64).round() as usize] = mark;
    }
    let label = |row: usize| {
        let share = most - (most - least) * row as f64 / (rows - 1) as f64;
        if row.is_multiple_of(5) { format!("{:>4}", grouped(100.0 * share, 0)) } else { "    ".to_string() }
    };
    let lines = grid.iter().enumerate().map(|(row, line)| {
        let line: String = line.iter().collect();
        format!("{} │{line}", label(row)).trim_end().to_string()
    });
    format!(
        "Of 100 {}s in the box: how many are {}, as it is peeled from right to left (● chosen)\n{}\n     └{}\n      0 {:^46} 100",
        asked.noun,
        asked.cases(),
        lines.collect::<Vec<_>>().join("\n"),
        "─".repeat(columns + 1),
        format!("of 100 {}: how many the box covers", asked.cases())
    )
}

/// Headings and rows of the table of restrictions, all boxes together.
pub fn restrictions(asked: &Asked, discovery: &Discovery) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let headings = vec!["Box", "Restriction", "In 100", "Without it", "Quasi-p", "Came back", "Bounds there"];
    let mut rows = Vec::new();
    for (k, found) in discovery.boxes.iter().enumerate() {
        for restriction in &found.restrictions {
            let halves = found.firmness.halves as f64;
            let [low_from, low_to, high_from, high_to] = restriction.ranges;
            let sides = restriction.bound.sides();
            let ends = [(Side::Low, low_from, low_to), (Side::High, high_from, high_to)];
            let ends = ends.into_iter().filter(|(side, from, _)| sides.contains(side) && from.is_finite());
            let ranges: Vec<String> = ends.map(|(_, from, to)| format!("{} to {}", short(from), short(to))).collect();
            rows.push(vec![
                (k + 1).to_string(),
                asked.restriction(restriction.input, &restriction.bound),
                grouped(100.0 * found.count.density(), 0),
                grouped(100.0 * restriction.without.density(), 0),
                chance(restriction.quasi_p),
                format!("{} of {}", grouped(restriction.reproduced * halves, 0), grouped(halves, 0)),
                ranges.join("; "),
            ]);
        }
    }
    (headings, rows)
}

/// What the headings of that table mean.
pub fn legend(asked: &Asked) -> String {
    format!(
        "In 100: {} in 100 {}s of the box, and without the restriction. Quasi-p: chance of so many if the restriction did not matter. \
         Came back: in how many random halves of the {}s the same restriction was found, with nine in ten of its bounds.",
        asked.cases(),
        asked.noun,
        asked.noun
    )
}

/// A number to three digits.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => grouped(crate::output::figure::rounded(value), 0),
        size if size >= 100.0 => grouped(value, 0),
        size if size >= 10.0 => grouped(value, 1),
        _ => grouped(value, 2),
    }
}

/// A probability: as `0.03`, or below what anybody would tell apart.
fn chance(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_string() } else { grouped(p, 3) }
}
