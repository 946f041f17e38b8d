//! Patient rule induction: a box in which something happens much more often, found by taking away thin slices.
//!
//! J. H. Friedman and N. I. Fisher, "Bump hunting in high-dimensional data", Statistics and Computing 9 (1999); for
//! scenarios of policies B. P. Bryant and R. J. Lempert, Technological Forecasting and Social Change 77 (2010). From all worlds
//! the slice of a twentieth at either end of any input is taken away that most raises the share of cases for the worlds it
//! costs (the lenient criterion of J. H. Kwakkel and M. Jaxa-Rozen, Environmental Modelling & Software 79, 2016), again and again; a point of
//! this trajectory is chosen; slices are pasted back where that helps; bounds that do not matter are dropped. It is our own
//! because no library in Rust has it.

use super::ranks::Ranks;
use super::region::{Bound, KeptOut, Region, Side};
use super::worlds::{Count, Values, Worlds};
use statrs::distribution::{Binomial, DiscreteCDF};

/// How a box is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Method {
    /// Share of the worlds of a box that one peel takes away.
    pub peel: f64,
    /// Least share of all worlds that a box holds.
    pub least_mass: f64,
    /// Which point of the trajectory is taken.
    pub choice: Choice,
}

/// Which point of a trajectory is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Choice {
    /// The one with the highest [`trade_off`].
    TradeOff,
    /// Of those with at least this density the one of greatest coverage; the one that comes nearest where none has it.
    Density(f64),
}

/// One point of a peeling trajectory.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The box.
    pub region: Region,
    /// What it holds.
    pub count: Count,
    /// The input that the last slice was taken from; `None` of the first point, which holds all.
    pub peeled: Option<usize>,
}

/// A box that was found, and the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The trajectory, from all worlds to the least box.
    pub trajectory: Vec<Step>,
    /// The chosen point of it.
    pub chosen: usize,
    /// The chosen box after pasting and without the bounds that do not matter.
    pub region: Region,
}

impl Default for Method {
    fn default() -> Self {
        Method { peel: 0.05, least_mass: 0.05, choice: Choice::TradeOff }
    }
}

/// How well a box trades coverage and density off: the harmonic mean of its coverage and of the share of the way from the
/// density of all worlds to certainty that its own goes. 0 for the box of all worlds, 1 for one that holds all cases and nothing else.
///
/// ```
/// use partnersim::analyse::discovery::prim::trade_off;
/// use partnersim::analyse::discovery::worlds::Count;
/// let all = Count { n: 100, cases: 20 };
/// assert_eq!(trade_off(all, all), 0.0);
/// assert_eq!(trade_off(Count { n: 20, cases: 20 }, all), 1.0);
/// assert_eq!(trade_off(Count { n: 20, cases: 12 }, all), 0.6 * 0.5 * 2.0 / 1.1);
/// ```
pub fn trade_off(count: Count, all: Count) -> f64 {
    let gain = (count.density() - all.density()) / (1.0 - all.density());
    let coverage = count.coverage(all);
    if gain > 0.0 { 2.0 * coverage * gain / (coverage + gain) } else { 0.0 }
}

/// Probability that a box has so many cases by chance, were each of its worlds a case as often as in the box without one of
/// its bounds: the quasi-p-value of that bound (Bryant and Lempert 2010). Quasi, because the bound was chosen to make it small.
///
/// ```
/// use partnersim::analyse::discovery::prim::quasi_p;
/// use partnersim::analyse::discovery::worlds::Count;
/// // Ten of ten where half are expected: 1/2 to the power ten.
/// let p = quasi_p(Count { n: 10, cases: 10 }, Count { n: 40, cases: 20 });
/// assert!((p - 1.0 / 1024.0).abs() < 1e-12);
/// ```
pub fn quasi_p(count: Count, without: Count) -> f64 {
    if count.cases == 0 {
        return 1.0;
    }
    Binomial::new(without.density(), count.n as u64).map_or(f64::NAN, |chance| chance.sf(count.cases as u64 - 1))
}

/// Finds a box among the worlds of `within`; `ranks` are those of all worlds.
///
/// ```
/// use partnersim::analyse::discovery::prim::{Method, find};
/// use partnersim::analyse::discovery::ranks::Ranks;
/// use partnersim::analyse::discovery::worlds::{Values, Worlds};
/// let x: Vec<f64> = (0..200).map(|k| f64::from(k) / 200.0).collect();
/// let cases = x.iter().map(|x| *x > 0.7).collect();
/// let worlds = Worlds { inputs: vec![Values::Numbers(x)], cases };
/// let found = find(&worlds, &Ranks::new(&worlds), &vec![true; 200], &Method::default());
/// let count = found.region.count(&worlds, &vec![true; 200]);
/// assert!(count.density() > 0.95 && count.cases >= 57);
/// ```
pub fn find(worlds: &Worlds, ranks: &Ranks, within: &[bool], method: &Method) -> Found {
    let trajectory = peel(worlds, ranks, within, method);
    let all = trajectory[0].count;
    let finished = |at: usize| {
        let pasted = paste(worlds, within, trajectory[at].region.clone(), all, method);
        let region = trim(worlds, within, pasted, all, method.choice);
        (at, region.count(worlds, within).density(), region)
    };
    let (chosen, _, region) = match method.choice {
        Choice::TradeOff => finished(best_trade_off(&trajectory)),
        Choice::Density(asked) => densest(&trajectory, asked, finished),
    };
    Found { trajectory, chosen, region }
}

/// The point of the highest trade-off.
fn best_trade_off(trajectory: &[Step]) -> usize {
    let all = trajectory[0].count;
    let scores = trajectory.iter().map(|step| trade_off(step.count, all)).enumerate();
    // Of equals the later, which is the smaller box.
    scores.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
}

/// The first point, which is the one of greatest coverage, whose box has the density that was asked for and still has it without the
/// bounds that do not matter; where none has, the one that comes nearest.
fn densest(trajectory: &[Step], asked: f64, finished: impl Fn(usize) -> (usize, f64, Region)) -> (usize, f64, Region) {
    let dense = |density: f64| (0..trajectory.len()).filter(move |at| trajectory[*at].count.density() >= density);
    let most = trajectory.iter().map(|step| step.count.density()).fold(0.0, f64::max);
    let mut nearest: Option<(usize, f64, Region)> = None;
    for at in dense(asked.min(most)) {
        let found = finished(at);
        if nearest.as_ref().is_none_or(|nearest| found.1 > nearest.1) {
            nearest = Some(found);
        }
        if nearest.as_ref().is_some_and(|nearest| nearest.1 >= asked) {
            break;
        }
    }
    nearest.unwrap_or_else(|| finished(0))
}

/// The peeling trajectory among the worlds of `within`.
pub fn peel(worlds: &Worlds, ranks: &Ranks, within: &[bool], method: &Method) -> Vec<Step> {
    let mut left = ranks.within(within);
    let mut inside = within.to_vec();
    let mut at = Step { region: Region::whole(worlds), count: worlds.count(within), peeled: None };
    let least = method.least_mass * at.count.n as f64;
    let mut trajectory = vec![at.clone()];
    while let Some(best) = best_slice(worlds, &left, &at, method.peel, least) {
        at.count = best.left;
        at.region = at.region.with(best.input, best.bound);
        at.peeled = Some(best.input);
        let (bound, values) = (&at.region.bounds[best.input], &worlds.inputs[best.input]);
        left.left.iter().for_each(|world| inside[*world as usize] = bound.allows(values, *world as usize));
        left.keep(&inside);
        trajectory.push(at.clone());
    }
    trajectory
}

/// A slice that could be taken away: what the box is without it.
struct Slice {
    input: usize,
    bound: Bound,
    left: Count,
    gain: f64,
    is_new: bool,
}

/// The slice that raises the density most for each world that it costs, or lowers it least: a few cases that happen to lie at the edges
/// of a box must not end the search. Of equals one from an input restricted before.
fn best_slice(worlds: &Worlds, left: &Ranks, at: &Step, share: f64, least: f64) -> Option<Slice> {
    let mut best: Option<Slice> = None;
    for (input, values) in worlds.inputs.iter().enumerate() {
        let is_new = at.region.bounds[input].sides().is_empty();
        let ends = match values {
            Values::Numbers(numbers) => ends(worlds, numbers, &left.orders[input], &at.region.bounds[input], share),
            Values::Words { of, .. } => words(worlds, of, &left.left, &at.region.bounds[input]),
        };
        for (bound, taken) in ends {
            let left = at.count.less(taken);
            let gain = (left.density() - at.count.density()) / taken.n as f64;
            let slice = Slice { input, bound, left, gain, is_new };
            let is_better = best
                .as_ref()
                .is_none_or(|best| slice.gain > best.gain || slice.gain == best.gain && best.is_new && !slice.is_new);
            if left.n > 0 && left.n as f64 >= least && is_better {
                best = Some(slice);
            }
        }
    }
    best
}

/// The slices at the upper and the lower end of an input, never between equal values.
fn ends(worlds: &Worlds, numbers: &[f64], order: &[u32], bound: &Bound, share: f64) -> Vec<(Bound, Count)> {
    let Bound::Range { low, high } = *bound else { return Vec::new() };
    let value = |rank: usize| numbers[order[rank] as usize];
    let count = |taken: &[u32]| {
        let mut count = Count::default();
        taken.iter().for_each(|world| count.add(worlds.cases[*world as usize]));
        count
    };
    let mut found = Vec::new();
    if let Some(rank) = upper_cut(order.len(), share, value) {
        found.push((
            Bound::Range { low, high: between(value(rank), value(rank + 1), false) },
            count(&order[rank + 1..]),
        ));
    }
    if let Some(rank) = lower_cut(order.len(), share, value) {
        found.push((Bound::Range { low: between(value(rank - 1), value(rank), true), high }, count(&order[..rank])));
    }
    found
}

/// Rank of the last world that stays when the uppermost share goes.
fn upper_cut(n: usize, share: f64, value: impl Fn(usize) -> f64) -> Option<usize> {
    let position = n.checked_sub(1)? as f64 * (1.0 - share);
    let (mut rank, next) = (position as usize, position.ceil() as usize);
    let edge = value(next);
    while value(rank) == edge {
        rank = rank.checked_sub(1)?;
    }
    Some(rank)
}

/// Rank of the first world that stays when the lowermost share goes.
fn lower_cut(n: usize, share: f64, value: impl Fn(usize) -> f64) -> Option<usize> {
    let position = n.checked_sub(1)? as f64 * share;
    let (edge, mut rank) = (value(position as usize), position.ceil() as usize);
    while value(rank) == edge {
        rank += 1;
        if rank == n {
            return None;
        }
    }
    Some(rank)
}

/// Half way between two different values, on the side of the upper or of the lower one.
fn between(below: f64, above: f64, belongs_above: bool) -> f64 {
    let middle = below + (above - below) / 2.0;
    match (middle > below, middle < above) {
        (false, _) if belongs_above => above,
        (_, false) if !belongs_above => below,
        _ => middle,
    }
}

/// Each word that could go, while another is left.
fn words(worlds: &Worlds, of: &[usize], left: &[u32], bound: &Bound) -> Vec<(Bound, Count)> {
    let Bound::Among(allowed) = bound else { return Vec::new() };
    let mut counts = vec![Count::default(); allowed.len()];
    left.iter().for_each(|world| counts[of[*world as usize]].add(worlds.cases[*world as usize]));
    if counts.iter().filter(|count| count.n > 0).count() < 2 {
        return Vec::new();
    }
    let without = |word: usize| {
        let mut allowed = allowed.clone();
        allowed[word] = false;
        Bound::Among(allowed)
    };
    let present = counts.iter().enumerate().filter(|(_, count)| count.n > 0);
    present.map(|(word, count)| (without(word), *count)).collect()
}

/// Gives slices back to a box while that makes it better.
fn paste(worlds: &Worlds, within: &[bool], mut region: Region, all: Count, method: &Method) -> Region {
    loop {
        let (count, kept_out) = region.kept_out(worlds, within);
        let n = ((method.peel * count.n as f64).ceil() as usize).max(1);
        let wider = kept_out.iter().filter_map(|kept_out| {
            let (bound, gained) = widened(worlds, &region, kept_out, n)?;
            let wider = count.and(gained);
            is_better(wider, count, all, method.choice).then_some((trade_off(wider, all), kept_out.input, bound))
        });
        let Some((_, input, bound)) = wider.max_by(|a, b| a.0.total_cmp(&b.0)) else { return region };
        region = region.with(input, bound);
    }
}

/// Whether a wider box is to be preferred.
fn is_better(wider: Count, count: Count, all: Count, choice: Choice) -> bool {
    match choice {
        Choice::TradeOff => trade_off(wider, all) > trade_off(count, all),
        Choice::Density(asked) => wider.cases > count.cases && wider.density() >= asked.min(count.density()),
    }
}

/// One bound moved outwards to take in about `n` of the worlds that it keeps out, gone when there are no more; and what that gains.
fn widened(worlds: &Worlds, region: &Region, kept_out: &KeptOut, n: usize) -> Option<(Bound, Count)> {
    let (Bound::Range { low, high }, Values::Numbers(numbers)) =
        (&region.bounds[kept_out.input], &worlds.inputs[kept_out.input])
    else {
        return None;
    };
    let is_low = kept_out.side == Side::Low;
    let mut nearest: Vec<usize> = kept_out.worlds.clone();
    nearest.sort_by(|a, b| {
        let order = numbers[*a].total_cmp(&numbers[*b]);
        if is_low { order.reverse() } else { order }
    });
    let edge = nearest.get(n - 1).or(nearest.last()).map(|world| numbers[*world])?;
    let taken = nearest.partition_point(|world| if is_low { numbers[*world] >= edge } else { numbers[*world] <= edge });
    let mut gained = Count::default();
    nearest[..taken].iter().for_each(|world| gained.add(worlds.cases[*world]));
    let bound = match nearest.get(taken).map(|world| numbers[*world]) {
        None => region.bounds[kept_out.input].without(kept_out.side),
        Some(next) if is_low => Bound::Range { low: between(next, edge, true), high: *high },
        Some(next) => Bound::Range { low: *low, high: between(edge, next, false) },
    };
    Some((bound, gained))
}

/// Drops the bounds that do not matter, the least first: those without which the box is as good, and those whose cases may be
/// more by chance alone, even where a density is asked for: chance would not repeat it.
fn trim(worlds: &Worlds, within: &[bool], mut region: Region, all: Count, choice: Choice) -> Region {
    const CHANCE: f64 = 0.05;
    loop {
        let (count, kept_out) = region.kept_out(worlds, within);
        let droppable = kept_out.iter().filter_map(|KeptOut { input, side, worlds: out }| {
            let mut without = count;
            out.iter().for_each(|world| without.add(worlds.cases[*world]));
            let p = quasi_p(count, without);
            let goes = p > CHANCE || without == count || is_better(without, count, all, choice);
            goes.then_some((p, *input, *side))
        });
        let Some((_, input, side)) = droppable.max_by(|a, b| a.0.total_cmp(&b.0)) else { return region };
        region = region.without(input, side);
    }
}

#[cfg(test)]
mod tests {
    use super::super::made_up::worlds as made_up;
    use super::*;

    fn all(worlds: &Worlds) -> Vec<bool> {
        vec![true; worlds.len()]
    }

    /// The exact case: midpoints of a grid of 20 × 20 × 20, cases where x₁ > 0.5 and x₂ < 0.3.
    fn grid() -> Worlds {
        let level = |k: usize| (k as f64 + 0.5) / 20.0;
        let column = |every: usize| (0..8000).map(|k| level(k / every % 20)).collect::<Vec<f64>>();
        let (x, y, z) = (column(400), column(20), column(1));
        let cases = x.iter().zip(&y).map(|(x, y)| *x > 0.5 && *y < 0.3).collect();
        Worlds { inputs: [x, y, z].map(Values::Numbers).to_vec(), cases }
    }

    #[test]
    fn the_box_of_the_grid_is_found_exactly() {
        let worlds = grid();
        let found = find(&worlds, &Ranks::new(&worlds), &all(&worlds), &Method::default());
        let [Bound::Range { low, high: f64::INFINITY }, Bound::Range { low: f64::NEG_INFINITY, high }, open] =
            &found.region.bounds[..]
        else {
            panic!("{:?}", found.region)
        };
        assert!((low - 0.5).abs() < 1e-12 && (high - 0.3).abs() < 1e-12, "{low} {high}");
        assert!(open.sides().is_empty());
        let count = found.region.count(&worlds, &all(&worlds));
        assert_eq!(count, Count { n: 1200, cases: 1200 });
        assert_eq!(count.coverage(found.trajectory[0].count), 1.0);
    }

    #[test]
    fn the_trajectory_is_that_of_the_ema_workbench() {
        // EMA Workbench 2.5.3, Prim(x, y, threshold=0.1, mass_min=0.05) on the same numbers, before its pasting: worlds and cases.
        let printed = [
            (0, 1000, 281),
            (1, 950, 276),
            (2, 902, 270),
            (5, 772, 252),
            (10, 595, 225),
            (15, 458, 205),
            (20, 353, 185),
            (25, 271, 171),
            (30, 208, 159),
            (33, 177, 150),
            (34, 168, 144),
            (35, 159, 137),
        ];
        let worlds = made_up(1000);
        let trajectory = peel(&worlds, &Ranks::new(&worlds), &all(&worlds), &Method::default());
        for (step, n, cases) in printed {
            assert_eq!(trajectory[step].count, Count { n, cases }, "step {step}");
        }
        // There the Workbench stops, because no slice raises the density further; we go on to the least mass, as Friedman and Fisher do.
        assert!(trajectory.len() > 36 && trajectory.last().is_some_and(|step| step.count.n >= 50));
        let bounds = |step: usize, input: usize| match trajectory[step].region.bounds[input] {
            Bound::Range { low, high } => (low, high),
            Bound::Among(_) => panic!("numbers"),
        };
        assert!((bounds(20, 0).0 - 0.273_083).abs() < 1e-6 && (bounds(20, 1).1 - 0.485_812).abs() < 1e-6);
        assert!((bounds(35, 0).0 - 0.544_088).abs() < 1e-6 && (bounds(35, 2).1 - 0.970_147).abs() < 1e-6);
        let p = |input, side| {
            let without = trajectory[20].region.without(input, side).count(&worlds, &all(&worlds));
            quasi_p(trajectory[20].count, without)
        };
        assert!((p(0, Side::Low) / 0.000_524_819_916_196_698_6 - 1.0).abs() < 1e-9);
        assert!((p(1, Side::High) / 1.306_296_614_567_125e-14 - 1.0).abs() < 1e-6);
    }

    #[test]
    fn words_are_chosen_among_and_what_does_not_matter_is_left_open() {
        let worlds = made_up(600);
        let Values::Numbers(x) = &worlds.inputs[0] else { panic!("numbers") };
        let form = ["lead", "network", "shared"];
        let words: Vec<String> = x.iter().map(|x| form[(x * 3.0) as usize].to_string()).collect();
        let cases = words.iter().map(|word| word == "shared").collect();
        let worlds = Worlds { inputs: vec![worlds.inputs[1].clone(), Values::words(&words)], cases };
        let found = find(&worlds, &Ranks::new(&worlds), &all(&worlds), &Method::default());
        assert_eq!(found.region.restricted().collect::<Vec<_>>(), [1]);
        assert_eq!(found.region.bounds[1], Bound::Among(vec![false, false, true]));
    }

    #[test]
    fn a_density_that_is_asked_for_is_reached_at_the_cost_of_coverage() {
        let worlds = made_up(2000);
        let ranks = Ranks::new(&worlds);
        let of = |choice| {
            let found = find(&worlds, &ranks, &all(&worlds), &Method { choice, ..Method::default() });
            found.region.count(&worlds, &all(&worlds))
        };
        let (dense, loose) = (of(Choice::Density(0.8)), of(Choice::Density(0.4)));
        assert!(dense.density() >= 0.8 && loose.density() >= 0.4);
        assert!(dense.cases < loose.cases);
    }

    #[test]
    fn equal_values_are_never_parted() {
        let values = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0];
        assert_eq!(lower_cut(6, 0.05, |rank| values[rank]), Some(3));
        assert_eq!(upper_cut(6, 0.05, |rank| values[rank]), Some(2));
        assert_eq!(lower_cut(3, 0.05, |rank| values[rank]), None);
        assert_eq!(upper_cut(3, 0.05, |rank| values[rank]), None);
        let next = f64::from_bits(1.0f64.to_bits() + 1);
        assert_eq!((between(1.0, next, true), between(1.0, next, false)), (next, 1.0));
    }

    #[test]
    fn quasi_p_values_are_binomial_tails() {
        // R: pbinom(29, 40, 0.6, lower.tail = FALSE)
        let p = quasi_p(Count { n: 40, cases: 30 }, Count { n: 100, cases: 60 });
        assert!((p - 0.035_2).abs() < 5e-4, "{p}");
        assert_eq!(quasi_p(Count { n: 10, cases: 0 }, Count { n: 20, cases: 5 }), 1.0);
    }
}
