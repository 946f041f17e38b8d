//! A picture as a value: what is drawn, what it says in words, and the numbers under it. How it looks is decided by whoever
//! draws it: the page, a file, the terminal, a spreadsheet.

pub mod characters;
pub mod contents;
pub mod frame;
pub mod lettering;
pub mod look;
pub mod of;
pub mod phrases;
pub mod plane;
#[cfg(feature = "cli")]
pub mod png;
pub mod rows;
pub mod scale;
pub mod scene;
pub mod svg;

use super::sheet::Sheet;
use phrases::Phrases;

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

    /// Whether it is marked by years and simple parts of one.
    fn counts_months(&self, phrases: &Phrases) -> bool {
        self.title.to_lowercase().contains(&phrases.month)
    }

    /// The axis of a quantity with this unit, as units are named in tables.
    pub fn of_unit(title: &str, unit: &str) -> Axis {
        match unit {
            "thousand pounds" => Axis { title: format!("{title} (pounds)"), figures: Figures::Money },
            "share" | "probability" | "0 or 1" => Axis { title: title.to_string(), figures: Figures::Percent },
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

#[cfg(test)]
pub(crate) mod tests {
    use super::look::{Look, Scheme};
    use super::scene::{Item, Scene, Shape, Words};
    use super::svg::scene;
    use super::*;
    use proptest::prelude::*;

    fn chart(name: &str, title: &str, drawing: Drawing) -> Chart {
        let table = Sheet::new(name, title, Vec::new());
        Chart { name: name.to_string(), title: title.to_string(), told: format!("{title}, in words."), drawing, table }
    }

    fn rule(at: f64, name: &str) -> Rule {
        Rule { at, name: name.to_string() }
    }

    /// One picture of each kind, like those of real results.
    pub(crate) fn samples() -> Vec<Chart> {
        let months = 1..=36;
        let fan = |level: f64, rise: f64, spread: f64| -> Vec<[f64; 3]> {
            let at = |month: i32| (f64::from(month), level + rise * f64::from(month), spread * f64::from(month).sqrt());
            months.clone().map(at).map(|(month, middle, half)| [month, middle - half, middle + half]).collect()
        };
        let middle =
            |points: &[[f64; 3]]| points.iter().map(|[x, low, high]| [*x, f64::midpoint(*low, *high)]).collect();
        let (wide, half) = (fan(-80.0, 30.0, 180.0), fan(-80.0, 30.0, 70.0));
        let premium = Line {
            name: "median".to_string(),
            points: middle(&wide),
            is_step: false,
            bands: vec![
                Band { name: "9 in 10 replications".to_string(), points: wide },
                Band { name: "half of the replications".to_string(), points: half },
            ],
        };
        let falling = |name: &str, speed: f64| {
            let at = |month: i32| 1.0 / (1.0 + speed * f64::from(month));
            Line {
                name: name.to_string(),
                points: (0..=36).map(|month| [f64::from(month), at(month)]).collect(),
                is_step: true,
                bands: vec![Band {
                    name: "95% interval".to_string(),
                    points: (0..=36).map(|month| [f64::from(month), at(month) - 0.02, at(month) + 0.02]).collect(),
                }],
            }
        };
        let survival =
            vec![falling("as it is", 0.02), falling("with a coordinator", 0.008), falling("pooled budget", 0.0085)];
        let heights = [1.0, 4.0, 9.0, 17.0, 29.0, 44.0, 61.0, 70.0, 66.0, 52.0, 37.0, 22.0, 12.0, 6.0, 2.0, 1.0];
        let bins = heights.iter().enumerate().map(|(k, height)| {
            let from = -700.0 + 200.0 * k as f64;
            Bin { from, to: from + 200.0, height: *height / 433.0 }
        });
        let row = |name: &str, value: f64, half: f64, note: &str| Row {
            note: note.to_string(),
            ..Row::new(name, value, [value - half, value + half])
        };
        let gains = vec![
            row("North Shire county council", 412.0, 60.0, "clearly better"),
            row("Community health trust of the northern and eastern districts", 120.0, 150.0, "no clear difference"),
            row("Age well (charity)", -45.0, 20.0, "clearly worse"),
            row("Police", 0.0, 10.0, "no clear difference"),
        ];
        let range = |name: &str, low: f64, high: f64| Row::new(name, 300.0, [low, high]);
        let tornado = vec![
            range("Demand for home care", 900.0, -250.0),
            range("Trust at the start", 120.0, 510.0),
            range("Cost of a meeting", 330.0, 250.0),
            range("Staff turnover of the voluntary partners in a year", 310.0, 290.0),
        ];
        let causes =
            ["money ran out", "no partners left", "mandate ended", "trust broke down", "stopped by a review", "other"];
        let bars = vec![
            ("as it is".to_string(), vec![0.31, 0.12, 0.05, 0.22, 0.2, 0.1]),
            ("with a coordinator and a pooled budget".to_string(), vec![0.5, 0.02, 0.13, 0.2, 0.1, 0.05]),
        ];
        let dot = |k: usize| Dot {
            x: (k as f64 * 0.618).fract(),
            y: (k as f64 * 0.414).fract() * 2000.0 - 600.0,
            kind: usize::from((k as f64 * 0.618).fract() > 0.55),
        };
        let money = |title: &str| Axis::of_unit(title, "thousand pounds");
        let found = Rectangle { name: "where it fails most".to_string(), x: [0.55, f64::INFINITY], y: [-400.0, 900.0] };
        vec![
            chart(
                "premium_monthly",
                "Premium over working alone, month by month",
                Drawing::Lines {
                    x: Axis::plain("Month"),
                    y: money("Premium so far"),
                    lines: vec![premium],
                    rules: vec![rule(12.0, "review"), rule(14.0, "second review of the partnership")],
                },
            ),
            chart(
                "survival",
                "How long the partnership lasts",
                Drawing::Lines {
                    x: Axis::plain("Month"),
                    y: Axis::percent("Replications in which it still stands"),
                    lines: survival,
                    rules: Vec::new(),
                },
            ),
            chart(
                "premium",
                "Premium over working alone",
                Drawing::Histogram {
                    x: money("Premium"),
                    y: Axis::percent("Share of the replications"),
                    bins: bins.collect(),
                    rules: vec![rule(0.0, "no gain"), rule(760.0, "median")],
                },
            ),
            chart(
                "partners",
                "Who gains and who loses",
                Drawing::Rows {
                    x: money("Net gain"),
                    mark: Mark::Dot,
                    rows: gains.clone(),
                    rules: vec![rule(0.0, "no difference")],
                },
            ),
            chart(
                "levers",
                "What each lever adds",
                Drawing::Rows { x: money("Premium"), mark: Mark::Bar, rows: gains, rules: Vec::new() },
            ),
            chart(
                "tornado",
                "What matters most",
                Drawing::Rows {
                    x: money("Premium"),
                    mark: Mark::Range,
                    rows: tornado,
                    rules: vec![rule(300.0, "as it is")],
                },
            ),
            chart(
                "causes",
                "Why partnerships fail",
                Drawing::Parts {
                    x: Axis::percent("Share of the failures"),
                    parts: causes.map(str::to_string).to_vec(),
                    bars,
                },
            ),
            chart(
                "discovery",
                "In which worlds it fails",
                Drawing::Dots {
                    x: Axis::percent("Turnover of staff"),
                    y: money("Money at the start"),
                    dots: (0..120).map(dot).collect(),
                    kinds: vec!["lasts".to_string(), "fails".to_string()],
                    boxes: vec![found],
                },
            ),
        ]
    }

    /// Pictures of nothing, of one thing, of things all the same, and of numbers that are none.
    pub(crate) fn degenerate() -> Vec<Chart> {
        let mut charts = Vec::new();
        let nan = f64::NAN;
        for values in [
            vec![],
            vec![5.0],
            vec![0.0, 0.0],
            vec![nan, 1.0, nan],
            vec![f64::INFINITY, 3.0],
            vec![-1e300, 1e300],
            vec![1e-9, 2e-9],
        ] {
            let points: Vec<[f64; 2]> = values.iter().enumerate().map(|(k, value)| [k as f64, *value]).collect();
            let band =
                Band { name: "band".to_string(), points: points.iter().map(|[x, y]| [*x, y - 1.0, *y]).collect() };
            let line = Line { name: "line".to_string(), points: points.clone(), is_step: true, bands: vec![band] };
            let axis = || Axis::plain("x");
            let rules = vec![rule(nan, "nowhere"), rule(0.0, "zero")];
            charts.push(chart(
                "lines",
                "t",
                Drawing::Lines { x: axis(), y: Axis::percent("y"), lines: vec![line], rules: rules.clone() },
            ));
            let bins = values.iter().map(|value| Bin { from: *value, to: value + 1.0, height: *value }).collect();
            charts.push(chart("bins", "t", Drawing::Histogram { x: axis(), y: axis(), bins, rules: rules.clone() }));
            for mark in [Mark::Dot, Mark::Bar, Mark::Range] {
                let rows = values.iter().map(|value| Row::new("", *value, [*value, f64::INFINITY])).collect();
                charts.push(chart("rows", "t", Drawing::Rows { x: axis(), mark, rows, rules: rules.clone() }));
            }
            let bars = vec![(String::new(), values.clone())];
            charts.push(chart(
                "parts",
                "t",
                Drawing::Parts { x: Axis::percent(""), parts: vec!["a".to_string(); values.len()], bars },
            ));
            let dots = points.iter().map(|[x, y]| Dot { x: *x, y: *y, kind: 17 }).collect();
            let boxes = vec![Rectangle { name: "box".to_string(), x: [nan, f64::INFINITY], y: [0.0, nan] }];
            charts.push(chart("dots", "t", Drawing::Dots { x: axis(), y: axis(), dots, kinds: Vec::new(), boxes }));
        }
        charts
    }

    fn words(scene: &Scene) -> Vec<&Words> {
        let shapes = scene.items.iter().flat_map(|item: &Item| &item.shapes);
        shapes
            .filter_map(|shape| if let Shape::Words(words) = shape { Some(words) } else { None })
            .filter(|words| !words.text.is_empty())
            .collect()
    }

    fn places(shape: &Shape) -> Vec<[f64; 2]> {
        match shape {
            Shape::Lines { lines, .. } => lines.concat(),
            Shape::Area { points, .. } => points.clone(),
            Shape::Discs { centres, .. } => centres.clone(),
            Shape::Words(words) => {
                let [left, top, right, bottom] = words.room();
                vec![[left, top], [right, bottom]]
            }
            Shape::Place([left, top, right, bottom]) => vec![[*left, *top], [*right, *bottom]],
        }
    }

    fn check(chart: &Chart, look: &Look) {
        let scene = scene(chart, look);
        let name = format!("{} at {}", chart.name, look.width);
        for shape in scene.items.iter().flat_map(|item| &item.shapes) {
            for [x, y] in places(shape) {
                let inside = (-0.01..=scene.width + 0.01).contains(&x) && (-0.01..=scene.height + 0.01).contains(&y);
                assert!(inside, "{name}: {x}, {y} of {shape:?} is outside of {} by {}", scene.width, scene.height);
            }
        }
        let words = words(&scene);
        for (k, one) in words.iter().enumerate() {
            assert!(one.size >= 12.0, "{name}: {one:?}");
            for other in &words[..k] {
                let [one_room, other_room] = [one.room(), other.room()];
                let apart = one_room[2] <= other_room[0] + 0.01
                    || other_room[2] <= one_room[0] + 0.01
                    || one_room[3] <= other_room[1] + 0.01
                    || other_room[3] <= one_room[1] + 0.01;
                assert!(apart, "{name}: “{}” over “{}”: {one_room:?} {other_room:?}", one.text, other.text);
            }
        }
    }

    fn looks() -> Vec<Look> {
        let alone = [340.0, 720.0, 1200.0].map(|width| Look::alone(width, Scheme::Dark));
        alone.into_iter().chain([320.0, 340.0, 520.0, 720.0].map(|width| Look::in_page(width, "p-"))).collect()
    }

    #[test]
    fn everything_is_within_the_picture_and_no_words_stand_over_others() {
        for chart in samples().iter().chain(&degenerate()) {
            looks().iter().for_each(|look| check(chart, look));
        }
    }

    /// Any text, most often of plain letters and spaces.
    fn text(most: usize) -> impl Strategy<Value = String> {
        let character = prop_oneof![8 => prop::char::range('a', 'z'), 2 => Just(' '), 1 => prop::char::any()];
        prop::collection::vec(character, 0..most).prop_map(|characters| characters.into_iter().collect())
    }

    #[test]
    fn words_of_any_length_and_numbers_of_any_size_keep_their_places() {
        let axis = || {
            (text(60), prop_oneof![Just(Figures::Plain), Just(Figures::Percent), Just(Figures::Money)])
                .prop_map(|(title, figures)| Axis { title, figures })
        };
        let number =
            || prop_oneof![6 => -1000.0..1000.0f64, 1 => Just(f64::NAN), 1 => -1e12..1e12f64, 1 => -1e-6..1e-6f64];
        let name = || text(50);
        let rules = || prop::collection::vec((number(), name()).prop_map(|(at, name)| Rule { at, name }), 0..4);
        let lines = prop::collection::vec((name(), prop::collection::vec([number(), number()], 0..8)), 0..12).prop_map(
            |lines| {
                let line = |(name, mut points): (String, Vec<[f64; 2]>)| {
                    points.sort_by(|one, other| one[0].total_cmp(&other[0]));
                    let points_of_band = points.iter().map(|[x, y]| [*x, y - 3.0, y + 5.0]).collect();
                    Line {
                        bands: vec![Band { name: name.clone(), points: points_of_band }],
                        name,
                        points,
                        is_step: false,
                    }
                };
                lines.into_iter().map(line).collect::<Vec<_>>()
            },
        );
        let rows = prop::collection::vec((name(), number(), [number(), number()], name()), 0..8).prop_map(|rows| {
            let row = |(name, value, ends, note): (String, f64, [f64; 2], String)| Row {
                note,
                ..Row::new(&name, value, ends)
            };
            rows.into_iter().map(row).collect::<Vec<_>>()
        });
        let mark = prop_oneof![Just(Mark::Dot), Just(Mark::Bar), Just(Mark::Range)];
        let bars = prop::collection::vec((name(), prop::collection::vec(number(), 4)), 0..4);
        let parts = prop::collection::vec(name(), 4);
        let drawing = prop_oneof![
            (axis(), axis(), lines, rules()).prop_map(|(x, y, lines, rules)| Drawing::Lines { x, y, lines, rules }),
            (axis(), mark, rows, rules()).prop_map(|(x, mark, rows, rules)| Drawing::Rows { x, mark, rows, rules }),
            (axis(), parts, bars).prop_map(|(x, parts, bars)| Drawing::Parts { x, parts, bars }),
        ];
        proptest!(|(drawing in drawing, title in name(), width in 320.0..1200.0f64)| {
            check(&chart("any", &title, drawing), &Look::alone(width, Scheme::Light));
        });
    }
}
