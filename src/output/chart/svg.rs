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

#[cfg(test)]
mod tests {
    use super::super::tests::{degenerate, samples};
    use super::super::{Axis, Mark, Row};
    use super::*;

    /// Reads markup of elements, attributes in quotes, and text, and gives the ids in it; panics where it is not well formed.
    fn ids(text: &str) -> Vec<String> {
        let (mut open, mut ids): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
        let mut rest = text.trim_end();
        while let Some(begin) = rest.find('<') {
            let words = &rest[..begin];
            let references =
                words.split('&').skip(1).all(|part| part.split_once(';').is_some_and(|(name, _)| name.len() <= 4));
            assert!(references && !words.contains('>'), "{words}");
            let end = begin + rest[begin..].find('>').unwrap();
            let tag = &rest[begin + 1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{text}");
                continue;
            }
            let attributes = tag.trim_end_matches('/').split('"').collect::<Vec<_>>();
            assert!(
                attributes.len() % 2 == 1 && attributes.last().unwrap().trim().is_empty() || attributes.len() == 1,
                "{tag}"
            );
            for pair in attributes.chunks(2).filter(|pair| pair.len() == 2) {
                assert!(pair[0].ends_with('=') && !pair[1].contains("NaN") && !pair[1].contains("inf"), "{tag}");
                ids.extend((pair[0].trim_end().ends_with(" id=")).then(|| pair[1].to_string()));
            }
            if !tag.ends_with('/') {
                open.push(tag.split(' ').next().unwrap());
            }
        }
        assert!(open.is_empty() && rest.is_empty(), "{open:?} {rest}");
        ids
    }

    #[test]
    fn every_picture_is_well_formed_and_its_ids_begin_as_the_page_says() {
        for chart in samples().iter().chain(&degenerate()) {
            for look in [
                Look::alone(720.0, Scheme::Dark),
                Look::in_page(340.0, "first-"),
                Look { has_focus: true, ..Look::in_page(720.0, "x-") },
            ] {
                let drawn = svg(chart, &look);
                let found = ids(&drawn);
                assert!(found.len() == 2 && found.iter().all(|id| id.starts_with(&look.prefix)), "{found:?}");
                assert_eq!(drawn.contains("tabindex"), look.has_focus && drawn.contains("class=\"mark\""));
                assert_eq!(drawn, svg(chart, &look));
            }
        }
    }

    #[test]
    fn names_of_a_scenario_are_words_and_never_markup() {
        let hostile = "\"><script>alert('x')</script>&lt;\u{0}\u{1b}]\n";
        let row = Row { note: hostile.to_string(), ..Row::new(hostile, 1.0, [0.0, 2.0]) };
        let rules = vec![super::super::Rule { at: 1.0, name: hostile.to_string() }];
        let mut chart = samples().remove(0);
        (chart.name, chart.title, chart.told) = (hostile.to_string(), hostile.to_string(), hostile.to_string());
        chart.drawing = Drawing::Rows { x: Axis::plain(hostile), mark: Mark::Dot, rows: vec![row], rules };
        for has_focus in [false, true] {
            let drawn = svg(&chart, &Look { has_focus, ..Look::alone(720.0, Scheme::Light) });
            ids(&drawn);
            assert!(
                !drawn.contains("<script") && drawn.contains("&lt;script&gt;") && !drawn.contains('\u{1b}'),
                "{drawn}"
            );
        }
    }

    #[test]
    fn lengths_have_one_decimal_at_most_and_nothing_has_no_sign() {
        assert_eq!([0.0, -0.04, 12.0, 12.25, -3.06, -0.4].map(number), ["0", "0", "12", "12.3", "-3.1", "-0.4"]);
    }

    #[test]
    fn a_picture_of_a_page_takes_its_colours_from_the_page() {
        let drawn = svg(&samples()[0], &Look::in_page(720.0, "a-"));
        assert!(drawn.contains("fill=\"var(--chart-words)\"") && !drawn.contains("#0068a6"), "{drawn}");
    }
}
