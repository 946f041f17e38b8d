//! What is asked of the replications, in a few words: `premium`, `P(premium > 0)`, `q05(trust) >= 0.3`, `failed`.
//!
//! A *variable* is a number that every replication has. A *happening* is something that occurs in a replication or does not.
//! A *quantity* is one number for all replications of a set-up. A *condition* holds for a set-up or does not.

use crate::model::outcomes::{Better, OUTCOMES};
use crate::scenario::nearest::suggestion;
use crate::simulate::Block;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// Other names by which an outcome is known.
const ALIASES: &[(&str, &str)] = &[("survival", "alive")];

/// A number that every replication has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// An outcome, by its position in `model::outcomes::OUTCOMES`.
    Outcome(usize),
    /// 1 where the partnership dissolved or was not worth what was put into it, 0 elsewhere.
    Failed,
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
}

/// Something that occurs in a replication or does not: `premium < 0`, `failed`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Happening {
    /// What is compared.
    pub variable: Variable,
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub bound: f64,
}

/// One number for all replications of a set-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quantity {
    /// The mean of a variable.
    Mean(Variable),
    /// The value below which a share of the replications lies.
    Quantile(Variable, f64),
    /// The share of the replications in which something occurs.
    Probability(Happening),
}

/// A statement about a set-up: `P(premium > 0) >= 0.5`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    /// What is compared.
    pub quantity: Quantity,
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub bound: f64,
}

impl Variable {
    /// The variable of a name.
    ///
    /// # Errors
    /// A sentence with the nearest valid name.
    pub fn parse(name: &str) -> Result<Variable, String> {
        let name = name.trim();
        let known = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, meant)| meant);
        let outcome = OUTCOMES.iter().position(|outcome| outcome.name == known || outcome.column == known);
        match outcome {
            Some(position) => Ok(Variable::Outcome(position)),
            None if known == "failed" => Ok(Variable::Failed),
            None => Err(format!(
                "there is no outcome `{name}`: {}",
                suggestion(name, Variable::names().chain(ALIASES.iter().map(|(alias, _)| *alias)))
            )),
        }
    }

    /// Every variable, outcomes first.
    pub fn all() -> impl Iterator<Item = Variable> + Clone {
        (0..OUTCOMES.len()).map(Variable::Outcome).chain([Variable::Failed])
    }

    fn names() -> impl Iterator<Item = &'static str> + Clone {
        Variable::all().map(|variable| variable.name())
    }

    /// Short name: `premium`.
    pub fn name(self) -> &'static str {
        match self {
            Variable::Outcome(position) => OUTCOMES[position].name,
            Variable::Failed => "failed",
        }
    }

    /// Column name with its unit last: `premium_thousand_pounds`.
    pub fn column(self) -> &'static str {
        match self {
            Variable::Outcome(position) => OUTCOMES[position].column,
            Variable::Failed => "failed",
        }
    }

    /// Heading for people.
    pub fn title(self) -> &'static str {
        match self {
            Variable::Outcome(position) => OUTCOMES[position].title,
            Variable::Failed => "Failed",
        }
    }

    /// One sentence on what it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Variable::Outcome(position) => OUTCOMES[position].meaning,
            Variable::Failed => "1 where the partnership dissolved or was not worth what was put into it, 0 elsewhere.",
        }
    }

    /// Unit in words.
    pub fn unit(self) -> &'static str {
        match self {
            Variable::Outcome(position) => OUTCOMES[position].unit,
            Variable::Failed => "0 or 1",
        }
    }

    /// Which way is better.
    pub fn better(self) -> Better {
        match self {
            Variable::Outcome(position) => OUTCOMES[position].better,
            Variable::Failed => Better::Lower,
        }
    }

    /// Whether it is 0 or 1 in every replication, so that its mean is a share.
    pub fn is_yes_or_no(self) -> bool {
        self.unit() == "0 or 1"
    }

    /// Its value in each replication of a block.
    pub fn values(self, block: &Block) -> Cow<'_, [f64]> {
        match self {
            Variable::Outcome(position) => Cow::Borrowed(&block.outcomes[position]),
            // Position 0 of the causes is that of no failure.
            Variable::Failed => block.causes.iter().map(|&cause| f64::from(u8::from(cause > 0))).collect(),
        }
    }
}

impl Comparison {
    const ALL: [(&'static str, Comparison); 6] = [
        // The longer signs first: `<` also begins `<=`.
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("==", Comparison::Equal),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];

    /// Whether it holds of two numbers; of none when one is NaN.
    pub fn holds(self, value: f64, bound: f64) -> bool {
        let Some(order) = value.partial_cmp(&bound) else { return false };
        match self {
            Comparison::Less => order == Ordering::Less,
            Comparison::AtMost => order != Ordering::Greater,
            Comparison::Equal => order == Ordering::Equal,
            Comparison::AtLeast => order != Ordering::Less,
            Comparison::Greater => order == Ordering::Greater,
        }
    }

    /// Splits `left >= right` at its sign.
    pub fn split(text: &str) -> Option<(&str, Comparison, &str)> {
        let at = text.find(['<', '>', '='])?;
        let (sign, comparison) = Comparison::ALL.into_iter().find(|(sign, _)| text[at..].starts_with(sign))?;
        Some((text[..at].trim(), comparison, text[at + sign.len()..].trim()))
    }
}

impl Happening {
    /// Reads `premium < 0` or `failed`; the name alone of a variable that is 0 or 1 means that it is 1.
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(text: &str) -> Result<Happening, String> {
        match Comparison::split(text) {
            Some((name, comparison, bound)) => {
                Ok(Happening { variable: Variable::parse(name)?, comparison, bound: number(bound)? })
            }
            None => {
                let variable = Variable::parse(text)?;
                if !variable.is_yes_or_no() {
                    return Err(format!("`{text}` is a number: say how much of it, as in `{} > 0`", variable.name()));
                }
                Ok(Happening { variable, comparison: Comparison::Equal, bound: 1.0 })
            }
        }
    }

    /// Whether it occurs in each replication of a block.
    pub fn occurs(&self, block: &Block) -> Vec<bool> {
        self.variable.values(block).iter().map(|&value| self.comparison.holds(value, self.bound)).collect()
    }
}

impl Quantity {
    /// Reads `premium` or `mean(premium)`, `median(premium)`, `q05(premium)`, `P(premium > 0)`.
    ///
    /// ```
    /// use partnersim::experiment::quantity::Quantity;
    /// assert_eq!(Quantity::parse("P(premium > 0)").unwrap().to_string(), "P(premium > 0)");
    /// assert!(Quantity::parse("P(premum > 0)").unwrap_err().contains("`premium`"));
    /// ```
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(text: &str) -> Result<Quantity, String> {
        let text = text.trim();
        let Some((function, rest)) = text.split_once('(') else {
            return Variable::parse(text).map(Quantity::Mean);
        };
        let Some(inner) = rest.strip_suffix(')') else {
            return Err(format!("`{text}` lacks its closing bracket"));
        };
        let function = function.trim();
        let share = function.strip_prefix('q').and_then(|digits| digits.parse::<u32>().ok()).filter(|q| *q <= 100);
        match (function, share) {
            ("P" | "p" | "Pr", _) => Happening::parse(inner).map(Quantity::Probability),
            ("mean" | "E", _) => Variable::parse(inner).map(Quantity::Mean),
            ("median", _) => Variable::parse(inner).map(|variable| Quantity::Quantile(variable, 0.5)),
            (_, Some(percent)) => {
                Variable::parse(inner).map(|variable| Quantity::Quantile(variable, f64::from(percent) / 100.0))
            }
            _ => Err(format!(
                "`{function}` is not known: use P(outcome > number), mean(outcome), median(outcome) or q05(outcome)"
            )),
        }
    }

    /// The variable it is about.
    pub fn variable(&self) -> Variable {
        match self {
            Quantity::Mean(variable) | Quantity::Quantile(variable, _) => *variable,
            Quantity::Probability(happening) => happening.variable,
        }
    }

    /// What each replication adds: its mean over replications is the quantity. `None` for a quantile, which is no mean.
    pub fn terms<'a>(&self, block: &'a Block) -> Option<Cow<'a, [f64]>> {
        match self {
            Quantity::Mean(variable) => Some(variable.values(block)),
            Quantity::Probability(happening) => {
                Some(happening.occurs(block).into_iter().map(|occurs| f64::from(u8::from(occurs))).collect())
            }
            Quantity::Quantile(..) => None,
        }
    }
}

impl Condition {
    /// Reads `P(premium > 0) >= 0.5` or `trust > 0.4`, which is about the mean.
    ///
    /// # Errors
    /// A sentence on what is wrong and what is allowed.
    pub fn parse(text: &str) -> Result<Condition, String> {
        let text = text.trim();
        // The sign that splits a condition stands after the bracket of its quantity.
        let from = text.rfind(')').map_or(0, |at| at + 1);
        let Some((_, comparison, bound)) = Comparison::split(&text[from..]) else {
            return Err(format!("`{text}` says nothing to be held against: write it as in `P(premium > 0) >= 0.5`"));
        };
        let end = from + text[from..].find(['<', '>', '=']).unwrap_or(0);
        Ok(Condition { quantity: Quantity::parse(&text[..end])?, comparison, bound: number(bound)? })
    }
}

fn number(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| format!("`{text}` is not a number"))
}

impl fmt::Display for Comparison {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Comparison::ALL.iter().rev().find(|(_, comparison)| comparison == self);
        to.write_str(sign.map_or("=", |(sign, _)| sign))
    }
}

impl fmt::Display for Happening {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {} {}", self.variable.name(), self.comparison, self.bound)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantity::Mean(variable) => write!(to, "mean({})", variable.name()),
            Quantity::Quantile(variable, 0.5) => write!(to, "median({})", variable.name()),
            Quantity::Quantile(variable, p) => write!(to, "q{:02}({})", (p * 100.0).round(), variable.name()),
            Quantity::Probability(happening) => write!(to, "P({happening})"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {} {}", self.quantity, self.comparison, self.bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake;
    use crate::model::outcomes::CAUSES;

    #[test]
    fn what_is_written_reads_back() {
        for text in ["mean(premium)", "median(trust)", "q05(net_value)", "P(premium > 0)", "P(failed = 1)"] {
            let quantity = Quantity::parse(text).unwrap();
            assert_eq!(quantity.to_string(), text);
            assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
        for text in ["P(premium > 0) >= 0.5", "mean(trust) < 0.4", "P(alive = 1) > 0.9"] {
            assert_eq!(Condition::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn short_forms_mean_the_usual() {
        assert_eq!(Quantity::parse("survival"), Quantity::parse("mean(alive)"));
        assert_eq!(Quantity::parse("P(failed)"), Quantity::parse("P(failed == 1)"));
        assert_eq!(Condition::parse("trust>=.5"), Condition::parse("mean(trust) >= 0.5"));
        assert_eq!(Variable::parse("premium_thousand_pounds"), Variable::parse("premium"));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_is_allowed() {
        for (text, words) in [
            ("premum", "`premium`"),
            ("P(premium > x)", "`x` is not a number"),
            ("P(premium)", "as in `premium > 0`"),
            ("P(premium > 0", "closing bracket"),
            ("average(premium)", "mean(outcome)"),
            ("q101(premium)", "not known"),
            ("P(premium > inf)", "not a number"),
        ] {
            assert!(Quantity::parse(text).unwrap_err().contains(words), "{text}: {:?}", Quantity::parse(text));
        }
        assert!(Condition::parse("P(premium > 0)").unwrap_err().contains("held against"));
        assert!(Condition::parse("premium > ").is_err());
    }

    #[test]
    fn terms_are_what_the_replications_hold() {
        let block = fake::block(0, 12);
        let failed = Quantity::parse("P(failed)").unwrap();
        // Fake causes are 0 to 5 in turn.
        let terms = failed.terms(&block).unwrap();
        assert_eq!(terms.iter().sum::<f64>(), 10.0);
        let premium = Variable::parse("premium").unwrap();
        assert_eq!(Quantity::Mean(premium).terms(&block).unwrap(), premium.values(&block));
        assert!(Quantity::Quantile(premium, 0.5).terms(&block).is_none());
    }

    #[test]
    fn nothing_is_compared_with_what_is_no_number() {
        assert!(Comparison::ALL.iter().all(|(_, comparison)| !comparison.holds(f64::NAN, 0.0)));
        assert!(Comparison::AtMost.holds(1.0, 1.0) && !Comparison::Less.holds(1.0, 1.0));
        assert_eq!(CAUSES[0].name, "none");
    }
}
