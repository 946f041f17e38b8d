//! Scenario discovery: in which worlds something happens, in terms of what was varied.
//!
//! [`prim`] finds a box, [`rounding`] puts its bounds into figures that a person would write, [`firmness`] says what becomes of it in
//! other samples; [`tree`] divides all worlds. [`discover`] puts these together: several boxes, each among the worlds that the
//! ones before it left, until one does not stand out from chance.

pub mod firmness;
#[cfg(test)]
pub(crate) mod made_up;
pub mod prim;
pub mod ranks;
pub mod region;
pub mod rounding;
pub mod tree;
pub mod worlds;

use crate::experiment::{self, Fault, Plan, Stopped, Stretch};
use firmness::{FOLDS, Firmness, Sample, refit};
use prim::{Found, Method, quasi_p};
use ranks::Ranks;
use region::{Bound, Region, Side};
use std::sync::atomic::AtomicBool;
use tree::{Growth, Tree};
use worlds::{Count, Worlds};

/// How worlds are searched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How a box is found.
    pub method: Method,
    /// Most boxes.
    pub boxes: usize,
    /// Random halves of the worlds in which each box is looked for again.
    pub halves: usize,
    /// How far the tree grows.
    pub growth: Growth,
    /// Seed of the resampling.
    pub seed: u64,
    /// Threads to compute on; the answer does not depend on it.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { method: Method::default(), boxes: 3, halves: 50, growth: Growth::default(), seed: 1, threads: 1 }
    }
}

/// Fewer cases than these could not be told from chance once a box has taken the others.
const LEAST_CASES: usize = 20;

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// All worlds.
    pub all: Count,
    /// The boxes that stand out, in the order in which they were found.
    pub boxes: Vec<FoundBox>,
    /// The first that does not, where the search ended with one.
    pub refused: Option<FoundBox>,
    /// The tree, pruned, with rounded thresholds.
    pub tree: Tree,
}

/// A box with all that is known of it. All counts are of its rounded bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundBox {
    /// The worlds that it was looked for in: all but those of the boxes before it.
    pub among: Count,
    /// How it was found.
    pub found: Found,
    /// The box with rounded bounds.
    pub region: Region,
    /// What it holds.
    pub count: Count,
    /// What it restricts, the weightiest first.
    pub restrictions: Vec<Restriction>,
    /// What other samples make of it.
    pub firmness: Firmness,
}

/// What a box restricts of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Restriction {
    /// The input.
    pub input: usize,
    /// What is allowed.
    pub bound: Bound,
    /// What the box would hold without it.
    pub without: Count,
    /// Quasi-p-value of all of it.
    pub quasi_p: f64,
    /// Quasi-p-value of its lower bound; NaN where it has none.
    pub quasi_p_low: f64,
    /// Quasi-p-value of its upper bound; NaN where it has none.
    pub quasi_p_high: f64,
    /// Share of the random halves in which the same sides of the input were restricted.
    pub reproduced: f64,
    /// Where nine in ten of the lower and of the upper bounds found in these halves lay; NaN where there were none.
    pub ranges: [f64; 4],
}

/// Why a search did not end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By request.
    Interrupted,
    /// By a fault of the program.
    Fault(Fault),
}

impl FoundBox {
    /// Whether it is more than chance: in worlds that were left aside while it was found, cases are clearly more frequent within it
    /// than among all that it was looked for in, and one restriction at least came back in most halves.
    pub fn stands_out(&self) -> bool {
        let aside = self.firmness.aside;
        aside.n > 0
            && aside.density_interval().low > self.among.density()
            && self.restrictions.iter().any(|restriction| restriction.is_firm())
    }
}

impl Restriction {
    /// Whether it came back in most of the random halves.
    pub fn is_firm(&self) -> bool {
        self.reproduced >= 0.5
    }
}

/// Searches worlds for boxes and divides them by a tree. There must be cases among the worlds, and others.
///
/// ```
/// use partnersim::analyse::discovery::worlds::{Values, Worlds};
/// use partnersim::analyse::discovery::{Options, discover};
/// let x: Vec<f64> = (0..400).map(|k| f64::from(k) / 400.0).collect();
/// let y: Vec<f64> = (0..400).map(|k| f64::from(k * 37 % 400) / 400.0).collect();
/// let cases = x.iter().map(|x| *x > 0.7).collect();
/// let worlds = Worlds { inputs: vec![Values::Numbers(x), Values::Numbers(y)], cases };
/// let found = discover(&worlds, &Options::default(), &Default::default()).unwrap();
/// assert_eq!(found.boxes.len(), 1);
/// assert_eq!(found.boxes[0].restrictions.len(), 1);
/// assert!(found.boxes[0].firmness.aside.density() > 0.9);
/// ```
///
/// # Errors
/// When it was interrupted, or the program broke.
pub fn discover(worlds: &Worlds, options: &Options, interrupt: &AtomicBool) -> Result<Discovery, Ended> {
    let ranks = Ranks::new(worlds);
    let mut within = vec![true; worlds.len()];
    let (all, mut boxes, mut refused) = (worlds.count(&within), Vec::new(), None);
    while boxes.len() < options.boxes {
        let among = worlds.count(&within);
        if among.cases == 0 || among.cases == among.n || (!boxes.is_empty() && among.cases < LEAST_CASES) {
            break;
        }
        let found = one_box(worlds, &ranks, &within, options, boxes.len() as u32, interrupt)?;
        if !found.stands_out() {
            refused = Some(found);
            break;
        }
        let mask = found.region.mask(worlds, &within);
        within.iter_mut().zip(mask).for_each(|(within, inside)| *within &= !inside);
        boxes.push(found);
    }
    let tree = pruned_tree(worlds, &ranks, options, interrupt)?;
    Ok(Discovery { all, boxes, refused, tree })
}

fn one_box(
    worlds: &Worlds,
    ranks: &Ranks,
    within: &[bool],
    options: &Options,
    part: u32,
    interrupt: &AtomicBool,
) -> Result<FoundBox, Ended> {
    let found = prim::find(worlds, ranks, within, &options.method);
    let sample = |k: usize| if k < FOLDS { Sample::AllBut(k) } else { Sample::Half(k - FOLDS) };
    let again = |k: usize| refit(worlds, ranks, within, &options.method, sample(k), options.seed, part);
    let refits = each(FOLDS + options.halves, options.threads, interrupt, &again)?;
    let firmness = Firmness::of(&refits, worlds.inputs.len());
    let region = rounding::rounded(worlds, &found.region);
    let (among, count) = (worlds.count(within), region.count(worlds, within));
    let restriction = |input: usize| {
        let bound = region.bounds[input].clone();
        let without_all = region.with(input, Bound::open(&worlds.inputs[input])).count(worlds, within);
        let of_side = |side: Side| match bound.sides().contains(&side) {
            true => quasi_p(count, region.without(input, side).count(worlds, within)),
            false => f64::NAN,
        };
        Restriction {
            input,
            without: without_all,
            quasi_p: quasi_p(count, without_all),
            quasi_p_low: of_side(Side::Low),
            quasi_p_high: of_side(Side::High),
            reproduced: firmness.reproduced(input, &bound),
            ranges: firmness.inputs[input].ranges(),
            bound,
        }
    };
    let mut restrictions: Vec<Restriction> = region.restricted().map(restriction).collect();
    restrictions.sort_by(|a, b| a.without.density().total_cmp(&b.without.density()));
    Ok(FoundBox { among, found, region, count, restrictions, firmness })
}

fn pruned_tree(worlds: &Worlds, ranks: &Ranks, options: &Options, interrupt: &AtomicBool) -> Result<Tree, Ended> {
    let grown = tree::grow(worlds, ranks, &vec![true; worlds.len()], &options.growth);
    let prices = grown.prices();
    let judge = |fold: usize| tree::errors(worlds, ranks, &options.growth, &prices, fold, options.seed);
    let folds = each(FOLDS, options.threads, interrupt, &judge)?;
    Ok(grown.pruned(tree::price(&prices, &folds)).rounded(worlds))
}

/// What `work` gives for each of `n` numbers, in their order, computed on several threads.
fn each<T: Send>(
    n: usize,
    threads: usize,
    interrupt: &AtomicBool,
    work: &(impl Fn(usize) -> T + Sync),
) -> Result<Vec<T>, Ended> {
    // A design point each: the stretches of one point would be of many replications.
    let plan = Plan { points: n, first: 0, replications: 1, threads };
    let mut done = Vec::with_capacity(n);
    let sink = |_, part| {
        done.push(part);
        Ok::<(), ()>(())
    };
    match experiment::run(&plan, interrupt, &|stretch: Stretch| work(stretch.point), sink) {
        Ok(_) if done.len() == n => Ok(done),
        Ok(_) | Err(Stopped::Sink(())) => Err(Ended::Interrupted),
        Err(Stopped::Fault(fault)) => Err(Ended::Fault(fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use worlds::Values;

    fn found(worlds: &Worlds, options: &Options) -> Discovery {
        discover(worlds, options, &AtomicBool::new(false)).unwrap()
    }

    #[test]
    fn a_known_box_in_noise_is_recovered_with_its_bounds() {
        let discovery = found(&made_up::worlds(2000), &Options::default());
        let first = &discovery.boxes[0];
        let inputs: Vec<usize> = first.restrictions.iter().map(|restriction| restriction.input).collect();
        assert!(inputs.contains(&0) && inputs.contains(&1), "{inputs:?}");
        for restriction in &first.restrictions {
            match (restriction.input, &restriction.bound) {
                (0, Bound::Range { low, .. }) => assert!((low - 0.55).abs() < 0.04, "{low}"),
                (1, Bound::Range { high, .. }) => assert!((high - 0.4).abs() < 0.04, "{high}"),
                (_, other) => panic!("{other:?} does not matter"),
            }
            assert!(restriction.reproduced > 0.9 && restriction.quasi_p < 1e-10, "{restriction:?}");
        }
        // The truth is 0.85 within.
        let interval = first.firmness.aside.density_interval();
        assert!(interval.low < 0.85 && interval.high > 0.75, "{interval:?}");
        assert_eq!(discovery.boxes.len(), 1, "there is only one");
    }

    #[test]
    fn nothing_stands_out_of_pure_noise() {
        let mut false_alarms = 0;
        for shift in 1..=20 {
            let mut noise = made_up::worlds(500);
            noise.cases.rotate_left(23 * shift);
            let discovery = found(&noise, &Options { halves: 10, ..Options::default() });
            false_alarms += discovery.boxes.len();
            assert_eq!(discovery.refused.is_some(), discovery.boxes.len() < 3);
        }
        assert!(false_alarms <= 2, "{false_alarms}");
    }

    #[test]
    fn the_answer_does_not_depend_on_the_number_of_threads() {
        let worlds = made_up::worlds(600);
        let options = Options { halves: 12, ..Options::default() };
        assert_eq!(
            format!("{:?}", found(&worlds, &options)),
            format!("{:?}", found(&worlds, &Options { threads: 3, ..options }))
        );
    }

    #[test]
    fn the_second_box_is_looked_for_among_what_the_first_left() {
        let x: Vec<f64> = (0..1000).map(|k| f64::from(k) / 1000.0).collect();
        let y: Vec<f64> = (0..1000).map(|k| f64::from(k * 37 % 1000) / 1000.0).collect();
        let cases = x.iter().zip(&y).map(|(x, y)| *x > 0.8 || *y < 0.15).collect();
        let worlds = Worlds { inputs: vec![Values::Numbers(x), Values::Numbers(y)], cases };
        let discovery = found(&worlds, &Options { halves: 10, ..Options::default() });
        assert_eq!(discovery.boxes.len(), 2);
        assert!(discovery.boxes[1].among.n < 1000);
        let together = discovery.boxes.iter().fold(Count::default(), |sum, found| sum.and(found.count));
        assert!(together.coverage(discovery.all) > 0.95 && together.density() > 0.95, "{together:?}");
    }
}
