//! `partnersim calibrate`: which values of uncertain parameters make a scenario look like what was observed.
//!
//! Every set-up that is tried meets replications of its own. With the same replications for all, as a comparison has them, their
//! luck would be the same error in each set-up: it would not average out, and the answer would fit that luck and be surer than
//! it may be. As it is, the luck of a set-up's replications is part of what makes its summaries differ from what was observed.

use super::answer::Answer;
use super::diagnostics::{Severity, tell};
use super::evaluations::{self, Columns, Evaluated, Evaluations, GoingOn, Opened, SetUp};
use super::failure::Failure;
use super::progress::Progress;
use super::reading::{ScenarioText, bytes};
use super::scenario_arguments::ScenarioArguments;
use super::study::{self, Keeping};
use super::{interrupt, terminal};
use crate::analyse::abc::{Particle, Search, Trial, effective_size, equally_weighted};
use crate::analyse::moments::Moments;
use crate::analyse::posterior::{fit, learnt, standing_for, traded};
use crate::analyse::quantile::quantile;
use crate::analyse::wilson::Interval;
use crate::experiment::Stretch;
use crate::experiment::observed::{Observed, Summary};
use crate::experiment::prior::Prior;
use crate::import::columns::{self, Values};
use crate::model::draws::{Draws, Purpose};
use crate::output::calibration::{Calibrated, Ended, SHEETS};
use crate::output::figure::counted;
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::notation::uncertainty as noted;
use crate::scenario::resolve::digest::hexadecimal;
use crate::scenario::{Override, Scenario};
use crate::simulate::{Engine, simulate};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Replications of each set-up where nobody asks for another number.
const REPLICATIONS: &str = "128";

/// Share of new particles that must lie within the tolerance for the search to go on.
const LEAST_ACCEPTANCE: f64 = 0.05;

/// Largest table of observations, in bytes.
const LARGEST_TABLE_BYTES: usize = 1 << 24;

/// Particles of the posterior whose predictions are simulated afresh.
const PREDICTED: usize = 200;

/// Values that a posterior is written with in a scenario.
const STANDING: usize = 20;

const EXAMPLE: &str = "\
Example:
  partnersim calibrate scenarios/health_and_social_care.toml \\
      --observed survival.csv --vary membership.exit_hazard=0..0.03 \\
      --vary communication.quality='{ pert = [0.2, 0.5, 0.9] }'

where survival.csv holds what was observed, one figure a row:
  measure,month,value,standard_error
  survival,12,0.95,0.03
  survival,36,0.61,0.05
  P(premium > 0),,0.7,0.05

Each set-up gets 128 replications of its own unless --replications says otherwise.
A measure with a month is one of series.csv; one without is an outcome: its mean, `q10(trust)`, or `P(premium > 0)`.";

/// Find the values of parameters at which a scenario looks like what was observed
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Table of what was observed: measure, value, and where there are, month and standard_error
    #[arg(long, value_name = "FILE.csv")]
    observed: PathBuf,
    /// A parameter and what is believed of it: a range, or an uncertainty in braces; may be given several times
    #[arg(long, required = true, value_name = "PATH=LOW..HIGH", value_parser = Prior::parse)]
    vary: Vec<Prior>,
    /// Set-ups to keep: the posterior consists of as many
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    particles: u32,
    /// Set-ups to try at most
    #[arg(long, value_name = "N", default_value_t = 6_000, value_parser = clap::value_parser!(u32).range(40..))]
    trials: u32,
    /// Stop when all that are kept lie within this distance of what was observed, in spreads of the summaries
    #[arg(long, value_name = "DISTANCE", default_value_t = 0.0, value_parser = distance)]
    tolerance: f64,
    /// Correct the kept set-ups for the distance that is left, by a linear regression
    #[arg(long)]
    adjust: bool,
    #[command(flatten)]
    going_on: GoingOn,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// Bad input, files that cannot be written, replications that cannot be computed, or an interrupt, after which the last whole
/// generation is kept and the search can go on.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let text = arguments.scenario.text()?;
    let base = text.load(&arguments.overrides()).map_err(Failure::Scenario)?;
    arguments.check(&text)?;
    let (observed, digest) = observed(&arguments.observed, base.inputs.horizon_months)?;
    tell(&base.warnings, Severity::Warning);
    let path = arguments.keeping.folder(&format!("{}_calibration", base.name));
    let request = arguments.request(&base, &digest);
    let interrupt = interrupt::watch()?;
    let opened = arguments.going_on.open(&path, &request, &base, &SHEETS, &arguments.keeping)?;
    let Some(Opened { folder, goes_on, journal }) = opened else {
        return study::complete(&path, arguments.keeping.quiet);
    };
    let budget = u64::from(arguments.trials) + PREDICTED.min(arguments.particles as usize) as u64;
    let progress = Progress::new(budget * base.replications, arguments.keeping.quiet);
    let threads = arguments.keeping.threads();
    let mut evaluations = Evaluations::new(journal, &arguments.going_on, threads, &interrupt, &progress);
    let world = World { arguments, text: &text, base: &base, observed: &observed };
    let calibrated = world.calibrated(&mut evaluations);
    progress.end();
    let calibrated = calibrated.map_err(|failure| evaluations::stopped(failure, &folder))?;
    let Some((search, calibrated)) = calibrated else {
        return Err(evaluations::nothing_yet("the first generation", &path));
    };
    let is_interrupted = calibrated.ended == Ended::Interrupted;
    if is_interrupted && !goes_on && folder.holds_more_than(0) {
        return Err(evaluations::left_as_it_was(&folder, goes_on, &path));
    }
    let mut study = Study {
        request,
        points: search.trials() as usize,
        replications: base.replications,
        is_interrupted,
        sentences: calibrated.sentences(),
        sheets: calibrated.sheets(),
    };
    evaluations::write(&mut study, evaluations.left_out(), folder, &arguments.keeping)?;
    let n = counted(search.trials(), "set-up");
    let kept = format!("Interrupted: what the first {n} say is kept in {}.", path.display());
    let failure = evaluations::ended(&study, evaluations.left_out(), &kept);
    let (headings, rows) = calibrated.table();
    let table = terminal::grid(&headings, &["Parameter", "Data say"], rows, terminal::width());
    Ok(study::answer(study, &[table], &arguments.keeping, &path)?.but(failure))
}

impl Arguments {
    fn overrides(&self) -> Vec<Override> {
        let few = Override { path: "replications".to_string(), value: REPLICATIONS.to_string() };
        let usual = self.scenario.changes.replications.is_none().then_some(few);
        usual.into_iter().chain(self.scenario.changes.overrides()).collect()
    }

    /// Whether the scenario takes every belief, all of them at once and at the ends of those that are whole.
    fn check(&self, text: &ScenarioText) -> Result<(), Failure> {
        for (i, prior) in self.vary.iter().enumerate() {
            if self.vary[..i].iter().any(|before| before.path == prior.path) {
                return Err(Failure::Input(format!("`{}` is varied twice: keep one of the two", prior.path)));
            }
        }
        for u in [0.001, 0.999] {
            let change = |prior: &Prior| match prior.is_whole {
                true => prior.to(prior.quantile(u)),
                // As an uncertainty it is judged by its whole range.
                false => Override { path: prior.path.clone(), value: noted(&prior.belief) },
            };
            let changes: Vec<Override> = self.overrides().into_iter().chain(self.vary.iter().map(change)).collect();
            text.load(&changes).map_err(Failure::Scenario)?;
        }
        Ok(())
    }

    fn request(&self, base: &Scenario, digest: &str) -> Request {
        let mut settings: Vec<(String, String)> =
            self.vary.iter().map(|prior| (format!("vary {}", prior.path), noted(&prior.belief))).collect();
        let others = [
            ("observed", digest.to_string()),
            ("replications", base.replications.to_string()),
            ("particles", self.particles.to_string()),
            ("trials", self.trials.to_string()),
            ("tolerance", self.tolerance.to_string()),
            ("adjust", self.adjust.to_string()),
        ];
        settings.extend(others.map(|(setting, value)| (setting.to_string(), value)));
        Request {
            kind: "calibration".to_string(),
            name: base.name.clone(),
            title: base.title.clone(),
            question: "At which values does it look like what was observed?".to_string(),
            scenarios: vec![ScenarioEntry::of(base)],
            seed: base.seed.to_string(),
            settings,
        }
    }
}

fn distance(text: &str) -> Result<f64, String> {
    let distance = text.parse::<f64>().ok().filter(|distance| distance.is_finite() && *distance >= 0.0);
    distance.ok_or_else(|| format!("`{text}` is no distance: give a number of at least 0"))
}

/// What was observed, and a digest of it. All faults are told at once.
fn observed(path: &Path, horizon_months: usize) -> Result<(Vec<Observed>, String), Failure> {
    let bytes = bytes(path, LARGEST_TABLE_BYTES)
        .map_err(|why| Failure::Input(format!("{} cannot be read: {why}", path.display())))?;
    let columns = columns::Columns::read(&bytes, &path.display().to_string()).map_err(Failure::Scenario)?;
    let mut faults: Vec<String> = Vec::new();
    let optional = ["month", "standard_error"];
    let unknown =
        columns.names.iter().filter(|name| !["measure", "value"].iter().chain(&optional).any(|known| known == name));
    faults
        .extend(unknown.map(|name| {
            format!("the column `{name}` is not known: columns are measure, month, value, standard_error")
        }));
    let measures = match columns.get("measure") {
        Some(Values::Words(words)) => words.clone(),
        _ => {
            faults.push("there is no column `measure` with names of measures".to_string());
            Vec::new()
        }
    };
    let mut numbers = |name: &str| match columns.numbers(name) {
        Ok(numbers) => numbers.to_vec(),
        Err(fault) => {
            faults.extend(
                (name == "value" || columns.get(name).is_some_and(|values| !is_blank(values))).then_some(fault),
            );
            vec![f64::NAN; columns.n_rows()]
        }
    };
    let (values, months, errors) = (numbers("value"), numbers("month"), numbers("standard_error"));
    let mut found = Vec::new();
    for (i, measure) in measures.iter().enumerate() {
        match one(measure, values[i], months[i], errors[i], horizon_months) {
            Ok(observed) => found.push(observed),
            Err(why) => faults.push(format!("row {}: {why}", i + 1)),
        }
    }
    if found.is_empty() && faults.is_empty() {
        faults.push("there is no row: give at least one figure that was observed".to_string());
    }
    if faults.is_empty() {
        return Ok((found, hexadecimal(&Sha256::digest(&bytes))));
    }
    let faults: Vec<String> = faults.iter().map(|fault| format!("{}: {fault}", path.display())).collect();
    Err(Failure::Input(faults.join("\nerror: ")))
}

fn is_blank(values: &Values) -> bool {
    matches!(values, Values::Words(words) if words.iter().all(|word| word.trim().is_empty()))
}

/// One row of the table.
fn one(measure: &str, value: f64, month: f64, standard_error: f64, horizon_months: usize) -> Result<Observed, String> {
    if value.is_nan() {
        return Err("there is no value".to_string());
    }
    if !month.is_nan() && (month.fract() != 0.0 || month < 0.0) {
        return Err(format!("month {month} is not a whole number"));
    }
    if month > horizon_months as f64 {
        return Err(format!("month {month} lies after the scenario ends, in month {horizon_months}; raise --months"));
    }
    if standard_error < 0.0 {
        return Err(format!("the standard error {standard_error} is below 0"));
    }
    let summary = Summary::parse(measure, (!month.is_nan()).then_some(month as usize))?;
    Ok(Observed { summary, value, standard_error: if standard_error.is_nan() { 0.0 } else { standard_error } })
}

/// The number of the first set-up that predicts: none that is tried has one so high.
const FIRST_PREDICTED: u64 = 1 << 33;

/// A set-up to be simulated, with a number of its own.
struct Point {
    number: u64,
    values: Vec<f64>,
}

/// What a set-up gave.
struct Simulated {
    /// The figures to be held against what was observed.
    figures: Vec<f64>,
    /// The variance that each has from the luck of its replications; NaN for a quantile.
    variances: Vec<f64>,
}

/// The scenario, and what was observed of it.
struct World<'a> {
    arguments: &'a Arguments,
    text: &'a ScenarioText,
    base: &'a Scenario,
    observed: &'a [Observed],
}

impl<'a> World<'a> {
    /// Generation after generation; `None` when interrupted in the first.
    fn calibrated(&self, evaluations: &mut Evaluations) -> Result<Option<(Search, Calibrated<'a>)>, Failure> {
        let values: Vec<f64> = self.observed.iter().map(|observed| observed.value).collect();
        let errors: Vec<f64> = self.observed.iter().map(|observed| observed.standard_error).collect();
        let (n_kept, dimensions) = (self.arguments.particles as usize, self.arguments.vary.len());
        let mut search = Search::new(&values, &errors, dimensions, n_kept, self.base.seed);
        let ended = loop {
            let trials = search.proposals();
            if search.trials() > 0 && search.trials() + trials.len() as u64 > u64::from(self.arguments.trials) {
                break Ended::Budget;
            }
            let point = |trial: &Trial| Point { number: trial.number, values: self.values(&trial.scores) };
            let points: Vec<Point> = trials.iter().map(point).collect();
            let Some(found) = self.simulated(&points, evaluations)? else { break Ended::Interrupted };
            search.take(trials, found.into_iter().map(|found| found.map(|found| found.figures)).collect());
            let Some(last) = search.generations().last() else { break Ended::Interrupted };
            if search.particles().is_empty() {
                let why = "no set-up within the ranges can be simulated: the scenario refuses each".to_string();
                return Err(Failure::Input(why));
            }
            if last.tolerance <= self.arguments.tolerance {
                break Ended::Tolerance;
            }
            if last.acceptance < LEAST_ACCEPTANCE {
                break Ended::Settled;
            }
        };
        if search.particles().is_empty() {
            return Ok(None);
        }
        let calibrated = self.told(&search, ended, evaluations)?;
        Ok(Some((search, calibrated)))
    }

    /// What is learnt from the particles that the search has kept.
    fn told(&self, search: &Search, ended: Ended, evaluations: &mut Evaluations) -> Result<Calibrated<'a>, Failure> {
        let priors = &self.arguments.vary;
        let particles = if self.arguments.adjust { search.adjusted() } else { search.particles().to_vec() };
        let weights: Vec<f64> = particles.iter().map(|particle| particle.weight).collect();
        let chosen = equally_weighted(&weights, self.base.seed);
        let with_values: Vec<(Particle, Vec<f64>)> =
            particles.into_iter().map(|particle| (particle.clone(), self.values(&particle.scores))).collect();
        let kept: Vec<&(Particle, Vec<f64>)> = chosen.iter().map(|&i| &with_values[i]).collect();
        let posterior = columns(priors.len(), &kept, |(_, values), d| values[d]);
        let scores = columns(priors.len(), &kept, |(particle, _), d| particle.scores[d]);
        let effective_n = effective_size(&weights);
        let afresh = self.predicted(&posterior, ended, evaluations)?;
        let n_observed = self.observed.len();
        let (predicted, luck) = match &afresh {
            Some(afresh) => {
                let afresh: Vec<&Simulated> = afresh.iter().collect();
                (columns(n_observed, &afresh, |found, k| found.figures[k]), self.luck(&afresh))
            }
            None => (columns(n_observed, &kept, |(particle, _), k| particle.simulated[k]), f64::NAN),
        };
        let before = |prior: &Prior| {
            let (mean, sd) = prior.mean_and_sd();
            (mean, sd, Interval { low: prior.quantile(0.025), high: prior.quantile(0.975) })
        };
        Ok(Calibrated {
            priors,
            observed: self.observed,
            generations: search.generations().to_vec(),
            before: priors.iter().map(before).collect(),
            learnt: posterior.iter().zip(&scores).map(|(values, scores)| learnt(values, scores, effective_n)).collect(),
            standing: posterior.iter().map(|values| standing_for(values, STANDING)).collect(),
            fits: self.observed.iter().zip(&predicted).map(|(observed, column)| fit(observed.value, column)).collect(),
            is_predicted_afresh: afresh.is_some(),
            luck,
            replications: self.base.replications,
            traded: traded(&scores),
            posterior,
            particles: with_values,
            ended,
        })
    }

    /// Share of the error in the figures that is luck of the replications and not error of the data.
    fn luck(&self, found: &[&Simulated]) -> f64 {
        let share = |(observed, variance): (&Observed, &f64)| {
            let own = observed.standard_error * observed.standard_error;
            if *variance > 0.0 { variance / (variance + own) } else { f64::NAN }
        };
        let shares = found.iter().flat_map(|found| self.observed.iter().zip(&found.variances).map(share));
        let shares: Vec<f64> = shares.filter(|share| !share.is_nan()).collect();
        Moments::of(&shares).mean()
    }

    /// What particles of the posterior give on replications that nothing was fitted to; `None` after an interrupt.
    fn predicted(
        &self,
        posterior: &[Vec<f64>],
        ended: Ended,
        evaluations: &mut Evaluations,
    ) -> Result<Option<Vec<Simulated>>, Failure> {
        if ended == Ended::Interrupted {
            return Ok(None);
        }
        let n = posterior.first().map_or(0, Vec::len);
        let points: Vec<Point> = (0..n)
            .step_by(n.div_ceil(PREDICTED).max(1))
            .map(|i| Point {
                number: FIRST_PREDICTED + i as u64,
                values: posterior.iter().map(|column| column[i]).collect(),
            })
            .collect();
        Ok(self.simulated(&points, evaluations)?.map(|found| found.into_iter().flatten().collect()))
    }

    /// The values of the parameters at normal scores.
    fn values(&self, scores: &[f64]) -> Vec<f64> {
        self.arguments.vary.iter().zip(scores).map(|(prior, &score)| prior.at_score(score)).collect()
    }

    /// Simulated summaries with the errors of observation drawn into them.
    fn with_errors(&self, number: u64, found: &[f64]) -> Vec<f64> {
        let draws = Draws::<1>::new(self.base.seed, number);
        let noisy = |(k, (observed, value)): (usize, (&Observed, &f64))| {
            value + observed.standard_error * draws.normal(Purpose::Calibration, 1, k, 0).0[0]
        };
        self.observed.iter().zip(found).enumerate().map(noisy).collect()
    }

    /// The summaries at each point, `None` for one that the scenario refuses; all `None` after an interrupt.
    fn simulated(
        &self,
        points: &[Point],
        evaluations: &mut Evaluations,
    ) -> Result<Option<Vec<Option<Simulated>>>, Failure> {
        let replications = self.base.replications;
        let set_up = |point: &Point| SetUp { name: self.name(point), first: point.number * replications };
        let set_ups: Vec<SetUp> = points.iter().map(set_up).collect();
        let work = |stretch: Stretch| self.terms(&points[stretch.point], stretch);
        let mut found: Vec<Option<Simulated>> = Vec::new();
        let take = |evaluated: Option<Evaluated>| {
            let number = points[found.len()].number;
            // Where not one replication could be computed nothing is known of the set-up.
            let known = evaluated.filter(|evaluated| evaluated.missing.len() < replications as usize);
            found.push(known.map(|known| self.condensed(number, &known.columns)));
        };
        let is_whole = evaluations.evaluate(&set_ups, replications, self.observed.len(), &work, take)?;
        Ok(is_whole.then_some(found))
    }

    /// The changes that make the set-up of a point.
    fn changes<'p>(&'p self, point: &'p Point) -> impl Iterator<Item = Override> + 'p {
        self.arguments.vary.iter().zip(&point.values).map(|(prior, &value)| prior.to(value))
    }

    fn name(&self, point: &Point) -> String {
        let changes: Vec<String> =
            self.changes(point).map(|change| format!("{}={}", change.path, change.value)).collect();
        changes.join(" ")
    }

    /// What each replication of a stretch adds to each summary.
    fn terms(&self, point: &Point, stretch: Stretch) -> Option<Columns> {
        let changes: Vec<Override> = self.arguments.overrides().into_iter().chain(self.changes(point)).collect();
        let setup = self.text.load(&changes).ok()?;
        let engine = Engine::best(setup.inputs.partners.len());
        let block = simulate(&setup.inputs, self.base.seed, stretch.first, stretch.size, engine);
        // Where the horizon itself is varied, a month may lie beyond it.
        let reaches = |observed: &Observed| observed.summary.month().is_none_or(|month| month <= block.monthly.len());
        let is_whole = self.observed.iter().all(reaches);
        is_whole.then(|| self.observed.iter().map(|observed| observed.summary.terms(&block)).collect())
    }

    fn condensed(&self, number: u64, terms: &[Vec<f64>]) -> Simulated {
        let estimates = self.observed.iter().zip(terms).map(|(observed, terms)| estimate(&observed.summary, terms));
        let variance = |(observed, terms): (&Observed, &Vec<f64>)| {
            let error = Moments::of(terms).mc_standard_error();
            if observed.summary.quantile().is_some() { f64::NAN } else { error * error }
        };
        Simulated {
            figures: self.with_errors(number, &estimates.collect::<Vec<_>>()),
            variances: self.observed.iter().zip(terms).map(variance).collect(),
        }
    }
}

/// A number of each row by column.
fn columns<T>(n: usize, rows: &[&T], number: impl Fn(&T, usize) -> f64) -> Vec<Vec<f64>> {
    (0..n).map(|k| rows.iter().map(|row| number(row, k)).collect()).collect()
}

/// What a summary is over the replications.
fn estimate(summary: &Summary, terms: &[f64]) -> f64 {
    let Some(p) = summary.quantile() else { return Moments::of(terms).mean() };
    let mut sorted = terms.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile(&sorted, p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_a_mean_or_a_quantile() {
        let terms = [4.0, 1.0, 2.0, 9.0];
        assert_eq!(estimate(&Summary::parse("trust", None).unwrap(), &terms), 4.0);
        assert_eq!(estimate(&Summary::parse("median(trust)", None).unwrap(), &terms), 3.0);
    }

    #[test]
    fn a_row_that_says_nothing_sensible_is_told() {
        let told = |measure, value, month, error| one(measure, value, month, error, 36).unwrap_err();
        assert!(told("survival", f64::NAN, 12.0, 0.1).contains("no value"));
        assert!(told("survival", 0.5, 40.0, 0.1).contains("after the scenario ends"));
        assert!(told("survival", 0.5, 1.5, 0.1).contains("not a whole number"));
        assert!(told("survival", 0.5, 12.0, -0.1).contains("below 0"));
        assert_eq!(one("survival", 0.5, 12.0, f64::NAN, 36).unwrap().standard_error, 0.0);
    }
}
