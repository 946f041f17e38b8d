//! Properties of reading scenarios: no text breaks it, every place it reports exists, what it writes it reads back.

use partnersim::model::inputs::Setting;
use partnersim::model::uncertainty::Uncertainty;
use partnersim::scenario::diagnostic::Diagnostic;
use partnersim::scenario::source::decode;
use partnersim::scenario::{Override, load, notation};
use proptest::prelude::*;

/// A scenario of everything there is to write.
const FLAGSHIP: &str = concat!(
    include_str!("../../scenarios/health_and_social_care.toml"),
    r#"
[[event]]
name = "reform"
kind = "restructuring"
month = { discrete = [[6, 1], [18, 2]] }
partners = ["council", "general practice"]

[[event]]
name = "cuts"
kind = "funding_cut"
rate = { pert = [0.001, 0.01, 0.05] }

[[intervention]]
name = "help"
kind = "external_support"
start = 3
end = { uniform = [9, 24] }
dose = 0.5
cost = 2
decay = 0.1
partners = ["general practice-2"]
"#
);
const ALLIANCE: &str = include_str!("../../scenarios/business_alliance.toml");
const FIRMS: &str = include_str!("../../scenarios/business_alliance_partners.csv");

/// Every reported place must exist in one of the texts that were given.
fn places_exist(diagnostics: &[Diagnostic], texts: &[(&str, &str)]) -> Result<(), TestCaseError> {
    for diagnostic in diagnostics {
        let Some(place) = &diagnostic.place else { continue };
        let text = texts.iter().find(|(name, _)| *name == place.file).map(|(_, text)| *text);
        let text = text.ok_or_else(|| TestCaseError::fail(format!("no such file: {}", place.file)))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let line = text.split('\n').nth(place.line - 1).map(|line| line.trim_end_matches('\r'));
        let line = line.ok_or_else(|| TestCaseError::fail(format!("no such line: {place:?}")))?;
        prop_assert!(place.column >= 1 && place.length >= 1);
        prop_assert!(place.column <= text.split('\n').nth(place.line - 1).unwrap().chars().count() + 1, "{place:?}");
        prop_assert!(line.starts_with(&place.text), "{place:?} is not {line:?}");
    }
    Ok(())
}

fn told(text: &str, table: &str) -> Vec<Diagnostic> {
    let read = |_: &str| Ok(table.as_bytes().to_vec());
    match load(text, "a.toml", &[], &read) {
        Ok(scenario) => scenario.warnings,
        Err(faults) => {
            assert!(!faults.is_empty(), "a refusal without a fault");
            faults
        }
    }
}

fn check_text(text: &str) -> Result<(), TestCaseError> {
    places_exist(&told(text, FIRMS), &[("a.toml", text), ("business_alliance_partners.csv", FIRMS)])
}

/// Text of any characters, most of them ordinary.
fn any_text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..most).prop_map(String::from_iter)
}

/// Text of the characters that mean something in a scenario or a table.
fn telling_text(most: usize) -> impl Strategy<Value = String> {
    let characters: Vec<char> = "[]{}[]{}==\"\"''..,,;;\n\n\r\t  #0129abcnx_-é".chars().collect();
    prop::collection::vec(prop::sample::select(characters), 0..most).prop_map(String::from_iter)
}

/// A valid text with a piece cut out and something else put there.
fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any_text(8),
        telling_text(12),
        Just("[[partner]]\n".to_owned()),
        Just("= nan\n".to_owned()),
        Just("\u{0}".to_owned()),
    ];
    (0..text.len(), 0..80_usize, piece).prop_map(move |(at, length, piece)| {
        let mut bytes = text.as_bytes().to_vec();
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, piece.into_bytes());
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Paths of a `--set`, most of them wrong.
fn any_path() -> impl Strategy<Value = String> {
    let known = ["governance.lead", "event.cuts.partners", "event.reform.kind", "intervention.help.end"];
    prop_oneof![telling_text(40), prop::sample::select(known.to_vec()).prop_map(str::to_owned)]
}

/// Any uncertainty that is in order, over shares.
fn uncertainty() -> impl Strategy<Value = Uncertainty> {
    let sorted = prop::collection::vec(0.0..1.0_f64, 3).prop_map(|mut values| {
        values.sort_by(f64::total_cmp);
        values
    });
    let spread = |values: &Vec<f64>| values[0] < values[2];
    prop_oneof![
        (0.0..=1.0_f64).prop_map(Uncertainty::Fixed),
        sorted.clone().prop_filter("spread", spread).prop_map(|v| Uncertainty::Uniform { low: v[0], high: v[2] }),
        sorted.clone().prop_filter("spread", spread).prop_map(|v| Uncertainty::Triangular {
            low: v[0],
            mode: v[1],
            high: v[2]
        }),
        sorted.prop_filter("spread", spread).prop_map(|v| Uncertainty::Pert { low: v[0], mode: v[1], high: v[2] }),
        (0.0..1.0_f64, 1e-9..1.0_f64).prop_map(|(mean, sd)| Uncertainty::Normal { mean, sd }),
        (1e-12..1.0_f64, 1e-9..5.0_f64).prop_map(|(median, sigma)| Uncertainty::LogNormal { median, sigma }),
        (0.01..1e5_f64, 0.01..1e5_f64).prop_map(|(alpha, beta)| Uncertainty::Beta { alpha, beta }),
        prop::collection::vec((0.0..1.0_f64, 0.1..9.0_f64), 1..6).prop_map(|pairs| Uncertainty::Discrete(pairs.into())),
        prop::collection::vec(0.0..1.0_f64, 1..6).prop_map(|values| Uncertainty::Observed(values.into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_reading_panic_and_every_place_exists(text in any_text(200)) {
        check_text(&text)?;
    }

    #[test]
    fn no_text_made_of_the_characters_of_toml_makes_reading_panic(text in telling_text(200)) {
        check_text(&text)?;
    }

    #[test]
    fn no_bytes_make_decoding_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(text) = decode(&bytes, "a.toml") {
            check_text(&text)?;
        }
    }

    #[test]
    fn a_damaged_scenario_is_told_at_places_that_exist(text in prop_oneof![mutated(FLAGSHIP), mutated(ALLIANCE)]) {
        check_text(&text)?;
    }

    #[test]
    fn a_scenario_cut_anywhere_is_told_at_places_that_exist(at in 0..FLAGSHIP.len()) {
        let text = String::from_utf8_lossy(&FLAGSHIP.as_bytes()[..at]);
        check_text(&text)?;
    }

    #[test]
    fn a_damaged_partner_table_is_told_at_places_that_exist(table in prop_oneof![mutated(FIRMS), telling_text(120)]) {
        places_exist(&told(ALLIANCE, &table), &[("a.toml", ALLIANCE), ("business_alliance_partners.csv", &table)])?;
    }

    #[test]
    fn no_override_makes_reading_panic(path in any_path(), value in telling_text(30)) {
        let change = Override { path: path.clone(), value: value.clone() };
        let text = format!("{path}={value}");
        let read = |_: &str| Err("none".to_owned());
        if let Err(faults) = load(FLAGSHIP, "a.toml", &[change], &read) {
            places_exist(&faults, &[("a.toml", FLAGSHIP), ("--set", &text)])?;
        }
    }

    #[test]
    fn a_written_uncertainty_reads_back_as_itself(value in uncertainty()) {
        for path in ["communication.quality", "event.reform.size", "intervention.help.dose"] {
            let set = Override { path: path.to_owned(), value: notation::uncertainty(&value) };
            let inputs = load(FLAGSHIP, "a.toml", &[set], &|_| Err("none".to_owned())).unwrap().inputs;
            let read = match path {
                "communication.quality" => inputs.values.get(path),
                "event.reform.size" => inputs.events[0].values.get("event.size"),
                _ => inputs.interventions[0].values.get("intervention.dose"),
            };
            prop_assert_eq!(read, Some(&Setting::Number(value.clone())));
        }
    }
}
