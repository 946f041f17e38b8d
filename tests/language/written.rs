//! The canonical text of a scenario loads as the same scenario, whatever it was made of.

use partnersim::scenario::written::toml;
use partnersim::scenario::{Override, Scenario, load, shipped};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// A scenario in which the same is said in every place there is: of every partner, in a template, of one copy.
const LAYERED: &str = r#"
[every_partner]
autonomy = 0.3
resources.staff = 12
skills = { clinical = 1, social = 2 }
goals = { "home \"care\"" = 0.4 }

[[partner]]
name = "council"
sector = "council"
resources.money = 100
location.x = -0.5

[[partner]]
name = "practice"
count = 3
variation = 0.3
resources.money = 40

[[partner]]
name = "team"
count = 2
autonomy = { observed = [0.1, 0.2] }
skills.social = 1

[[need]]
name = "home \"care\""
demand = 50
skills = { clinical = 0.6, social = 0.4 }

[[need]]
name = "falls"
skills = { practical = 1, "a.b" = 1 }

[[event]]
name = "cuts"
kind = "funding_cut"
rate = { pert = [0.001, 0.01, 0.05] }
partners = ["practice", "council"]

[[intervention]]
name = "help"
kind = "external_support"
start = 3
end = { uniform = [9, 24] }
dose = 0.5
cost = 2
decay = 0.1

[governance]
form = "lead"
"#;

fn no_file(_: &str) -> Result<Vec<u8>, String> {
    Err("no file is named".to_owned())
}

fn of_file(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).unwrap();
    load(&text, &path.display().to_string(), &[], &no_file).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Writes a scenario and holds what is read again to it; gives the text.
fn again(scenario: &Scenario) -> String {
    let text = toml(scenario);
    let read = load(&text, "elsewhere.toml", &[], &no_file).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"));
    assert_eq!(read.inputs, scenario.inputs, "{text}");
    assert_eq!(read.digest, scenario.digest, "{text}");
    assert_eq!((&read.title, &read.question), (&scenario.title, &scenario.question));
    assert_eq!((&read.sources, &read.concepts), (&scenario.sources, &scenario.concepts));
    assert_eq!((read.seed, read.replications), (scenario.seed, scenario.replications));
    assert_eq!(read.targets, scenario.targets);
    assert_eq!(toml(&read), text, "the canonical text is its own");
    text
}

#[test]
fn every_ready_made_scenario_reads_back_as_itself() {
    for shipped in shipped::SHIPPED {
        again(&shipped.load().unwrap());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    again(&of_file(&folder.join("tests/everything.toml")));
    again(&load(&partnersim::scenario::starter::text(), "new.toml", &[], &no_file).unwrap());
}

#[test]
fn what_is_said_of_every_partner_and_of_copies_is_said_once() {
    let text = again(&load(LAYERED, "layered.toml", &[], &no_file).unwrap());
    assert_eq!(text.matches("autonomy = 0.3\n").count(), 1, "{text}");
    assert_eq!(text.matches("[[partner]]").count(), 3, "{text}");
    assert!(text.contains("name = \"practice\"\ncount = 3\nresources.money = { lognormal = [40, 0.2935603"), "{text}");
    assert!(!text.contains("horizon_months") && !text.contains("[trust]"), "a default goes without saying: {text}");
}

#[test]
fn changes_of_the_command_line_are_part_of_the_text() {
    for changes in [
        &["partner.practice-2.autonomy=0.9", "every_partner.autonomy={ beta = [2, 2] }"][..],
        &["partner.council.skills.social=3", "need.falls.skills.practical=2", "governance.partners=9"],
        &["governance.partners=3", "event.cuts.partners=[\"practice-1\"]", "intervention.help.dose=0"],
        &["seed=18446744073709551615", "replications=12", "horizon_months=7", "targets.premium=-2.5"],
        &["governance.lead=practice-2", "every_partner.skills.social=0.5", "partner.team.variation=1"],
    ] {
        let overrides: Vec<Override> = changes.iter().map(|text| Override::parse(text).unwrap()).collect();
        let scenario = load(LAYERED, "layered.toml", &overrides, &no_file).unwrap_or_else(|f| panic!("{f:#?}"));
        again(&scenario);
    }
}

#[test]
fn a_name_that_differs_from_another_only_in_blanks_is_the_same_name_twice() {
    let text = LAYERED.replace("clinical = 0.6,", "clinical = 0.6, \" social\" = 1,");
    let faults = load(&text, "a.toml", &[], &no_file).unwrap_err();
    assert_eq!(faults[0].message, "`skills.social` is set twice");
}

/// Text of any characters that a title may hold.
fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter)
}

/// A name that the language takes: nothing but blanks, and control characters, are refused.
fn any_name() -> impl Strategy<Value = String> {
    let told = "abcXYZ 0129.,;:-_'\"\\[]{}#=\u{e9}\u{4e2d}\u{1f600}".chars().collect::<Vec<char>>();
    prop::collection::vec(prop::sample::select(told), 1..12)
        .prop_map(|characters| format!("n{}", String::from_iter(characters).trim_end()))
}

/// A number of any size that a parameter without much of a range takes.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![(-20000.0..20000.0_f64), Just(0.0), Just(1e-300), (0..200_i32).prop_map(f64::from)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_texts_and_numbers_read_back_as_themselves(
        texts in prop::collection::vec(any_text(), 3),
        names in prop::collection::btree_set(any_name(), 6),
        (count, count_of_other) in (1..4_u64, 1..4_u64),
        (x, y, weight) in (any_number(), any_number(), 0.001..1e5_f64),
        variation in prop::option::of(0.01..2.0_f64),
        seed in any::<u64>(),
        every in prop::option::of(0.0..1.0_f64),
    ) {
        use partnersim::scenario::notation::{key, number, quoted};
        let [first, second, need, other_need, skill, other_skill] = &names.iter().cloned().collect::<Vec<_>>()[..] else { unreachable!() };
        let variation = variation.map_or(String::new(), |variation| format!("variation = {variation}\n"));
        let every = every.map_or(String::new(), |every| format!("[every_partner]\nautonomy = {every}\ngoals = {{ {} = {every} }}\n", key(need)));
        let text = format!(
            "title = {}\nquestion = {}\nsources = [{}, \"b\"]\nseed = \"{seed}\"\n{every}\
             [[partner]]\nname = {}\ncount = {count}\n{variation}location.x = {}\nskills = {{ {} = {} }}\n\
             [[partner]]\nname = {}\ncount = {count_of_other}\nlocation.y = {}\ngoals = {{ {} = 0.5 }}\n\
             [[need]]\nname = {}\nskills = {{ {} = {}, {} = 1 }}\n[[need]]\nname = {}\nskills = {{ {} = 1 }}\n",
            quoted(&texts[0]), quoted(&texts[1]), quoted(&texts[2]), quoted(first), number(x), key(skill), number(weight),
            quoted(second), number(y), key(other_need), quoted(need), key(other_skill), number(weight), key(skill),
            quoted(other_need), key(other_skill),
        );
        match load(&text, "any.toml", &[], &no_file) {
            Ok(scenario) => drop(again(&scenario)),
            // Two templates may expand to the same name: such a text is refused, and for nothing else.
            Err(faults) => prop_assert!(faults.iter().all(|f| f.message.starts_with("a second partner")), "{faults:#?}"),
        }
    }
}
