//! Quantiles of any number of values in a fixed and small space.
//!
//! A value is counted in the bucket that its sign, its exponent and the upper eight bits of its mantissa name: 256 buckets
//! an octave, each at most 1/256 of the value wide. Counts are whole numbers, so histograms merge exactly in any order.

use super::quantile::between_ranks;
use crate::model::math;
use serde::{Deserialize, Serialize};

/// Bits of a float below the bucket's name.
const LOW_BITS: u32 = 44;
/// Buckets of one octave, the numbers from one power of two to the next.
const OCTAVE: usize = 256;
/// Nearer to zero than 2⁻⁴⁰ (a millionth of a millionth) counts as zero.
const LEAST_BITS: u64 = (1023 - 40) << 52;
/// Further from zero than 2⁹⁶ counts as that: it bounds the space even for nonsense.
const GREATEST_BITS: u64 = (1023 + 96) << 52;

/// Counts of values by bucket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    n: u64,
    least: f64,
    greatest: f64,
    zeros: u32,
    /// Values above zero, then values below zero.
    sides: [Side; 2],
}

/// The buckets of one sign, from the nearest to zero that was needed to the furthest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Side {
    first_octave: usize,
    counts: Vec<u32>,
    /// For each octave all mantissa bits below the bucket's name that any value had. Where there are none, every value sits
    /// exactly on its bucket's edge: whole numbers up to 512, halves, eighths.
    low_bits: Vec<u64>,
}

impl Default for Histogram {
    fn default() -> Self {
        Histogram {
            n: 0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
            zeros: 0,
            sides: [Side::default(), Side::default()],
        }
    }
}

impl Histogram {
    /// Counts a column of values.
    ///
    /// # Panics
    /// When it would hold more than 2³² − 1 values.
    pub fn add(&mut self, values: &[f64]) {
        self.grow(values.len() as u64);
        for &value in values {
            self.least = if value < self.least { value } else { self.least };
            self.greatest = if value > self.greatest { value } else { self.greatest };
            let bits = value.to_bits();
            let magnitude = bits & (u64::MAX >> 1);
            if magnitude < LEAST_BITS {
                self.zeros += 1;
            } else {
                self.sides[(bits >> 63) as usize].count(magnitude.min(GREATEST_BITS));
            }
        }
    }

    /// Takes up the counts of another histogram; the order of merging does not matter.
    pub fn merge(&mut self, other: &Histogram) {
        self.grow(other.n);
        self.least = if other.least < self.least { other.least } else { self.least };
        self.greatest = if other.greatest > self.greatest { other.greatest } else { self.greatest };
        self.zeros += other.zeros;
        for (side, more) in self.sides.iter_mut().zip(&other.sides) {
            side.merge(more);
        }
    }

    /// Number of values counted.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Quantile `p` by type 7, to within the width of a bucket (0.4 % of the value at most); NaN of no values.
    pub fn quantile(&self, p: f64) -> f64 {
        if self.n == 0 { f64::NAN } else { between_ranks(self.n, p, |rank| self.value_at(rank)) }
    }

    /// The value at a rank, counted from 0 in ascending order, to within the width of a bucket.
    pub(crate) fn value_at(&self, rank: u64) -> f64 {
        let [above, below] = &self.sides;
        let (n_below, n_zero) = (below.n(), u64::from(self.zeros));
        let value = if rank < n_below {
            -below.magnitude_at(n_below - 1 - rank)
        } else if rank < n_below + n_zero {
            0.0
        } else {
            above.magnitude_at(rank - n_below - n_zero)
        };
        math::clamp(value, self.least, self.greatest)
    }

    /// The middle of each bucket with how many values it holds.
    pub(crate) fn buckets(&self) -> impl Iterator<Item = (f64, u64)> + Clone {
        let [above, below] = &self.sides;
        let zeros = std::iter::once((0.0, u64::from(self.zeros)));
        zeros.chain(above.buckets()).chain(below.buckets().map(|(magnitude, count)| (-magnitude, count)))
    }

    /// The least and the greatest value.
    pub(crate) fn ends(&self) -> [f64; 2] {
        [self.least, self.greatest]
    }

    /// How many values lie below a number. Within a bucket values are taken as evenly spread, unless every value of its octave
    /// sits on its bucket's edge.
    pub(crate) fn below(&self, number: f64) -> u64 {
        let [above, below] = &self.sides;
        if number <= self.least {
            0
        } else if number > self.greatest {
            self.n
        } else if number <= 0.0 {
            below.n() - below.nearer(-number, true)
        } else {
            below.n() + u64::from(self.zeros) + above.nearer(number, false)
        }
    }

    /// Whether every value is a whole number, as far as that can be told: beyond 512 buckets are wider than one.
    pub(crate) fn is_whole(&self) -> bool {
        self.sides.iter().all(Side::is_whole)
    }

    fn grow(&mut self, by: u64) {
        self.n += by;
        assert!(self.n <= u64::from(u32::MAX), "a histogram holds at most 4,294,967,295 values");
    }
}

impl Side {
    #[inline(always)]
    fn count(&mut self, magnitude: u64) {
        let octave = (magnitude >> 52) as usize;
        if octave.wrapping_sub(self.first_octave) >= self.low_bits.len() {
            self.make_room(octave);
        }
        let first = self.first_octave;
        self.counts[(magnitude >> LOW_BITS) as usize - first * OCTAVE] += 1;
        self.low_bits[octave - first] |= magnitude & ((1 << LOW_BITS) - 1);
    }

    #[cold]
    fn make_room(&mut self, octave: usize) {
        if self.low_bits.is_empty() {
            self.first_octave = octave;
        }
        let missing = self.first_octave.saturating_sub(octave);
        self.counts.splice(0..0, std::iter::repeat_n(0, missing * OCTAVE));
        self.low_bits.splice(0..0, std::iter::repeat_n(0, missing));
        self.first_octave -= missing;
        let octaves = self.low_bits.len().max(octave - self.first_octave + 1);
        self.counts.resize(octaves * OCTAVE, 0);
        self.low_bits.resize(octaves, 0);
    }

    fn merge(&mut self, other: &Side) {
        let Some(last) = other.low_bits.len().checked_sub(1) else { return };
        for octave in [other.first_octave, other.first_octave + last] {
            if octave.wrapping_sub(self.first_octave) >= self.low_bits.len() {
                self.make_room(octave);
            }
        }
        let shift = other.first_octave - self.first_octave;
        for (mine, more) in self.counts[shift * OCTAVE..].iter_mut().zip(&other.counts) {
            *mine += more;
        }
        for (mine, more) in self.low_bits[shift..].iter_mut().zip(&other.low_bits) {
            *mine |= more;
        }
    }

    fn n(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// The magnitude at a rank, counted from the one nearest to zero. Within a bucket values are taken as evenly spread.
    fn magnitude_at(&self, rank: u64) -> f64 {
        let mut before = 0;
        for (k, &count) in self.counts.iter().enumerate() {
            let count = u64::from(count);
            if rank < before + count {
                return self.magnitude_within(k, ((rank - before) as f64 + 0.5) / count as f64);
            }
            before += count;
        }
        0.0
    }

    /// The magnitude so far through a bucket, from 0 at its lower edge to 1; the edge itself where every value sits on one.
    fn magnitude_within(&self, bucket: usize, share: f64) -> f64 {
        let name = (self.first_octave * OCTAVE + bucket) as u64;
        let low = f64::from_bits(name << LOW_BITS);
        if self.low_bits[bucket / OCTAVE] == 0 {
            return low;
        }
        let width = f64::from_bits((name + 1) << LOW_BITS) - low;
        low + width * share
    }

    /// How many magnitudes are nearer to zero than this one; with `itself` those at it too.
    fn nearer(&self, magnitude: f64, itself: bool) -> u64 {
        let mut nearer = 0;
        for (bucket, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (low, high) = (self.edge(bucket), self.edge(bucket + 1));
            if low > magnitude {
                break;
            }
            let is_at_edge = self.low_bits[bucket / OCTAVE] == 0;
            nearer += match is_at_edge {
                _ if high <= magnitude => u64::from(count),
                true if low < magnitude || itself => u64::from(count),
                true => 0,
                false => (f64::from(count) * (magnitude - low) / (high - low)).round() as u64,
            };
        }
        nearer
    }

    fn is_whole(&self) -> bool {
        let mut filled = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        filled.all(|(bucket, _)| self.low_bits[bucket / OCTAVE] == 0 && self.edge(bucket).fract() == 0.0)
    }

    /// Where a bucket begins.
    fn edge(&self, bucket: usize) -> f64 {
        f64::from_bits(((self.first_octave * OCTAVE + bucket) as u64) << LOW_BITS)
    }

    fn buckets(&self) -> impl Iterator<Item = (f64, u64)> + Clone {
        let filled = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        filled.map(|(bucket, &count)| (self.magnitude_within(bucket, 0.5), u64::from(count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::quantile::quantile;
    use proptest::prelude::*;

    const LEVELS: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

    fn of(values: &[f64]) -> Histogram {
        let mut histogram = Histogram::default();
        histogram.add(values);
        histogram
    }

    fn exact(values: &[f64], p: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        quantile(&sorted, p)
    }

    #[test]
    fn whole_numbers_up_to_512_and_eighths_are_exact() {
        let months: Vec<f64> = (0..3000).map(|k| f64::from(k * 7919 % 1025 - 512)).collect();
        let shares: Vec<f64> = (0..1000).map(|k| f64::from(k * 31 % 9) / 8.0).collect();
        for values in [months, shares] {
            let histogram = of(&values);
            for p in LEVELS {
                assert_eq!(histogram.quantile(p), exact(&values, p), "{p}");
            }
        }
    }

    #[test]
    fn a_million_is_held_in_a_few_kilobytes_whatever_comes() {
        let mut histogram = of(&[f64::MIN, f64::MAX, 1e-300, -1e-300, f64::MIN_POSITIVE, -0.0]);
        for _ in 0..10_000 {
            histogram.add(&[0.1; 100]);
        }
        let buckets: usize = histogram.sides.iter().map(|side| side.counts.len()).sum();
        assert!(buckets <= 2 * 137 * OCTAVE, "{buckets}");
        assert_eq!(histogram.n(), 1_000_006);
        assert!((histogram.quantile(0.5) - 0.1).abs() < 0.0004);
    }

    #[test]
    fn no_values_have_no_quantile() {
        assert!(Histogram::default().quantile(0.5).is_nan());
    }

    proptest! {
        #[test]
        fn quantiles_are_within_a_bucket_of_the_exact_ones(
            values in prop::collection::vec(prop_oneof![-1e5..1e5f64, -1.0..1.0f64, Just(0.0)], 1..400),
        ) {
            let histogram = of(&values);
            for p in LEVELS {
                let (got, want) = (histogram.quantile(p), exact(&values, p));
                // Between neighbours of different size the larger one's bucket decides.
                let mut sorted = values.clone();
                sorted.sort_unstable_by(f64::total_cmp);
                let position = ((sorted.len() - 1) as f64 * p) as usize;
                let size = sorted[position].abs().max(sorted[(position + 1).min(sorted.len() - 1)].abs());
                prop_assert!((got - want).abs() <= size / 256.0 + 1e-12, "{}: {} for {}", p, got, want);
            }
        }

        #[test]
        fn merging_in_either_order_equals_the_whole(
            a in prop::collection::vec(-1e9..1e9f64, 0..100),
            b in prop::collection::vec(-1.0..1e-9f64, 0..100),
        ) {
            let whole = of(&[a.clone(), b.clone()].concat());
            for (first, second) in [(&a, &b), (&b, &a)] {
                let mut merged = of(first);
                merged.merge(&of(second));
                prop_assert_eq!(&merged, &whole);
            }
        }
    }
}
