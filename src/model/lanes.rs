//! A vector of replications: one number for each of `L` worlds that run the same months side by side.
//!
//! Rules are pure functions on plain numbers; only the functions here loop over the lanes, and they do nothing else, so
//! that the compiler turns each loop into vector instructions. Every operation is element-wise: what one replication
//! gets depends neither on `L` nor on the lane it sits in.

use crate::model::math;
use std::ops::{Add, AddAssign, Div, Index, IndexMut, Mul, MulAssign, Neg, Sub, SubAssign};

/// One number for each of `L` replications.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub struct Lane<const L: usize>(pub [f64; L]);

/// One word of random bits for each of `L` replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C, align(64))]
pub struct Bits<const L: usize>(pub [u64; L]);

impl<const L: usize> Lane<L> {
    /// Zero everywhere.
    pub const ZERO: Self = Lane([0.0; L]);
    /// One everywhere.
    pub const ONE: Self = Lane([1.0; L]);

    /// The same number everywhere.
    #[inline(always)]
    pub const fn splat(value: f64) -> Self {
        Lane([value; L])
    }

    /// Whether any replication's number is above zero. Only what leaves the others as they are may hang on it.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.0.iter().any(|&value| value > 0.0)
    }

    /// What `rule` gives for each replication, named by its position in the lane.
    #[inline(always)]
    pub fn from_fn(mut rule: impl FnMut(usize) -> f64) -> Self {
        let mut out = [0.0; L];
        for r in 0..L {
            out[r] = rule(r);
        }
        Lane(out)
    }

    /// Two results of one rule for each replication.
    #[inline(always)]
    pub fn from_fn2(mut rule: impl FnMut(usize) -> (f64, f64)) -> (Self, Self) {
        let (mut a, mut b) = ([0.0; L], [0.0; L]);
        for r in 0..L {
            (a[r], b[r]) = rule(r);
        }
        (Lane(a), Lane(b))
    }

    /// Three results of one rule for each replication.
    #[inline(always)]
    pub fn from_fn3(mut rule: impl FnMut(usize) -> (f64, f64, f64)) -> (Self, Self, Self) {
        let (mut a, mut b, mut c) = ([0.0; L], [0.0; L], [0.0; L]);
        for r in 0..L {
            (a[r], b[r], c[r]) = rule(r);
        }
        (Lane(a), Lane(b), Lane(c))
    }

    /// `rule` applied to each replication's number.
    #[inline(always)]
    pub fn map(self, rule: impl Fn(f64) -> f64) -> Self {
        Self::from_fn(|r| rule(self.0[r]))
    }

    /// `rule` applied to each replication's pair of numbers.
    #[inline(always)]
    pub fn zip(self, other: Self, rule: impl Fn(f64, f64) -> f64) -> Self {
        Self::from_fn(|r| rule(self.0[r], other.0[r]))
    }

    /// e to the power of each value.
    // A plain loop: a closure around so much would stay a call, one replication at a time.
    #[inline(always)]
    pub fn exponential(self) -> Self {
        let mut out = [0.0; L];
        for r in 0..L {
            out[r] = math::exp(self.0[r]);
        }
        Lane(out)
    }

    /// Each value to the power of the other.
    #[inline(always)]
    pub fn pow(self, exponent: Self) -> Self {
        let mut out = [0.0; L];
        for r in 0..L {
            out[r] = math::pow(self.0[r], exponent.0[r]);
        }
        Lane(out)
    }
}

impl<const L: usize> Bits<L> {
    /// The other's word wherever `take` says so.
    #[inline(always)]
    pub fn or(self, other: Self, take: impl Fn(usize) -> bool) -> Self {
        let mut out = self.0;
        for r in 0..L {
            out[r] = if take(r) { other.0[r] } else { out[r] };
        }
        Bits(out)
    }
}

impl<const L: usize> Default for Lane<L> {
    /// Zero everywhere.
    fn default() -> Self {
        Self::ZERO
    }
}

impl<const L: usize> Index<usize> for Lane<L> {
    type Output = f64;
    #[inline(always)]
    fn index(&self, replication: usize) -> &f64 {
        &self.0[replication]
    }
}

impl<const L: usize> IndexMut<usize> for Lane<L> {
    #[inline(always)]
    fn index_mut(&mut self, replication: usize) -> &mut f64 {
        &mut self.0[replication]
    }
}

impl<const L: usize> Index<usize> for Bits<L> {
    type Output = u64;
    #[inline(always)]
    fn index(&self, replication: usize) -> &u64 {
        &self.0[replication]
    }
}

impl<const L: usize> Add for Lane<L> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl<const L: usize> Sub for Lane<L> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl<const L: usize> Mul for Lane<L> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
}

impl<const L: usize> Mul<f64> for Lane<L> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, factor: f64) -> Self {
        self.map(|a| a * factor)
    }
}

impl<const L: usize> Div for Lane<L> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }
}

impl<const L: usize> Neg for Lane<L> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|a| -a)
    }
}

impl<const L: usize> AddAssign for Lane<L> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<const L: usize> SubAssign for Lane<L> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<const L: usize> MulAssign for Lane<L> {
    #[inline(always)]
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_treats_each_replication_by_itself() {
        let a = Lane([1.0, 2.0, 3.0, 4.0]);
        let b = Lane::splat(2.0);
        assert_eq!((a * b - a / b).0, [1.5, 3.0, 4.5, 6.0]);
        for r in 0..4 {
            let one = Lane([a[r]]) * Lane([b[r]]) - Lane([a[r]]) / Lane([b[r]]);
            assert_eq!(one[0].to_bits(), (a * b - a / b)[r].to_bits());
        }
    }
}
