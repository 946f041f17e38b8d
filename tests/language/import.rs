//! From published tables to scenarios: the shipped mapping on real consortia, another mapping on another publisher's table.

use partnersim::import::mapping::{CORDIS, Mapping};
use partnersim::import::table::Table;
use partnersim::import::{Request, groups, scenario};
use partnersim::model::inputs::Setting;
use partnersim::model::uncertainty::Uncertainty;
use partnersim::scenario::diagnostic::Diagnostic;
use partnersim::scenario::{Scenario, load};
use partnersim::simulate::{Engine, simulate};
use std::path::Path;

/// A table as another publisher might release it: semicolons, decimal commas, money a year, its own words and marks.
const OTHER_TABLE: &str = "\u{feff}Partnerschaft;Träger;Art;Breite;Länge;Mittel je Jahr;Dauer\r\n\
    Süd;\"Stadt \"\"Süd\"\"\";Kommune;48,14;11,58;120.000,50;24\r\n\
    Süd;Hilfe e.V.;Verein;k.A.;k.A.;36000;24\r\n\
    Süd;Hilfe e.V.;Verein;48,2;11,6;k.A.;24\r\n\
    Nord;Werft;Betrieb;53,55;9,99;1500;24\r\n\
    Nord;Hafen;Betrieb;53,54;9,98;1500,0;24\r\n\
    Allein;Solo;Verein;53,54;9,98;1500,0;24\r\n";

const OTHER_MAPPING: &str = r#"
title = "a made-up publisher"
otherwise = "charity"
[table]
missing = ["k.A."]
[columns]
group = "Partnerschaft"
name = "Träger"
sector = "Art"
latitude = "Breite"
longitude = "Länge"
money = "Mittel je Jahr"
[projects]
group = "Partnerschaft"
months = "Dauer"
[money]
per = "year"
months = 36
pounds = 0.5
pays_staff = [0.6, 0.7, 0.8]
unknown = [1, 2, 4]
[location]
spread_kilometres = 20
[sectors.council]
words = ["Kommune"]
day_cost = 200
partner.reach = 0.5 # a guess
[sectors.charity]
words = ["Verein"]
day_cost = 100
[[need]]
name = "advice"
demand_share = [0.5, 1, 2]
days = 2
skills = { advice = 1 }
"#;

fn imported(table: &str, mapping: &str, selected: Option<(&str, &str)>) -> Result<String, Vec<Diagnostic>> {
    let mapping = Mapping::read(mapping, "other.toml")?;
    let table = Table::read(table.as_bytes(), "other.csv", mapping.separator)?;
    let projects = mapping.projects.is_some().then_some(&table);
    let request = Request { table: &table, projects, mapping: &mapping, select: selected };
    Ok(scenario(&request)?.text)
}

fn other_scenario(selected: &str) -> String {
    imported(OTHER_TABLE, OTHER_MAPPING, Some(("Partnerschaft", selected)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn loaded(text: &str) -> Scenario {
    let no_files = |name: &str| Err(format!("{name} is not needed"));
    load(text, "imported.toml", &[], &no_files).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"))
}

fn number(scenario: &Scenario, partner: usize, key: &str) -> Uncertainty {
    match scenario.inputs.partners[partner].values.get(key) {
        Some(Setting::Number(value)) => value.clone(),
        other => panic!("{key} is {other:?}"),
    }
}

fn line_and_message(fault: &Diagnostic) -> (usize, usize, String) {
    let place = fault.place.as_ref().unwrap_or_else(|| panic!("{fault:?} has a place"));
    (place.line, place.column, fault.message.clone())
}

/// The published tables, when they are there.
fn published(file: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        println!("skipped: ../shared/data/{file} is not there");
    }
    bytes
}

const ORGANISATIONS: &str = "cordis_h2020_organization_excerpt.csv";
const PROJECTS: &str = "horizon_dashboard_h2020_projects_for_cordis_excerpt.csv";

#[test]
fn another_publishers_table_is_read_by_another_mapping() {
    let scenario = loaded(&other_scenario("Süd"));
    let names: Vec<&str> = scenario.inputs.partners.iter().map(|partner| partner.name.as_str()).collect();
    assert_eq!(names, ["Stadt \"Süd\"", "Hilfe e.V.", "Hilfe e.V. (2)"]);
    assert_eq!(scenario.inputs.horizon_months, 24);
    // 120,000.50 a year at half a pound: 5.00002 thousand pounds a month, to four digits.
    assert_eq!(number(&scenario, 0, "partner.resources.money"), Uncertainty::Fixed(5.0));
    assert_eq!(number(&scenario, 2, "partner.resources.money"), Uncertainty::Pert { low: 1.0, mode: 2.0, high: 4.0 });
    assert_eq!(number(&scenario, 1, "partner.location.x"), Uncertainty::Normal { mean: 0.0, sd: 20.0 });
    assert_eq!(number(&scenario, 0, "partner.reach"), Uncertainty::Fixed(0.5));
    assert_eq!(scenario.inputs.partners[0].sector, "council");
}

#[test]
fn staff_and_demand_follow_from_the_money() {
    let scenario = loaded(&other_scenario("Nord"));
    // 1,500 a year at half a pound: 62.50 pounds a month, at 100 pounds a day and 18.33 days a month 0.0341 people, 60 to 80 % of it staff.
    assert_eq!(number(&scenario, 0, "partner.resources.money"), Uncertainty::Fixed(0.0625));
    let staff = Uncertainty::Pert { low: 0.02045, mode: 0.02386, high: 0.02727 };
    assert_eq!(number(&scenario, 0, "partner.resources.staff"), staff);
    // The likeliest staff of both have 0.875 days a month; half to twice of that at two days a person.
    let demand = scenario.inputs.needs[0].values.get("need.demand");
    let expected = Uncertainty::Pert { low: 0.2188, mode: 0.4375, high: 0.875 };
    assert_eq!(demand, Some(&Setting::Number(expected)));
}

#[test]
fn what_the_table_does_not_say_is_listed_among_the_assumptions() {
    let text = other_scenario("Süd");
    assert!(text.contains("reach = 0.5  # assumed: a guess"), "{text}");
    let scenario = loaded(&text);
    let set = |key: &str| scenario.assumptions.iter().any(|line| line.key == key && line.set_by == "scenario");
    for key in ["partner.resources.staff", "partner.resources.day_cost", "partner.reach", "need.demand", "need.days"] {
        assert!(set(key), "{key}");
    }
    assert!(
        scenario.sources.iter().any(|source| source.contains("Assumptions of the mapping")),
        "{:?}",
        scenario.sources
    );
}

#[test]
fn third_parties_and_partners_that_left_are_kept_merged_or_left_out_as_the_mapping_says() {
    let table = "name,art,role,order,money,left\nLead,Verein,coordinator,2,2400,False\nHelper,Verein,third,1,1200,False\n\
                 Main,Verein,member,1,1200,False\nGone,Verein,member,3,1200,True\n";
    let columns =
        "name = \"name\"\nsector = \"art\"\nrole = \"role\"\norder = \"order\"\nmoney = \"money\"\nleft = \"left\"";
    let mapping = |members: &str| {
        let head = OTHER_MAPPING.split("[columns]").next().unwrap_or_default();
        let tail = OTHER_MAPPING.split_once("months = \"Dauer\"").map_or("", |(_, tail)| tail);
        format!(
            "{head}[columns]\n{columns}\n[members]\nlead = \"coordinator\"\nthird_party = \"third\"\n{members}\n{tail}"
        )
    };
    let partners = |members: &str| {
        let scenario = loaded(&imported(table, &mapping(members), None).unwrap_or_else(|faults| panic!("{faults:#?}")));
        let names = scenario.inputs.partners.iter().map(|partner| partner.name.clone());
        names.enumerate().map(|(i, name)| (name, number(&scenario, i, "partner.resources.money"))).collect::<Vec<_>>()
    };
    let of = |name: &str, money: f64| (name.to_string(), Uncertainty::Fixed(money));
    assert_eq!(partners(""), [of("Lead", 0.1), of("Helper", 0.05), of("Main", 0.05), of("Gone", 0.05)]);
    let merged = partners("third_parties = \"merge\"\nleft = \"leave_out\"");
    assert_eq!(merged, [of("Lead", 0.1), of("Main", 0.1)]);
    assert_eq!(partners("third_parties = \"leave_out\"\nleft = \"leave_out\""), [of("Lead", 0.1), of("Main", 0.05)]);
}

#[test]
fn every_fault_of_a_table_is_reported_at_its_cell() {
    let table = OTHER_TABLE.replace("48,14", "948,14").replace("120.000,50", "viel").replace("36000", "1.500");
    let faults = imported(
        &table,
        &OTHER_MAPPING.replace("otherwise", "title2").replace("title2 = \"charity\"", ""),
        Some(("Partnerschaft", "Süd")),
    );
    let told: Vec<_> = faults.expect_err("three cells are wrong").iter().map(line_and_message).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!((told[0].0, told[0].1), (2, 29));
    assert!(told[1].2.contains("\"viel\", which is no number"), "{told:?}");
    assert!(told[2].0 == 3 && told[2].2.contains("1.500"), "{told:?}");
}

#[test]
fn a_word_of_no_sector_is_reported_with_the_words_there_are() {
    let mapping = OTHER_MAPPING.replace("otherwise = \"charity\"", "");
    let faults = imported(OTHER_TABLE, &mapping, Some(("Partnerschaft", "Nord"))).expect_err("Betrieb has no sector");
    assert_eq!(line_and_message(&faults[0]).0, 5);
    assert!(faults[0].help.contains("Kommune") && faults[0].help.contains("otherwise"), "{faults:?}");
}

#[test]
fn columns_the_table_does_not_have_are_reported_with_the_nearest() {
    let mapping = OTHER_MAPPING.replace("\"Träger\"", "\"Trager\"").replace("\"Mittel je Jahr\"", "\"Mittel\"");
    let faults = imported(OTHER_TABLE, &mapping, Some(("Partnerschaft", "Süd"))).expect_err("two columns are missing");
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].help.contains("`Träger`"), "{faults:?}");
}

#[test]
fn a_selection_that_fits_nothing_or_too_much_is_refused() {
    let message = |select| imported(OTHER_TABLE, OTHER_MAPPING, select).expect_err("refused")[0].clone();
    assert!(message(Some(("Partnerschaft", "Sud"))).help.contains("`Süd`"));
    assert!(message(Some(("partnerschaft", "Süd"))).help.contains("`Partnerschaft`"));
    assert!(message(Some(("Dauer", "24"))).message.contains("3 partnerships"));
    assert!(message(Some(("Partnerschaft", "Allein"))).message.contains("1 of the 1 rows"));
    assert!(message(None).help.contains("--select Partnerschaft=Allein"));
}

#[test]
fn every_fault_of_a_mapping_is_reported_at_its_place() {
    let wrong = "titel = \"x\"\n[table]\nseparator = \":\"\n[columns]\nname = 3\n[money]\nper = \"week\"\nmonths = -1\npays_staff = [0.9, 0.1, 0.2]\n";
    let faults = Mapping::read(wrong, "wrong.toml").expect_err("nearly everything is wrong");
    let told: Vec<_> = faults.iter().map(line_and_message).collect();
    let about = |line: usize, words: &str| told.iter().any(|(at, _, message)| *at == line && message.contains(words));
    for (line, words) in [
        (1, "titel"),
        (3, "separator"),
        (5, "columns.name"),
        (7, "money.per"),
        (8, "money.months"),
        (9, "money.pays_staff"),
        (6, "money.pounds"),
        (6, "money.unknown"),
        (1, "need"),
        (1, "sectors"),
    ] {
        assert!(about(line, words), "{line} {words}: {told:#?}");
    }
}

#[test]
fn what_the_import_writes_itself_is_not_for_a_mapping_to_set() {
    let mapping = OTHER_MAPPING.replace("partner.reach = 0.5", "partner.resources.money = 5");
    let mapping = format!("{mapping}\ndemand = 3\n[scenario]\nhorizon_months = 12\n");
    let faults = Mapping::read(&mapping, "other.toml").expect_err("three keys too many");
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    for (message, key) in messages.iter().zip(["partner.resources.money", "need.demand", "scenario.horizon_months"]) {
        assert!(message.contains(key), "{messages:?}");
    }
    assert_eq!(messages.len(), 3);
}

#[test]
fn a_value_of_a_mapping_that_no_scenario_takes_is_reported() {
    let mapping = OTHER_MAPPING.replace("partner.reach = 0.5", "partner.reach = 5");
    let faults = imported(OTHER_TABLE, &mapping, Some(("Partnerschaft", "Süd"))).expect_err("reach is a share");
    assert!(faults[0].place.as_ref().is_some_and(|place| place.text.contains("reach = 5")), "{faults:?}");
}

#[test]
fn every_published_consortium_becomes_a_scenario_that_loads() {
    let Some(bytes) = published(ORGANISATIONS) else { return };
    let mapping = Mapping::read(CORDIS, "cordis.toml").unwrap_or_else(|faults| panic!("{faults:#?}"));
    let table = Table::read(&bytes, ORGANISATIONS, mapping.separator).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let projects = published(PROJECTS).and_then(|bytes| Table::read(&bytes, PROJECTS, None).ok());
    let groups = groups(&table, &mapping).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!((groups.len(), groups.iter().map(|group| group.n_rows).sum::<usize>()), (60, 587));
    let mut n_partners = 0;
    for (i, group) in groups.iter().enumerate() {
        let select = Some(("projectID", group.id.as_str()));
        let request = Request { table: &table, projects: projects.as_ref(), mapping: &mapping, select };
        let imported = scenario(&request).unwrap_or_else(|faults| panic!("{}: {faults:#?}", group.id));
        let scenario = loaded(&imported.text);
        n_partners += scenario.inputs.partners.len();
        assert!(imported.text.contains("# coordinator") || imported.text.contains("; coordinator"), "{}", group.id);
        assert!(first_partner(&imported.text).contains("coordinator"), "{}", group.id);
        if i % 20 == 0 {
            let engine = Engine::best(scenario.inputs.partners.len());
            let block = simulate(&scenario.inputs, scenario.seed, 0, 16, engine);
            assert!(block.outcomes.iter().flatten().all(|value| value.is_finite()), "{}", group.id);
        }
    }
    assert_eq!(n_partners, 587);
}

#[test]
fn the_money_of_a_published_partner_is_its_contribution_over_the_months() {
    let Some(bytes) = published(ORGANISATIONS) else { return };
    let mapping = Mapping::read(CORDIS, "cordis.toml").unwrap_or_else(|faults| panic!("{faults:#?}"));
    let table = Table::read(&bytes, ORGANISATIONS, None).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let select = Some(("projectID", "633379"));
    let request = Request { table: &table, projects: None, mapping: &mapping, select };
    let imported = scenario(&request).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let scenario = loaded(&imported.text);
    // 60,437.50 euros at 0.86 pounds over 42 months.
    assert_eq!(number(&scenario, 0, "partner.resources.money"), Uncertainty::Fixed(1.238));
    assert_eq!(scenario.inputs.partners[0].sector, "university");
    assert_eq!(scenario.inputs.partners[2].sector, "public body");
}

/// The line that names the first partner of a scenario's text.
fn first_partner(text: &str) -> &str {
    text.split("[[partner]]").nth(1).and_then(|partner| partner.trim().lines().next()).unwrap_or("")
}
