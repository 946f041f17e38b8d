//! A small classification tree: the worlds divided and divided again, so that each part is of one kind as far as it goes.
//!
//! L. Breiman, J. H. Friedman, R. A. Olshen and C. J. Stone, "Classification and Regression Trees" (1984): the division that lowers
//! the Gini impurity most, then pruning by cost and complexity, to the smallest tree whose cross-validated error is within one
//! standard error of the least. The error is the squared distance of a share from what happened (Brier's score), because a
//! part in which something happens in 4 of 10 worlds and one in which it never does are not the same, although neither has a majority of cases.
//!
//! It is our own: `smartcore`, the well-kept library, does not show the nodes of its trees, neither prunes nor cross-validates them, and brings
//! `num-traits` with the platform's mathematics.

use super::firmness::{FOLDS, Sample, aside};
use super::ranks::Ranks;
use super::region::{Bound, Region};
use super::rounding::Scale;
use super::worlds::{Count, Values, Worlds};

/// Keeps the worlds that the tree is judged by apart from those of the boxes.
const PART: u32 = 1_000;

/// How far a tree grows before it is pruned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Most divisions between the root and a leaf.
    pub depth: usize,
    /// Least share of all worlds that a leaf holds.
    pub least_leaf: f64,
}

/// A tree. Its first node is the root; children stand after their parent.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
}

/// One part of the worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Divisions above it.
    pub depth: usize,
    /// The node it is a part of.
    pub parent: Option<usize>,
    /// What it holds.
    pub count: Count,
    /// How it is divided; `None` of a leaf.
    pub split: Option<Split>,
}

/// A division in two.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// By which input.
    pub input: usize,
    /// What goes into the first part.
    pub first: Bound,
    /// The two parts.
    pub parts: [usize; 2],
}

/// What cross-validation says of one degree of pruning.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Error {
    /// Worlds judged.
    pub n: usize,
    /// Sum of their squared errors.
    pub sum: f64,
    /// Sum of the squares of these.
    pub squares: f64,
}

impl Default for Growth {
    fn default() -> Self {
        Growth { depth: 3, least_leaf: 0.025 }
    }
}

/// Grows a tree on the worlds of `within`, without pruning.
///
/// ```
/// use partnersim::analyse::discovery::ranks::Ranks;
/// use partnersim::analyse::discovery::tree::{Growth, grow};
/// use partnersim::analyse::discovery::worlds::{Values, Worlds};
/// let x: Vec<f64> = (0..100).map(f64::from).collect();
/// let worlds = Worlds { cases: x.iter().map(|x| *x > 59.0).collect(), inputs: vec![Values::Numbers(x)] };
/// let tree = grow(&worlds, &Ranks::new(&worlds), &[true; 100], &Growth::default());
/// assert_eq!(tree.nodes.len(), 3);
/// assert_eq!((tree.nodes[1].count.cases, tree.nodes[2].count.cases), (0, 40));
/// ```
pub fn grow(worlds: &Worlds, ranks: &Ranks, within: &[bool], growth: &Growth) -> Tree {
    let count = worlds.count(within);
    let least = ((growth.least_leaf * count.n as f64).ceil() as usize).max(1);
    let mut tree = Tree { nodes: vec![Node { depth: 0, parent: None, count, split: None }] };
    let mut waiting = vec![(0, ranks.within(within))];
    while let Some((at, ranks)) = waiting.pop() {
        let Node { depth, count, .. } = tree.nodes[at];
        let found = if depth < growth.depth { best_split(worlds, &ranks, count, least) } else { None };
        let Some((input, first)) = found else { continue };
        let mut mask = vec![false; worlds.len()];
        let is_first = |world: &u32| first.allows(&worlds.inputs[input], *world as usize);
        ranks.left.iter().for_each(|world| mask[*world as usize] = is_first(world));
        let one = worlds.count(&mask);
        let parts = [tree.nodes.len(), tree.nodes.len() + 1];
        let children =
            [one, count.less(one)].map(|count| Node { depth: depth + 1, parent: Some(at), count, split: None });
        tree.nodes.extend(children);
        tree.nodes[at].split = Some(Split { input, first, parts });
        let firsts = ranks.within(&mask);
        mask.iter_mut().for_each(|inside| *inside = !*inside);
        waiting.push((parts[1], ranks.within(&mask)));
        waiting.push((parts[0], firsts));
    }
    tree.in_order()
}

/// The input and the bound of the first part that lower the impurity most, each part having `least` worlds.
fn best_split(worlds: &Worlds, ranks: &Ranks, all: Count, least: usize) -> Option<(usize, Bound)> {
    let mut best = (impurity(all), None);
    let mut consider = |first: Count, input: usize, bound: &dyn Fn() -> Bound| {
        let divided = impurity(first) + impurity(all.less(first));
        // More than the error of computing it.
        if first.n >= least && all.n - first.n >= least && divided < best.0 - 1e-9 {
            best = (divided, Some((input, bound())));
        }
    };
    for (input, values) in worlds.inputs.iter().enumerate() {
        let mut first = Count::default();
        match values {
            Values::Numbers(numbers) => {
                for pair in ranks.orders[input].windows(2) {
                    first.add(worlds.cases[pair[0] as usize]);
                    let [below, above] = [numbers[pair[0] as usize], numbers[pair[1] as usize]];
                    if below < above {
                        let high = below + (above - below) / 2.0;
                        let high = if high < above { high } else { below };
                        consider(first, input, &|| Bound::Range { low: f64::NEG_INFINITY, high });
                    }
                }
            }
            Values::Words { words, of } => {
                let mut counts = vec![Count::default(); words.len()];
                ranks.left.iter().for_each(|world| counts[of[*world as usize]].add(worlds.cases[*world as usize]));
                let mut present: Vec<usize> = (0..words.len()).filter(|word| counts[*word].n > 0).collect();
                // In the order of their shares no other division in two can be better (Breiman et al., theorem 4.5).
                present.sort_by(|a, b| counts[*a].density().total_cmp(&counts[*b].density()));
                for taken in 1..present.len() {
                    first = first.and(counts[present[taken - 1]]);
                    let among =
                        || Bound::Among((0..words.len()).map(|word| present[..taken].contains(&word)).collect());
                    consider(first, input, &among);
                }
            }
        }
    }
    best.1
}

/// Gini impurity of a part, times its worlds.
fn impurity(count: Count) -> f64 {
    if count.n == 0 { 0.0 } else { 2.0 * count.cases as f64 * (1.0 - count.density()) }
}

impl Tree {
    /// The leaves below a node, itself where it is one.
    fn leaves(&self, at: usize) -> Vec<usize> {
        match &self.nodes[at].split {
            Some(split) => split.parts.iter().flat_map(|part| self.leaves(*part)).collect(),
            None => vec![at],
        }
    }

    /// By how much the impurity would rise for each leaf saved if a node became one; of all worlds.
    fn link(&self, at: usize) -> Option<f64> {
        self.nodes[at].split.as_ref()?;
        let leaves = self.leaves(at);
        let below: f64 = leaves.iter().map(|leaf| impurity(self.nodes[*leaf].count)).sum();
        Some((impurity(self.nodes[at].count) - below) / (leaves.len() - 1) as f64 / self.nodes[0].count.n as f64)
    }

    /// The tree without every division that lowers the impurity by no more than `price` for each leaf, the weakest first.
    pub fn pruned(&self, price: f64) -> Tree {
        let mut tree = self.clone();
        while let Some((at, link)) = tree.weakest() {
            if link > price {
                break;
            }
            tree.nodes[at].split = None;
        }
        tree.in_order()
    }

    fn weakest(&self) -> Option<(usize, f64)> {
        let reached = self.reached();
        let links = reached.into_iter().filter_map(|at| Some((at, self.link(at)?)));
        links.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The prices at which pruning goes one step further, from 0 up to the one at which only the root is left.
    pub fn prices(&self) -> Vec<f64> {
        let (mut tree, mut prices) = (self.pruned(0.0), vec![0.0]);
        while let Some((_, link)) = tree.weakest() {
            // Rounding must not leave behind the very division that the price is of.
            prices.push(link * (1.0 + 1e-12));
            tree = tree.pruned(link * (1.0 + 1e-12));
        }
        prices
    }

    /// Nodes that can be reached from the root, parents first, first parts before second ones.
    fn reached(&self) -> Vec<usize> {
        let (mut reached, mut waiting) = (Vec::new(), vec![0]);
        while let Some(at) = waiting.pop() {
            reached.push(at);
            waiting.extend(self.nodes[at].split.iter().flat_map(|split| [split.parts[1], split.parts[0]]));
        }
        reached
    }

    /// The same with only the nodes that can be reached, in the order in which they are read.
    fn in_order(&self) -> Tree {
        let reached = self.reached();
        let place = |at: usize| reached.iter().position(|node| *node == at).unwrap_or(0);
        let moved = |at: &usize| {
            let mut node = self.nodes[*at].clone();
            node.parent = node.parent.map(place);
            if let Some(split) = &mut node.split {
                split.parts = split.parts.map(place);
            }
            node
        };
        Tree { nodes: reached.iter().map(moved).collect() }
    }

    /// The leaf that a world comes to.
    pub fn leaf_of(&self, worlds: &Worlds, world: usize) -> usize {
        let mut at = 0;
        while let Some(split) = &self.nodes[at].split {
            at = split.parts[usize::from(!split.first.allows(&worlds.inputs[split.input], world))];
        }
        at
    }

    /// The same with every threshold rounded, and all nodes counted again with these.
    pub fn rounded(&self, worlds: &Worlds) -> Tree {
        let mut tree = self.clone();
        for node in &mut tree.nodes {
            node.count = Count::default();
            if let Some(Split { input, first: Bound::Range { high, .. }, .. }) = &mut node.split
                && let Values::Numbers(numbers) = &worlds.inputs[*input]
            {
                *high = Scale::of(numbers).threshold(*high);
            }
        }
        for world in 0..worlds.len() {
            let mut at = Some(tree.leaf_of(worlds, world));
            while let Some(node) = at {
                tree.nodes[node].count.add(worlds.cases[world]);
                at = tree.nodes[node].parent;
            }
        }
        tree
    }

    /// By which input a node is told from the other part of its parent, and what it allows.
    pub fn own_bound(&self, worlds: &Worlds, parent: usize, node: usize) -> Option<(usize, Bound)> {
        let split = self.nodes[parent].split.as_ref()?;
        let open = Bound::open(&worlds.inputs[split.input]);
        Some((split.input, both(&open, &split.first, split.parts[0] == node)))
    }

    /// What a world must be like to come to a node.
    pub fn region(&self, worlds: &Worlds, node: usize) -> Region {
        let mut region = Region::whole(worlds);
        let mut at = node;
        while let Some(parent) = self.nodes[at].parent {
            if let Some(split) = &self.nodes[parent].split {
                let bound = &mut region.bounds[split.input];
                *bound = both(bound, &split.first, split.parts[0] == at);
            }
            at = parent;
        }
        region
    }
}

/// What a bound allows and the first part of a division too, or else the second.
fn both(bound: &Bound, first: &Bound, is_first: bool) -> Bound {
    match (bound, first) {
        (Bound::Range { low, high }, Bound::Range { high: at, .. }) if is_first => {
            Bound::Range { low: *low, high: if at < high { *at } else { *high } }
        }
        (Bound::Range { low, high }, Bound::Range { high: at, .. }) => {
            // The least number above the threshold.
            let above = at.next_up();
            Bound::Range { low: if above > *low { above } else { *low }, high: *high }
        }
        (Bound::Among(allowed), Bound::Among(first)) => {
            Bound::Among(allowed.iter().zip(first).map(|(allowed, first)| *allowed && *first == is_first).collect())
        }
        _ => bound.clone(),
    }
}

/// What trees grown without one part of the worlds make of that part, one entry a price.
pub fn errors(worlds: &Worlds, ranks: &Ranks, growth: &Growth, prices: &[f64], fold: usize, seed: u64) -> Vec<Error> {
    let aside = aside(&vec![true; worlds.len()], Sample::AllBut(fold), seed, PART);
    let kept: Vec<bool> = aside.iter().map(|aside| !aside).collect();
    let grown = grow(worlds, ranks, &kept, growth);
    let between = |k: usize| match prices.get(k + 1) {
        Some(next) => (prices[k] * next).sqrt(),
        None => f64::INFINITY,
    };
    let judge = |k: usize| {
        let tree = grown.pruned(between(k));
        let mut error = Error::default();
        for world in (0..worlds.len()).filter(|world| aside[*world]) {
            let share = tree.nodes[tree.leaf_of(worlds, world)].count.density();
            error.add(f64::from(u8::from(worlds.cases[world])) - share);
        }
        error
    };
    (0..prices.len()).map(judge).collect()
}

/// The price to prune at: the highest whose error is within one standard error of the least. `folds` holds what
/// [`errors`] gave for each of the [`FOLDS`] parts.
pub fn price(prices: &[f64], folds: &[Vec<Error>]) -> f64 {
    let errors: Vec<Error> =
        (0..prices.len()).map(|k| folds.iter().fold(Error::default(), |sum, fold| sum.and(fold[k]))).collect();
    debug_assert_eq!(folds.len(), FOLDS);
    let least = errors.iter().min_by(|a, b| a.mean().total_cmp(&b.mean()));
    let Some(bar) = least.map(|least| least.mean() + least.standard_error()) else { return f64::INFINITY };
    let good = errors.iter().zip(prices).filter(|(error, _)| error.mean() <= bar);
    good.map(|(_, price)| *price).fold(0.0, f64::max)
}

impl Error {
    fn add(&mut self, distance: f64) {
        let square = distance * distance;
        self.n += 1;
        self.sum += square;
        self.squares += square * square;
    }

    fn and(self, other: Error) -> Error {
        Error { n: self.n + other.n, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    fn mean(&self) -> f64 {
        self.sum / self.n as f64
    }

    fn standard_error(&self) -> f64 {
        let variance = self.squares / self.n as f64 - self.mean() * self.mean();
        (variance.max(0.0) / self.n as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::made_up::worlds;
    use super::*;

    fn grown(worlds: &Worlds, growth: &Growth) -> Tree {
        grow(worlds, &Ranks::new(worlds), &vec![true; worlds.len()], growth)
    }

    fn chosen(worlds: &Worlds) -> Tree {
        let (ranks, growth) = (Ranks::new(worlds), Growth::default());
        let tree = grown(worlds, &growth);
        let prices = tree.prices();
        let folds: Vec<_> = (0..FOLDS).map(|fold| errors(worlds, &ranks, &growth, &prices, fold, 1)).collect();
        tree.pruned(price(&prices, &folds))
    }

    #[test]
    fn divisions_and_prices_are_those_of_scikit_learn() {
        // scikit-learn 1.9.1, DecisionTreeClassifier(max_depth=3, min_samples_leaf=25) on the same numbers: input, threshold, worlds, cases;
        // and cost_complexity_pruning_path.
        let printed = [
            (1, 0.396_738, 1000, 281),
            (0, 0.547_411, 379, 196),
            (1, 0.101_268, 193, 40),
            (9, 0.0, 43, 3),
            (9, 0.0, 150, 37),
            (1, 0.057_128, 186, 156),
            (9, 0.0, 35, 33),
            (9, 0.0, 151, 123),
            (2, 0.391_497, 621, 85),
            (2, 0.351_993, 244, 44),
            (9, 0.0, 215, 33),
            (9, 0.0, 29, 11),
            (2, 0.920_263, 377, 41),
            (9, 0.0, 327, 40),
            (9, 0.0, 50, 1),
        ];
        let tree = grown(&worlds(1000), &Growth::default());
        assert_eq!(tree.nodes.len(), printed.len());
        for (node, (input, threshold, n, cases)) in tree.nodes.iter().zip(printed) {
            assert_eq!(node.count, Count { n, cases });
            match &node.split {
                Some(Split { input: found, first: Bound::Range { high, .. }, .. }) => {
                    assert!(*found == input && (high - threshold).abs() < 1e-6, "{found} {high}");
                }
                _ => assert_eq!(input, 9, "a leaf"),
            }
        }
        let printed = [0.0, 0.000_908_16, 0.000_935_26, 0.002_061_96, 0.002_091_63, 0.071_802_33];
        let prices = tree.prices();
        assert_eq!(prices.len(), printed.len(), "{prices:?}");
        assert!(prices.iter().zip(printed).all(|(price, printed)| (price - printed).abs() < 5e-9), "{prices:?}");
    }

    #[test]
    fn pruning_leaves_the_divisions_that_there_are_and_none_of_pure_noise() {
        let tree = chosen(&worlds(1000));
        let split: Vec<usize> = tree.nodes.iter().filter_map(|node| Some(node.split.as_ref()?.input)).collect();
        assert!(split.contains(&0) && split.contains(&1) && !split.contains(&2), "{split:?}");
        let mut noise = worlds(1000);
        noise.cases.rotate_left(500);
        assert_eq!(chosen(&noise).nodes.len(), 1);
    }

    #[test]
    fn words_are_divided_by_their_shares() {
        let words: Vec<String> = (0..300).map(|k| ["a", "b", "c"][k % 3].to_string()).collect();
        let cases = (0..300).map(|k| k % 3 != 1 && k % 10 != 0).collect();
        let worlds = Worlds { inputs: vec![Values::words(&words)], cases };
        let tree = chosen(&worlds);
        assert_eq!(tree.nodes.len(), 3);
        assert_eq!(tree.region(&worlds, 1).bounds[0], Bound::Among(vec![false, true, false]));
        assert_eq!(tree.region(&worlds, 2).bounds[0], Bound::Among(vec![true, false, true]));
    }

    #[test]
    fn rounded_thresholds_are_counted_again() {
        let worlds = worlds(1000);
        let tree = chosen(&worlds).rounded(&worlds);
        for (at, node) in tree.nodes.iter().enumerate() {
            assert_eq!(node.count, tree.region(&worlds, at).count(&worlds, &[true; 1000]), "node {at}");
            if let Some(Split { first: Bound::Range { high, .. }, .. }) = &node.split {
                assert_eq!((high * 100.0).round() / 100.0, *high);
            }
        }
    }
}
