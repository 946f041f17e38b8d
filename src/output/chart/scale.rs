//! From numbers to places: the stretch of an axis, its ticks, and how numbers are written at them.

use super::Figures;
use super::phrases::Phrases;
use crate::output::figure::{decimals_for, grouped, pounds, rounded};

/// Numbers beyond are not drawn: what they are part of would overflow.
const GREATEST: f64 = 1e150;

/// A stretch of an axis and where on the drawing it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The least number shown.
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// Where the least is drawn.
    pub from: f64,
    /// Where the greatest is drawn.
    pub to: f64,
}

impl Scale {
    /// Where a number is drawn; one beyond the ends at the end.
    pub fn at(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// Whether a number lies on the axis.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }
}

/// Whether a number can be drawn.
pub fn can_be_drawn(value: f64) -> bool {
    value.abs() <= GREATEST
}

/// From the least to the greatest of the numbers that can be drawn; some stretch around them where they are all the same, and
/// from 0 to 1 where there are none.
pub fn stretch(values: impl IntoIterator<Item = f64>) -> [f64; 2] {
    let drawn = values.into_iter().filter(|value| can_be_drawn(*value));
    let [low, high] =
        drawn.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)]);
    let is_one = |low: f64, high: f64| high - low <= 1e-12 * low.abs().max(high.abs());
    match (low, high) {
        (low, high) if low > high => [0.0, 1.0],
        (low, high) if is_one(low, high) && low == 0.0 => [0.0, 1.0],
        (low, high) if is_one(low, high) => [low - 0.5 * low.abs(), high + 0.5 * high.abs()],
        ends => ends.into(),
    }
}

/// Ticks of an axis: round numbers, all the same step apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// Where they are.
    pub values: Vec<f64>,
    /// How far apart.
    pub step: f64,
}

impl Ticks {
    /// The round numbers from `low` to `high`, about as many as are wanted, 1, 2 or 5 tens, hundreds, tenths… apart.
    pub fn of([low, high]: [f64; 2], wanted: usize) -> Ticks {
        let rough = (high - low) / wanted.max(1) as f64;
        let power = power_below(rough);
        let ten = ten_to(power);
        let step = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * ten).into_iter().find(|step| *step >= 0.999 * rough);
        Ticks::every(step.unwrap_or(10.0 * ten), [low, high])
    }

    /// The same for a number of months: whole years or simple parts of one.
    pub fn of_months([low, high]: [f64; 2], wanted: usize) -> Ticks {
        let rough = (high - low) / wanted.max(1) as f64;
        let step = [1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0].into_iter().find(|step| *step >= 0.999 * rough);
        step.map_or_else(|| Ticks::of([low, high], wanted), |step| Ticks::every(step, [low, high]))
    }

    fn every(step: f64, [low, high]: [f64; 2]) -> Ticks {
        let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
        // Small steps are divided by and not multiplied with, so that 3 tenths are 0.3.
        let per_one = (1.0 / step).round();
        let place = |k: f64| if step < 1.0 && (per_one * step - 1.0).abs() < 1e-9 { k / per_one } else { k * step };
        let n = if last >= first { ((last - first) as usize).min(1000) + 1 } else { 0 };
        Ticks { values: (0..n).map(|k| place(first + k as f64) + 0.0).collect(), step }
    }
}

/// An axis' ends moved outwards to the ticks next to them.
pub fn rounded_out([low, high]: [f64; 2], wanted: usize) -> [f64; 2] {
    let step = Ticks::of([low, high], wanted).step;
    [(low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step]
}

/// The greatest power of ten that is not above a number greater than 0.
fn power_below(value: f64) -> i32 {
    let (mut rest, mut power) = (value, 0);
    while rest >= 10.0 && power < 300 {
        rest /= 10.0;
        power += 1;
    }
    while rest < 1.0 && rest > 0.0 && power > -300 {
        rest *= 10.0;
        power -= 1;
    }
    power
}

fn ten_to(power: i32) -> f64 {
    let ten = (0..power.abs()).fold(1.0, |ten, _| ten * 10.0);
    if power < 0 { 1.0 / ten } else { ten }
}

impl Figures {
    /// What stands at each of these ticks, all in the same unit and with the same decimals.
    pub fn at(self, ticks: &Ticks, phrases: &Phrases) -> Vec<String> {
        let greatest = ticks.values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        let (scale, form) = self.unit(greatest, phrases);
        let decimals = usize::try_from(-power_below(ticks.step * scale * 1.000_001)).unwrap_or(0).min(12);
        let is_beyond = greatest * scale >= 1e12 || ticks.step * scale < 1e-6;
        let written = |value: f64| match value * scale {
            0.0 if self == Figures::Money => phrases.amount(&phrases.pounds, "0"),
            0.0 if is_beyond => "0".to_string(),
            value if is_beyond => phrases.digits(&format!("{value:.1e}")),
            value => {
                let digits = grouped(value, decimals);
                let (minus, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
                format!("{minus}{}", phrases.amount(form, digits))
            }
        };
        ticks.values.iter().map(|value| written(*value)).collect()
    }

    /// What an axis whose greatest tick is this counts in, in one of its numbers, and how so many of it are written.
    fn unit(self, greatest: f64, phrases: &Phrases) -> (f64, &str) {
        match self {
            Figures::Plain => (1.0, "{n}"),
            Figures::Percent => (100.0, &phrases.percent),
            Figures::Money if greatest >= 1e6 => (1e-6, &phrases.short_billions),
            Figures::Money if greatest >= 1e3 => (1e-3, &phrases.short_millions),
            Figures::Money if greatest >= 10.0 => (1.0, &phrases.short_thousands),
            Figures::Money => (1e3, &phrases.pounds),
        }
    }

    /// A number by itself, with three digits or so: `£1.23 million`, `12.5 %`, `1,730`.
    pub fn told(self, value: f64, phrases: &Phrases) -> String {
        if !value.is_finite() {
            return phrases.undefined.clone();
        }
        let (form, digits) = match self {
            Figures::Money => {
                let (unit, digits) = pounds(value);
                (phrases.of_pounds(unit), digits)
            }
            Figures::Percent => (phrases.percent.as_str(), without_end(&grouped(100.0 * value.abs(), 1))),
            Figures::Plain if value.abs() >= 1e12 => ("{n}", format!("{:.2e}", value.abs())),
            Figures::Plain => ("{n}", without_end(&grouped(rounded(value.abs()), decimals_for(value)))),
        };
        let is_nothing = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
        let sign = if value < 0.0 && !is_nothing { "-" } else { "" };
        format!("{sign}{}", phrases.amount(form, &digits))
    }

    /// The same where there is little room: shares in whole per cent.
    pub fn brief(self, value: f64, phrases: &Phrases) -> String {
        match self {
            Figures::Percent if value.is_finite() => phrases.amount(&phrases.percent, &grouped(100.0 * value, 0)),
            _ => self.told(value, phrases),
        }
    }
}

/// A number without the zeros behind its dot.
fn without_end(digits: &str) -> String {
    let end = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    end.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(figures: Figures, ends: [f64; 2], wanted: usize) -> Vec<String> {
        figures.at(&Ticks::of(ends, wanted), &Phrases::default())
    }

    #[test]
    fn ticks_are_round_and_written_for_people() {
        assert_eq!(written(Figures::Plain, [0.0, 1.0], 5), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(written(Figures::Plain, [-0.3, 0.3], 6), ["-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(written(Figures::Percent, [0.0, 1.0], 4), ["0\u{a0}%", "50\u{a0}%", "100\u{a0}%"]);
        assert_eq!(written(Figures::Percent, [0.0, 0.01], 4), ["0.0\u{a0}%", "0.5\u{a0}%", "1.0\u{a0}%"]);
        assert_eq!(written(Figures::Money, [-1000.0, 2000.0], 3), ["-£1m", "£0", "£1m", "£2m"]);
        assert_eq!(written(Figures::Money, [0.0, 1000.0], 2), ["£0", "£0.5m", "£1.0m"]);
        assert_eq!(written(Figures::Money, [0.0, 500.0], 5), ["£0", "£100k", "£200k", "£300k", "£400k", "£500k"]);
        assert_eq!(written(Figures::Money, [0.0, 5.0], 5)[5], "£5,000");
        assert_eq!(written(Figures::Plain, [0.0, 5e6], 5)[5], "5,000,000");
    }

    #[test]
    fn months_are_counted_in_years_and_their_parts() {
        assert_eq!(Ticks::of_months([0.0, 60.0], 5).values, [0.0, 12.0, 24.0, 36.0, 48.0, 60.0]);
        assert_eq!(Ticks::of_months([1.0, 12.0], 4).values, [3.0, 6.0, 9.0, 12.0]);
    }

    #[test]
    fn a_number_by_itself_has_few_digits_and_no_minus_before_nothing() {
        let english = Phrases::default();
        assert_eq!(Figures::Money.told(-1234.5, &english), "-£1.23 million");
        assert_eq!(Figures::Percent.told(0.125, &english), "12.5\u{a0}%");
        assert_eq!(Figures::Percent.told(-0.0001, &english), "0\u{a0}%");
        assert_eq!(Figures::Plain.told(-0.001, &english), "0");
        assert_eq!(Figures::Plain.told(109_357.0, &english), "109,000");
        assert_eq!(Figures::Plain.told(f64::NAN, &english), "not defined");
    }

    #[test]
    fn an_axis_has_a_stretch_whatever_it_is_to_show() {
        assert_eq!(stretch([f64::NAN, f64::INFINITY]), [0.0, 1.0]);
        assert_eq!(stretch([0.0, 0.0]), [0.0, 1.0]);
        assert_eq!(stretch([-4.0]), [-6.0, -2.0]);
    }

    proptest! {
        #[test]
        fn ticks_lie_on_the_axis_and_are_about_as_many_as_wanted(low in -1e9..1e9f64, span in 1e-6..1e9f64, wanted in 2usize..10) {
            let ends = [low, low + span];
            prop_assume!(ends[1] - ends[0] > 1e-12 * low.abs());
            let ticks = Ticks::of(ends, wanted);
            prop_assert!(ticks.values.len() <= wanted + 2);
            prop_assert!(ticks.values.iter().all(|tick| *tick >= low - 1e-6 * span - 1e-6 && *tick <= ends[1] + 1e-6 * span + 1e-6));
            let [least, most] = rounded_out(ends, wanted);
            prop_assert!(least <= low + 1e-6 * span && most >= ends[1] - 1e-6 * span);
        }
    }
}
