//! Evaluation: what an evaluator of the partnership would find, beside what it truly changes.
//!
//! # Does
//! Measures in a stretch of months how many of the people in need are helped: by the partnership, by its twin, and as an
//! evaluator of a given design would find from samples. Nobody in the partnership knows of it and nothing else changes.
//!
//! # Why
//! Evaluations look at process and seldom at what would have happened anyway. Partnerships are founded when things are bad,
//! things change for other reasons, and no other place is quite like this one: a naive estimate mistakes all that for an effect.
//!
//! # Equation
//! True effect: share of the people in need helped in the window, together less alone. Before and after: the share in the
//! window less the share before the start, which is what these organisations achieve alone in so many months before the
//! partnership, less a share `s` of it, less `t` for each year between the middles of both stretches. Comparison: less the
//! share at the same time in other places, which is the twin's and differs by `v·z`. Either share is found from a sample of `n`
//! people, with an error of standard deviation `√(p(1 − p)/n)`. The evaluator calls a difference clear beyond 1.96 times
//! its standard error as computed from the samples alone. A sample that would have been enough: `n = 2·(1.96 + 0.84)²/d²` in
//! each arm for 80 % power at `d = effect/√(p(1 − p))`.
//!
//! # Reads
//! People in need and helped, together and by the twin; the world before its first month.
//!
//! # Writes
//! Its own record, which nothing else reads.
//!
//! # References
//! Sample size of two proportions, `n ≈ 15.7/d²` (M20, computed); regression to the mean of what is chosen for being bad:
//! Barnett, van der Pols and Dobson 2005.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::{delivery, funding};
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&DESIGN, &SAMPLE, &LAG, &WINDOW, &BASELINE, &SELECTION, &TREND, &PLACE_VARIATION];

pub(crate) const DESIGN: Parameter = Parameter {
    key: "evaluation.design",
    meaning: "How an evaluator would study the partnership.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("none", "nobody does"),
            ("before_after", "compares with the time before the partnership"),
            ("comparison", "compares with places without a partnership at the same time"),
        ],
        default: 0,
    },
    source: "concept C3",
    grade: Grade::Assumption,
};

pub(crate) const SAMPLE: Parameter = Parameter {
    key: "evaluation.sample",
    meaning: "People in need whom the evaluator asks, in each arm: before and after, or here and elsewhere.",
    unit: "people an arm",
    domain: Domain::Whole { low: 2, high: 10_000_000, default: 500 },
    source: "concept C3",
    grade: Grade::Assumption,
};

pub(crate) const LAG: Parameter = Parameter {
    key: "evaluation.lag",
    meaning: "Months after the start when the evaluator begins to measure.",
    unit: "months",
    domain: Domain::Whole { low: 0, high: 1_199, default: 24 },
    source: "concept C3",
    grade: Grade::Assumption,
};

pub(crate) const WINDOW: Parameter = Parameter {
    key: "evaluation.window",
    meaning: "Months over which the evaluator then measures.",
    unit: "months",
    domain: Domain::Whole { low: 1, high: 1_200, default: 12 },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const BASELINE: Parameter = Parameter {
    key: "evaluation.baseline",
    meaning: "Months before the start over which the time before is measured.",
    unit: "months",
    domain: Domain::Whole { low: 1, high: 120, default: 12 },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const SELECTION: Parameter = Parameter {
    key: "evaluation.selection",
    meaning: "By how much less of the need than ordinary is met before the start, because partnerships are founded when things are bad.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.1) },
    source: "regression to the mean, Barnett et al. 2005 (size ours)",
    grade: Grade::Assumption,
};

pub(crate) const TREND: Parameter = Parameter {
    key: "evaluation.trend",
    meaning: "Change of the share of need met in a year that comes for other reasons than the partnership.",
    unit: "share a year",
    domain: Domain::Number { low: -0.5, high: 0.5, default: Uncertainty::Fixed(0.01) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const PLACE_VARIATION: Parameter = Parameter {
    key: "evaluation.place_variation",
    meaning: "Standard deviation of how far places without a partnership differ in the share of need met, for reasons the evaluator does not see.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 0.5, default: Uncertainty::Fixed(0.05) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

/// Key of the parameter that says whether there is an evaluation.
pub const DESIGN_KEY: &str = DESIGN.key;

/// What the evaluator does, and what it has seen so far.
#[derive(Debug, Clone)]
pub struct Evaluation<const L: usize> {
    design: Design,
    sample: f64,
    lag: usize,
    window: usize,
    baseline: usize,
    selection: Lane<L>,
    trend: Lane<L>,
    place_variation: Lane<L>,
    /// Share helped in the months before the start, by each working alone.
    before: Lane<L>,
    /// What had been counted as the window opened, and as it closed.
    opened: Count<L>,
    closed: Count<L>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Design {
    BeforeAfter,
    Comparison,
}

/// People counted since the first month.
#[derive(Debug, Clone, Copy, Default)]
struct Count<const L: usize> {
    in_need: Lane<L>,
    helped: Lane<L>,
    helped_alone: Lane<L>,
}

/// What there is to know of an evaluation: the names of its columns.
pub const FOUND: [&str; 4] = ["true_effect", "estimate", "standard_error", "helped_alone"];

/// Beyond so many standard errors the evaluator calls a difference clear.
pub const CLEAR: f64 = 1.96;

/// The months before the start have addresses of their own, far beyond any horizon.
const BEFORE_THE_START: usize = 0x8000;

impl<const L: usize> Evaluation<L> {
    /// The evaluation that a scenario asks for, if any.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let design = [None, Some(Design::BeforeAfter), Some(Design::Comparison)][drawn.choice(&DESIGN, 0)]?;
        // Whole numbers are the same in every replication.
        let whole = |parameter| drawn.number(parameter, 0)[0];
        Some(Evaluation {
            design,
            sample: whole(&SAMPLE),
            lag: whole(&LAG) as usize,
            window: whole(&WINDOW) as usize,
            baseline: whole(&BASELINE) as usize,
            selection: drawn.number(&SELECTION, 0),
            trend: drawn.number(&TREND, 0),
            place_variation: drawn.number(&PLACE_VARIATION, 0),
            before: Lane::ZERO,
            opened: Count::default(),
            closed: Count::default(),
        })
    }

    /// Years from the middle of the months before the start to the middle of the window.
    fn years(&self) -> f64 {
        (self.lag as f64 + 0.5 * (self.window + self.baseline) as f64) / 12.0
    }
}

/// Lives the months before the start, each partner alone, in a world that has not begun.
#[inline(always)]
pub fn look_back<const L: usize>(world: &mut World<L>) {
    let Some(months) = world.rules.evaluation.as_ref().map(|evaluation| evaluation.baseline) else { return };
    // Ties are most of a world and play no part in this.
    let ties = std::mem::take(&mut world.ties);
    let mut before = world.clone();
    world.ties = ties;
    for month in 0..months {
        funding::step(&mut before, BEFORE_THE_START + month);
        delivery::step(&mut before, BEFORE_THE_START + month);
    }
    if let Some(evaluation) = &mut world.rules.evaluation {
        let total = &before.partnership.total;
        evaluation.before = total.alone_people.zip(total.demand, share);
    }
}

/// Counts a month that has just been worked.
#[inline(always)]
pub fn count<const L: usize>(world: &mut World<L>, month: usize) {
    let Some(evaluation) = &mut world.rules.evaluation else { return };
    let total = &world.partnership.total;
    let now = Count { in_need: total.demand, helped: total.people, helped_alone: total.alone_people };
    if month < evaluation.lag {
        evaluation.opened = now;
    }
    if month < evaluation.lag + evaluation.window {
        evaluation.closed = now;
    }
}

/// What was found, in the order of [`FOUND`]; `None` where nobody evaluates.
pub fn found<const L: usize>(world: &World<L>) -> Option<[Lane<L>; FOUND.len()]> {
    let evaluation = world.rules.evaluation.as_ref()?;
    let (opened, closed) = (&evaluation.opened, &evaluation.closed);
    let in_need = closed.in_need - opened.in_need;
    let together = (closed.helped - opened.helped).zip(in_need, share);
    let alone = (closed.helped_alone - opened.helped_alone).zip(in_need, share);
    let years = evaluation.years();
    let other = match evaluation.design {
        Design::BeforeAfter => Lane::from_fn(|r| {
            math::unit(evaluation.before[r] * (1.0 - evaluation.selection[r]) - evaluation.trend[r] * years)
        }),
        Design::Comparison => {
            let place = world.draws.normal(Purpose::ComparisonPlaces, 0, 0, 0);
            Lane::from_fn(|r| math::unit(alone[r] + evaluation.place_variation[r] * place[r]))
        }
    };
    let sample = evaluation.sample;
    let here = world.draws.normal(Purpose::FollowUpSample, 0, 0, 0);
    let there = world.draws.normal(Purpose::OtherSample, 0, 0, 0);
    let seen_here = together.zip(here, |p, luck| sampled(p, sample, luck));
    let seen_there = other.zip(there, |p, luck| sampled(p, sample, luck));
    let error = seen_here.zip(seen_there, |a, b| ((variance(a) + variance(b)) / sample).sqrt());
    Some([together - alone, seen_here - seen_there, error, alone])
}

/// Share that a count is of another; 0 of nobody.
#[inline(always)]
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { math::unit(part / whole) } else { 0.0 }
}

/// Variance of whether one person is helped, where a share `p` is.
#[inline(always)]
fn variance(p: f64) -> f64 {
    p * (1.0 - p)
}

/// The share found in a sample of people of whom a share `p` was helped; `luck` is standard normal.
#[inline(always)]
fn sampled(p: f64, sample: f64, luck: f64) -> f64 {
    math::unit(p + (variance(p) / sample).sqrt() * luck)
}

/// People in each arm that give 80 % power at a difference `effect` from a share `p`; infinite where there is no effect.
pub fn enough(effect: f64, p: f64) -> f64 {
    let reach = math::normal_quantile(0.975) + math::normal_quantile(0.8);
    2.0 * reach * reach * variance(p) / (effect * effect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::{Inputs, Setting};
    use crate::model::mechanisms::{month, small_world};

    const BEFORE_AFTER: usize = 1;
    const COMPARISON: usize = 2;

    fn evaluated(design: usize, values: &[(&'static str, f64)]) -> Inputs {
        let base = [("evaluation.lag", 6.0), ("evaluation.window", 12.0), ("need.demand", 800.0)];
        let mut inputs = small_world(3, &[&base, values].concat());
        inputs.set("evaluation.design", Setting::Choice(design));
        inputs
    }

    /// What is found in 1,024 replications, replication by replication.
    fn all(inputs: &Inputs) -> Vec<[f64; 4]> {
        let lived = |group: u64| {
            let mut world = World::<16>::new(inputs, Draws::new(1, 16 * group));
            (0..inputs.horizon_months).for_each(|now| {
                month(&mut world, now);
            });
            let found = found(&world).unwrap();
            (0..16).map(move |r| std::array::from_fn(|column| found[column][r]))
        };
        (0..64).flat_map(lived).collect()
    }

    fn mean(of: impl Iterator<Item = f64>) -> f64 {
        let all: Vec<f64> = of.collect();
        all.iter().sum::<f64>() / all.len() as f64
    }

    fn bias(found: &[[f64; 4]]) -> f64 {
        mean(found.iter().map(|[truth, estimate, ..]| estimate - truth))
    }

    fn clear(found: &[[f64; 4]]) -> f64 {
        mean(found.iter().map(|[_, estimate, error, _]| f64::from(math::abs(*estimate) > CLEAR * error)))
    }

    #[test]
    fn the_sample_that_is_enough_follows_the_published_constant_worked_by_hand() {
        // d = 0.05/√(0.3·0.7) = 0.1091; 15.7/d² = 1,318.8 with the constant to three digits.
        assert!((enough(0.05, 0.3) - 1_318.8).abs() < 1.0, "{}", enough(0.05, 0.3));
        assert!((enough(1.0, 0.5) * 4.0 - 15.7).abs() < 0.003);
        assert!(enough(0.0, 0.3).is_infinite());
    }

    #[test]
    fn nobody_evaluates_unless_asked_and_then_nothing_else_changes() {
        let [mut without, mut with] =
            [0, COMPARISON].map(|design| World::<4>::new(&evaluated(design, &[]), Draws::new(1, 0)));
        (0..24).for_each(|now| {
            month(&mut without, now);
            month(&mut with, now);
        });
        assert!(found(&without).is_none());
        assert_eq!(without.partnership.total.value, with.partnership.total.value);
        assert_eq!(without.partners[1].goodwill, with.partners[1].goodwill);
    }

    #[test]
    fn only_the_months_of_the_window_count() {
        let inputs = evaluated(COMPARISON, &[]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        let mut totals = Vec::new();
        for now in 0..24 {
            month(&mut world, now);
            let total = &world.partnership.total;
            totals.push([total.demand[0], total.people[0], total.alone_people[0]]);
        }
        let of = |column: usize| totals[17][column] - totals[5][column];
        let [truth, _, _, alone] = found(&world).unwrap().map(|lane| lane[0]);
        assert!((truth - (of(1) - of(2)) / of(0)).abs() < 1e-12);
        assert!((alone - of(2) / of(0)).abs() < 1e-12);
    }

    #[test]
    fn a_comparison_of_like_places_is_unbiased_and_clear_by_error_in_one_case_of_twenty() {
        // Nothing is done together, so there is no effect to find.
        let nothing = [
            ("contributions.pooled_share", 0.0),
            ("communication.meetings", 0.0),
            ("governance.link_hours", 0.0),
            ("evaluation.place_variation", 0.0),
        ];
        let found = all(&evaluated(COMPARISON, &nothing));
        assert!(found.iter().all(|[truth, ..]| math::abs(*truth) < 1e-12));
        let error = mean(found.iter().map(|[_, _, error, _]| *error)) / 32.0;
        assert!(math::abs(bias(&found)) < 4.0 * error);
        // Four standard errors of a share of 0.05 among 1,024.
        assert!(math::abs(clear(&found) - 0.05) < 4.0 * 0.0068, "{}", clear(&found));
    }

    #[test]
    fn unlike_places_make_the_evaluator_too_sure_of_itself() {
        let at = |variation| clear(&all(&evaluated(COMPARISON, &[("evaluation.place_variation", variation)])));
        assert!(at(0.1) > at(0.0) + 0.1);
    }

    #[test]
    fn before_and_after_takes_selection_and_trend_for_an_effect() {
        let at = |selection, trend| {
            let values = [("evaluation.selection", selection), ("evaluation.trend", trend)];
            bias(&all(&evaluated(BEFORE_AFTER, &values)))
        };
        let neither = at(0.0, 0.0);
        assert!(math::abs(neither) < 0.01, "{neither}");
        // From the middle of the year before to the middle of the window are 18 months.
        assert!((at(0.0, 0.02) - neither - 0.03).abs() < 0.003);
        assert!(at(0.2, 0.0) > neither + 0.02);
    }

    #[test]
    fn the_power_at_the_sample_that_is_enough_is_four_in_five() {
        let (p, effect) = (0.4, 0.06);
        let n = enough(effect, p);
        let draws = Draws::<16>::new(3, 0);
        let mut hits = 0.0;
        for i in 0..500 {
            let (a, b) = (draws.normal(Purpose::FollowUpSample, 0, i, 0), draws.normal(Purpose::OtherSample, 0, i, 0));
            for r in 0..16 {
                let (a, b) = (sampled(p + effect / 2.0, n, a[r]), sampled(p - effect / 2.0, n, b[r]));
                hits += f64::from(a - b > CLEAR * ((variance(a) + variance(b)) / n).sqrt());
            }
        }
        assert!(math::abs(hits / 8_000.0 - 0.8) < 0.02, "{}", hits / 8_000.0);
    }
}
