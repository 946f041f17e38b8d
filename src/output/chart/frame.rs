//! What surrounds the data: heading, legend, axes, and lines at values worth one. Each takes its room before the data gets the
//! rest, so that no words are drawn over others.

use super::lettering::{shortened, width, wrapped};
use super::look::{Ink, Look};
use super::phrases::Phrases;
use super::scale::{Scale, Ticks, can_be_drawn};
use super::scene::{Anchor, Dash, Item, Scene, Shape, Words, line};
use super::{Axis, Rule};

/// Size of the letters of a heading.
pub const HEADING: f64 = 17.0;
/// Size of all others.
pub const LETTERS: f64 = 12.5;
/// From one line of words to the next.
pub const LEADING: f64 = 17.0;
/// Kept free at each side.
pub const MARGIN: f64 = 4.0;

/// A picture being made, from above.
#[derive(Debug)]
pub struct Frame {
    /// Its width.
    pub width: f64,
    /// How much of it is filled.
    pub filled: f64,
    /// What is drawn so far.
    pub items: Vec<Item>,
    is_alone: bool,
    /// What it says between the words it is given.
    pub phrases: Phrases,
}

/// What stands for something in a legend.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The shapes, around a middle at nothing, 22 wide and 12 high.
    pub sample: Vec<Shape>,
    /// What it is.
    pub name: String,
}

/// Width of a sample in a legend.
const SAMPLE: f64 = 22.0;

impl Frame {
    /// An empty picture, with its title where it is by itself.
    pub fn new(title: &str, look: &Look) -> Frame {
        let width = if look.width.is_finite() { look.width.clamp(240.0, 4000.0) } else { 720.0 };
        let mut frame =
            Frame { width, filled: 0.0, items: Vec::new(), is_alone: look.is_alone, phrases: look.phrases.clone() };
        if look.is_alone {
            frame.filled = 2.0 * MARGIN;
            for text in wrapped(title, HEADING, true, width - 2.0 * MARGIN, 3) {
                frame.filled += 22.0;
                let at = [MARGIN, frame.filled - 5.0];
                let words = Words { at, anchor: Anchor::Start, size: HEADING, is_bold: true, ink: Ink::Words, text };
                frame.items.push(Item::around(vec![Shape::Words(words)]));
            }
            frame.filled += 6.0;
        }
        frame
    }

    /// Words aside, in up to two lines over the whole width.
    pub fn aside(&mut self, text: &str) {
        for text in wrapped(text, LETTERS, false, self.width - 2.0 * MARGIN, 2) {
            self.filled += LEADING;
            self.items.push(Item::around(vec![words([MARGIN, self.filled - 5.0], Anchor::Start, Ink::Aside, text)]));
        }
    }

    /// Samples with their names, in as many lines as they need.
    pub fn legend(&mut self, entries: &[Entry]) {
        let (mut x, mut drawn) = (MARGIN, Vec::new());
        let top = self.filled;
        if !entries.is_empty() {
            self.filled += LEADING + 2.0;
        }
        for entry in entries {
            let name = shortened(&entry.name, LETTERS, false, self.width - 2.0 * MARGIN - SAMPLE - 6.0);
            let taken = SAMPLE + 6.0 + width(&name, LETTERS, false);
            if x > MARGIN && x + taken > self.width - MARGIN {
                (x, self.filled) = (MARGIN, self.filled + LEADING + 2.0);
            }
            let middle = [x + SAMPLE / 2.0, self.filled - 9.0];
            drawn.extend(entry.sample.iter().map(|shape| moved(shape, middle)));
            drawn.push(words([x + SAMPLE + 6.0, self.filled - 5.0], Anchor::Start, Ink::Words, name));
            x += taken + 16.0;
        }
        if self.filled > top {
            self.items.push(Item::around(drawn));
            self.filled += 3.0;
        }
    }

    /// Names of values worth a line, in rows above the data, and their lines through each stretch of the data from above to
    /// below, counted from where it begins.
    pub fn rules(&mut self, rules: &[Rule], scale: &Scale, stretches: &[[f64; 2]]) -> Vec<Item> {
        let seen: Vec<&Rule> = rules.iter().filter(|rule| can_be_drawn(rule.at) && scale.holds(rule.at)).collect();
        let mut rows: Vec<Vec<[f64; 2]>> = Vec::new();
        let mut placed = Vec::new();
        for rule in seen {
            let text = shortened(&rule.name, LETTERS, false, self.width - 2.0 * MARGIN);
            let (x, half) = (scale.at(rule.at), width(&text, LETTERS, false) / 2.0);
            let middle = x.clamp(MARGIN + half, (self.width - MARGIN - half).max(MARGIN + half));
            let span = [middle - half - 6.0, middle + half + 6.0];
            let is_free = |row: &Vec<[f64; 2]>| row.iter().all(|taken| span[1] <= taken[0] || span[0] >= taken[1]);
            let row = rows.iter().position(is_free).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            rows[row].push(span);
            placed.push((rule, text, x, middle, row));
        }
        let top = self.filled;
        self.filled += rows.len() as f64 * LEADING + 4.0;
        let data = self.filled;
        let drawn = placed.into_iter().map(|(rule, text, x, middle, row)| {
            let base = top + (rows.len() - row) as f64 * LEADING - 3.0;
            // A line does not run through names in the rows below.
            let crossed = rows[..row].iter().flatten().any(|taken| x > taken[0] && x < taken[1]);
            let mut lines: Vec<Vec<[f64; 2]>> =
                stretches.iter().map(|[from, to]| vec![[x, data + from], [x, data + to]]).collect();
            if !crossed {
                lines.insert(0, vec![[x, base + 4.0], [x, data]]);
            }
            let upright = Shape::Lines { lines, ink: Ink::Words, thickness: 1.25, dash: Dash::Short };
            Item::mark(rule.name.clone(), vec![upright, words([middle, base], Anchor::Middle, Ink::Words, text)])
        });
        drawn.collect()
    }

    /// The axis below the data, which ends at the height filled so far, with upright lines through these stretches of it.
    pub fn axis_below(&mut self, axis: &Axis, scale: &Scale, stretches: &[[f64; 2]]) {
        let (ticks, names) = ticks_that_fit(axis, scale, &self.phrases);
        let bottom = self.filled;
        let mut behind = Vec::new();
        let mut shapes = vec![line([scale.from, bottom], [scale.to, bottom], Ink::Aside, 1.0)];
        for (tick, name) in ticks.values.iter().zip(names) {
            let x = scale.at(*tick);
            behind.extend(stretches.iter().map(|[from, to]| vec![[x, *from], [x, *to]]));
            if stretches.is_empty() {
                shapes.push(line([x, bottom], [x, bottom + 4.0], Ink::Aside, 1.0));
            }
            shapes.push(words([x, bottom + LEADING], Anchor::Middle, Ink::Aside, name));
        }
        let grid = Shape::Lines { lines: behind, ink: Ink::Grid, thickness: 1.0, dash: Dash::Solid };
        self.items.insert(0, Item::around(vec![grid]));
        self.items.push(Item::around(shapes));
        self.filled += LEADING + 4.0;
        if !axis.title.is_empty() {
            self.title_below(&axis.title, scale);
        }
        self.filled += 2.0;
    }

    /// The title of the axis below: in its middle, or where it fits.
    fn title_below(&mut self, title: &str, scale: &Scale) {
        for text in wrapped(title, LETTERS, false, self.width - 2.0 * MARGIN, 2) {
            self.filled += LEADING;
            let half = width(&text, LETTERS, false) / 2.0;
            let middle = f64::midpoint(scale.from, scale.to);
            let middle = middle.clamp(MARGIN + half, (self.width - MARGIN - half).max(MARGIN + half));
            let at = [middle, self.filled - 4.0];
            self.items.push(Item::around(vec![words(at, Anchor::Middle, Ink::Aside, text)]));
        }
    }

    /// The axis at the left, with level lines across the data.
    pub fn axis_at_left(&mut self, ticks: &Ticks, names: Vec<String>, scale: &Scale, [left, right]: [f64; 2]) {
        let mut shapes = Vec::new();
        let mut lines = Vec::new();
        for (tick, name) in ticks.values.iter().zip(names) {
            let y = scale.at(*tick);
            lines.push(vec![[left, y], [right, y]]);
            shapes.push(words([left - 7.0, y + 0.35 * LETTERS], Anchor::End, Ink::Aside, name));
        }
        shapes.insert(0, Shape::Lines { lines, ink: Ink::Grid, thickness: 1.0, dash: Dash::Solid });
        if scale.low < 0.0 && scale.high > 0.0 {
            let zero = scale.at(0.0);
            shapes.push(line([left, zero], [right, zero], Ink::Aside, 1.0));
        }
        self.items.insert(0, Item::around(shapes));
    }

    /// The picture as it is.
    pub fn finish(mut self) -> Scene {
        if self.is_alone {
            self.filled += 2.0 * MARGIN;
        }
        Scene { width: self.width, height: self.filled.ceil(), items: self.items }
    }
}

/// The most ticks of an axis below whose names keep apart.
fn ticks_that_fit(axis: &Axis, scale: &Scale, phrases: &Phrases) -> (Ticks, Vec<String>) {
    let of = |wanted: usize| {
        let ends = [scale.low, scale.high];
        let ticks = if axis.counts_months(phrases) { Ticks::of_months(ends, wanted) } else { Ticks::of(ends, wanted) };
        let names = axis.figures.at(&ticks, phrases);
        (ticks, names)
    };
    let fits = |(ticks, names): &(Ticks, Vec<String>)| {
        let widest = names.iter().map(|name| width(name, LETTERS, false)).fold(0.0, f64::max);
        let apart = (scale.at(scale.low + ticks.step) - scale.from).abs();
        names.len() < 2 || widest + 10.0 <= apart
    };
    let most = (((scale.to - scale.from) / 45.0) as usize).clamp(2, 10);
    let found = (1..=most).rev().map(of).find(fits);
    found.unwrap_or_else(|| {
        let (mut ticks, mut names) = of(1);
        ticks.values.truncate(1);
        names.truncate(1);
        (ticks, names)
    })
}

/// How far the names of ticks of the axis below may reach beyond its ends.
pub fn overhang(axis: &Axis, scale: &Scale, phrases: &Phrases) -> f64 {
    let (_, names) = ticks_that_fit(axis, scale, phrases);
    names.iter().map(|name| width(name, LETTERS, false) / 2.0).fold(0.0, f64::max)
}

/// Ticks of an axis at the left with their names, and how wide these are.
pub fn ticks_at_left(axis: &Axis, ends: [f64; 2], height: f64, phrases: &Phrases) -> (Ticks, Vec<String>, f64) {
    let ticks = Ticks::of(ends, ((height / 45.0) as usize).clamp(2, 6));
    let names = axis.figures.at(&ticks, phrases);
    let widest = names.iter().map(|name| width(name, LETTERS, false)).fold(0.0, f64::max);
    (ticks, names, widest)
}

/// Words of the usual size.
pub fn words(at: [f64; 2], anchor: Anchor, ink: Ink, text: String) -> Shape {
    Shape::Words(Words { at, anchor, size: LETTERS, is_bold: false, ink, text })
}

/// A shape in another place.
fn moved(shape: &Shape, [right, down]: [f64; 2]) -> Shape {
    let all = |points: &[[f64; 2]]| points.iter().map(|[x, y]| [x + right, y + down]).collect::<Vec<_>>();
    let mut shape = shape.clone();
    match &mut shape {
        Shape::Lines { lines, .. } => lines.iter_mut().for_each(|line| *line = all(line)),
        Shape::Area { points, .. } => *points = all(points),
        Shape::Discs { centres, .. } => *centres = all(centres),
        Shape::Words(words) => words.at = [words.at[0] + right, words.at[1] + down],
        Shape::Place([left, top, far, bottom]) => {
            (*left, *top, *far, *bottom) = (*left + right, *top + down, *far + right, *bottom + down);
        }
    }
    shape
}
