//! Sobol' indices: which share of an outcome's variance an input explains, alone and together with others.
//!
//! From the design of Saltelli (2002, 2010): two independent sets of base rows, A and B, and for each input A with that column of B.
//! Estimators are those of Saltelli et al. (2010) for the first order, Jansen (1999) for the total and Saltelli (2002) for the second, in
//! the form and the order of rows of SALib, so that the same outputs give the same numbers.

use super::super::wilson::Interval;
use super::resampling::Resampling;
use super::{Index, Influence, UNKNOWN};

/// Base rows that go through the cache together.
const CHUNK: usize = 2048;

/// Resamples that share one reading of the products.
const TOGETHER: u32 = 8;

/// An interval wider than this says that more base rows are needed.
pub const WIDE: f64 = 0.1;

/// A total index whose interval begins below this is not told from none.
const NEGLIGIBLE: f64 = 0.01;

/// The indices of a set of base rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// First order, by input.
    pub first: Vec<f64>,
    /// Total, by input.
    pub total: Vec<f64>,
    /// Second order, for each pair of inputs in order; empty where the design has none.
    pub second: Vec<(usize, usize, f64)>,
}

/// The indices with their intervals, and whether there were base rows enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Total, first and second order.
    pub influences: Vec<Influence>,
    /// Base rows used.
    pub n_rows: usize,
    /// Base rows left out because an output was missing.
    pub n_left_out: usize,
    /// How far they moved from the first half of the base rows to all, in the order of `influences`.
    pub moved: Vec<f64>,
    /// Sum of the first-order indices: near 1 where inputs act one by one.
    pub sum_first: f64,
}

/// For every base row the products from which indices are sums, by column: sum and squares of A and B; for each input the product of the
/// first order, then of the total; for each pair that of the second.
#[derive(Debug, Clone)]
pub struct Products {
    columns: Vec<Vec<f64>>,
    n_inputs: usize,
    n_rows: usize,
    n_left_out: usize,
    has_second: bool,
}

/// Whether outputs of this number fit Saltelli's design with (2k+2 rows) or without second order (k+2 rows), seen from the inputs: in
/// the former the last row but one has all of B but the last column.
///
/// # Errors
/// A sentence when they fit neither.
pub fn has_second_order(n: usize, inputs: &[&[f64]]) -> Result<bool, String> {
    let k = inputs.len();
    let fits = |size: usize| {
        n >= size && n.is_multiple_of(size) && (0..n / size).all(|row| is_group(inputs, row * size, size))
    };
    if k > 0 && fits(k + 2) {
        return Ok(false);
    }
    if k > 0 && fits(2 * k + 2) {
        return Ok(true);
    }
    Err(format!(
        "the rows are not in the order of Saltelli's design: groups of {} rows (or {} with second order) A, A with each input of B in \
         turn, B; there are {n} rows of {k} inputs",
        k + 2,
        2 * k + 2
    ))
}

/// Whether a group of rows is A, A with each input of B in turn, perhaps B with each input of A in turn, B.
fn is_group(inputs: &[&[f64]], start: usize, size: usize) -> bool {
    let (k, last) = (inputs.len(), start + size - 1);
    let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
    inputs.iter().enumerate().all(|(i, column)| {
        (1..size - 1).all(|step| {
            let is_own = (step - 1) % k == i;
            let takes_b = (step <= k) == is_own;
            same(column[start + step], column[if takes_b { last } else { start }])
        })
    })
}

impl Products {
    /// The products of the outputs of a Saltelli design: per base row A, A with each of the `n_inputs` of B, with `has_second` also B with
    /// each of A, and B. Base rows with a missing output are left out.
    ///
    /// # Errors
    /// A sentence when there are too few rows, a broken group, or nothing varies.
    pub fn of(outputs: &[f64], n_inputs: usize, has_second: bool) -> Result<Products, String> {
        let size = if has_second { 2 * n_inputs + 2 } else { n_inputs + 2 };
        if !outputs.len().is_multiple_of(size) {
            return Err(format!("{} outputs are no whole number of groups of {size}", outputs.len()));
        }
        let whole = |group: &&[f64]| group.iter().all(|output| output.is_finite());
        let groups: Vec<&[f64]> = outputs.chunks_exact(size).filter(whole).collect();
        let n_rows = groups.len();
        if n_rows < 4 {
            return Err(format!("Sobol' indices need at least 4 complete base rows; there are {n_rows}"));
        }
        let n = (n_rows * size) as f64;
        let mean = groups.iter().flat_map(|group| group.iter()).sum::<f64>() / n;
        let squares = groups.iter().flat_map(|group| group.iter()).map(|y| (y - mean) * (y - mean)).sum::<f64>();
        let sd = (squares / n).sqrt();
        if sd == 0.0 {
            return Err("the outcome is the same in every row, so nothing can move it".to_string());
        }
        let n_pairs = if has_second { n_inputs * (n_inputs - 1) / 2 } else { 0 };
        let mut columns = vec![Vec::with_capacity(n_rows); 2 + 2 * n_inputs + n_pairs];
        for group in groups {
            let z: Vec<f64> = group.iter().map(|y| (y - mean) / sd).collect();
            let (a, b) = (z[0], z[size - 1]);
            columns[0].push(a + b);
            columns[1].push(a * a + b * b);
            for i in 0..n_inputs {
                columns[2 + i].push(b * (z[1 + i] - a));
                columns[2 + n_inputs + i].push((a - z[1 + i]) * (a - z[1 + i]));
            }
            for (pair, (i, j)) in pairs(n_inputs).take(n_pairs).enumerate() {
                columns[2 + 2 * n_inputs + pair].push(z[1 + n_inputs + i] * z[1 + j] - a * b);
            }
        }
        let n_left_out = outputs.len() / size - n_rows;
        Ok(Products { columns, n_inputs, n_rows, n_left_out, has_second })
    }

    /// The indices of all base rows.
    ///
    /// ```
    /// use partnersim::analyse::sensitivity::sobol::Products;
    /// // y = 2a + b with a and b either 0 or 1, every combination: a has 4/5 of the variance.
    /// let mut outputs = Vec::new();
    /// for row in 0..16 {
    ///     let bit = |place: u32| f64::from(row >> place & 1);
    ///     let y = |a: u32, b: u32| 2.0 * bit(a) + bit(b);
    ///     outputs.extend([y(0, 1), y(2, 1), y(0, 3), y(2, 3)]);
    /// }
    /// let indices = Products::of(&outputs, 2, false).unwrap().indices();
    /// assert!((indices.first[0] - 0.8).abs() < 1e-12 && (indices.total[1] - 0.2).abs() < 1e-12);
    /// ```
    pub fn indices(&self) -> Indices {
        self.indices_of(
            &self.columns.iter().map(|column| column.iter().sum()).collect::<Vec<f64>>(),
            self.n_rows as f64,
        )
    }

    /// The indices with intervals from drawing base rows again.
    pub fn finding(&self, resampling: &Resampling) -> Finding {
        let all = self.indices();
        let half = self.n_rows / 2;
        let sums: Vec<f64> = self.columns.iter().map(|column| column[..half].iter().sum()).collect();
        let earlier = self.indices_of(&sums, half as f64).flat();
        let resampled: Vec<Vec<f64>> = self
            .resampled_sums(resampling)
            .iter()
            .map(|sums| {
                self.indices_of(sums, self.n_rows as f64).flat().into_iter().map(|(_, _, _, value)| value).collect()
            })
            .collect();
        let flat = all.flat();
        let influences = flat.iter().enumerate().map(|(place, &(index, input, with, estimate))| {
            let values: Vec<f64> = resampled.iter().map(|indices| indices[place]).collect();
            let interval = if values.len() < 2 { UNKNOWN } else { resampling.interval(&values) };
            Influence { input, with, index, estimate, interval, is_clear: is_clear(index, estimate, interval) }
        });
        Finding {
            influences: influences.collect(),
            n_rows: self.n_rows,
            n_left_out: self.n_left_out,
            moved: flat.iter().zip(&earlier).map(|(now, then)| now.3 - then.3).collect(),
            sum_first: all.first.iter().sum(),
        }
    }

    /// The indices that sums of the products over `n` base rows give.
    fn indices_of(&self, sums: &[f64], n: f64) -> Indices {
        let k = self.n_inputs;
        let mean = sums[0] / (2.0 * n);
        let variance = sums[1] / (2.0 * n) - mean * mean;
        let share = |sum: f64| if variance > 0.0 { sum / n / variance } else { f64::NAN };
        let first: Vec<f64> = (0..k).map(|i| share(sums[2 + i])).collect();
        let total = (0..k).map(|i| 0.5 * share(sums[2 + k + i])).collect();
        let n_pairs = if self.has_second { k * (k - 1) / 2 } else { 0 };
        let second = pairs(k).take(n_pairs).enumerate();
        let second = second.map(|(pair, (i, j))| (i, j, share(sums[2 + 2 * k + pair]) - first[i] - first[j])).collect();
        Indices { first, total, second }
    }

    /// The sums of the products for each resample.
    fn resampled_sums(&self, resampling: &Resampling) -> Vec<Vec<f64>> {
        let mut all = Vec::new();
        for begin in (0..resampling.resamples).step_by(TOGETHER as usize) {
            let end = (begin + TOGETHER).min(resampling.resamples);
            let counts: Vec<Vec<f64>> = (begin..end).map(|resample| resampling.counts(resample, self.n_rows)).collect();
            let mut sums = vec![vec![0.0; self.columns.len()]; counts.len()];
            for start in (0..self.n_rows).step_by(CHUNK) {
                let stretch = start..(start + CHUNK).min(self.n_rows);
                for (place, column) in self.columns.iter().enumerate() {
                    for (counts, sums) in counts.iter().zip(&mut sums) {
                        sums[place] += dot(&column[stretch.clone()], &counts[stretch.clone()]);
                    }
                }
            }
            all.append(&mut sums);
        }
        all
    }
}

impl Indices {
    /// All of them in one row: totals, first, second.
    fn flat(&self) -> Vec<(Index, usize, Option<usize>, f64)> {
        let total = self.total.iter().enumerate().map(|(i, &value)| (Index::Total, i, None, value));
        let first = self.first.iter().enumerate().map(|(i, &value)| (Index::First, i, None, value));
        let second = self.second.iter().map(|&(i, j, value)| (Index::Second, i, Some(j), value));
        total.chain(first).chain(second).collect()
    }
}

/// Without an interval an index is taken for what it looks like.
fn is_clear(index: Index, estimate: f64, interval: Interval) -> bool {
    let least = if index == Index::Total { NEGLIGIBLE } else { 0.0 };
    if interval.low.is_nan() { estimate > NEGLIGIBLE } else { interval.low > least }
}

fn pairs(k: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..k).flat_map(move |i| (i + 1..k).map(move |j| (i, j)))
}

/// Sum of the products, in eight partial sums that the compiler turns into vector code; the order is fixed, and so are the bits.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut partial = [0.0; 8];
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (a, b) in a.iter().zip(b) {
        for k in 0..8 {
            partial[k] += a[k] * b[k];
        }
    }
    let rest: f64 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    partial.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::super::tests::{evenly, ishigami, slices};
    use super::*;

    /// Inputs by column and outputs of Ishigami's function in Saltelli's order, from pairs of base rows.
    fn design(rows: &[([f64; 3], [f64; 3])], has_second: bool) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut points = Vec::new();
        for (a, b) in rows {
            points.push(*a);
            let mixed = |from: &[f64; 3], other: &[f64; 3], j: usize| {
                let mut mixed = *from;
                mixed[j] = other[j];
                mixed
            };
            points.extend((0..3).map(|j| mixed(a, b, j)));
            if has_second {
                points.extend((0..3).map(|j| mixed(b, a, j)));
            }
            points.push(*b);
        }
        let inputs = (0..3).map(|j| points.iter().map(|point| point[j]).collect()).collect();
        (inputs, points.iter().map(|point| ishigami(point)).collect())
    }

    fn even_rows(n: usize) -> Vec<([f64; 3], [f64; 3])> {
        (0..n).map(|i| ([0, 1, 2].map(|j| evenly(i, j)), [3, 4, 5].map(|j| evenly(i, j)))).collect()
    }

    fn close(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < tolerance, "{found} is not {expected}");
        }
    }

    #[test]
    fn indices_are_those_that_salib_prints_for_the_same_outputs() {
        // SALib 1.6.0, sobol.analyze on Ishigami at the evenly spread rows, N = 256.
        let (inputs, outputs) = design(&even_rows(256), true);
        assert_eq!(has_second_order(outputs.len(), &slices(&inputs)), Ok(true));
        let indices = Products::of(&outputs, 3, true).unwrap().indices();
        close(&indices.first, &[0.348_364_939_843_521, 0.436_901_242_830_877, -0.044_233_979_783_521], 1e-12);
        close(&indices.total, &[0.460_447_156_434_38, 0.423_549_906_612_239, 0.209_731_807_442_375], 1e-12);
        let second: Vec<f64> = indices.second.iter().map(|pair| pair.2).collect();
        close(&second, &[-0.042_311_725_335_903, 0.237_368_846_211_184, -0.008_180_053_128_444], 1e-12);
        let (inputs, outputs) = design(&even_rows(256), false);
        assert_eq!(has_second_order(outputs.len(), &slices(&inputs)), Ok(false));
        let indices = Products::of(&outputs, 3, false).unwrap().indices();
        close(&indices.first, &[0.348_359_617_515_404, 0.436_939_697_081_053, -0.044_279_730_082_897], 1e-12);
    }

    #[test]
    fn ishigami_has_its_exact_indices_within_the_intervals() {
        // Independent rows, so that the intervals mean what they say.
        let rows: Vec<_> = (0..20_000)
            .map(|i| {
                let draws = crate::model::draws::Draws::<1>::new(5, i);
                let u = |j| draws.uniform(crate::model::draws::Purpose::Design, 0, j, 0)[0];
                ([u(0), u(1), u(2)], [u(3), u(4), u(5)])
            })
            .collect();
        let (_, outputs) = design(&rows, true);
        let finding = Products::of(&outputs, 3, true).unwrap().finding(&Resampling {
            resamples: 200,
            confidence: 0.9999,
            seed: 1,
        });
        let exact = [0.557_589, 0.442_411, 0.243_684, 0.313_905, 0.442_411, 0.0, 0.0, 0.243_684, 0.0];
        for (found, exact) in finding.influences.iter().zip(exact) {
            assert!(found.interval.low < exact && exact < found.interval.high, "{found:?} misses {exact}");
            assert!(found.interval.high - found.interval.low < 0.25, "{found:?}");
        }
        assert!((finding.sum_first - 0.756).abs() < 0.05);
        assert!(finding.moved.iter().all(|moved| moved.abs() < 0.06 && *moved != 0.0));
        let clear: Vec<bool> = finding.influences[..6].iter().map(|found| found.is_clear).collect();
        assert_eq!(clear, [true, true, true, true, true, false]);
    }

    #[test]
    fn resampling_in_pieces_is_resampling_of_the_whole() {
        let (_, outputs) = design(&even_rows(300), false);
        let products = Products::of(&outputs, 3, false).unwrap();
        let resampling = Resampling { resamples: 11, ..Resampling::default() };
        let sums = products.resampled_sums(&resampling);
        assert_eq!(sums.len(), 11);
        for (resample, sums) in (0..).zip(&sums) {
            let counts = resampling.counts(resample, 300);
            for (column, sum) in products.columns.iter().zip(sums) {
                let plain: f64 = column.iter().zip(&counts).map(|(x, count)| x * count).sum();
                assert!((sum - plain).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_base_row_with_a_gap_goes_and_too_few_or_nothing_moving_is_said() {
        let (_, mut outputs) = design(&even_rows(20), false);
        outputs[7] = f64::NAN;
        let products = Products::of(&outputs, 3, false).unwrap();
        assert_eq!((products.n_rows, products.n_left_out), (19, 1));
        assert!(Products::of(&outputs[..10], 3, false).unwrap_err().contains("at least 4"));
        assert!(Products::of(&outputs[..11], 3, false).unwrap_err().contains("no whole number"));
        assert!(Products::of(&[2.0; 50], 3, false).unwrap_err().contains("the same in every row"));
    }

    #[test]
    fn rows_of_another_design_are_refused() {
        let (inputs, outputs) = super::super::tests::given();
        assert!(has_second_order(outputs.len(), &slices(&inputs[..3])).unwrap_err().contains("Saltelli"));
    }
}
