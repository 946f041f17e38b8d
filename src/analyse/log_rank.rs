//! Whether groups last differently long.
//!
//! The log-rank test (Mantel 1966; Peto and Peto 1972) of any number of groups: ends observed less those expected were all groups alike,
//! weighed by their hypergeometric covariance. The chi-squared tail is that of `statrs`; the few equations, at most as many as
//! groups less one, are solved here, since no other statistic needs a library for that.

use super::kaplan_meier::Exits;
use super::student::chi_squared_tail;

/// What the log-rank test says.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Ends of each group, observed and expected.
    pub ends: Vec<(u64, f64)>,
    /// The statistic; NaN where it is not defined, as where nothing ended.
    pub chi_squared: f64,
    /// Its degrees of freedom.
    pub degrees: f64,
    /// Probability of a statistic as large or larger, did all groups last alike.
    pub p: f64,
}

/// Compares groups, each given by what happened at each time ([`super::kaplan_meier::exits`]).
///
/// ```
/// use partnersim::analyse::{kaplan_meier::exits, log_rank::log_rank};
/// let short = exits(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0; 5]);
/// let long = exits(&[6.0, 7.0, 8.0, 9.0, 10.0], &[1.0; 5]);
/// let found = log_rank(&[&short, &long]);
/// assert!(found.p < 0.01 && found.degrees == 1.0);
/// ```
pub fn log_rank(groups: &[&[(f64, Exits)]]) -> LogRank {
    let k = groups.len();
    let mut at_risk: Vec<u64> =
        groups.iter().map(|exits| exits.iter().map(|(_, e)| e.ended + e.censored).sum()).collect();
    let (mut observed, mut expected) = (vec![0u64; k], vec![0.0; k]);
    let mut covariance = vec![vec![0.0; k]; k];
    for moment in moments(groups) {
        let n = at_risk.iter().sum::<u64>() as f64;
        let ended = moment.iter().map(|exits| exits.ended).sum::<u64>() as f64;
        let share: Vec<f64> = at_risk.iter().map(|&of_group| of_group as f64 / n).collect();
        // The last one at risk must be the one that ends: that tells nothing.
        let spread = if n > 1.0 { ended * (n - ended) / (n - 1.0) } else { 0.0 };
        for a in 0..k {
            observed[a] += moment[a].ended;
            expected[a] += ended * share[a];
            for b in 0..k {
                let own = if a == b { share[a] } else { 0.0 };
                covariance[a][b] += spread * (own - share[a] * share[b]);
            }
        }
        for (at_risk, exits) in at_risk.iter_mut().zip(&moment) {
            *at_risk -= exits.ended + exits.censored;
        }
    }
    let apart: Vec<f64> =
        observed.iter().zip(&expected).map(|(&observed, expected)| observed as f64 - expected).collect();
    let degrees = k.saturating_sub(1) as f64;
    let chi_squared = square(&apart, covariance).unwrap_or(f64::NAN);
    LogRank {
        ends: observed.into_iter().zip(expected).collect(),
        chi_squared,
        degrees,
        p: chi_squared_tail(chi_squared, degrees),
    }
}

/// What happened to each group, one entry for each time in order.
fn moments(groups: &[&[(f64, Exits)]]) -> Vec<Vec<Exits>> {
    let of_group = |(group, exits): (usize, &&[(f64, Exits)])| {
        exits.iter().map(move |&(time, exits)| (time, group, exits)).collect::<Vec<_>>()
    };
    let mut all: Vec<(f64, usize, Exits)> = groups.iter().enumerate().flat_map(of_group).collect();
    all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let at_once = all.chunk_by(|a, b| a.0 == b.0);
    let moment = at_once.map(|those| {
        let mut moment = vec![Exits::default(); groups.len()];
        those.iter().for_each(|&(_, group, exits)| moment[group] = exits);
        moment
    });
    moment.collect()
}

/// u' V⁻¹ u without the last group, which the others determine; `None` where V cannot be inverted.
fn square(u: &[f64], mut v: Vec<Vec<f64>>) -> Option<f64> {
    let n = u.len().checked_sub(1).filter(|n| *n > 0)?;
    let mut right = u[..n].to_vec();
    let scale = v.iter().enumerate().map(|(k, row)| row[k]).fold(0.0, f64::max);
    let mut total = 0.0;
    // Elimination without exchanging rows: a covariance is never negative.
    for k in 0..n {
        let pivot = v[k][k];
        if pivot <= 1e-12 * scale {
            return None;
        }
        total += right[k] * right[k] / pivot;
        for row in k + 1..n {
            let factor = v[row][k] / pivot;
            for column in k..n {
                v[row][column] -= factor * v[k][column];
            }
            right[row] -= factor * right[k];
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::kaplan_meier::{
        exits,
        tests::{PLACEBO, treated},
    };

    #[test]
    fn remission_under_6_mp_and_placebo_differs_as_printed() {
        // R: survdiff of Freireich's 42 patients: 16.79 on 1 degree of freedom, p 4.17e-5; observed 9 and 21, expected 19.25 and 10.75.
        let (times, ended) = treated();
        let found = log_rank(&[&exits(&times, &ended), &exits(&PLACEBO, &[1.0; 21])]);
        assert!(
            (found.chi_squared - 16.792_941).abs() < 1e-6 && (found.p / 4.168_809e-5 - 1.0).abs() < 1e-5,
            "{found:?}"
        );
        assert_eq!((found.ends[0].0, found.ends[1].0, found.degrees), (9, 21, 1.0));
        assert!((found.ends[0].1 - 19.25).abs() < 5e-3 && (found.ends[1].1 - 10.75).abs() < 5e-3);
    }

    #[test]
    fn three_groups_are_compared_at_once() {
        // The placebo group dealt in two by turns: lifelines 0.30.3, multivariate_logrank_test, 16.796315, p 2.252820e-4.
        let (times, ended) = treated();
        let turn = |start: usize| PLACEBO.iter().copied().skip(start).step_by(2).collect::<Vec<_>>();
        let (first, second) = (exits(&turn(0), &[1.0; 11]), exits(&turn(1), &[1.0; 10]));
        let found = log_rank(&[&exits(&times, &ended), &first, &second]);
        assert!(
            (found.chi_squared - 16.796_315).abs() < 1e-6 && (found.p / 2.252_820e-4 - 1.0).abs() < 1e-5,
            "{found:?}"
        );
    }

    #[test]
    fn the_order_of_groups_changes_nothing_and_alike_groups_do_not_differ() {
        let (times, ended) = treated();
        let (treated, placebo) = (exits(&times, &ended), exits(&PLACEBO, &[1.0; 21]));
        let (there, back) = (log_rank(&[&treated, &placebo]), log_rank(&[&placebo, &treated]));
        assert!((there.chi_squared - back.chi_squared).abs() < 1e-9);
        let same = log_rank(&[&placebo, &placebo]);
        assert!(same.chi_squared.abs() < 1e-9 && (same.p - 1.0).abs() < 1e-4);
    }

    #[test]
    fn where_nothing_ended_nothing_is_said() {
        let still = exits(&[5.0; 4], &[0.0; 4]);
        assert!(log_rank(&[&still, &still]).p.is_nan());
        assert!(log_rank(&[&still]).chi_squared.is_nan());
    }
}
