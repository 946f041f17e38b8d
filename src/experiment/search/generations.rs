//! Generation after generation: offspring, scores, and who stays.
//!
//! NSGA-II of Deb, Pratap, Agarwal and Meyarivan (2002) with its rule for constraints; numbers are crossed and mutated as there (simulated
//! binary crossover, polynomial mutation), whole numbers likewise and then rounded, words are exchanged or drawn anew.

use super::front::{beats, layers, room};
use super::lever::Lever;
use crate::model::draws::{AddressedGenerator, Draws, Purpose};
use crate::model::math;
use rand::Rng;
use std::cmp::Ordering;

/// How close children stay to their parents, and mutants to what they were: the usual values.
const CROSSOVER_INDEX: f64 = 15.0;
const MUTATION_INDEX: f64 = 20.0;
/// Share of pairs that are crossed.
const CROSSED: f64 = 0.9;
/// How often a child that already lived is mutated again before it is let in.
const TRIES: usize = 20;

/// How good a candidate is.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// How good in each respect; more is better.
    pub goods: Vec<f64>,
    /// How far it breaks what must hold; 0 when it does not.
    pub violation: f64,
}

/// A candidate that was scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// A value for every lever, or the position of a level.
    pub genes: Vec<f64>,
    /// How good it is.
    pub score: Score,
}

/// How long and how widely to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Candidates that live at a time.
    pub population: usize,
    /// Generations, the first included.
    pub generations: usize,
    /// Seed of what is tried.
    pub seed: u64,
}

/// Searches. `score` gives the scores of some candidates, in order, or `None` to stop; `ended` is told every generation that lived.
/// Gives the last one, empty when not even the first was scored.
///
/// ```
/// use partnersim::experiment::search::generations::{Effort, Score, search};
/// use partnersim::experiment::search::lever::{Cost, Lever, Range};
/// let lever = Lever { name: "x".into(), paths: Vec::new(), range: Range::Between(-4.0, 4.0), cost: Cost::None };
/// let effort = Effort { population: 20, generations: 20, seed: 1 };
/// // The nearest to 1: one end only, so one candidate is left on the front.
/// let score = |tried: &[Vec<f64>]| {
///     Some(tried.iter().map(|x| Score { goods: vec![-(x[0] - 1.0) * (x[0] - 1.0)], violation: 0.0 }).collect())
/// };
/// let last = search(&[lever], &effort, &[], score, |_, _| {});
/// assert!((last[0].genes[0] - 1.0).abs() < 0.05);
/// ```
pub fn search(
    levers: &[Lever],
    effort: &Effort,
    first: &[Vec<f64>],
    mut score: impl FnMut(&[Vec<f64>]) -> Option<Vec<Score>>,
    mut ended: impl FnMut(usize, &[Candidate]),
) -> Vec<Candidate> {
    let mut living: Vec<Candidate> = Vec::new();
    for generation in 0..effort.generations {
        let tried = if generation == 0 {
            beginning(levers, effort, first)
        } else {
            offspring(levers, &living, effort, generation)
        };
        let Some(scores) = score(&tried) else { break };
        living.extend(tried.into_iter().zip(scores).map(|(genes, score)| Candidate { genes, score }));
        living = survivors(living, effort.population);
        ended(generation, &living);
    }
    living
}

/// Whether a candidate beats another: one that breaks nothing beats one that does, of two that do the one that breaks less.
pub fn is_beaten_by(candidate: &Candidate, other: &Candidate) -> bool {
    let (mine, theirs) = (&candidate.score, &other.score);
    if mine.violation > 0.0 || theirs.violation > 0.0 {
        return theirs.violation < mine.violation;
    }
    beats(&theirs.goods, &mine.goods)
}

/// The candidates of a generation that break nothing and that no other beats; of equals in all levers the first.
pub fn unbeaten(living: &[Candidate]) -> Vec<&Candidate> {
    let is_unbeaten = |candidate: &&Candidate| {
        candidate.score.violation == 0.0 && !living.iter().any(|other| is_beaten_by(candidate, other))
    };
    let mut found: Vec<&Candidate> = Vec::new();
    for candidate in living.iter().filter(is_unbeaten) {
        if found.iter().all(|one| one.genes != candidate.genes) {
            found.push(candidate);
        }
    }
    found
}

/// The first generation: those that are given, and for the rest each lever's range cut into as many parts as there are candidates,
/// each part taken once (a Latin hypercube).
fn beginning(levers: &[Lever], effort: &Effort, first: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = effort.population.saturating_sub(first.len());
    let mut draws = draws(effort.seed, 0);
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for lever in levers {
        let mut parts: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            parts.swap(last, draws.below(last + 1));
        }
        let (low, high) = lever.bounds();
        // A step at either end is as wide as one in the middle.
        let (low, high) = if lever.is_stepwise() { (low - 0.5, high + 0.5) } else { (low, high) };
        let value = |part: usize| low + (high - low) * (part as f64 + uniform(&mut draws)) / n as f64;
        columns.push(parts.into_iter().map(value).map(|value| lever.gene(value)).collect());
    }
    let drawn = (0..n).map(|k| columns.iter().map(|column| column[k]).collect());
    first.iter().take(effort.population).cloned().chain(drawn).collect()
}

/// As many children as there are candidates.
fn offspring(levers: &[Lever], parents: &[Candidate], effort: &Effort, generation: usize) -> Vec<Vec<f64>> {
    let mut draws = draws(effort.seed, generation as u64);
    let standing = standing(parents);
    let mut children: Vec<Vec<f64>> = Vec::new();
    while children.len() < effort.population {
        let [mother, father] = [(); 2].map(|()| {
            let (one, other) = (draws.below(parents.len()), draws.below(parents.len()));
            if standing[other].is_better_than(&standing[one]) { other } else { one }
        });
        let crossed = cross(levers, &parents[mother].genes, &parents[father].genes, &mut draws);
        for mut child in crossed {
            mutate(levers, &mut child, &mut draws);
            let lived =
                |child: &Vec<f64>| children.contains(child) || parents.iter().any(|parent| parent.genes == *child);
            let mut tries = 0;
            while lived(&child) && tries < TRIES {
                mutate(levers, &mut child, &mut draws);
                tries += 1;
            }
            if children.len() < effort.population {
                children.push(child);
            }
        }
    }
    children
}

/// The best of a generation and its children: layer by layer, and of the last layer that does not fit those with most room.
fn survivors(candidates: Vec<Candidate>, n: usize) -> Vec<Candidate> {
    let standing = standing(&candidates);
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    // A stable order: of equals the elder stays.
    order.sort_by(|&a, &b| standing[a].compared(&standing[b]));
    order.truncate(n);
    order.into_iter().map(|at| candidates[at].clone()).collect()
}

/// A candidate's place among all.
#[derive(Debug, Clone, Copy)]
struct Standing {
    layer: usize,
    room: f64,
}

impl Standing {
    /// The better one first.
    fn compared(&self, other: &Standing) -> Ordering {
        self.layer.cmp(&other.layer).then(other.room.total_cmp(&self.room))
    }

    fn is_better_than(&self, other: &Standing) -> bool {
        self.compared(other) == Ordering::Less
    }
}

fn standing(candidates: &[Candidate]) -> Vec<Standing> {
    let layers = layers(candidates.len(), &|a, b| is_beaten_by(&candidates[b], &candidates[a]));
    let mut standing: Vec<Standing> = layers.iter().map(|&layer| Standing { layer, room: 0.0 }).collect();
    for layer in 0..=layers.iter().copied().max().unwrap_or(0) {
        let members: Vec<usize> = (0..candidates.len()).filter(|&at| layers[at] == layer).collect();
        let points: Vec<&[f64]> = members.iter().map(|&at| candidates[at].score.goods.as_slice()).collect();
        // What could not be scored at all has no place among the others.
        let known = points.iter().all(|point| point.iter().all(|good| good.is_finite()));
        let rooms = if known { room(&points) } else { vec![0.0; points.len()] };
        members.iter().zip(rooms).for_each(|(&at, room)| standing[at].room = room);
    }
    standing
}

fn cross(levers: &[Lever], mother: &[f64], father: &[f64], draws: &mut AddressedGenerator) -> [Vec<f64>; 2] {
    let (mut one, mut other) = (mother.to_vec(), father.to_vec());
    if uniform(draws) > CROSSED {
        return [one, other];
    }
    for (k, lever) in levers.iter().enumerate() {
        let (exchanged, spread) = (uniform(draws) < 0.5, uniform(draws));
        if !lever.is_ordered() {
            if exchanged {
                std::mem::swap(&mut one[k], &mut other[k]);
            }
            continue;
        }
        if !exchanged {
            continue;
        }
        let widened = spread_of(spread);
        let (a, b) = (one[k], other[k]);
        one[k] = lever.gene(0.5 * ((1.0 + widened) * a + (1.0 - widened) * b));
        other[k] = lever.gene(0.5 * ((1.0 - widened) * a + (1.0 + widened) * b));
    }
    [one, other]
}

/// How far the children are apart, in distances of the parents.
fn spread_of(uniform: f64) -> f64 {
    let power = 1.0 / (CROSSOVER_INDEX + 1.0);
    if uniform <= 0.5 { math::pow(2.0 * uniform, power) } else { math::pow(1.0 / (2.0 * (1.0 - uniform)), power) }
}

/// Changes one lever on average, and always at least the one that it hits upon.
fn mutate(levers: &[Lever], genes: &mut [f64], draws: &mut AddressedGenerator) {
    let always = draws.below(levers.len().max(1));
    for (k, lever) in levers.iter().enumerate() {
        let (hit, size) = (uniform(draws), uniform(draws));
        if k != always && hit > 1.0 / levers.len() as f64 {
            continue;
        }
        let (low, high) = lever.bounds();
        if !lever.is_ordered() {
            genes[k] = lever.gene(low - 0.5 + (high - low + 1.0) * size);
            continue;
        }
        let moved = lever.gene(genes[k] + step_of(size) * (high - low));
        // A step that is rounded away is made a whole one.
        let is_lost = moved == genes[k] && lever.is_stepwise();
        genes[k] = if is_lost { lever.gene(genes[k] + if size < 0.5 { -1.0 } else { 1.0 }) } else { moved };
    }
}

/// How far a mutant moves, in ranges of the lever, from −1 to 1.
fn step_of(uniform: f64) -> f64 {
    let power = 1.0 / (MUTATION_INDEX + 1.0);
    if uniform < 0.5 { math::pow(2.0 * uniform, power) - 1.0 } else { 1.0 - math::pow(2.0 * (1.0 - uniform), power) }
}

fn draws(seed: u64, generation: u64) -> AddressedGenerator {
    Draws::<1>::new(seed, generation).generator(0, Purpose::Search, 0, 0)
}

fn uniform(draws: &mut AddressedGenerator) -> f64 {
    math::open_unit(draws.next_u64())
}

#[cfg(test)]
mod tests {
    use super::super::hypervolume::hypervolume;
    use super::super::lever::{Cost, Range};
    use super::*;

    fn lever(range: Range) -> Lever {
        Lever { name: "x".to_string(), paths: Vec::new(), range, cost: Cost::None }
    }

    /// Searches without a limit on what must hold.
    fn freely(levers: &[Lever], effort: &Effort, goods: impl Fn(&[f64]) -> Vec<f64>) -> Vec<Candidate> {
        let score = |tried: &[Vec<f64>]| {
            Some(tried.iter().map(|genes| Score { goods: goods(genes), violation: 0.0 }).collect())
        };
        search(levers, effort, &[], score, |_, _| {})
    }

    #[test]
    fn the_front_of_zdt1_is_found() {
        // Zitzler, Deb and Thiele 2000: the front is f₂ = 1 − √f₁, whose hypervolume below (1.1, 1.1) is 0.8761.
        let levers = vec![lever(Range::Between(0.0, 1.0)); 10];
        let effort = Effort { population: 60, generations: 200, seed: 1 };
        let goods = |x: &[f64]| {
            let g = 1.0 + 9.0 * x[1..].iter().sum::<f64>() / 9.0;
            vec![-x[0], -g * (1.0 - (x[0] / g).sqrt())]
        };
        let last = freely(&levers, &effort, goods);
        let points: Vec<Vec<f64>> = unbeaten(&last).iter().map(|candidate| candidate.score.goods.clone()).collect();
        let volume = hypervolume(&points, &[-1.1, -1.1]);
        assert!(points.len() > 40 && volume > 0.85 && volume < 0.877, "{} points, {volume}", points.len());
    }

    #[test]
    fn what_must_hold_holds_and_the_best_lies_on_its_edge() {
        // Most of x + y with x + 2 y ≤ 4, x ≤ 3 in whole numbers: x = 3, y = 0 by hand; words decide a bonus.
        let levers = [
            lever(Range::Whole(0, 3)),
            lever(Range::Whole(0, 3)),
            lever(Range::Levels(vec!["a".into(), "b".into(), "c".into()])),
        ];
        let effort = Effort { population: 16, generations: 15, seed: 2 };
        let score = |tried: &[Vec<f64>]| {
            let of = |x: &Vec<f64>| Score {
                goods: vec![x[0] + 0.9 * x[1] + if x[2] == 1.0 { 0.5 } else { 0.0 }],
                violation: (x[0] + 2.0 * x[1] - 4.0).max(0.0),
            };
            Some(tried.iter().map(of).collect())
        };
        let last = search(&levers, &effort, &[], score, |_, _| {});
        assert_eq!(unbeaten(&last)[0].genes, [3.0, 0.0, 1.0]);
    }

    #[test]
    fn the_same_seed_finds_the_same_and_another_seed_something_else() {
        let levers = vec![lever(Range::Between(-3.0, 5.0)); 2];
        let effort = Effort { population: 12, generations: 12, seed: 5 };
        let goods = |x: &[f64]| vec![-(x[0] * x[0] + x[1] * x[1]), -((x[0] - 2.0) * (x[0] - 2.0) + x[1] * x[1])];
        assert_eq!(freely(&levers, &effort, goods), freely(&levers, &effort, goods));
        assert_ne!(freely(&levers, &effort, goods), freely(&levers, &Effort { seed: 6, ..effort }, goods));
    }

    #[test]
    fn a_search_that_is_stopped_keeps_what_lived() {
        let effort = Effort { population: 4, generations: 50, seed: 1 };
        let mut calls = 0;
        let score = |tried: &[Vec<f64>]| {
            calls += 1;
            let scores = tried.iter().map(|x| Score { goods: x.clone(), violation: 0.0 }).collect();
            (calls <= 3).then_some(scores)
        };
        let mut told = Vec::new();
        let last = search(&[lever(Range::Whole(0, 9))], &effort, &[vec![5.0]], score, |n, living| {
            told.push((n, living.len()))
        });
        assert_eq!(told, [(0, 4), (1, 4), (2, 4)]);
        assert_eq!(last.len(), 4);
    }

    #[test]
    fn what_cannot_be_scored_gives_way() {
        let levers = [lever(Range::Whole(0, 9))];
        let effort = Effort { population: 6, generations: 6, seed: 1 };
        let score = |tried: &[Vec<f64>]| {
            let of = |x: &Vec<f64>| match x[0] {
                even if even % 2.0 == 0.0 => Score { goods: vec![even], violation: 0.0 },
                _ => Score { goods: vec![f64::NAN], violation: f64::INFINITY },
            };
            Some(tried.iter().map(of).collect())
        };
        assert_eq!(unbeaten(&search(&levers, &effort, &[], score, |_, _| {}))[0].genes, [8.0]);
    }
}
