//! A picture as shapes in their places: what is left to do is to write them as SVG or to paint them.

use super::lettering;
use super::look::Ink;

/// A picture as shapes in their places; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// What is drawn, from the back to the front.
    pub items: Vec<Item>,
}

/// Shapes that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What they show, for who points at them; empty for what only surrounds the data.
    pub told: String,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Lines through these points, one for each list.
    Lines {
        /// The points of each line.
        lines: Vec<Vec<[f64; 2]>>,
        /// In what colour.
        ink: Ink,
        /// How thick.
        thickness: f64,
        /// How broken.
        dash: Dash,
    },
    /// What lies within these points.
    Area {
        /// Its corners.
        points: Vec<[f64; 2]>,
        /// In what colour.
        ink: Ink,
        /// How much of what is behind it it hides, from 0 to 1.
        opacity: f64,
    },
    /// Discs.
    Discs {
        /// Their middles.
        centres: Vec<[f64; 2]>,
        /// Their radius.
        radius: f64,
        /// Their colour.
        ink: Ink,
        /// Whether only their edge is drawn, over the background.
        is_hollow: bool,
    },
    /// Words.
    Words(Words),
    /// Nothing to be seen: where one points for what is told.
    Place([f64; 4]),
}

/// Words in their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Where they begin, are centred or end, on their base line.
    pub at: [f64; 2],
    /// Which of these.
    pub anchor: Anchor,
    /// Size of the letters.
    pub size: f64,
    /// Whether they are bold.
    pub is_bold: bool,
    /// Their colour.
    pub ink: Ink,
    /// The words.
    pub text: String,
}

/// What of some words is in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Their beginning.
    Start,
    /// Their middle.
    Middle,
    /// Their end.
    End,
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// As that of the kind with this number, from 0: the first is solid.
    Kind(usize),
    /// Into short pieces.
    Short,
}

impl Dash {
    /// Lengths drawn and left out, in turn; empty for a solid line.
    pub fn lengths(self) -> &'static [f64] {
        match self {
            Dash::Solid => &[],
            Dash::Short => &[3.0, 3.0],
            Dash::Kind(kind) => {
                [&[][..], &[7.0, 4.0], &[2.0, 3.0], &[10.0, 3.0, 2.0, 3.0], &[12.0, 5.0], &[5.0, 2.0, 2.0, 2.0]]
                    [kind % 6]
            }
        }
    }
}

impl Item {
    /// What only surrounds the data.
    pub fn around(shapes: Vec<Shape>) -> Item {
        Item { told: String::new(), shapes }
    }

    /// What shows something.
    pub fn mark(told: String, shapes: Vec<Shape>) -> Item {
        Item { told, shapes }
    }
}

impl Words {
    /// How wide they are, about.
    pub fn width(&self) -> f64 {
        lettering::width(&self.text, self.size, self.is_bold)
    }

    /// The room they take: left, top, right, bottom.
    pub fn room(&self) -> [f64; 4] {
        let (width, [x, y]) = (self.width(), self.at);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        [left, y - 0.78 * self.size, left + width, y + 0.22 * self.size]
    }
}

/// A line from one place to another.
pub fn line(from: [f64; 2], to: [f64; 2], ink: Ink, thickness: f64) -> Shape {
    Shape::Lines { lines: vec![vec![from, to]], ink, thickness, dash: Dash::Solid }
}

/// A rectangle from its left upper corner to its right lower one.
pub fn rectangle([left, top, right, bottom]: [f64; 4], ink: Ink, opacity: f64) -> Shape {
    Shape::Area { points: vec![[left, top], [right, top], [right, bottom], [left, bottom]], ink, opacity }
}

/// The pattern of the kind with this number, from 0, over a rectangle, in the colour of the background: the first has none.
pub fn pattern(kind: usize, [left, top, right, bottom]: [f64; 4]) -> Option<Shape> {
    let (width, height) = (right - left, bottom - top);
    if width <= 0.0 || height <= 0.0 {
        return None;
    }
    let lines = |step: f64, slope: fn(f64) -> [[f64; 2]; 2]| {
        // A line enters at the left or below and leaves at the right or above; ends are cut where the rectangle ends.
        let count = ((width + height) / step).ceil() as usize;
        let ends = (1..=count).map(|k| slope(k as f64 * step)).filter_map(|ends| cut(ends, width, height));
        ends.map(|ends| ends.map(|[x, y]| [left + x, top + y]).to_vec()).collect::<Vec<_>>()
    };
    let rising: fn(f64) -> [[f64; 2]; 2] = |at| [[0.0, at], [at, 0.0]];
    let mut drawn = match kind % 6 {
        0 => return None,
        1 => lines(6.0, rising),
        2 => Vec::new(),
        3 => (1..=(width / 6.0) as usize)
            .map(|k| left + 6.0 * k as f64 - 3.0)
            .map(|x| vec![[x, top], [x, bottom]])
            .collect(),
        4 => (1..=(height / 6.0) as usize)
            .map(|k| top + 6.0 * k as f64 - 3.0)
            .map(|y| vec![[left, y], [right, y]])
            .collect(),
        _ => lines(8.0, rising),
    };
    if matches!(kind % 6, 2 | 5) {
        let mirrored = lines(if kind % 6 == 2 { 6.0 } else { 8.0 }, rising);
        let mirror = |[x, y]: [f64; 2]| [left + right - x, y];
        drawn.extend(mirrored.into_iter().map(|line| line.into_iter().map(mirror).collect()));
    }
    Some(Shape::Lines { lines: drawn, ink: Ink::Paper, thickness: 1.5, dash: Dash::Solid })
}

/// The part within a rectangle of a line that rises by one for one; none where it is but a point.
fn cut([from, to]: [[f64; 2]; 2], width: f64, height: f64) -> Option<[[f64; 2]; 2]> {
    let sum = from[0] + from[1];
    let left = (sum - height).max(0.0);
    let right = to[0].min(width);
    (right - left > 0.1).then_some([[left, sum - left], [right, sum - right]])
}

/// The marks of a kind with this number, from 0, in a plane: discs, triangles, squares, rhombs, triangles upside down, bars.
pub fn symbols(kind: usize, centres: &[[f64; 2]], radius: f64) -> Vec<Shape> {
    let ink = Ink::Kind(kind);
    let corners: &[[f64; 2]] = match kind % 6 {
        0 => return vec![Shape::Discs { centres: centres.to_vec(), radius, ink, is_hollow: false }],
        1 => &[[0.0, -1.2], [1.15, 0.9], [-1.15, 0.9]],
        2 => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
        3 => &[[0.0, -1.3], [1.3, 0.0], [0.0, 1.3], [-1.3, 0.0]],
        4 => &[[0.0, 1.2], [1.15, -0.9], [-1.15, -0.9]],
        _ => &[[-0.45, -1.3], [0.45, -1.3], [0.45, 1.3], [-0.45, 1.3]],
    };
    let shape = |[x, y]: &[f64; 2]| {
        let points = corners.iter().map(|[right, down]| [x + radius * right, y + radius * down]).collect();
        Shape::Area { points, ink, opacity: 1.0 }
    };
    centres.iter().map(shape).collect()
}
