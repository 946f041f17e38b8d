//! Trust: what experience of kept and broken promises makes of it.
//!
//! # Does
//! Each member that heard of another this month books the share of its promise that was kept, as far as it understood it;
//! old experience fades; trust follows.
//!
//! # Why
//! Trust grows slowly from what was seen and falls faster than it grew; poor communication blurs what is seen.
//!
//! # Equation
//! `r ← φ·r + kept`, `s ← φ·s + w·(1 − kept)` when heard, fading alone when not; `T = (r + 2T₀)/(r + s + 2)`. What was not
//! understood (chance `1 − quality`) is replaced by a uniform number.
//!
//! # Reads
//! `heard` and `noise` of ties; `kept`, `active` and `peers` of partners; quality of communication.
//!
//! # Writes
//! `kept`, `broken`, `trust` of each tie; `trust` and `trusted` of each partner; the total of what was misunderstood.
//!
//! # References
//! Beta reputation, Josang and Ismail 2002 (M3); bad experience weighs more: Poortinga and Pidgeon.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&INITIAL, &MEMORY, &BROKEN_WEIGHT];

pub(crate) const INITIAL: Parameter = Parameter {
    key: "trust.initial",
    meaning: "Trust between partners before anything was seen.",
    unit: "share",
    domain: Domain::Number { low: 0.01, high: 0.99, default: Uncertainty::Fixed(0.5) },
    source: "M3",
    grade: Grade::Assumption,
};

pub(crate) const MEMORY: Parameter = Parameter {
    key: "trust.memory",
    meaning: "Share of past experience that still counts a month later.",
    unit: "share a month",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.95) },
    source: "M3 Josang & Ismail (form; value ours)",
    grade: Grade::Assumption,
};

pub(crate) const BROKEN_WEIGHT: Parameter = Parameter {
    key: "trust.broken_weight",
    meaning: "How many promises kept it takes to outweigh one broken.",
    unit: "ratio",
    domain: Domain::Number { low: 0.0, high: 20.0, default: Uncertainty::Fixed(2.0) },
    source: "M3; Poortinga & Pidgeon (direction), ratio ours",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Trust<const L: usize> {
    /// Trust before anything was seen.
    pub initial: Lane<L>,
    memory: Lane<L>,
    broken_weight: Lane<L>,
}

impl<const L: usize> Trust<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        Trust {
            initial: drawn.number(&INITIAL, 0),
            memory: drawn.number(&MEMORY, 0),
            broken_weight: drawn.number(&BROKEN_WEIGHT, 0),
        }
    }
}

/// One month of experience.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>) {
    let World { partners, ties, rules, scratch, partnership, .. } = world;
    // What is put right at once counts as understood.
    let clearing = partnership.conditions.clearing;
    let quality = rules.meetings.quality.zip(clearing, |quality, clearing| quality + clearing * (1.0 - quality));
    partnership.total.misread += partnership.alive
        * Lane::from_fn(|r| {
            let plain = 1.0 - rules.meetings.quality[r];
            math::unit(plain + partnership.conditions.confusion[r]) * (1.0 - clearing[r])
        });
    let rules = &rules.trust;
    let stretch = quality.map(|quality| 1.0 / math::max(1.0 - quality, 1e-9));
    scratch.clear();
    scratch.resize(2 * partners.len(), Lane::ZERO);
    let (given, received) = scratch.split_at_mut(partners.len());
    for tie in ties.iter_mut() {
        let (i, j) = tie.ends;
        let both = partners[i].active * partners[j].active;
        for (direction, watcher, watched) in [(0, i, j), (1, j, i)] {
            let kept = partners[watched].kept;
            let (heard, noise) = (tie.heard[direction], tie.noise[direction]);
            (tie.kept[direction], tie.broken[direction], tie.trust[direction]) = Lane::from_fn3(|r| {
                let seen = understood(kept[r], noise[r], quality[r], stretch[r]);
                let (r_next, s_next) = experience(
                    (tie.kept[direction][r], tie.broken[direction][r]),
                    heard[r],
                    seen,
                    rules.memory[r],
                    rules.broken_weight[r],
                );
                (r_next, s_next, reputation(r_next, s_next, rules.initial[r]))
            });
            given[watcher] += both * tie.trust[direction];
            received[watched] += both * tie.trust[direction];
        }
    }
    for (i, partner) in partners.iter_mut().enumerate() {
        // Who has no fellow members left keeps the trust it had.
        partner.trust = Lane::from_fn(|r| mean_or(given[i][r], partner.peers[r], partner.trust[r]));
        partner.trusted = Lane::from_fn(|r| mean_or(received[i][r], partner.peers[r], partner.trusted[r]));
    }
}

/// What is made of the share of a promise that was kept: the truth when understood, else anything.
#[inline(always)]
fn understood(kept: f64, noise: f64, quality: f64, stretch: f64) -> f64 {
    // Given that it was not understood, what is left of the same number, stretched, is uniform again.
    let guess = (noise - quality) * stretch;
    if noise < quality { kept } else { guess }
}

/// Experience after a month: kept and broken promises.
#[inline(always)]
fn experience(before: (f64, f64), heard: f64, seen: f64, memory: f64, broken_weight: f64) -> (f64, f64) {
    (memory * before.0 + heard * seen, memory * before.1 + heard * broken_weight * (1.0 - seen))
}

/// Trust by the beta reputation formula, with the weight of two observations on the starting trust.
#[inline(always)]
fn reputation(kept: f64, broken: f64, initial: f64) -> f64 {
    (kept + 2.0 * initial) / (kept + broken + 2.0)
}

#[inline(always)]
fn mean_or(sum: f64, count: f64, otherwise: f64) -> f64 {
    if count > 0.0 { sum / count } else { otherwise }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn eight_kept_and_one_broken_promise_give_the_published_trust() {
        let mut book = (0.0, 0.0);
        for seen in [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0] {
            book = experience(book, 1.0, seen, 1.0, 1.0);
        }
        assert!((reputation(book.0, book.1, 0.5) - 9.0 / 11.0).abs() < 1e-15);
        assert_eq!(reputation(0.0, 0.0, 0.5), 0.5);
    }

    #[test]
    fn a_broken_promise_costs_more_than_a_kept_one_wins() {
        let won = experience((0.0, 0.0), 1.0, 1.0, 0.95, 2.0);
        let lost = experience((0.0, 0.0), 1.0, 0.0, 0.95, 2.0);
        assert!(0.5 - reputation(lost.0, lost.1, 0.5) > reputation(won.0, won.1, 0.5) - 0.5);
    }

    #[test]
    fn trust_returns_to_where_it_began_when_nothing_is_heard() {
        let mut book = (9.0, 0.0);
        for _ in 0..400 {
            book = experience(book, 0.0, 0.3, 0.95, 2.0);
        }
        assert!((reputation(book.0, book.1, 0.4) - 0.4).abs() < 1e-6);
    }

    #[test]
    fn what_is_not_understood_is_uniform() {
        assert_eq!(understood(0.9, 0.3, 0.6, 2.5), 0.9);
        assert!((understood(0.9, 0.8, 0.6, 2.5) - 0.5).abs() < 1e-12);
        assert!((0.0..=1.0).contains(&understood(0.9, 0.999_999, 1.0, 1e9)));
    }

    /// Trust of the first of three partners after a month in which all hear each other and keep a share of their promises.
    fn after_a_month(values: &[(&'static str, f64)], kept: f64) -> World<1> {
        let mut world = World::new(&small_world(3, values), Draws::new(1, 0));
        for tie in &mut world.ties {
            (tie.heard, tie.noise) = ([Lane::ONE; 2], [Lane([0.7]); 2]);
        }
        for partner in &mut world.partners {
            (partner.kept, partner.peers) = (Lane([kept]), Lane([2.0]));
        }
        step(&mut world);
        world
    }

    #[test]
    fn a_month_worked_by_hand() {
        // Half kept, at weight 2 for what was broken: (0.5 + 1)/(0.5 + 1 + 2) = 3/7.
        let world = after_a_month(&[("communication.quality", 1.0)], 0.5);
        assert!((world.partners[0].trust[0] - 3.0 / 7.0).abs() < 1e-12);
        assert!((world.partners[0].trusted[0] - 3.0 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn poor_communication_hides_what_was_kept() {
        let [well, poorly] =
            [0.9, 0.4].map(|q| after_a_month(&[("communication.quality", q)], 1.0).partners[0].trust[0]);
        assert!(well > poorly);
    }

    #[test]
    fn who_has_left_keeps_the_trust_it_had_and_is_no_longer_counted() {
        let mut world = after_a_month(&[("communication.quality", 1.0)], 1.0);
        let before = world.partners[2].trust;
        world.partners[2].active = Lane::ZERO;
        world.ties.iter_mut().filter(|tie| tie.ends.1 == 2).for_each(|tie| tie.trust = [Lane::ZERO; 2]);
        let peers = [1.0, 1.0, 0.0];
        world.partners.iter_mut().zip(peers).for_each(|(partner, peers)| partner.peers = Lane([peers]));
        step(&mut world);
        assert_eq!(world.partners[2].trust, before);
        assert!(world.partners[0].trust[0] > before[0]);
    }
}
