//! How fast the engine is: `cargo bench`. Replications and partner-months a second, by engine, by mechanism and by size, on
//! one core and on all. What is compared is measured in turn, round by round, so that ratios hold on a machine whose speed
//! drifts; medians are told.
//!
//! `cargo bench -- mechanisms` measures one part alone. What a mechanism costs that is off shows in the first line of that
//! part, run on this version and on the one before.

use partnersim::experiment::{self, Plan, Stretch};
use partnersim::model::inputs::{DatedInputs, Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::mechanisms::parameters;
use partnersim::model::parameter::{Domain, Scope};
use partnersim::model::uncertainty::Uncertainty::{Beta, Fixed};
use partnersim::simulate::{BLOCK, Engine, Instructions, simulate};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const MONTHS: usize = 60;
const ROUNDS: usize = 7;

/// What a scenario can use besides the mechanisms that always run, each with the settings that switch it on; a word of a choice
/// by its position. One more is one line. A key that this version does not have yet is passed over, so that the same list
/// measures versions against each other.
const ADDITIONS: &[(&str, &[(&str, f64)])] = &[
    ("dialogue in pairs", &[("dialogue.form", 1.0)]),
    ("a grant", &[("funding.grant", 20.0)]),
    ("events", &[("event.kind", 0.0), ("event.rate", 0.05)]),
    ("interventions", &[("intervention.kind", 2.0), ("intervention.end", 60.0), ("intervention.dose", 0.5)]),
    ("decisions", &[("decisions.rule", 1.0), ("decisions.approval_levels", 2.0)]),
    ("administration", &[("administration.load", 4.0), ("administration.staff", 1.0)]),
    ("power", &[("power.voice_by_size", 1.0), ("power.joint_effect", 0.2)]),
    ("roles", &[("roles.tasks", 20.0)]),
    ("learning", &[("learning.features", 10.0)]),
    ("monitoring", &[("monitoring.interval", 3.0)]),
    ("chain and threshold", &[("delivery.chain_length", 3.0), ("delivery.threshold", 0.2)]),
    ("culture and check-ins", &[("communication.culture_distance", 1.0), ("communication.check_in", 0.5)]),
    ("an evaluation", &[("evaluation.design", 1.0)]),
];

fn main() {
    let part = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let asked = |name: &str| part.as_deref().is_none_or(|part| part == name);
    println!("A replication is {MONTHS} months of a partnership and of its twin, two needs, three skills.\n");
    if asked("engines") {
        by_engine(8);
    }
    if asked("mechanisms") {
        by_mechanism(8);
    }
    if asked("sizes") {
        by_size(&[4, 8, 16, 64]);
    }
    if asked("threads") {
        by_threads(8);
    }
}

/// `inputs` with one of the additions; `None` when this version has none of its keys.
fn with(mut inputs: Inputs, settings: &[(&str, f64)]) -> Option<Inputs> {
    let mut any = false;
    for (key, value) in settings {
        let Some(parameter) = parameters().find(|parameter| parameter.key == *key) else { continue };
        let dated = match parameter.scope() {
            Scope::Event => Some(&mut inputs.events),
            Scope::Intervention => Some(&mut inputs.interventions),
            _ => None,
        };
        if let Some(dated) = dated.filter(|dated| dated.is_empty()) {
            dated.push(DatedInputs { name: "one".into(), ..DatedInputs::default() });
        }
        let setting = match parameter.domain {
            Domain::Number { .. } => Setting::Number(Fixed(*value)),
            Domain::Whole { .. } => Setting::Whole(*value as u64),
            Domain::Choice { .. } => Setting::Choice(*value as usize),
        };
        inputs.set(parameter.key, setting);
        any = true;
    }
    any.then_some(inputs)
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

/// Seconds a replication of each case, measured in turn: one list a round.
fn rounds(cases: &[(&Inputs, Engine)], blocks: u64) -> Vec<Vec<f64>> {
    let time = |(inputs, engine): &(&Inputs, Engine), blocks: u64| {
        let start = Instant::now();
        for block in 0..blocks {
            black_box(simulate(inputs, 1, block * BLOCK as u64, BLOCK, *engine));
        }
        start.elapsed().as_secs_f64() / (blocks * BLOCK as u64) as f64
    };
    for case in cases {
        time(case, 1);
    }
    (0..ROUNDS).map(|_| cases.iter().map(|case| time(case, blocks)).collect()).collect()
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
    let inputs = inputs(n);
    let cases: Vec<(&Inputs, Engine)> = engines.iter().map(|engine| (&inputs, *engine)).collect();
    let rounds = rounds(&cases, 4);
    println!("{n} partners, one core\n  lanes  instructions  replications/s  times one lane");
    for (at, engine) in engines.iter().enumerate() {
        let seconds = median(rounds.iter().map(|round| round[at]).collect());
        let ratio = median(rounds.iter().map(|round| round[0] / round[at]).collect());
        let instructions = format!("{:?}", engine.instructions);
        println!("  {:5}  {instructions:12}  {:14.0}  {ratio:14.2}", engine.lanes, 1.0 / seconds);
    }
    println!();
}

/// The month with the mechanisms that always run, with each addition to them, and with all, against the first.
fn by_mechanism(n: usize) {
    let mut cases = vec![("what always runs", inputs(n))];
    cases.extend(ADDITIONS.iter().filter_map(|(name, settings)| Some((*name, with(inputs(n), settings)?))));
    let all =
        ADDITIONS.iter().fold(inputs(n), |inputs, (_, settings)| with(inputs.clone(), settings).unwrap_or(inputs));
    cases.push(("all of them", all));
    let timed: Vec<(&Inputs, Engine)> = cases.iter().map(|(_, inputs)| (inputs, Engine::best(n))).collect();
    let rounds = rounds(&timed, 4);
    println!(
        "{n} partners, one core, the engine chosen for the size\n  with                    ns a partner-month  times what always runs"
    );
    for (at, (name, _)) in cases.iter().enumerate() {
        let seconds = median(rounds.iter().map(|round| round[at]).collect());
        let ratio = median(rounds.iter().map(|round| round[at] / round[0]).collect());
        println!("  {name:22}  {:18.1}  {ratio:22.2}", seconds * 1e9 / (n * MONTHS) as f64);
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
        let inputs = inputs(n);
        let rounds = rounds(&pair.map(|engine| (&inputs, engine)), if n > 16 { 1 } else { 4 });
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
