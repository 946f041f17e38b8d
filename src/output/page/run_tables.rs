//! The tables of a run as a reader wants them: outcomes, partners and causes.

use super::grid::{Head, table};
use super::{Told, cell};
use crate::analyse::findings::Estimate;
use crate::output::figure::{decimals_for, decimals_to_show, grouped, rounded};
use crate::output::sheet::{Sheet, Value};
use maud::{Markup, html};

/// How the rows of causes are called in the summary.
const CAUSE: &str = "cause_";

/// The summary of a run.
fn summary<'a>(told: Told<'a>) -> Option<&'a Sheet> {
    let kept = told.reported.kept;
    kept.sheet("summary").filter(|sheet| kept.about.kind == "run" && !sheet.rows.is_empty())
}

/// Every outcome that differs from replication to replication.
pub fn outcomes(told: Told) -> Option<Markup> {
    let sheet = summary(told)?;
    let is_outcome = |row: &&Vec<Value>| sheet.number(row, "q50").is_finite();
    let (varied, same): (Vec<&Vec<Value>>, Vec<&Vec<Value>>) =
        sheet.rows.iter().filter(is_outcome).partition(|row| sheet.number(row, "sd") != 0.0);
    let heads = [
        Head::words("Outcome"),
        Head::figures("Typical", ""),
        Head::figures("Half within", ""),
        Head::figures("9 in 10 within", ""),
        Head::figures("Mean ± standard error", ""),
        Head::figures("Above the target", "share, 95 % interval"),
    ];
    Some(html! {
        (table("Outcomes over all replications", &heads, varied.iter().map(|row| outcome(sheet, row))))
        @if !same.is_empty() {
            p.note { (same.len()) " further outcomes are the same in every replication; all are in " (sheet.file()) "." }
        }
    })
}

fn outcome(sheet: &Sheet, row: &[Value]) -> Vec<String> {
    let number = |column: &str| sheet.number(row, column);
    let quantiles = ["q05", "q25", "q50", "q75", "q95"].map(|name| rounded(number(name)));
    let (mean, error) = (number("mean"), number("mc_standard_error"));
    let decimals = [quantiles[0], quantiles[4], mean].into_iter().map(decimals_for).min().unwrap_or(0);
    let of_quantiles = if quantiles.iter().all(|value| value.fract() == 0.0) { 0 } else { decimals };
    let of_mean = decimals_to_show(error, decimals);
    let is_yes_or_no = sheet.words(row, "unit") == "0 or 1";
    let range = |low: usize, high: usize| match is_yes_or_no {
        true => "–".to_string(),
        false => format!("{} to {}", grouped(quantiles[low], of_quantiles), grouped(quantiles[high], of_quantiles)),
    };
    let typical = if is_yes_or_no { grouped(mean, decimals) } else { grouped(quantiles[2], of_quantiles) };
    let mean = match error.is_nan() {
        true => grouped(mean, of_mean),
        false => format!("{} ± {}", grouped(mean, of_mean), grouped(error, of_mean)),
    };
    let title = match cell::unit_in_words(sheet.words(row, "unit")) {
        "share" | "" => sheet.words(row, "title").to_string(),
        unit => format!("{} ({unit})", sheet.words(row, "title")),
    };
    vec![title, typical, range(1, 3), range(0, 4), mean, above(sheet, row)]
}

/// The target of an outcome, and how often it is above.
fn above(sheet: &Sheet, row: &[Value]) -> String {
    let [target, share, low, high] =
        ["target", "share_above_target", "share_above_target_low", "share_above_target_high"]
            .map(|column| sheet.number(row, column));
    if share.is_nan() {
        return "–".to_string();
    }
    let decimals = if target.fract() == 0.0 { 0 } else { 2 };
    format!("{}: {} ({}–{})", grouped(target, decimals), grouped(share, 2), grouped(low, 2), grouped(high, 2))
}

/// How each partner fared, together and alone.
pub fn partners(told: Told) -> Option<Markup> {
    let sheet = told.reported.kept.sheet("partners").filter(|sheet| sheet.column("partner").is_some())?;
    let money = cell::MONEY;
    let heads = [
        Head::words("Partner"),
        Head::words("Sector"),
        Head::figures("Together", money),
        Head::figures("Alone", money),
        Head::figures("Gain", money),
        Head::figures("95 % interval", money),
        Head::figures("Better off", "share"),
        Head::figures("Still a member at the end", "share"),
    ];
    let rows = sheet.rows.iter().map(|row| partner(sheet, row));
    Some(table("How each partner fared, together and alone", &heads, rows))
}

fn partner(sheet: &Sheet, row: &[Value]) -> Vec<String> {
    let mean = |measure: &str| sheet.number(row, &format!("mean_{measure}"));
    let mc_standard_error = sheet.number(row, "mc_standard_error_gain_thousand_pounds");
    let gain = Estimate { value: mean("gain_thousand_pounds"), mc_standard_error };
    let pounds = |value: f64| grouped(rounded(value), 0);
    let interval = match gain.interval() {
        interval if interval.low.is_nan() => "–".to_string(),
        interval => format!("{} to {}", pounds(interval.low), pounds(interval.high)),
    };
    let words = ["partner", "sector"].map(|column| sheet.words(row, column).to_string());
    let (together, alone) = (mean("net_together_thousand_pounds"), mean("net_alone_thousand_pounds"));
    let figures = [pounds(together), pounds(alone), pounds(gain.value), interval];
    let shares = ["better_off", "member_at_end"].map(|measure| grouped(mean(measure), 2));
    words.into_iter().chain(figures).chain(shares).collect()
}

/// What most decided the failures.
pub fn causes(told: Told) -> Option<Markup> {
    let sheet = summary(told)?;
    let failed = sheet.rows_with("outcome", "failed").next()?;
    let is_cause =
        |row: &&Vec<Value>| sheet.words(row, "outcome").starts_with(CAUSE) && sheet.number(row, "mean") > 0.0;
    let share = |row: &[Value]| {
        let columns = ["mean", "share_above_target_low", "share_above_target_high"];
        let [mean, low, high] = columns.map(|column| grouped(sheet.number(row, column), 2));
        vec![mean, format!("{low}–{high}")]
    };
    let heads =
        [Head::words("Cause"), Head::figures("Of those that failed", "share"), Head::figures("95 % interval", "share")];
    let mut rows: Vec<&Vec<Value>> = sheet.rows.iter().filter(is_cause).collect();
    rows.sort_by(|a, b| sheet.number(b, "mean").total_cmp(&sheet.number(a, "mean")));
    let of_all = share(failed);
    // A picture shows them with their table.
    let is_drawn = told.reported.charts.iter().any(|chart| chart.name == "causes");
    let title = |row: &[Value]| {
        let title = sheet.words(row, "title");
        title.split_once(": ").map_or(title, |(_, cause)| cause).to_string()
    };
    Some(html! {
        @if !is_drawn { p { "Share of the replications that failed: " (of_all[0]) " (" (of_all[1]) ")." } }
        @if !rows.is_empty() && !is_drawn {
            (table("What most decided the failures", &heads, rows.iter().map(|row| {
                [title(row)].into_iter().chain(share(row)).collect()
            })))
        }
    })
}
