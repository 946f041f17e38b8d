//! Lines with bands, histograms and dots in characters.

use super::super::phrases::Phrases;
use super::super::plane::{divider, ends_at_left, near};
use super::super::scale::{Scale, Ticks, can_be_drawn, rounded_out, stretch};
use super::super::{Axis, Band, Bin, Dot, Line, Rectangle, Rule};
use super::{Signs, axis_below, column, cut, legend, put_at};

/// Lines of characters between the axes.
const ROWS: usize = 16;

/// A plane of characters.
struct Grid {
    cells: Vec<Vec<char>>,
    x: Scale,
    y: Scale,
    /// Names of ticks at the left, by their line, and how wide they are.
    ticks: Vec<(usize, String)>,
    indent: usize,
    signs: Signs,
}

impl Grid {
    fn new(width: usize, signs: Signs, y: &Axis, [across, up]: [[f64; 2]; 2]) -> Grid {
        let y_scale = Scale { low: up[0], high: up[1], from: (ROWS - 1) as f64, to: 0.0 };
        let ticks = Ticks::of(up, 4);
        let names = y.figures.at(&ticks, &Phrases::default()).into_iter().map(|name| cut(&signs.words(name), 14));
        let ticks: Vec<(usize, String)> = ticks.values.iter().map(|tick| column(&y_scale, *tick)).zip(names).collect();
        let letters = ticks.iter().map(|(_, name)| name.chars().count()).max().unwrap_or(0);
        let indent = letters + 2;
        let columns = width - indent;
        let x = Scale { low: across[0], high: across[1], from: 0.0, to: (columns - 1) as f64 };
        Grid { cells: vec![vec![' '; columns]; ROWS], x, y: y_scale, ticks, indent, signs }
    }

    fn columns(&self) -> usize {
        self.cells[0].len()
    }

    /// The number in the middle of a column, or of a part of one.
    fn value(&self, column: f64) -> f64 {
        self.x.low + (self.x.high - self.x.low) * (column / (self.columns() - 1) as f64).clamp(0.0, 1.0)
    }

    /// Upright lines where nothing else stands, with their names in a line above where they fit, and what did not fit.
    fn rules(&mut self, rules: &[Rule]) -> (String, Vec<(String, String)>) {
        let (mut above, mut rest) = (vec![' '; self.columns()], Vec::new());
        let sign = self.signs.of('│', '|');
        for rule in rules.iter().filter(|rule| can_be_drawn(rule.at) && self.x.holds(rule.at)) {
            let at = column(&self.x, rule.at);
            for row in &mut self.cells {
                if matches!(row[at], ' ' | '░' | '▒' | '.' | ':') {
                    row[at] = sign;
                }
            }
            let name = cut(&rule.name, self.columns());
            if !put_at(&mut above, at, &name) {
                rest.push((sign.to_string(), rule.name.clone()));
            }
        }
        (format!("{:indent$}{}", "", above.into_iter().collect::<String>(), indent = self.indent), rest)
    }

    /// All lines, with the title of the axis at the left above and what signs mean below.
    fn finish(self, [x, y]: [&Axis; 2], above: String, entries: &[(String, String)]) -> Vec<String> {
        let width = self.indent + self.columns();
        let mut lines = Vec::new();
        if !y.title.is_empty() {
            lines.push(cut(&y.title, width));
        }
        if !above.trim().is_empty() {
            lines.push(above);
        }
        let letters = self.indent - 2;
        for (k, row) in self.cells.iter().enumerate() {
            let name = self.ticks.iter().find(|(at, _)| *at == k).map_or("", |(_, name)| name);
            let edge = if name.is_empty() { self.signs.of('│', '|') } else { self.signs.of('┤', '+') };
            lines.push(format!("{name:>letters$} {edge}{}", row.iter().collect::<String>()));
        }
        lines.extend(axis_below(x, &self.x, self.indent, self.signs));
        lines.extend(legend(entries, width));
        lines
    }
}

/// What a line or the end of a band is at a place; none outside of it.
fn at(points: impl Iterator<Item = [f64; 2]>, place: f64, is_step: bool) -> Option<f64> {
    let mut before: Option<[f64; 2]> = None;
    for point in points.filter(|point| point.iter().all(|end| can_be_drawn(*end))) {
        if point[0] == place {
            return Some(point[1]);
        }
        if point[0] > place {
            let [x, y] = before?;
            let share = (place - x) / (point[0] - x);
            return Some(if is_step { y } else { y + share * (point[1] - y) });
        }
        before = Some(point);
    }
    None
}

pub fn lines(width: usize, signs: Signs, [x, y]: [&Axis; 2], lines: &[Line], rules: &[Rule]) -> Vec<String> {
    let points = || {
        lines
            .iter()
            .flat_map(|line| line.points.iter().copied())
            .filter(|point| point.iter().all(|end| can_be_drawn(*end)))
    };
    let bands = || lines.iter().flat_map(|line| &line.bands).flat_map(|band| band.points.iter().copied());
    let bands = || bands().filter(|point| point.iter().all(|end| can_be_drawn(*end)));
    let across = stretch(points().map(|point| point[0]).chain(rules.iter().map(|rule| rule.at)));
    let up = ends_at_left(y, points().map(|point| point[1]).chain(bands().flat_map(|point| [point[1], point[2]])));
    let mut grid = Grid::new(width, signs, y, [across, up]);
    let mut entries = Vec::new();
    // Bands of several lines would hide each other.
    if let [line] = lines {
        for (rank, band) in line.bands.iter().enumerate() {
            let sign = [signs.of('░', '.'), signs.of('▒', ':')][rank.min(1)];
            shade(&mut grid, band, line.is_step, sign);
            entries.push((sign.to_string(), band.name.clone()));
        }
    }
    let (above, rest) = grid.rules(rules);
    for (kind, line) in lines.iter().enumerate().rev() {
        let sign = if lines.len() == 1 { trace(&mut grid, line) } else { mark(&mut grid, line, signs.kind(kind)) };
        entries.insert(0, (sign.to_string(), line.name.clone()));
    }
    entries.extend(rest);
    grid.finish([x, y], above, &entries)
}

fn shade(grid: &mut Grid, band: &Band, is_step: bool, sign: char) {
    for column in 0..grid.columns() {
        let place = grid.value(column as f64);
        let end = |end: usize| at(band.points.iter().map(|point| [point[0], point[end]]), place, is_step);
        let Some((low, high)) = end(1).zip(end(2)) else { continue };
        let (top, bottom) = (grid.y.at(high).round() as usize, grid.y.at(low).round() as usize);
        for row in top..=bottom.min(ROWS - 1) {
            grid.cells[row][column] = sign;
        }
    }
}

/// Draws a line with a sign in every column; gives the sign.
fn mark(grid: &mut Grid, line: &Line, sign: char) -> char {
    for column in 0..grid.columns() {
        if let Some(value) = at(line.points.iter().copied(), grid.value(column as f64), line.is_step) {
            let row = grid.y.at(value).round() as usize;
            grid.cells[row][column] = sign;
        }
    }
    sign
}

/// Draws a line in dots of braille, two across and four down in a character; gives a sample of it.
fn trace(grid: &mut Grid, line: &Line) -> char {
    if grid.signs.is_ascii {
        return mark(grid, line, '*');
    }
    // Bits of the dots in the left and right half of a character, from above.
    const DOTS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
    let mut last: Option<usize> = None;
    for half in 0..2 * grid.columns() {
        let place = grid.value((half as f64 - 0.5) / 2.0);
        let Some(value) = at(line.points.iter().copied(), place, line.is_step) else { continue };
        let height = ((grid.y.at(value) + 0.5) * 4.0).floor().clamp(0.0, (4 * ROWS - 1) as f64) as usize;
        let from = last.map_or(height, |last| if last < height { last + 1 } else { (last.max(1) - 1).max(height) });
        for dot in from.min(height)..=from.max(height) {
            let cell = &mut grid.cells[dot / 4][half / 2];
            let before = if ('\u{2800}'..='\u{28ff}').contains(cell) { *cell as u32 } else { 0x2800 };
            *cell = char::from_u32(before | DOTS[half % 2][dot % 4]).unwrap_or('⠒');
        }
        last = Some(height);
    }
    '⠒'
}

pub fn histogram(width: usize, signs: Signs, [x, y]: [&Axis; 2], bins: &[Bin], rules: &[Rule]) -> Vec<String> {
    let is_drawn = |bin: &&Bin| [bin.from, bin.to, bin.height].iter().all(|end| can_be_drawn(*end));
    let bins: Vec<&Bin> = bins.iter().filter(is_drawn).collect();
    let ends = stretch(bins.iter().flat_map(|bin| [bin.from, bin.to]));
    let rules = near(rules, ends);
    let across = stretch(rules.iter().map(|rule| rule.at).chain(ends));
    let up = ends_at_left(y, bins.iter().map(|bin| bin.height).chain([0.0]));
    let mut grid = Grid::new(width, signs, y, [across, up]);
    let divider = divider(&rules).unwrap_or(f64::NEG_INFINITY);
    for column in 0..grid.columns() {
        let place = grid.value(column as f64);
        let Some(bin) = bins.iter().find(|bin| bin.from <= place && place < bin.to) else { continue };
        let height = (bin.height - grid.y.low) / (grid.y.high - grid.y.low) * ROWS as f64;
        let eighths = (8.0 * height).round().max(0.0) as usize;
        for k in 0..eighths.div_ceil(8).min(ROWS) {
            let part = (eighths - 8 * k).min(8);
            let is_below = place < divider;
            let sign = match (signs.is_ascii, is_below) {
                (true, true) => '/',
                (true, false) => '#',
                (false, true) => '▒',
                (false, false) => ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][part.max(1) - 1],
            };
            if part >= 4 || (!signs.is_ascii && !is_below) {
                grid.cells[ROWS - 1 - k][column] = sign;
            }
        }
    }
    let (above, rest) = grid.rules(&rules);
    grid.finish([x, y], above, &rest)
}

pub fn dots(
    width: usize,
    signs: Signs,
    axes: [&Axis; 2],
    dots: &[Dot],
    kinds: &[String],
    boxes: &[Rectangle],
) -> Vec<String> {
    let seen: Vec<&Dot> = dots.iter().filter(|dot| can_be_drawn(dot.x) && can_be_drawn(dot.y)).collect();
    let ends = |of: fn(&Dot) -> f64, sides: fn(&Rectangle) -> [f64; 2]| {
        rounded_out(stretch(seen.iter().map(|dot| of(dot)).chain(boxes.iter().flat_map(sides))), 5)
    };
    let (across, up) = (ends(|dot| dot.x, |of| of.x), ends(|dot| dot.y, |of| of.y));
    let mut grid = Grid::new(width, signs, axes[1], [across, up]);
    for dot in seen {
        let (row, column) = (column(&grid.y, dot.y), column(&grid.x, dot.x));
        grid.cells[row][column] = signs.kind(dot.kind);
    }
    for outlined in boxes {
        outline(&mut grid, outlined);
    }
    let mut entries: Vec<(String, String)> =
        kinds.iter().enumerate().map(|(kind, name)| (signs.kind(kind).to_string(), name.clone())).collect();
    let sample = signs.of('┌', '+').to_string();
    entries.extend(boxes.iter().map(|outlined| (sample.clone(), outlined.name.clone())));
    grid.finish(axes, String::new(), &entries)
}

fn outline(grid: &mut Grid, outlined: &Rectangle) {
    let or = |scale: &Scale, end: f64, limit: f64| if end.is_finite() { column(scale, end) } else { limit as usize };
    let (x, y, signs) = (grid.x, grid.y, grid.signs);
    let (left, right) = (or(&x, outlined.x[0], x.from), or(&x, outlined.x[1], x.to));
    let (bottom, top) = (or(&y, outlined.y[0], y.from), or(&y, outlined.y[1], y.to));
    for column in left..=right {
        grid.cells[top][column] = signs.of('─', '-');
        grid.cells[bottom][column] = signs.of('─', '-');
    }
    for row in top..=bottom {
        grid.cells[row][left] = signs.of('│', '|');
        grid.cells[row][right] = signs.of('│', '|');
    }
    for (row, column, corner) in [(top, left, '┌'), (top, right, '┐'), (bottom, left, '└'), (bottom, right, '┘')]
    {
        grid.cells[row][column] = signs.of(corner, '+');
    }
}
