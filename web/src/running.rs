//! A run under way: one set-up, or two in the same worlds, block by block as the command line's runs go.

use crate::answer::Answer;
use crate::setup::{Fault, Setup};
use partnersim::analyse::bars::Bar;
use partnersim::analyse::comparison::{Columns, Comparison, Kept, Question, Sums};
use partnersim::analyse::condition::Judged;
use partnersim::analyse::distributions::Distributions;
use partnersim::analyse::findings::Findings;
use partnersim::analyse::shapley::{Allocation, Parts};
use partnersim::analyse::totals::{self, Totals};
use partnersim::experiment::levers::{Lever, levers};
use partnersim::experiment::quantity::{Condition, Variable};
use partnersim::output::comparison::{Compared, Explanation, Setup as Named};
use partnersim::output::{Ended, Report};
use partnersim::scenario::Override;
use partnersim::simulate::{BLOCK, Block, Engine, simulate};

/// Replications that a page may ask for.
pub const MOST_REPLICATIONS: u64 = 100_000;

/// Work that is done in one go at most, unless a single group of lanes is more: partners and what surrounds them, squared, times months
/// and replications. About a twentieth of a second, so that a page that waits for it can still be asked to stop.
const WORK: usize = 1 << 20;

/// A run under way.
#[derive(Debug)]
pub struct Run {
    /// Its set-ups; the second is held against the first.
    pub setups: Vec<Running>,
    /// Replications asked for of each.
    pub asked: u64,
    /// Replications of each that are done.
    pub done: u64,
    /// What is simulated of the block under way: each set-up's parts, the same replications in each part.
    parts: Vec<Vec<Block>>,
    /// Whether it was stopped within a block, after which it cannot go on.
    pub is_ended: bool,
    /// What sets the second apart, where there is one.
    pub pair: Option<Pair>,
}

/// One of its set-ups.
#[derive(Debug)]
pub struct Running {
    /// Its scenario under its name.
    pub setup: Named,
    targets: Vec<f64>,
    totals: Totals,
    distributions: Distributions,
    judged: Vec<Judged>,
}

/// What is gathered of two set-ups in the same worlds.
#[derive(Debug)]
pub struct Pair {
    question: Question,
    sums: Sums,
    kept: Kept,
    /// What was changed.
    pub levers: Vec<Lever>,
    /// What the change carries, where it is only one and so all of it.
    carried: Option<(Allocation, Parts)>,
}

impl Run {
    /// Begins a run; nothing is simulated yet.
    ///
    /// # Errors
    /// What is wrong with the request or its set-ups, as the answer to it.
    pub fn begin(setups: &[Setup], replications: u64, conditions: &[String]) -> Result<Run, Answer> {
        if !(1..=2).contains(&setups.len()) {
            return Err(Answer::Fault(format!("one set-up can be run, or two; not {}", setups.len())));
        }
        if !(1..=MOST_REPLICATIONS).contains(&replications) {
            return Err(Answer::Fault(format!(
                "1 to {MOST_REPLICATIONS} replications can be run here, not {replications}; the command line runs any number"
            )));
        }
        let judged = judged(conditions).map_err(Answer::Fault)?;
        let mut run =
            Run { setups: Vec::new(), asked: replications, done: 0, parts: Vec::new(), is_ended: false, pair: None };
        let mut faults: Vec<Fault> = Vec::new();
        for (at, setup) in setups.iter().enumerate() {
            let seed = run.setups.first().map(|first: &Running| change("seed", first.setup.scenario.seed));
            let further: Vec<Override> = [change("replications", replications)].into_iter().chain(seed).collect();
            match setup.load(at, &further) {
                Err(more) => faults.extend(more),
                Ok(scenario) => {
                    let setup = Named { name: scenario.name.clone(), scenario };
                    run.setups.push(Running::new(setup, replications, judged.clone()));
                }
            }
        }
        if !faults.is_empty() {
            return Err(Answer::Faults(faults));
        }
        run.parts = vec![Vec::new(); run.setups.len()];
        if let [first, second] = &run.setups[..] {
            if first.setup.name == second.setup.name {
                return Err(Answer::Fault(format!(
                    "both set-ups have the name {}: each needs its own",
                    first.setup.name
                )));
            }
            run.pair = Some(Pair::new(first, second, replications));
        }
        Ok(run)
    }

    /// Simulates the rest of the block under way, or the one that follows, of every set-up, unless all is done.
    pub fn advance(&mut self) {
        let before = self.done;
        while self.done == before && self.can_advance() {
            self.advance_part();
        }
    }

    /// Simulates as little as is useful: a part of a block of one set-up. Whole blocks are merged, in their order.
    pub fn advance_part(&mut self) {
        if !self.can_advance() {
            return;
        }
        let size = (self.asked - self.done).min(BLOCK as u64) as usize;
        // The set-ups take turns, so that a run that is stopped has as much of each.
        let reached: Vec<usize> = self.simulated().collect();
        let at = (0..reached.len()).min_by_key(|&at| reached[at]).unwrap_or(0);
        let inputs = &self.setups[at].setup.scenario.inputs;
        let (seed, first) = (self.setups[0].setup.scenario.seed, self.done + reached[at] as u64);
        let part = self.part_size().min(size - reached[at]);
        self.parts[at].push(simulate(inputs, seed, first, part, Engine::best(inputs.partners.len())));
        if self.simulated().all(|simulated| simulated == size) {
            self.merge();
        }
    }

    /// Merges what is simulated of the block under way, as far as every set-up has it. A block that is cut short is the last.
    pub fn end(&mut self) {
        let common = self.parts.iter().map(Vec::len).min().unwrap_or(0);
        if common > 0 {
            self.parts.iter_mut().for_each(|parts| parts.truncate(common));
            self.merge();
            self.is_ended = true;
        }
    }

    fn merge(&mut self) {
        let joined = |parts: &mut Vec<Block>| {
            let mut parts = parts.drain(..);
            let mut block = parts.next().unwrap_or_default();
            parts.for_each(|part| block.append(part));
            block
        };
        let blocks: Vec<Block> = self.parts.iter_mut().map(joined).collect();
        for (running, block) in self.setups.iter_mut().zip(&blocks) {
            running.take_up(block);
        }
        if let Some(pair) = &mut self.pair {
            pair.take_up(&blocks);
        }
        self.done += blocks[0].size as u64;
    }

    /// Replications of a part: the same for all set-ups, whole groups of lanes.
    fn part_size(&self) -> usize {
        let of = |running: &Running| {
            let inputs = &running.setup.scenario.inputs;
            let (around, lanes) = (inputs.partners.len() + 2, Engine::best(inputs.partners.len()).lanes.max(8));
            let one = around * around * inputs.horizon_months;
            lanes * (WORK / (lanes * one).max(1)).clamp(1, BLOCK / lanes)
        };
        self.setups.iter().map(of).min().unwrap_or(BLOCK)
    }

    /// Whether there is anything left to simulate.
    pub fn can_advance(&self) -> bool {
        !self.is_ended && !self.is_complete()
    }

    /// Replications that are simulated of each set-up, those of the block under way included, on average.
    pub fn reached(&self) -> u64 {
        self.done + (self.simulated().sum::<usize>() / self.setups.len()) as u64
    }

    /// Replications that the run would rest on if it were ended now.
    pub fn common(&self) -> u64 {
        self.done + self.simulated().min().unwrap_or(0) as u64
    }

    /// Replications of the block under way that are simulated of each set-up.
    fn simulated(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().map(|parts| parts.iter().map(|part| part.size).sum())
    }

    /// Whether all replications asked for are done.
    pub fn is_complete(&self) -> bool {
        self.done == self.asked
    }

    /// What set the two apart, as everything about a comparison is made from it.
    pub fn compared<T>(&self, told: impl FnOnce(&Compared) -> T) -> Option<T> {
        let pair = self.pair.as_ref()?;
        let setups: Vec<Named> = self.setups.iter().map(|running| running.setup.clone()).collect();
        Some(told(&Compared {
            setups: &setups,
            question: &pair.question,
            comparison: &Comparison::new(&pair.sums, &pair.kept, &pair.question),
            explanations: &[pair.explanation()],
            asked: self.asked,
            tried: self.done,
            is_interrupted: !self.is_complete(),
            failed: &[],
            precision: &[],
        }))
    }
}

impl Running {
    fn new(setup: Named, replications: u64, judged: Vec<Judged>) -> Running {
        let scenario = &setup.scenario;
        Running {
            targets: totals::targets(&scenario.targets),
            totals: Totals::default(),
            distributions: Distributions::new(replications, scenario.inputs.horizon_months),
            judged,
            setup,
        }
    }

    fn take_up(&mut self, block: &Block) {
        self.totals.merge(&Totals::of(block, &self.targets));
        self.distributions.add(block);
        self.judged.iter_mut().for_each(|judged| judged.add(block));
    }

    /// What the replications done so far say.
    pub fn findings(&self) -> Findings {
        Findings::new(&self.totals, &self.distributions, &self.targets)
    }

    /// The bars of each outcome of this set-up and of another, with the same edges.
    pub fn bars_beside(&self, other: &Running) -> Vec<[Vec<Bar>; 2]> {
        self.distributions.outcome_bars_beside(&other.distributions)
    }

    /// Replications in which each outcome is below zero.
    pub fn below_zero(&self) -> Vec<u64> {
        self.distributions.below_zero()
    }

    /// Each condition with what is known of it after `n` replications.
    pub fn judgements(&self, n: u64) -> impl Iterator<Item = (&Condition, partnersim::analyse::condition::Judgement)> {
        self.judged.iter().map(move |judged| (judged.condition(), judged.judgement(&self.distributions, n)))
    }

    /// What every table of the set-up is made from.
    pub fn report<'a>(&'a self, findings: &'a Findings) -> Report<'a> {
        Report { scenario: &self.setup.scenario, findings, ended: Ended::default() }
    }
}

impl Pair {
    fn new(first: &Running, second: &Running, replications: u64) -> Pair {
        let [one, other] = [first, second].map(|running| &running.setup.scenario);
        let levers = levers(&one.inputs, &other.inputs);
        let carried = (levers.len() == 1).then(|| (Allocation::of(1, one.seed), Parts::default()));
        Pair {
            question: Question::usual(vec![first.targets.clone(), second.targets.clone()]),
            sums: Sums::default(),
            kept: Kept::new(2, replications),
            levers,
            carried,
        }
    }

    fn take_up(&mut self, blocks: &[Block]) {
        let columns = |block: &Block| Variable::all().map(|variable| variable.values(block).into_owned()).collect();
        let columns: Columns = blocks.iter().map(columns).collect();
        self.sums.merge(&Sums::of(&columns, &self.question.targets));
        self.kept.add(&columns);
        if let Some((allocation, parts)) = &mut self.carried {
            parts.merge(&Parts::of(allocation, &[&columns[0], &columns[1]]));
        }
    }

    fn explanation(&self) -> Option<Explanation> {
        let (allocation, parts) = self.carried.as_ref().filter(|(_, parts)| parts.n() > 0)?;
        Some(Explanation {
            levers: self.levers.clone(),
            parts: parts.clone(),
            combinations: allocation.combinations.len(),
            is_exact: allocation.is_exact(),
        })
    }

    /// Whether it is known which change carries how much: where there is only one.
    pub fn is_explained(&self) -> bool {
        self.carried.is_some()
    }
}

fn change(path: &str, value: u64) -> Override {
    Override { path: path.to_string(), value: value.to_string() }
}

/// The conditions, or what is wrong with the first that cannot be judged.
fn judged(conditions: &[String]) -> Result<Vec<Judged>, String> {
    conditions.iter().map(|text| Judged::new(Condition::parse(text)?)).collect()
}
