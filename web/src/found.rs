//! What a run found, for a page: every number with its interval, as the library says it.

use crate::answer::Answer;
use crate::files;
use crate::named::Named;
use crate::running::{Run, Running};
use partnersim::analyse::bars::Bar;
use partnersim::analyse::comparison::Difference;
use partnersim::analyse::condition::Holds;
use partnersim::analyse::findings::{Estimate, Findings, OutcomeFinding, PartnerFinding, Share, Spread};
use partnersim::model::outcomes::{Better, CAUSES, ENDINGS, MONTHLY, OUTCOMES, PARTNER_MEASURES};
use partnersim::output::comparison::{Compared, sheets};
use partnersim::output::distributions;
use serde::Serialize;

/// Everything that a run found.
#[derive(Debug, Serialize)]
pub struct Found {
    /// Replications it rests on.
    replications: u64,
    asked: u64,
    is_complete: bool,
    setups: Vec<SetupFound>,
    /// The second set-up less the first, by outcome.
    differences: Option<Named<DifferenceFound>>,
    /// The bars of both set-ups with the same edges, by outcome.
    bars_of_both: Option<Named<[Vec<BarFound>; 2]>>,
    /// What was changed from the first to the second.
    levers: Vec<LeverFound>,
    /// Tables of each set-up.
    files: Vec<String>,
    /// Tables of the comparison.
    comparison_files: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SetupFound {
    name: String,
    title: String,
    digest: String,
    seed: String,
    replications: u64,
    summary: Named<OutcomeFound>,
    failed: ShareFound,
    endings: Named<ShareFound>,
    /// Of those that failed.
    causes: Named<ShareFound>,
    survival: Vec<Survival>,
    bars: Named<Vec<BarFound>>,
    months: Named<Vec<Month>>,
    partners: Vec<Partner>,
    conditions: Vec<ConditionFound>,
}

#[derive(Debug, Serialize)]
struct OutcomeFound {
    mean: f64,
    mean_low: f64,
    mean_high: f64,
    #[serde(flatten)]
    spread: SpreadFound,
    target: f64,
    above_target: f64,
    above_target_low: f64,
    above_target_high: f64,
    above_zero: ShareFound,
    below_zero: ShareFound,
}

#[derive(Debug, Serialize)]
struct SpreadFound {
    sd: f64,
    q05: f64,
    q25: f64,
    q50: f64,
    q75: f64,
    q95: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct ShareFound {
    count: u64,
    share: f64,
    low: f64,
    high: f64,
}

#[derive(Debug, Serialize)]
struct Survival {
    month: u64,
    share: f64,
    low: f64,
    high: f64,
}

#[derive(Debug, Serialize)]
struct BarFound {
    from: f64,
    to: f64,
    share: f64,
    count: u64,
    /// `range`, `whole`, `below` or `above`, as in distributions.csv.
    holds: &'static str,
}

#[derive(Debug, Serialize)]
struct Month {
    month: usize,
    mean: f64,
    #[serde(flatten)]
    spread: SpreadFound,
}

#[derive(Debug, Serialize)]
struct Partner {
    name: String,
    sector: String,
    gain: f64,
    gain_low: f64,
    gain_high: f64,
    #[serde(flatten)]
    measures: Named<f64>,
}

#[derive(Debug, Serialize)]
struct ConditionFound {
    text: String,
    value: f64,
    low: f64,
    high: f64,
    holds: &'static str,
}

#[derive(Debug, Serialize)]
struct DifferenceFound {
    mean: f64,
    low: f64,
    high: f64,
    verdict: &'static str,
    higher_is_better: bool,
    /// How often the second set-up did better than the first in the same world, as well, worse.
    better: ShareFound,
    same: ShareFound,
    worse: ShareFound,
    /// Replications that would show the smallest difference that matters.
    needed: f64,
    smallest: f64,
}

#[derive(Debug, Serialize)]
struct LeverFound {
    key: String,
    change: String,
}

/// What the replications done so far say.
///
/// # Errors
/// Where there are none.
pub fn found(run: &Run) -> Result<Found, Answer> {
    if run.done == 0 {
        return Err(Answer::Fault("nothing is simulated yet: advance the run first".to_string()));
    }
    let levers = run.pair.iter().flat_map(|pair| &pair.levers);
    Ok(Found {
        replications: run.done,
        asked: run.asked,
        is_complete: run.is_complete(),
        setups: run.setups.iter().map(|running| setup(running, run.done)).collect(),
        differences: run.compared(differences),
        bars_of_both: bars_of_both(run),
        levers: levers.map(|lever| LeverFound { key: lever.key.clone(), change: lever.change.clone() }).collect(),
        files: files::of_setup(&run.setups[0]),
        comparison_files: files::of_comparison(run),
    })
}

fn setup(running: &Running, n: u64) -> SetupFound {
    let findings = &running.findings();
    let (scenario, outcomes) = (&running.setup.scenario, OUTCOMES.iter().zip(&findings.outcomes));
    let below_zero = running.below_zero();
    let partners = scenario.inputs.partners.iter().zip(&findings.partners);
    SetupFound {
        name: running.setup.name.clone(),
        title: scenario.title.clone(),
        digest: scenario.digest.clone(),
        seed: scenario.seed.to_string(),
        replications: findings.replications,
        summary: outcomes
            .clone()
            .zip(below_zero)
            .map(|((outcome, finding), below)| (outcome.name, OutcomeFound::new(finding, Share::new(below, n))))
            .collect(),
        failed: findings.failures.share.into(),
        endings: ENDINGS.iter().enumerate().map(|(at, (name, _))| (name, findings.ended(at).into())).collect(),
        causes: CAUSES[1..]
            .iter()
            .zip(&findings.failures.causes)
            .map(|(cause, share)| (cause.name, (*share).into()))
            .collect(),
        survival: survival(findings),
        bars: outcomes
            .filter(|(_, finding)| !finding.bars.is_empty())
            .map(|(outcome, finding)| (outcome.name, finding.bars.iter().map(|bar| BarFound::new(bar, n)).collect()))
            .collect(),
        months: MONTHLY.iter().enumerate().map(|(at, measure)| (measure.column, months(findings, at))).collect(),
        partners: partners.map(|(partner, finding)| Partner::new(&partner.name, &partner.sector, finding)).collect(),
        conditions: conditions(running, n),
    }
}

fn bars_of_both(run: &Run) -> Option<Named<[Vec<BarFound>; 2]>> {
    let [first, second] = &run.setups[..] else { return None };
    let found = |bars: Vec<Bar>| bars.iter().map(|bar| BarFound::new(bar, run.done)).collect::<Vec<_>>();
    let both =
        OUTCOMES.iter().zip(first.bars_beside(second)).filter(|(_, both)| both.iter().all(|bars| !bars.is_empty()));
    Some(both.map(|(outcome, both)| (outcome.name, both.map(found))).collect())
}

fn survival(findings: &Findings) -> Vec<Survival> {
    let steps = findings.survival.steps.iter();
    steps
        .map(|step| Survival {
            month: step.time as u64,
            share: step.share,
            low: step.interval.low,
            high: step.interval.high,
        })
        .collect()
}

/// A measure month by month.
fn months(findings: &Findings, measure: usize) -> Vec<Month> {
    let months = findings.months.iter().enumerate();
    months
        .map(|(month, spreads)| {
            let spread = &spreads[measure];
            Month { month: month + 1, mean: spread.mean.value, spread: spread.into() }
        })
        .collect()
}

fn conditions(running: &Running, n: u64) -> Vec<ConditionFound> {
    let told = running.judgements(n).map(|(condition, judgement)| ConditionFound {
        text: condition.to_string(),
        value: judgement.value,
        low: judgement.interval.low,
        high: judgement.interval.high,
        holds: match judgement.holds {
            Holds::Met => "met",
            Holds::NotMet => "not_met",
            Holds::TooClose => "too_close",
        },
    });
    told.collect()
}

fn differences(compared: &Compared) -> Named<DifferenceFound> {
    let second = compared.comparison.differences.first().into_iter().flatten();
    second.map(|difference| (difference.variable.name(), DifferenceFound::new(difference))).collect()
}

impl OutcomeFound {
    fn new(finding: &OutcomeFinding, below_zero: Share) -> OutcomeFound {
        let (mean, above_target) = (interval(&finding.spread.mean), &finding.above_target);
        OutcomeFound {
            mean: mean[0],
            mean_low: mean[1],
            mean_high: mean[2],
            spread: (&finding.spread).into(),
            target: finding.target,
            above_target: above_target.value,
            above_target_low: above_target.interval.low,
            above_target_high: above_target.interval.high,
            above_zero: finding.above_zero.into(),
            below_zero: below_zero.into(),
        }
    }
}

impl Partner {
    fn new(name: &str, sector: &str, finding: &PartnerFinding) -> Partner {
        let [gain, gain_low, gain_high] = interval(&finding.gain);
        let measures = PARTNER_MEASURES.iter().zip(&finding.measures);
        Partner {
            name: name.to_string(),
            sector: sector.to_string(),
            gain,
            gain_low,
            gain_high,
            measures: measures.map(|(measure, mean)| (measure.column, mean.value)).collect(),
        }
    }
}

impl BarFound {
    fn new(bar: &Bar, n: u64) -> BarFound {
        let holds = distributions::word(bar.holds);
        BarFound { from: bar.from, to: bar.to, share: bar.count as f64 / n as f64, count: bar.count, holds }
    }
}

impl DifferenceFound {
    fn new(difference: &Difference) -> DifferenceFound {
        let [better, same, worse] = difference.same_world.map(ShareFound::from);
        let paired = &difference.paired;
        DifferenceFound {
            mean: paired.mean.value,
            low: paired.interval.low,
            high: paired.interval.high,
            verdict: sheets::verdict(difference.verdict),
            higher_is_better: difference.variable.better() == Better::Higher,
            better,
            same,
            worse,
            needed: difference.needed,
            smallest: difference.smallest,
        }
    }
}

impl From<Share> for ShareFound {
    fn from(share: Share) -> ShareFound {
        ShareFound { count: share.count, share: share.value, low: share.interval.low, high: share.interval.high }
    }
}

impl From<&Spread> for SpreadFound {
    fn from(spread: &Spread) -> SpreadFound {
        let [q05, q25, q50, q75, q95] = spread.quantiles;
        SpreadFound { sd: spread.sd, q05, q25, q50, q75, q95 }
    }
}

/// A mean with the ends of its interval.
fn interval(mean: &Estimate) -> [f64; 3] {
    let interval = mean.interval();
    [mean.value, interval.low, interval.high]
}
