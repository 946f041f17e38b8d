//! Exact answers of the literature, got from the product's own mechanisms: each to four standard errors at a fixed seed.

use partnersim::model::draws::Draws;
use partnersim::model::inputs::{Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::lanes::Lane;
use partnersim::model::mechanisms::{contributions, coordination, dialogue, funding, meetings, trust};
use partnersim::model::outcomes::{OUTCOMES, PARTNER_MEASURES};
use partnersim::model::uncertainty::Uncertainty::{self, Fixed};
use partnersim::model::world::World;
use partnersim::simulate::{BLOCK, Engine, simulate};

/// `n` equal partners of one sector, one need, two skills, everything else by default but for the values given.
fn equals(n: usize, values: &[(&'static str, f64)]) -> Inputs {
    let partner = |i| PartnerInputs {
        name: format!("partner {i}"),
        skills: vec![Fixed(0.5), Fixed(0.5)],
        goals: vec![Some(Fixed(0.5))],
        ..PartnerInputs::default()
    };
    let need = NeedInputs { name: "care".into(), skills: vec![Fixed(0.5), Fixed(0.5)], ..NeedInputs::default() };
    let mut inputs = Inputs {
        horizon_months: 24,
        partners: (0..n).map(partner).collect(),
        needs: vec![need],
        skills: vec!["clinical".into(), "social".into()],
        ..Inputs::default()
    };
    for &(key, value) in values {
        inputs.set(key, Setting::Number(Fixed(value)));
    }
    inputs
}

fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Holds a share of `n` replications to its exact value.
fn share_is(share: f64, exact: f64, n: usize, what: &str) {
    let error = (exact * (1.0 - exact) / n as f64).sqrt();
    assert!((share - exact).abs() < 4.0 * error, "{what}: {share}, exact {exact}, standard error {error}");
}

/// Months that the first of two partners was a member, over `blocks` blocks.
fn months_a_member(inputs: &Inputs, blocks: u64) -> Vec<f64> {
    let measure = PARTNER_MEASURES.iter().position(|m| m.column == "months_member").expect("a measure");
    let block = |b| simulate(inputs, 5, b * BLOCK as u64, BLOCK, Engine::best(2));
    (0..blocks).flat_map(|b| block(b).partners[0][measure].clone()).collect()
}

/// What lets a partner leave by goodwill or by its own hazard and for no other reason.
const LEAVING_ALONE: [(&str, f64); 6] = [
    ("membership.advantage_effect", 0.0),
    ("membership.inequity_effect", 0.0),
    ("membership.trust_effect", 0.0),
    ("membership.closure_hazard", 0.0),
    ("membership.minimum_partners", 1.0),
    ("membership.minimum_share", 0.0),
];

#[test]
fn r2_hegselmann_krause_ends_in_one_cluster_as_often_as_published() {
    // Fifty uniform opinions; published for n = 50: one cluster in .07 of runs at a confidence of .20, in .90 at .30.
    for (confidence, exact) in [(0.20, 0.07), (0.30, 0.90)] {
        let values = [("dialogue.rate", 1.0), ("dialogue.confidence", confidence), ("partner.stubbornness", 0.0)];
        let mut inputs = equals(50, &values);
        for partner in &mut inputs.partners {
            partner.goals = vec![Some(Uncertainty::Uniform { low: 0.0, high: 1.0 })];
        }
        let n = 640;
        let one_cluster: f64 = (0..n / 16).map(|group| clusters_of_one(&inputs, 16 * group as u64)).sum();
        share_is(one_cluster / n as f64, exact, n, "one cluster");
    }
}

/// How many of sixteen replications end with all goals in one place.
fn clusters_of_one(inputs: &Inputs, first: u64) -> f64 {
    let mut world = World::<16>::new(inputs, Draws::new(2, first));
    world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ONE; 2]);
    (0..30).for_each(|_| dialogue::step(&mut world));
    let ends = |r: usize| {
        let goals = world.goals.iter().map(|goal| goal[r]);
        goals.clone().fold(0.0, f64::max) - goals.fold(1.0, f64::min)
    };
    (0..16).filter(|&r| ends(r) < 1e-3).count() as f64
}

#[test]
fn r3_eight_promises_kept_and_one_broken_make_the_published_trust() {
    let values = [("trust.memory", 1.0), ("trust.broken_weight", 1.0), ("communication.quality", 1.0)];
    let mut world = World::<1>::new(&equals(2, &values), Draws::new(1, 0));
    assert_eq!(world.ties[0].trust[0][0], 0.5);
    for month in 0..9 {
        meetings::step(&mut world, month);
        world.ties[0].heard = [Lane::ONE; 2];
        world.partners.iter_mut().for_each(|partner| partner.kept = Lane::splat(if month < 8 { 1.0 } else { 0.0 }));
        trust::step(&mut world);
    }
    assert!((world.partners[0].trust[0] - 0.8182).abs() < 5e-5);
}

#[test]
fn r5_a_constant_hazard_gives_the_geometric_distribution() {
    let hazard = 0.05;
    let own = [("membership.exit_hazard", hazard), ("membership.volatility", 0.0), ("membership.drift", 0.0)];
    let mut inputs = equals(2, &[&LEAVING_ALONE[..], &own].concat());
    inputs.horizon_months = 300;
    let months = months_a_member(&inputs, 16);
    let (mean, error) = mean_and_error(&months);
    assert!((mean - 1.0 / hazard).abs() < 4.0 * error, "{mean} ({error})");
    // Without memory: who stayed ten months stays another ten as often as anyone stays ten.
    let stayed: Vec<f64> = months.iter().copied().filter(|months| *months > 10.0).collect();
    let exact = (0..10).fold(1.0, |chance, _| chance * (1.0 - hazard));
    share_is(stayed.len() as f64 / months.len() as f64, exact, months.len(), "ten months");
    let longer = stayed.iter().filter(|months| **months > 20.0).count() as f64;
    share_is(longer / stayed.len() as f64, exact, stayed.len(), "another ten");
}

#[test]
fn r6_the_honeymoon_is_the_first_passage_of_a_walk_by_months() {
    // S₀ = 10, m = 1, s = 2. In continuous time: mean 10, S(5) = .8091, S(10) = .3838. Goodwill is looked at once a month
    // here, so that a walk may dip below zero and return unseen: by numerical convolution mean 11.44, S(5) = .8576,
    // S(10) = .4488. With finer months (below) the answer tends to the continuous one.
    let inputs = walk(1.0, 2.0, 200);
    let months = months_a_member(&inputs, 32);
    let (mean, error) = mean_and_error(&months);
    assert!((mean - 11.436).abs() < 4.0 * error, "{mean} ({error})");
    for (at, exact) in [(5.0, 0.857_55), (10.0, 0.448_76)] {
        let alive = months.iter().filter(|months| **months > at).count() as f64;
        share_is(alive / months.len() as f64, exact, months.len(), "still a member");
    }
}

#[test]
fn r6_the_honeymoon_tends_to_the_inverse_gaussian_distribution_as_months_become_finer() {
    // Twenty-five steps to the unit of time: drift m/25, standard deviation s/5. What is left of the difference is that of a
    // start higher by .5826 standard deviations of a step (Siegmund's correction): mean 10 + .5826·.4.
    let months = months_a_member(&walk(0.04, 0.4, 2500), 4);
    let times: Vec<f64> = months.iter().map(|months| months / 25.0).collect();
    let (mean, error) = mean_and_error(&times);
    assert!((mean - (10.0 + 0.5826 * 0.4)).abs() < 4.0 * error, "{mean} ({error})");
}

fn walk(drift: f64, deviation: f64, months: usize) -> Inputs {
    let own = [
        ("membership.exit_hazard", 0.0),
        ("membership.initial_goodwill", 10.0),
        ("membership.drift", drift),
        ("membership.volatility", deviation),
    ];
    let mut inputs = equals(2, &[&LEAVING_ALONE[..], &own].concat());
    inputs.horizon_months = months;
    inputs
}

#[test]
fn r10_conditional_cooperation_settles_at_the_published_fixed_point() {
    // Nothing else moves contributions: full trust in what is heard, no talk, no control held back, no diversions.
    let values = [
        ("contributions.talk_effect", 0.0),
        ("contributions.trust_effect", 0.0),
        ("contributions.goal_effect", 0.0),
        ("contributions.morale_effect", 0.0),
        ("contributions.diversion_rate", 0.0),
        ("partner.autonomy", 0.0),
        ("funding.uptime", 1.0),
        ("communication.quality", 1.0),
        ("governance.link_hours", 0.0),
        ("communication.meeting_hours", 0.0),
        ("communication.airtime", 1000.0),
    ];
    let mut inputs = equals(96, &values);
    // Conditional, unconditional, free riders: 63, 13 and 20 of the 96 that could be classified.
    for (i, partner) in inputs.partners.iter_mut().enumerate() {
        let kind = if i < 63 {
            1
        } else if i < 76 {
            2
        } else {
            3
        };
        partner.values.insert("partner.contributor", Setting::Choice(kind));
    }
    let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
    for month in 0..40 {
        funding::step(&mut world, month);
        meetings::step(&mut world, month);
        contributions::step(&mut world, month);
    }
    let tokens = 20.0 * world.partners.iter().map(|partner| partner.given[0]).sum::<f64>() / 96.0;
    // By hand: (63·2.06 + 13·16.2 + 20·1.41)/96 = 3.839 and (63·.828 + 13·.039 + 20·.245)/96 = .5997: 3.839/(1 − .5997).
    assert!((tokens - 9.59).abs() < 0.03, "{tokens}");
}

#[test]
fn r15_pooling_n_correlated_risks_leaves_the_published_variance() {
    // Spells as long as independent months would make them (1/uptime): each month is then a fresh draw, funded with chance u.
    let (n, uptime, correlation) = (5, 0.8, 0.3);
    let values =
        [("funding.uptime", uptime), ("funding.outage_months", 1.0 / uptime), ("funding.correlation", correlation)];
    let inputs = equals(n, &values);
    let (mut squares, mut months) = (Vec::new(), 0);
    for group in 0..8 {
        let mut world = World::<16>::new(&inputs, Draws::new(4, 16 * group));
        for month in 0..40 {
            funding::step(&mut world, month);
            let funded = world.partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.funded) * (1.0 / n as f64);
            squares.extend(funded.0.map(|share| (share - uptime) * (share - uptime)));
            months += 16;
        }
    }
    let (variance, error) = mean_and_error(&squares);
    let exact = uptime * (1.0 - uptime) * (1.0 + (n - 1) as f64 * correlation) / n as f64;
    assert!((variance - exact).abs() < 4.0 * error, "{variance} over {months} months, exact {exact} ({error})");
}

#[test]
fn m8_the_cost_of_coordination_is_that_of_the_links_of_each_form() {
    // Links of n partners: n(n − 1)/2 among equals, n − 1 with a lead, n with an office; each a day at both ends.
    for n in [2, 5, 12] {
        for (form, links) in [(0, n * (n - 1) / 2), (1, n - 1), (2, n)] {
            let mut inputs = equals(n, &[("governance.link_hours", 7.5), ("communication.meetings", 0.0)]);
            inputs.values.insert("governance.form", Setting::Choice(form));
            let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
            funding::step(&mut world, 0);
            meetings::step(&mut world, 0);
            coordination::step(&mut world);
            let days: f64 = world.partners.iter().map(|partner| partner.coordination_days[0]).sum();
            assert!((days - 2.0 * links as f64).abs() < 1e-9, "{n} partners, form {form}: {days}");
        }
    }
}

#[test]
fn closing_from_outside_is_a_constant_hazard_too() {
    let hazard = 0.1;
    let own = [("membership.exit_hazard", 0.0), ("membership.volatility", 0.0), ("membership.drift", 0.0)];
    let mut inputs = equals(2, &[&LEAVING_ALONE[..], &own].concat());
    inputs.values.insert("membership.closure_hazard", Setting::Number(Fixed(hazard)));
    inputs.horizon_months = 200;
    let survived = OUTCOMES.iter().position(|outcome| outcome.name == "months_survived").expect("an outcome");
    let block = |b| simulate(&inputs, 6, b * BLOCK as u64, BLOCK, Engine::best(2));
    let months: Vec<f64> = (0..16).flat_map(|b| block(b).outcomes[survived].clone()).collect();
    let (mean, error) = mean_and_error(&months);
    assert!((mean - 1.0 / hazard).abs() < 4.0 * error, "{mean} ({error})");
}
