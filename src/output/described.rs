//! What the columns of any table say, one by one and group by group.

use super::column::Column;
use super::figure::{decimals_for, decimals_to_show, grouped};
use super::number;
use super::sheet::{Sheet, Value};
use crate::analyse::described::Described;
use crate::analyse::wilson::Interval;

/// A column, or that part of it which belongs to one group.
#[derive(Debug, Clone, PartialEq)]
pub struct DescribedColumn {
    /// The column.
    pub outcome: String,
    /// The group; empty for all rows.
    pub group: String,
    /// The target it is held against.
    pub target: f64,
    /// What it says.
    pub found: Described,
}

/// The table `summary`, one row a column and group.
pub fn sheet(described: &[DescribedColumn], by: Option<&str>) -> Sheet {
    let mut sheet = Sheet::new("summary", "What each column says", columns(by));
    for DescribedColumn { outcome, group, target, found } in described {
        let mut row: Vec<Value> =
            vec![outcome.as_str().into(), group.as_str().into(), found.n.into(), found.missing.into()];
        let mean = [found.mean.value, found.mean_interval.low, found.mean_interval.high, found.mean.mc_standard_error];
        let precision = &found.precision;
        row.extend(mean.into_iter().chain([found.sd, precision.sd_mc_standard_error]).map(Value::Number));
        for (value, interval) in found.quantiles.iter().zip(&precision.quantiles) {
            row.extend([*value, interval.low, interval.high].map(Value::Number));
        }
        let above = &found.above;
        row.extend([*target, above.value, above.interval.low, above.interval.high].map(Value::Number));
        sheet.push(row);
    }
    sheet
}

/// Its columns, for groups by that column.
pub(super) fn columns(by: Option<&str>) -> Vec<Column> {
    let unit = "that of the column";
    let group =
        by.map_or("Empty: all rows together.".to_string(), |by| format!("Value of the column {by:?} in the rows."));
    let mut columns = vec![
        Column::text("outcome", "Column of the table that the row is about."),
        Column::text("group", &group),
        Column::whole("n", "Values that are there.", "rows"),
        Column::whole("missing", "Cells without a value.", "rows"),
        Column::number("mean", "Mean.", unit),
        Column::number(
            "mean_low",
            "Lower bound of its 95 % interval (BCa bootstrap; of more than 20,000 values 1.96 standard errors).",
            unit,
        ),
        Column::number("mean_high", "Upper bound of its 95 % interval.", unit),
        Column::number("standard_error", "Standard error of the mean.", unit),
        Column::number("sd", "Standard deviation.", unit),
        Column::number("sd_standard_error", "Standard error of the standard deviation.", unit),
    ];
    for (name, percent) in [("q05", "5"), ("q25", "25"), ("q50", "50"), ("q75", "75"), ("q95", "95")] {
        let end = |end: &str| {
            format!(
                "{end} bound of the 95 % interval of {name} (order statistics); empty where there are too few values for one."
            )
        };
        columns.extend([
            Column::number(name, &format!("Value that {percent} % stay below (quantile, type 7)."), unit),
            Column::number(&format!("{name}_low"), &end("Lower"), unit),
            Column::number(&format!("{name}_high"), &end("Upper"), unit),
        ]);
    }
    columns.extend([
        Column::number("target", "Value that the column is held against.", unit),
        Column::number("share_above_target", "Share of the values that are greater than target.", "share"),
        Column::number("share_above_target_low", "Lower bound of its 95 % interval (Wilson).", "share"),
        Column::number("share_above_target_high", "Upper bound of its 95 % interval (Wilson).", "share"),
    ]);
    columns
}

/// With more rows than this the table alone is read.
const MOST_TOLD: usize = 12;

/// One sentence a column and group, where they are not too many.
pub fn sentences(described: &[DescribedColumn], has_target: bool) -> Vec<String> {
    let told = if described.len() > MOST_TOLD { &[] } else { described };
    told.iter().map(|one| sentence(one, has_target)).collect()
}

fn sentence(described: &DescribedColumn, has_target: bool) -> String {
    let DescribedColumn { group, target, found, .. } = described;
    let of = if group.is_empty() { String::new() } else { format!(" in {group}") };
    let name = format!("{}{of}", described.outcome);
    let missing =
        if found.missing > 0 { format!(", {} missing", grouped(found.missing as f64, 0)) } else { String::new() };
    let basis = format!("{}{missing}", values(found.n));
    let [lowest, _, middle, _, highest] = found.quantiles;
    let above = if has_target && found.n > 0 {
        let shares = [found.above.value, found.above.interval.low, found.above.interval.high];
        let [share, low, high] = shares.map(|share| grouped(100.0 * share, 0));
        format!(" Above {} in {share} of 100 rows ({low} to {high}).", number::text(*target))
    } else {
        String::new()
    };
    if found.n == 0 {
        format!("{name}: no value{missing}.")
    } else if found.sd == 0.0 || found.n == 1 {
        format!("{name}: {} in every row ({basis}).{above}", number::text(middle))
    } else {
        let half = (found.mean_interval.high - found.mean_interval.low) / 2.0;
        let figure = |value: f64| grouped(value, decimals(half, found.mean.value));
        format!(
            "{name}: on average {}, from {basis}; nine in ten within {} to {}.{above}",
            with_interval(found.mean.value, &found.mean_interval),
            figure(lowest),
            figure(highest)
        )
    }
}

fn values(n: u64) -> String {
    if n == 1 { "1 value".to_string() } else { format!("{} values", grouped(n as f64, 0)) }
}

/// A number with its interval, with as many decimals as the interval's width supports: `3.21 (3.10 to 3.33)`. One that is known exactly
/// stands alone.
pub(super) fn with_interval(value: f64, interval: &Interval) -> String {
    let Interval { low, high } = *interval;
    if low == high {
        return number::text(value);
    }
    let mut decimals = decimals((high - low) / 2.0, value);
    if low.is_nan() || high.is_nan() {
        return grouped(value, decimals);
    }
    // An end that is not 0 does not read as 0: on which side of it the end lies is what a reader asks.
    let reads_as_nothing = |end: f64, decimals: usize| end != 0.0 && is_nothing(&grouped(end, decimals));
    let least = decimals;
    while decimals < least + 3 && [low, high].into_iter().any(|end| reads_as_nothing(end, decimals)) {
        decimals += 1;
    }
    format!("{} ({} to {})", grouped(value, decimals), grouped(low, decimals), grouped(high, decimals))
}

fn is_nothing(figure: &str) -> bool {
    !figure.contains(|c: char| ('1'..='9').contains(&c))
}

/// Decimals that show the first digit of a quarter of an interval, which is about its standard error; at least two up to 1.
pub(super) fn decimals(half: f64, value: f64) -> usize {
    if half > 0.0 { decimals_to_show(half / 2.0, if value.abs() <= 1.0 { 2 } else { 0 }) } else { decimals_for(value) }
}

/// The table for people, with columns that go first where it would not fit.
pub fn for_people(
    described: &[DescribedColumn],
    by: Option<&str>,
    has_target: bool,
) -> (Vec<String>, Vec<Vec<String>>) {
    let mut headings = vec!["Column".to_string()];
    headings.extend(by.map(str::to_string));
    headings.extend(["n", "Mean (95 %)", SD, "Median (95 %)", WITHIN].map(str::to_string));
    headings.extend(has_target.then(|| "Above target (95 %)".to_string()));
    let rows = described.iter().map(|one| {
        let found = &one.found;
        let [low, _, middle, _, high] = found.quantiles;
        let half = (found.mean_interval.high - found.mean_interval.low) / 2.0;
        let figure = |value: f64| grouped(value, decimals(half, found.mean.value));
        let or_dash = |value: f64, told: String| if value.is_nan() { "–".to_string() } else { told };
        let mut row = vec![one.outcome.clone()];
        row.extend(by.map(|_| one.group.clone()));
        row.extend([
            grouped(found.n as f64, 0),
            or_dash(found.mean.value, with_interval(found.mean.value, &found.mean_interval)),
            or_dash(found.sd, figure(found.sd)),
            or_dash(middle, with_interval(middle, &found.precision.quantiles[2])),
            or_dash(low, format!("{} to {}", figure(low), figure(high))),
        ]);
        let above = &found.above;
        row.extend(has_target.then(|| or_dash(above.value, with_interval(above.value, &above.interval))));
        row
    });
    (headings, rows.collect())
}

/// Heading of the standard deviation in the table for people.
pub const SD: &str = "SD";
/// Heading of the range from the quantile at 5 % to that at 95 %.
pub const WITHIN: &str = "9 in 10 within";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::bootstrap::Resampling;
    use crate::analyse::described::described;

    fn column(values: &[f64], group: &str) -> DescribedColumn {
        let how = Resampling { seed: 1, stream: 0, resamples: 500, confidence: 0.95 };
        DescribedColumn {
            outcome: "trust".to_string(),
            group: group.to_string(),
            target: 5.0,
            found: described(values, 5.0, &how),
        }
    }

    #[test]
    fn a_column_is_told_with_what_is_missing_and_how_much_is_above_the_target() {
        let values: Vec<f64> = (0..100).map(f64::from).chain([f64::NAN]).collect();
        let told = &sentences(&[column(&values, "A")], true)[0];
        assert!(
            told.starts_with(
                "trust in A: on average 50 (43 to 55), from 100 values, 1 missing; nine in ten within 5 to 94."
            ),
            "{told}"
        );
        assert!(told.ends_with("Above 5 in 94 of 100 rows (88 to 97)."), "{told}");
        assert_eq!(sentences(&[column(&[7.0; 3], "")], false)[0], "trust: 7 in every row (3 values).");
        assert_eq!(sentences(&[column(&[f64::NAN; 3], "")], true)[0], "trust: no value, 3 missing.");
    }

    #[test]
    fn an_interval_shows_on_which_side_of_nothing_it_ends() {
        let told = |value, low, high| with_interval(value, &Interval { low, high });
        assert_eq!(told(0.15, -0.0004, 0.3), "0.1500 (-0.0004 to 0.3000)");
        assert_eq!(told(1234.5, 1100.0, 1400.0), "1,234 (1,100 to 1,400)");
        assert_eq!(told(0.5, 0.0, 1.0), "0.50 (0.00 to 1.00)");
        assert_eq!(told(7.0, 7.0, 7.0), "7");
        assert_eq!(told(7.0, f64::NAN, f64::NAN), "7.00");
    }

    #[test]
    fn the_sheet_has_a_row_for_each_column_and_group() {
        let described = [column(&[1.0, 2.0, 3.0], "A"), column(&[9.0], "B")];
        let sheet = sheet(&described, Some("policy"));
        assert_eq!((sheet.rows.len(), &sheet.rows[1][1], &sheet.rows[1][4]), (2, &"B".into(), &9.0.into()));
        let (headings, rows) = for_people(&described, Some("policy"), true);
        assert!(headings[1] == "policy" && rows.iter().all(|row| row.len() == headings.len()));
        assert_eq!((rows[1][3].as_str(), rows[1][4].as_str()), ("9.00", "–"));
    }
}
