//! Entry: partners who join after the start, what they know of the group, and how partners are chosen.
//!
//! # Does
//! Lets each partner that is to join later come in in its month, if the partnership is still alive: it begins with the
//! goodwill, morale and hopes of a beginner, and takes over a share of what the members believe, hope and know of each other.
//! What the partnership sets out to do grows with it.
//!
//! # Why
//! Groups that grow slowly, with newcomers who know their history, keep what large groups brought together at once never reach.
//!
//! # Equation
//! With the share `h` taken over: belief `B₀ + h·(mean belief of the members − B₀)`, hopes likewise; experience with and trust
//! in each member, `h` times and `h` of the way to the mean of what the others have. Intended value `∝` capacity of all who
//! have joined so far. Choosing partners: a free rider is recognised with a given chance and someone else found; starting goals
//! that the scenario does not give spread by `(1 − selection)` of what they would.
//!
//! # Reads
//! The month in which each partner joins; `active`, `belief`, `hopes`, ordinary days of partners; experience and trust of ties.
//!
//! # Writes
//! `active`, `waiting`, `belief`, `given`, `hopes`, `goodwill`, `trust` of those who join; their ties; the intended value.
//!
//! # References
//! Weber 2006 (slow growth with knowledge of the history; M7); selection M23; free riders recognised before they join: Bravo.

use crate::model::drawn::Drawn;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::Partner;
use crate::model::uncertainty::Uncertainty;
use crate::model::world::{self, World};

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[&JOINS, &HISTORY, &SCREENING, &SELECTION];

pub(crate) const JOINS: Parameter = Parameter {
    key: "partner.joins",
    meaning: "Month from which a partner is a member, counted from 1; 0 for one from the start. Until then it works alone.",
    unit: "month",
    domain: Domain::Number { low: 0.0, high: 1200.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts B13, E4",
    grade: Grade::Assumption,
};

pub(crate) const HISTORY: Parameter = Parameter {
    key: "membership.history",
    meaning: "Share of the group’s beliefs, hopes, experience and trust that a newcomer takes over.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "Weber 2006 (that it matters; form ours)",
    grade: Grade::Assumption,
};

pub(crate) const SCREENING: Parameter = Parameter {
    key: "membership.screening",
    meaning: "Chance that a free rider is recognised before it joins and someone like the others is found instead.",
    unit: "chance",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts B10, B12; Bravo",
    grade: Grade::Assumption,
};

pub(crate) const SELECTION: Parameter = Parameter {
    key: "membership.selection",
    meaning: "How far partners are chosen for their purpose: share of the spread of starting goals that the choice avoids, where the scenario gives no goals.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B12 (form ours)",
    grade: Grade::Assumption,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Entry<const L: usize> {
    /// Month in which each partner joins, from 1.
    joins: Vec<Lane<L>>,
    history: Lane<L>,
}

impl<const L: usize> Entry<L> {
    /// The values in force; `None` where all are members from the start.
    pub fn new(drawn: &Drawn<L>) -> Option<Self> {
        let joins: Vec<_> = (0..drawn.inputs().partners.len()).map(|i| drawn.number(&JOINS, i)).collect();
        let late = joins.iter().any(|joins| joins.map(waits).any());
        late.then(|| Entry { joins, history: drawn.number(&HISTORY, 0) })
    }

    /// Whom the first month does not find a member: 1 for one who joins later.
    pub fn waiting(&self, i: usize) -> Lane<L> {
        self.joins[i].map(waits)
    }
}

/// 1 for a partner that joins after the first month.
#[inline(always)]
fn waits(joins: f64) -> f64 {
    if joins > 1.0 { 1.0 } else { 0.0 }
}

/// One month of newcomers.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let Some(rules) = world.rules.entry.take() else { return };
    let now = month as f64 + 1.0;
    for i in 0..world.partners.len() {
        let (waiting, alive) = (world.partners[i].waiting, world.partnership.alive);
        let joining = Lane::from_fn(|r| if now >= rules.joins[i][r] { waiting[r] * alive[r] } else { 0.0 });
        if joining.any() {
            widen_intention(world, i, joining);
            come_in(world, i, joining, rules.history);
        }
    }
    world.rules.entry = Some(rules);
}

/// What the partnership sets out to do grows in proportion to the capacity of those who have joined.
#[inline(always)]
fn widen_intention<const L: usize>(world: &mut World<L>, i: usize, joining: Lane<L>) {
    let joined = joined_capacity(&world.partners);
    let more = joining * world.partners[i].normal_days;
    let intended = &mut world.partnership.intended_value;
    *intended = Lane::from_fn(|r| intended[r] * (1.0 + more[r] / math::max(joined[r], 1e-9)));
}

/// Ordinary days of all who have joined so far, those who have left again among them.
pub fn joined_capacity<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    partners.iter().fold(Lane::ZERO, |sum, partner| sum + (Lane::ONE - partner.waiting) * partner.normal_days)
}

/// Partner `i` becomes a member where `joining` is 1.
#[inline(always)]
fn come_in<const L: usize>(world: &mut World<L>, i: usize, joining: Lane<L>, history: Lane<L>) {
    let World { partners, rules, .. } = world;
    let members = world::members(partners);
    let mean = |of: fn(&Partner<L>) -> Lane<L>, own: Lane<L>| {
        let sum = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.active * of(partner));
        Lane::from_fn(|r| if members[r] > 0.0 { sum[r] / members[r] } else { own[r] })
    };
    let (belief, hopes) = (mean(|p| p.belief, partners[i].belief), mean(|p| p.hopes, partners[i].hopes));
    let taken = history * joining;
    let newcomer = &mut partners[i];
    newcomer.belief += taken * (belief - newcomer.belief);
    newcomer.hopes += taken * (hopes - newcomer.hopes);
    // It has shown nothing yet: the others expect of it what they expected of each other at the start.
    newcomer.given = pick(joining, rules.contributions.initial_belief, newcomer.given);
    newcomer.goodwill = pick(joining, rules.membership.initial_goodwill, newcomer.goodwill);
    if taken.any() {
        learn_of_members(world, i, taken);
    }
    let newcomer = &mut world.partners[i];
    newcomer.active += joining;
    newcomer.waiting -= joining;
}

/// A newcomer takes over a share of what the members have seen of each of them, and of their trust.
#[inline(always)]
fn learn_of_members<const L: usize>(world: &mut World<L>, i: usize, taken: Lane<L>) {
    let World { partners, ties, scratch, .. } = world;
    let n = partners.len();
    scratch.clear();
    scratch.resize(4 * n, Lane::ZERO);
    let (seen, count) = scratch.split_at_mut(3 * n);
    for tie in ties.iter() {
        let (a, b) = tie.ends;
        let members = partners[a].active * partners[b].active;
        for (direction, watched) in [(0, b), (1, a)] {
            seen[watched] += members * tie.kept[direction];
            seen[n + watched] += members * tie.broken[direction];
            seen[2 * n + watched] += members * tie.trust[direction];
            count[watched] += members;
        }
    }
    let (mut trust, mut known) = (Lane::ZERO, Lane::ZERO);
    for tie in ties.iter_mut().filter(|tie| tie.ends.0 == i || tie.ends.1 == i) {
        let (direction, watched) = if tie.ends.0 == i { (0, tie.ends.1) } else { (1, tie.ends.0) };
        let towards = |now: Lane<L>, sum: Lane<L>| {
            Lane::from_fn(|r| {
                let mean = sum[r] / math::max(count[watched][r], 1.0);
                if count[watched][r] > 0.0 { now[r] + taken[r] * (mean - now[r]) } else { now[r] }
            })
        };
        tie.kept[direction] = towards(tie.kept[direction], seen[watched]);
        tie.broken[direction] = towards(tie.broken[direction], seen[n + watched]);
        tie.trust[direction] = towards(tie.trust[direction], seen[2 * n + watched]);
        trust += partners[watched].active * tie.trust[direction];
        known += partners[watched].active;
    }
    let newcomer = &mut partners[i];
    newcomer.trust =
        Lane::from_fn(|r| if taken[r] > 0.0 && known[r] > 0.0 { trust[r] / known[r] } else { newcomer.trust[r] });
}

/// `new` where `chosen` is 1, else `old`.
#[inline(always)]
fn pick<const L: usize>(chosen: Lane<L>, new: Lane<L>, old: Lane<L>) -> Lane<L> {
    Lane::from_fn(|r| if chosen[r] > 0.0 { new[r] } else { old[r] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::{self, small_world};

    /// Four partners, the last of whom joins in month 5, after some months.
    fn after(months: usize, values: &[(&'static str, f64)]) -> World<1> {
        let mut inputs = small_world(4, values);
        inputs.partners[3].values.insert("partner.joins", Setting::Number(Uncertainty::Fixed(5.0)));
        let mut world = World::new(&inputs, Draws::new(1, 0));
        (0..months).for_each(|month| mechanisms::month(&mut world, month));
        world
    }

    #[test]
    fn where_all_are_there_from_the_start_there_is_nothing_to_do() {
        assert!(World::<1>::new(&small_world(2, &[("partner.joins", 1.0)]), Draws::new(1, 0)).rules.entry.is_none());
    }

    #[test]
    fn who_joins_later_works_alone_until_then_and_has_its_goodwill_whole() {
        let [before, then] = [4, 5].map(|months| after(months, &[]));
        let newcomer = &before.partners[3];
        assert_eq!((newcomer.active[0], newcomer.contributed[0], newcomer.coordination_days[0]), (0.0, 0.0, 0.0));
        assert!((newcomer.own_days()[0] - newcomer.days[0]).abs() < 1e-12);
        let newcomer = &then.partners[3];
        assert_eq!((newcomer.active[0], newcomer.waiting[0], newcomer.total.months[0]), (1.0, 0.0, 1.0));
        assert!(newcomer.contributed[0] > 0.0 && (newcomer.goodwill[0] - 10.0).abs() < 5.0);
        assert_eq!(after(24, &[]).partners[3].total.months[0], 20.0);
    }

    #[test]
    fn intention_grows_by_the_capacity_that_joins() {
        let [before, then] = [4, 5].map(|months| after(months, &[]).partnership.intended_value[0]);
        let mut all = World::<1>::new(&small_world(4, &[]), Draws::new(1, 0));
        mechanisms::month(&mut all, 0);
        // Four equal partners: three quarters of the whole before, the whole afterwards.
        assert!((then / before - 4.0 / 3.0).abs() < 1e-12);
        assert!((then - all.partnership.intended_value[0]).abs() < 1e-9);
    }

    #[test]
    fn founders_too_few_by_themselves_are_enough_while_others_are_to_come() {
        let mut inputs = small_world(4, &[("membership.minimum_share", 0.9), ("membership.closure_hazard", 0.0)]);
        inputs.values.insert("membership.minimum_partners", Setting::Whole(4));
        inputs.partners[3].values.insert("partner.joins", Setting::Number(Uncertainty::Fixed(5.0)));
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        mechanisms::month(&mut world, 0);
        assert_eq!(world.partnership.alive[0], 1.0);
    }

    #[test]
    fn nobody_joins_a_partnership_that_has_ended() {
        let world = after(24, &[("membership.closure_hazard", 1.0)]);
        assert_eq!((world.partners[3].active[0], world.partners[3].waiting[0]), (0.0, 1.0));
    }

    #[test]
    fn a_newcomer_takes_over_the_share_of_what_the_members_know_worked_by_hand() {
        let joined = |history: f64| {
            let mut world = after(4, &[("membership.history", history)]);
            let beliefs = [0.2, 0.3, 0.4, 0.6];
            world.partners.iter_mut().zip(beliefs).for_each(|(partner, belief)| partner.belief = Lane([belief]));
            // Both others have seen 3 and 5 promises of the first kept, and trust it by 0.7 and 0.9.
            for (tie, kept, trust) in [(0, 3.0, 0.7), (1, 5.0, 0.9)] {
                (world.ties[tie].kept[1], world.ties[tie].trust[1]) = (Lane([kept]), Lane([trust]));
            }
            step(&mut world, 4);
            let tie = world.ties.iter().find(|tie| tie.ends == (0, 3)).unwrap();
            (world.partners[3].belief[0], tie.kept[1][0], tie.trust[1][0], tie.kept[0][0])
        };
        let (belief, kept, trust, of_newcomer) = joined(0.5);
        assert!((belief - 0.45).abs() < 1e-12 && (kept - 2.0).abs() < 1e-12 && (trust - 0.65).abs() < 1e-12);
        assert_eq!(of_newcomer, 0.0, "the members have seen nothing of it");
        assert_eq!(joined(0.0), (0.6, 0.0, 0.5, 0.0));
    }
}
