//! How fast the engine is: `cargo bench`. Replications and partner-months a second, by engine, by mechanism and by size, on
//! one core and on all. What is compared is measured in turn, round by round, so that ratios hold on a machine whose speed
//! drifts; medians are told.
//!
//! `cargo bench -- mechanisms` measures one part alone. What a mechanism costs that is off shows in the first line of that
//! part, run on this version and on the one before.

use partnersim::analyse::point::{Asked, PointTotals};
use partnersim::analyse::totals;
use partnersim::experiment::{self, Plan, Stretch};
use partnersim::model::inputs::{DatedInputs, Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::mechanisms::parameters;
use partnersim::model::parameter::{Domain, Scope};
use partnersim::model::uncertainty::Uncertainty::{Beta, Fixed};
use partnersim::output::column::Column;
use partnersim::output::kept::{About, Kept};
use partnersim::output::sheet::Sheet;
use partnersim::output::workbook::{self, Aside, Profile};
use partnersim::output::{journal, parquet, runs};
use partnersim::simulate::{BLOCK, Engine, Instructions, simulate};
use std::hint::black_box;
use std::io::{Cursor, Error, Read};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const MONTHS: usize = 60;
const ROUNDS: usize = 7;

/// What a scenario can use besides the mechanisms that always run, each with the settings that switch it on; a word of a choice
/// by its position. Each kind of event or intervention named is one more of them, and what follows holds for all of them. One
/// more addition is one line. A key that this version does not have yet is passed over, so that the same list measures
/// versions against each other.
const ADDITIONS: &[(&str, &[(&str, f64)])] = &[
    ("dialogue in pairs", &[("dialogue.form", 1.0)]),
    ("dialogue in rounds", &[("dialogue.rounds", 2.0)]),
    ("a grant", &[("funding.grant", 20.0), ("funding.uptime", 0.95), ("funding.continuation", 0.3)]),
    ("shared risks", &[("funding.risk_sharing", 0.5)]),
    ("weakest link", &[("contributions.weakest_link", 0.3)]),
    ("one event", &[("event.kind", 0.0), ("event.rate", 0.05)]),
    (
        "every kind of event",
        &[
            ("event.kind", 0.0),
            ("event.kind", 1.0),
            ("event.kind", 2.0),
            ("event.kind", 3.0),
            ("event.kind", 4.0),
            ("event.kind", 5.0),
            ("event.rate", 0.02),
            ("event.months", 4.0),
            ("event.size", 0.3),
        ],
    ),
    ("one intervention", &[("intervention.kind", 2.0), ("intervention.end", 60.0), ("intervention.dose", 0.5)]),
    (
        "every intervention",
        &[
            ("intervention.kind", 0.0),
            ("intervention.kind", 1.0),
            ("intervention.kind", 2.0),
            ("intervention.kind", 3.0),
            ("intervention.kind", 4.0),
            ("intervention.kind", 5.0),
            ("intervention.kind", 6.0),
            ("intervention.kind", 7.0),
            ("intervention.kind", 8.0),
            ("intervention.end", 60.0),
            ("intervention.dose", 0.5),
            ("intervention.cost", 1.0),
        ],
    ),
    ("a newcomer", &[("partner.joins", 7.0), ("membership.history", 0.5)]),
    ("release of money", &[("funding.budget_gap", 1.5), ("funding.subsidy", 0.2)]),
    ("people who leave", &[("partner.turnover", 0.3), ("partner.pay_gap", 0.1)]),
    ("terms and mandates", &[("governance.term_months", 12.0), ("governance.mandate", 0.2)]),
    ("power", &[("power.voice_by_size", 0.8), ("power.voice_by_dependence", 0.5), ("power.tokenism", 0.2)]),
    ("dependence", &[("power.joint_effect", 0.2), ("power.asymmetry_effect", 0.2)]),
    ("users", &[("users.weight", 0.5)]),
    ("absence", &[("partner.absence", 0.1)]),
    ("culture", &[("communication.culture_distance", 1.0), ("communication.integration", 0.1)]),
    (
        "circles and check-ins",
        &[
            ("communication.subgroups", 2.0),
            ("communication.language_distance", 0.3),
            ("communication.check_in", 0.5),
            ("communication.rework", 0.3),
        ],
    ),
    ("decisions", &[("decisions.rule", 1.0), ("decisions.approval_levels", 2.0)]),
    ("tension", &[("dialogue.tension_effect", 0.5), ("dialogue.surfacing", 0.2)]),
    ("goal setting", &[("dialogue.goal_specificity", 0.5), ("monitoring.individual_goals", 1.0)]),
    (
        "monitoring",
        &[
            ("monitoring.interval", 3.0),
            ("monitoring.sanction", 0.5),
            ("monitoring.recognition", 0.5),
            ("monitoring.publication", 1.0),
        ],
    ),
    ("replanning", &[("monitoring.interval", 3.0), ("monitoring.adjustment", 0.5), ("monitoring.exit_rule", 8.0)]),
    ("administration", &[("administration.load", 4.0), ("administration.staff", 1.0)]),
    ("formality", &[("governance.formality", 0.5)]),
    ("learning", &[("learning.features", 10.0), ("learning.reflection_months", 4.0)]),
    ("skill by doing", &[("learning.skill_growth", 0.05)]),
    ("roles", &[("roles.tasks", 12.0), ("roles.mapping", 0.2)]),
    (
        "chain and threshold",
        &[("delivery.chain_length", 3.0), ("delivery.link_success", 0.9), ("delivery.threshold", 0.2)],
    ),
    ("unequal pay", &[("partner.pay", 1.2)]),
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
        by_width(8);
    }
    if asked("sizes") {
        by_size(&[4, 8, 16, 64]);
    }
    if asked("threads") {
        by_threads(8);
    }
    if asked("experiment") {
        by_layer(5);
    }
    if asked("writing") {
        by_writing(8);
        by_format(94_000);
    }
}

/// `inputs` with one of the additions; `None` when this version has none of its keys.
fn with(mut inputs: Inputs, settings: &[(&str, f64)]) -> Option<Inputs> {
    let mut any = false;
    for (key, value) in settings {
        let Some(parameter) = parameters().find(|parameter| parameter.key == *key) else { continue };
        let setting = match parameter.domain {
            Domain::Number { .. } => Setting::Number(Fixed(*value)),
            Domain::Whole { .. } => Setting::Whole(*value as u64),
            Domain::Choice { .. } => Setting::Choice(*value as usize),
        };
        let one_more = |dated: &mut Vec<DatedInputs>| {
            let values = [(parameter.key, setting.clone())].into();
            dated.push(DatedInputs { name: format!("{key} {value}"), values, ..DatedInputs::default() });
        };
        match parameter.key {
            "event.kind" => one_more(&mut inputs.events),
            "intervention.kind" => one_more(&mut inputs.interventions),
            // Of partners only the last: what all have alike is no difference.
            key if parameter.scope() == Scope::Partner => {
                inputs.partners.last_mut().and_then(|partner| partner.values.insert(key, setting));
            }
            key => inputs.set(key, setting),
        }
        any = true;
    }
    any.then_some(inputs)
}

/// `inputs` with all of the additions.
fn with_all(inputs: Inputs) -> Inputs {
    ADDITIONS.iter().fold(inputs, |inputs, (_, settings)| with(inputs.clone(), settings).unwrap_or(inputs))
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
    cases.push(("all of them", with_all(inputs(n))));
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

/// What lockstep gains with only what always runs and with everything at work: the engine chosen for the size against one lane.
fn by_width(n: usize) {
    println!("{n} partners, one core\n  with                    replications/s  times one lane");
    let pair = [Engine { lanes: 1, instructions: Instructions::Baseline }, Engine::best(n)];
    for (name, inputs) in [("what always runs", inputs(n)), ("all of them", with_all(inputs(n)))] {
        let rounds = rounds(&pair.map(|engine| (&inputs, engine)), 2);
        let seconds = median(rounds.iter().map(|round| round[1]).collect());
        let ratio = median(rounds.iter().map(|round| round[0] / round[1]).collect());
        println!("  {name:22}  {:14.0}  {ratio:14.2}", 1.0 / seconds);
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
        let plan = Plan { points: 1, first: 0, replications: 40 * BLOCK as u64, threads };
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

/// An experiment against the bare engine: the same points and replications, once simulated and dropped, once by way of the layer that
/// keeps of every point what its tables and its journal need.
fn by_layer(n: usize) {
    const POINTS: usize = 40;
    const REPLICATIONS: u64 = 1_000;
    let set_up = |point: usize| {
        let mut inputs = Inputs { horizon_months: 36, ..inputs(n) };
        inputs.set("communication.quality", Setting::Number(Fixed(0.2 + 0.6 * point as f64 / POINTS as f64)));
        inputs
    };
    let set_ups: Vec<Inputs> = (0..POINTS).map(set_up).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let asked = Asked::new(&[]);
    let targets = totals::targets(&Default::default());
    let engine = Engine::best(n);
    let plan = Plan { points: POINTS, first: 0, replications: REPLICATIONS, threads };
    let block = |stretch: Stretch| simulate(&set_ups[stretch.point], 1, stretch.first, stretch.size, engine);
    let bare = || {
        let work = |stretch: Stretch| black_box(block(stretch)).size;
        let done = experiment::run(&plan, &AtomicBool::new(false), &work, |_, _| Ok::<(), ()>(()));
        assert!(done.is_ok());
    };
    let layer = || {
        let work = |stretch: Stretch| PointTotals::of(&block(stretch), &asked, &targets, REPLICATIONS);
        let mut journal = Vec::new();
        let mut totals: Option<PointTotals> = None;
        let sink = |_, part: PointTotals| {
            match &mut totals {
                Some(totals) => totals.merge(part),
                None => totals = Some(part),
            }
            match totals.take_if(|totals| totals.n() == REPLICATIONS) {
                Some(whole) => journal::add(&whole.finding(&asked, &targets), 0, &mut journal),
                None => Ok(()),
            }
        };
        assert!(experiment::run(&plan, &AtomicBool::new(false), &work, sink).is_ok());
        black_box(journal);
    };
    let time = |ran: &dyn Fn()| {
        let start = Instant::now();
        ran();
        start.elapsed().as_secs_f64() / (POINTS as u64 * REPLICATIONS) as f64
    };
    time(&bare);
    let rounds: Vec<[f64; 2]> = (0..ROUNDS).map(|_| [time(&bare), time(&layer)]).collect();
    println!(
        "{n} partners, 36 months, {POINTS} points of {REPLICATIONS} replications on {threads} threads, every outcome kept"
    );
    println!("  with                    replications/s  times the bare engine");
    for (at, name) in ["the bare engine", "the experiment layer"].into_iter().enumerate() {
        let rate = 1.0 / median(rounds.iter().map(|round| round[at]).collect());
        let ratio = median(rounds.iter().map(|round| round[at] / round[0]).collect());
        println!("  {name:22}  {rate:14.0}  {ratio:21.3}");
    }
    println!();
}

/// What it costs on one core to write down every outcome of every replication, against simulating them.
fn by_writing(n: usize) {
    const BLOCKS: u64 = 512;
    let inputs = Inputs { horizon_months: MONTHS, ..inputs(n) };
    let engine = Engine::best(n);
    let blocks: Vec<_> = (0..BLOCKS).map(|k| simulate(&inputs, 1, k * BLOCK as u64, BLOCK, engine)).collect();
    let rows = runs::Rows::after(b"bench".to_vec(), 1);
    let table = || {
        let mut text = Vec::new();
        runs::write_header(&mut text).expect("memory takes all");
        blocks.iter().for_each(|block| text.extend(rows.of(block)));
        text
    };
    let (text, about, columns) = (table(), About::default(), runs::columns());
    let time = |ran: &dyn Fn()| {
        let start = Instant::now();
        ran();
        start.elapsed().as_secs_f64() / (BLOCKS * BLOCK as u64) as f64
    };
    let simulated =
        || _ = (0..BLOCKS).map(|k| simulate(&inputs, 1, k * BLOCK as u64, BLOCK, engine).size).sum::<usize>();
    let as_text = || _ = black_box(table());
    let as_parquet = || {
        let mut bytes = Vec::new();
        parquet::of_csv(&columns, text.as_slice(), &about, &mut bytes).expect("memory takes all");
        black_box(bytes);
    };
    let rounds: Vec<[f64; 3]> = (0..ROUNDS).map(|_| [time(&simulated), time(&as_text), time(&as_parquet)]).collect();
    println!("{n} partners, {} columns of {} replications on one core", columns.len(), BLOCKS * BLOCK as u64);
    println!("                          replications/s  times simulating");
    for (at, name) in ["simulating", "writing text", "writing Parquet from it"].into_iter().enumerate() {
        let rate = 1.0 / median(rounds.iter().map(|round| round[at]).collect());
        println!(
            "  {name:<23} {rate:>14.0} {:>17.3}",
            median(rounds.iter().map(|round| round[at] / round[0]).collect())
        );
    }
}

/// A way to write or read a table.
type Way<'a> = dyn Fn() -> Result<(), Error> + 'a;

/// A table as long as the summary of two thousand points with every outcome, in each form that it is kept in.
fn by_format(n_rows: u64) {
    let mut columns = vec![
        Column::whole("point", "Number of the point.", "number"),
        Column::outcome(),
        Column::text("unit", "Its unit."),
    ];
    columns.extend((0..16).map(|k| Column::number(&format!("figure_{k}"), "A figure.", "share")));
    let mut sheet = Sheet::new("summary", "Every outcome at every point", columns);
    for row in 0..n_rows {
        let figures = (0..16).map(|k| ((row * 16 + k) as f64).sqrt().fract().into());
        let outcome = format!("outcome_{}", row % 47);
        sheet.push([(row / 47).into(), outcome.into(), "share".into()].into_iter().chain(figures).collect());
    }
    let mut text = Vec::new();
    sheet.write_csv(&mut text).expect("memory takes all");
    let kept = Kept { about: About::default(), sheets: vec![sheet.clone()], rows: Vec::new(), given: Vec::new() };
    let place = tempfile::tempdir().expect("there is a folder for what goes away");
    let open = |name: &str| -> Result<Box<dyn Read>, Error> { Err(Error::other(name.to_string())) };
    let written = || sheet.write_csv(&mut Vec::new());
    let read =
        || Sheet::read_csv("summary", "", sheet.columns.clone(), text.as_slice()).map(|sheet| _ = black_box(sheet));
    let as_parquet = || parquet::of_sheet(&sheet, &kept.about, &mut Vec::new());
    let as_workbook = || {
        let aside = Aside { folder: place.path(), file: Cursor::new(Vec::new()) };
        workbook::write(&kept, &[], &open, Profile::Analyst, aside, &mut Vec::new())
    };
    let ways: [(&str, &Way); 4] =
        [("text", &written), ("text, read back", &read), ("Parquet", &as_parquet), ("a workbook", &as_workbook)];
    println!("a table of {n_rows} rows and {} columns\n  as                      seconds", sheet.columns.len());
    for (name, way) in ways {
        let time = |_| {
            let start = Instant::now();
            way().expect("memory takes all");
            start.elapsed().as_secs_f64()
        };
        println!("  {name:<22} {:>8.3}", median((0..3).map(time).collect()));
    }
    println!();
}
