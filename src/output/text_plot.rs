//! A curve in characters: one line a value, with its interval, and an upright line to be crossed.

use super::figure::{decimals_to_show, grouped};

/// One value of the curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What stands before it.
    pub label: String,
    /// Lower end of its interval.
    pub low: f64,
    /// The value.
    pub middle: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// What stands behind it.
    pub remark: String,
}

/// Lines shown at most; of more, every second, third and so on.
const MOST_LINES: usize = 45;

/// Draws the lines under a heading, with an upright line at `bound`, in at most `width` characters.
pub fn curve(heading: &str, lines: &[Line], bound: f64, width: usize) -> String {
    let shown: Vec<&Line> = lines.iter().step_by(lines.len().div_ceil(MOST_LINES).max(1)).collect();
    let longest = |text: fn(&Line) -> &str| shown.iter().map(|line| text(line).chars().count()).max().unwrap_or(0);
    let labels = longest(|line| &line.label).max(heading.chars().count());
    let remarks = longest(|line| &line.remark);
    let columns = width.saturating_sub(labels + remarks + 4).clamp(20, 61);
    let scale = Scale::over(&shown, bound, columns);
    let mut text = format!("{heading:>labels$}  {}\n", scale.axis(bound));
    for line in shown {
        let drawn = format!("{:>labels$}  {}  {}", line.label, scale.row(line, bound), line.remark);
        text.push_str(drawn.trim_end());
        text.push('\n');
    }
    text.trim_end().to_string()
}

/// Which number lies in which column.
struct Scale {
    low: f64,
    high: f64,
    columns: usize,
}

impl Scale {
    fn over(lines: &[&Line], bound: f64, columns: usize) -> Scale {
        let ends = lines.iter().flat_map(|line| [line.low, line.middle, line.high]).chain([bound]);
        let ends = ends.filter(|end| end.is_finite());
        let (low, high) = ends.fold((bound, bound), |(low, high), end| (low.min(end), high.max(end)));
        let room = if high > low { 0.02 * (high - low) } else { 1.0 };
        Scale { low: low - room, high: high + room, columns }
    }

    fn column(&self, value: f64) -> usize {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        (share * (self.columns - 1) as f64).round() as usize
    }

    /// The ends and the bound in figures, each above its place.
    fn axis(&self, bound: f64) -> String {
        let decimals = decimals_to_show((self.high - self.low) / 50.0, 0);
        let [low, middle, high] = [self.low, bound, self.high].map(|value| grouped(value, decimals));
        let mut axis = vec![' '; self.columns];
        let mut put = |text: &str, from: usize| {
            let from = from.min(self.columns.saturating_sub(text.chars().count()));
            let place = from.saturating_sub(1)..(from + text.chars().count() + 1).min(self.columns);
            // Figures that would run into each other are left out, the bound never.
            if axis[place].iter().all(|&character| character == ' ') {
                text.chars().enumerate().for_each(|(i, character)| axis[from + i] = character);
            }
        };
        put(&middle, self.column(bound).saturating_sub(middle.chars().count() / 2));
        put(&low, 0);
        put(&high, self.columns);
        axis.into_iter().collect::<String>().trim_end().to_string()
    }

    fn row(&self, line: &Line, bound: f64) -> String {
        let mut row = vec![' '; self.columns];
        row[self.column(bound)] = '│';
        let (low, high) = (self.column(line.low), self.column(line.high));
        for column in low..=high {
            row[column] = match row[column] {
                '│' => '┼',
                _ if column == low => '├',
                _ if column == high => '┤',
                _ => '─',
            };
        }
        row[self.column(line.middle)] = '●';
        row.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, low: f64, middle: f64, high: f64) -> Line {
        Line { label: label.to_string(), low, middle, high, remark: "yes".to_string() }
    }

    #[test]
    fn a_curve_is_drawn_to_scale() {
        let lines = [line("2", 0.0, 0.2, 0.4), line("10", 0.5, 0.6, 1.0)];
        let drawn = curve("partners", &lines, 0.5, 41);
        assert_eq!(drawn.lines().count(), 3, "{drawn}");
        let widths = drawn.lines().map(|line| line.chars().count());
        assert!(widths.max() <= Some(41), "{drawn}");
        let second: Vec<char> = drawn.lines().nth(1).unwrap().chars().collect();
        let of = |wanted: char| second.iter().position(|&character| character == wanted).unwrap();
        assert!(of('├') < of('●') && of('●') < of('┤') && of('┤') < of('│'), "{drawn}");
        assert!(drawn.lines().nth(2).unwrap().contains('┼'), "{drawn}");
    }

    #[test]
    fn of_many_lines_so_many_are_shown_as_a_page_holds() {
        let lines: Vec<Line> = (0..200).map(|i| line(&i.to_string(), 0.0, 0.5, 1.0)).collect();
        assert!(curve("x", &lines, 0.5, 80).lines().count() <= MOST_LINES + 1);
        assert_eq!(curve("x", &lines[..1], f64::from(3), 80).lines().count(), 2);
    }
}
