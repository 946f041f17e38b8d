//! The pictures of a run: how long it lasts, what it brings and to whom, how it goes month by month, and what that leans on.

use super::words::{amount, between, estimate, in_100, input, list, lower, short};
use super::{chart, with_columns};
use crate::analyse::findings::Estimate;
use crate::output::chart::{Axis, Band, Bin, Chart, Drawing, Figures, Line, Mark, Row, Rule};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// The outcomes whose distribution is drawn, beside those for which a target is set.
const DISTRIBUTIONS: [&str; 3] = ["premium_thousand_pounds", "net_value_thousand_pounds", "need_met_share"];
/// Further outcomes drawn because a target is set, at most.
const MORE: usize = 2;
/// What another picture shows better.
const SHOWN: [&str; 2] = ["months_survived", "partners_at_end"];
/// The measures drawn month by month.
const MONTHLY: [(&str, &str); 5] = [
    ("premium_thousand_pounds", "Premium over working alone so far, month by month"),
    ("need_met_share", "How much of the need is met, month by month"),
    ("trust_share", "Trust between members, month by month"),
    ("morale_share", "Morale of members, month by month"),
    ("partners", "How many partners are members, month by month"),
];
/// The outcomes of which it is shown what they lean on, in this order.
const LEANING: [&str; 3] = ["premium_thousand_pounds", "months_survived", "net_value_thousand_pounds"];
/// Pictures of that at most.
const MOST_LEANING: usize = 2;
/// Inputs drawn at most.
const MOST_INPUTS: usize = 10;
/// Partners drawn at most.
const MOST_PARTNERS: usize = 24;
/// Less of the variance is not worth a word.
const LITTLE: f64 = 0.01;

/// All of them, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let [first, others @ ..] = DISTRIBUTIONS;
    let mut charts = Vec::new();
    charts.extend(survival(kept));
    charts.extend(distribution(kept, first));
    charts.extend(gains(kept));
    charts.extend(LEANING.iter().filter_map(|outcome| leaning(kept, outcome)).take(MOST_LEANING));
    charts.extend(causes(kept));
    charts.extend(MONTHLY.iter().filter_map(|(measure, title)| fan(kept, measure, title)));
    let targets = with_targets(kept);
    let is_new = |outcome: &&str| !DISTRIBUTIONS.contains(outcome) && !SHOWN.contains(outcome);
    let more = targets.iter().map(String::as_str).filter(is_new).take(MORE);
    charts.extend(others.into_iter().chain(more).filter_map(|outcome| distribution(kept, outcome)));
    charts.extend(evaluation(kept));
    charts
}

/// The outcomes for which the scenario sets a target, as columns of the table of replications.
fn with_targets(kept: &Kept) -> Vec<String> {
    let Some(log) = kept.sheet("assumptions") else { return Vec::new() };
    let Some(distributions) = kept.sheet("distributions") else { return Vec::new() };
    let set = log.rows.iter().filter(|row| log.words(row, "set_by") != "default");
    let names: Vec<&str> = set.filter_map(|row| log.words(row, "parameter").strip_prefix("targets.")).collect();
    let column_of = |name: &str| crate::model::outcomes::OUTCOMES.iter().find(|outcome| outcome.name == name);
    let columns = names.into_iter().filter_map(column_of).map(|outcome| outcome.column.to_string());
    columns.filter(|column| distributions.rows_with("outcome", column).count() > 2).collect()
}

/// The number that a fixed parameter of the partnership has.
fn parameter(kept: &Kept, key: &str) -> Option<f64> {
    let log = kept.sheet("assumptions")?;
    let row = log.rows_with("parameter", key).next()?;
    log.words(row, "value").parse().ok()
}

/// When the grant ends, where there is one.
fn grant_end(kept: &Kept) -> Option<Rule> {
    let grant = parameter(kept, "funding.grant").is_none_or(|grant| grant > 0.0);
    let at = parameter(kept, "funding.grant_end")?;
    grant.then(|| Rule { at, name: "the grant ends".to_string() })
}

/// How many are together month by month.
fn survival(kept: &Kept) -> Option<Chart> {
    let columns = ["month", "at_risk", "ended", "share_together", "share_together_low", "share_together_high"];
    let sheet = with_columns(kept, "survival", &columns)?;
    if sheet.column("setup").is_some() {
        return None;
    }
    let at = |row: &[Value]| {
        ["month", "share_together", "share_together_low", "share_together_high"].map(|name| sheet.number(row, name))
    };
    let steps: Vec<[f64; 4]> = sheet.rows.iter().map(|row| at(row)).collect();
    let last = steps.last()?;
    let n = sheet.number(&sheet.rows[0], "at_risk") as u64;
    let mut told = format!("Still together after {} months {}.", last[0], in_100(last[1], [last[2], last[3]], n));
    told += &match steps.iter().find(|step| step[1] <= 0.5) {
        Some(step) => format!(" Half have ended by month {}.", step[0]),
        None => " Fewer than half end before that.".to_string(),
    };
    let rules: Vec<Rule> = grant_end(kept).filter(|rule| rule.at < last[0]).into_iter().collect();
    if let Some(before) = rules.first().and_then(|rule| steps.iter().find(|step| step[0] == rule.at)) {
        told += &format!(" When the grant ends, in month {}, {} are.", before[0], amount(before[1], "share"));
    }
    let line = Line {
        name: "Still together".to_string(),
        points: steps.iter().map(|step| [step[0], step[1]]).collect(),
        is_step: true,
        bands: vec![Band {
            name: "95 % interval".to_string(),
            points: steps.iter().map(|step| [step[0], step[2], step[3]]).collect(),
        }],
    };
    let drawing = Drawing::Lines {
        x: Axis::plain("Month"),
        y: Axis::percent("Partnerships still together"),
        lines: vec![line],
        rules,
    };
    let rows = sheet.rows.iter().map(Vec::as_slice);
    Some(chart(["survival", "How many partnerships are still together"], told, drawing, sheet, rows, &columns))
}

/// How often an outcome lies where.
fn distribution(kept: &Kept, outcome: &str) -> Option<Chart> {
    let columns = ["holds", "from", "to", "count", "share"];
    let sheet = with_columns(kept, "distributions", &columns)?;
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).collect();
    let first = *rows.first()?;
    let (title, unit) = (sheet.words(first, "title"), sheet.words(first, "unit"));
    let bins: Vec<Bin> = rows.iter().filter_map(|row| bin(sheet, row)).collect();
    let summary = kept.sheet("summary")?;
    let found = summary.rows_with("outcome", outcome).next()?;
    let number = |column: &str| summary.number(found, column);
    let n = number("replications") as u64;
    let mut told = format!(
        "The median is {}; half of the replications lie {}, nine in ten {}.",
        amount(number("q50"), unit),
        between(number("q25"), number("q75"), unit),
        between(number("q05"), number("q95"), unit)
    );
    let target = number("target");
    let [share, low, high] = ["share_above_target", "share_above_target_low", "share_above_target_high"].map(number);
    let is_premium = outcome == "premium_thousand_pounds";
    if !share.is_nan() && (target != 0.0 || bins[0].from < 0.0) {
        let what = match (is_premium, target == 0.0) {
            (true, true) => "Better than working alone".to_string(),
            (_, true) => "Above zero".to_string(),
            (_, false) => format!("Above the target of {}", amount(target, unit)),
        };
        told += &format!(" {what} {}.", in_100(share, [low, high], n));
    }
    if is_premium {
        let below = rows.iter().filter(|row| sheet.number(row, "to") <= 0.0 && sheet.words(row, "holds") != "whole");
        let below: f64 = below.map(|row| sheet.number(row, "share")).sum();
        told += &format!(" Below zero, where each alone would have done better, lie {}.", amount(below, "share"));
    }
    told += &tails(sheet, &rows, unit);
    let mut rules = vec![Rule { at: number("q50"), name: "median".to_string() }];
    if is_premium {
        rules.push(Rule { at: 0.0, name: "as well as alone".to_string() });
    } else if target != 0.0 && !target.is_nan() {
        rules.push(Rule { at: target, name: "target".to_string() });
    }
    let drawing = Drawing::Histogram { x: Axis::of_unit(title, unit), y: Axis::percent("Replications"), bins, rules };
    let name = format!("distribution_{}", short(outcome));
    let heading = format!("How {} is distributed", lower(title));
    Some(chart([&name, &heading], told, drawing, sheet, rows, &columns))
}

/// A bar; the few values far out have none.
fn bin(sheet: &Sheet, row: &[Value]) -> Option<Bin> {
    let [from, to, height] = ["from", "to", "share"].map(|column| sheet.number(row, column));
    match sheet.words(row, "holds") {
        "range" => Some(Bin { from, to, height }),
        "whole" => Some(Bin { from: from - 0.5, to: to + 0.5, height }),
        _ => None,
    }
}

/// What lies further out than the bars.
fn tails(sheet: &Sheet, rows: &[&[Value]], unit: &str) -> String {
    let of = |row: &&&[Value]| {
        let (holds, share) = (sheet.words(row, "holds"), sheet.number(row, "share"));
        let [from, to] = ["from", "to"].map(|column| sheet.number(row, column));
        match holds {
            "below" => {
                Some(format!("{} below {}, down to {}", amount(share, "share"), amount(to, unit), amount(from, unit)))
            }
            "above" => {
                Some(format!("{} above {}, up to {}", amount(share, "share"), amount(from, unit), amount(to, unit)))
            }
            _ => None,
        }
    };
    let told: Vec<String> = rows.iter().filter_map(|row| of(&row)).collect();
    match told.is_empty() {
        true => String::new(),
        false => format!(" Not drawn: {}.", list(&told)),
    }
}

/// How a measure goes month by month, with the middle half and the middle nine in ten of the replications.
fn fan(kept: &Kept, measure: &str, title: &str) -> Option<Chart> {
    let columns = ["month", "mean", "q05", "q25", "q50", "q75", "q95"];
    let sheet = with_columns(kept, "series", &columns)?;
    if sheet.column("setup").is_some() {
        return None;
    }
    let rows: Vec<&[Value]> = sheet.rows_with("measure", measure).collect();
    let months: Vec<[f64; 7]> = rows.iter().map(|row| columns.map(|name| sheet.number(row, name))).collect();
    let (first, last) = (months.first()?, months.last()?);
    let varies = months.iter().any(|month| month[2] != month[6] || month[4] != first[4]);
    if !varies {
        return None;
    }
    let unit = sheet.words(rows[0], "unit");
    let told = format!(
        "The median goes from {} in month {} to {} in month {}.{} At the end half of the replications lie {}, nine in ten {}.",
        amount(first[4], unit),
        first[0],
        amount(last[4], unit),
        last[0],
        on_the_way(&months, unit),
        between(last[3], last[5], unit),
        between(last[2], last[6], unit)
    );
    let band = |name: &str, [low, high]: [usize; 2]| Band {
        name: name.to_string(),
        points: months.iter().map(|month| [month[0], month[low], month[high]]).collect(),
    };
    let line = Line {
        name: "Median".to_string(),
        points: months.iter().map(|month| [month[0], month[4]]).collect(),
        is_step: false,
        bands: vec![band("nine in ten replications", [2, 6]), band("half of the replications", [3, 5])],
    };
    let axis = title.split(',').next().unwrap_or(title);
    let rules = grant_end(kept).filter(|rule| rule.at < last[0]).into_iter().collect();
    let drawing = Drawing::Lines { x: Axis::plain("Month"), y: Axis::of_unit(axis, unit), lines: vec![line], rules };
    let name = format!("monthly_{}", short(measure));
    Some(chart([&name, title], told, drawing, sheet, rows, &columns))
}

/// Where a median is lowest or highest between its ends, if that is far beyond both: each month with mean and quantiles.
fn on_the_way(months: &[[f64; 7]], unit: &str) -> String {
    let ends = [months[0][4], months[months.len() - 1][4]];
    let [low, high] = [f64::min(ends[0], ends[1]), f64::max(ends[0], ends[1])];
    let lowest = months.iter().min_by(|a, b| a[4].total_cmp(&b[4])).unwrap_or(&months[0]);
    let highest = months.iter().max_by(|a, b| a[4].total_cmp(&b[4])).unwrap_or(&months[0]);
    let widest = months.iter().map(|month| month[6] - month[2]).fold(0.0, f64::max);
    let far = 0.2 * widest;
    let told =
        |word: &str, month: &[f64; 7]| format!(" It is {word}, {}, in month {}.", amount(month[4], unit), month[0]);
    let below = (low - lowest[4] > far).then(|| told("lowest", lowest));
    let above = (highest[4] - high > far).then(|| told("highest", highest));
    below.into_iter().chain(above).collect()
}

/// Who gains and who loses.
fn gains(kept: &Kept) -> Option<Chart> {
    let columns =
        ["partner", "sector", "mean_gain_thousand_pounds", "mc_standard_error_gain_thousand_pounds", "mean_better_off"];
    let sheet = with_columns(kept, "partners", &columns)?;
    let gain = |row: &[Value]| sheet.number(row, "mean_gain_thousand_pounds");
    let mut rows: Vec<&[Value]> = sheet.rows.iter().map(Vec::as_slice).filter(|row| !gain(row).is_nan()).collect();
    // Stable: of equals the one that is listed first.
    rows.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    let n = rows.len();
    let ahead = rows.iter().filter(|row| interval(sheet, row)[0] > 0.0).count();
    let behind = rows.iter().filter(|row| interval(sheet, row)[1] < 0.0).count();
    let (first, last) = (*rows.first()?, *rows.last()?);
    let unit = "thousand pounds";
    let of =
        |row: &[Value]| format!("{}, {}", sheet.words(row, "partner"), estimate(gain(row), interval(sheet, row), unit));
    let mut told = format!(
        "On average, {} of {n} partners clearly do better together than alone, {behind} clearly worse. First {}; last {}.",
        ahead,
        of(first),
        of(last)
    );
    if n > MOST_PARTNERS {
        told += &format!(" Drawn: the first and the last {}.", MOST_PARTNERS / 2);
        rows.drain(MOST_PARTNERS / 2..n - MOST_PARTNERS / 2);
    }
    let drawn = rows.iter().map(|row| Row {
        note: format!("better off in {}", amount(sheet.number(row, "mean_better_off"), "share")),
        ..Row::new(sheet.words(row, "partner"), gain(row), interval(sheet, row))
    });
    let drawing = Drawing::Rows {
        x: Axis { title: "Net benefit together less alone, on average (pounds)".to_string(), figures: Figures::Money },
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: vec![Rule { at: 0.0, name: "as well as alone".to_string() }],
    };
    Some(chart(["gains", "Who gains and who loses"], told, drawing, sheet, rows, &columns))
}

/// The interval of a partner's gain.
fn interval(sheet: &Sheet, row: &[Value]) -> [f64; 2] {
    let value = sheet.number(row, "mean_gain_thousand_pounds");
    let mc_standard_error = sheet.number(row, "mc_standard_error_gain_thousand_pounds");
    let interval = Estimate { value, mc_standard_error }.interval();
    [interval.low, interval.high]
}

/// What those that failed failed by.
fn causes(kept: &Kept) -> Option<Chart> {
    let bounds = ["share_above_target_low", "share_above_target_high"];
    let columns = ["title", "replications", "mean", bounds[0], bounds[1]];
    let sheet = with_columns(kept, "summary", &columns)?;
    let is_cause =
        |row: &&[Value]| sheet.words(row, "outcome").starts_with("cause_") && sheet.number(row, "mean") > 0.0;
    let mut rows: Vec<&[Value]> = sheet.rows.iter().map(Vec::as_slice).filter(is_cause).collect();
    rows.sort_by(|a, b| sheet.number(b, "mean").total_cmp(&sheet.number(a, "mean")));
    let name = |row: &[Value]| {
        let title = sheet.words(row, "title");
        title.split_once(": ").map_or(title, |(_, cause)| cause).to_string()
    };
    let share = |row: &[Value]| (sheet.number(row, "mean"), bounds.map(|bound| sheet.number(row, bound)));
    let failed = sheet.rows_with("outcome", "failed").next()?;
    let first = *rows.first()?;
    let (value, ends) = share(failed);
    let (n_failed, n) = (sheet.number(first, "replications") as u64, sheet.number(failed, "replications") as u64);
    let (most, most_ends) = share(first);
    let told = format!(
        "Dissolved or not worth what was put into it {}. Of these, what most decided it was {} {}.",
        in_100(value, ends, n),
        name(first),
        in_100(most, most_ends, n_failed)
    );
    let drawn = rows.iter().map(|row| {
        let (value, ends) = share(row);
        Row::new(&name(row), value, ends)
    });
    let drawing = Drawing::Rows {
        x: Axis::percent("Of the partnerships that failed"),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: Vec::new(),
    };
    Some(chart(["causes", "What most decided the failures"], told, drawing, sheet, rows, &columns))
}

/// Which uncertain inputs an outcome leans on.
fn leaning(kept: &Kept, outcome: &str) -> Option<Chart> {
    let columns = ["input", "value", "grade", "source", "rank_correlation", "low", "high", "share_of_variance"];
    let sheet = with_columns(kept, "influence", &columns)?;
    let rows: Vec<&[Value]> = sheet.rows_with("outcome", outcome).take(MOST_INPUTS).collect();
    let first = *rows.first()?;
    let title = lower(sheet.words(first, "title"));
    let correlation = |row: &[Value]| ["rank_correlation", "low", "high"].map(|name| sheet.number(row, name));
    let drawn = rows.iter().map(|row| {
        let [value, low, high] = correlation(row);
        Row {
            note: sheet.words(row, "grade").to_string(),
            ..Row::new(&input(sheet.words(row, "input")), value, [low, high])
        }
    });
    let drawing = Drawing::Rows {
        x: Axis::plain("Rank correlation: 1 rises with it, -1 falls with it, 0 neither"),
        mark: Mark::Bar,
        rows: drawn.collect(),
        rules: Vec::new(),
    };
    let name = format!("leans_on_{}", short(outcome));
    let heading = format!("What {title} leans on");
    Some(chart([&name, &heading], leans(sheet, &rows, &title), drawing, sheet, rows, &columns))
}

/// The inputs that matter most, with the evidence for each, and how much is luck.
fn leans(sheet: &Sheet, rows: &[&[Value]], title: &str) -> String {
    let is_clear = |row: &&&[Value]| {
        let [low, high, share] = ["low", "high", "share_of_variance"].map(|name| sheet.number(row, name));
        (low > 0.0 || high < 0.0) && share >= LITTLE
    };
    let of = |row: &&[Value]| {
        let grade = match sheet.words(row, "grade") {
            "given" => "given by the scenario".to_string(),
            grade => grade.to_string(),
        };
        format!(
            "{} ({}; {grade})",
            input(sheet.words(row, "input")),
            amount(sheet.number(row, "share_of_variance"), "share")
        )
    };
    let named: Vec<String> = rows.iter().filter(is_clear).take(3).map(of).collect();
    let mut told = match named.is_empty() {
        true => format!(
            "No single uncertain input accounts for as much as 1 % of how {title} differs between replications."
        ),
        false => format!(
            "This conclusion leans on {}: the share of the variation in {title} that goes with each, in ranks, and how well it is supported.",
            list(&named)
        ),
    };
    let all = rows.first().map_or(f64::NAN, |row| sheet.number(row, "share_of_all_inputs"));
    if !all.is_nan() {
        told += &format!(
            " All uncertain inputs together account for {}; the rest is luck, or inputs that work in ways a ranking does not show.",
            amount(all, "share")
        );
    }
    told + " What the scenario holds fixed is not varied, so nothing is said of its influence."
}

/// What an evaluator would find beside what is true.
fn evaluation(kept: &Kept) -> Option<Chart> {
    let columns = ["measure", "meaning", "value", "low", "high"];
    let sheet = with_columns(kept, "evaluation", &columns)?;
    let measures = ["true_effect", "estimate", "bias"];
    let rows: Vec<&[Value]> = measures.iter().filter_map(|name| sheet.rows_with("measure", name).next()).collect();
    let names = ["True effect", "What the evaluator would find", "Bias"];
    let value = |row: &[Value]| (sheet.number(row, "value"), ["low", "high"].map(|end| sheet.number(row, end)));
    let drawn: Vec<Row> = rows
        .iter()
        .zip(names)
        .map(|(row, name)| {
            let (value, ends) = value(row);
            Row::new(name, value, ends)
        })
        .collect();
    let [truth, found, bias] = rows[..] else { return None };
    let told = |row: &[Value]| {
        let (value, ends) = value(row);
        estimate(value, ends, "share")
    };
    let words = format!(
        "Of the people in need the partnership truly helps {} more than working alone, on average; an evaluator would find {}, which is a bias of {}.",
        told(truth),
        told(found),
        told(bias)
    );
    let drawing = Drawing::Rows {
        x: Axis::percent("People in need helped, together less alone"),
        mark: Mark::Dot,
        rows: drawn,
        rules: vec![Rule { at: 0.0, name: "no effect".to_string() }],
    };
    Some(chart(["evaluation", "What an evaluator would find"], words, drawing, sheet, rows, &columns))
}
