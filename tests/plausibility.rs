//! Whether the shipped scenarios behave as partnerships in the field do. The figures stand in `docs/plausibility.md`,
//! which this test holds to the truth.

use partnersim::analyse::correlation::pearson;
use partnersim::model::outcomes::OUTCOMES;
use partnersim::scenario::{Override, load};
use partnersim::simulate::{BLOCK, Engine, simulate};
use std::fs;
use std::path::{Path, PathBuf};

const BLOCKS: u64 = 16;

/// What one scenario gave over seven years.
struct Figures {
    scenario: String,
    alive_after_3: f64,
    alive_after_7: f64,
    premium_above_0: f64,
    premium_share: f64,
    net_value_below_0: f64,
    trust_and_premium: f64,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn scenarios() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("scenarios")).expect("the folder of scenarios");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    files
}

fn figures(file: &Path) -> Figures {
    let text = fs::read_to_string(file).expect("a scenario");
    let seven_years = [Override { path: "horizon_months".into(), value: "84".into() }];
    let read = |name: &str| fs::read(root().join("scenarios").join(name)).map_err(|error| error.to_string());
    let scenario = load(&text, "scenario", &seven_years, &read).expect("a scenario without faults");
    let inputs = &scenario.inputs;
    let mut columns = vec![Vec::new(); OUTCOMES.len()];
    for block in 0..BLOCKS {
        let engine = Engine::best(inputs.partners.len());
        let block = simulate(inputs, scenario.seed, block * BLOCK as u64, BLOCK, engine);
        columns.iter_mut().zip(block.outcomes).for_each(|(column, part)| column.extend(part));
    }
    let outcome = |name: &str| &columns[OUTCOMES.iter().position(|o| o.name == name).expect("an outcome")];
    let share = |name: &str, holds: &dyn Fn(f64) -> bool| {
        outcome(name).iter().filter(|value| holds(**value)).count() as f64 / outcome(name).len() as f64
    };
    let total = |name: &str| outcome(name).iter().sum::<f64>();
    Figures {
        scenario: file.file_stem().expect("a name").to_string_lossy().into_owned(),
        alive_after_3: share("months_survived", &|months| months > 36.0),
        alive_after_7: share("alive", &|alive| alive > 0.0),
        premium_above_0: share("premium", &|premium| premium > 0.0),
        premium_share: total("premium") / (total("value") - total("premium")),
        net_value_below_0: share("net_value", &|value| value <= 0.0),
        trust_and_premium: pearson(outcome("trust"), outcome("premium")),
    }
}

fn row(figures: &Figures) -> String {
    format!(
        "| {} | {:.0} % | {:.0} % | {:.0} % | {:+.1} % | {:.0} % | {:.2} |",
        figures.scenario,
        100.0 * figures.alive_after_3,
        100.0 * figures.alive_after_7,
        100.0 * figures.premium_above_0,
        100.0 * figures.premium_share,
        100.0 * figures.net_value_below_0,
        figures.trust_and_premium,
    )
}

#[test]
fn shipped_scenarios_behave_as_partnerships_in_the_field_do() {
    let all: Vec<Figures> = scenarios().iter().map(|file| figures(file)).collect();
    let mean = |of: fn(&Figures) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let rows: Vec<String> = all.iter().map(row).collect();
    println!("{}", rows.join("\n"));

    // Feinberg 2008: 90 % outlive the three-year grant, about two thirds are alive four years later.
    let (three, seven) = (mean(|f| f.alive_after_3), mean(|f| f.alive_after_7));
    assert!((0.85..=0.96).contains(&three), "alive after three years: {three}");
    assert!((0.58..=0.75).contains(&seven), "alive after seven years: {seven}");
    // De Jong 2016: trust and output correlate at .15 to .45 in a sample of partnerships.
    let flagship = all.iter().find(|f| f.scenario == "health_and_social_care").expect("the first scenario");
    assert!((0.15..=0.45).contains(&flagship.trust_and_premium), "correlation {}", flagship.trust_and_premium);
    assert!(all.iter().all(|f| f.trust_and_premium > 0.0));
    // Cochrane: little or no difference on average; no model assures success.
    assert!(all.iter().all(|f| f.net_value_below_0 >= 0.1), "too rosy");
    assert!(all.iter().all(|f| f.premium_share.abs() < 0.06), "too large a difference");

    let page = fs::read_to_string(root().join("docs/plausibility.md")).expect("docs/plausibility.md");
    for row in rows {
        assert!(page.contains(&row), "docs/plausibility.md is out of date; it should say\n{row}");
    }
}
