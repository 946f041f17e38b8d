//! The declaration of a column, from which come its heading and its line in the data dictionary.

use crate::model::outcomes::Measure;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub name: String,
    /// One sentence on what it means.
    pub meaning: String,
    /// Unit in words; empty for text.
    pub unit: String,
    /// What its cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Any number, with a dot for the decimals; empty where it is not defined.
    Number,
    /// A whole number.
    Whole,
}

impl Kind {
    /// The word for it in the data dictionary.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Number => "number",
            Kind::Whole => "whole number",
        }
    }

    /// The kind with this word.
    pub fn of_word(word: &str) -> Option<Kind> {
        [Kind::Text, Kind::Number, Kind::Whole].into_iter().find(|kind| kind.word() == word)
    }
}

impl Column {
    /// A column of words.
    pub fn text(name: &str, meaning: &str) -> Column {
        Column { name: name.to_string(), meaning: meaning.to_string(), unit: String::new(), kind: Kind::Text }
    }

    /// A column of numbers.
    pub fn number(name: &str, meaning: &str, unit: &str) -> Column {
        Column { name: name.to_string(), meaning: meaning.to_string(), unit: unit.to_string(), kind: Kind::Number }
    }

    /// A column of whole numbers.
    pub fn whole(name: &str, meaning: &str, unit: &str) -> Column {
        Column { kind: Kind::Whole, ..Column::number(name, meaning, unit) }
    }

    /// The column that names the scenario.
    pub fn scenario() -> Column {
        Column::text("scenario", "Name of the scenario.")
    }

    /// Mean of a measure over the replications, and its Monte Carlo standard error.
    pub fn estimate(measure: &Measure) -> [Column; 2] {
        let (column, meaning) = (measure.column, measure.meaning);
        [
            Column::number(&format!("mean_{column}"), &format!("Mean over the replications. {meaning}"), measure.unit),
            Column::number(
                &format!("mc_standard_error_{column}"),
                &format!("Monte Carlo standard error of the mean. {meaning}"),
                measure.unit,
            ),
        ]
    }

    /// The column that names the outcome a row of a summary is about.
    pub fn outcome() -> Column {
        Column::text(
            "outcome",
            "Column of runs.csv that the row is about; failed, where a partnership dissolved or was not worth what was put into it; cause_ and a name, where it failed by that cause, among those that failed.",
        )
    }

    /// A target and the share of the replications above it with its interval, in the unit that another column names.
    pub fn held_against() -> [Column; 4] {
        [
            Column::number("target", "Value the outcome is held against.", "see column unit"),
            Column::number(
                "share_above_target",
                "Share of the replications in which the outcome is greater than target.",
                "share",
            ),
            Column::number("share_above_target_low", "Lower bound of its 95 % interval (Wilson).", "share"),
            Column::number("share_above_target_high", "Upper bound of its 95 % interval (Wilson).", "share"),
        ]
    }

    /// Mean, standard deviation, Monte Carlo standard error and quantiles, in the unit that another column names.
    pub fn spread() -> Vec<Column> {
        let unit = "see column unit";
        let quantiles = [("q05", "5"), ("q25", "25"), ("q50", "50"), ("q75", "75"), ("q95", "95")];
        let quantiles = quantiles.map(|(name, percent)| {
            Column::number(
                name,
                &format!("Value that {percent} % of the replications stay below (quantile, type 7; of large runs to within half a percent)."),
                unit,
            )
        });
        let mut columns = vec![
            Column::number("mean", "Mean over the replications.", unit),
            Column::number("sd", "Standard deviation over the replications.", unit),
            Column::number(
                "mc_standard_error",
                "Monte Carlo standard error of the mean: how far it would typically move with other draws.",
                unit,
            ),
        ];
        columns.extend(quantiles);
        columns
    }
}
