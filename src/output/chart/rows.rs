//! Pictures with a row a thing: values with their intervals, bars, ranges, and bars divided into parts.

use super::frame::{Entry, Frame, LEADING, LETTERS, MARGIN, overhang, words};
use super::lettering::{width, wrapped};
use super::look::{Ink, Look};
use super::phrases::Phrases;
use super::scale::{Scale, can_be_drawn, rounded_out, stretch};
use super::scene::{Anchor, Dash, Item, Scene, Shape, Words, line, pattern, rectangle};
use super::{Axis, Figures, Mark, Row, Rule};

/// In narrower pictures the name of a row stands above it and not on its left.
const WIDE: f64 = 520.0;
/// A name or note is broken into so many lines before its end is left out.
const MOST_LINES: usize = 5;
/// Height of a bar.
const BAR: f64 = 16.0;

/// A row in its place: heights are counted from the first row's.
struct Placed {
    /// Words with their place across and, for their base line, down.
    words: Vec<Shape>,
    /// Between which heights its mark is drawn.
    mark: [f64; 2],
}

/// All rows in their places.
struct Layout {
    rows: Vec<Placed>,
    height: f64,
    /// Where the marks begin and end, across.
    across: [f64; 2],
    is_wide: bool,
}

impl Layout {
    /// Names at the left or above, notes at the right or behind the names.
    fn new(frame: &Frame, texts: &[(&str, &str)]) -> Layout {
        let is_wide = frame.width >= WIDE;
        let widest = |of: fn(&(&str, &str)) -> f64, share: f64| {
            texts.iter().map(of).fold(0.0, f64::max).min(share * frame.width)
        };
        let names = widest(|text| width(text.0, LETTERS, false), 0.36);
        let notes = widest(|text| width(text.1, LETTERS, false), 0.26);
        let right = if notes > 0.0 { notes + 10.0 } else { 0.0 };
        let across = match is_wide {
            true => [MARGIN + names + 12.0, frame.width - MARGIN - right],
            false => [MARGIN + 2.0, frame.width - MARGIN - 2.0],
        };
        let mut layout = Layout { rows: Vec::new(), height: 0.0, across, is_wide };
        for (name, note) in texts {
            let row = match is_wide {
                true => layout.beside(name, note, names, notes),
                false => layout.above(name, note, frame.width - 2.0 * MARGIN),
            };
            layout.rows.push(row);
        }
        layout
    }

    fn beside(&mut self, name: &str, note: &str, names: f64, notes: f64) -> Placed {
        let [names, notes] =
            [(name, names), (note, notes)].map(|(text, room)| wrapped(text, LETTERS, false, room, MOST_LINES));
        let height = names.len().max(notes.len()) as f64 * LEADING + 9.0;
        let middle = self.height + height / 2.0;
        let base = |lines: &[String], k: usize| {
            middle + (k as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING + 0.35 * LETTERS
        };
        let [left, right] = [self.across[0] - 12.0, self.across[1] + 10.0];
        let named = names
            .iter()
            .enumerate()
            .map(|(k, text)| words([left, base(&names, k)], Anchor::End, Ink::Words, text.clone()));
        let noted = notes
            .iter()
            .enumerate()
            .map(|(k, text)| words([right, base(&notes, k)], Anchor::Start, Ink::Aside, text.clone()));
        let words =
            named.chain(noted).filter(|shape| !matches!(shape, Shape::Words(words) if words.text.is_empty())).collect();
        let mark = [self.height, self.height + height];
        self.height += height;
        Placed { words, mark }
    }

    fn above(&mut self, name: &str, note: &str, room: f64) -> Placed {
        let mut shapes = Vec::new();
        self.height += 3.0;
        let is_short = width(name, LETTERS, false) + 16.0 + width(note, LETTERS, false) <= room;
        for text in wrapped(name, LETTERS, false, room, MOST_LINES) {
            self.height += LEADING;
            shapes.push(words([MARGIN, self.height - 4.0], Anchor::Start, Ink::Words, text));
        }
        if note.is_empty() {
            // Nothing stands there.
        } else if is_short {
            shapes.push(words([MARGIN + room, self.height - 4.0], Anchor::End, Ink::Aside, note.to_string()));
        } else {
            for text in wrapped(note, LETTERS, false, room, MOST_LINES) {
                self.height += LEADING;
                shapes.push(words([MARGIN, self.height - 4.0], Anchor::Start, Ink::Aside, text));
            }
        }
        let mark = [self.height, self.height + 22.0];
        self.height += 25.0;
        Placed { words: shapes, mark }
    }

    /// The stretches, from above to below, in which nothing but marks is drawn.
    fn stretches(&self, from: f64) -> Vec<[f64; 2]> {
        match self.is_wide {
            true => vec![[from, from + self.height]],
            false => self.rows.iter().map(|row| row.mark.map(|end| from + end)).collect(),
        }
    }

    fn scale(&self, axis: &Axis, [low, high]: [f64; 2], frame: &Frame) -> Scale {
        let scale = Scale { low, high, from: self.across[0], to: self.across[1] };
        let beyond = overhang(axis, &scale, &frame.phrases);
        let [from, to] = [scale.from.max(MARGIN + beyond), scale.to.min(frame.width - MARGIN - beyond)];
        Scale { from, to: to.max(from + 40.0), ..scale }
    }
}

/// Words in another place.
fn lowered(shapes: &[Shape], by: f64) -> Vec<Shape> {
    let lower = |shape: &Shape| match shape {
        Shape::Words(words) => Shape::Words(Words { at: [words.at[0], words.at[1] + by], ..words.clone() }),
        other => other.clone(),
    };
    shapes.iter().map(lower).collect()
}

/// Draws a row a thing. Where rows have intervals and there is a rule, a dot whose interval holds the first rule is hollow.
pub fn rows(title: &str, look: &Look, x: &Axis, mark: Mark, rows: &[Row], rules: &[Rule]) -> Scene {
    let mut frame = Frame::new(title, look);
    let zero = (mark == Mark::Bar).then_some(0.0);
    let values = rows.iter().flat_map(|row| [row.value, row.low, row.high]);
    let ends = rounded_out(stretch(values.chain(rules.iter().map(|rule| rule.at)).chain(zero)), 5);
    let texts: Vec<(&str, &str)> = rows.iter().map(|row| (row.name.as_str(), row.note.as_str())).collect();
    let layout = Layout::new(&frame, &texts);
    let scale = layout.scale(x, ends, &frame);
    frame.legend(&entries_of_dots(mark, rows, rules, &look.phrases));
    let lines = frame.rules(rules, &scale, &layout.stretches(0.0));
    let top = frame.filled;
    if mark == Mark::Bar && ends[0] < 0.0 {
        let zero = scale.at(0.0);
        let lines = layout.stretches(top).iter().map(|[from, to]| vec![[zero, *from], [zero, *to]]).collect();
        frame.items.push(Item::around(vec![Shape::Lines {
            lines,
            ink: Ink::Aside,
            thickness: 1.0,
            dash: Dash::Solid,
        }]));
    }
    frame.items.extend(lines);
    for (row, placed) in rows.iter().zip(&layout.rows) {
        let middle = top + f64::midpoint(placed.mark[0], placed.mark[1]);
        let mut shapes = lowered(&placed.words, top);
        shapes.extend(mark_shapes(&scale, mark, row, rules.first(), middle, &look.phrases));
        shapes.push(Shape::Place([scale.from, top + placed.mark[0], scale.to, top + placed.mark[1]]));
        frame.items.push(Item::mark(told(row, x.figures, &look.phrases), shapes));
    }
    frame.filled += layout.height;
    frame.axis_below(x, &scale, &layout.stretches(top));
    frame.finish()
}

/// Whether the interval of a row holds the first rule.
fn holds(row: &Row, rule: Option<&Rule>) -> bool {
    rule.is_some_and(|rule| row.low <= rule.at && row.high >= rule.at)
}

/// What a hollow dot means, where there are both.
fn entries_of_dots(mark: Mark, rows: &[Row], rules: &[Rule], phrases: &Phrases) -> Vec<Entry> {
    let Some(rule) = rules.first().filter(|_| mark == Mark::Dot) else { return Vec::new() };
    if !rows.iter().any(|row| holds(row, Some(rule))) {
        return Vec::new();
    }
    let sample = |is_hollow| {
        let whisker = line([-11.0, 0.0], [11.0, 0.0], Ink::Kind(0), 2.0);
        vec![whisker, Shape::Discs { centres: vec![[0.0, 0.0]], radius: 4.5, ink: Ink::Kind(0), is_hollow }]
    };
    vec![
        Entry { sample: sample(false), name: phrases.holding(false, &rule.name) },
        Entry { sample: sample(true), name: phrases.holding(true, &rule.name) },
    ]
}

fn told(row: &Row, figures: Figures, phrases: &Phrases) -> String {
    let value = match row.low.is_nan() || row.high.is_nan() {
        true => figures.told(row.value, phrases),
        false => phrases.interval(figures, [row.value, row.low, row.high]),
    };
    let mut told = format!("{}: {value}", row.name);
    if !row.note.is_empty() {
        told.push_str(&format!(", {}", row.note));
    }
    told
}

fn mark_shapes(
    scale: &Scale,
    mark: Mark,
    row: &Row,
    rule: Option<&Rule>,
    middle: f64,
    phrases: &Phrases,
) -> Vec<Shape> {
    let has_value = can_be_drawn(row.value);
    let x = scale.at(row.value);
    let whole = !row.low.is_nan() && !row.high.is_nan();
    let is_range = mark == Mark::Range && whole;
    match mark {
        _ if !has_value && !is_range => {
            let at = [scale.from + 2.0, middle + 0.35 * LETTERS];
            vec![words(at, Anchor::Start, Ink::Aside, phrases.undefined.clone())]
        }
        Mark::Dot => {
            let mut shapes = whisker(scale, row, middle, Ink::Kind(0));
            let is_hollow = holds(row, rule);
            shapes.push(Shape::Discs { centres: vec![[x, middle]], radius: 4.5, ink: Ink::Kind(0), is_hollow });
            shapes
        }
        Mark::Bar => {
            let (zero, kind) = (scale.at(0.0), usize::from(row.value < 0.0));
            let corners = [zero.min(x), middle - BAR / 2.0, zero.max(x), middle + BAR / 2.0];
            let bar = [Some(rectangle(corners, Ink::Kind(kind), 1.0)), pattern(kind, corners)];
            bar.into_iter().flatten().chain(whisker(scale, row, middle, Ink::Words)).collect()
        }
        Mark::Range if whole => {
            let (one, other) = (scale.at(row.low), scale.at(row.high));
            let (left, right) = (one.min(other), one.max(other));
            // A bar of next to nothing is still seen.
            let (left, right) = (left.min(right - 2.0).max(scale.from), right.max(left + 2.0).min(scale.to));
            let mut shapes = vec![rectangle([left, middle - BAR / 2.0, right, middle + BAR / 2.0], Ink::Kind(0), 1.0)];
            if has_value {
                shapes.push(line([x, middle - BAR / 2.0 - 3.0], [x, middle + BAR / 2.0 + 3.0], Ink::Words, 1.75));
            }
            shapes
        }
        Mark::Range => vec![line([x, middle - BAR / 2.0], [x, middle + BAR / 2.0], Ink::Words, 2.0)],
    }
}

/// The interval of a row: a line with its ends marked; an end that lies beyond the axis is open.
fn whisker(scale: &Scale, row: &Row, middle: f64, ink: Ink) -> Vec<Shape> {
    if row.low.is_nan() || row.high.is_nan() {
        return Vec::new();
    }
    let [low, high] = [row.low.min(row.high), row.low.max(row.high)];
    let mut lines = vec![vec![[scale.at(low), middle], [scale.at(high), middle]]];
    for end in [low, high].into_iter().filter(|end| scale.holds(*end)) {
        lines.push(vec![[scale.at(end), middle - 5.0], [scale.at(end), middle + 5.0]]);
    }
    vec![Shape::Lines { lines, ink, thickness: 2.0, dash: Dash::Solid }]
}

/// Draws a bar a thing, divided into the same parts in every bar.
pub fn parts(title: &str, look: &Look, x: &Axis, parts: &[String], bars: &[(String, Vec<f64>)]) -> Scene {
    let mut frame = Frame::new(title, look);
    let sizes =
        |bar: &(String, Vec<f64>)| bar.1.iter().copied().filter(|size| can_be_drawn(*size) && *size > 0.0).sum::<f64>();
    let [_, high] = stretch(bars.iter().map(sizes).chain([0.0]));
    let is_whole = x.figures == Figures::Percent && high > 0.5 && high <= 1.0 + 1e-9;
    let ends = if is_whole { [0.0, high.max(1.0)] } else { rounded_out([0.0, high], 5) };
    let texts: Vec<(&str, &str)> = bars.iter().map(|(name, _)| (name.as_str(), "")).collect();
    let layout = Layout::new(&frame, &texts);
    let scale = layout.scale(x, ends, &frame);
    let sample = |kind| {
        let corners = [-9.0, -6.0, 9.0, 6.0];
        [Some(rectangle(corners, Ink::Kind(kind), 1.0)), pattern(kind, corners)].into_iter().flatten().collect()
    };
    let entries: Vec<Entry> =
        parts.iter().enumerate().map(|(kind, name)| Entry { sample: sample(kind), name: name.clone() }).collect();
    frame.legend(&entries);
    frame.filled += 4.0;
    let top = frame.filled;
    for ((name, sizes), placed) in bars.iter().zip(&layout.rows) {
        frame.items.push(Item::around(lowered(&placed.words, top)));
        let middle = top + f64::midpoint(placed.mark[0], placed.mark[1]);
        let mut begin = 0.0;
        for (kind, (part, size)) in
            parts.iter().zip(sizes).enumerate().filter(|(_, part)| can_be_drawn(*part.1) && *part.1 > 0.0)
        {
            let corners = [scale.at(begin), middle - BAR / 2.0 - 1.0, scale.at(begin + size), middle + BAR / 2.0 + 1.0];
            begin += size;
            let told = format!("{name}, {part}: {}", x.figures.told(*size, &look.phrases));
            frame.items.push(Item::mark(told, part_shapes(kind, corners, &x.figures.brief(*size, &look.phrases))));
        }
    }
    frame.filled += layout.height;
    frame.axis_below(x, &scale, &layout.stretches(top));
    frame.finish()
}

/// A part of a bar, with its size in it where that fits.
fn part_shapes(kind: usize, [left, top, right, bottom]: [f64; 4], told: &str) -> Vec<Shape> {
    let gap = if right - left > 3.0 { 0.75 } else { 0.0 };
    let corners = [left + gap, top, right - gap, bottom];
    let mut shapes = vec![rectangle(corners, Ink::Kind(kind), 1.0)];
    shapes.extend(pattern(kind, corners));
    let (room, middle) = (width(told, LETTERS, false), f64::midpoint(left, right));
    if room + 12.0 <= right - left {
        // Words over a pattern cannot be read.
        shapes.push(rectangle(
            [middle - room / 2.0 - 3.0, top + 1.5, middle + room / 2.0 + 3.0, bottom - 1.5],
            Ink::Paper,
            1.0,
        ));
        let at = [middle, f64::midpoint(top, bottom) + 0.35 * LETTERS];
        shapes.push(words(at, Anchor::Middle, Ink::Words, told.to_string()));
    }
    shapes
}
