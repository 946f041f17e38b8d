//! Power against seats: what each partner's voice comes to in decisions, worked out once, at the end of a replication.

use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::mechanisms::decisions::{Decisions, Rule};
use crate::model::partner::Partner;
use crate::model::voting_power::{self, Indices};
use crate::model::world::World;

/// Sets `voting` of each partner: its share of all voice, and of the power that voice gives under the rule in force at the end.
pub fn weigh<const L: usize>(world: &mut World<L>) {
    let voices = voice_shares(&world.partners);
    let Some(decisions) = world.rules.decisions.take() else {
        // Where nothing is voted on, joint goals are a mean, and each counts in it with its weight.
        world.partners.iter_mut().zip(voices).for_each(|(partner, share)| partner.voting = [share; 3]);
        return;
    };
    // Replications often end with the same voices.
    let mut last: Option<(Vec<f64>, f64, Indices)> = None;
    for r in 0..L {
        let quota = decisions.quota[r];
        let weights = weights(world, &decisions, &voices, r);
        let indices = match last.take() {
            Some((before, at, indices)) if before == weights && at == quota => indices,
            _ => power(world, &weights, quota, r),
        };
        for (i, partner) in world.partners.iter_mut().enumerate() {
            partner.voting[0][r] = voices[i][r];
            partner.voting[1][r] = indices.shapley_shubik[i];
            partner.voting[2][r] = indices.banzhaf[i];
        }
        last = Some((weights, quota, indices));
    }
    world.rules.decisions = Some(decisions);
}

/// One less half the sum of differences between shares and an equal share of the seats: 1 where all have the same.
pub fn equity<const L: usize>(partners: &[Partner<L>], share: impl Fn(&Partner<L>) -> Lane<L>) -> Lane<L> {
    let seats = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.seat);
    let apart = partners.iter().fold(Lane::ZERO, |sum, partner| {
        let share = share(partner);
        sum + Lane::from_fn(|r| math::abs(share[r] - partner.seat[r] / math::max(seats[r], 1.0)))
    });
    apart.map(|apart| math::unit(1.0 - 0.5 * apart))
}

/// How equal the members' voices are this month: 1 where all have the same.
#[inline(always)]
pub fn equality<const L: usize>(partners: &[Partner<L>]) -> Lane<L> {
    let (voices, seats) = partners.iter().fold((Lane::ZERO, Lane::ZERO), |(voices, seats), partner| {
        (voices + partner.seat * partner.voice, seats + partner.seat)
    });
    let (of_voice, of_seat) = (
        voices.map(|voices| if voices > 0.0 { 1.0 / voices } else { 0.0 }),
        seats.map(|seats| 1.0 / math::max(seats, 1.0)),
    );
    let apart = partners
        .iter()
        .fold(Lane::ZERO, |sum, partner| sum + partner.seat * (partner.voice * of_voice - of_seat).map(math::abs));
    apart.map(|apart| 1.0 - 0.5 * apart)
}

/// Share of all voice that each partner had when the partnership last worked; equal where nobody had any.
fn voice_shares<const L: usize>(partners: &[Partner<L>]) -> Vec<Lane<L>> {
    let voices = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.seat * partner.voice);
    let seats = partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.seat);
    let share = |partner: &Partner<L>| {
        Lane::from_fn(|r| {
            let equal = partner.seat[r] / math::max(seats[r], 1.0);
            if voices[r] > 0.0 { partner.seat[r] * partner.voice[r] / voices[r] } else { equal }
        })
    };
    partners.iter().map(share).collect()
}

/// Weights of the votes in replication `r`: of the partners, and last of the users where they have a seat that votes.
fn weights<const L: usize>(world: &World<L>, decisions: &Decisions<L>, voices: &[Lane<L>], r: usize) -> Vec<f64> {
    match decisions.rule {
        Rule::Lead => world.partners.iter().map(|partner| partner.seat[r] * partner.leads[r]).collect(),
        Rule::Vote if world.partnership.users_voice[r] > 0.0 => {
            let own = world.partners.iter().map(|partner| partner.seat[r] * partner.voice[r]);
            own.chain(std::iter::once(world.partnership.users_voice[r])).collect()
        }
        Rule::Vote => voices.iter().map(|voice| voice[r]).collect(),
    }
}

/// Shares of voting power among the partners, what users have of it left out.
fn power<const L: usize>(world: &World<L>, weights: &[f64], quota: f64, r: usize) -> Indices {
    let n = world.partners.len();
    let first = weights.iter().copied().find(|&weight| weight > 0.0).unwrap_or(0.0);
    // Those with equal votes have equal power.
    let equals = weights.len() == n && weights.iter().all(|&weight| weight == 0.0 || weight == first);
    if equals {
        let voters = weights.iter().filter(|&&weight| weight > 0.0).count().max(1) as f64;
        let share: Vec<f64> = weights.iter().map(|&weight| if weight > 0.0 { 1.0 / voters } else { 0.0 }).collect();
        return Indices { shapley_shubik: share.clone(), banzhaf: share };
    }
    let mut generator = world.draws.generator(r, Purpose::VotingPower, 0, 0);
    let mut indices = voting_power::indices(weights, quota, &mut generator);
    [&mut indices.shapley_shubik, &mut indices.banzhaf].into_iter().for_each(|shares| among(shares, n));
    indices
}

/// Shares of the first `n` of those who vote, among themselves.
fn among(shares: &mut Vec<f64>, n: usize) {
    shares.truncate(n);
    let sum: f64 = shares.iter().sum();
    let equal = 1.0 / n as f64;
    shares.iter_mut().for_each(|share| *share = if sum > 0.0 { *share / sum } else { equal });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    /// Three partners with 50, 49 and 1 voices, under a rule of decision and a quota.
    fn world(rule: usize, quota: f64) -> World<1> {
        let mut inputs = small_world(3, &[("decisions.quota", quota)]);
        inputs.values.insert("decisions.rule", Setting::Choice(rule));
        let mut world = World::new(&inputs, Draws::new(1, 0));
        for (partner, voice) in world.partners.iter_mut().zip([50.0, 49.0, 1.0]) {
            partner.voice = Lane([voice]);
        }
        world.partners[0].leads = Lane::ONE;
        weigh(&mut world);
        world
    }

    fn shares(world: &World<1>, index: usize) -> Vec<f64> {
        world.partners.iter().map(|partner| partner.voting[index][0]).collect()
    }

    fn near(found: &[f64], expected: [f64; 3]) {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
    }

    #[test]
    fn without_a_vote_power_is_the_share_of_voice() {
        near(&shares(&world(0, 0.5), 1), [0.5, 0.49, 0.01]);
    }

    #[test]
    fn a_single_voice_in_a_hundred_has_as_much_power_as_forty_nine() {
        let world = world(1, 0.51);
        near(&shares(&world, 0), [0.5, 0.49, 0.01]);
        near(&shares(&world, 1), [2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]);
        near(&shares(&world, 2), [0.6, 0.2, 0.2]);
    }

    #[test]
    fn consensus_makes_all_equal_and_a_lead_has_all_the_power() {
        near(&shares(&world(2, 0.5), 1), [1.0 / 3.0; 3]);
        near(&shares(&world(3, 0.5), 1), [1.0, 0.0, 0.0]);
        assert!((equity(&world(3, 0.5).partners, |partner| partner.voting[1])[0] - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn who_has_left_has_no_seat_to_be_unequal_by() {
        let mut world = world(0, 0.5);
        world.partners[2].seat = Lane::ZERO;
        weigh(&mut world);
        near(&shares(&world, 0), [50.0 / 99.0, 49.0 / 99.0, 0.0]);
    }
}
