//! Pictures with an axis below and one at the left: lines with bands, histograms, dots.

use super::frame::{Entry, Frame, LEADING, LETTERS, MARGIN, overhang, ticks_at_left, words};
use super::lettering::width;
use super::look::{Ink, Look};
use super::phrases::Phrases;
use super::scale::{Scale, can_be_drawn, rounded_out, stretch};
use super::scene::{Anchor, Dash, Item, Scene, Shape, pattern, rectangle, symbols};
use super::{Axis, Band, Bin, Dot, Figures, Line, Rectangle, Rule};

/// Columns of a picture that one may point at, at most: more would be too narrow for a finger.
const MOST_COLUMNS: usize = 80;
/// Dots that are told one by one, at most.
const MOST_TOLD: usize = 300;
/// Narrower pictures have a legend in place of names at the ends of lines.
const WIDE: f64 = 480.0;

/// An empty plane within a frame.
struct Plane {
    x: Scale,
    y: Scale,
    /// Lines that go before the data.
    rules: Vec<Item>,
}

impl Plane {
    /// Axes and rules; `right` is kept free at the right.
    fn new(frame: &mut Frame, [x, y]: [&Axis; 2], [across, up]: [[f64; 2]; 2], rules: &[Rule], right: f64) -> Plane {
        let height = (0.5 * frame.width).clamp(200.0, 340.0);
        if !y.title.is_empty() {
            frame.aside(&y.title);
        }
        let (ticks, names, widest) = ticks_at_left(y, up, height, &frame.phrases);
        let bare = Scale { low: across[0], high: across[1], from: MARGIN, to: frame.width - MARGIN };
        let beyond = overhang(x, &bare, &frame.phrases);
        let left = (MARGIN + widest + 8.0).max(MARGIN + beyond);
        let right = (frame.width - MARGIN - right.max(beyond)).max(left + 60.0);
        let x_scale = Scale { from: left, to: right, ..bare };
        let rules = frame.rules(rules, &x_scale, &[[0.0, height]]);
        frame.filled += 4.0;
        let y_scale = Scale { low: up[0], high: up[1], from: frame.filled + height, to: frame.filled };
        frame.filled += height;
        frame.axis_at_left(&ticks, names, &y_scale, [left, right]);
        frame.axis_below(x, &x_scale, &[]);
        Plane { x: x_scale, y: y_scale, rules }
    }

    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x.at(x), self.y.at(y)]
    }
}

/// The ends of an axis at the left that has to show these numbers.
pub fn ends_at_left(axis: &Axis, values: impl IntoIterator<Item = f64>) -> [f64; 2] {
    let [low, high] = stretch(values);
    let is_share = axis.figures == Figures::Percent && low >= -0.05 && high <= 1.05;
    let low = if is_share || (low >= 0.0 && low < 0.6 * high) { 0.0 } else { low };
    match axis.figures {
        // An interval of a share may reach a little beyond all of them.
        Figures::Percent if low == 0.0 && high > 0.5 && high <= 1.05 => [0.0, 1.0],
        _ => rounded_out([low, high], 5),
    }
}

/// Draws lines with their bands.
pub fn lines(title: &str, look: &Look, [x, y]: [&Axis; 2], lines: &[Line], rules: &[Rule]) -> Scene {
    let mut frame = Frame::new(title, look);
    let points =
        || lines.iter().flat_map(|line| &line.points).filter(|point| point.iter().all(|end| can_be_drawn(*end)));
    let bands =
        || lines.iter().flat_map(|line| &line.bands).flat_map(|band| &band.points).filter(|point| is_drawn(point));
    let across = points().map(|point| point[0]).chain(bands().map(|point| point[0]));
    let across = stretch(across.chain(rules.iter().map(|rule| rule.at)));
    let up = points().map(|point| point[1]).chain(bands().flat_map(|point| [point[1], point[2]]));
    let up = ends_at_left(y, up);
    let names = names_at_ends(&frame, lines);
    frame.legend(&entries_of_lines(lines, names.is_none()));
    let mut plane = Plane::new(&mut frame, [x, y], [across, up], rules, names.unwrap_or(0.0));
    let mut drawn: Vec<Item> = Vec::new();
    for (kind, line) in lines.iter().enumerate().rev() {
        for (k, band) in line.bands.iter().enumerate() {
            drawn.push(Item::around(band_shapes(&plane, band, line.is_step, kind, k == 0 && lines.len() == 1)));
        }
    }
    for (kind, line) in lines.iter().enumerate().rev() {
        drawn.push(Item::around(line_shapes(&plane, line, kind)));
    }
    frame.items.append(&mut plane.rules);
    frame.items.append(&mut drawn);
    if names.is_some() {
        frame.items.push(Item::around(end_names(&plane, lines)));
    }
    frame.items.extend(columns(&plane, [x, y], lines, &look.phrases));
    frame.finish()
}

fn is_drawn(numbers: &[f64; 3]) -> bool {
    numbers.iter().all(|number| can_be_drawn(*number))
}

/// The room that the names of lines take at their ends, where there are several and they fit.
fn names_at_ends(frame: &Frame, lines: &[Line]) -> Option<f64> {
    let widest = lines.iter().map(|line| width(&line.name, LETTERS, false)).fold(0.0, f64::max) + 14.0;
    let fits = frame.width >= WIDE && (2..=8).contains(&lines.len()) && widest <= 0.3 * frame.width;
    fits.then_some(widest)
}

/// What stands in the legend: the lines, where they are not named at their ends, and the bands, once each.
fn entries_of_lines(lines: &[Line], with_lines: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    let has_bands = lines.iter().any(|line| !line.bands.is_empty());
    for (kind, line) in lines.iter().enumerate().filter(|_| with_lines && (lines.len() > 1 || has_bands)) {
        entries.push(Entry { sample: vec![sample_line(kind)], name: line.name.clone() });
    }
    let mut named: Vec<&str> = Vec::new();
    let ink = if lines.len() == 1 { Ink::Kind(0) } else { Ink::Aside };
    for line in lines {
        for (k, band) in line.bands.iter().enumerate().filter(|(_, band)| !band.name.is_empty()) {
            if !named.contains(&band.name.as_str()) {
                named.push(&band.name);
                let around: Vec<Shape> = (0..=k).map(|_| rectangle([-11.0, -6.0, 11.0, 6.0], ink, SOFT)).collect();
                entries.push(Entry { sample: around, name: band.name.clone() });
            }
        }
    }
    entries
}

/// How much a band hides of what is behind it.
const SOFT: f64 = 0.2;

fn sample_line(kind: usize) -> Shape {
    let lines = vec![vec![[-11.0, 0.0], [11.0, 0.0]]];
    Shape::Lines { lines, ink: Ink::Kind(kind), thickness: 2.25, dash: Dash::Kind(kind) }
}

/// Stretches of points of which all can be drawn.
fn runs<const N: usize>(points: &[[f64; N]]) -> impl Iterator<Item = &[[f64; N]]> {
    let is_drawn = |point: &[f64; N]| point.iter().all(|end| can_be_drawn(*end));
    points.split(move |point| !is_drawn(point)).filter(|run| !run.is_empty())
}

/// The corners of a stair through these points.
fn stair(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let corners = points.windows(2).flat_map(|pair| [pair[0], [pair[1][0], pair[0][1]]]);
    corners.chain(points.last().copied()).collect()
}

fn line_shapes(plane: &Plane, line: &Line, kind: usize) -> Vec<Shape> {
    let ink = Ink::Kind(kind);
    let mut shapes = Vec::new();
    let mut drawn = Vec::new();
    for run in runs(&line.points) {
        let corners = if line.is_step { stair(run) } else { run.to_vec() };
        let places: Vec<[f64; 2]> = corners.into_iter().map(|point| plane.place(point)).collect();
        if let [only] = places[..] {
            shapes.push(Shape::Discs { centres: vec![only], radius: 3.5, ink, is_hollow: false });
        } else {
            drawn.push(places);
        }
    }
    shapes.insert(0, Shape::Lines { lines: drawn, ink, thickness: 2.25, dash: Dash::Kind(kind) });
    shapes
}

fn band_shapes(plane: &Plane, band: &Band, is_step: bool, kind: usize, has_edges: bool) -> Vec<Shape> {
    let ink = Ink::Kind(kind);
    let mut shapes = Vec::new();
    for run in runs(&band.points) {
        let edge = |end: usize| {
            let points: Vec<[f64; 2]> = run.iter().map(|point| [point[0], point[end]]).collect();
            let points = if is_step { stair(&points) } else { points };
            points.into_iter().map(|point| plane.place(point)).collect::<Vec<_>>()
        };
        let (low, high) = (edge(1), edge(2));
        // Edges stand out where the area alone would not; those of several lines would tangle.
        if has_edges {
            let lines = vec![low.clone(), high.clone()];
            shapes.push(Shape::Lines { lines, ink, thickness: 0.75, dash: Dash::Solid });
        }
        let points = low.into_iter().chain(high.into_iter().rev()).collect();
        shapes.push(Shape::Area { points, ink, opacity: SOFT });
    }
    shapes
}

/// Names of lines at their ends, moved apart where they would overlap.
fn end_names(plane: &Plane, lines: &[Line]) -> Vec<Shape> {
    let mut ends: Vec<(usize, f64)> = Vec::new();
    for (kind, line) in lines.iter().enumerate() {
        let last = line.points.iter().rev().find(|point| point.iter().all(|end| can_be_drawn(*end)));
        ends.push((kind, last.map_or(plane.y.from, |point| plane.y.at(point[1]))));
    }
    ends.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut places: Vec<f64> = ends.iter().map(|end| end.1).collect();
    for k in 1..places.len() {
        places[k] = places[k].max(places[k - 1] + LEADING);
    }
    // What was moved below the axis moves up again, and pushes what is above.
    let mut lowest = plane.y.from;
    for place in places.iter_mut().rev() {
        *place = place.min(lowest);
        lowest = *place - LEADING;
    }
    let mut shapes = Vec::new();
    for ((kind, end), place) in ends.into_iter().zip(places) {
        let x = plane.x.to;
        shapes.push(Shape::Lines {
            lines: vec![vec![[x + 1.0, end], [x + 9.0, place]]],
            ink: Ink::Kind(kind),
            thickness: 1.0,
            dash: Dash::Solid,
        });
        let at = [x + 11.0, place + 0.35 * LETTERS];
        shapes.push(words(at, Anchor::Start, Ink::Kind(kind), lines[kind].name.clone()));
    }
    shapes
}

/// Upright columns that tell the values of all lines when pointed at.
fn columns(plane: &Plane, [x, y]: [&Axis; 2], lines: &[Line], phrases: &Phrases) -> Vec<Item> {
    let mut places: Vec<f64> = lines.iter().flat_map(|line| &line.points).map(|point| point[0]).collect();
    places.retain(|place| can_be_drawn(*place));
    places.sort_by(f64::total_cmp);
    places.dedup();
    let every = places.len().div_ceil(MOST_COLUMNS).max(1);
    let places: Vec<f64> = places.into_iter().step_by(every).collect();
    let mut items = Vec::new();
    for (k, place) in places.iter().enumerate() {
        let half_way = |other: Option<&f64>, end: f64| {
            other.map_or(end, |other| f64::midpoint(plane.x.at(*other), plane.x.at(*place)))
        };
        let left = half_way(k.checked_sub(1).and_then(|k| places.get(k)), plane.x.from);
        let right = half_way(places.get(k + 1), plane.x.to);
        let told: Vec<String> = lines.iter().filter_map(|line| told_at(line, *place, y.figures, phrases)).collect();
        let told = format!("{} {}: {}", x.title, x.figures.told(*place, phrases), told.join("; "));
        items.push(Item::mark(told, vec![Shape::Place([left, plane.y.to, right, plane.y.from])]));
    }
    items
}

/// What a line says at a place of the axis below.
fn told_at(line: &Line, place: f64, figures: Figures, phrases: &Phrases) -> Option<String> {
    let is_here = |at: f64| if line.is_step { at <= place } else { at == place };
    let point = line.points.iter().rev().find(|point| is_here(point[0]))?;
    let mut told = format!("{} {}", line.name, figures.told(point[1], phrases));
    for band in &line.bands {
        if let Some([_, low, high]) = band.points.iter().rev().find(|point| is_here(point[0])) {
            told.push_str(&format!(", {} {}", band.name, phrases.range(figures, [*low, *high])));
        }
    }
    Some(told)
}

/// Draws how often values lie where. Bars on the left of a rule at zero, or at a target, are patterned and in another colour.
pub fn histogram(title: &str, look: &Look, [x, y]: [&Axis; 2], bins: &[Bin], rules: &[Rule]) -> Scene {
    let mut frame = Frame::new(title, look);
    let bins: Vec<Bin> = bins.iter().copied().filter(|bin| is_drawn(&[bin.from, bin.to, bin.height])).collect();
    let [low, high] = stretch(bins.iter().flat_map(|bin| [bin.from, bin.to]));
    let rules = near(rules, [low, high]);
    let across = stretch(rules.iter().map(|rule| rule.at).chain([low, high]));
    let up = ends_at_left(y, bins.iter().map(|bin| bin.height).chain([0.0]).chain(look.tallest));
    let mut plane = Plane::new(&mut frame, [x, y], [across, up], &rules, 0.0);
    let divider = divider(&rules);
    for bin in &bins {
        let range = look.phrases.range(x.figures, [bin.from, bin.to]);
        let told = format!("{range}: {}", y.figures.told(bin.height, &look.phrases));
        let mut shapes = Vec::new();
        let middle = divider.map_or(bin.from, |at| at.clamp(bin.from, bin.to));
        for (kind, from, to) in [(1, bin.from, middle), (0, middle, bin.to)] {
            shapes.extend(if to > from {
                bar(&plane, kind, [from, to], [bin.from, bin.to], bin.height)
            } else {
                Vec::new()
            });
        }
        let [left, right] = [plane.x.at(bin.from), plane.x.at(bin.to)];
        shapes.push(Shape::Place([left, plane.y.to, right, plane.y.from]));
        frame.items.push(Item::mark(told, shapes));
    }
    frame.items.append(&mut plane.rules);
    frame.finish()
}

/// The rules that are not so far from the bars that these would have no room.
pub fn near(rules: &[Rule], [low, high]: [f64; 2]) -> Vec<Rule> {
    let is_near = |rule: &&Rule| rule.at >= low - (high - low) && rule.at <= high + (high - low);
    rules.iter().filter(is_near).cloned().collect()
}

/// The value whose left side looks different: that of a rule at zero or at a target.
pub fn divider(rules: &[Rule]) -> Option<f64> {
    rules.iter().find(|rule| rule.at == 0.0 || rule.name.starts_with("target")).map(|rule| rule.at)
}

/// A bar, or its part on one side of the rule, with a little room to the next bar.
fn bar(plane: &Plane, kind: usize, [from, to]: [f64; 2], [begin, end]: [f64; 2], height: f64) -> Vec<Shape> {
    let apart = if plane.x.at(end) - plane.x.at(begin) > 4.0 { 0.75 } else { 0.0 };
    let left = plane.x.at(from) + if from == begin { apart } else { 0.0 };
    let right = plane.x.at(to) - if to == end { apart } else { 0.0 };
    let corners = [left, plane.y.at(height), right, plane.y.at(0.0)];
    [Some(rectangle(corners, Ink::Kind(kind), 1.0)), pattern(kind, corners)].into_iter().flatten().collect()
}

/// Draws dots in a plane, those of one kind alike, with rectangles around some.
pub fn dots(title: &str, look: &Look, axes: [&Axis; 2], dots: &[Dot], kinds: &[String], boxes: &[Rectangle]) -> Scene {
    let mut frame = Frame::new(title, look);
    let seen: Vec<&Dot> = dots.iter().filter(|dot| can_be_drawn(dot.x) && can_be_drawn(dot.y)).collect();
    let ends = |of: fn(&Dot) -> f64, ends: fn(&Rectangle) -> [f64; 2]| {
        let values = seen.iter().map(|dot| of(dot)).chain(boxes.iter().flat_map(ends));
        rounded_out(stretch(values), 5)
    };
    let across = ends(|dot| dot.x, |outlined| outlined.x);
    let up = ends(|dot| dot.y, |outlined| outlined.y);
    let mut entries: Vec<Entry> = Vec::new();
    // One kind alone needs no name.
    for (kind, name) in kinds.iter().enumerate().filter(|_| kinds.len() > 1) {
        entries.push(Entry { sample: symbols(kind, &[[0.0, 0.0]], 4.5), name: name.clone() });
    }
    for (k, outlined) in boxes.iter().enumerate() {
        let sample = vec![outline([-10.0, -6.0, 10.0, 6.0], k)];
        entries.push(Entry { sample, name: outlined.name.clone() });
    }
    frame.legend(&entries);
    let plane = Plane::new(&mut frame, axes, [across, up], &[], 0.0);
    let radius = if seen.len() > 1000 {
        1.8
    } else if seen.len() > 150 {
        2.6
    } else {
        4.0
    };
    frame.items.extend(dot_items(&plane, axes, &seen, kinds, radius, &look.phrases));
    for (k, outlined) in boxes.iter().enumerate() {
        let [left, right] = ends_within(&plane.x, outlined.x);
        let [bottom, top] = ends_within(&plane.y, outlined.y);
        frame.items.push(Item::mark(outlined.name.clone(), vec![outline([left, top, right, bottom], k)]));
    }
    frame.finish()
}

/// Where a side of a rectangle is drawn; an end that is not a number is that of the axis.
fn ends_within(scale: &Scale, [from, to]: [f64; 2]) -> [f64; 2] {
    let or = |end: f64, limit: f64| if end.is_finite() { scale.at(end) } else { limit };
    [or(from, scale.from), or(to, scale.to)]
}

/// One item a dot, or one a kind where they are many.
fn dot_items(
    plane: &Plane,
    [x, y]: [&Axis; 2],
    seen: &[&Dot],
    kinds: &[String],
    radius: f64,
    phrases: &Phrases,
) -> Vec<Item> {
    let name = |kind: usize| kinds.get(kind).map_or("", String::as_str);
    if seen.len() <= MOST_TOLD {
        let told = |dot: &Dot| {
            let [across, up] = [x.figures.told(dot.x, phrases), y.figures.told(dot.y, phrases)];
            format!("{}: {} {across}, {} {up}", name(dot.kind), x.title, y.title)
        };
        let item = |dot: &&Dot| Item::mark(told(dot), symbols(dot.kind, &[plane.place([dot.x, dot.y])], radius));
        return seen.iter().map(item).collect();
    }
    let last = seen.iter().map(|dot| dot.kind).max().unwrap_or(0);
    let of_kind = |kind: usize| {
        let places: Vec<[f64; 2]> =
            seen.iter().filter(|dot| dot.kind == kind).map(|dot| plane.place([dot.x, dot.y])).collect();
        (!places.is_empty()).then(|| Item::mark(name(kind).to_string(), symbols(kind, &places, radius)))
    };
    (0..=last).filter_map(of_kind).collect()
}

/// The edge of a rectangle.
fn outline([left, top, right, bottom]: [f64; 4], k: usize) -> Shape {
    let lines = vec![vec![[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]];
    Shape::Lines { lines, ink: Ink::Words, thickness: 1.75, dash: Dash::Kind(k) }
}
