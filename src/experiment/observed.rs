//! What was observed of a partnership, or of many, to hold a scenario against: a share alive after two years, a mean trust.

use super::quantity::Quantity;
use crate::model::outcomes::MONTHLY;
use crate::scenario::nearest::suggestion;
use crate::simulate::Block;
use std::fmt;

/// What each replication adds to a summary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Summary {
    /// The mean of a monthly measure, by its position in `model::outcomes::MONTHLY`, at the end of a month counted from 1.
    Month {
        /// Position of the measure.
        measure: usize,
        /// The month.
        month: usize,
    },
    /// A quantity of the replications as a whole.
    Whole(Quantity),
}

/// A summary with the value that was observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    /// What was observed.
    pub summary: Summary,
    /// Its value.
    pub value: f64,
    /// Standard error of that value; 0 where it is taken as exact.
    pub standard_error: f64,
}

impl Summary {
    /// Reads a measure, with the month where it is a monthly one: `survival` at 24, `trust_share` at 12, `P(premium > 0)`.
    ///
    /// ```
    /// use partnersim::experiment::observed::Summary;
    /// assert_eq!(Summary::parse("survival", Some(24)).unwrap().to_string(), "alive_share in month 24");
    /// assert_eq!(Summary::parse("trust", Some(6)).unwrap().to_string(), "trust_share in month 6");
    /// assert_eq!(Summary::parse("P(premium > 0)", None).unwrap().to_string(), "P(premium > 0)");
    /// ```
    ///
    /// # Errors
    /// A sentence with the nearest name.
    pub fn parse(measure: &str, month: Option<usize>) -> Result<Summary, String> {
        let Some(month) = month else { return Quantity::parse(measure).map(Summary::Whole) };
        if month == 0 {
            return Err("months are counted from 1".to_string());
        }
        let wanted = if measure.trim() == "survival" { "alive" } else { measure.trim() };
        match MONTHLY.iter().position(|monthly| monthly.column == wanted || short(monthly.column) == wanted) {
            Some(measure) => Ok(Summary::Month { measure, month }),
            None => {
                let known = MONTHLY.iter().map(|monthly| monthly.column).chain(["survival"]);
                Err(format!("there is no monthly measure `{measure}`: {}", suggestion(wanted, known)))
            }
        }
    }

    /// What each replication of a block adds. The block must be of as many months.
    pub fn terms(&self, block: &Block) -> Vec<f64> {
        match self {
            Summary::Month { measure, month } => block.monthly[month - 1][*measure].clone(),
            Summary::Whole(quantity) => {
                let terms = quantity.terms(block).unwrap_or_else(|| quantity.variable().values(block));
                terms.into_owned()
            }
        }
    }

    /// The share of the replications below the value, where it is a quantile; else it is a mean.
    pub fn quantile(&self) -> Option<f64> {
        match self {
            Summary::Whole(Quantity::Quantile(_, p)) => Some(*p),
            _ => None,
        }
    }

    /// The month it belongs to.
    pub fn month(&self) -> Option<usize> {
        match self {
            Summary::Month { month, .. } => Some(*month),
            Summary::Whole(_) => None,
        }
    }

    /// The measure or quantity, without the month.
    pub fn measure(&self) -> String {
        match self {
            Summary::Month { measure, .. } => MONTHLY[*measure].column.to_string(),
            Summary::Whole(quantity) => quantity.to_string(),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month() {
            Some(month) => write!(to, "{} in month {month}", self.measure()),
            None => to.write_str(&self.measure()),
        }
    }
}

/// A column without its unit.
fn short(column: &str) -> &str {
    ["_share", "_thousand_pounds"].iter().find_map(|unit| column.strip_suffix(unit)).unwrap_or(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;

    #[test]
    fn a_summary_is_read_and_taken_from_a_block() {
        let block = fake::block(0, 5);
        let month = Summary::parse("premium_thousand_pounds", Some(1)).unwrap();
        let position = MONTHLY.iter().position(|measure| measure.column == "premium_thousand_pounds").unwrap();
        assert_eq!(month.terms(&block), block.monthly[0][position]);
        assert_eq!(Summary::parse("premium", None).unwrap().terms(&block), block.outcomes[7]);
        assert_eq!(Summary::parse("q10(trust)", None).unwrap().quantile(), Some(0.1));
    }

    #[test]
    fn what_is_no_summary_is_told_with_the_nearest_name() {
        assert!(Summary::parse("surival", Some(12)).unwrap_err().contains("`survival`"));
        assert!(Summary::parse("alive", Some(0)).unwrap_err().contains("counted from 1"));
        assert!(Summary::parse("premum", None).unwrap_err().contains("`premium`"));
    }
}
