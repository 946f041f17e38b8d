//! The scenario language as a user meets it: what is accepted, what is refused, and with which words.

use partnersim::model::inputs::Setting;
use partnersim::model::uncertainty::Uncertainty;
use partnersim::scenario::{Override, Scenario, load};

const TWO: &str = r#"
title = "Two"
[[partner]]
name = "council"
resources.money = 100
skills = { social = 1 }
goals = { "home care" = 0.8 }
[[partner]]
name = "practice"
count = 3
variation = 0.3
resources = { money = 40, staff = 4 }
[[need]]
name = "home care"
demand = 50
skills = { clinical = 0.6, social = 0.4 }
[communication]
quality = { pert = [0.3, 0.6, 0.9] }
"#;

fn read_nothing(_: &str) -> Result<Vec<u8>, String> {
    Err("no such file".to_owned())
}

fn faults(text: &str) -> Vec<String> {
    faults_with(text, &[])
}

fn faults_with(text: &str, sets: &[&str]) -> Vec<String> {
    let overrides: Vec<Override> = sets.iter().map(|set| Override::parse(set).unwrap()).collect();
    let faults = load(text, "a.toml", &overrides, &read_nothing).expect_err("a fault");
    let place = |fault: &partnersim::scenario::diagnostic::Diagnostic| match &fault.place {
        Some(place) => format!("{}:{}:{}: {} | {}", place.file, place.line, place.column, fault.message, fault.help),
        None => format!("{} | {}", fault.message, fault.help),
    };
    faults.iter().map(place).collect()
}

fn loaded(text: &str, sets: &[&str]) -> Scenario {
    let overrides: Vec<Override> = sets.iter().map(|set| Override::parse(set).unwrap()).collect();
    load(text, "folder/two.toml", &overrides, &read_nothing).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn a_template_becomes_partners_that_differ() {
    let scenario = loaded(TWO, &[]);
    let names: Vec<&str> = scenario.inputs.partners.iter().map(|partner| partner.name.as_str()).collect();
    assert_eq!(names, ["council", "practice-1", "practice-2", "practice-3"]);
    let money = &scenario.inputs.partners[1].values["partner.resources.money"];
    assert!(matches!(money, Setting::Number(Uncertainty::LogNormal { median, .. }) if *median == 40.0), "{money:?}");
    assert_eq!(scenario.inputs.partners[0].goals, [Some(Uncertainty::Fixed(0.8))]);
    assert_eq!(scenario.inputs.skills, ["clinical", "social"]);
    assert_eq!(scenario.inputs.partners[0].skills, [Uncertainty::Fixed(0.0), Uncertainty::Fixed(1.0)]);
    assert_eq!(scenario.inputs.partners[1].skills, [Uncertainty::Fixed(0.5), Uncertainty::Fixed(0.5)]);
    assert_eq!(scenario.name, "two");
}

#[test]
fn unknown_keys_are_told_with_the_nearest() {
    for line in faults(&TWO.replace("quality", "qualty").replace("demand", "demnd")) {
        println!("{line}");
    }
    for line in faults("[communication]\nqualty = 3\n[comunication]\nx=1\nfoo = 3\n[partner]\nname = 3") {
        println!("{line}");
    }
    for line in faults("title = \nquestion = 4\n [[need]\n\"a") {
        println!("{line}");
    }
    for line in faults(&TWO[..TWO.len() / 2]) {
        println!("{line}");
    }
    for line in faults_with(
        TWO,
        &[
            "partner.practic.resources.money=3",
            "sharing.rule=eqal",
            "need.\"home care\".demand=-1",
            "communication.quality={ uniform = [0.5, 0.2] }",
            "partner.practice-4.autonomy=0.4",
        ],
    ) {
        println!("{line}");
    }
}
