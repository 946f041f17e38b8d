//! The table of concepts walked row by row: every name in it exists, and every direction is seen, on the same draws, in
//! 2,048 replications of each side.

use partnersim::model::evaluation::{CLEAR, FOUND};
use partnersim::model::mechanisms;
use partnersim::model::outcomes::{OUTCOMES, PARTNER_MEASURES};
use partnersim::scenario::concepts::{Check, Concept, Concepts, unknown_names};
use partnersim::simulate::{BLOCK, Block, Engine, simulate};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const BLOCKS: u64 = 16;

/// How many standard errors of the paired difference a direction has to lie from zero.
const ERRORS: f64 = 4.0;

/// How large a difference may be, in standard deviations of the outcome, to be none worth speaking of.
const NEGLIGIBLE: f64 = 0.05;

fn concepts() -> Concepts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/concepts.toml");
    Concepts::read(&fs::read_to_string(path).expect("the table of concepts")).expect("a table without faults")
}

/// One side of a check lived: every measure that the check asks for, replication by replication.
type Side = BTreeMap<String, Vec<f64>>;

fn live(concepts: &Concepts, check: &Check, side: &[String], blocks: u64) -> Result<Side, String> {
    let scenario = concepts.scenario(check, side)?;
    let engine = Engine::best(scenario.inputs.partners.len());
    let mut columns: Side = check.expect.keys().map(|name| (name.clone(), Vec::new())).collect();
    for block in 0..blocks {
        let block = simulate(&scenario.inputs, 1, block * BLOCK as u64, BLOCK, engine);
        for (name, column) in &mut columns {
            column.extend(measure(&block, name).ok_or_else(|| format!("no outcome is called `{name}`"))?);
        }
    }
    for (name, column) in columns.iter_mut().filter(|(name, _)| name.starts_with("spread of ")) {
        let mean = mean(column);
        assert!(column.len() > 1, "{name}");
        column.iter_mut().for_each(|value| *value = (*value - mean) * (*value - mean));
    }
    Ok(columns)
}

/// An outcome, the sum of a partners' measure over all partners, what an evaluator found, or (before it is squared) the
/// spread of an outcome.
fn measure(block: &Block, name: &str) -> Option<Vec<f64>> {
    let name = name.strip_prefix("spread of ").unwrap_or(name);
    if let Some(name) = name.strip_prefix("evaluation.") {
        return evaluated(block, name);
    }
    if let Some(position) = OUTCOMES.iter().position(|outcome| outcome.name == name) {
        return Some(block.outcomes[position].clone());
    }
    let position = PARTNER_MEASURES.iter().position(|measure| measure.column == name)?;
    Some((0..block.size).map(|r| block.partners.iter().map(|partner| partner[position][r]).sum()).collect())
}

/// What a check can ask of an evaluation, besides what it finds itself.
const OF_EVALUATIONS: [&str; 2] = ["bias", "clear"];

/// What an evaluator found: as the model has it; how far the estimate lies from the truth; or whether it is clearly above 0.
fn evaluated(block: &Block, name: &str) -> Option<Vec<f64>> {
    let column = |name: &str| block.evaluation.get(FOUND.iter().position(|found| *found == name)?);
    match name {
        "bias" => Some(difference(column("true_effect")?, column("estimate")?)),
        "clear" => {
            let pairs = column("estimate")?.iter().zip(column("standard_error")?);
            Some(pairs.map(|(estimate, error)| f64::from(u8::from(*estimate > CLEAR * error))).collect())
        }
        name => column(name).cloned(),
    }
}

fn measured(name: &str) -> bool {
    let name = name.strip_prefix("spread of ").unwrap_or(name);
    let evaluated = name.strip_prefix("evaluation.");
    OUTCOMES.iter().any(|o| o.name == name)
        || PARTNER_MEASURES.iter().any(|m| m.column == name)
        || evaluated.is_some_and(|name| FOUND.contains(&name) || OF_EVALUATIONS.contains(&name))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

/// Mean of a list of paired differences, and its standard error.
fn estimate(differences: &[f64]) -> (f64, f64) {
    (mean(differences), (deviation(differences) / (differences.len() as f64).sqrt()).max(1e-12))
}

fn difference(low: &[f64], high: &[f64]) -> Vec<f64> {
    low.iter().zip(high).map(|(low, high)| high - low).collect()
}

/// Whether what is expected of an outcome is seen in the sides, and the figures in words.
fn seen(way: &str, sides: &[&Vec<f64>]) -> (bool, String) {
    let steps: Vec<Vec<f64>> = sides.windows(2).map(|pair| difference(pair[0], pair[1])).collect();
    let above = |differences: &[f64]| {
        let (mean, error) = estimate(differences);
        mean > ERRORS * error
    };
    let negative = |differences: &[f64]| differences.iter().map(|value| -value).collect::<Vec<_>>();
    let told: Vec<String> = steps.iter().map(|step| estimate(step)).map(|(m, e)| format!("{m:+.4} ± {e:.4}")).collect();
    let holds = match way {
        "+" => steps.iter().all(|step| above(step)),
        "-" => steps.iter().all(|step| above(&negative(step))),
        "none" => {
            let scale = deviation(sides[0]).max(deviation(sides[1]));
            mean(&steps[0]).abs() <= NEGLIGIBLE * scale
        }
        "cap" => above(&steps[0]) && above(&negative(&steps[steps.len() - 1])),
        "cup" => above(&negative(&steps[0])) && above(&steps[steps.len() - 1]),
        "S" => above(&difference(&steps[0], &steps[1])) && above(&difference(&steps[2], &steps[1])),
        bounds => {
            let (low, high) = bounds.split_once(" to ").expect("bounds of a share");
            let [low, high] = [low, high].map(|bound| bound.parse::<f64>().expect("a bound"));
            let share = sides[0].iter().filter(|value| **value <= 0.0).count() as f64 / sides[0].len() as f64;
            return ((low..=high).contains(&share), format!("share {share:.3}"));
        }
    };
    (holds, told.join(", "))
}

/// The fault of each expectation of a check that is not met. A direction as clear in a quarter of the replications needs no more of
/// them; that something has no effect, or a share is within bounds, does.
fn faults(concepts: &Concepts, concept: &Concept, check: &Check) -> Vec<String> {
    let directions = check.expect.values().all(|way| ["+", "-", "cap", "cup", "S"].contains(&way.as_str()));
    if directions && faults_in(concepts, concept, check, BLOCKS / 4).is_empty() {
        return Vec::new();
    }
    faults_in(concepts, concept, check, BLOCKS)
}

/// The same in so many blocks.
fn faults_in(concepts: &Concepts, concept: &Concept, check: &Check, blocks: u64) -> Vec<String> {
    let as_it_is: &[String] = &[];
    let sides = if check.sides().is_empty() { vec![as_it_is] } else { check.sides() };
    let lived: Result<Vec<Side>, String> = sides.iter().map(|side| live(concepts, check, side, blocks)).collect();
    let lived = match lived {
        Ok(lived) => lived,
        Err(fault) => return vec![format!("{}: {fault}", concept.id)],
    };
    let mut wrong = Vec::new();
    for (name, way) in &check.expect {
        let columns: Vec<&Vec<f64>> = lived.iter().map(|side| &side[name]).collect();
        let (holds, figures) = seen(way, &columns);
        let line = format!("{} {} {:?}: {name} {way}: {figures}", concept.id, check.base, check.sides());
        println!("{} {line}", if holds { "  " } else { "NO" });
        if !holds {
            wrong.push(line);
        }
    }
    wrong
}

#[test]
fn every_direction_of_the_table_is_seen() {
    let concepts = concepts();
    let checks: Vec<(&Concept, &Check)> =
        concepts.concept.iter().flat_map(|concept| concept.checks.iter().map(move |check| (concept, check))).collect();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((concept, check)) = checks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !check.pending {
                        let found = faults(&concepts, concept, check);
                        wrong.lock().expect("no thread broke").extend(found);
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().expect("no thread broke");
    wrong.sort();
    assert!(wrong.is_empty(), "{} of the table are not seen:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_concept_has_its_row_once_and_in_order_and_scenarios_can_name_it() {
    let rows = [('A', 19), ('B', 28), ('C', 8), ('D', 21), ('E', 9)];
    let expected: Vec<String> =
        rows.iter().flat_map(|&(letter, last)| (1..=last).map(move |number| format!("{letter}{number}"))).collect();
    assert!(partnersim::scenario::check::concepts::ids().eq(expected.iter().cloned()));
    let found: Vec<String> = concepts().concept.into_iter().map(|concept| concept.id).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_name_in_the_table_exists() {
    for concept in concepts().concept.iter().filter(|concept| !concept.pending) {
        let unknown = unknown_names(concept);
        assert!(unknown.is_empty(), "{}: {unknown:?}", concept.id);
    }
}

#[test]
fn every_row_is_held_by_something_and_its_checks_move_its_own_lever() {
    let tests: String = ["model.rs", "reproduction.rs", "plausibility.rs", "concepts.rs"]
        .iter()
        .map(|file| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine").join(file))
        .map(|path| fs::read_to_string(path).expect("a file of tests"))
        .collect();
    for concept in &concepts().concept {
        let id = &concept.id;
        let held = !concept.checks.is_empty() || !concept.tests.is_empty() || !concept.scenarios.is_empty();
        assert!(held || concept.pending, "{id} is held by nothing");
        assert!(
            !concept.direction.is_empty() || !concept.scenarios.is_empty() || concept.pending,
            "{id}: no direction"
        );
        for test in &concept.tests {
            assert!(tests.contains(&format!("fn {test}()")), "{id}: no test is called {test}");
        }
        for key in concept.checks.iter().flat_map(|check| check.levers()) {
            assert!(concept.parameters.contains(&key), "{id} moves {key} and does not name it");
        }
    }
}

#[test]
fn nothing_waits_that_could_be_run() {
    let concepts = concepts();
    let mut ready = Vec::new();
    for concept in &concepts.concept {
        for check in concept.checks.iter().filter(|check| check.pending) {
            let loads = check.sides().iter().all(|side| concepts.scenario(check, side).is_ok());
            if loads && check.expect.keys().all(|name| measured(name)) {
                ready.push(format!("{}: {:?}", concept.id, check.sides()));
            }
        }
        if concept.pending && unknown_names(concept).is_empty() {
            ready.push(format!("{}: every name of the row exists", concept.id));
        }
    }
    assert!(ready.is_empty(), "`pending = true` has to go:\n{}", ready.join("\n"));
}

#[test]
fn every_parameter_belongs_to_a_concept_or_to_a_note_of_science() {
    let concepts = concepts();
    let science = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/science.md")).expect("science");
    let codes: Vec<&str> = science
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next())
        .filter(|code| code.starts_with(['M', 'R']) && code[1..].parse::<u32>().is_ok())
        .collect();
    let mut orphans = Vec::new();
    for parameter in mechanisms::parameters() {
        let named = concepts.concept.iter().any(|concept| concept.parameters.iter().any(|key| key == parameter.key));
        let mut words = parameter.source.split(|c: char| !c.is_ascii_alphanumeric());
        if !named && !words.any(|word| codes.contains(&word)) {
            orphans.push(parameter.key);
        }
    }
    assert!(orphans.is_empty(), "no concept and no note of docs/science.md needs {orphans:?}");
}
