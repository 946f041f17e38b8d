//! How long the partnerships of each set-up last: the tables, and a sentence.

use super::Compared;
use crate::analyse::comparison::{Lasting, Verdict};
use crate::experiment::quantity::Variable;
use crate::output::column::Column;
use crate::output::figure::grouped;
use crate::output::sheet::{Sheet, Value};

/// Below this a p-value is told as less than it.
const LEAST_P: f64 = 0.001;

/// How long they last in one row a set-up.
pub fn lasting(compared: &Compared) -> Sheet {
    let mut sheet = Sheet::new("lasting", "How long the partnerships last", lasting_columns());
    for (setup, lasting) in compared.comparison.lasting.iter().enumerate() {
        let against = if setup > 0 { compared.setups[0].name.as_str() } else { "" };
        let mut row: Vec<Value> = vec![compared.setups[setup].name.as_str().into(), against.into()];
        row.push(compared.setups[setup].scenario.inputs.horizon_months.into());
        let median = lasting.median;
        row.extend([median.time, median.interval.low, median.interval.high].map(Value::from));
        row.extend([lasting.mean.value, lasting.mean.standard_error].map(Value::from));
        let paired = difference(compared, setup).map(|difference| difference.paired);
        let numbers = paired.map(|paired| [paired.mean.value, paired.interval.low, paired.interval.high, paired.p]);
        row.extend(numbers.unwrap_or([f64::NAN; 4]).map(Value::from));
        let log_rank = lasting.log_rank.as_ref().filter(|_| compared.are_of_one_length());
        row.extend(log_rank.map_or([f64::NAN; 2], |test| [test.chi_squared, test.p]).map(Value::from));
        sheet.push(row);
    }
    sheet
}

/// The columns of `lasting`.
pub(in crate::output) fn lasting_columns() -> Vec<Column> {
    let number = |name: &str, meaning: &str, unit: &str| Column::number(name, meaning, unit);
    vec![
        Column::text("setup", "Name of the set-up."),
        Column::text("against", "Name of the set-up that it is held against; empty for the first."),
        Column::whole("horizon_months", "Months that the set-up runs for.", "months"),
        number(
            "median",
            "Month after which half of the partnerships are together at most; empty where more than half reach the horizon.",
            "months",
        ),
        number("median_low", "Lower bound of its 95 % interval (Brookmeyer and Crowley).", "months"),
        number("median_high", "Upper bound of its 95 % interval; empty where it lies beyond the horizon.", "months"),
        number("restricted_mean", "Mean months together, those after the horizon left out.", "months"),
        number("mc_standard_error", "Its Monte Carlo standard error (Greenwood).", "months"),
        number(
            "difference",
            "Mean difference in months together in the same worlds: set-up less what it is held against.",
            "months",
        ),
        number("low", "Lower bound of the 95 % interval of the difference (paired t).", "months"),
        number("high", "Upper bound of the 95 % interval of the difference (paired t).", "months"),
        number("p", "Probability of a difference at least so large by chance (paired t).", "probability"),
        number(
            "log_rank",
            "Log-rank statistic, as if the two set-ups lived in worlds of their own; empty where they run for different times.",
            "chi-squared",
        ),
        number(
            "p_log_rank",
            "Probability of a statistic at least so large by chance; in the same worlds it is cautious, and the paired difference is the sharper test.",
            "probability",
        ),
    ]
}

/// How many are together month by month.
pub fn survival(compared: &Compared) -> Sheet {
    let mut sheet = Sheet::new("survival", "How many are together month by month", survival_columns());
    for (setup, lasting) in compared.setups.iter().zip(&compared.comparison.lasting) {
        let horizon = setup.scenario.inputs.horizon_months as f64;
        for step in lasting.curve.steps.iter().filter(|step| step.time <= horizon) {
            let mut row: Vec<Value> = vec![setup.name.as_str().into(), (step.time as u64).into()];
            row.extend([step.at_risk, step.exits.ended, step.exits.censored].map(Value::from));
            row.extend([step.share, step.standard_error, step.interval.low, step.interval.high].map(Value::from));
            sheet.push(row);
        }
    }
    sheet
}

/// The columns of `survival`.
pub(in crate::output) fn survival_columns() -> Vec<Column> {
    vec![
        Column::text("setup", "Name of the set-up."),
        Column::whole("month", "Month, from 1; 0 stands for the time before the first.", "months"),
        Column::whole("at_risk", "Replications still together when the month began.", "replications"),
        Column::whole("ended", "Replications that ended in the month.", "replications"),
        Column::whole("last_seen", "Replications still together at the horizon, where looking ends.", "replications"),
        Column::number(
            "share_together",
            "Share of the replications still together after the month (Kaplan–Meier).",
            "share",
        ),
        Column::number("mc_standard_error", "Its Monte Carlo standard error (Greenwood).", "share"),
        Column::number(
            "low",
            "Lower bound of its 95 % interval (log(−log); while none or all have ended, Wilson).",
            "share",
        ),
        Column::number("high", "Upper bound of its 95 % interval.", "share"),
    ]
}

/// How much longer the partnerships of a further set-up last than those of the first, where that is the same question of both.
pub fn in_words(compared: &Compared, setup: usize) -> Option<String> {
    let difference = difference(compared, setup)?;
    if difference.verdict == Verdict::Same || compared.comparison.replications < 2 || !compared.are_of_one_length() {
        return None;
    }
    let [mine, first] = [setup, 0].map(|setup| &compared.comparison.lasting[setup]);
    let [name, against] = [setup, 0].map(|setup| compared.setups[setup].name.as_str());
    let horizon = compared.setups[0].scenario.inputs.horizon_months;
    let amount = super::amount::signed(difference.variable, difference.paired.mean.value, &difference.paired.interval);
    let months = |value: f64| grouped(value, 1);
    let p = mine.log_rank.as_ref().map(|test| test.p).filter(|p| p.is_finite());
    let p = p.map_or_else(String::new, |p| {
        format!(
            " Log-rank p {}, as if in different worlds; the paired difference is the sharper test.",
            if p < LEAST_P { format!("< {LEAST_P}") } else { format!("= {}", grouped(p, if p < 0.1 { 3 } else { 2 })) }
        )
    });
    Some(format!(
        "How long they last: {} of {horizon} months with {name} on average, {} with {against}, in the same worlds {amount} months; {}.{p}",
        months(mine.mean.value),
        months(first.mean.value),
        medians([(mine, name), (first, against)], horizon)
    ))
}

/// When half of them are over, or that they are not.
fn medians(of_both: [(&Lasting, &str); 2], horizon: usize) -> String {
    let [mine, first] = of_both.map(|(lasting, name)| (lasting.median.time, name));
    match (mine.0.is_nan(), first.0.is_nan()) {
        (true, true) => format!("with both more than half are together after month {horizon}"),
        (false, false) if mine.0 == first.0 => {
            format!("half are over by month {} with either", grouped(mine.0, 0))
        }
        (false, false) => {
            let [mine_at, first_at] = [mine, first].map(|(time, _)| grouped(time, 0));
            format!("half are over by month {mine_at} with {} and by month {first_at} with {}", mine.1, first.1)
        }
        (is_never, _) => {
            let (over, lasting) = if is_never { (first, mine) } else { (mine, first) };
            format!(
                "half are over by month {} with {}, fewer than half by month {horizon} with {}",
                grouped(over.0, 0),
                over.1,
                lasting.1
            )
        }
    }
}

fn difference<'c>(compared: &'c Compared, setup: usize) -> Option<&'c crate::analyse::comparison::Difference> {
    compared.comparison.difference(setup, Variable::parse("months_survived").ok()?)
}
