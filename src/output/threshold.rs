//! A threshold as tables, a drawn curve and sentences.

use super::column::Column;
use super::figure::{decimals_for, decimals_to_show, grouped};
use super::sheet::Sheet;
use super::text_plot::{self, Line};
use crate::analyse::threshold::{Crossing, Point, Side, Switch, Threshold};
use crate::analyse::wilson::Interval;
use crate::experiment::quantity::{Comparison, Condition, Quantity};
use crate::experiment::vary::Vary;

/// Names of the tables.
pub const SHEETS: [&str; 2] = ["curve", "threshold"];

/// What was asked and found.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What was varied.
    pub vary: &'a Vary,
    /// What was to hold.
    pub condition: &'a Condition,
    /// Replications of each value.
    pub replications: u64,
    /// What was found.
    pub found: &'a Threshold,
}

impl Told<'_> {
    /// The tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![self.curve(), self.switches()]
    }

    fn curve(&self) -> Sheet {
        let unit = self.unit();
        let mut sheet = Sheet::new(SHEETS[0], "What was found at each value", curve_columns(self.vary.unit, unit));
        for point in &self.found.curve {
            sheet.push(vec![
                self.vary.path.as_str().into(),
                point.value.into(),
                self.replications.into(),
                point.estimate.into(),
                point.standard_error.into(),
                point.interval.low.into(),
                point.interval.high.into(),
                point.fitted.into(),
                point.holds.into(),
                reading(point).into(),
            ]);
        }
        sheet
    }

    fn switches(&self) -> Sheet {
        let mut sheet =
            Sheet::new(SHEETS[1], "Where the condition begins or ceases to hold", switch_columns(self.vary.unit));
        let response = if self.found.is_rising { "rises" } else { "falls" };
        let beyond = |end: f64| if end.is_finite() { end } else { f64::NAN };
        let mut push = |method: &str, holds: &str, value: f64, interval: Interval| {
            sheet.push(vec![
                self.vary.path.as_str().into(),
                self.condition.to_string().into(),
                method.into(),
                holds.into(),
                value.into(),
                beyond(interval.low).into(),
                beyond(interval.high).into(),
                response.into(),
                self.found.p_monotone.into(),
            ]);
        };
        let nowhere = Interval { low: f64::NAN, high: f64::NAN };
        match self.found.switch {
            Switch::At { value, interval, side } => push("monotone", word(side), value, interval),
            Switch::Always { .. } => push("monotone", "always", f64::NAN, nowhere),
            Switch::Never { .. } => push("monotone", "never", f64::NAN, nowhere),
        }
        for crossing in &self.found.crossings {
            push("segments", word(crossing.side), crossing.value, crossing.interval);
        }
        sheet
    }

    /// The curve in characters.
    pub fn plot(&self, width: usize) -> String {
        let decimals = self.found.curve.iter().map(|point| decimals_needed(point.value)).max().unwrap_or(0);
        let line = |point: &Point| Line {
            label: grouped(point.value, decimals),
            low: point.interval.low,
            middle: point.estimate,
            high: point.interval.high,
            remark: reading(point).to_string(),
        };
        let lines: Vec<Line> = self.found.curve.iter().map(line).collect();
        let drawn = text_plot::curve(&self.vary.path, &lines, self.condition.bound, width);
        format!("{} against {}\n\n{drawn}", self.condition.quantity, self.vary.path)
    }

    /// What was found, in words.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.found.is_monotone() {
            sentences.push(self.by_the_monotone_curve());
            sentences.extend(self.neighbours());
            sentences.push(self.direction());
        } else {
            // Turning or not, it may stay on one side of the bound.
            if !matches!(self.found.switch, Switch::At { .. }) && self.found.crossings.is_empty() {
                sentences.push(self.by_the_monotone_curve());
            }
            sentences.push(self.not_monotone());
            sentences.extend(self.found.crossings.iter().map(|crossing| self.crossing(crossing)));
        }
        sentences.extend(self.how_sure());
        sentences
    }

    fn by_the_monotone_curve(&self) -> String {
        let holds = said(self.condition);
        match self.found.switch {
            Switch::At { value, interval, side } => {
                let bounds = self.bounds(interval);
                format!("{}, {holds}.", self.with(&format!("{}{bounds}", self.shown(value, interval)), side))
            }
            Switch::Always { nearest, .. } => {
                format!("{}, {} holds everywhere. {}", self.within(), self.condition, self.gap(nearest))
            }
            Switch::Never { nearest, .. } => {
                format!("{}, {} holds nowhere. {}", self.within(), self.condition, self.gap(nearest))
            }
        }
    }

    /// `With 7 (6–8) partners or more`.
    fn with(&self, figure: &str, side: Side) -> String {
        let tail = if side == Side::From { "or more" } else { "or less" };
        if self.vary.path == "governance.partners" {
            let tail = if side == Side::From { "or more" } else { "or fewer" };
            return format!("With {figure} partners {tail}");
        }
        format!("With {} at {figure} {tail}", self.vary.path)
    }

    fn within(&self) -> String {
        let (low, high) = (plain(self.vary.low), plain(self.vary.high));
        format!("With {} from {low} to {high}", self.vary.path)
    }

    /// How near the condition comes to changing.
    fn gap(&self, nearest: f64) -> String {
        let Some(point) = self.found.curve.iter().find(|point| point.value == nearest) else { return String::new() };
        let decimals =
            decimals_to_show(point.standard_error, decimals_for(self.condition.bound.abs().max(point.estimate.abs())));
        let figure = |value: f64| grouped(value, decimals);
        let gap = (point.estimate - self.condition.bound).abs();
        format!(
            "It comes nearest at {}, where {} is {} ({} to {}), {} away from the bound.",
            plain(nearest),
            self.condition.quantity,
            figure(point.estimate),
            figure(point.interval.low),
            figure(point.interval.high),
            figure(gap)
        )
    }

    /// The quantity on either side of a discrete switch.
    fn neighbours(&self) -> Option<String> {
        let Switch::At { value, side, .. } = self.found.switch else { return None };
        let i = self.found.curve.iter().position(|point| point.value == value).filter(|_| self.vary.is_discrete())?;
        let other = if side == Side::From { i.checked_sub(1)? } else { i + 1 };
        let (first, second) = (self.found.curve.get(i.min(other))?, self.found.curve.get(i.max(other))?);
        let told = |point: &Point| {
            let decimals = decimals_to_show(point.standard_error, 2);
            let figure = |value: f64| grouped(value, decimals);
            let Interval { low, high } = point.interval;
            format!("{} ({} to {}) at {}", figure(point.estimate), figure(low), figure(high), plain(point.value))
        };
        Some(format!("{} is {} and {}.", self.condition.quantity, told(first), told(second)))
    }

    fn direction(&self) -> String {
        let way = if self.found.is_rising { "rises" } else { "falls" };
        let (quantity, path) = (self.condition.quantity, &self.vary.path);
        if self.found.direction_support < 0.975 {
            return format!("Whether {quantity} rises or falls with {path} is not clear.");
        }
        format!(
            "{quantity} {way} with {path}; nothing speaks against its doing so throughout (p {}).",
            p(self.found.p_monotone)
        )
    }

    fn not_monotone(&self) -> String {
        let (quantity, path, p) = (self.condition.quantity, &self.vary.path, p(self.found.p_monotone));
        let told = format!("{quantity} does not go one way with {path}: it turns by more than luck explains (p {p})");
        match self.found.crossings.len() {
            0 if !matches!(self.found.switch, Switch::At { .. }) => format!("{told}."),
            0 => {
                let mostly = self.found.curve.iter().filter(|point| point.holds > 0.5).count();
                let n = self.found.curve.len();
                format!("{told}. There is no clear change: the condition is met at {mostly} of the {n} values.")
            }
            1 => format!("{told}. It clearly crosses the bound once."),
            n => format!(
                "{told}. It clearly crosses the bound {n} times, and no single value tells where the condition holds."
            ),
        }
    }

    fn crossing(&self, crossing: &Crossing) -> String {
        let Crossing { value, interval, side } = *crossing;
        let place =
            format!("{} (between {} and {})", self.shown(value, interval), plain(interval.low), plain(interval.high));
        let way = if side == Side::From { "begins" } else { "ceases" };
        format!("The condition {way} to hold at {place}.")
    }

    /// At how many values the matter is unclear.
    fn how_sure(&self) -> Option<String> {
        let unclear: Vec<String> = self
            .found
            .curve
            .iter()
            .filter(|point| reading(point) == "unclear")
            .map(|point| plain(point.value))
            .collect();
        let n = grouped(self.replications as f64, 0);
        match unclear.len() {
            0 => None,
            count if count <= 6 => Some(format!(
                "At {} it is unclear with {n} replications whether the condition holds.",
                listed(&unclear)
            )),
            count => {
                Some(format!("At {count} values it is unclear with {n} replications whether the condition holds."))
            }
        }
    }

    fn shown(&self, value: f64, interval: Interval) -> String {
        if self.vary.is_discrete() { plain(value) } else { grouped(value, self.decimals(interval)) }
    }

    /// ` (6–8)`, with words where it reaches beyond the range.
    fn bounds(&self, interval: Interval) -> String {
        let decimals = self.decimals(interval);
        let figure = |value: f64| if self.vary.is_discrete() { plain(value) } else { grouped(value, decimals) };
        match (interval.low.is_finite(), interval.high.is_finite()) {
            (true, true) => format!(" ({}–{})", figure(interval.low), figure(interval.high)),
            (true, false) => format!(" (at least {}, perhaps beyond {})", figure(interval.low), plain(self.vary.high)),
            (false, true) => format!(" (perhaps below {}, at most {})", plain(self.vary.low), figure(interval.high)),
            (false, false) => " (anywhere in the range or beyond)".to_string(),
        }
    }

    fn decimals(&self, interval: Interval) -> usize {
        let width = interval.high - interval.low;
        let least = if width.is_finite() { 0 } else { 2 };
        decimals_to_show(width / 4.0, least)
    }

    fn unit(&self) -> &'static str {
        match self.condition.quantity {
            Quantity::Probability(_) => "share",
            other => other.variable().unit(),
        }
    }
}

/// The columns of `threshold`, in the unit of what is varied.
pub(super) fn switch_columns(unit: &str) -> Vec<Column> {
    vec![
        Column::text("parameter", "What was varied."),
        Column::text("condition", "What was to hold."),
        Column::text(
            "method",
            "`monotone`: where the monotone curve crosses; `segments`: each clear change of the estimates themselves.",
        ),
        Column::text("holds", "`from` the value on, `up to` it, `always` or `never` within the range."),
        Column::number("value", "The switching value; empty where there is none.", unit),
        Column::number("low", "Lower end of its interval; empty where that lies beyond the range.", unit),
        Column::number("high", "Upper end of its interval; empty where that lies beyond the range.", unit),
        Column::text("response", "Whether the quantity `rises` or `falls` with the parameter."),
        Column::number(
            "p_monotone",
            "Chance of a curve at least as far from monotone as this one if the response were monotone; below 0.05 read the segments.",
            "share",
        ),
    ]
}

/// The columns of `curve`, in the units of what is varied and of what is asked about.
pub(super) fn curve_columns(vary_unit: &str, unit: &str) -> Vec<Column> {
    vec![
        Column::text("parameter", "What was varied."),
        Column::number("value", "Its value.", vary_unit),
        Column::whole("replications", "Replications simulated at this value, the same ones at each.", "replications"),
        Column::number("estimate", "The quantity that the condition is about.", unit),
        Column::number("mc_standard_error", "Its Monte Carlo standard error, from resampling replications.", unit),
        Column::number("low", "Lower end of its 95 % interval.", unit),
        Column::number("high", "Upper end of its 95 % interval.", unit),
        Column::number("fitted", "The monotone curve nearest to all estimates.", unit),
        Column::number(
            "probability_holds",
            "How sure it is that the condition holds at this value: share of the resamples in which it does.",
            "share",
        ),
        Column::text("reading", "`holds`, `fails`, or `unclear` where neither is 97.5 % sure."),
    ]
}

fn reading(point: &Point) -> &'static str {
    match point.holds {
        holds if holds >= 0.975 => "holds",
        holds if holds <= 0.025 => "fails",
        _ => "unclear",
    }
}

fn word(side: Side) -> &'static str {
    if side == Side::From { "from" } else { "up to" }
}

/// The condition as a clause: `premium > 0 in at least 50 of 100 replications`.
fn said(condition: &Condition) -> String {
    let comparison = match condition.comparison {
        Comparison::Less => "less than",
        Comparison::AtMost => "at most",
        Comparison::Equal => "exactly",
        Comparison::AtLeast => "at least",
        Comparison::Greater => "more than",
    };
    match condition.quantity {
        Quantity::Probability(happening) => {
            format!("{happening} in {comparison} {} of 100 replications", plain(100.0 * condition.bound))
        }
        quantity => format!("{quantity} is {comparison} {}", plain(condition.bound)),
    }
}

/// A number as it was given, without the last digits of rounding.
fn plain(value: f64) -> String {
    grouped(value, decimals_needed(value))
}

/// Decimals that a value needs, at most six.
fn decimals_needed(value: f64) -> usize {
    (0..6)
        .find(|&decimals| format!("{value:.decimals$}").parse::<f64>().is_ok_and(|read| (read - value).abs() < 1e-9))
        .unwrap_or(6)
}

fn p(value: f64) -> String {
    if value < 0.001 {
        return "< 0.001".to_string();
    }
    let figure = if value < 0.01 { format!("{value:.3}") } else { format!("{value:.2}") };
    format!("= {figure}")
}

fn listed(items: &[String]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => items.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::threshold::{Level, Question, Statistic, threshold};

    /// The sentences on a grid in which the condition holds in so many of ten replications, each counted twenty times.
    fn told(vary: &str, condition: &str, counts: &[usize]) -> Vec<String> {
        let (vary, condition) = (Vary::parse(vary).unwrap(), Condition::parse(condition).unwrap());
        let level = |(value, &n): (f64, &usize)| Level {
            value,
            terms: (0..200).map(|r| f64::from(u8::from(r % 10 < n))).collect(),
        };
        let levels: Vec<Level> = vary.values().into_iter().zip(counts).map(level).collect();
        let question = Question {
            statistic: Statistic::Mean,
            comparison: condition.comparison,
            bound: condition.bound,
            is_discrete: vary.is_discrete(),
            resamples: 200,
            seed: 1,
        };
        let found = threshold(&levels, &question);
        let told = Told { vary: &vary, condition: &condition, replications: 200, found: &found };
        assert_eq!(told.sheets().iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), SHEETS);
        assert_eq!(told.plot(80).lines().count(), levels.len() + 3);
        told.sentences()
    }

    #[test]
    fn a_switch_is_told_with_its_interval_and_its_neighbours() {
        let sentences = told("governance.partners=2..6", "P(premium > 0) >= 0.5", &[1, 2, 3, 7, 9]);
        assert_eq!(sentences[0], "With 5 (5–5) partners or more, premium > 0 in at least 50 of 100 replications.");
        assert!(sentences[1].starts_with("P(premium > 0) is 0.30 (0.24 to 0.37) at 4 and 0.70"), "{sentences:?}");
        assert!(sentences[2].starts_with("P(premium > 0) rises with governance.partners"), "{sentences:?}");
        let fewer = told("governance.partners=2..6", "P(premium > 0) >= 0.5", &[9, 8, 7, 2, 1]);
        assert_eq!(fewer[0], "With 4 (4–4) partners or fewer, premium > 0 in at least 50 of 100 replications.");
    }

    #[test]
    fn where_there_is_no_switch_the_side_and_the_gap_are_told() {
        let never = told("governance.partners=2..4", "P(premium > 0) >= 0.5", &[1, 2, 3]);
        assert!(
            never[0].contains("nowhere") && never[0].contains("nearest at 4") && never[0].contains("0.20 away"),
            "{never:?}"
        );
        let always = told("governance.partners=2..4", "P(premium > 0) >= 0.5", &[7, 8, 9]);
        assert!(always[0].contains("everywhere") && always[0].contains("nearest at 2"), "{always:?}");
    }

    #[test]
    fn a_response_that_turns_is_told_with_all_its_changes() {
        let sentences = told("governance.partners=2..6", "P(premium > 0) >= 0.5", &[1, 9, 9, 9, 1]);
        assert!(sentences[0].contains("does not go one way") && sentences[0].contains("2 times"), "{sentences:?}");
        assert_eq!(sentences[1], "The condition begins to hold at 3 (between 2 and 3).");
        assert_eq!(sentences[2], "The condition ceases to hold at 5 (between 5 and 6).");
    }
}
