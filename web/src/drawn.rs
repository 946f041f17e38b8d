//! Pictures as the page asks for them, with words in its language.

use partnersim::output::chart::look::{Look, Scheme};
use partnersim::output::chart::phrases::Phrases;
use partnersim::output::chart::svg::svg;
use partnersim::output::chart::{self, Axis, Band, Bin, Chart, Figures, Line, Mark, Row, Rule};
use partnersim::output::sheet::Sheet;
use serde::Deserialize;

/// Narrowest and widest picture, in pixels.
const WIDTHS: [f64; 2] = [200.0, 2_000.0];

/// A picture to be drawn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawing {
    chart: Picture,
    width: f64,
    /// What ids begin with.
    #[serde(default)]
    prefix: String,
    /// Whether it has its title above it and a background of its own.
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    scheme: Colours,
    /// Whether the keyboard reaches each mark.
    #[serde(default)]
    focus: bool,
    /// The few words between those of the picture, and how numbers are written.
    #[serde(default)]
    phrases: Phrases,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Colours {
    /// From the variables of the page.
    #[default]
    Page,
    Light,
    Dark,
}

#[derive(Debug, Deserialize)]
struct Picture {
    name: String,
    title: String,
    told: String,
    #[serde(flatten)]
    drawing: Drawn,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Drawn {
    Lines {
        x: AxisDrawn,
        y: AxisDrawn,
        lines: Vec<LineDrawn>,
        #[serde(default)]
        rules: Vec<RuleDrawn>,
    },
    Histogram {
        x: AxisDrawn,
        y: AxisDrawn,
        bins: Vec<BinDrawn>,
        #[serde(default)]
        rules: Vec<RuleDrawn>,
        /// Height of the tallest bar of this picture and those beside it.
        #[serde(default)]
        tallest: Option<f64>,
    },
    Rows {
        x: AxisDrawn,
        mark: MarkDrawn,
        rows: Vec<RowDrawn>,
        #[serde(default)]
        rules: Vec<RuleDrawn>,
    },
    Parts {
        x: AxisDrawn,
        parts: Vec<String>,
        bars: Vec<(String, Vec<Option<f64>>)>,
    },
}

#[derive(Debug, Deserialize)]
struct AxisDrawn {
    title: String,
    #[serde(default)]
    figures: FiguresDrawn,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FiguresDrawn {
    #[default]
    Plain,
    Percent,
    Money,
}

#[derive(Debug, Deserialize)]
struct LineDrawn {
    name: String,
    #[serde(default)]
    is_step: bool,
    points: Vec<[Option<f64>; 2]>,
    #[serde(default)]
    bands: Vec<BandDrawn>,
}

#[derive(Debug, Deserialize)]
struct BandDrawn {
    name: String,
    points: Vec<[Option<f64>; 3]>,
}

#[derive(Debug, Deserialize)]
struct BinDrawn {
    from: f64,
    to: f64,
    height: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MarkDrawn {
    Dot,
    Bar,
    Range,
}

#[derive(Debug, Deserialize)]
struct RowDrawn {
    name: String,
    value: Option<f64>,
    #[serde(default)]
    low: Option<f64>,
    #[serde(default)]
    high: Option<f64>,
    #[serde(default)]
    note: String,
}

#[derive(Debug, Deserialize)]
struct RuleDrawn {
    at: f64,
    name: String,
}

/// The picture as one `svg` element.
pub fn draw(drawing: Drawing) -> String {
    let scheme = match drawing.scheme {
        Colours::Page => Scheme::CssVariables,
        Colours::Light => Scheme::Light,
        Colours::Dark => Scheme::Dark,
    };
    let width = drawing.width.clamp(WIDTHS[0], WIDTHS[1]);
    // Ids and references are made of it.
    let prefix = drawing.prefix.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect();
    let tallest = match drawing.chart.drawing {
        Drawn::Histogram { tallest, .. } => tallest,
        _ => None,
    };
    let (is_alone, has_focus, phrases) = (drawing.alone, drawing.focus, drawing.phrases);
    let look = Look { width, scheme, prefix, is_alone, has_focus, phrases, tallest };
    svg(&drawing.chart.into(), &look)
}

impl From<Picture> for Chart {
    fn from(picture: Picture) -> Chart {
        let table = Sheet::new(&picture.name, &picture.title, Vec::new());
        Chart { name: picture.name, title: picture.title, told: picture.told, drawing: picture.drawing.into(), table }
    }
}

impl From<Drawn> for chart::Drawing {
    fn from(drawn: Drawn) -> chart::Drawing {
        match drawn {
            Drawn::Lines { x, y, lines, rules } => chart::Drawing::Lines {
                x: x.into(),
                y: y.into(),
                lines: lines.into_iter().map(Line::from).collect(),
                rules: rules.into_iter().map(Rule::from).collect(),
            },
            Drawn::Histogram { x, y, bins, rules, .. } => chart::Drawing::Histogram {
                x: x.into(),
                y: y.into(),
                bins: bins.into_iter().map(|bin| Bin { from: bin.from, to: bin.to, height: bin.height }).collect(),
                rules: rules.into_iter().map(Rule::from).collect(),
            },
            Drawn::Rows { x, mark, rows, rules } => chart::Drawing::Rows {
                x: x.into(),
                mark: match mark {
                    MarkDrawn::Dot => Mark::Dot,
                    MarkDrawn::Bar => Mark::Bar,
                    MarkDrawn::Range => Mark::Range,
                },
                rows: rows.into_iter().map(Row::from).collect(),
                rules: rules.into_iter().map(Rule::from).collect(),
            },
            Drawn::Parts { x, parts, bars } => {
                let sizes = |(name, sizes): (String, Vec<Option<f64>>)| (name, sizes.into_iter().map(number).collect());
                chart::Drawing::Parts { x: x.into(), parts, bars: bars.into_iter().map(sizes).collect() }
            }
        }
    }
}

/// What is not defined is `null` in JSON.
fn number(number: Option<f64>) -> f64 {
    number.unwrap_or(f64::NAN)
}

impl From<AxisDrawn> for Axis {
    fn from(axis: AxisDrawn) -> Axis {
        let figures = match axis.figures {
            FiguresDrawn::Plain => Figures::Plain,
            FiguresDrawn::Percent => Figures::Percent,
            FiguresDrawn::Money => Figures::Money,
        };
        Axis { title: axis.title, figures }
    }
}

impl From<LineDrawn> for Line {
    fn from(line: LineDrawn) -> Line {
        let band = |band: BandDrawn| Band {
            name: band.name,
            points: band.points.into_iter().map(|point| point.map(number)).collect(),
        };
        Line {
            name: line.name,
            points: line.points.into_iter().map(|point| point.map(number)).collect(),
            is_step: line.is_step,
            bands: line.bands.into_iter().map(band).collect(),
        }
    }
}

impl From<RowDrawn> for Row {
    fn from(row: RowDrawn) -> Row {
        let [value, low, high] = [row.value, row.low, row.high].map(number);
        Row { name: row.name, value, low, high, note: row.note }
    }
}

impl From<RuleDrawn> for Rule {
    fn from(rule: RuleDrawn) -> Rule {
        Rule { at: rule.at, name: rule.name }
    }
}
