//! A picture as a value: what is drawn, what it says in words, and the numbers under it. How it looks is decided by whoever
//! draws it: the page, a file, the terminal, a spreadsheet.

pub mod of;

use super::sheet::Sheet;

/// A picture with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Short name for files and links, of small letters, digits and `_`: `survival`.
    pub name: String,
    /// Heading: what is shown.
    pub title: String,
    /// What one would see, in whole sentences with the main numbers: for who does not see it.
    pub told: String,
    /// What is drawn.
    pub drawing: Drawing,
    /// The numbers that are drawn, to be shown under it.
    pub table: Sheet,
}

/// What is drawn. Numbers that are not defined are left out.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Lines over a measured axis, with bands around them.
    Lines {
        /// The axis below.
        x: Axis,
        /// The axis at the left.
        y: Axis,
        /// The lines, the most important first.
        lines: Vec<Line>,
        /// Values worth a line of their own.
        rules: Vec<Rule>,
    },
    /// How often values lie where.
    Histogram {
        /// The axis below: the values.
        x: Axis,
        /// The axis at the left: how often.
        y: Axis,
        /// Bars side by side, from the least value to the greatest.
        bins: Vec<Bin>,
        /// Values worth a line of their own.
        rules: Vec<Rule>,
    },
    /// A row a thing, its value along the axis below.
    Rows {
        /// The axis below.
        x: Axis,
        /// How a value is drawn.
        mark: Mark,
        /// The rows, from the top.
        rows: Vec<Row>,
        /// Values worth a line of their own.
        rules: Vec<Rule>,
    },
    /// A bar a thing, divided into parts that are the same things in every bar.
    Parts {
        /// The axis below: how much of the whole.
        x: Axis,
        /// Names of the parts, in the order they are drawn.
        parts: Vec<String>,
        /// Name of each bar and the size of each of its parts.
        bars: Vec<(String, Vec<f64>)>,
    },
    /// A dot a thing in a plane, with boxes around some.
    Dots {
        /// The axis below.
        x: Axis,
        /// The axis at the left.
        y: Axis,
        /// The dots; those of one kind look alike.
        dots: Vec<Dot>,
        /// Names of the kinds.
        kinds: Vec<String>,
        /// Rectangles.
        boxes: Vec<Rectangle>,
    },
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What it measures, with its unit, as it stands beside the axis.
    pub title: String,
    /// How its numbers are written.
    pub figures: Figures,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// As they are.
    Plain,
    /// Shares, of a hundred: .25 is 25 %.
    Percent,
    /// Thousand pounds.
    Money,
}

/// A line with its bands.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// Where it goes, from left to right.
    pub points: Vec<[f64; 2]>,
    /// Whether a value holds until the next, as in a survival curve.
    pub is_step: bool,
    /// Bands around it, the widest first.
    pub bands: Vec<Band>,
}

/// A band around a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// What it is: `95 % interval`, `half of the replications`.
    pub name: String,
    /// Where, and from what to what.
    pub points: Vec<[f64; 3]>,
}

/// A bar of a histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How high it is.
    pub height: f64,
}

/// How the values of rows are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A dot with its interval.
    Dot,
    /// A bar from zero, with its interval.
    Bar,
    /// A bar from `low` to `high` across the value.
    Range,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Lower end of its interval; NaN where it has none.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What to say beside it, as `clearly better`; may be empty.
    pub note: String,
}

/// A value worth a line of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Where it stands on the axis below.
    pub at: f64,
    /// What it is: `no difference`, `median`.
    pub name: String,
}

/// A dot in a plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Where, along the axis below.
    pub x: f64,
    /// Where, along the axis at the left.
    pub y: f64,
    /// Which kind it is, from 0.
    pub kind: usize,
}

/// A rectangle in a plane; an end that is not finite is that of the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rectangle {
    /// What it is.
    pub name: String,
    /// From and to, along the axis below.
    pub x: [f64; 2],
    /// From and to, along the axis at the left.
    pub y: [f64; 2],
}

impl Axis {
    /// An axis whose numbers are written as they are.
    pub fn plain(title: &str) -> Axis {
        Axis { title: title.to_string(), figures: Figures::Plain }
    }

    /// An axis of shares.
    pub fn percent(title: &str) -> Axis {
        Axis { title: title.to_string(), figures: Figures::Percent }
    }

    /// The axis of a quantity with this unit, as units are named in tables.
    pub fn of_unit(title: &str, unit: &str) -> Axis {
        match unit {
            "thousand pounds" => Axis { title: format!("{title} (pounds)"), figures: Figures::Money },
            "share" | "probability" => Axis { title: title.to_string(), figures: Figures::Percent },
            "" | "1" | "see column unit" => Axis::plain(title),
            unit => Axis::plain(&format!("{title} ({unit})")),
        }
    }
}

impl Row {
    /// A row with a value and its interval.
    pub fn new(name: &str, value: f64, [low, high]: [f64; 2]) -> Row {
        Row { name: name.to_string(), value, low, high, note: String::new() }
    }

    /// A row with a value alone.
    pub fn bare(name: &str, value: f64) -> Row {
        Row::new(name, value, [f64::NAN; 2])
    }
}
