//! What an experiment found, as tables: a row a point, the effects of levels, the policies over all worlds.

pub mod words;

use super::assumptions;
use super::column::Column;
use super::sheet::{Sheet, Value};
use super::{choosing, sensitivity};
use crate::analyse::effects::Effect;
use crate::analyse::findings::CONFIDENCE;
use crate::analyse::point::{Asked, PointFinding};
use crate::analyse::policies::OverWorlds;
use crate::analyse::wilson::{Interval, wilson};
use crate::experiment::design::Point;
use crate::experiment::design::marginal::{Level, Marginal};
use crate::experiment::file::Experiment;
use crate::experiment::quantity::{Quantity, Variable};
use crate::model::outcomes::CAUSES;
use crate::scenario::Scenario;

/// The file by which a folder keeps what an experiment was asked.
pub const FILE: &str = "experiment.toml";

/// An experiment and what was found at its points.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// What was asked.
    pub experiment: &'a Experiment,
    /// What is known of every point.
    pub asked: &'a Asked,
    /// The points.
    pub points: &'a [Point],
    /// What was found: point by point, within a point policy by policy.
    pub findings: &'a [PointFinding],
    /// The main effects, of a design of levels.
    pub effects: &'a [Effect],
    /// `[policy][quantity]`, each policy against the first.
    pub policies: &'a [Vec<OverWorlds>],
}

fn unit(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Probability(_) => "share",
        _ => quantity.variable().unit(),
    }
}

/// The names of the tables, before anything is known.
pub fn names(experiment: &Experiment) -> Vec<String> {
    let mut names = vec!["design", "points", "summary", "factors", "assumptions", "data_dictionary"];
    if experiment.policies.len() > 1 {
        names.push("policies");
    }
    if matches!(experiment.design.word(), "factorial" | "one_at_a_time") {
        names.push("effects");
    }
    names.extend(sensitivity::SHEETS);
    names.extend(choosing::NAMES);
    names.extend(["boxes", "restrictions", "trajectory", "tree", "worlds", "failures"]);
    names.into_iter().map(|name| format!("{name}.csv")).collect()
}

/// Every table.
pub fn sheets(found: &Found, base: &Scenario) -> Vec<Sheet> {
    let mut sheets =
        vec![design(found), points(found), summary(found), factors(found.experiment, found.points), of_base(base)];
    if found.experiment.policies.len() > 1 {
        sheets.push(policies(found));
    }
    if !found.effects.is_empty() {
        sheets.push(effects(found));
    }
    sheets
}

fn at() -> [Column; 2] {
    [
        Column::whole("point", "Number of the design point, from 1.", "number"),
        Column::text("policy", "Name of the policy; base where the experiment has none."),
    ]
}

impl Found<'_> {
    /// A name for the column of a quantity: that of its outcome where it is the mean, unless a factor is called so.
    pub fn name(&self, quantity: &Quantity) -> String {
        let is_taken = |name: &str| self.experiment.factors.iter().any(|factor| factor.name == name);
        match quantity {
            Quantity::Mean(variable) if !is_taken(variable.name()) => variable.name().to_string(),
            _ => quantity.to_string(),
        }
    }

    /// Every set-up: number of the point, the point, name of the policy, what was found.
    fn set_ups(&self) -> impl Iterator<Item = (usize, &Point, &str, &PointFinding)> {
        let n = self.experiment.policies.len();
        self.findings.iter().enumerate().map(move |(at, finding)| {
            (1 + at / n, &self.points[at / n], self.experiment.policies[at % n].name.as_str(), finding)
        })
    }
}

fn has_words(experiment: &Experiment, points: &[Point], factor: usize) -> bool {
    let is_word = |value: Option<&Level>| matches!(value, Some(Level::Word(_)));
    is_word(experiment.base[factor].as_ref()) || points.iter().any(|point| is_word(point.values[factor].as_ref()))
}

/// One column a factor.
fn factor_columns(experiment: &Experiment, points: &[Point]) -> Vec<Column> {
    let column = |(k, factor): (usize, &crate::experiment::design::Factor)| {
        let meaning = format!("Value of the factor, which sets {}.", factor.paths.join(", "));
        if has_words(experiment, points, k) {
            Column::text(&factor.name, &meaning)
        } else {
            Column::number(&factor.name, &meaning, &experiment.units[k])
        }
    };
    experiment.factors.iter().enumerate().map(column).collect()
}

/// The values of a point; where it leaves the scenario alone, the scenario's own.
fn factor_cells(experiment: &Experiment, points: &[Point], point: &Point) -> Vec<Value> {
    let cell = |(k, value): (usize, &Option<Level>)| {
        let value = value.as_ref().or(experiment.base[k].as_ref());
        match value {
            Some(Level::Number(number)) if !has_words(experiment, points, k) => Value::Number(*number),
            Some(level) => Value::Text(level.text()),
            None if has_words(experiment, points, k) => Value::Text(String::new()),
            None => Value::Number(f64::NAN),
        }
    };
    point.values.iter().enumerate().map(cell).collect()
}

fn design(found: &Found) -> Sheet {
    let columns = design_columns(factor_columns(found.experiment, found.points));
    let mut sheet = Sheet::new("design", "The points of the design", columns);
    for (number, point, policy, _) in found.set_ups() {
        let mut row: Vec<Value> = vec![number.into(), policy.into(), point.group.into(), point.part.as_str().into()];
        row.extend(factor_cells(found.experiment, found.points, point));
        sheet.push(row);
    }
    sheet
}

/// The columns of `design`, with those of the factors.
pub(in crate::output) fn design_columns(factors: Vec<Column>) -> Vec<Column> {
    let mut columns = at().to_vec();
    columns.push(Column::whole(
        "group",
        "Base row or trajectory the point belongs to, from 0; one at a time, the factor, from 1.",
        "number",
    ));
    columns.push(Column::text(
        "part",
        "What the point is in its group: A, B, AB_ and the factor that comes from B, BA_ and the factor that comes from A; the factor that has just moved; empty in other designs.",
    ));
    columns.extend(factors);
    columns
}

fn points(found: &Found) -> Sheet {
    let quantity = |quantity: &Quantity| {
        let meaning = format!("{quantity} over the replications of the point. {}", quantity.variable().meaning());
        Column::number(&found.name(quantity), &meaning, unit(quantity))
    };
    let factors = factor_columns(found.experiment, found.points);
    let columns = points_columns(factors, found.asked.quantities.iter().map(quantity));
    let mut sheet = Sheet::new("points", "What was found at each point", columns);
    for (number, point, policy, finding) in found.set_ups() {
        let mut row: Vec<Value> = vec![number.into(), policy.into()];
        row.extend(factor_cells(found.experiment, found.points, point));
        for one in &finding.quantities {
            row.extend([one.estimate.value, one.estimate.mc_standard_error].map(Value::Number));
        }
        row.push(finding.n.into());
        sheet.push(row);
    }
    sheet
}

/// The columns of `points`, with those of the factors and of the quantities, each of which has one for its error.
pub(in crate::output) fn points_columns(
    factors: Vec<Column>,
    quantities: impl IntoIterator<Item = Column>,
) -> Vec<Column> {
    let mut columns = at().to_vec();
    columns.extend(factors);
    for quantity in quantities {
        let (name, unit) = (quantity.name.clone(), quantity.unit.clone());
        columns.push(quantity);
        columns.push(Column::number(&format!("{name}_se"), &format!("Monte Carlo standard error of {name}."), &unit));
    }
    columns.push(Column::whole("n", "Replications of the point.", "replications"));
    columns
}

fn summary(found: &Found) -> Sheet {
    let mut sheet = Sheet::new("summary", "Every outcome at every point", summary_columns());
    for (number, _, policy, finding) in found.set_ups() {
        for (variable, one) in found.asked.variables.iter().zip(&finding.variables) {
            let mut row = head(number, policy, variable.column(), variable.unit(), finding.n);
            let quantiles = if *variable == Variable::Failed { [f64::NAN; 5] } else { one.quantiles };
            let moments = one.moments;
            row.extend([moments.mean(), moments.sd(), moments.mc_standard_error()].map(Value::Number));
            row.extend(quantiles.map(Value::Number));
            row.extend(held_against(one.target, one.above_target, finding.n));
            row.push((one.above_zero as f64 / finding.n as f64).into());
            sheet.push(row);
        }
        if found.asked.variables.contains(&Variable::Failed) {
            causes(&mut sheet, number, policy, finding);
        }
    }
    sheet
}

/// The columns of `summary`.
pub(in crate::output) fn summary_columns() -> Vec<Column> {
    let mut columns = at().to_vec();
    columns.extend([
        Column::outcome(),
        Column::text("unit", "Unit of mean, sd, mc_standard_error, quantiles and target."),
        Column::whole("replications", "Replications the row rests on.", "replications"),
    ]);
    columns.extend(Column::spread());
    columns.extend(Column::held_against());
    columns.push(Column::number(
        "share_above_zero",
        "Share of the replications in which the outcome is greater than 0.",
        "share",
    ));
    columns
}

fn head(point: usize, policy: &str, outcome: &str, unit: &str, n: u64) -> Vec<Value> {
    vec![point.into(), policy.into(), outcome.into(), unit.into(), n.into()]
}

fn held_against(target: f64, count: u64, n: u64) -> [Value; 4] {
    let Interval { low, high } = wilson(count, n, CONFIDENCE);
    [target, count as f64 / n as f64, low, high].map(Value::Number)
}

fn causes(sheet: &mut Sheet, number: usize, policy: &str, finding: &PointFinding) {
    let failed: u64 = finding.causes[1..].iter().sum();
    for (cause, &count) in CAUSES[1..].iter().zip(&finding.causes[1..]) {
        let share = crate::analyse::findings::Share::new(count, failed);
        let (sd, error) = share.spread(failed);
        let mut row = head(number, policy, &format!("cause_{}", cause.name), "0 or 1", failed);
        row.extend([share.value, sd, error].map(Value::Number));
        row.extend([f64::NAN; 5].map(Value::Number));
        row.extend(held_against(0.0, count, failed));
        row.push(share.value.into());
        sheet.push(row);
    }
}

/// The least and the greatest value of a factor; NaN of words.
fn ends(experiment: &Experiment, points: &[Point], factor: usize) -> [f64; 2] {
    if has_words(experiment, points, factor) {
        return [f64::NAN; 2];
    }
    let value = |point: &Point| match point.values[factor].as_ref().or(experiment.base[factor].as_ref()) {
        Some(Level::Number(number)) => *number,
        _ => f64::NAN,
    };
    let values: Vec<f64> = points.iter().map(value).collect();
    [values.iter().copied().fold(f64::NAN, f64::min), values.iter().copied().fold(f64::NAN, f64::max)]
}

fn factors(experiment: &Experiment, points: &[Point]) -> Sheet {
    let mut sheet = Sheet::new("factors", "What was varied", factors_columns());
    for (k, factor) in experiment.factors.iter().enumerate() {
        let base = experiment.base[k].as_ref().map_or(String::new(), Level::text);
        let values = match &factor.marginal {
            Marginal::Share if experiment.design.word() == "table" => "as in the table".to_string(),
            marginal => marginal.text(),
        };
        let cells = [factor.name.clone(), factor.paths.join(", "), factor.role.word().to_string(), values, base];
        let mut row: Vec<Value> = cells.map(Value::from).to_vec();
        row.push(experiment.units[k].as_str().into());
        row.extend(ends(experiment, points, k).map(Value::Number));
        sheet.push(row);
    }
    sheet
}

/// The columns of `factors`.
pub(in crate::output) fn factors_columns() -> Vec<Column> {
    vec![
        Column::text("factor", "Name of the factor."),
        Column::text("path", "What it sets in the scenario; several paths are separated by commas."),
        Column::text("role", "choice, where somebody decides it; uncertain, where nobody knows it."),
        Column::text(
            "values",
            "Levels or distribution, as an experiment file writes them; share, where it gets part of a sum.",
        ),
        Column::text("base", "What the scenario itself has; empty where that is no one number or word."),
        Column::text("unit", "Unit of its values."),
        Column::number("low", "Least of its values at the points; empty of words.", "as unit"),
        Column::number("high", "Greatest of its values at the points; empty of words.", "as unit"),
    ]
}

fn of_base(base: &Scenario) -> Sheet {
    let title = "Every parameter of the scenario that was varied";
    Sheet { rows: assumptions::rows(base), ..Sheet::new("assumptions", title, assumptions::columns()) }
}

fn policies(found: &Found) -> Sheet {
    let mut sheet = Sheet::new("policies", "The policies over all worlds", policies_columns());
    for (policy, found_of) in found.experiment.policies.iter().zip(found.policies) {
        for (quantity, one) in found.asked.quantities.iter().zip(found_of) {
            let mut row: Vec<Value> = vec![
                policy.name.as_str().into(),
                found.name(quantity).into(),
                unit(quantity).into(),
                one.worlds.into(),
            ];
            row.extend([one.mean.value, one.sd, one.mean.mc_standard_error].map(Value::Number));
            row.extend([one.difference.value, one.interval.low, one.interval.high].map(Value::Number));
            row.push((one.greater as f64 / one.worlds as f64).into());
            sheet.push(row);
        }
    }
    sheet
}

/// The columns of `policies`.
pub(in crate::output) fn policies_columns() -> Vec<Column> {
    let unit_of = "see column unit";
    vec![
        Column::text("policy", "Name of the policy."),
        Column::text("outcome", "Column of points.csv that the row is about."),
        Column::text("unit", "Unit of mean, sd and difference."),
        Column::whole("worlds", "Design points that the policy met.", "points"),
        Column::number("mean", "Mean over the worlds.", unit_of),
        Column::number("sd", "Standard deviation over the worlds.", unit_of),
        Column::number(
            "standard_error",
            "Standard error of the mean, as with other worlds and other replications drawn (of a quantile with other worlds only).",
            unit_of,
        ),
        Column::number(
            "difference",
            "Mean over the worlds of the difference to the first policy in the same world.",
            unit_of,
        ),
        Column::number(
            "difference_low",
            "Lower bound of its 95 % interval, which covers other worlds and other replications (of a quantile other worlds only).",
            unit_of,
        ),
        Column::number(
            "difference_high",
            "Upper bound of its 95 % interval, which covers other worlds and other replications (of a quantile other worlds only).",
            unit_of,
        ),
        Column::number(
            "greater_share",
            "Share of the worlds in which it is greater than with the first policy.",
            "share",
        ),
    ]
}

fn effects(found: &Found) -> Sheet {
    let mut sheet = Sheet::new("effects", "What each level makes of each outcome", effects_columns());
    for effect in found.effects {
        let quantity = &found.asked.quantities[effect.quantity];
        let against = effect.against.as_ref().map_or("as it is".to_string(), Level::text);
        let factor = &found.experiment.factors[effect.factor].name;
        let texts = [factor.clone(), effect.level.text(), against, found.name(quantity), unit(quantity).to_string()];
        let (estimate, interval) = (effect.difference.estimate, effect.difference.interval);
        let mut row: Vec<Value> = texts.map(Value::from).to_vec();
        row.extend([estimate.value, estimate.mc_standard_error, interval.low, interval.high].map(Value::Number));
        sheet.push(row);
    }
    sheet
}

/// The columns of `effects`.
pub(in crate::output) fn effects_columns() -> Vec<Column> {
    let unit_of = "see column unit";
    vec![
        Column::text("factor", "Name of the factor."),
        Column::text("level", "The level it is set to."),
        Column::text(
            "against",
            "The level it is held against: in a factorial the first, the others averaged over; one at a time the scenario as it is.",
        ),
        Column::text("outcome", "Column of points.csv that the row is about."),
        Column::text("unit", "Unit of the difference."),
        Column::number("difference", "Mean difference, paired by replication.", unit_of),
        Column::number("mc_standard_error", "Monte Carlo standard error of the difference.", unit_of),
        Column::number("low", "Lower bound of its 95 % interval.", unit_of),
        Column::number("high", "Upper bound of its 95 % interval.", unit_of),
    ]
}
