//! A lever: what a search may set, to which values, and what that costs.

use crate::scenario::Override;

/// Something that a search may set.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Short name for columns.
    pub name: String,
    /// What it sets, as `--set` takes it; more than one path get the same value.
    pub paths: Vec<String>,
    /// The values it may have.
    pub range: Range,
    /// What its values cost.
    pub cost: Cost,
}

/// The values of a lever.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// Any number between two, to so many decimals that at least 500 values lie between them.
    Between(f64, f64),
    /// Any whole number between two.
    Whole(i64, i64),
    /// One of these, as TOML; in an order that means something when they are numbers.
    Levels(Vec<String>),
}

/// What the values of a lever cost.
#[derive(Debug, Clone, PartialEq)]
pub enum Cost {
    /// Nothing.
    None,
    /// So much for each unit of the value.
    PerUnit(f64),
    /// So much for each of the levels, in their order.
    OfLevels(Vec<f64>),
}

impl Lever {
    /// The least and the greatest gene: a gene is the value itself, or the position of a level.
    pub fn bounds(&self) -> (f64, f64) {
        match &self.range {
            Range::Between(low, high) => (*low, *high),
            Range::Whole(low, high) => (*low as f64, *high as f64),
            Range::Levels(levels) => (0.0, levels.len().saturating_sub(1) as f64),
        }
    }

    /// The gene nearest to a number that the lever can have.
    pub fn gene(&self, number: f64) -> f64 {
        let (low, high) = self.bounds();
        let clamped = number.clamp(low, high);
        match &self.range {
            Range::Between(..) => {
                let scale = scale(high - low);
                // Adding nothing turns the zero with a sign into the one without.
                ((clamped * scale).round() / scale).clamp(low, high) + 0.0
            }
            Range::Whole(..) | Range::Levels(_) => clamped.round(),
        }
    }

    /// Whether genes that lie close to each other mean similar values.
    pub fn is_ordered(&self) -> bool {
        match &self.range {
            Range::Between(..) | Range::Whole(..) => true,
            Range::Levels(levels) => levels.iter().all(|level| level.parse::<f64>().is_ok()),
        }
    }

    /// Whether genes are whole numbers.
    pub fn is_stepwise(&self) -> bool {
        !matches!(self.range, Range::Between(..))
    }

    /// The value of a gene as TOML.
    pub fn value(&self, gene: f64) -> String {
        match &self.range {
            Range::Between(..) => format!("{gene:?}"),
            Range::Whole(..) => format!("{gene}"),
            Range::Levels(levels) => levels.get(gene as usize).cloned().unwrap_or_default(),
        }
    }

    /// What a gene costs.
    ///
    /// ```
    /// use partnersim::experiment::search::lever::{Cost, Lever, Range};
    /// let lever = Lever {
    ///     name: "meetings".to_string(),
    ///     paths: vec!["communication.meetings".to_string()],
    ///     range: Range::Whole(0, 8),
    ///     cost: Cost::PerUnit(2.5),
    /// };
    /// assert_eq!((lever.cost(4.0), lever.value(4.0)), (10.0, "4".to_string()));
    /// ```
    pub fn cost(&self, gene: f64) -> f64 {
        match &self.cost {
            Cost::None => 0.0,
            Cost::OfLevels(costs) => costs.get(gene as usize).copied().unwrap_or(0.0),
            Cost::PerUnit(cost) => cost * self.value(gene).parse::<f64>().unwrap_or(0.0),
        }
    }

    /// The changes to a scenario that a gene stands for.
    pub fn overrides(&self, gene: f64) -> impl Iterator<Item = Override> {
        let value = self.value(gene);
        self.paths.iter().map(move |path| Override { path: path.clone(), value: value.clone() })
    }
}

/// A power of ten of which at least 500 parts lie in a range.
fn scale(range: f64) -> f64 {
    let mut scale = 1.0;
    while range * scale < 500.0 && scale < 1e12 {
        scale *= 10.0;
    }
    scale
}

/// What all genes of a candidate cost together.
pub fn cost(levers: &[Lever], genes: &[f64]) -> f64 {
    levers.iter().zip(genes).map(|(lever, &gene)| lever.cost(gene)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lever(range: Range, cost: Cost) -> Lever {
        Lever { name: "x".to_string(), paths: vec!["a".to_string(), "b".to_string()], range, cost }
    }

    #[test]
    fn numbers_are_rounded_to_what_a_person_would_write_and_stay_within_the_range() {
        let quality = lever(Range::Between(0.2, 0.9), Cost::None);
        assert_eq!(quality.value(quality.gene(0.412_345_6)), "0.412");
        assert_eq!((quality.gene(7.0), quality.gene(-7.0)), (0.9, 0.2));
        let money = lever(Range::Between(0.0, 3_000.0), Cost::None);
        assert_eq!(money.value(money.gene(1_234.56)), "1235.0");
    }

    #[test]
    fn levels_are_words_or_numbers_and_have_their_costs() {
        let form = lever(Range::Levels(vec!["lead".into(), "shared".into()]), Cost::OfLevels(vec![1.0, 7.0]));
        assert_eq!((form.gene(0.8), form.cost(1.0), form.is_ordered()), (1.0, 7.0, false));
        let set: Vec<Override> = form.overrides(1.0).collect();
        assert_eq!((set[1].path.as_str(), set[1].value.as_str()), ("b", "shared"));
        let hours = lever(Range::Levels(vec!["2".into(), "8".into()]), Cost::PerUnit(3.0));
        assert!(hours.is_ordered());
        assert_eq!(cost(&[form, hours], &[0.0, 1.0]), 25.0);
    }
}
