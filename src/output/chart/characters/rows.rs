//! Rows and divided bars in characters.

use super::super::phrases::Phrases;
use super::super::scale::{Scale, can_be_drawn, rounded_out, stretch};
use super::super::{Axis, Figures, Mark, Row, Rule};
use super::{Signs, axis_below, column, cut, legend, put_at};

/// Names are cut beyond this share of the width.
const LONGEST_NAME: f64 = 0.35;

/// How many characters the longest of some texts has, up to a share of the width.
fn longest<'t>(texts: impl Iterator<Item = &'t str>, width: usize, share: f64) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0).min((share * width as f64) as usize)
}

pub fn rows(width: usize, signs: Signs, x: &Axis, mark: Mark, rows: &[Row], rules: &[Rule]) -> Vec<String> {
    let zero = (mark == Mark::Bar).then_some(0.0);
    let values = rows.iter().flat_map(|row| [row.value, row.low, row.high]);
    let [low, high] = rounded_out(stretch(values.chain(rules.iter().map(|rule| rule.at)).chain(zero)), 5);
    let letters = longest(rows.iter().map(|row| row.name.as_str()), width, LONGEST_NAME);
    let remarks = longest(rows.iter().map(|row| row.note.as_str()), width, 0.25);
    let columns = width - letters - 2 - if remarks > 0 { remarks + 2 } else { 0 };
    let scale = Scale { low, high, from: 0.0, to: (columns - 1) as f64 };
    let mut above = vec![' '; columns];
    let mut rest = Vec::new();
    let seen: Vec<&Rule> = rules.iter().filter(|rule| can_be_drawn(rule.at) && scale.holds(rule.at)).collect();
    for rule in &seen {
        let name = cut(&rule.name, columns);
        if !put_at(&mut above, column(&scale, rule.at), &name) {
            rest.push((signs.of('│', '|').to_string(), rule.name.clone()));
        }
    }
    let mut lines = Vec::new();
    if above.iter().any(|sign| *sign != ' ') {
        lines.push(format!("{:letters$}  {}", "", above.into_iter().collect::<String>()));
    }
    for row in rows {
        let mut cells = vec![' '; columns];
        for rule in &seen {
            cells[column(&scale, rule.at)] = signs.of('│', '|');
        }
        draw(&mut cells, &scale, mark, row, signs);
        let (name, note) = (cut(&row.name, letters), cut(&row.note, remarks));
        lines.push(
            format!("{name:<letters$}  {}  {note}", cells.into_iter().collect::<String>()).trim_end().to_string(),
        );
    }
    lines.extend(axis_below(x, &scale, letters + 2, signs));
    lines.extend(legend(&rest, width));
    lines
}

fn draw(cells: &mut [char], scale: &Scale, mark: Mark, row: &Row, signs: Signs) {
    let whole = !row.low.is_nan() && !row.high.is_nan();
    let is_range = mark == Mark::Range && whole;
    if !can_be_drawn(row.value) && !is_range {
        let told = "not defined";
        cells.iter_mut().zip(told.chars()).for_each(|(cell, sign)| *cell = sign);
        return;
    }
    let fill = |cells: &mut [char], one: f64, other: f64, sign: char| {
        let (one, other) = (column(scale, one), column(scale, other));
        cells[one.min(other)..=one.max(other)].fill(sign);
    };
    match mark {
        Mark::Bar => fill(cells, 0.0, row.value, if row.value < 0.0 { signs.of('▒', '/') } else { signs.of('█', '#') }),
        Mark::Range if whole => fill(cells, row.low, row.high, signs.of('█', '#')),
        Mark::Range | Mark::Dot => {}
    }
    if whole && mark != Mark::Range {
        let (low, high) = (column(scale, row.low.min(row.high)), column(scale, row.low.max(row.high)));
        cells[low..=high].fill(signs.of('─', '-'));
        cells[low] = signs.of('├', '|');
        cells[high] = signs.of('┤', '|');
    }
    if can_be_drawn(row.value) {
        match mark {
            Mark::Dot => cells[column(scale, row.value)] = signs.of('●', 'o'),
            Mark::Range => cells[column(scale, row.value)] = signs.of('┃', '|'),
            Mark::Bar => {}
        }
    }
}

pub fn parts(width: usize, signs: Signs, x: &Axis, parts: &[String], bars: &[(String, Vec<f64>)]) -> Vec<String> {
    let is_drawn = |size: &&f64| can_be_drawn(**size) && **size > 0.0;
    let sum = |bar: &(String, Vec<f64>)| bar.1.iter().filter(is_drawn).sum::<f64>();
    let [_, high] = stretch(bars.iter().map(sum).chain([0.0]));
    let is_whole = x.figures == Figures::Percent && high > 0.5 && high <= 1.0 + 1e-9;
    let [low, high] = if is_whole { [0.0, high.max(1.0)] } else { rounded_out([0.0, high], 5) };
    let letters = longest(bars.iter().map(|bar| bar.0.as_str()), width, LONGEST_NAME);
    let columns = width - letters - 2;
    let scale = Scale { low, high, from: 0.0, to: (columns - 1) as f64 };
    let (mut lines, phrases) = (Vec::new(), Phrases::default());
    for (name, sizes) in bars {
        let (mut cells, mut begin) = (vec![' '; columns], 0.0);
        for (kind, size) in sizes.iter().enumerate().filter(|(_, size)| is_drawn(size)) {
            let (from, to) = (column(&scale, begin), column(&scale, begin + size));
            begin += size;
            cells[from..to].fill(signs.part(kind));
            let told = signs.words(x.figures.brief(*size, &phrases));
            if told.chars().count() + 2 < to - from {
                let told = format!(" {told} ");
                let at = from + (to - from - told.chars().count()) / 2;
                told.chars().enumerate().for_each(|(k, sign)| cells[at + k] = sign);
            }
        }
        let name = cut(name, letters);
        lines.push(format!("{name:<letters$}  {}", cells.into_iter().collect::<String>()));
    }
    lines.extend(axis_below(x, &scale, letters + 2, signs));
    let entries: Vec<(String, String)> =
        parts.iter().enumerate().map(|(kind, name)| (signs.part(kind).to_string(), name.clone())).collect();
    lines.extend(legend(&entries, width));
    lines
}
