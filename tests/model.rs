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
    inputs.set(key, Setting::Number(Fixed(value)));
    inputs
}

/// `inputs` with a word of a choice, by its position.
fn choosing(mut inputs: Inputs, key: &'static str, word: usize) -> Inputs {
    inputs.values.insert(key, Setting::Choice(word));
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

/// An outcome, or the days all partners gave together.
fn column(block: &Block, name: &str) -> Vec<f64> {
    if name != "days_contributed" {
        return outcome(block, name).to_vec();
    }
    let position = PARTNER_MEASURES.iter().position(|measure| measure.column == name).expect("a known measure");
    (0..block.size).map(|r| block.partners.iter().map(|partner| partner[position][r]).sum()).collect()
}

/// Mean paired difference of an outcome, and how many standard errors it lies from zero.
fn paired(low: &Inputs, high: &Inputs, name: &str) -> (f64, f64) {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for first in (0..8).map(|b| b * BLOCK as u64) {
        let [a, b] = [low, high].map(|inputs| column(&simulate(inputs, 1, first, BLOCK, Engine::best(5)), name));
        for (a, b) in a.iter().zip(&b) {
            n += 1.0;
            sum += b - a;
            squares += (b - a) * (b - a);
        }
    }
    let mean: f64 = sum / n;
    let error = ((squares / n - mean * mean) / n).sqrt();
    (mean, mean / error.max(1e-12))
}

/// Asserts that an outcome moves with the sign given, by more than four standard errors of the paired difference.
fn moves(what: &str, low: &Inputs, high: &Inputs, name: &str, sign: f64) {
    let (mean, errors) = paired(low, high, name);
    assert!(sign * errors > 4.0, "{what}: {name} changed by {mean} ({errors} standard errors)");
}

fn bits(block: &Block) -> Vec<u64> {
    let columns = block.outcomes.iter().chain(block.monthly.iter().flatten()).chain(block.partners.iter().flatten());
    columns.flatten().map(|value| value.to_bits()).collect()
}

#[test]
fn every_width_and_instruction_set_gives_the_same_bits() {
    for inputs in [inputs(), with_everything(inputs())] {
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
    const OF_THE_WORLD: [&str; 3] = ["funding.", "delivery.demand_variation", "dialogue.goal_spread"];
    let alone = PARTNER_MEASURES.iter().position(|measure| measure.column.starts_with("net_alone")).expect("a measure");
    let fares =
        |inputs: &Inputs| run(inputs).partners.into_iter().map(|mut p| p.swap_remove(alone)).collect::<Vec<_>>();
    let expected = fares(&inputs());
    for parameter in parameters().filter(|parameter| parameter.scope() == Scope::Partnership) {
        if OF_THE_WORLD.iter().any(|key| parameter.key.starts_with(key)) {
            continue;
        }
        let changed = match parameter.domain {
            Domain::Number { low, high, .. } => with(inputs(), parameter.key, low + 0.7 * (high.min(50.0) - low)),
            Domain::Whole { .. } => with(inputs(), parameter.key, 4.0),
            Domain::Choice { options, default } => choosing(inputs(), parameter.key, (default + 1) % options.len()),
        };
        assert!(fares(&changed) == expected, "{} changes the twin", parameter.key);
    }
    for key in ["funding.grant", "funding.grant_end"] {
        assert!(fares(&with(inputs(), key, 30.0)) == expected, "{key} changes the twin");
    }
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

/// Concept of the source documents, lever, from, to, outcome, sign.
const DIRECTIONS: &[(&str, &str, f64, f64, &str, f64)] = &[
    ("A1 pooling", "contributions.pooled_share", 0.1, 0.4, "days_contributed", 1.0),
    ("A1 duplication", "delivery.duplication", 0.0, 0.6, "premium", -1.0),
    ("A4 reach", "partner.reach", 0.1, 0.5, "people", 1.0),
    ("A10 shared starting point", "dialogue.goal_spread", 0.02, 0.35, "agreement", -1.0),
    ("A10 fit to goals", "contributions.goal_effect", 0.0, 1.0, "days_contributed", -1.0),
    ("A10 dialogue", "dialogue.rate", 0.0, 1.0, "agreement", 1.0),
    ("A10 dialogue", "dialogue.rate", 0.0, 1.0, "premium", 1.0),
    ("A11 quality", "communication.quality", 0.3, 0.9, "trust", 1.0),
    ("A11 quality", "communication.quality", 0.3, 0.9, "agreement", 1.0),
    ("A11 quality", "communication.quality", 0.3, 0.9, "premium", 1.0),
    ("A11 frequency", "communication.meetings", 0.0, 2.0, "agreement", 1.0),
    ("A11 frequency costs", "communication.meetings", 0.5, 4.0, "coordination", 1.0),
    ("B1 control", "partner.autonomy", 0.0, 0.9, "days_contributed", -1.0),
    ("B1 control", "partner.autonomy", 0.0, 0.9, "premium", -1.0),
    ("B2 distance", "communication.sector_distance", 0.0, 3.0, "agreement", -1.0),
    ("B2 distance", "communication.sector_distance", 0.0, 3.0, "premium", -1.0),
    ("B4 ego", "partner.stubbornness", 0.0, 0.8, "agreement", -1.0),
    ("B4 envy", "partner.envy", 0.0, 4.0, "morale", -1.0),
    ("B4 envy", "partner.envy", 0.0, 4.0, "partners", -1.0),
    ("B5 money on time", "funding.uptime", 0.6, 1.0, "need_met", 1.0),
    ("B5 money on time", "funding.uptime", 0.6, 1.0, "trust", 1.0),
    ("B5 money on time", "funding.uptime", 0.6, 1.0, "months_survived", 1.0),
    ("B5 diversion", "contributions.diversion_rate", 0.0, 0.5, "trust", -1.0),
    ("B5 diversion", "contributions.diversion_rate", 0.0, 0.5, "need_met", -1.0),
    ("B5 diversion", "contributions.diversion_rate", 0.0, 0.5, "months_survived", -1.0),
    ("B9 morale", "morale.initial", 0.2, 0.9, "days_contributed", 1.0),
    ("B10 free riders", "contributions.free_rider_share", 0.0, 0.8, "trust", -1.0),
    ("B10 free riders", "contributions.free_rider_share", 0.0, 0.8, "premium", -1.0),
    ("B10 free riders", "contributions.free_rider_share", 0.0, 0.8, "months_survived", -1.0),
    ("B11 links", "governance.link_hours", 0.5, 20.0, "net_value", -1.0),
    ("B20 initial trust", "trust.initial", 0.2, 0.8, "months_survived", 1.0),
    ("B20 honeymoon", "membership.initial_goodwill", 4.0, 20.0, "months_survived", 1.0),
    ("C5 ambition", "morale.aspiration", 0.2, 1.5, "morale", -1.0),
    ("C5 ambition", "morale.aspiration", 0.2, 1.5, "days_contributed", -1.0),
    ("D8 talk", "contributions.talk_effect", 0.0, 0.4, "days_contributed", 1.0),
    ("E1 critical mass", "membership.minimum_share", 0.2, 0.9, "months_survived", -1.0),
];

#[test]
fn directions_a_reader_expects_come_out() {
    for &(concept, key, low, high, name, sign) in DIRECTIONS {
        moves(concept, &with(inputs(), key, low), &with(inputs(), key, high), name, sign);
    }
}

#[test]
fn pooling_work_that_is_as_effective_meets_more_need() {
    let at = |share| with(with(inputs(), "delivery.effectiveness", 1.0), "contributions.pooled_share", share);
    moves("A1 pooling", &at(0.1), &at(0.4), "need_met", 1.0);
}

#[test]
fn a_richer_channel_carries_trust_agreement_and_the_premium() {
    let [written, face_to_face] = [2, 0].map(|word| choosing(inputs(), "communication.channel", word));
    for name in ["trust", "agreement", "premium"] {
        moves("B14 channel", &written, &face_to_face, name, 1.0);
    }
}

#[test]
fn unlike_partners_who_share_alike_lose_heart_and_members_and_equity_mends_it() {
    let unlike = |rule| choosing(inputs(), "sharing.rule", rule);
    let [equal, proportional] = [0, 1].map(unlike);
    moves("A16 equity", &equal, &proportional, "morale", 1.0);
    let alike = ["partner.resources.money", "partner.resources.staff"]
        .into_iter()
        .zip([110.0, 11.0])
        .fold(equal.clone(), |inputs, (key, value)| with(inputs, key, value));
    moves("A16 inequality", &alike, &equal, "morale", -1.0);
    moves("A16 inequality", &alike, &equal, "months_survived", -1.0);
}

#[test]
fn a_longer_grant_keeps_partnerships_alive_and_hearts_up() {
    let until = |end| with(with(inputs(), "funding.grant", 20.0), "funding.grant_end", end);
    for name in ["alive", "partners", "morale", "need_met"] {
        moves("B24 grant", &until(6.0), &until(36.0), name, 1.0);
    }
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
    let mut world = World::<16>::new(&inputs(), Draws::new(1, 0));
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
    let expected = bits(&run(&inputs()));
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
        assert!(bits(&run(&changed)) == expected, "{}", parameter.key);
    }
}

/// Every mechanism at work that a scenario has to ask for.
fn with_everything(mut inputs: Inputs) -> Inputs {
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
    // Pay counts where it differs.
    inputs.partners[0].values.insert("partner.pay", Setting::Number(Fixed(1.5)));
    choosing(choosing(inputs, "monitoring.publication", 1), "monitoring.individual_goals", 1)
}

#[test]
fn every_parameter_changes_something() {
    let plain = with(with(inputs(), "funding.grant", 20.0), "funding.uptime", 0.9);
    let everything = with_everything(plain.clone());
    // Partners are held either to the group's goals or to their own.
    let own_goals = choosing(everything.clone(), "monitoring.individual_goals", 2);
    let bases = [plain, everything, own_goals].map(|base| (bits(&run(&base)), base));
    for parameter in parameters() {
        let differs = bases.iter().any(|(expected, base)| {
            settings(&parameter.domain).into_iter().any(|setting| {
                let mut changed = base.clone();
                // Of partners only the first: all moved by the same distance stay as far apart as they were.
                match parameter.scope() {
                    Scope::Partner => {
                        changed.partners[0].values.insert(parameter.key, setting);
                    }
                    _ => changed.set(parameter.key, setting),
                }
                bits(&run(&changed)) != *expected
            })
        });
        assert!(differs, "{} changes nothing", parameter.key);
    }
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
    (numbers, 0..3_usize, 0..3_usize, 0..3_usize, 1..7_u64, any::<bool>()).prop_map(
        |(values, form, rule, channel, least, unskilled)| {
            let mut inputs = values.into_iter().fold(inputs(), |inputs, (key, value)| match value {
                Some(value) => with(inputs, key, value),
                None => inputs,
            });
            for (key, word) in [("governance.form", form), ("sharing.rule", rule), ("communication.channel", channel)] {
                inputs = choosing(inputs, key, word);
            }
            inputs.values.insert("membership.minimum_partners", Setting::Whole(least));
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
