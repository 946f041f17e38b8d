//! How days of work become people helped: production from several skills, coverage of those in need, shared credit.

use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::need::Need;

/// Exponent of the production function for a complexity between 0 and 1.
pub fn exponent(complexity: f64) -> f64 {
    let r = 1.0 - 4.0 * complexity;
    // At zero exactly the formula is a limit; so near to it the difference cannot be seen.
    if math::abs(r) < 1e-3 { 1e-3 } else { r }
}

/// What a day of each partner's separate work achieves for each need.
#[inline(always)]
pub fn yields<const L: usize>(needs: &[Need<L>], skills: &[Lane<L>], n_partners: usize) -> Vec<Lane<L>> {
    let n_skills = skills.len() / n_partners.max(1);
    let mut yields = Vec::with_capacity(n_partners * needs.len());
    for i in 0..n_partners {
        for need in needs {
            yields.push(team_days(need, |s| skills[i * n_skills + s], Lane::ONE));
        }
    }
    yields
}

/// Days' worth of an exactly right team that days in each skill come to, `share` of each going to this need.
#[inline(always)]
pub fn team_days<const L: usize>(need: &Need<L>, days: impl Fn(usize) -> Lane<L>, share: Lane<L>) -> Lane<L> {
    let (mut sum, mut all): (Lane<L>, Lane<L>) = (Lane::ZERO, Lane::ZERO);
    for (s, &weight) in need.skills.iter().enumerate() {
        let (days, inverse) = (days(s), need.skills_inverse[s]);
        all += days;
        sum += skill_term(weight, days * share * inverse, need.exponent);
    }
    let aggregate = sum.map(|sum| math::max(sum, 1e-300)).pow(need.exponent_inverse);
    aggregate.zip(all, |aggregate, all| if all > 0.0 { aggregate } else { 0.0 })
}

/// One skill's part of the sum, `w·(x/w)^r`; a skill that is not asked for adds nothing.
#[inline(always)]
fn skill_term<const L: usize>(weight: Lane<L>, days_for_weight: Lane<L>, exponent: Lane<L>) -> Lane<L> {
    // A skill nobody has stops a complex need almost but not quite, which keeps the arithmetic finite.
    let term = days_for_weight.map(|days| math::max(days, 1e-12)).pow(exponent);
    weight.zip(term, |weight, term| if weight > 0.0 { weight * term } else { 0.0 })
}

/// Share of the people in need helped by a group that could help `capacity` times all of them and reaches a share `reach`.
#[inline(always)]
pub fn covered(capacity: f64, reach: f64, reach_inverse: f64) -> f64 {
    reach * (1.0 - math::exp(-capacity * reach_inverse))
}

/// One over a number, and 0 for 0: who reaches nobody, or where nobody is in need, nobody is helped.
#[inline(always)]
pub fn inverse(x: f64) -> f64 {
    // Nearer to 0 products with the inverse would overflow.
    if x > 1e-100 { 1.0 / x } else { 0.0 }
}

/// What each unit of separate coverage counts when those who overlap share the credit.
#[inline(always)]
pub fn credit<const L: usize>(union: Lane<L>, sum: Lane<L>) -> Lane<L> {
    union.zip(sum, |union, sum| if sum > 0.0 { union / sum } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(weights: [f64; 2], complexity: f64) -> Need<1> {
        Need {
            usual_demand: Lane([100.0]),
            demand: Lane([100.0]),
            demand_inverse: Lane([0.01]),
            people_a_day: Lane([0.5]),
            value: Lane([1.0]),
            joint_only: Lane([0.0]),
            met: Lane([0.0]),
            exponent: Lane([exponent(complexity)]),
            exponent_inverse: Lane([1.0 / exponent(complexity)]),
            skills: weights.iter().map(|&w| Lane([w])).collect(),
            skills_inverse: weights.iter().map(|&w| Lane([1.0 / w])).collect(),
        }
    }

    fn days(need: &Need<1>, in_skill: [f64; 2]) -> f64 {
        team_days(need, |s| Lane([in_skill[s]]), Lane::ONE)[0]
    }

    #[test]
    fn a_team_mixed_as_the_need_asks_gets_its_days_back() {
        for complexity in [0.0, 0.25, 0.5, 1.0] {
            assert!((days(&need([0.25, 0.75], complexity), [5.0, 15.0]) - 20.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_simple_need_takes_any_skill_and_a_complex_one_wants_both() {
        assert!((days(&need([0.5, 0.5], 0.0), [20.0, 0.0]) - 20.0).abs() < 1e-8);
        assert!(days(&need([0.5, 0.5], 1.0), [20.0, 0.0]) < 1e-3);
        // r = −1, by hand: twice the harmonic mean 2·(10·30)/(10 + 30) = 15.
        assert!((days(&need([0.5, 0.5], 0.5), [10.0, 30.0]) - 30.0).abs() < 1e-9);
    }

    #[test]
    fn pooling_two_specialists_beats_their_separate_work() {
        let need = need([0.5, 0.5], 0.3);
        let apart = days(&need, [9.0, 1.0]) + days(&need, [1.0, 9.0]);
        assert!(days(&need, [10.0, 10.0]) > apart);
    }

    #[test]
    fn nobody_is_helped_without_people_reach_or_demand() {
        assert_eq!(covered(0.0, 0.5, inverse(0.5)), 0.0);
        assert_eq!(covered(0.1, 0.0, inverse(0.0)), 0.0);
        assert_eq!(covered(10.0 * inverse(0.0), 0.5, inverse(0.5)), 0.0);
        assert!(covered(1e9, 0.5, inverse(0.5)) <= 0.5);
    }
}
