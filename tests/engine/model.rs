//! Properties of the whole model: bounds, conservation, pairing, and the same bits from every engine.

use partnersim::model::draws::Draws;
use partnersim::model::inputs::{DatedInputs, Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::mechanisms::{self, parameters};
use partnersim::model::outcomes::{MONTHLY, NEVER_FORMED, OUTCOMES, PARTNER_MEASURES};
use partnersim::model::parameter::{Domain, Parameter, Scope};
use partnersim::model::uncertainty::Uncertainty::{self, Fixed};
use partnersim::model::world::World;
use partnersim::simulate::{BLOCK, Block, Engine, Instructions, simulate};
use proptest::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Replications where a few show what is asked: one group of lanes.
const FEW: usize = 16;

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
    inputs.set(key, Setting::Number(Fixed(value)));
    inputs
}

/// `inputs` with a word of a choice, by its position.
fn choosing(mut inputs: Inputs, key: &'static str, word: usize) -> Inputs {
    inputs.values.insert(key, Setting::Choice(word));
    inputs
}

/// `inputs` with every mechanism in use that a scenario has to ask for, in the form of governance in which a parameter has its meaning.
fn all_in_use(key: &str) -> Inputs {
    let asked_for = [
        ("funding.grant", 20.0),
        ("funding.uptime", 0.9),
        ("roles.tasks", 12.0),
        ("roles.mapping", 0.2),
        ("roles.division", 0.9),
        ("learning.features", 8.0),
        ("learning.reflection_months", 4.0),
        ("learning.skill_growth", 0.05),
        ("delivery.link_success", 0.9),
        ("decisions.approval_levels", 1.0),
        ("administration.load", 5.0),
        ("governance.formality", 0.5),
        ("users.weight", 0.5),
        ("power.voice_by_size", 0.8),
        ("power.tokenism", 0.2),
    ];
    let base = asked_for.into_iter().fold(inputs(), |inputs, (key, value)| with(inputs, key, value));
    let form = match key {
        "power.lead_voice" => 1,
        "governance.network_scope" => 3,
        _ => 0,
    };
    let rule = if key == "decisions.rule" { 0 } else { 1 };
    with_reviews(eventful(choosing(choosing(base, "decisions.rule", rule), "governance.form", form)))
}

/// `inputs` with an event of a kind, by its position, and its numbers.
fn under_event(mut inputs: Inputs, kind: usize, numbers: &[(&'static str, f64)]) -> Inputs {
    inputs.events.push(dated("event.kind", kind, numbers));
    inputs
}

/// `inputs` with an intervention of a kind, by its position, and its numbers.
fn intervening(mut inputs: Inputs, kind: usize, numbers: &[(&'static str, f64)]) -> Inputs {
    inputs.interventions.push(dated("intervention.kind", kind, numbers));
    inputs
}

fn dated(key: &'static str, kind: usize, numbers: &[(&'static str, f64)]) -> DatedInputs {
    let mut values: std::collections::BTreeMap<_, _> = [(key, Setting::Choice(kind))].into();
    values.extend(numbers.iter().map(|&(key, value)| (key, Setting::Number(Fixed(value)))));
    DatedInputs { name: format!("{key} {kind}"), partners: vec![], values }
}

/// `inputs` with everything that happens, is done, and comes later: each kind of event and of intervention, a newcomer, a
/// term, a mandate, a subsidy, a gap between budget years, shared risks, people who leave.
fn eventful(inputs: Inputs) -> Inputs {
    let by_chance = [("event.rate", 0.05), ("event.months", 4.0), ("event.size", 0.3)];
    let mut inputs =
        (0..6).filter(|&kind| kind != 3).fold(inputs, |inputs, kind| under_event(inputs, kind, &by_chance));
    inputs = under_event(inputs, 3, &[("event.month", 20.0)]);
    let done = [("intervention.start", 4.0), ("intervention.end", 16.0), ("intervention.cost", 1.0)];
    inputs = (0..9).fold(inputs, |inputs, kind| intervening(inputs, kind, &done));
    for (key, value) in [
        ("governance.term_months", 12.0),
        ("governance.mandate", 0.2),
        ("funding.subsidy", 0.2),
        ("funding.budget_gap", 1.5),
        ("funding.risk_sharing", 0.5),
        ("funding.continuation", 0.3),
        ("membership.history", 0.5),
        ("contributions.weakest_link", 0.3),
        ("partner.turnover", 0.3),
        ("partner.pay_gap", 0.1),
    ] {
        inputs = with(inputs, key, value);
    }
    inputs.partners[4].values.insert("partner.joins", Setting::Number(Fixed(7.0)));
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

fn bits(block: &Block) -> Vec<u64> {
    let columns = block.outcomes.iter().chain(block.monthly.iter().flatten()).chain(block.partners.iter().flatten());
    let columns = columns.chain(&block.evaluation);
    let positions = block.endings.iter().chain(&block.causes).map(|position| u64::from(*position));
    columns.flatten().map(|value| value.to_bits()).chain(positions).collect()
}

#[test]
fn every_width_and_instruction_set_gives_the_same_bits() {
    for inputs in [inputs(), all_in_use("")] {
        let expected = bits(&simulate(&inputs, 5, 40, 100, portable(1)));
        for lanes in [1, 4, 8, 16] {
            for instructions in [Instructions::Baseline, Instructions::Avx2, Instructions::Avx512] {
                let block = simulate(&inputs, 5, 40, 100, Engine { lanes, instructions });
                assert!(bits(&block) == expected, "{lanes} lanes, {instructions:?}");
            }
        }
    }
}

#[test]
fn every_width_gives_the_same_bits_whatever_happens() {
    let mut inputs = eventful(with(inputs(), "funding.grant", 20.0));
    // What one replication has and another has not.
    for key in ["contributions.weakest_link", "funding.risk_sharing", "governance.mandate", "partner.turnover"] {
        inputs.set(key, Setting::Number(Uncertainty::Discrete(vec![(0.0, 0.8), (0.4, 0.2)].into())));
    }
    inputs.set("partner.joins", Setting::Number(Uncertainty::Discrete(vec![(0.0, 0.8), (9.0, 0.2)].into())));
    let expected = bits(&simulate(&inputs, 5, 40, 100, portable(1)));
    for lanes in [4, 8, 16] {
        let block = simulate(&inputs, 5, 40, 100, Engine { lanes, instructions: Instructions::best() });
        assert!(bits(&block) == expected, "{lanes} lanes");
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
fn the_twin_knows_nothing_of_the_partnership() {
    // Only what the organisations themselves, their money and the demand for help are like may change how they fare alone.
    // Which partners are chosen is which organisations there are.
    const OF_THE_WORLD: [&str; 6] = [
        "funding.",
        "delivery.demand_variation",
        "delivery.reach_overlap",
        "dialogue.goal_spread",
        "membership.selection",
        "events.restructuring_days",
    ];
    let alone = PARTNER_MEASURES.iter().position(|measure| measure.column.starts_with("net_alone")).expect("a measure");
    let lived = |inputs: &Inputs| simulate(inputs, 1, 0, 2 * FEW, Engine::best(inputs.partners.len())).partners;
    let fares = |inputs: &Inputs| lived(inputs).into_iter().map(|mut p| p.swap_remove(alone)).collect::<Vec<_>>();
    let base = eventful(inputs());
    let expected = fares(&base);
    for parameter in parameters().filter(|parameter| parameter.scope() == Scope::Partnership) {
        if OF_THE_WORLD.iter().any(|key| parameter.key.starts_with(key)) {
            continue;
        }
        let changed = match parameter.domain {
            Domain::Number { low, high, .. } => with(base.clone(), parameter.key, low + 0.7 * (high.min(50.0) - low)),
            Domain::Whole { .. } => with(base.clone(), parameter.key, 4.0),
            Domain::Choice { options, default } => choosing(base.clone(), parameter.key, (default + 1) % options.len()),
        };
        assert!(fares(&changed) == expected, "{} changes the twin", parameter.key);
    }
    for (key, value) in [
        ("funding.grant", 30.0),
        ("funding.grant_end", 30.0),
        ("funding.continuation", 1.0),
        ("funding.subsidy", 0.9),
        ("funding.subsidy_effect", 0.9),
        ("funding.budget_gap", 9.0),
        ("funding.risk_sharing", 1.0),
        ("partner.joins", 5.0),
        ("partner.turnover", 0.9),
        ("partner.pay_gap", 0.9),
    ] {
        assert!(fares(&with(base.clone(), key, value)) == expected, "{key} changes the twin");
    }
    let mut undone = base.clone();
    undone.interventions.clear();
    assert!(fares(&undone) == expected, "interventions change the twin");
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
fn who_chooses_to_work_alone_is_its_own_twin() {
    let block = run(&choosing(with(inputs(), "funding.grant", 20.0), "governance.form", 4));
    for name in ["premium", "net_value", "coordination", "months_survived"] {
        assert!(outcome(&block, name).iter().all(|value| *value == 0.0), "{name}");
    }
    assert!(block.endings.iter().all(|&ending| ending == 4));
}

#[test]
fn every_width_gives_the_same_bits_with_everything_in_use() {
    let mut inputs = all_in_use("");
    for (key, value) in [("power.voice_by_dependence", 0.5), ("power.joint_effect", 0.2), ("power.tokenism", 0.3)] {
        inputs = with(inputs, key, value);
    }
    let uncertain = Uncertainty::Uniform { low: 0.0, high: 1.0 };
    for key in ["power.cap", "power.participation", "governance.formality", "decisions.quota"] {
        inputs.values.insert(key, Setting::Number(uncertain.clone()));
    }
    let expected = bits(&simulate(&inputs, 5, 40, 100, portable(1)));
    for lanes in [4, 8, 16] {
        for instructions in [Instructions::Baseline, Instructions::Avx2, Instructions::Avx512] {
            let block = simulate(&inputs, 5, 40, 100, Engine { lanes, instructions });
            assert!(bits(&block) == expected, "{lanes} lanes, {instructions:?}");
        }
    }
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
fn whatever_happens_money_and_staff_time_are_conserved() {
    let base = with(with(eventful(inputs()), "funding.uptime", 0.7), "funding.grant", 10.0);
    let mut world = World::<4>::new(&base, Draws::new(11, 0));
    for month in 0..36 {
        let before: Vec<_> = world.partners.iter().map(|partner| (partner.reserves, partner.alone.reserves)).collect();
        let total = world.partnership.total;
        mechanisms::month(&mut world, month);
        let (mut levied, mut refunded) = ([0.0; 4], [0.0; 4]);
        let (mut together, mut alone) = ([0.0; 4], [0.0; 4]);
        for (partner, before) in world.partners.iter().zip(before) {
            for r in 0..4 {
                together[r] += partner.active[r] * (partner.spent[r] + partner.reserves[r] - before.0[r]);
                alone[r] += partner.active[r] * (partner.alone.spent[r] + partner.alone.reserves[r] - before.1[r]);
                let used = partner.coordination_days[r] + partner.contributed[r] + partner.own_days()[r];
                assert!((used - partner.days[r] - partner.backfilled[r]).abs() < 1e-9);
                assert!(partner.backfilled[r] <= partner.contributed[r]);
                levied[r] += partner.levy[r];
                refunded[r] += partner.contributed[r] * partner.day_cost[r] * partner.influences.subsidy[r];
            }
        }
        for r in 0..4 {
            let now = world.partnership.total;
            assert!((levied[r] - (now.levied[r] - total.levied[r])).abs() < 1e-9);
            assert!((refunded[r] - (now.subsidy[r] - total.subsidy[r])).abs() < 1e-9);
            // Risks are shared where all are cut alike or none; members who leave this month took part in it.
            let all_stay = world.partners.iter().all(|partner| partner.active[r] > 0.0);
            let cut = world.partners.iter().any(|partner| partner.influences.income[r] < 1.0);
            assert!(!all_stay || cut || (together[r] - alone[r]).abs() < 1e-9, "{} {}", together[r], alone[r]);
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
fn more_partners_cost_more_than_in_proportion_among_equals_and_in_proportion_with_a_lead() {
    let of = |n: usize, form| {
        let mut many = choosing(inputs(), "governance.form", form);
        // Without meetings, whose time grows in proportion.
        many = with(many, "communication.meetings", 0.0);
        many.partners = (0..n).map(|i| many.partners[i % 5].clone()).collect();
        let cost = &outcome(&run(&many), "coordination").to_vec();
        cost.iter().sum::<f64>() / cost.len() as f64
    };
    let [shared, lead] = [0, 1].map(|form| of(20, form) / of(5, form));
    // Three times the partners and one to the power of two or of one: 190 links against 10, 19 against 4.
    assert!(shared > 12.0 && shared < 22.0, "{shared}");
    assert!(lead > 3.0 && lead < 6.0, "{lead}");
}

#[test]
fn trust_grows_by_working_together_and_joint_work_stays_below_what_was_intended() {
    let block = run(&inputs());
    let trust = MONTHLY.iter().position(|measure| measure.column == "trust_share").expect("a column");
    let mean = |month: usize| block.monthly[month][trust].iter().sum::<f64>() / BLOCK as f64;
    assert!(mean(0) < mean(6) && mean(6) < mean(35) + 0.01, "A7: {} {} {}", mean(0), mean(6), mean(35));
    let mut world = World::<4>::new(&inputs(), Draws::new(1, 0));
    let (mut joint, mut intended) = (0.0, 0.0);
    for month in 0..36 {
        mechanisms::month(&mut world, month);
        joint += world.partnership.joint_value.0.iter().sum::<f64>();
        intended += world.partnership.intended_value.0.iter().sum::<f64>();
    }
    assert!(joint > 0.0 && joint < intended, "D20: {joint} of {intended}");
}

#[test]
fn a_lever_set_to_its_default_changes_no_bit() {
    let lived = |inputs: &Inputs| bits(&simulate(inputs, 1, 0, FEW, Engine::best(inputs.partners.len())));
    let expected = lived(&inputs());
    for parameter in parameters() {
        let default = match &parameter.domain {
            Domain::Number { default, .. } => Setting::Number(default.clone()),
            Domain::Whole { default, .. } => Setting::Whole(*default),
            Domain::Choice { default, .. } => Setting::Choice(*default),
        };
        let mut changed = inputs();
        let tables: Vec<_> = match parameter.scope() {
            Scope::Partnership => vec![&mut changed.values],
            Scope::Partner => changed.partners.iter_mut().map(|partner| &mut partner.values).collect(),
            Scope::Need => changed.needs.iter_mut().map(|need| &mut need.values).collect(),
            Scope::Event => changed.events.iter_mut().map(|event| &mut event.values).collect(),
            Scope::Intervention => changed.interventions.iter_mut().map(|dated| &mut dated.values).collect(),
        };
        for table in tables {
            table.entry(parameter.key).or_insert_with(|| default.clone());
        }
        assert!(lived(&changed) == expected, "{}", parameter.key);
    }
}

/// `inputs` with reviews, goals, tension, circles and all else that has to do with being heard and seen.
fn with_reviews(mut inputs: Inputs) -> Inputs {
    for (key, value) in [
        ("communication.culture_distance", 0.5),
        ("communication.language_distance", 0.3),
        ("communication.check_in", 0.2),
        ("communication.rework", 0.3),
        ("dialogue.tension_effect", 0.5),
        ("dialogue.surfacing", 0.2),
        ("dialogue.goal_specificity", 0.5),
        ("monitoring.sanction", 0.5),
        ("monitoring.recognition", 0.5),
        ("monitoring.adjustment", 0.5),
        ("partner.absence", 0.1),
    ] {
        inputs = with(inputs, key, value);
    }
    for (key, value) in
        [("communication.subgroups", 2), ("dialogue.rounds", 2), ("monitoring.interval", 3), ("partner.divisions", 2)]
    {
        inputs.set(key, Setting::Whole(value));
    }
    choosing(choosing(inputs, "monitoring.publication", 1), "monitoring.individual_goals", 1)
}

#[test]
fn every_parameter_changes_something() {
    let all: Vec<&Parameter> = parameters().collect();
    assert_eq!(without_effect(&all), [""; 0], "these change nothing");
}

/// Keys of the parameters that no value of theirs lets change any bit, found on all threads there are.
fn without_effect(parameters: &[&Parameter]) -> Vec<&'static str> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(parameter) = parameters.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend((!changes_something(parameter)).then_some(parameter.key));
        }
        found
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    })
}

fn changes_something(parameter: &Parameter) -> bool {
    // Designs of evaluation have parameters of their own.
    let of_comparison = ["evaluation.design", "evaluation.place_variation"].contains(&parameter.key);
    let base = choosing(all_in_use(parameter.key), "evaluation.design", if of_comparison { 2 } else { 1 });
    // Some act only where others leave them room, some only where partners are held to their own goals.
    let plain = with(with(inputs(), "funding.grant", 20.0), "funding.uptime", 0.9);
    let own_goals = choosing(base.clone(), "monitoring.individual_goals", 2);
    // What few replications show already needs no more of them; what is rare needs many.
    [FEW, BLOCK].into_iter().any(|replications| {
        [&base, &plain, &own_goals].into_iter().any(|base| {
            let lived =
                |inputs: &Inputs| bits(&simulate(inputs, 1, 0, replications, Engine::best(inputs.partners.len())));
            let expected = lived(base);
            settings(&parameter.domain).into_iter().any(|setting| {
                let mut changed = base.clone();
                // Of partners only the first: all moved by the same distance stay as far apart as they were.
                match parameter.scope() {
                    Scope::Partner => {
                        changed.partners[0].values.insert(parameter.key, setting);
                    }
                    _ => changed.set(parameter.key, setting),
                }
                lived(&changed) != expected
            })
        })
    })
}

/// Values from all over what a parameter may be.
fn settings(domain: &Domain) -> Vec<Setting> {
    match domain {
        Domain::Number { low, high, .. } => {
            let (low, high) = (low.max(-50.0), high.min(50.0));
            let value = |share: f64| Setting::Number(Fixed(low + share * (high - low)));
            [0.3, 0.7, 0.05, 0.95, 0.01].map(value).into()
        }
        Domain::Whole { .. } => vec![Setting::Whole(5)],
        Domain::Choice { options, .. } => (0..options.len()).map(Setting::Choice).collect(),
    }
}

/// Any number a parameter may take, the ends of its range among them.
fn any_value(low: f64, high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![Just(low), Just(high), low..=high, low..=(low + (high - low) * 1e-3), Just(low + 1e-200)]
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
    (numbers, 0..5_usize, 0..4_usize, 0..3_usize, 0..3_usize, 1..7_u64, any::<[bool; 3]>()).prop_map(
        |(values, form, decides, rule, channel, least, [unskilled, in_use, eventful_too])| {
            let mut inputs = values.into_iter().fold(inputs(), |inputs, (key, value)| match value {
                Some(value) => with(inputs, key, value),
                None => inputs,
            });
            for (key, word) in [
                ("governance.form", form),
                ("decisions.rule", decides),
                ("sharing.rule", rule),
                ("communication.channel", channel),
                ("evaluation.design", form.min(2)),
            ] {
                inputs = choosing(inputs, key, word);
            }
            if eventful_too {
                inputs = eventful(inputs);
            }
            inputs.values.insert("membership.minimum_partners", Setting::Whole(least));
            if in_use {
                for (key, whole) in [
                    ("roles.tasks", 7),
                    ("learning.features", 6),
                    ("learning.reflection_months", 2),
                    ("delivery.chain_length", 3),
                ] {
                    inputs.values.insert(key, Setting::Whole(whole));
                }
            }
            if unskilled {
                // A skill nobody has, one nobody asks for, and a need nobody cares for.
                inputs.partners.iter_mut().for_each(|p| p.skills = vec![Fixed(0.0), Fixed(1.0), Fixed(0.0)]);
                inputs.partners.iter_mut().for_each(|p| p.goals = vec![Some(Fixed(0.0)), Some(Fixed(0.4))]);
                inputs.needs.iter_mut().for_each(|n| n.skills = vec![Fixed(0.5), Fixed(0.5), Fixed(0.0)]);
            }
            inputs
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_allowed_value_makes_a_share_leave_its_bounds_or_a_number_infinite(inputs in any_inputs(), seed: u64) {
        let block = simulate(&inputs, seed, 0, 16, portable(16));
        prop_assert!(bits(&block).iter().all(|bits| f64::from_bits(*bits).is_finite()));
        let net_value = outcome(&block, "net_value");
        for r in 0..block.size {
            let failed = block.endings[r] > 0 || net_value[r] <= 0.0;
            prop_assert_eq!(failed, block.causes[r] > 0, "each failure has one cause, and no success has any");
        }
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
        for (months, &ending) in months.iter().zip(&block.endings) {
            // Only one that was never formed lasted no month.
            let least = if usize::from(ending) == NEVER_FORMED { 0.0 } else { 1.0 };
            prop_assert!((least..=36.0).contains(months), "{months} months, ending {ending}");
        }
        prop_assert_eq!(block.partners[0].len(), PARTNER_MEASURES.len());
    }
}
