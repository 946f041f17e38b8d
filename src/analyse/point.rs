//! What is kept of one set-up of an experiment: a few numbers a variable, whatever the number of replications.

use super::batches::Batches;
use super::distribution::Distribution;
use super::distributions::EXACT_REPLICATIONS;
use super::findings::Estimate;
use super::mc_error;
use super::moments::Moments;
use crate::experiment::quantity::{Quantity, Variable};
use crate::model::outcomes::CAUSES;
use crate::simulate::Block;

/// What an experiment wants to know of every set-up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// Variables whose distribution is kept.
    pub variables: Vec<Variable>,
    /// Quantities with their errors.
    pub quantities: Vec<Quantity>,
}

/// Sums over replications of one set-up: of one block, or merged over all blocks so far.
#[derive(Debug, Clone)]
pub struct PointTotals {
    n: u64,
    variables: Vec<VariableTotals>,
    values: Vec<Distribution>,
    causes: Vec<u64>,
    batches: Vec<Batches>,
}

#[derive(Debug, Clone, Copy, Default)]
struct VariableTotals {
    moments: Moments,
    above_target: u64,
    above_zero: u64,
}

/// What is kept of a set-up when all its replications are done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PointFinding {
    /// Replications it rests on.
    pub n: u64,
    /// One entry a variable that was asked for.
    pub variables: Vec<VariableFinding>,
    /// Replications by why they failed, in the order of `model::outcomes::CAUSES`.
    pub causes: Vec<u64>,
    /// One entry a quantity that was asked for.
    pub quantities: Vec<QuantityFinding>,
}

/// What is kept of a variable.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct VariableFinding {
    /// Its moments.
    pub moments: Moments,
    /// What it is held against.
    pub target: f64,
    /// Replications in which it was greater than its target.
    pub above_target: u64,
    /// Replications in which it was greater than zero.
    pub above_zero: u64,
    /// Its quantiles at `analyse::distribution::LEVELS`.
    pub quantiles: [f64; 5],
}

/// What is kept of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityFinding {
    /// Its value and Monte Carlo standard error.
    pub estimate: Estimate,
    /// Its batches, for paired differences; none of a quantile, which is no mean.
    pub batches: Batches,
}

impl Asked {
    /// What is asked by a list of quantities: where it is empty, the mean of every variable.
    pub fn new(quantities: &[Quantity]) -> Asked {
        if quantities.is_empty() {
            return Asked {
                variables: Variable::all().collect(),
                quantities: Variable::all().map(Quantity::Mean).collect(),
            };
        }
        let mut variables = Vec::new();
        for variable in quantities.iter().map(Quantity::variable) {
            if !variables.contains(&variable) {
                variables.push(variable);
            }
        }
        Asked { variables, quantities: quantities.to_vec() }
    }
}

impl PointTotals {
    /// The sums of one block. `targets` has one entry an outcome, `replications` is what the set-up will have in all.
    pub fn of(block: &Block, asked: &Asked, targets: &[f64], replications: u64) -> PointTotals {
        let above = |column: &[f64], bound: f64| column.iter().map(|&value| u64::from(value > bound)).sum();
        let (mut variables, mut values) = (Vec::new(), Vec::new());
        for &variable in &asked.variables {
            let column = variable.values(block);
            variables.push(VariableTotals {
                moments: Moments::of(&column),
                above_target: above(&column, target(variable, targets)),
                above_zero: above(&column, 0.0),
            });
            let mut kept = Distribution::new(replications <= EXACT_REPLICATIONS);
            kept.add(&column);
            values.push(kept);
        }
        let batches = asked
            .quantities
            .iter()
            .map(|quantity| quantity.terms(block).map_or_else(Batches::default, |terms| Batches::of(&terms)));
        let mut causes = vec![0; CAUSES.len()];
        block.causes.iter().for_each(|&cause| causes[usize::from(cause)] += 1);
        PointTotals { n: block.size as u64, variables, values, causes, batches: batches.collect() }
    }

    /// Takes up the sums of the block that follows. The order of merging decides the last bits.
    pub fn merge(&mut self, next: PointTotals) {
        self.n += next.n;
        for (mine, more) in self.variables.iter_mut().zip(&next.variables) {
            mine.moments.merge(&more.moments);
            mine.above_target += more.above_target;
            mine.above_zero += more.above_zero;
        }
        self.values.iter_mut().zip(next.values).for_each(|(mine, more)| mine.merge(more));
        self.causes.iter_mut().zip(&next.causes).for_each(|(mine, more)| *mine += more);
        self.batches.iter_mut().zip(&next.batches).for_each(|(mine, more)| mine.merge(more));
    }

    /// Replications summed over.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// What is kept when all replications are done.
    pub fn finding(&self, asked: &Asked, targets: &[f64]) -> PointFinding {
        let variables = asked.variables.iter().zip(self.variables.iter().zip(&self.values));
        let variables = variables.map(|(&variable, (totals, values))| VariableFinding {
            moments: totals.moments,
            target: target(variable, targets),
            above_target: totals.above_target,
            above_zero: totals.above_zero,
            quantiles: values.quantiles(),
        });
        let quantities = asked.quantities.iter().zip(&self.batches).map(|(quantity, batches)| QuantityFinding {
            estimate: self.estimate(quantity, asked, batches),
            batches: batches.clone(),
        });
        PointFinding {
            n: self.n,
            variables: variables.collect(),
            causes: self.causes.clone(),
            quantities: quantities.collect(),
        }
    }

    fn estimate(&self, quantity: &Quantity, asked: &Asked, batches: &Batches) -> Estimate {
        let position = asked.variables.iter().position(|variable| *variable == quantity.variable());
        match (quantity, position) {
            (Quantity::Mean(_), Some(position)) => Estimate::new(&self.variables[position].moments),
            (Quantity::Quantile(_, p), Some(position)) => quantile_estimate(&self.values[position], *p, self.n),
            // A share of n: its terms are 0 and 1.
            _ => {
                let n = self.n as f64;
                let share = batches.sums.iter().sum::<f64>() / n;
                Estimate { value: share, mc_standard_error: (share * (1.0 - share) / (n - 1.0)).sqrt() }
            }
        }
    }
}

fn target(variable: Variable, targets: &[f64]) -> f64 {
    match variable {
        Variable::Outcome(position) => targets[position],
        Variable::Failed => 0.0,
    }
}

/// A quantile and its standard error.
fn quantile_estimate(values: &Distribution, p: f64, n: u64) -> Estimate {
    let sorted = values.sorted();
    let error = mc_error::quantile_by_rank(p, n, |share| sorted.quantile(share));
    Estimate { value: sorted.quantile(p), mc_standard_error: error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::quantile::quantile;
    use crate::experiment::fake;
    use crate::model::outcomes::OUTCOMES;

    fn asked(texts: &[&str]) -> Asked {
        Asked::new(&texts.iter().map(|text| Quantity::parse(text).unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn merged_blocks_give_what_the_whole_gives() {
        let asked = asked(&["premium", "P(premium > 0)", "q25(trust)", "P(failed)"]);
        let targets = vec![10.0; OUTCOMES.len()];
        let whole = fake::block(0, 300);
        let mut merged = PointTotals::of(&fake::block(0, 128), &asked, &targets, 300);
        for (first, size) in [(128, 128), (256, 44)] {
            merged.merge(PointTotals::of(&fake::block(first, size), &asked, &targets, 300));
        }
        let found = merged.finding(&asked, &targets);
        let premium = Variable::parse("premium").unwrap().values(&whole).to_vec();
        let share = premium.iter().filter(|value| **value > 0.0).count() as f64 / 300.0;
        assert_eq!((found.n, found.variables.len(), found.quantities.len()), (300, 3, 4));
        assert!((found.quantities[0].estimate.value - Moments::of(&premium).mean()).abs() < 1e-9);
        assert!((found.quantities[1].estimate.value - share).abs() < 1e-12);
        let mut trust = Variable::parse("trust").unwrap().values(&whole).to_vec();
        trust.sort_by(f64::total_cmp);
        assert_eq!(found.quantities[2].estimate.value, quantile(&trust, 0.25));
        assert!(found.quantities[2].batches.sums.is_empty());
        assert_eq!(found.quantities[3].estimate.value, 250.0 / 300.0);
        assert_eq!(found.variables[0].above_zero as f64, share * 300.0);
        assert_eq!(found.causes.iter().sum::<u64>(), 300);
    }

    #[test]
    fn the_error_of_the_median_of_uniform_numbers_is_that_of_the_textbook() {
        // Of n uniform numbers the median has the standard error 1 / (2 sqrt(n)).
        let mut values = Distribution::new(true);
        values.add(&(0..10_000).map(|k| f64::from(k) / 10_000.0).collect::<Vec<_>>());
        let found = quantile_estimate(&values, 0.5, 10_000);
        assert!((found.mc_standard_error - 0.005).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn nothing_asked_for_means_the_mean_of_everything() {
        let asked = Asked::new(&[]);
        assert_eq!(asked.variables.len(), OUTCOMES.len() + 1);
        assert_eq!(asked.quantities.len(), OUTCOMES.len() + 1);
    }
}
