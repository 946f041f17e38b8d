//! A calibration as tables and sentences.

use super::column::Column;
use super::figure::{counted, decimals_for, decimals_to_show, grouped};
use super::sheet::{Sheet, Value};
use crate::analyse::abc::{Generation, Particle};
use crate::analyse::posterior::{Fit, Learnt, Lesson};
use crate::analyse::wilson::Interval;
use crate::experiment::observed::Observed;
use crate::experiment::prior::Prior;
use crate::scenario::notation::number;

/// Names of the tables.
pub const SHEETS: [&str; 5] = ["posterior", "prior_posterior", "fit", "particles", "generations"];

/// Share of luck in the error from which on it is told.
const NOTICEABLE_LUCK: f64 = 0.3;

/// Misfits named one by one; more are counted.
const MOST_NAMED: usize = 3;

/// What was asked and found.
#[derive(Debug, Clone)]
pub struct Calibrated<'a> {
    /// What was believed before.
    pub priors: &'a [Prior],
    /// What was observed.
    pub observed: &'a [Observed],
    /// The equally weighted particles: `posterior[parameter][particle]`.
    pub posterior: Vec<Vec<f64>>,
    /// The particles kept, nearest first, and their values.
    pub particles: Vec<(Particle, Vec<f64>)>,
    /// What each generation reached.
    pub generations: Vec<Generation>,
    /// Mean and standard deviation of each prior, and its middle 95 %.
    pub before: Vec<(f64, f64, Interval)>,
    /// What was learnt of each parameter.
    pub learnt: Vec<Learnt>,
    /// Values that stand for each posterior, each equally likely.
    pub standing: Vec<Vec<f64>>,
    /// What each observation is against what is predicted.
    pub fits: Vec<Fit>,
    /// Whether predictions come from fresh replications.
    pub is_predicted_afresh: bool,
    /// Share of the error in the figures that is luck of the replications; NaN where that was not found out.
    pub luck: f64,
    /// Replications of each set-up.
    pub replications: u64,
    /// Parameters that are known together: positions and correlation.
    pub traded: Vec<(usize, usize, f64)>,
    /// Why the search ended.
    pub ended: Ended,
}

/// Why a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// New particles were hardly ever nearer than the kept ones.
    Settled,
    /// The wanted tolerance was reached.
    Tolerance,
    /// All particles that were allowed were tried.
    Budget,
    /// It was interrupted.
    Interrupted,
}

impl Calibrated<'_> {
    /// The tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![self.posterior(), self.prior_posterior(), self.fit(), self.particles(), self.generations()]
    }

    fn posterior(&self) -> Sheet {
        let column = |prior: &Prior| {
            Column::number(
                &prior.path,
                "A value of this parameter; a row goes together, and all rows count the same.",
                prior.unit,
            )
        };
        let mut sheet =
            Sheet::new(SHEETS[0], "What is believed after the data", self.priors.iter().map(column).collect());
        let n = self.posterior.first().map_or(0, Vec::len);
        (0..n).for_each(|i| sheet.push(self.posterior.iter().map(|column| column[i].into()).collect()));
        sheet
    }

    fn prior_posterior(&self) -> Sheet {
        let mut sheet = Sheet::new(SHEETS[1], "What the data taught of each parameter", prior_posterior_columns());
        for (i, prior) in self.priors.iter().enumerate() {
            let (learnt, (mean, sd, interval)) = (&self.learnt[i], &self.before[i]);
            let numbers = [
                *mean,
                *sd,
                interval.low,
                interval.high,
                learnt.mean,
                learnt.mc_standard_error,
                learnt.sd,
                learnt.interval.low,
                learnt.median,
                learnt.interval.high,
                learnt.removed,
                learnt.moved,
            ];
            let mut row: Vec<Value> = vec![prior.path.as_str().into(), prior.unit.into()];
            row.extend(numbers.map(Value::from));
            row.extend([word(learnt.lesson).into(), self.as_uncertainty(i).into()]);
            sheet.push(row);
        }
        sheet
    }

    fn fit(&self) -> Sheet {
        let source = if self.is_predicted_afresh {
            "by particles of the posterior on fresh replications"
        } else {
            "by the particles kept, on the replications that they were chosen by"
        };
        let mut sheet = Sheet::new(SHEETS[2], "What was observed against what is predicted", fit_columns(source));
        for (observed, fit) in self.observed.iter().zip(&self.fits) {
            sheet.push(vec![
                observed.summary.measure().into(),
                observed.summary.month().unwrap_or(0).into(),
                observed.value.into(),
                observed.standard_error.into(),
                fit.median.into(),
                fit.interval.low.into(),
                fit.interval.high.into(),
                fit.below.into(),
                if fit.is_within { "yes" } else { "no" }.into(),
            ]);
        }
        sheet
    }

    fn particles(&self) -> Sheet {
        let mut columns = particle_columns();
        columns.extend(
            self.priors.iter().map(|prior| Column::number(&prior.path, "Its value of this parameter.", prior.unit)),
        );
        columns.extend(self.observed.iter().map(|observed| {
            Column::number(
                &observed.summary.to_string(),
                "What its simulation gave, error of observation added.",
                "in the unit of the measure",
            )
        }));
        let mut sheet = Sheet::new(SHEETS[3], "The particles kept, nearest first", columns);
        let total: f64 = self.particles.iter().map(|(particle, _)| particle.weight).sum();
        for (particle, values) in &self.particles {
            let mut row: Vec<Value> =
                vec![particle.number.into(), (particle.weight / total).into(), particle.distance.into()];
            row.extend(values.iter().chain(&particle.simulated).map(|&value| Value::Number(value)));
            sheet.push(row);
        }
        sheet
    }

    fn generations(&self) -> Sheet {
        let mut sheet = Sheet::new(SHEETS[4], "How the search went", generation_columns());
        for (i, generation) in self.generations.iter().enumerate() {
            sheet.push(vec![
                (i + 1).into(),
                generation.trials.into(),
                generation.tolerance.into(),
                generation.acceptance.into(),
                generation.effective_size.into(),
            ]);
        }
        sheet
    }

    /// What was learnt, for people: headings and rows.
    pub fn table(&self) -> ([&'static str; 5], Vec<Vec<String>>) {
        let row = |(i, prior): (usize, &Prior)| {
            let (learnt, (_, sd, before)) = (&self.learnt[i], &self.before[i]);
            let decimals = decimals_to_show(sd / 10.0, if prior.is_whole { 0 } else { decimals_for(before.high) });
            let range = |interval: Interval| {
                format!("{} to {}", grouped(interval.low, decimals), grouped(interval.high, decimals))
            };
            vec![
                prior.path.clone(),
                range(*before),
                range(learnt.interval),
                grouped(learnt.median, decimals),
                word(learnt.lesson).to_string(),
            ]
        };
        (["Parameter", "Before", "After", "Median", "Data say"], self.priors.iter().enumerate().map(row).collect())
    }

    /// What was found, in words.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.how_well()];
        sentences.extend(self.misfits());
        sentences.extend(self.priors.iter().zip(&self.learnt).filter_map(|(prior, learnt)| match learnt.lesson {
            Lesson::Nothing => Some(format!(
                "The data say nothing about {}: what is believed of it is what was believed before.",
                prior.path
            )),
            _ => None,
        }));
        sentences.extend(self.traded.iter().map(|&(i, j, r)| {
            let way = if r < 0.0 {
                "the less of one, the more of the other"
            } else {
                "the more of one, the more of the other"
            };
            let (a, b) = (&self.priors[i].path, &self.priors[j].path);
            format!("{a} and {b} are known together rather than each by itself ({way}; correlation {}).", grouped(r, 2))
        }));
        sentences.push(self.how_it_ended());
        sentences.extend(self.how_lucky());
        sentences.extend(self.how_to_use());
        sentences
    }

    fn how_well(&self) -> String {
        let (n, within) = (self.fits.len(), self.fits.iter().filter(|fit| fit.is_within).count());
        let afresh = if self.is_predicted_afresh { ", on fresh replications" } else { "" };
        if within == n {
            return format!(
                "The calibrated scenario reproduces what was observed: {} within the 95 % that it predicts{afresh}.",
                if n == 1 { "it lies".to_string() } else { format!("all {n} figures lie") }
            );
        }
        format!(
            "The calibrated scenario reproduces {within} of the {n} figures observed{afresh}; for the others the model, the ranges or the data are wrong."
        )
    }

    fn misfits(&self) -> Vec<String> {
        let outside: Vec<(&Observed, &Fit)> =
            self.observed.iter().zip(&self.fits).filter(|(_, fit)| !fit.is_within).collect();
        let told = |(observed, fit): &(&Observed, &Fit)| {
            let decimals = decimals_for(observed.value.abs().max(fit.median.abs()));
            let figure = |value: f64| grouped(value, decimals);
            let (low, high) = (figure(fit.interval.low), figure(fit.interval.high));
            format!(
                "{} was observed at {} and is predicted at {low} to {high}.",
                observed.summary,
                figure(observed.value)
            )
        };
        outside.iter().take(MOST_NAMED).map(told).collect()
    }

    fn how_it_ended(&self) -> String {
        let Some(last) = self.generations.last() else { return String::new() };
        let tried = counted(last.trials, "set-up");
        let effective = grouped(last.effective_size, 0);
        let why = match self.ended {
            Ended::Settled => "new ones came hardly ever nearer",
            Ended::Tolerance => "the tolerance asked for was reached",
            Ended::Budget => "no more were allowed: with more (--trials) the answer may still narrow",
            Ended::Interrupted => "it was interrupted: with more the answer may still narrow",
        };
        format!(
            "{tried} were tried in {} generations, until {why}. The particles kept lie within {} scales of what was observed and are worth {effective} independent ones.",
            self.generations.len(),
            grouped(last.tolerance, 2)
        )
    }

    /// Whether more replications would narrow the answer.
    fn how_lucky(&self) -> Option<String> {
        let n = counted(self.replications, "replication");
        (self.luck >= NOTICEABLE_LUCK).then(|| {
            format!(
                "Of the error in the figures {} % is luck of the {n} of each set-up, the rest error of the data: more --replications would narrow the answer.",
                grouped(100.0 * self.luck, 0)
            )
        })
    }

    /// How a scenario takes up what was learnt.
    fn how_to_use(&self) -> Vec<String> {
        let best = self.learnt.iter().enumerate().max_by(|a, b| a.1.removed.total_cmp(&b.1.removed));
        let example = best.map(|(i, _)| format!("For one parameter by itself the column as_uncertainty of prior_posterior.csv can be copied into a scenario or a --set, such as {}.", self.priors[i].path));
        let mut told = vec![
            "posterior.csv has one row a particle and one column a path, ready to be the table of an experiment."
                .to_string(),
        ];
        told.extend(example);
        told
    }

    fn as_uncertainty(&self, i: usize) -> String {
        if self.priors[i].is_whole {
            return number(self.learnt[i].median.round());
        }
        let values: Vec<String> = self.standing[i].iter().map(|&value| number(rounded(value))).collect();
        format!("{{ observed = [{}] }}", values.join(", "))
    }
}

/// The columns of `particles` before those of the parameters and of what was observed.
pub(super) fn particle_columns() -> Vec<Column> {
    vec![
        Column::whole("trial", "Number of the particle, from 0, among all that were tried.", "trials"),
        Column::number("weight", "Its weight; the weights sum to one.", "share"),
        Column::number(
            "distance",
            "How far its simulation is from what was observed: root of the mean squared distance, each on its scale.",
            "scales",
        ),
    ]
}

/// The columns of `generations`.
pub(super) fn generation_columns() -> Vec<Column> {
    vec![
        Column::whole("generation", "Its number, from 1.", "generations"),
        Column::whole("trials", "Particles tried so far.", "particles"),
        Column::number("tolerance", "Distance within which all kept particles lie.", "scales"),
        Column::number("acceptance", "Share of the new particles that lie within the tolerance before.", "share"),
        Column::number("effective_size", "Particles of equal weight that the kept ones are worth.", "particles"),
    ]
}

/// The columns of `fit`; from where its predictions are.
pub(super) fn fit_columns(source: &str) -> Vec<Column> {
    let unit = "in the unit of the measure";
    vec![
        Column::text("measure", "What was observed."),
        Column::whole("month", "At the end of which month; 0 where it belongs to none.", "months"),
        Column::number("observed", "What was observed.", unit),
        Column::number("standard_error", "Its standard error; 0 where it is taken as exact.", unit),
        Column::number("predicted", &format!("Median of what is predicted {source}."), unit),
        Column::number(
            "low",
            "Lower end of the middle 95 % of that, the errors of observation and the luck of so many replications included.",
            unit,
        ),
        Column::number("high", "Upper end.", unit),
        Column::number("share_below", "Share of the predictions that lie below what was observed.", "share"),
        Column::text("fits", "`yes` where what was observed lies within, else `no`."),
    ]
}

/// The columns of `prior_posterior`.
pub(super) fn prior_posterior_columns() -> Vec<Column> {
    let unit = "see column unit";
    vec![
        Column::text("parameter", "Its path."),
        Column::text("unit", "Unit of its values."),
        Column::number("prior_mean", "Mean before the data.", unit),
        Column::number("prior_sd", "Standard deviation before the data.", unit),
        Column::number("prior_q025", "Value that it lay below with a chance of 2.5 % before the data.", unit),
        Column::number("prior_q975", "Value that it lay below with a chance of 97.5 % before the data.", unit),
        Column::number("mean", "Mean after the data.", unit),
        Column::number(
            "mc_standard_error",
            "Monte Carlo standard error of that mean, by the effective number of particles.",
            unit,
        ),
        Column::number("sd", "Standard deviation after the data.", unit),
        Column::number("q025", "Value that it lies below with a chance of 2.5 % after the data.", unit),
        Column::number("median", "Median after the data.", unit),
        Column::number("q975", "Value that it lies below with a chance of 97.5 % after the data.", unit),
        Column::number(
            "variance_removed",
            "Share of the prior's variance that the data removed, in normal scores.",
            "share",
        ),
        Column::number(
            "moved",
            "How far the mean moved, in standard deviations of the prior, in normal scores.",
            "standard deviations",
        ),
        Column::text("data_say", "What the data say of it: `nothing`, `something` or `much`."),
        Column::text(
            "as_uncertainty",
            "It by itself as an uncertainty for a scenario; how parameters go together is only in posterior.csv.",
        ),
    ]
}

/// To four significant digits or so: more would pretend to knowledge.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

fn word(lesson: Lesson) -> &'static str {
    match lesson {
        Lesson::Nothing => "nothing",
        Lesson::Some => "something",
        Lesson::Much => "much",
    }
}
