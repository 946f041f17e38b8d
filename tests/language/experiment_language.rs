//! The language of experiments: what a file may say, and every fault of one that says something else.

use partnersim::experiment::design::marginal::{Level, Marginal};
use partnersim::experiment::design::{Design, Role};
use partnersim::experiment::file::{Beside, Experiment, REPLICATIONS, read};
use partnersim::model::uncertainty::Uncertainty;
use partnersim::scenario::diagnostic::Diagnostic;
use partnersim::scenario::shipped;

fn told(text: &str) -> Vec<String> {
    match of(text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .into_iter()
            .map(|fault| {
                let line = fault.place.map_or(0, |place| place.line);
                format!("{line}: {} | {}", fault.message, fault.help)
            })
            .collect(),
    }
}

fn of(text: &str) -> Result<Experiment, Vec<Diagnostic>> {
    let scenario = |name: &str| {
        let shipped = shipped::find(name).ok_or_else(|| format!("there is no {name}"))?;
        shipped.load().map_err(|_| "faulty".to_string())
    };
    let table = |name: &str| match name {
        "points.csv" => {
            let column = |cells: [&str; 2]| cells.map(str::to_string).to_vec();
            let names = ["communication.quality", "rule", "weight"].map(str::to_string).to_vec();
            Ok((names, vec![column(["0.2", "0.7"]), column(["open", "vote"]), column(["1", "2"])]))
        }
        _ => Err("it is not there".to_string()),
    };
    read(text, "e.toml", &Beside { scenario: &scenario, table: &table })
}

const BASE: &str = "scenario = \"neighbourhood_forum\"\n";

fn with(design: &str, rest: &str) -> String {
    format!("{BASE}[design]\n{design}\n{rest}")
}

const QUALITY: &str = "[[factor]]\nname = \"quality\"\npath = \"communication.quality\"\n";

#[test]
fn a_factor_takes_its_values_in_any_of_the_four_ways() {
    let text = with(
        "kind = \"sobol\"\npoints = 8",
        &format!(
            "{QUALITY}from = \"scenario\"\n\
             [[factor]]\npath = \"communication.meetings\"\nrange = [1, 4]\n\
             [[factor]]\npath = \"decisions.rule\"\nlevels = [\"open\", \"vote\"]\nrole = \"uncertain\"\n\
             [[factor]]\npaths = [\"partner.parish.resources.money\", \"partner.primary school.resources.money\"]\n\
             name = \"money\"\ndistribution = {{ pert = [5, 10, 20] }}\n"
        ),
    );
    let experiment = of(&text).unwrap();
    let own = Marginal::Spread { uncertainty: Uncertainty::Beta { alpha: 9.0, beta: 4.0 }, is_whole: false };
    assert_eq!(experiment.factors[0].marginal, own);
    assert_eq!(experiment.factors[1].name, "communication.meetings");
    assert_eq!(experiment.factors[2].role, Role::Uncertain);
    assert_eq!(experiment.base[1], Some(Level::Number(2.0)));
    assert_eq!(experiment.base[2], Some(Level::Word("consensus".to_string())));
    assert_eq!((experiment.replications, experiment.seed), (REPLICATIONS, 1));
    let points = experiment.points();
    let changes = experiment.changes(&points[1], &experiment.policies[0]);
    assert_eq!(changes.len(), 5);
    assert_eq!(changes[2].path, "decisions.rule");
    assert!(changes[2].value.starts_with('"'), "{}", changes[2].value);
    assert_eq!(changes[3].value, changes[4].value);
}

#[test]
fn ranges_become_levels_where_a_design_has_levels_only() {
    let text = with("kind = \"factorial\"", &format!("{QUALITY}range = [0.1, 0.4]\nsteps = 4\n"));
    let levels: Vec<String> = of(&text).unwrap().factors[0].marginal.levels().iter().map(Level::text).collect();
    assert_eq!(levels, ["0.1", "0.2", "0.3", "0.4"]);
    let text = with("kind = \"one_at_a_time\"", &format!("{QUALITY}range = [0.1, 0.4]\n"));
    assert_eq!(of(&text).unwrap().points().len(), 3);
    let text = with("kind = \"factorial\"", &format!("{QUALITY}distribution = {{ normal = [0.5, 0.1] }}\n"));
    let experiment = of(&text).unwrap();
    let Level::Number(low) = experiment.factors[0].marginal.levels()[0] else { panic!("a number") };
    assert!((low - (0.5 - 0.1644854)).abs() < 1e-6);
}

#[test]
fn a_table_gives_its_rows_by_name_or_path() {
    let rest = format!("{QUALITY}[[factor]]\nname = \"rule\"\npath = \"decisions.rule\"\n");
    let experiment = of(&with("kind = \"table\"\nfile = \"points.csv\"", &rest)).unwrap();
    assert!(matches!(experiment.design, Design::Table { .. }));
    let values: Vec<String> = experiment.points()[1].values.iter().flatten().map(Level::text).collect();
    assert_eq!(values, ["0.7", "vote"]);
    let missing = told(&with("kind = \"table\"\nfile = \"points.csv\"", "[[factor]]\npath = \"trust.initial\"\n"));
    assert!(missing[0].contains("no column for the factor `trust.initial`"), "{missing:?}");
}

#[test]
fn policies_set_words_numbers_and_uncertainties() {
    let rest = format!(
        "{QUALITY}levels = [0.2]\n[[policy]]\nname = \"a\"\n[[policy]]\nname = \"b\"\n\
         set = {{ \"decisions.rule\" = \"vote\", communication = {{ meetings = 3, quality = {{ pert = [0.1, 0.2, 0.3] }} }} }}\n"
    );
    let experiment = of(&with("kind = \"factorial\"", &rest)).unwrap();
    assert_eq!(experiment.policies.len(), 2);
    let changes: Vec<String> =
        experiment.policies[1].changes.iter().map(|change| format!("{}={}", change.path, change.value)).collect();
    let expected =
        ["decisions.rule=\"vote\"", "communication.meetings=3", "communication.quality={ pert = [0.1, 0.2, 0.3] }"];
    assert_eq!(changes, expected);
    // The policy comes last and wins.
    let all = experiment.changes(&experiment.points()[0], &experiment.policies[1]);
    assert_eq!(all.last().map(|change| change.path.as_str()), Some("communication.quality"));
}

#[test]
fn a_policy_may_add_a_whole_intervention_or_change_some_of_its_settings() {
    let rest = format!(
        "{QUALITY}levels = [0.2]\n[[policy]]\nname = \"a\"\nset = {{ \"intervention.help\" = {{ kind = \"coaching\", cost = 2 }} }}\n\
         [[policy]]\nname = \"b\"\nset = {{ intervention = {{ help = {{ dose = 0.5, cost = 3 }} }} }}\n"
    );
    let experiment = of(&with("kind = \"factorial\"", &rest)).unwrap();
    let changes = |policy: usize| -> Vec<String> {
        experiment.policies[policy].changes.iter().map(|change| format!("{}={}", change.path, change.value)).collect()
    };
    assert_eq!(changes(0), ["intervention.help={ kind = \"coaching\", cost = 2 }"]);
    assert_eq!(changes(1), ["intervention.help.dose=0.5", "intervention.help.cost=3"]);
}

#[test]
fn every_fault_is_told_at_once_with_its_line_and_the_nearest_name() {
    let text = "scenario = \"neighbourhood_forum\"\n\
                replicatons = 5\n\
                outcomes = [\"premum\"]\n\
                [design]\n\
                kind = \"latin_hypercub\"\n\
                [[factor]]\n\
                path = \"communication.quality\"\n\
                levels = [0.2, 0.2]\n\
                [[factor]]\n\
                path = \"seed\"\n\
                range = [1, 2]\n\
                [[correlation]]\n\
                factors = [\"communication.quality\", \"qualty\"]\n\
                rank = 2\n";
    let told = told(text);
    for (line, words) in [
        (2, "did you mean `replications`"),
        (3, "`premium`"),
        (5, "did you mean `latin_hypercube`"),
        (8, "a second time"),
        (9, "cannot set `seed`"),
        (13, "there is no factor `qualty`"),
    ] {
        let found = told.iter().find(|fault| fault.starts_with(&format!("{line}: ")));
        assert!(found.is_some_and(|fault| fault.contains(words)), "{line} {words}: {told:#?}");
    }
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let two = "[[factor]]\nname = \"a\"\npath = \"communication.quality\"\nrange = [0, 1]\n\
               [[factor]]\nname = \"b\"\npath = \"trust.initial\"\nrange = [0, 1]\n";
    let third = "[[factor]]\nname = \"c\"\npath = \"communication.meetings\"\nrange = [0, 1]\n";
    let pair = |a: &str, b: &str, rank: f64| format!("[[correlation]]\nfactors = [\"{a}\", \"{b}\"]\nrank = {rank}\n");
    let lhs = "kind = \"latin_hypercube\"\npoints = 4";
    let cases = [
        (with("kind = \"saltelli\"\nbase = 12", two), "not a power of two"),
        (with("kind = \"morris\"\ntrajectories = 2\nlevels = 5", two), "`levels` is odd"),
        (with("kind = \"morris\"\ntrajectories = 2", &(two.to_string() + &pair("a", "b", 0.5))), "tied to each other"),
        (
            with(lhs, &(two.to_string() + third + &pair("a", "b", 0.9) + &pair("b", "c", 0.9) + &pair("a", "c", -0.9))),
            "`c` cannot have its own (the matrix is not positive definite)",
        ),
        (with(lhs, &(QUALITY.to_string() + "levels = [0.1]\nrange = [0, 1]\n")), "in more than one way"),
        (with(lhs, QUALITY), "does not say what values it takes"),
        (with(lhs, &(two.to_string() + "[[share]]\nfactors = [\"a\", \"b\"]\n")), "has values of its own"),
        (with("kind = \"sobol\"", two), "does not say how many `points`"),
        (with("kind = \"sobol\"\npoints = 100000000", two), "above the most allowed"),
        (with(lhs, &two.replace("\"b\"", "\"point\"")), "a column of the results is"),
        (with(lhs, &(QUALITY.to_string() + "from = \"scenario\"\n").replace("quality", "meetings")), "no uncertainty"),
        (with(lhs, ""), "no factor to vary"),
        (format!("[design]\n{lhs}\n{two}"), "there is no `scenario`"),
        (BASE.to_string(), "no table `[design]`"),
    ];
    for (text, words) in cases {
        let told = told(&text);
        assert!(told.iter().any(|fault| fault.contains(words)), "{words}: {told:#?}\n{text}");
    }
}
