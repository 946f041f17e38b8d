//! When enough replications were run: the interval of a quantity is as narrow as it was asked to be.
//!
//! Who looks at an interval again and again and stops when it pleases has looked until chance was kind, and the stated confidence no
//! longer holds. So looks are taken at a row of numbers fixed beforehand, each √2 times the one before, and every interval is widened
//! until all of them *together* hold with the confidence that is asked for. That is the bound of Pocock (1977, *Biometrika* 64), here
//! for looks at any numbers, found by the recursion of Armitage, McPherson and Rowe (1969, *Journal of the Royal Statistical Society A*
//! 132): means of the first n replications follow a random walk, so what the next look may show depends on the last one only. That stopping at a precision leaves means unharmed in large
//! samples is due to Chow and Robbins (1965) and Glynn and Whitt (1992).

use super::student::t_quantile;
use super::wilson::wilson;
use crate::analyse::moments::Moments;
use crate::experiment::quantity::Quantity;
use crate::model::math;
use crate::simulate::BLOCK;
use std::f64::consts::{PI, SQRT_2};
use std::fmt;

/// How narrow an interval is to be: its half-width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Within {
    /// In the unit of the quantity.
    Amount(f64),
    /// As a share of the quantity's estimate.
    Share(f64),
}

/// A quantity and how well it is to be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// What is to be known.
    pub quantity: Quantity,
    /// How well.
    pub within: Within,
}

/// How well a quantity is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Its estimate.
    pub value: f64,
    /// Half the width of its interval.
    pub half_width: f64,
}

/// What became of a goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
    /// The goal.
    pub goal: Goal,
    /// How well the quantity is known.
    pub known: Known,
    /// Replications that would reach it, where it was not; `None` where nobody can say.
    pub needed: Option<u64>,
}

/// What became of the goals of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The confidence with which the intervals of all looks hold together.
    pub confidence: f64,
    /// Looks planned at most.
    pub looks: usize,
    /// Replications run at least and at most.
    pub bounds: [u64; 2],
    /// Replications at which they were judged last.
    pub replications: u64,
    /// Whether that was a look, and not an interrupt between two.
    pub is_look: bool,
    /// The goals, in the order in which they were given.
    pub goals: Vec<Reached>,
}

impl Precision {
    /// Whether all goals are reached, at a look.
    pub fn is_reached(&self) -> bool {
        self.is_look && self.goals.iter().all(|reached| reached.goal.is_reached(&reached.known))
    }
}

impl fmt::Display for Within {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Within::Amount(amount) => write!(to, "{amount}"),
            // A percentage is read as a hundredth, and must be written as it was read.
            Within::Share(share) => write!(to, "{}%", (share * 100.0 * 1e9).round() / 1e9),
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}={}", self.quantity, self.within)
    }
}

impl Goal {
    /// Reads `survival=0.01` (to ±0.01 of the unit) or `premium=5%` (to ±5 % of the estimate).
    ///
    /// ```
    /// use partnersim::analyse::precision::{Goal, Within};
    /// assert_eq!(Goal::parse("P(premium > 0)=0.01").unwrap().within, Within::Amount(0.01));
    /// assert_eq!(Goal::parse("premium=5%").unwrap().within, Within::Share(0.05));
    /// ```
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(text: &str) -> Result<Goal, String> {
        let example = "write it as in `survival=0.01` or `premium=5%`";
        // The last sign: a happening may have one of its own. One within brackets belongs to it.
        let parts = text.rsplit_once('=').filter(|(_, width)| !width.contains(')'));
        let Some((quantity, width)) = parts else {
            return Err(format!("`{}` does not say how well it is to be known: {example}", text.trim()));
        };
        let (digits, is_share) = match width.trim().strip_suffix('%') {
            Some(digits) => (digits.trim(), true),
            None => (width.trim(), false),
        };
        let number = digits.parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0);
        let Some(number) = number else {
            return Err(format!("`{}` is not a half-width above 0: {example}", width.trim()));
        };
        let quantity = Quantity::parse(quantity)?;
        match quantity {
            Quantity::Quantile(variable, _) if variable.is_yes_or_no() => {
                let name = variable.name();
                Err(format!("a quantile of yes or no says nothing: ask for P({name})"))
            }
            Quantity::Quantile(_, p) if p <= 0.0 || p >= 1.0 => {
                Err("the least and the greatest value have no interval: ask for a quantile between".to_string())
            }
            _ => Ok(Goal {
                quantity,
                within: if is_share { Within::Share(number / 100.0) } else { Within::Amount(number) },
            }),
        }
    }

    /// Whether the quantity is known well enough.
    pub fn is_reached(&self, known: &Known) -> bool {
        // Not so for an estimate that is no number.
        known.half_width <= self.half_width(known.value)
    }

    /// The half-width that is asked for when the estimate is `value`.
    pub fn half_width(&self, value: f64) -> f64 {
        match self.within {
            Within::Amount(amount) => amount,
            Within::Share(share) => share * value.abs(),
        }
    }

    /// About how many replications would reach it, when `n` gave what is `known`: the width falls with their square root.
    pub fn needed(&self, known: &Known, n: u64) -> Option<u64> {
        let ratio = known.half_width / self.half_width(known.value);
        let needed = n as f64 * ratio * ratio;
        // Above that it is nothing that anybody will run.
        (needed < 1e15).then_some(needed.ceil() as u64)
    }
}

/// The numbers of replications at which to look: from `fewest`, each √2 times the one before, in whole blocks, up to `most`.
///
/// ```
/// use partnersim::analyse::precision::looks;
/// assert_eq!(looks(1_000, 5_000), [1_024, 1_536, 2_048, 2_944, 4_096, 5_000]);
/// ```
pub fn looks(fewest: u64, most: u64) -> Vec<u64> {
    let mut looks = Vec::new();
    let (mut whole, mut between) = (fewest.max(1) as f64, false);
    loop {
        let next = if between { whole * SQRT_2 } else { whole };
        let look = (next.ceil() as u64).next_multiple_of(BLOCK as u64);
        if look >= most {
            looks.push(most);
            return looks;
        }
        // Two numbers within the same block are one look.
        if looks.last() != Some(&look) {
            looks.push(look);
        }
        whole = if between { whole * 2.0 } else { whole };
        between = !between;
    }
}

/// The confidence that each interval must have by itself, so that the intervals of all looks hold together with `confidence`.
///
/// ```
/// use partnersim::analyse::precision::confidence_of_each;
/// // Pocock's table: with five equally spaced looks, 2.413 standard errors instead of 1.960.
/// let each = confidence_of_each(&[100, 200, 300, 400, 500], 0.95);
/// assert!((each - 0.984_18).abs() < 1e-4);
/// ```
pub fn confidence_of_each(looks: &[u64], confidence: f64) -> f64 {
    let (mut low, mut high) = (math::normal_quantile(0.5 + confidence / 2.0), 10.0);
    while looks.len() > 1 && high - low > 1e-6 {
        let middle = 0.5 * (low + high);
        if all_within(looks, middle) < confidence { low = middle } else { high = middle }
    }
    1.0 - libm::erfc(low / SQRT_2)
}

/// Probability that a random walk is within `bound` standard deviations of its origin at every look.
fn all_within(looks: &[u64], bound: f64) -> f64 {
    // Even, so that Simpson's rule has its pairs; at this step it is right to more digits than anybody needs.
    const STEPS: usize = 120;
    let step = 2.0 * bound / STEPS as f64;
    let at = |k: usize| -bound + step * k as f64;
    let weight = |k: usize| step / 3.0 * if k == 0 || k == STEPS { 1.0 } else { 2.0 + 2.0 * (k % 2) as f64 };
    let mut density: Vec<f64> = (0..=STEPS).map(|k| normal_density(at(k))).collect();
    for pair in looks.windows(2) {
        let correlation = (pair[0] as f64 / pair[1] as f64).sqrt();
        let spread = (1.0 - correlation * correlation).sqrt();
        let weighted: Vec<f64> = density.iter().enumerate().map(|(k, value)| weight(k) * value).collect();
        let next = (0..=STEPS).map(|to| {
            let from = weighted.iter().enumerate();
            let sum: f64 = from.map(|(k, value)| value * normal_density((at(to) - correlation * at(k)) / spread)).sum();
            sum / spread
        });
        density = next.collect();
    }
    density.iter().enumerate().map(|(k, value)| weight(k) * value).sum()
}

fn normal_density(x: f64) -> f64 {
    math::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// How well a quantity is known: a mean or share from the moments of its terms, a quantile from `quantile`, which gives that of the
/// quantity's variable at any share of `n` values.
pub fn known(quantity: &Quantity, terms: &Moments, n: u64, confidence: f64, quantile: impl Fn(f64) -> f64) -> Known {
    match *quantity {
        Quantity::Quantile(_, p) => of_quantile(p, n, confidence, quantile),
        Quantity::Mean(variable) if !variable.is_yes_or_no() => of_mean(terms, confidence),
        Quantity::Mean(_) | Quantity::Probability(_) => of_share(terms, confidence),
    }
}

/// A mean and its interval by Student's t. One value by itself tells nothing of its spread.
///
/// ```
/// use partnersim::analyse::{moments::Moments, precision::of_mean};
/// let known = of_mean(&Moments::of(&[0.3, 0.0, 0.6, -0.1, 0.7, 0.1, 0.6, 0.4]), 0.95);
/// assert!((known.value - 0.325).abs() < 1e-12 && (known.half_width - 0.251_800).abs() < 1e-6);
/// ```
pub fn of_mean(moments: &Moments, confidence: f64) -> Known {
    let t = t_quantile(0.5 + confidence / 2.0, moments.n().saturating_sub(1) as f64);
    Known { value: moments.mean(), half_width: t * moments.mc_standard_error() }
}

/// A share and half of Wilson's interval, which is sensible also where nothing or everything was counted.
pub fn of_share(moments: &Moments, confidence: f64) -> Known {
    let n = moments.n();
    // A sum of noughts and ones is a whole number.
    let count = (moments.mean() * n as f64).round() as u64;
    let interval = wilson(count, n, confidence);
    Known { value: moments.mean(), half_width: 0.5 * (interval.high - interval.low) }
}

/// Quantile `p` of `n` values and half the distance between the two values, by their ranks, that enclose it: as many lie below it as
/// a binomial number says, here by its normal approximation. `quantile` gives the sample's own at any share.
pub fn of_quantile(p: f64, n: u64, confidence: f64, quantile: impl Fn(f64) -> f64) -> Known {
    let reach = math::normal_quantile(0.5 + confidence / 2.0) * (p * (1.0 - p) / n as f64).sqrt();
    if n == 0 || p <= reach || p + reach >= 1.0 {
        // So few values do not enclose it.
        return Known { value: quantile(p), half_width: f64::NAN };
    }
    Known { value: quantile(p), half_width: 0.5 * (quantile(p + reach) - quantile(p - reach)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::{Draws, Purpose};

    #[test]
    fn goals_are_read_and_what_cannot_be_is_told_with_what_is_allowed() {
        let goal = Goal::parse(" P(alive = 1) = 2.5 % ").unwrap();
        assert_eq!((goal.quantity.to_string().as_str(), goal.within), ("P(alive = 1)", Within::Share(0.025)));
        assert_eq!((goal.to_string().as_str(), Goal::parse(&goal.to_string())), ("P(alive = 1)=2.5%", Ok(goal)));
        for (text, words) in [
            ("survival", "does not say how well"),
            ("P(alive = 1)", "does not say how well"),
            ("premum=3", "`premium`"),
            ("premium=0", "not a half-width above 0"),
            ("premium=-5%", "not a half-width above 0"),
            ("premium=nan", "not a half-width above 0"),
            ("median(alive)=0.1", "P(alive)"),
            ("q00(trust)=0.1", "no interval"),
        ] {
            assert!(Goal::parse(text).unwrap_err().contains(words), "{text}: {:?}", Goal::parse(text));
        }
    }

    #[test]
    fn looks_grow_by_root_two_in_whole_blocks_and_end_with_the_most() {
        let row = looks(1_024, 1_000_000);
        assert_eq!((row.len(), row[0], row[19]), (21, 1_024, 741_504));
        assert_eq!(*row.last().unwrap(), 1_000_000);
    }

    #[test]
    fn no_look_is_taken_twice_however_few_replications_come_before_the_first() {
        for fewest in [1, 100, 128, 150, 181, 200, 1_000] {
            let row = looks(fewest, 100_000);
            assert!(row.windows(2).all(|pair| pair[0] < pair[1]), "{fewest}: {row:?}");
            let each = confidence_of_each(&row, 0.95);
            assert!(each > 0.98, "{fewest}: so many looks need wider intervals than one of 95 %, not {each}");
        }
        assert_eq!(looks(128, 1_000), [128, 256, 384, 512, 768, 1_000]);
    }

    #[test]
    fn the_bound_is_that_of_pocock_for_equally_spaced_looks() {
        // Pocock 1977, table 1, two-sided 5 %; with more digits in Jennison and Turnbull 2000, table 2.1.
        for (n, bound) in [(1, 1.960), (2, 2.178), (3, 2.289), (5, 2.413), (10, 2.555), (20, 2.672)] {
            let equally: Vec<u64> = (1..=n).map(|k| 1_000 * k).collect();
            let each = confidence_of_each(&equally, 0.95);
            assert!((math::normal_quantile(0.5 + each / 2.0) - bound).abs() < 6e-4, "{n}: {each}");
        }
    }

    #[test]
    fn half_widths_are_those_of_the_printed_intervals() {
        // Newcombe 1998, 81 of 263 by Wilson's method.
        let counted: Vec<f64> = (0..263).map(|k| f64::from(u8::from(k < 81))).collect();
        let known = of_share(&Moments::of(&counted), 0.95);
        assert!((known.half_width - 0.5 * (0.366_210 - 0.255_289)).abs() < 1e-6);
        // Of 1 to 999, the median's interval by ranks: 500 ∓ 1.96 · √999 / 2 = 469 to 531.
        let ranks = of_quantile(0.5, 999, 0.95, |p| 1.0 + 998.0 * p);
        assert_eq!(ranks.value, 500.0);
        assert!((ranks.half_width - 31.0).abs() < 0.1, "{}", ranks.half_width);
        assert!(of_quantile(0.01, 100, 0.95, |p| p).half_width.is_nan());
    }

    #[test]
    fn what_a_goal_would_take_follows_from_the_square_root() {
        let goal = Goal::parse("premium=1").unwrap();
        let known = Known { value: 5.0, half_width: 3.0 };
        assert!(!goal.is_reached(&known));
        assert_eq!(goal.needed(&known, 1_000), Some(9_000));
        let relative = Goal::parse("premium=5%").unwrap();
        assert_eq!(relative.needed(&Known { value: 0.0, half_width: 1.0 }, 1_000), None);
        assert!(!relative.is_reached(&Known { value: f64::NAN, half_width: f64::NAN }));
    }

    /// Of many streams the share whose interval, taken at every look of a row, misses the mean 1 at least once, and the share whose
    /// interval misses it at the look at which it is first narrow enough.
    fn misses(each: f64, row: &[u64], goal: Goal, draw: fn(f64) -> f64) -> [f64; 2] {
        const STREAMS: u64 = 1_500;
        let (mut ever, mut at_the_end) = (0u32, 0u32);
        for stream in 0..STREAMS {
            let draws = Draws::<1>::new(stream, 0);
            let (mut moments, mut done) = (Moments::default(), 0);
            let (mut missed, mut ended) = (false, false);
            for &look in row {
                let more: Vec<f64> =
                    (done..look).map(|k| draw(draws.uniform(Purpose::Resampling, 0, k as usize, 0)[0])).collect();
                moments.merge(&Moments::of(&more));
                done = look;
                let known = of_mean(&moments, each);
                let misses = (known.value - 1.0).abs() > known.half_width;
                missed |= misses;
                if !ended && (goal.is_reached(&known) || look == row[row.len() - 1]) {
                    at_the_end += u32::from(misses);
                    ended = true;
                }
            }
            ever += u32::from(missed);
        }
        [ever, at_the_end].map(|count| f64::from(count) / STREAMS as f64)
    }

    #[test]
    fn protected_intervals_hold_at_all_looks_together_and_naive_ones_do_not() {
        let row = [32, 45, 64, 90, 128, 181, 256, 362, 512, 724, 1_024];
        let each = confidence_of_each(&row, 0.95);
        let goal = Goal::parse("premium=25%").unwrap();
        let normal = |u: f64| 1.0 + math::normal_quantile(u);
        // The square of an exponential number, with the mean 1.
        let skewed = |u: f64| 0.5 * math::ln(u) * math::ln(u);
        let [naive, _] = misses(0.95, &row, goal, normal);
        let [protected, _] = misses(each, &row, goal, normal);
        // Four standard errors of a share of 0.05 in 1,500 streams are 0.0225.
        assert!(naive > 0.15, "{naive}");
        assert!(protected < 0.05 + 0.0225 && protected > 0.02, "{protected}");
        // Where spread and mean go together, stopping at a precision stops where both happen to be low.
        let [_, naive] = misses(0.95, &row, goal, skewed);
        let [_, protected] = misses(each, &row, goal, skewed);
        assert!(naive > 0.05 + 0.01, "{naive}");
        assert!(protected < 0.05, "{protected}");
    }
}
