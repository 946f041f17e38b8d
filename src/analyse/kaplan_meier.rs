//! How long things last when some were still lasting when last seen.
//!
//! The product-limit estimate of Kaplan and Meier (1958) with Greenwood's variance (1926) and intervals on the scale of log(−log), which
//! stay between 0 and 1; the median with the interval of Brookmeyer and Crowley (1982); the restricted mean. Rust libraries tried had no
//! intervals for the median or none for ties, so these are ours; they are a page and are held to printed numbers.

use super::wilson::{Interval, wilson};
use crate::model::math;

/// How many ended, and how many were last seen, at a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Exits {
    /// They ended at that time.
    pub ended: u64,
    /// They were still there at that time and are not seen later.
    pub censored: u64,
}

/// Share lasting, from one time at which something ended or was last seen to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// Those still there just before.
    pub at_risk: u64,
    /// What became of them.
    pub exits: Exits,
    /// Share lasting beyond that time.
    pub share: f64,
    /// Its standard error (Greenwood).
    pub standard_error: f64,
    /// Its interval, pointwise. While nothing ended, and when everything has, that of Wilson among those at risk.
    pub interval: Interval,
}

/// The survival curve of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// How many there were.
    pub n: u64,
    /// One step for each time at which something ended or was last seen, in order.
    pub steps: Vec<Step>,
}

/// A time, or that it is not reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Median {
    /// When half had ended; NaN where fewer than half ended.
    pub time: f64,
    /// Its interval; an end is NaN where the curve does not reach it, which for the upper one means: later than was looked.
    pub interval: Interval,
}

/// The mean time up to a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The area under the curve up to the limit.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl Curve {
    /// The curve of a column of times, and for each whether it ended then (above 0) or was last seen then.
    ///
    /// ```
    /// use partnersim::analyse::kaplan_meier::Curve;
    /// let curve = Curve::of(&[6.0, 6.0, 8.0, 12.0], &[1.0, 0.0, 1.0, 0.0], 0.95);
    /// assert_eq!(curve.share_at(7.0), 0.75);
    /// assert_eq!(curve.share_at(12.0), 0.375);
    /// ```
    ///
    /// # Panics
    /// When the columns differ in length.
    pub fn of(times: &[f64], ended: &[f64], confidence: f64) -> Curve {
        Curve::from_exits(&exits(times, ended), confidence)
    }

    /// The curve from what happened at each time, in order; times at which nothing did have their steps too.
    pub fn from_exits(exits: &[(f64, Exits)], confidence: f64) -> Curve {
        let n = exits.iter().map(|(_, exits)| exits.ended + exits.censored).sum();
        let z = math::normal_quantile(0.5 + confidence / 2.0);
        let (mut at_risk, mut share, mut greenwood) = (n, 1.0, 0.0);
        // As long as all are seen the share is a fraction without rounding: of those there were when last somebody went unseen.
        let (mut seen_share, mut seen) = (1.0, n);
        let mut steps: Vec<Step> = Vec::with_capacity(exits.len());
        for &(time, exits) in exits {
            if let (0, Some(&last)) = (at_risk, steps.last()) {
                steps.push(Step { time, at_risk, exits, ..last });
                continue;
            }
            let before = share;
            let left = at_risk - exits.ended;
            if exits.ended > 0 {
                share = seen_share * left as f64 / seen as f64;
            }
            greenwood += exits.ended as f64 / (at_risk as f64 * left as f64);
            let interval = match (share == 1.0, left == 0) {
                (true, _) => wilson(at_risk, at_risk, confidence),
                (_, true) => Interval { low: 0.0, high: before * wilson(0, at_risk, confidence).high },
                _ => log_log(share, greenwood, z),
            };
            let standard_error = if left == 0 { 0.0 } else { share * greenwood.sqrt() };
            steps.push(Step { time, at_risk, exits, share, standard_error, interval });
            at_risk = left - exits.censored;
            if exits.censored > 0 {
                (seen_share, seen) = (share, at_risk);
            }
        }
        Curve { n, steps }
    }

    /// The share that lasts beyond a time.
    pub fn share_at(&self, time: f64) -> f64 {
        self.steps.iter().take_while(|step| step.time <= time).last().map_or(1.0, |step| step.share)
    }

    /// When half had ended: the first time at which at most half last. Its interval holds the times at which the interval of the share
    /// lasting holds one half.
    ///
    /// ```
    /// use partnersim::analyse::kaplan_meier::Curve;
    /// let curve = Curve::of(&[1.0, 2.0, 3.0, 4.0], &[1.0; 4], 0.95);
    /// assert_eq!(curve.median().time, 2.0);
    /// ```
    pub fn median(&self) -> Median {
        let first = |reaches: &dyn Fn(&Step) -> bool| {
            self.steps.iter().find(|step| reaches(step)).map_or(f64::NAN, |step| step.time)
        };
        // Products of fractions that come to one half are not always exactly that.
        let half = 0.5 + 1e-12;
        Median {
            time: first(&|step| step.share <= half),
            interval: Interval {
                low: first(&|step| step.interval.low <= half && step.share < 1.0),
                high: first(&|step| step.interval.high <= half),
            },
        }
    }

    /// The mean time up to a limit: what lasts longer counts as lasting until then.
    ///
    /// ```
    /// use partnersim::analyse::kaplan_meier::Curve;
    /// let curve = Curve::of(&[2.0, 4.0, 10.0], &[1.0, 1.0, 1.0], 0.95);
    /// assert!((curve.restricted_mean(6.0).value - 4.0).abs() < 1e-12);
    /// ```
    pub fn restricted_mean(&self, limit: f64) -> RestrictedMean {
        let within: Vec<&Step> = self.steps.iter().take_while(|step| step.time <= limit).collect();
        let (mut value, mut variance, mut until) = (0.0, 0.0, limit);
        // From the last step backwards the area so far is the area that lies beyond each.
        for step in within.iter().rev() {
            value += step.share * (until - step.time);
            let left = step.at_risk - step.exits.ended;
            if left > 0 {
                variance += value * value * step.exits.ended as f64 / (step.at_risk as f64 * left as f64);
            }
            until = step.time;
        }
        RestrictedMean { value: value + until, standard_error: variance.sqrt() }
    }
}

/// What happened at each time, in order. Rows whose time or end is missing are left out.
///
/// # Panics
/// When the columns differ in length.
pub fn exits(times: &[f64], ended: &[f64]) -> Vec<(f64, Exits)> {
    assert_eq!(times.len(), ended.len(), "each time has its end");
    let known = times.iter().zip(ended).filter(|(time, ended)| !time.is_nan() && !ended.is_nan());
    // Adding 0 makes a negative zero positive: they are the same time.
    let mut known: Vec<(f64, bool)> = known.map(|(time, ended)| (time + 0.0, *ended > 0.0)).collect();
    known.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let at_once = known.chunk_by(|a, b| a.0 == b.0);
    let counted = at_once.map(|those| {
        let ended = those.iter().filter(|(_, ended)| *ended).count() as u64;
        (those[0].0, Exits { ended, censored: those.len() as u64 - ended })
    });
    counted.collect()
}

/// The interval that is symmetrical on the scale of log(−log): the share to the power of e^±(z σ / ln share).
fn log_log(share: f64, greenwood: f64, z: f64) -> Interval {
    let reach = z * greenwood.sqrt() / -math::ln(share);
    Interval { low: math::pow(share, math::exp(reach)), high: math::pow(share, math::exp(-reach)) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Freireich and others, Blood 21 (1963): weeks of remission under 6-mercaptopurine, and whether it ended.
    pub(crate) const TREATED: [(f64, f64); 21] = [
        (6.0, 1.0),
        (6.0, 1.0),
        (6.0, 1.0),
        (6.0, 0.0),
        (7.0, 1.0),
        (9.0, 0.0),
        (10.0, 1.0),
        (10.0, 0.0),
        (11.0, 0.0),
        (13.0, 1.0),
        (16.0, 1.0),
        (17.0, 0.0),
        (19.0, 0.0),
        (20.0, 0.0),
        (22.0, 1.0),
        (23.0, 1.0),
        (25.0, 0.0),
        (32.0, 0.0),
        (32.0, 0.0),
        (34.0, 0.0),
        (35.0, 0.0),
    ];

    /// The same under placebo; all ended.
    pub(crate) const PLACEBO: [f64; 21] = [
        1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 11.0, 11.0, 12.0, 12.0, 15.0, 17.0, 22.0, 23.0,
    ];

    pub(crate) fn treated() -> (Vec<f64>, Vec<f64>) {
        TREATED.iter().copied().unzip()
    }

    fn curves() -> [Curve; 2] {
        let (times, ended) = treated();
        [Curve::of(&times, &ended, 0.95), Curve::of(&PLACEBO, &[1.0; 21], 0.95)]
    }

    #[test]
    fn remission_under_6_mp_lasts_as_printed() {
        // Kleinbaum and Klein, Survival Analysis, chapter 2: S at 6, 7, 10, 13, 16, 22, 23 weeks; standard errors as R's survfit prints.
        let [curve, _] = curves();
        for (week, share, standard_error, at_risk) in [
            (6.0, 0.857, 0.0764, 21),
            (7.0, 0.807, 0.0869, 17),
            (10.0, 0.753, 0.0963, 15),
            (13.0, 0.690, 0.1068, 12),
            (16.0, 0.627, 0.1141, 11),
            (22.0, 0.538, 0.1282, 7),
            (23.0, 0.448, 0.1346, 6),
        ] {
            let step = curve.steps.iter().find(|step| step.time == week).unwrap();
            assert!(
                (step.share - share).abs() < 6e-4 && (step.standard_error - standard_error).abs() < 6e-5,
                "{step:?}"
            );
            assert_eq!(step.at_risk, at_risk);
        }
        assert_eq!((curve.n, curve.steps.len()), (21, 16));
        // lifelines 0.30.3: intervals on the scale of log(−log).
        for (week, low, high) in
            [(6.0, 0.619_718, 0.951_552), (13.0, 0.431_610, 0.849_066), (23.0, 0.188_052, 0.680_143)]
        {
            let interval = curve.steps.iter().find(|step| step.time == week).unwrap().interval;
            assert!((interval.low - low).abs() < 1e-6 && (interval.high - high).abs() < 1e-6, "{interval:?}");
        }
    }

    #[test]
    fn medians_and_their_intervals_are_those_printed() {
        // Medians 23 and 8 weeks in every textbook; intervals of lifelines 0.30.3: 13 to never, 4 to 11.
        let [treated, placebo] = curves().map(|curve| curve.median());
        assert_eq!((treated.time, treated.interval.low), (23.0, 13.0));
        assert!(treated.interval.high.is_nan());
        assert_eq!((placebo.time, placebo.interval), (8.0, Interval { low: 4.0, high: 11.0 }));
    }

    #[test]
    fn the_restricted_mean_without_censoring_is_the_mean() {
        let [treated, placebo] = curves();
        let mean = placebo.restricted_mean(23.0);
        assert!((mean.value - 182.0 / 21.0).abs() < 1e-12);
        let spread = PLACEBO.iter().map(|week| (week - mean.value) * (week - mean.value)).sum::<f64>().sqrt() / 21.0;
        assert!((mean.standard_error - spread).abs() < 1e-12, "{} {spread}", mean.standard_error);
        // lifelines 0.30.3: 17.909244 up to week 23, 23.287395 up to week 35.
        assert!((treated.restricted_mean(23.0).value - 17.909_244).abs() < 1e-6);
        let to_the_end = treated.restricted_mean(35.0);
        // R: print(survfit(…), rmean = 35) gives se 2.83.
        assert!((to_the_end.value - 23.287_395).abs() < 1e-6 && (to_the_end.standard_error - 2.83).abs() < 5e-3);
    }

    #[test]
    fn a_curve_on_which_nothing_or_everything_ended_keeps_an_interval() {
        let curve = Curve::of(&[3.0; 20], &[0.0; 20], 0.95);
        assert_eq!((curve.steps[0].share, curve.steps[0].interval.high), (1.0, 1.0));
        assert!((curve.steps[0].interval.low - (1.0 - 0.161_125)).abs() < 1e-6);
        assert!(curve.median().time.is_nan() && curve.median().interval.low.is_nan());
        let curve = Curve::of(&[3.0; 20], &[1.0; 20], 0.95);
        assert_eq!((curve.steps[0].share, curve.steps[0].interval.low), (0.0, 0.0));
        assert!((curve.steps[0].interval.high - 0.161_125).abs() < 1e-6);
        assert_eq!(curve.median().time, 3.0);
        let later = Curve::from_exits(&[(3.0, Exits { ended: 2, censored: 0 }), (4.0, Exits::default())], 0.95);
        assert_eq!(
            (later.steps[1].at_risk, later.steps[1].share, later.steps[1].interval),
            (0, 0.0, later.steps[0].interval)
        );
        assert_eq!(Curve::of(&[], &[], 0.95), Curve { n: 0, steps: Vec::new() });
    }

    proptest! {
        #[test]
        fn a_curve_falls_from_one_and_stays_within_its_interval(rows in prop::collection::vec((0u8..20, 0u8..2), 1..80)) {
            let (times, ended): (Vec<f64>, Vec<f64>) =
                rows.iter().map(|(time, ended)| (f64::from(*time), f64::from(*ended))).unzip();
            let curve = Curve::of(&times, &ended, 0.95);
            let mut before = 1.0;
            for step in &curve.steps {
                prop_assert!(step.share <= before && step.share >= 0.0);
                prop_assert!(step.interval.low <= step.share + 1e-12 && step.share <= step.interval.high + 1e-12, "{:?}", step);
                prop_assert!(step.interval.low >= 0.0 && step.interval.high <= 1.0);
                before = step.share;
            }
            prop_assert_eq!(curve.steps.iter().map(|step| step.exits.ended + step.exits.censored).sum::<u64>(), curve.n);
            let mean = curve.restricted_mean(20.0);
            prop_assert!(mean.value >= 0.0 && mean.value <= 20.0);
        }
    }

    #[test]
    fn rows_without_a_time_or_an_end_are_left_out() {
        let curve = Curve::of(&[1.0, f64::NAN, 2.0, 0.0, -0.0], &[1.0, 1.0, f64::NAN, 1.0, 0.0], 0.95);
        assert_eq!((curve.n, curve.steps.len()), (3, 2));
    }
}
