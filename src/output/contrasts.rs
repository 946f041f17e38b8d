//! How groups of rows of any table differ: their means and shares, and how long they last.

use super::column::Column;
use super::described::with_interval;
use super::figure::grouped;
use super::sheet::{Sheet, Value};
use crate::analyse::contrast::{Contrast, Method};
use crate::analyse::findings::CONFIDENCE;
use crate::analyse::kaplan_meier::{Curve, Median};
use crate::analyse::log_rank::LogRank;
use crate::analyse::wilson::Interval;

/// A column in one group, against the first.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupContrast {
    /// The column.
    pub outcome: String,
    /// The group.
    pub group: String,
    /// The group it is held against.
    pub against: String,
    /// What was found.
    pub found: Contrast,
    /// Its p-value adjusted for all comparisons that are made at once; NaN where there is none.
    pub p_adjusted: f64,
}

/// How long a group lasts.
#[derive(Debug, Clone, PartialEq)]
pub struct Lasting {
    /// The group.
    pub group: String,
    /// Its survival curve.
    pub curve: Curve,
    /// Up to when its restricted mean counts: the last time at which all groups were still looked at.
    pub limit: f64,
}

/// The table `comparison`, one row a column and group.
pub fn sheet(contrasts: &[GroupContrast], by: &str) -> Sheet {
    let mut sheet = Sheet::new("comparison", "How the groups differ from the first", columns(by));
    for GroupContrast { outcome, group, against, found, p_adjusted } in contrasts {
        let mut row: Vec<Value> = [outcome.as_str(), group, against, method(found.method)].map(Value::from).to_vec();
        row.extend([found.one.n(), found.other.n()].map(Value::Whole));
        row.extend([found.one.mean(), found.other.mean(), found.difference].map(Value::Number));
        row.extend([found.interval.low, found.interval.high, found.standard_error, found.p].map(Value::Number));
        row.push((*p_adjusted).into());
        sheet.push(row);
    }
    sheet
}

/// The columns of `comparison`, for groups by that column.
pub(super) fn columns(by: &str) -> Vec<Column> {
    let unit = "that of the column";
    vec![
        Column::text("outcome", "Column of the table that the row is about."),
        Column::text("group", &format!("Value of the column {by:?} in the rows compared.")),
        Column::text("against", &format!("Value of the column {by:?} in the rows it is compared with.")),
        Column::text("method", "How the interval was made."),
        Column::whole("n", "Values of the group; of pairs, how many have both values.", "rows"),
        Column::whole("n_against", "Values of the group it is compared with.", "rows"),
        Column::number("mean", "Mean of the group; of a column of 0 and 1 its share of 1.", unit),
        Column::number("mean_against", "Mean of the group it is compared with.", unit),
        Column::number("difference", "Mean less mean_against.", unit),
        Column::number("difference_low", "Lower bound of its 95 % interval.", unit),
        Column::number("difference_high", "Upper bound of its 95 % interval.", unit),
        Column::number("standard_error", "Standard error of the difference.", unit),
        Column::number(
            "p",
            "Probability of a difference as large or larger, were there none (t test). Of many comparisons some are small by chance.",
            "probability",
        ),
        Column::number(
            "p_adjusted",
            "p adjusted by Holm for all comparisons of this table; empty where nothing varies.",
            "probability",
        ),
    ]
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Welch => "Welch's t",
        Method::PairedT => "paired t",
        Method::Newcombe => "Newcombe's method 10, independent shares",
        Method::PairedNewcombe => "Newcombe's method 10, paired shares",
    }
}

/// The table `survival`, one row a group and time.
pub fn survival_sheet(lasting: &[Lasting], time: &str) -> Sheet {
    let mut sheet = Sheet::new("survival", "How many last how long", survival_columns(time));
    for Lasting { group, curve, .. } in lasting {
        for step in &curve.steps {
            let mut row: Vec<Value> = vec![group.as_str().into(), step.time.into()];
            row.extend([step.at_risk, step.exits.ended, step.exits.censored].map(Value::Whole));
            row.extend([step.share, step.standard_error, step.interval.low, step.interval.high].map(Value::Number));
            sheet.push(row);
        }
    }
    sheet
}

/// The columns of `survival`, for times in that column.
pub(super) fn survival_columns(time: &str) -> Vec<Column> {
    let unit = format!("that of {time}");
    vec![
        Column::text("group", "The group."),
        Column::number(
            "time",
            &format!("Value of the column {time:?} at which something ended or was last seen."),
            &unit,
        ),
        Column::whole("at_risk", "Rows still there just before.", "rows"),
        Column::whole("ended", "Rows that ended then.", "rows"),
        Column::whole("last_seen", "Rows that were last seen then and had not ended.", "rows"),
        Column::number("share", "Share that lasts beyond that time (Kaplan–Meier).", "share"),
        Column::number("standard_error", "Its standard error (Greenwood).", "share"),
        Column::number("share_low", "Lower bound of its 95 % interval (log(−log); at 0 and 1 Wilson).", "share"),
        Column::number("share_high", "Upper bound of its 95 % interval.", "share"),
    ]
}

/// The table `lasting`, one row a group.
pub fn lasting_sheet(lasting: &[Lasting], test: &LogRank, time: &str) -> Sheet {
    let mut sheet = Sheet::new("lasting", "How long the groups last", lasting_columns(time));
    for (Lasting { group, curve, limit }, (ended, expected)) in lasting.iter().zip(&test.ends) {
        let (median, mean) = (curve.median(), curve.restricted_mean(*limit));
        let mut row: Vec<Value> = vec![group.as_str().into(), curve.n.into(), (*ended).into()];
        row.extend([*expected, median.time, median.interval.low, median.interval.high].map(Value::Number));
        row.extend([*limit, mean.value, mean.standard_error].map(Value::Number));
        row.extend([test.chi_squared, test.degrees, test.p].map(Value::Number));
        sheet.push(row);
    }
    sheet
}

/// The columns of `lasting`, for times in that column.
pub(super) fn lasting_columns(time: &str) -> Vec<Column> {
    let unit = format!("that of {time}");
    vec![
        Column::text("group", "The group."),
        Column::whole("n", "Rows with a time and an end.", "rows"),
        Column::whole("ended", "Rows that ended.", "rows"),
        Column::number("expected_to_end", "Rows that would have ended were all groups alike.", "rows"),
        Column::number("median", "Time by which half had ended; empty where fewer did.", &unit),
        Column::number("median_low", "Lower bound of its 95 % interval (Brookmeyer and Crowley).", &unit),
        Column::number("median_high", "Upper bound of its 95 % interval; empty: later than was looked.", &unit),
        Column::number("mean_until", "Time up to which restricted_mean counts.", &unit),
        Column::number(
            "restricted_mean",
            "Mean time until the end, or until mean_until where that comes first.",
            &unit,
        ),
        Column::number("restricted_mean_standard_error", "Its standard error.", &unit),
        Column::number("log_rank_chi_squared", "Log-rank statistic over all groups, the same in every row.", "1"),
        Column::number("log_rank_degrees", "Its degrees of freedom.", "1"),
        Column::number(
            "log_rank_p",
            "Probability of a statistic as large or larger, did all groups last alike.",
            "probability",
        ),
    ]
}

/// One sentence a column and group.
pub fn sentences(contrasts: &[GroupContrast]) -> Vec<String> {
    contrasts.iter().map(|contrast| sentence(contrast, contrasts.len())).collect()
}

fn sentence(contrast: &GroupContrast, among: usize) -> String {
    let GroupContrast { outcome, group, against, found, p_adjusted } = contrast;
    let paired = if matches!(found.method, Method::PairedT | Method::PairedNewcombe) { ", pair by pair" } else { "" };
    if found.interval.low.is_nan() {
        return format!("{outcome}: too few values to compare {group} with {against}.");
    }
    let (scale, rows) = if found.is_share { (100.0, " in 100 rows") } else { (1.0, "") };
    let size = |low: f64, value: f64, high: f64| {
        with_interval(scale * value, &Interval { low: scale * low, high: scale * high })
    };
    let Interval { low, high } = found.interval;
    if low == high && found.difference == 0.0 {
        return format!("{outcome}: no difference between {group} and {against}, which do not vary.");
    }
    if !found.is_clear() {
        let size = size(low, found.difference, high);
        return format!("{outcome}: no clear difference between {group} and {against}{paired}: {size}{rows}.");
    }
    let (word, size) = if found.difference > 0.0 {
        ("more", size(low, found.difference, high))
    } else {
        ("less", size(-high, -found.difference, -low))
    };
    let doubt = if *p_adjusted < 1.0 - CONFIDENCE || among < 2 {
        String::new()
    } else {
        format!("; among {among} comparisons that may be chance")
    };
    format!("{outcome}: {size} {word}{rows} in {group} than in {against}{paired}{doubt}.")
}

/// How long the groups last, and whether that differs.
pub fn lasting_sentences(lasting: &[Lasting], test: &LogRank) -> Vec<String> {
    let told = |lasting: &Lasting| match half_ended_by(&lasting.curve) {
        Some(half) => format!("{}: half have ended by {half}", lasting.group),
        None => format!("{}: fewer than half have ended", lasting.group),
    };
    let medians = lasting.iter().map(told).collect::<Vec<_>>().join("; ") + ".";
    let p = if test.p < 0.001 { "p < 0.001".to_string() } else { format!("p = {}", grouped(test.p, 3)) };
    let degrees = if test.degrees == 1.0 { "degree" } else { "degrees" };
    let chi_squared =
        format!("log-rank chi-squared {} on {} {degrees} of freedom, {p}", grouped(test.chi_squared, 2), test.degrees);
    let verdict = if test.p.is_nan() {
        "Whether they last differently long cannot be told: too few ended.".to_string()
    } else if test.p < 0.05 {
        format!("They last differently long ({chi_squared}).")
    } else {
        format!("No clear difference in how long they last ({chi_squared}).")
    };
    vec![medians, verdict]
}

/// Headings and rows of the table of how long the groups last, for people.
pub fn lasting_for_people(lasting: &[Lasting], test: &LogRank, by: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let limit = lasting.first().map_or(0.0, |lasting| lasting.limit);
    let mean = format!("Mean until {} ± error", super::number::text(limit));
    let headings = [by, "n", "Ended", "Half ended by (95 %)", &mean].map(str::to_string).to_vec();
    let rows = lasting.iter().zip(&test.ends).map(|(lasting, (ended, _))| {
        let mean = lasting.curve.restricted_mean(limit);
        let decimals = super::figure::decimals_to_show(mean.standard_error, 1);
        let half = half_ended_by(&lasting.curve).unwrap_or_else(|| "–".to_string());
        let mean = format!("{} ± {}", grouped(mean.value, decimals), grouped(mean.standard_error, decimals));
        let counts = [lasting.curve.n, *ended].map(|count| grouped(count as f64, 0));
        let [n, ended] = counts;
        vec![lasting.group.clone(), n, ended, half, mean]
    });
    (headings, rows.collect())
}

/// When half had ended, with its interval; nothing where fewer did.
fn half_ended_by(curve: &Curve) -> Option<String> {
    let Median { time, interval } = curve.median();
    let figure = super::number::text;
    let known = match (interval.low.is_nan(), interval.high.is_nan()) {
        (false, false) => format!(" ({} to {})", figure(interval.low), figure(interval.high)),
        (false, true) => format!(" ({} or later)", figure(interval.low)),
        _ => String::new(),
    };
    (!time.is_nan()).then(|| format!("{}{known}", figure(time)))
}

/// Headings and rows of the table of differences for people.
pub fn for_people(contrasts: &[GroupContrast], by: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let headings = ["Column", by, "n", "Mean", "Against", "Difference (95 %)", "p"].map(str::to_string).to_vec();
    let rows = contrasts.iter().map(|GroupContrast { outcome, group, against, found, .. }| {
        let half = (found.interval.high - found.interval.low) / 2.0;
        let decimals = super::described::decimals(half, found.one.mean());
        let figure = |value: f64| if value.is_nan() { "–".to_string() } else { grouped(value, decimals) };
        vec![
            outcome.clone(),
            group.clone(),
            grouped(found.one.n() as f64, 0),
            figure(found.one.mean()),
            format!("{} ({against})", figure(found.other.mean())),
            if found.difference.is_nan() {
                "–".to_string()
            } else {
                with_interval(found.difference, &found.interval)
            },
            match found.p {
                p if p.is_nan() => "–".to_string(),
                p if p < 0.001 => "< 0.001".to_string(),
                p => grouped(p, 3),
            },
        ]
    });
    (headings, rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::contrast::{Groups, adjusted, contrast};
    use crate::analyse::kaplan_meier::exits;
    use crate::analyse::log_rank::log_rank;

    fn of(groups: Groups) -> GroupContrast {
        let name = str::to_string;
        let found = contrast(groups, 0.95);
        GroupContrast { outcome: name("y"), group: name("B"), against: name("A"), p_adjusted: found.p, found }
    }

    #[test]
    fn a_difference_is_told_with_its_direction_and_honestly_when_there_is_none() {
        let (low, high) = ([1.0, 2.0, 3.0, 2.5], [11.0, 12.0, 13.5, 12.0]);
        let told = |groups| sentence(&of(groups), 1);
        assert_eq!(told(Groups::Apart(&high, &low)), "y: 10.0 (8.3 to 11.7) more in B than in A.");
        assert_eq!(told(Groups::Apart(&low, &high)), "y: 10.0 (8.3 to 11.7) less in B than in A.");
        assert!(told(Groups::Paired(&high, &low)).ends_with(" more in B than in A, pair by pair."));
        assert!(told(Groups::Apart(&low, &low)).starts_with("y: no clear difference between B and A: 0.00 (-"));
        assert_eq!(told(Groups::Apart(&[2.0; 3], &[2.0; 3])), "y: no difference between B and A, which do not vary.");
        assert_eq!(told(Groups::Apart(&[2.0], &[2.0, 3.0])), "y: too few values to compare B with A.");
        let yes = |n: usize| (0..100).map(|k| f64::from(u8::from(k < n))).collect::<Vec<_>>();
        assert_eq!(told(Groups::Apart(&yes(80), &yes(50))), "y: 30 (17 to 42) more in 100 rows in B than in A.");
    }

    #[test]
    fn what_is_clear_by_itself_is_doubted_among_many() {
        let barely = of(Groups::Apart(&[4.0, 6.0, 8.0, 7.0], &[1.0, 4.0, 3.0, 2.5]));
        assert!(barely.found.is_clear() && barely.found.p > 0.01, "{barely:?}");
        let mut many = vec![barely; 5];
        let adjusted = adjusted(&many.iter().map(|one| &one.found).collect::<Vec<_>>());
        many.iter_mut().zip(adjusted).for_each(|(one, adjusted)| one.p_adjusted = adjusted);
        let told = sentences(&many);
        assert!(told[0].ends_with(" more in B than in A; among 5 comparisons that may be chance."), "{}", told[0]);
    }

    #[test]
    fn how_long_groups_last_is_told_with_the_test() {
        let group = |group: &str, times: &[f64], ended: &[f64]| Lasting {
            group: group.to_string(),
            curve: Curve::of(times, ended, 0.95),
            limit: 4.0,
        };
        let (short, long) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [9.0, 9.0, 9.0, 10.0, 11.0, 12.0]);
        let (short_ended, long_ended) = ([1.0; 6], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let test = log_rank(&[&exits(&short, &short_ended), &exits(&long, &long_ended)]);
        let lasting = [group("A", &short, &short_ended), group("B", &long, &long_ended)];
        let told = lasting_sentences(&lasting, &test);
        assert!(
            told[0].starts_with("A: half have ended by 3 (1 to ")
                && told[0].ends_with("B: fewer than half have ended."),
            "{told:?}"
        );
        assert!(told[1].starts_with("They last differently long (log-rank chi-squared "), "{told:?}");
        assert_eq!(lasting_sheet(&lasting, &test, "month").rows.len(), 2);
        assert_eq!(survival_sheet(&lasting, "month").rows.len(), 6 + 4);
    }
}
