//! Pictures as SVG: text that any browser shows and any drawing program opens.

use super::look::{Ink, Look, Scheme};
use super::scene::{Anchor, Item, Scene, Shape, Words};
use super::{Chart, Drawing, plane, rows};
use std::fmt::Write;

/// The picture as shapes in their places.
pub fn scene(chart: &Chart, look: &Look) -> Scene {
    match &chart.drawing {
        Drawing::Lines { x, y, lines, rules } => plane::lines(&chart.title, look, [x, y], lines, rules),
        Drawing::Histogram { x, y, bins, rules } => plane::histogram(&chart.title, look, [x, y], bins, rules),
        Drawing::Rows { x, mark, rows, rules } => rows::rows(&chart.title, look, x, *mark, rows, rules),
        Drawing::Parts { x, parts, bars } => rows::parts(&chart.title, look, x, parts, bars),
        Drawing::Dots { x, y, dots, kinds, boxes } => plane::dots(&chart.title, look, [x, y], dots, kinds, boxes),
    }
}

/// The picture as one `svg` element, with its title, what it says in words, and the value of each mark for who points at it. The
/// same picture gives the same bytes everywhere.
///
/// ```
/// use partnersim::output::chart::look::{Look, Scheme};
/// use partnersim::output::chart::{Axis, Chart, Drawing, Mark, Row, svg::svg};
/// use partnersim::output::sheet::Sheet;
/// let chart = Chart {
///     name: "gain".to_string(),
///     title: "Who gains".to_string(),
///     told: "The council gains most.".to_string(),
///     drawing: Drawing::Rows {
///         x: Axis::of_unit("Gain", "thousand pounds"),
///         mark: Mark::Bar,
///         rows: vec![Row::bare("council", 120.0), Row::bare("charity <1>", -30.0)],
///         rules: Vec::new(),
///     },
///     table: Sheet::new("gain", "Who gains", Vec::new()),
/// };
/// let drawn = svg(&chart, &Look::alone(720.0, Scheme::Light));
/// assert!(drawn.starts_with("<svg") && drawn.contains("charity &lt;1&gt;"));
/// ```
pub fn svg(chart: &Chart, look: &Look) -> String {
    let scene = scene(chart, look);
    let mut text = String::new();
    let (width, height) = (number(scene.width), number(scene.height));
    let id = format!("{}{}", look.prefix, chart.name)
        .replace(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-', "_");
    // Who walks through the marks by the keyboard needs them told apart; else it is one picture.
    let role = if look.has_focus { "group" } else { "img" };
    put(
        &mut text,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"{role}\" aria-labelledby=\"{id}-title {id}-told\" font-family=\"{FONTS}\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-told\">{}</desc>\n",
            escaped(&chart.title),
            escaped(&chart.told)
        ),
    );
    if look.is_alone {
        let paper = look.scheme.colour(Ink::Paper);
        put(&mut text, format_args!("<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\n"));
    }
    for item in &scene.items {
        write_item(&mut text, item, look);
    }
    text.push_str("</svg>\n");
    text
}

/// Fonts about as wide as the table that words are measured by, the first that is there.
const FONTS: &str = "'Noto Sans','Open Sans','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/// Adds to a text, which cannot fail.
fn put(text: &mut String, added: std::fmt::Arguments) {
    let _ = text.write_fmt(added);
}

fn write_item(text: &mut String, item: &Item, look: &Look) {
    if item.told.is_empty() {
        text.push_str("<g>");
    } else {
        let told = escaped(&item.told);
        if look.has_focus {
            put(text, format_args!("<g class=\"mark\" tabindex=\"0\" role=\"img\" aria-label=\"{told}\">"));
        } else {
            text.push_str("<g class=\"mark\">");
        }
        put(text, format_args!("<title>{told}</title>"));
    }
    for shape in &item.shapes {
        write_shape(text, shape, look.scheme);
    }
    text.push_str("</g>\n");
}

fn write_shape(text: &mut String, shape: &Shape, scheme: Scheme) {
    match shape {
        Shape::Lines { lines, ink, thickness, dash } if !lines.is_empty() => {
            let path: String = lines.iter().map(|line| path(line)).collect();
            let colour = scheme.colour(*ink);
            put(
                text,
                format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness}\""),
            );
            let lengths: Vec<String> = dash.lengths().iter().map(|length| number(*length)).collect();
            if !lengths.is_empty() {
                put(text, format_args!(" stroke-dasharray=\"{}\"", lengths.join(" ")));
            }
            text.push_str("/>");
        }
        Shape::Lines { .. } => {}
        Shape::Area { points, ink, opacity } => {
            put(text, format_args!("<path d=\"{}Z\" fill=\"{}\"", path(points), scheme.colour(*ink)));
            if *opacity < 1.0 {
                put(text, format_args!(" fill-opacity=\"{opacity}\""));
            }
            text.push_str("/>");
        }
        Shape::Discs { centres, radius, ink, is_hollow } => {
            let colour = scheme.colour(*ink);
            for [x, y] in centres {
                put(
                    text,
                    format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(*x), number(*y), number(*radius)),
                );
                match is_hollow {
                    true => {
                        let paper = scheme.colour(Ink::Paper);
                        put(text, format_args!(" fill=\"{paper}\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
                    }
                    false => put(text, format_args!(" fill=\"{colour}\"/>")),
                }
            }
        }
        Shape::Words(words) => write_words(text, words, scheme),
        Shape::Place([left, top, right, bottom]) => {
            let [x, y, width, height] = [*left, *top, right - left, bottom - top].map(number);
            put(
                text,
                format_args!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" pointer-events=\"all\"/>"
                ),
            );
        }
    }
}

fn write_words(text: &mut String, words: &Words, scheme: Scheme) {
    if words.text.is_empty() {
        return;
    }
    let [x, y] = words.at.map(number);
    put(
        text,
        format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"{}\"", words.size, scheme.colour(words.ink)),
    );
    text.push_str(match words.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    });
    if words.is_bold {
        text.push_str(" font-weight=\"bold\"");
    }
    put(text, format_args!(">{}</text>", escaped(&words.text)));
}

fn path(points: &[[f64; 2]]) -> String {
    let mut path = String::new();
    for (k, [x, y]) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if k == 0 { "M" } else { "L" }, number(*x), number(*y));
    }
    path
}

/// A length with one decimal, and that only where it says something.
fn number(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, whole.abs(), tenth.abs()),
    }
}

/// Words that mean nothing but themselves in markup; what may not stand in it at all is left out.
pub fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            '\n' | '\t' | '\r' => text.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            character if character.is_control() => {}
            character => text.push(character),
        }
    }
    text
}
