//! Properties of the whole model: bounds, conservation, pairing, and the same bits from every engine.

use partnersim::model::draws::Draws;
use partnersim::model::inputs::{Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::mechanisms::{self, parameters};
use partnersim::model::outcomes::{MONTHLY, OUTCOMES, PARTNER_MEASURES};
use partnersim::model::parameter::{Domain, Scope};
use partnersim::model::uncertainty::Uncertainty::{self, Fixed};
use partnersim::model::world::World;
use partnersim::simulate::{BLOCK, Block, Engine, Instructions, simulate};
use proptest::prelude::*;

/// Five unlike partners, two needs, three skills.
fn inputs() -> Inputs {
    let partner = |i: usize| PartnerInputs {
        name: format!("partner {i}"),
        sector: ["hospital", "council", "charity"][i % 3].into(),
        values: [
            ("partner.resources.money", Setting::Number(Fixed(30.0 + 40.0 * i as f64))),
            ("partner.location.y", Setting::Number(Fixed(30.0 * i as f64))),
            ("partner.resources.staff", Setting::Number(Uncertainty::Pert { low: 4.0, mode: 8.0, high: 30.0 })),
        ]
        .into(),
        skills: (0..3).map(|s| Fixed(if s == i % 3 { 0.7 } else { 0.15 })).collect(),
        goals: vec![None, Some(Fixed(0.4))],
    };
    let need = |k: usize| NeedInputs {
        name: format!("need {k}"),
        values: [("need.demand", Setting::Number(Fixed(400.0)))].into(),
        skills: vec![Fixed(0.5), Fixed(0.3), Fixed(0.2)],
    };
    Inputs {
        horizon_months: 36,
        partners: (0..5).map(partner).collect(),
        needs: (0..2).map(need).collect(),
        skills: ["clinical", "social", "outreach"].map(String::from).to_vec(),
        ..Inputs::default()
    }
}

fn with(mut inputs: Inputs, key: &'static str, value: f64) -> Inputs {
    let setting = Setting::Number(Fixed(value));
    match key.split('.').next() {
        Some("partner") => inputs.partners.iter_mut().for_each(|partner| {
            partner.values.insert(key, setting.clone());
        }),
        Some("need") => inputs.needs.iter_mut().for_each(|need| {
            need.values.insert(key, setting.clone());
        }),
        _ => {
            inputs.values.insert(key, setting);
        }
    }
    inputs
}

fn portable(lanes: usize) -> Engine {
    Engine { lanes, instructions: Instructions::Baseline }
}

fn run(inputs: &Inputs) -> Block {
    simulate(inputs, 1, 0, BLOCK, Engine::best(inputs.partners.len()))
}

fn outcome<'a>(block: &'a Block, name: &str) -> &'a [f64] {
    let position = OUTCOMES.iter().position(|outcome| outcome.name == name).expect("a known outcome");
    &block.outcomes[position]
}

/// Mean paired difference of an outcome, and how many standard errors it lies from zero.
fn paired(low: &Inputs, high: &Inputs, name: &str) -> (f64, f64) {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for first in (0..8).map(|b| b * BLOCK as u64) {
        let [a, b] = [low, high].map(|inputs| simulate(inputs, 1, first, BLOCK, Engine::best(5)));
        for (a, b) in outcome(&a, name).iter().zip(outcome(&b, name)) {
            n += 1.0;
            sum += b - a;
            squares += (b - a) * (b - a);
        }
    }
    let mean: f64 = sum / n;
    let error = ((squares / n - mean * mean) / n).sqrt();
    (mean, mean / error.max(1e-12))
}

fn bits(block: &Block) -> Vec<u64> {
    let columns = block.outcomes.iter().chain(block.monthly.iter().flatten()).chain(block.partners.iter().flatten());
    columns.flatten().map(|value| value.to_bits()).collect()
}

#[test]
fn every_width_and_instruction_set_gives_the_same_bits() {
    let inputs = inputs();
    let expected = bits(&simulate(&inputs, 5, 40, 100, portable(1)));
    for lanes in [1, 4, 8, 16] {
        for instructions in [Instructions::Baseline, Instructions::Avx2, Instructions::Avx512] {
            let block = simulate(&inputs, 5, 40, 100, Engine { lanes, instructions });
            assert!(bits(&block) == expected, "{lanes} lanes, {instructions:?}");
        }
    }
}

#[test]
fn a_range_run_alone_is_the_same_as_within_a_longer_one() {
    let inputs = inputs();
    let whole = simulate(&inputs, 5, 0, 64, portable(16));
    let part = simulate(&inputs, 5, 37, 20, portable(8));
    for (whole, part) in whole.outcomes.iter().zip(&part.outcomes) {
        assert_eq!(whole[37..57], part[..]);
    }
}

#[test]
fn changed_communication_leaves_funding_shocks_demand_and_the_twin_as_they_were() {
    let (low, high) = (with(inputs(), "communication.quality", 0.2), with(inputs(), "communication.quality", 0.9));
    let mut worlds = [&low, &high].map(|inputs| World::<4>::new(inputs, Draws::new(3, 0)));
    let mut differed = false;
    for month in 0..36 {
        worlds.iter_mut().for_each(|world| mechanisms::month(world, month));
        let [a, b] = &worlds;
        for (a, b) in a.partners.iter().zip(&b.partners) {
            assert_eq!((a.funded, a.reserves, a.days, a.alone_value), (b.funded, b.reserves, b.days, b.alone_value));
            differed |= a.trust != b.trust;
        }
        assert!(a.needs.iter().zip(&b.needs).all(|(a, b)| a.demand == b.demand));
    }
    assert!(differed, "communication must change something");
}

#[test]
fn a_partnership_that_never_meets_and_gives_nothing_equals_its_twin() {
    let mut inputs = with(inputs(), "contributions.pooled_share", 0.0);
    for key in ["communication.meetings", "governance.link_hours", "funding.grant"] {
        inputs = with(inputs, key, 0.0);
    }
    let block = run(&inputs);
    assert!(outcome(&block, "premium").iter().all(|premium| *premium == 0.0));
    assert!(outcome(&block, "coordination").iter().all(|cost| *cost == 0.0));
}

#[test]
fn after_the_end_of_a_partnership_each_month_equals_the_twins() {
    let block = run(&with(with(inputs(), "membership.closure_hazard", 1.0), "partner.resources.reserves", 12.0));
    assert!(outcome(&block, "months_survived").iter().all(|months| *months == 1.0));
    let premium = MONTHLY.iter().position(|measure| measure.column.starts_with("premium")).expect("a column");
    for r in 0..BLOCK {
        // The difference made in the first month stays what it is, to rounding of the running sums.
        let (first, last) = (block.monthly[0][premium][r], block.monthly[35][premium][r]);
        assert!((first - last).abs() < 1e-6 * (1.0 + first.abs()), "{first} {last}");
    }
}

#[test]
fn money_and_staff_time_are_conserved_every_month() {
    let mut world = World::<4>::new(&with(inputs(), "funding.uptime", 0.7), Draws::new(11, 0));
    for month in 0..48 {
        let before: Vec<_> = world.partners.iter().map(|partner| partner.reserves).collect();
        mechanisms::month(&mut world, month);
        for (partner, before) in world.partners.iter().zip(before) {
            for r in 0..4 {
                let income = partner.money[r] * if partner.funded[r] > 0.5 { 1.0 } else { 0.5 };
                let change = partner.reserves[r] - before[r];
                assert!((income - partner.spent[r] - change).abs() < 1e-9);
                let used = partner.coordination_days[r] + partner.contributed[r] + partner.own_days()[r];
                assert!((used - partner.days[r]).abs() < 1e-9 && partner.contributed[r] >= 0.0);
            }
        }
    }
}

#[test]
fn benefits_credited_to_partners_add_up_to_the_value_delivered() {
    let mut world = World::<4>::new(&inputs(), Draws::new(2, 0));
    let mut credited = 0.0;
    for month in 0..24 {
        mechanisms::month(&mut world, month);
        credited += world.partners.iter().map(|partner| partner.own_value[0] + partner.benefit[0]).sum::<f64>();
    }
    let value = world.partnership.total.value[0];
    assert!((credited / value - 1.0).abs() < 1e-9, "{credited} {value}");
}

#[test]
fn directions_a_reader_expects_come_out() {
    let levers: [(&str, f64, f64, &str, f64); 10] = [
        ("communication.quality", 0.3, 0.9, "trust", 1.0),
        ("communication.quality", 0.3, 0.9, "premium", 1.0),
        ("dialogue.goal_spread", 0.02, 0.35, "agreement", -1.0),
        ("contributions.free_rider_share", 0.0, 0.8, "premium", -1.0),
        ("contributions.diversion_rate", 0.0, 0.5, "trust", -1.0),
        ("governance.link_hours", 0.5, 20.0, "net_value", -1.0),
        ("funding.uptime", 0.6, 1.0, "need_met", 1.0),
        ("morale.aspiration", 0.2, 1.5, "morale", -1.0),
        ("membership.initial_goodwill", 4.0, 20.0, "months_survived", 1.0),
        ("partner.autonomy", 0.0, 0.9, "premium", -1.0),
    ];
    for (key, low, high, name, sign) in levers {
        let (mean, errors) = paired(&with(inputs(), key, low), &with(inputs(), key, high), name);
        assert!(sign * errors > 4.0, "{key} {low} → {high}: {name} changed by {mean} ({errors} standard errors)");
    }
}

#[test]
fn a_lever_set_to_its_default_changes_no_bit() {
    let expected = bits(&run(&inputs()));
    for parameter in parameters().filter(|parameter| parameter.scope() == Scope::Partnership) {
        if let Domain::Number { default: Fixed(default), .. } = parameter.domain {
            assert!(bits(&run(&with(inputs(), parameter.key, default))) == expected, "{}", parameter.key);
        }
    }
}

#[test]
fn every_parameter_changes_something() {
    let base = with(with(inputs(), "funding.grant", 20.0), "funding.uptime", 0.9);
    let expected = bits(&run(&base));
    for parameter in parameters() {
        let differs = match parameter.domain {
            Domain::Number { low, high, .. } => {
                let (low, high) = (low.max(-50.0), high.min(50.0));
                [0.3, 0.7, 0.05, 0.95].iter().any(|share| {
                    let value = low + share * (high - low);
                    let mut changed = base.clone();
                    // Of partners only the first: all moved by the same distance stay as far apart as they were.
                    match parameter.scope() {
                        Scope::Partner => {
                            let setting = Setting::Number(Fixed(value));
                            changed.partners[0].values.insert(parameter.key, setting);
                        }
                        _ => changed = with(changed, parameter.key, value),
                    }
                    bits(&run(&changed)) != expected
                })
            }
            Domain::Whole { .. } => bits(&run(&with(base.clone(), parameter.key, 5.0))) != expected,
            Domain::Choice { options, default } => {
                let other = Setting::Choice((default + 1) % options.len());
                let mut changed = base.clone();
                match parameter.scope() {
                    Scope::Partner => changed.partners[0].values.insert(parameter.key, other),
                    _ => changed.values.insert(parameter.key, other),
                };
                bits(&run(&changed)) != expected
            }
        };
        assert!(differs, "{} changes nothing", parameter.key);
    }
}

/// Any number a parameter may take, the ends of its range among them.
fn any_value(low: f64, high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![Just(low), Just(high), low..=high, low..=(low + (high - low) * 1e-3)]
}

fn any_inputs() -> impl Strategy<Value = Inputs> {
    let numbers: Vec<_> = parameters()
        .filter_map(|parameter| match parameter.domain {
            Domain::Number { low, high, .. } => {
                Some(prop::option::weighted(0.3, any_value(low, high)).prop_map(move |v| (parameter.key, v)))
            }
            _ => None,
        })
        .collect();
    numbers.prop_map(|values| {
        values.into_iter().fold(inputs(), |inputs, (key, value)| match value {
            Some(value) => with(inputs, key, value),
            None => inputs,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_allowed_value_makes_a_share_leave_its_bounds_or_a_number_infinite(inputs in any_inputs(), seed: u64) {
        let block = simulate(&inputs, seed, 0, 16, portable(16));
        prop_assert!(bits(&block).iter().all(|bits| f64::from_bits(*bits).is_finite()));
        let shares = OUTCOMES.iter().zip(&block.outcomes).filter(|(outcome, _)| outcome.unit.starts_with("share"));
        for (outcome, column) in shares {
            prop_assert!(column.iter().all(|v| (-1e-12..=1.0 + 1e-12).contains(v)), "{} {column:?}", outcome.name);
        }
        for (measure, declared) in MONTHLY.iter().enumerate().filter(|(_, measure)| measure.unit == "share") {
            for column in block.monthly.iter().map(|columns| &columns[measure]) {
                prop_assert!(column.iter().all(|v| (-1e-9..=1.0 + 1e-9).contains(v)), "{} {column:?}", declared.column);
            }
        }
        let months = outcome(&block, "months_survived");
        prop_assert!(months.iter().all(|months| (1.0..=36.0).contains(months)));
        prop_assert_eq!(block.partners[0].len(), PARTNER_MEASURES.len());
    }
}
