//! Pictures in characters, for the terminal: blocks and braille dots, or letters and signs of ASCII for old consoles.

mod plane;
mod rows;

use super::phrases::Phrases;
use super::scale::{Scale, Ticks};
use super::{Axis, Chart, Drawing};

/// What is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// Whether only the characters of ASCII are used.
    pub is_ascii: bool,
}

/// The picture in lines of at most `width` characters, without its title; at least 40 are used.
///
/// ```
/// use partnersim::output::chart::characters::{Signs, characters};
/// use partnersim::output::chart::{Axis, Chart, Drawing, Mark, Row};
/// use partnersim::output::sheet::Sheet;
/// let rows = vec![Row::new("council", 3.0, [1.0, 5.0])];
/// let drawing = Drawing::Rows { x: Axis::plain("gain"), mark: Mark::Dot, rows, rules: Vec::new() };
/// let table = Sheet::new("gain", "Who gains", Vec::new());
/// let chart = Chart { name: "gain".into(), title: "Who gains".into(), told: String::new(), drawing, table };
/// assert!(characters(&chart, 60, Signs { is_ascii: true }).starts_with("council  |---"));
/// ```
pub fn characters(chart: &Chart, width: usize, signs: Signs) -> String {
    let width = width.max(40);
    let lines = match &chart.drawing {
        Drawing::Lines { x, y, lines, rules } => plane::lines(width, signs, [x, y], lines, rules),
        Drawing::Histogram { x, y, bins, rules } => plane::histogram(width, signs, [x, y], bins, rules),
        Drawing::Dots { x, y, dots, kinds, boxes } => plane::dots(width, signs, [x, y], dots, kinds, boxes),
        Drawing::Rows { x, mark, rows, rules } => rows::rows(width, signs, x, *mark, rows, rules),
        Drawing::Parts { x, parts, bars } => rows::parts(width, signs, x, parts, bars),
    };
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    if signs.is_ascii { in_ascii(&lines.join("\n")) } else { lines.join("\n") }
}

impl Signs {
    /// One of two characters.
    fn of(self, full: char, ascii: char) -> char {
        if self.is_ascii { ascii } else { full }
    }

    /// Words as wide as they will be shown.
    fn words(self, text: String) -> String {
        if self.is_ascii { in_ascii(&text) } else { text }
    }

    /// What a kind is drawn with, from 0.
    fn kind(self, kind: usize) -> char {
        let (full, ascii) = (['●', '○', '▲', '△', '■', '□'], ['o', 'x', '*', '+', '@', '%']);
        self.of(full[kind % 6], ascii[kind % 6])
    }

    /// What a part of a bar is filled with, from 0.
    fn part(self, kind: usize) -> char {
        let (full, ascii) = (['█', '░', '▓', '╱', '▒', '·'], ['#', '.', '=', '/', '+', ':']);
        self.of(full[kind % 6], ascii[kind % 6])
    }
}

/// Signs that a console without Unicode shows; letters that it lacks become question marks.
pub fn in_ascii(text: &str) -> String {
    let shown = |sign: char| match sign {
        '−' | '–' => "-".to_string(),
        '\u{a0}' => " ".to_string(),
        '£' => "GBP ".to_string(),
        '…' => "~".to_string(),
        '“' | '”' => "\"".to_string(),
        '’' => "'".to_string(),
        sign if sign.is_ascii() => sign.to_string(),
        _ => "?".to_string(),
    };
    text.chars().map(shown).collect()
}

/// Adds a text at a place of a line, where nothing stands yet; whether it was added.
fn put(line: &mut [char], at: usize, text: &str) -> bool {
    let count = text.chars().count();
    let around = at.saturating_sub(1)..(at + count + 1).min(line.len());
    let is_free = at + count <= line.len() && line[around].iter().all(|sign| *sign == ' ');
    if is_free {
        text.chars().enumerate().for_each(|(k, sign)| line[at + k] = sign);
    }
    is_free
}

/// Adds the name of what stands in a column of a line: over it, before or behind it; whether it was added.
fn put_at(line: &mut [char], column: usize, name: &str) -> bool {
    let count = name.chars().count();
    let last = line.len().saturating_sub(count);
    let places =
        [column.saturating_sub(count / 2).min(last), (column + 1).saturating_sub(count).min(last), column.min(last)];
    places.into_iter().any(|at| put(line, at, name))
}

/// The column of a number on a scale that counts columns.
fn column(scale: &Scale, value: f64) -> usize {
    scale.at(value).round() as usize
}

/// The line of an axis below, its ticks' names and its title, after `indent` spaces.
fn axis_below(axis: &Axis, scale: &Scale, indent: usize, signs: Signs) -> Vec<String> {
    let columns = scale.to as usize + 1;
    let (ends, phrases) = ([scale.low, scale.high], Phrases::default());
    let of = |wanted: usize| {
        let ticks = if axis.counts_months(&phrases) { Ticks::of_months(ends, wanted) } else { Ticks::of(ends, wanted) };
        let names = axis.figures.at(&ticks, &phrases).into_iter().map(|name| signs.words(name)).collect();
        (ticks, names)
    };
    let fits = |(ticks, names): &(Ticks, Vec<String>)| {
        let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let apart = (scale.at(scale.low + ticks.step) - scale.from) as usize;
        names.len() < 2 || widest + 6 <= apart
    };
    let (ticks, names) = (1..=8).rev().map(of).find(fits).unwrap_or_else(|| of(1));
    let mut line = vec![signs.of('─', '-'); columns];
    let mut below = vec![' '; indent + columns];
    for (tick, name) in ticks.values.iter().zip(names) {
        let at = column(scale, *tick);
        line[at] = signs.of('┴', '+');
        let half = name.chars().count() / 2;
        put(
            &mut below,
            (indent + at).saturating_sub(half).min((indent + columns).saturating_sub(name.chars().count())),
            &name,
        );
    }
    let line: String = line.into_iter().collect();
    let mut lines = vec![format!("{:indent$}{line}", ""), below.into_iter().collect()];
    if !axis.title.is_empty() {
        let title = cut(&axis.title, indent + columns);
        let before = (indent + columns / 2).saturating_sub(title.chars().count() / 2);
        let before = before.min((indent + columns).saturating_sub(title.chars().count()));
        lines.push(format!("{:before$}{title}", ""));
    }
    lines
}

/// As much of a text as `most` characters hold.
fn cut(text: &str, most: usize) -> String {
    let text: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// What signs mean, in as many lines as they need.
fn legend(entries: &[(String, String)], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (sign, name) in entries {
        let entry = cut(&format!("{sign} {name}"), width);
        match lines.last_mut().filter(|line| line.chars().count() + 3 + entry.chars().count() <= width) {
            Some(line) => *line = format!("{line}   {entry}"),
            None => lines.push(entry),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::tests::{degenerate, samples};
    use super::*;

    #[test]
    fn every_picture_fits_the_terminal_and_shows_something() {
        for chart in samples().iter().chain(&degenerate()) {
            for width in [40, 60, 80, 100, 200] {
                let drawn = characters(chart, width, Signs { is_ascii: false });
                for line in drawn.lines() {
                    assert!(line.chars().count() <= width, "{} at {width}: {line}", chart.name);
                }
                assert!(
                    drawn.lines().count() >= 2 && !drawn.contains("-0 ") && !drawn.contains("-0.0 "),
                    "{}: {drawn}",
                    chart.name
                );
            }
        }
    }

    #[test]
    fn an_old_console_gets_nothing_but_ascii() {
        for chart in samples().iter().chain(&degenerate()) {
            let drawn = characters(chart, 80, Signs { is_ascii: true });
            assert!(drawn.is_ascii(), "{}: {drawn}", chart.name);
        }
    }

    #[test]
    fn a_name_that_would_move_the_cursor_does_not() {
        let mut chart = samples().remove(3);
        if let Drawing::Rows { rows, .. } = &mut chart.drawing {
            rows[0].name = "a\u{1b}[2Jb\n".to_string();
        }
        let drawn = characters(&chart, 80, Signs { is_ascii: false });
        assert!(drawn.chars().all(|sign| sign == '\n' || !sign.is_control()), "{drawn}");
    }
}
