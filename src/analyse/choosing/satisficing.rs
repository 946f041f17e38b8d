//! In how many worlds a policy is good enough.

use crate::analyse::findings::Share;

/// What is good enough of one outcome under one policy.
#[derive(Debug, Clone, Copy)]
pub struct Aim<'a> {
    /// Value in each world, turned so that more is better; NaN where it is not defined, which is not good enough.
    pub goods: &'a [f64],
    /// The least that is good enough, turned likewise.
    pub least: f64,
}

/// The share of the worlds in which every aim is met (Simon 1956; the domain criterion of Starr 1963), with its Wilson interval.
///
/// ```
/// use partnersim::analyse::choosing::satisficing::{Aim, satisficing};
/// let premium = Aim { goods: &[3.0, -1.0, 0.0, 2.0], least: 0.0 };
/// let survival = Aim { goods: &[0.4, 0.9, 0.8, 0.7], least: 0.5 };
/// assert_eq!(satisficing(&[premium]).count, 3);
/// assert_eq!(satisficing(&[premium, survival]).value, 0.5);
/// ```
pub fn satisficing(aims: &[Aim]) -> Share {
    let n = aims.iter().map(|aim| aim.goods.len()).min().unwrap_or(0);
    let is_met = |world: &usize| aims.iter().all(|aim| aim.goods[*world] >= aim.least);
    Share::new((0..n).filter(is_met).count() as u64, n as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_defined_is_not_good_enough() {
        let aim = Aim { goods: &[f64::NAN, 1.0], least: 0.0 };
        assert_eq!(satisficing(&[aim]).count, 1);
        assert!(satisficing(&[]).value.is_nan());
    }
}
