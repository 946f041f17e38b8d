//! How fast the engine is: `cargo bench`. Replications and partner-months a second, by engine and by size, on one core and
//! on all. Engines are measured in turn, round by round, so that ratios hold on a machine whose speed drifts; medians are told.

use partnersim::experiment::{self, Plan, Stretch};
use partnersim::model::inputs::{Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::uncertainty::Uncertainty::{Beta, Fixed};
use partnersim::simulate::{BLOCK, Engine, Instructions, simulate};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const MONTHS: usize = 60;
const ROUNDS: usize = 7;

fn main() {
    println!("A replication is {MONTHS} months of a partnership and of its twin, two needs, three skills.\n");
    by_engine(8);
    by_size(&[4, 8, 16, 64]);
    by_threads(8);
}

/// `n` unlike partners with a pair of needs.
fn inputs(n: usize) -> Inputs {
    let money = |i: usize| 20.0 + 40.0 * (i % 8) as f64;
    let partner = |i: usize| PartnerInputs {
        name: format!("partner {i}"),
        sector: ["hospital", "council", "charity", "housing"][i % 4].into(),
        values: [
            ("partner.resources.money", Setting::Number(Fixed(money(i)))),
            ("partner.resources.staff", Setting::Number(Fixed(0.15 * money(i)))),
        ]
        .into(),
        skills: (0..3).map(|s| Fixed(if s == i % 3 { 0.7 } else { 0.15 })).collect(),
        goals: vec![None, None],
    };
    let need = |k: usize| NeedInputs {
        name: format!("need {k}"),
        values: [("need.demand", Setting::Number(Fixed(150.0 * n as f64)))].into(),
        skills: vec![Fixed(0.5), Fixed(0.3), Fixed(0.2)],
    };
    Inputs {
        horizon_months: MONTHS,
        partners: (0..n).map(partner).collect(),
        needs: (0..2).map(need).collect(),
        skills: ["clinical", "social", "practical"].map(String::from).to_vec(),
        values: [("communication.quality", Setting::Number(Beta { alpha: 6.0, beta: 4.0 }))].into(),
        ..Inputs::default()
    }
}

/// Seconds a replication of each engine, measured in turn: one list a round.
fn rounds(inputs: &Inputs, engines: &[Engine], blocks: u64) -> Vec<Vec<f64>> {
    let time = |engine: &Engine, blocks: u64| {
        let start = Instant::now();
        for block in 0..blocks {
            black_box(simulate(inputs, 1, block * BLOCK as u64, BLOCK, *engine));
        }
        start.elapsed().as_secs_f64() / (blocks * BLOCK as u64) as f64
    };
    for engine in engines {
        time(engine, 1);
    }
    (0..ROUNDS).map(|_| engines.iter().map(|engine| time(engine, blocks)).collect()).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Every width with baseline instructions, and those that are compiled for more with each instruction set of the machine.
fn engines() -> Vec<Engine> {
    let with = |instructions, lanes: &[usize]| lanes.iter().map(move |&lanes| Engine { lanes, instructions }).collect();
    let mut engines: Vec<Engine> = with(Instructions::Baseline, &[1, 4, 8, 16]);
    for instructions in [Instructions::Avx2, Instructions::Avx512] {
        if instructions.available() {
            engines.extend::<Vec<Engine>>(with(instructions, &[8, 16]));
        }
    }
    engines
}

/// Every width and instruction set, against plain scalar code: one lane, baseline instructions.
fn by_engine(n: usize) {
    let engines = engines();
    let rounds = rounds(&inputs(n), &engines, 4);
    println!("{n} partners, one core\n  lanes  instructions  replications/s  times one lane");
    for (at, engine) in engines.iter().enumerate() {
        let seconds = median(rounds.iter().map(|round| round[at]).collect());
        let ratio = median(rounds.iter().map(|round| round[0] / round[at]).collect());
        let instructions = format!("{:?}", engine.instructions);
        println!("  {:5}  {instructions:12}  {:14.0}  {ratio:14.2}", engine.lanes, 1.0 / seconds);
    }
    println!();
}

/// The engine that would be chosen, against one lane, for partnerships of several sizes.
fn by_size(sizes: &[usize]) {
    println!("one core, the engine chosen for the size");
    println!("  partners  lanes  replications/s  partner-months/s  times one lane");
    for &n in sizes {
        let best = Engine::best(n);
        let pair = [Engine { lanes: 1, instructions: Instructions::Baseline }, best];
        let rounds = rounds(&inputs(n), &pair, if n > 16 { 1 } else { 4 });
        let rate = 1.0 / median(rounds.iter().map(|round| round[1]).collect());
        let ratio = median(rounds.iter().map(|round| round[0] / round[1]).collect());
        let partner_months = rate * (n * MONTHS) as f64;
        println!("  {n:8}  {:5}  {rate:14.0}  {partner_months:16.0}  {ratio:14.2}", best.lanes);
    }
    println!();
}

/// The runner on one thread and on more, in turn.
fn by_threads(n: usize) {
    let inputs = inputs(n);
    let engine = Engine::best(n);
    let all = std::thread::available_parallelism().map_or(1, usize::from);
    let mut counts = vec![1, 2, 4, all];
    counts.retain(|&threads| threads <= all);
    counts.dedup();
    let time = |threads: usize| {
        let plan = Plan { first: 0, replications: 40 * BLOCK as u64, threads };
        let work = |stretch: Stretch| simulate(&inputs, 1, stretch.first, stretch.size, engine);
        let start = Instant::now();
        let done = experiment::run(&plan, &AtomicBool::new(false), &work, |_, block| {
            black_box(block);
            Ok::<(), ()>(())
        });
        assert!(done.is_ok());
        start.elapsed().as_secs_f64() / plan.replications as f64
    };
    let rounds: Vec<Vec<f64>> = (0..ROUNDS).map(|_| counts.iter().map(|&threads| time(threads)).collect()).collect();
    println!("{n} partners, the runner\n  threads  replications/s  partner-months/s  efficiency");
    for (at, &threads) in counts.iter().enumerate() {
        let rate = 1.0 / median(rounds.iter().map(|round| round[at]).collect());
        let efficiency = median(rounds.iter().map(|round| round[0] / round[at] / threads as f64).collect());
        println!("  {threads:7}  {rate:14.0}  {:16.0}  {efficiency:10.2}", rate * (n * MONTHS) as f64);
    }
}
