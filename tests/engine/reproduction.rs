//! Exact answers of the literature, got from the product's own mechanisms: each to four standard errors at a fixed seed. They
//! stand in `docs/verification.md`; `PARTNERSIM_REFRESH=1 cargo test --test engine reproduction` writes them there.

use partnersim::model::draws::{Draws, Purpose};
use partnersim::model::inputs::{Inputs, NeedInputs, PartnerInputs, Setting};
use partnersim::model::landscape::Landscape;
use partnersim::model::lanes::Lane;
use partnersim::model::mechanisms::{
    contributions, coordination, decisions, dialogue, funding, learning, meetings, membership, roles, trust,
};
use partnersim::model::outcomes::{OUTCOMES, PARTNER_MEASURES};
use partnersim::model::uncertainty::Uncertainty::{self, Fixed};
use partnersim::model::voting_power;
use partnersim::model::world::World;
use partnersim::simulate::{BLOCK, Engine, simulate};

/// One answer, as it is printed or derived, and ours.
struct Line {
    /// Code of the science notes.
    code: &'static str,
    /// What is asked, and through which mechanism.
    setup: String,
    /// The answer with as many digits as its source gives.
    answer: String,
    /// What we got.
    ours: f64,
    /// Its standard error; zero where nothing is drawn.
    error: f64,
}

impl Line {
    /// An answer that involves no chance.
    fn exact(code: &'static str, setup: impl Into<String>, answer: &str, ours: f64) -> Line {
        Line { code, setup: setup.into(), answer: answer.into(), ours, error: 0.0 }
    }

    /// The mean of a sample.
    fn mean(code: &'static str, setup: impl Into<String>, answer: &str, sample: &[f64]) -> Line {
        let (ours, error) = mean_and_error(sample);
        Line { code, setup: setup.into(), answer: answer.into(), ours, error }
    }

    /// A share of `n` replications, with the standard error that the answer would have.
    fn share(code: &'static str, setup: impl Into<String>, answer: &str, count: usize, n: usize) -> Line {
        let n = n as f64;
        // A share of nothing or of all would leave no error at all: as if one more had gone the other way.
        let exact = answer.parse::<f64>().expect("a number").clamp(1.0 / n, 1.0 - 1.0 / n);
        let error = (exact * (1.0 - exact) / n).sqrt();
        Line { code, setup: setup.into(), answer: answer.into(), ours: count as f64 / n, error }
    }

    /// The mean of counts that are nearly always the same whole number: with the standard error that the answer would have,
    /// were every count one of the two nearest, where that is larger.
    fn mean_count(code: &'static str, setup: impl Into<String>, answer: &str, sample: &[f64]) -> Line {
        let line = Line::mean(code, setup, answer, sample);
        let above = line.answer() - line.answer().floor();
        let error = line.error.max((above * (1.0 - above) / sample.len() as f64).sqrt());
        Line { error, ..line }
    }

    fn answer(&self) -> f64 {
        self.answer.parse().expect("an answer is a number")
    }

    /// Half a unit of the last digit of the answer: how exactly it is known.
    fn rounding(&self) -> f64 {
        let decimals = self.answer.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        (0..decimals).fold(0.5, |half, _| half / 10.0) + 1e-12
    }

    fn holds(&self) -> bool {
        (self.ours - self.answer()).abs() <= 4.0 * self.error + self.rounding()
    }

    fn row(&self) -> String {
        let difference = self.ours - self.answer();
        let [error, apart] = if self.error > 0.0 {
            [format!("{:.4}", self.error), format!("{:+.1}", difference / self.error)]
        } else {
            ["–".into(), if difference.abs() <= self.rounding() { "none".into() } else { format!("{difference:+.4}") }]
        };
        format!("| {} | {} | {} | {:.4} | {error} | {apart} |\n", self.code, self.setup, self.answer, self.ours)
    }
}

/// Every answer, in the order of the page. An answer more is a function here and its line.
const ANSWERS: &[fn() -> Vec<Line>] = &[
    r1_degroot,
    r2_hegselmann_krause,
    r2b_deffuant,
    r3_beta_trust,
    r4_ruin_of_a_reserve,
    r5_constant_hazard,
    r6_honeymoon,
    r9_votes,
    r10_conditional_cooperation,
    r12_optima_of_landscapes,
    r12_search_where_nothing_interacts,
    r14_approvals,
    r15_pooled_risks,
    m8_links,
    m21_claims,
    voting_power_of_textbooks,
];

#[test]
fn every_exact_answer_is_reproduced_through_the_mechanisms_and_told_in_the_page() {
    let lines: Vec<Vec<Line>> = std::thread::scope(|scope| {
        let threads: Vec<_> = ANSWERS.iter().map(|answer| scope.spawn(answer)).collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    let lines: Vec<Line> = lines.into_iter().flatten().collect();
    let head = "| code | set-up | answer | ours | standard error | difference in standard errors |\n|---|---|---|---|---|---|\n";
    let rows: String = lines.iter().map(Line::row).collect();
    println!("{rows}");
    let wrong: String = lines.iter().filter(|line| !line.holds()).map(Line::row).collect();
    assert!(wrong.is_empty(), "not within four standard errors:\n{wrong}");
    crate::page::tells("verification.md", "exact answers", &format!("{head}{rows}"));
}

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

/// Squared deviations from a mean that is known.
fn squares(values: &[f64], mean: f64) -> Vec<f64> {
    values.iter().map(|value| (value - mean) * (value - mean)).collect()
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

/// Three partners with the weights [[1/3, 1/3, 1/3], [1/2, 1/2, 0], [0, 1/4, 3/4]] and the goals (1, 0, 0) agree on 3/11.
fn r1_degroot() -> Vec<Line> {
    let values = [("dialogue.rate", 1.0), ("dialogue.confidence", 1.0), ("partner.stubbornness", 0.0)];
    let mut world = World::<1>::new(&equals(3, &values), Draws::new(1, 0));
    for (goal, start) in world.goals.iter_mut().zip([1.0, 0.0, 0.0]) {
        *goal = Lane([start]);
    }
    // The first hears both, the second the first, the third the second; and the third goes only half the way.
    let [first, second, third] = [[Lane::ONE, Lane::ONE], [Lane::ONE, Lane::ZERO], [Lane::ZERO, Lane::ONE]];
    (world.ties[0].heard, world.ties[1].heard, world.ties[2].heard) = (first, second, third);
    let mut held = world.clone();
    world.partners[2].openness = Lane([0.5]);
    held.partners[2].stubbornness = Lane([0.5]);
    for _ in 0..200 {
        dialogue::step(&mut world);
        // A mandate that follows the goals it holds back.
        held.mandates = held.goals.clone();
        dialogue::step(&mut held);
    }
    let setup = "DeGroot, W = [[⅓,⅓,⅓],[½,½,0],[0,¼,¾]], goals (1,0,0): consensus 3/11; dialogue";
    vec![
        Line::exact("R1", format!("{setup}, ¾ by openness ½"), "0.2727272727", world.goals[2][0]),
        Line::exact("R1", format!("{setup}, ¾ by a mandate"), "0.2727272727", held.goals[2][0]),
    ]
}

/// Shares of runs with uniform starting goals that end in one cluster. Published to two digits.
fn r2_hegselmann_krause() -> Vec<Line> {
    let published = [(50, 0.20, "0.07"), (50, 0.30, "0.90"), (1000, 0.20, "0.18"), (1000, 0.25, "1.0")];
    let line = |(n, confidence, answer): (usize, f64, &str)| {
        let runs: usize = if n > 100 { 160 } else { 640 };
        let ones: usize = (0..runs / 4).map(|group| ends_in_one_cluster(n, confidence, 4 * group as u64)).sum();
        let setup =
            format!("Hegselmann–Krause, n = {n}, ε = {confidence:.2}: share of {runs} runs with one cluster; dialogue");
        Line::share("R2", setup, answer, ones, runs)
    };
    published.map(line).into()
}

/// How many of four replications end with all goals in one place: the dialogue of a group in which all hear all, without
/// a world, whose ties would be half a million.
fn ends_in_one_cluster(n: usize, confidence: f64, first: u64) -> usize {
    let draws = Draws::<4>::new(2, first);
    let mut goals: Vec<Lane<4>> = (0..n).map(|i| draws.uniform(Purpose::StartingGoal, 0, i, 0)).collect();
    let (mut pull, mut count) = (vec![Lane::ZERO; n], vec![Lane::ZERO; n]);
    let confidence = Lane::splat(confidence);
    // A few between two clusters may take hundreds of rounds to bring them together.
    for _ in 0..1000 {
        pull.fill(Lane::ZERO);
        count.fill(Lane::ZERO);
        for i in 0..n {
            for j in i + 1..n {
                dialogue::pull_pair(&goals, 1, (i, j), [Lane::ONE; 2], confidence, (&mut pull, &mut count));
            }
        }
        let mut still = true;
        for (i, goal) in goals.iter_mut().enumerate() {
            let next = Lane::from_fn(|r| dialogue::moved(goal[r], 1.0, pull[i][r], count[i][r]));
            still &= (0..4).all(|r| (next[r] - goal[r]).abs() < 1e-9);
            *goal = next;
        }
        if still {
            break;
        }
    }
    (0..4).filter(|&r| clusters(&goals, r, 1e-3).len() == 1).count()
}

/// Sizes of the groups of goals that no gap divides, in replication `r`.
fn clusters<const L: usize>(goals: &[Lane<L>], r: usize, gap: f64) -> Vec<usize> {
    let mut places: Vec<f64> = goals.iter().map(|goal| goal[r]).collect();
    places.sort_by(f64::total_cmp);
    let mut sizes = vec![1];
    for pair in places.windows(2) {
        if pair[1] - pair[0] > gap {
            sizes.push(0);
        }
        *sizes.last_mut().expect("one at least") += 1;
    }
    sizes
}

/// A thousand who talk in pairs, each time moving half the way: mean number of clusters that hold a twentieth of them.
fn r2b_deffuant() -> Vec<Line> {
    let published = [(0.30, "1.02"), (0.25, "1.92"), (0.15, "2.89")];
    let line = |(confidence, answer): (f64, &str)| {
        let runs = 200;
        let found: Vec<f64> = (0..runs).map(|run| large_clusters(1000, confidence, run)).collect();
        let setup = format!(
            "Deffuant, N = 1,000, μ = ½, ε = {confidence:.2}: clusters of 5 % or more, mean of {runs} runs; dialogue in pairs"
        );
        Line::mean_count("R2b", setup, answer, &found)
    };
    published.map(line).into()
}

fn large_clusters(n: usize, confidence: f64, run: u64) -> f64 {
    let draws = Draws::<1>::new(3, run);
    let mut goals: Vec<Lane<1>> = (0..n).map(|i| draws.uniform(Purpose::StartingGoal, 0, i, 0)).collect();
    let (half, confidence) = (Lane([0.5]), Lane([confidence]));
    for talk in 0..150 * n {
        let (one, other) = draws.uniforms(Purpose::Contact, 0, talk, 0);
        let [one, other] = [one, other].map(|luck| (luck[0] * n as f64) as usize);
        if one != other {
            dialogue::talk(&mut goals, 1, (one.min(other), one.max(other)), [half; 2], confidence);
        }
    }
    clusters(&goals, 0, 0.02).into_iter().filter(|size| 20 * size >= n).count() as f64
}

/// Eight promises kept and one broken, and none at all.
fn r3_beta_trust() -> Vec<Line> {
    let values = [("trust.memory", 1.0), ("trust.broken_weight", 1.0), ("communication.quality", 1.0)];
    let mut world = World::<1>::new(&equals(2, &values), Draws::new(1, 0));
    let before = world.ties[0].trust[0][0];
    for month in 0..9 {
        meetings::step(&mut world, month);
        world.ties[0].heard = [Lane::ONE; 2];
        world.partners.iter_mut().for_each(|partner| partner.kept = Lane::splat(if month < 8 { 1.0 } else { 0.0 }));
        trust::step(&mut world);
    }
    vec![
        Line::exact("R3", "Beta trust before any experience; trust", "0.5", before),
        Line::exact("R3", "Beta trust after 8 promises kept and 1 broken; trust", "0.8182", world.partners[0].trust[0]),
    ]
}

/// A reserve of ten that wins or loses one a month, until it is nothing or twenty.
fn r4_ruin_of_a_reserve() -> Vec<Line> {
    let cases = [(0.5, "0.5", "100"), (0.48, "0.690066", "95.033")];
    let lines = |(wins, ruined, months): (f64, &str, &str)| {
        let games: Vec<(bool, f64)> = (0..128).flat_map(|group| ruins(wins, 16 * group)).collect();
        let lasted: Vec<f64> = games.iter().map(|game| game.1).collect();
        let setup = format!("Reserve of 10 between 0 and 20, ±1 a month, p = {wins}");
        let ends = games.iter().filter(|game| game.0).count();
        [
            Line::share("R4", format!("{setup}: share ruined; funding"), ruined, ends, games.len()),
            Line::mean("R4", format!("{setup}: months it lasts; funding"), months, &lasted),
        ]
    };
    cases.into_iter().flat_map(lines).collect()
}

/// Whether, and after how many months, the reserves of two partners in sixteen replications are gone or full. Income is two
/// or nothing, wages are one; spells as long as independent months would make them.
fn ruins(wins: f64, first: u64) -> Vec<(bool, f64)> {
    let values = [
        ("partner.resources.money", 2.0),
        ("partner.resources.staff", 1.0),
        ("partner.resources.day_cost", 1000.0 / partnersim::model::partner::WORKING_DAYS),
        ("partner.resources.reserves", 100.0),
        ("funding.uptime", wins),
        ("funding.outage_months", 1.0 / wins),
        ("funding.outage_depth", 1.0),
        ("funding.correlation", 0.0),
    ];
    let mut world = World::<16>::new(&equals(2, &values), Draws::new(7, first));
    world.partners.iter_mut().for_each(|partner| partner.reserves = Lane::splat(10.0));
    let mut ended: Vec<Option<(bool, f64)>> = vec![None; 32];
    for month in 0..20_000 {
        funding::step(&mut world, month);
        for (at, end) in ended.iter_mut().enumerate().filter(|(_, end)| end.is_none()) {
            let reserve = world.partners[at / 16].reserves[at % 16];
            if !(0.5..19.5).contains(&reserve) {
                *end = Some((reserve < 0.5, (month + 1) as f64));
            }
        }
        if ended.iter().all(Option::is_some) {
            break;
        }
    }
    ended.into_iter().flatten().collect()
}

/// A constant hazard of leaving, and one of being closed from outside.
fn r5_constant_hazard() -> Vec<Line> {
    let still = [("membership.exit_hazard", 0.05), ("membership.volatility", 0.0), ("membership.drift", 0.0)];
    let mut inputs = equals(2, &[&LEAVING_ALONE[..], &still].concat());
    inputs.horizon_months = 300;
    let months = months_a_member(&inputs, 16);
    let more_than = |least: f64| months.iter().filter(|months| **months > least).count();
    inputs.set("membership.exit_hazard", Setting::Number(Fixed(0.0)));
    inputs.set("membership.closure_hazard", Setting::Number(Fixed(0.1)));
    let survived = OUTCOMES.iter().position(|outcome| outcome.name == "months_survived").expect("an outcome");
    let block = |b| simulate(&inputs, 6, b * BLOCK as u64, BLOCK, Engine::best(2));
    let closed: Vec<f64> = (0..16).flat_map(|b| block(b).outcomes[survived].clone()).collect();
    vec![
        Line::mean("R5", "Hazard of leaving .05 a month: mean 1/h; membership", "20", &months),
        Line::share(
            "R5",
            "the same: share that stays more than 10 months; membership",
            "0.598737",
            more_than(10.0),
            2048,
        ),
        Line::share(
            "R5",
            "the same, without memory: of these, share that stays another 10; membership",
            "0.598737",
            more_than(20.0),
            more_than(10.0),
        ),
        Line::mean("R5", "Hazard of being closed .1 a month: mean 1/h; membership", "10", &closed),
    ]
}

/// Goodwill of ten that loses one a month and shakes by two: first passage through zero.
fn r6_honeymoon() -> Vec<Line> {
    let own = [("membership.drift", 1.0), ("membership.volatility", 2.0), ("membership.initial_goodwill", 10.0)];
    let mut inputs = equals(2, &[&LEAVING_ALONE[..], &own, &[("membership.exit_hazard", 0.0)]].concat());
    inputs.horizon_months = 200;
    let monthly = months_a_member(&inputs, 32);
    let fine = first_passages(400);
    let beyond = |times: &[f64], at: f64| times.iter().filter(|time| **time > at).count();
    let walk = "Goodwill 10, drift 1, deviation 2, looked at once a month";
    let fine_walk = "The same looked at 400 times a month, as in continuous time (inverse Gaussian)";
    vec![
        Line::mean("R6", format!("{walk}: mean months (by convolution); membership"), "11.436", &monthly),
        Line::share("R6", format!("{walk}: S(5); membership"), "0.85755", beyond(&monthly, 5.0), monthly.len()),
        Line::share("R6", format!("{walk}: S(10); membership"), "0.44876", beyond(&monthly, 10.0), monthly.len()),
        Line::mean("R6", format!("{fine_walk}: mean; membership"), "10", &fine),
        Line::mean("R6", format!("{fine_walk}: variance; membership"), "40", &squares(&fine, 10.0)),
        Line::share("R6", format!("{fine_walk}: S(5); membership"), "0.8091", beyond(&fine, 5.0), fine.len()),
        Line::share("R6", format!("{fine_walk}: S(10); membership"), "0.3838", beyond(&fine, 10.0), fine.len()),
    ]
}

/// Months until two partners leave, in each of 1,024 replications, when a month has so many steps.
fn first_passages(steps: usize) -> Vec<f64> {
    let fine = steps as f64;
    let own = [
        ("membership.drift", 1.0 / fine),
        ("membership.volatility", 2.0 / fine.sqrt()),
        ("membership.initial_goodwill", 10.0),
        ("membership.exit_hazard", 0.0),
    ];
    let inputs = equals(2, &[&LEAVING_ALONE[..], &own].concat());
    let passages = |group: u64| {
        let mut world = World::<16>::new(&inputs, Draws::new(8, 16 * group));
        for step in 0..120 * steps {
            membership::step(&mut world, step);
            if world.partnership.alive == Lane::ZERO {
                break;
            }
        }
        world.partners.iter().flat_map(|partner| partner.total.months.0).map(|months| months / fine).collect::<Vec<_>>()
    };
    (0..64).flat_map(passages).collect()
}

/// Conditional cooperators, unconditional ones and free riders, 63, 13 and 20 of the 96 that could be classified.
fn r10_conditional_cooperation() -> Vec<Line> {
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
    for (i, partner) in inputs.partners.iter_mut().enumerate() {
        let kind = 1 + usize::from(i >= 63) + usize::from(i >= 76);
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
    let setup = "Conditional cooperation, 63 : 13 : 20: fixed point, tokens of 20; contributions";
    vec![Line::exact("R10", setup, "9.6", tokens)]
}

/// The share of five partners funded, when their luck is correlated.
fn r15_pooled_risks() -> Vec<Line> {
    // Spells as long as independent months would make them (1/uptime): each month is then a fresh draw, funded with chance u.
    let line = |(n, correlation): (usize, f64)| {
        let uptime = 0.8;
        let values =
            [("funding.uptime", uptime), ("funding.outage_months", 1.0 / uptime), ("funding.correlation", correlation)];
        let mut shares = Vec::new();
        for group in 0..8 {
            let mut world = World::<16>::new(&equals(n, &values), Draws::new(4, 16 * group));
            for month in 0..40 {
                funding::step(&mut world, month);
                let funded = world.partners.iter().fold(Lane::ZERO, |sum, partner| sum + partner.funded);
                shares.extend((funded * (1.0 / n as f64)).0);
            }
        }
        let exact = uptime * (1.0 - uptime) * (1.0 + (n - 1) as f64 * correlation) / n as f64;
        let setup = format!(
            "Pooled risks, n = {n}, ρ = {correlation}: variance of the share funded, σ²(1 + (n − 1)ρ)/n; funding"
        );
        Line::mean("R15", setup, &format!("{exact:.5}"), &squares(&shares, uptime))
    };
    [(5, 0.0), (5, 0.3), (12, 0.6)].map(line).into()
}

/// Links of n partners: n(n − 1)/2 among equals, n − 1 with a lead, n with an office; each a day at both ends.
fn m8_links() -> Vec<Line> {
    let mut lines = Vec::new();
    for n in [2, 5, 12] {
        for (form, word, links) in [(0, "shared", n * (n - 1) / 2), (1, "lead", n - 1), (2, "administrative", n)] {
            let mut inputs = equals(n, &[("governance.link_hours", 7.5), ("communication.meetings", 0.0)]);
            inputs.values.insert("governance.form", Setting::Choice(form));
            let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
            funding::step(&mut world, 0);
            meetings::step(&mut world, 0);
            coordination::step(&mut world);
            let days: f64 = world.partners.iter().map(|partner| partner.coordination_days[0]).sum();
            let setup = format!("Links of {n} partners, {word}: days at both ends; coordination");
            lines.push(Line::exact("M8", setup, &(2 * links).to_string(), days));
        }
    }
    lines
}

/// Nine voters who each say yes with chance .8, under a quota that six reach and under unanimity.
fn r9_votes() -> Vec<Line> {
    // Six of nine are two thirds of the voices, five are not.
    let cases = [(0.6, "6 of 9 needed", "0.9144"), (1.0, "unanimity", "0.1342")];
    let line = |(quota, word, answer): (f64, &str, &str)| {
        let inputs =
            deciding(9, &[("decisions.quota", quota), ("decisions.support", 0.8), ("decisions.approval_levels", 0.0)]);
        let groups = 512;
        let passed: f64 = (0..groups)
            .map(|group| {
                let mut world = World::<16>::new(&inputs, Draws::new(9, 16 * group));
                decisions::step(&mut world, 0);
                world.partnership.plan.in_force.0.iter().sum::<f64>()
            })
            .sum();
        let n = 16 * groups as usize;
        let setup = format!("9 voters, each for it with chance .8, {word}: share of {n} votes that pass; decisions");
        Line::share("R9", setup, answer, passed as usize, n)
    };
    cases.map(line).into()
}

/// `n` partners who vote on a plan; nobody dissents for the goals' sake.
fn deciding(n: usize, values: &[(&'static str, f64)]) -> Inputs {
    let mut inputs = equals(n, &[&[("decisions.dissent", 0.0)], values].concat());
    inputs.values.insert("decisions.rule", Setting::Choice(1));
    inputs
}

/// A vote that all are for, and then the levels that have to approve.
fn r14_approvals() -> Vec<Line> {
    let cases = [(1, 0.25, "4", "12"), (3, 0.4, "7.5", "11.25")];
    let lines = |(levels, chance, mean, variance): (u8, f64, &str, &str)| {
        let inputs = deciding(
            2,
            &[
                ("decisions.support", 1.0),
                ("decisions.approval_levels", f64::from(levels)),
                ("decisions.approval_chance", chance),
            ],
        );
        let waits: Vec<f64> = (0..512).flat_map(|group| months_to_a_plan(&inputs, 16 * group)).collect();
        let exact: f64 = mean.parse().expect("a number");
        let setup = format!("Levels of approval, one after the other: {levels}, chance {chance} a month");
        [
            Line::mean("R14", format!("{setup}: mean months k/p; decisions"), mean, &waits),
            Line::mean("R14", format!("{setup}: variance k(1 − p)/p²; decisions"), variance, &squares(&waits, exact)),
        ]
    };
    cases.into_iter().flat_map(lines).collect()
}

/// Months from the vote until the plan is in force, in sixteen replications.
fn months_to_a_plan(inputs: &Inputs, first: u64) -> Vec<f64> {
    let mut world = World::<16>::new(inputs, Draws::new(10, first));
    let mut months = [0.0; 16];
    for month in 0..2000 {
        decisions::step(&mut world, month);
        let waiting = world.partnership.plan.in_force.0.map(|in_force| 1.0 - in_force);
        if waiting.iter().all(|waiting| *waiting == 0.0) {
            break;
        }
        (0..16).for_each(|r| months[r] += waiting[r]);
    }
    months.into()
}

/// Rugged landscapes: optima where nothing, and where everything, acts on everything else.
fn r12_optima_of_landscapes() -> Vec<Line> {
    let optima = |interdependence: f64, replication: u64| -> Vec<f64> {
        let landscape = Landscape::<1>::new(Draws::new(12, replication), 10, Lane([interdependence]));
        let quality: Vec<f64> = (0..1 << 10).map(|way| landscape.quality(0, way)).collect();
        let is_optimum = |way: &usize| (0..10).all(|feature| quality[way ^ (1 << feature)] < quality[*way]);
        (0..quality.len()).filter(is_optimum).map(|way| quality[way]).collect()
    };
    let smooth: Vec<Vec<f64>> = (0..400).map(|replication| optima(0.0, replication)).collect();
    let most = smooth.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let rugged: Vec<f64> = (0..400).map(|replication| optima(1.0, replication).len() as f64).collect();
    vec![
        Line::exact("R12", "Landscapes of 10 features, K = 0: most optima in any of 400; landscape", "1", most),
        Line::mean("R12", "the same: mean quality of the optimum, ⅔; landscape", "0.666667", &smooth.concat()),
        Line::mean("R12", "Landscapes of 10 features, K = 9: optima, 2¹⁰/11; landscape", "93.09", &rugged),
    ]
}

/// Where no feature acts on another, partners who try one change after the other find the one best way of working.
fn r12_search_where_nothing_interacts() -> Vec<Line> {
    let values = [
        ("learning.attempts", 1.0),
        ("learning.novelty", 1.0),
        ("learning.absorption_loss", 0.0),
        ("learning.exploration", 0.0),
        ("learning.rigidity", 0.0),
        ("learning.turbulence", 0.0),
        ("need.complexity", 0.0),
    ];
    let mut inputs = equals(4, &values);
    inputs.set("learning.features", Setting::Whole(10));
    // Between them they see every feature.
    for (i, partner) in inputs.partners.iter_mut().enumerate() {
        partner.skills = [[1.0, 0.0], [0.0, 1.0]][i % 2].map(Fixed).into();
    }
    let found = |group: u64| {
        let mut world = World::<16>::new(&inputs, Draws::new(13, 16 * group));
        (0..400).for_each(|month| learning::step(&mut world, month));
        world.search.iter().flat_map(|search| search.quality.0).collect::<Vec<_>>()
    };
    let found: Vec<f64> = (0..32).flat_map(found).collect();
    let setup = "Four partners look for a better way, 10 features, K = 0, for 400 months: mean quality ⅔; learning";
    vec![Line::mean("R12", setup, "0.666667", &found)]
}

/// Tasks that each of five partners takes on with chance .3: those that nobody does, and their owners.
fn m21_claims() -> Vec<Line> {
    let values = [("roles.claim_chance", 0.3), ("roles.mapping", 0.0), ("roles.talk_effect", 0.0)];
    let mut inputs = equals(5, &values);
    inputs.set("roles.tasks", Setting::Whole(50));
    let (mut gaps, mut owners) = (Vec::new(), Vec::new());
    for group in 0..32 {
        let mut world = World::<16>::new(&inputs, Draws::new(14, 16 * group));
        roles::step(&mut world);
        if let Some(tasks) = &world.tasks {
            gaps.extend(tasks.gaps.0);
            owners.extend(tasks.owners.0);
        }
    }
    let setup = "50 tasks, each claimed by each of 5 with chance .3";
    vec![
        Line::mean("M21", format!("{setup}: share that nobody owns, (1 − c)ⁿ; roles"), "0.16807", &gaps),
        Line::mean("M21", format!("{setup}: owners of a task, nc; roles"), "1.5", &owners),
    ]
}

/// Shares of power that stand in textbooks, counted out over all orders and all coalitions.
fn voting_power_of_textbooks() -> Vec<Line> {
    let mut generator = Draws::<1>::new(1, 0).generator(0, Purpose::VotingPower, 0, 0);
    let mut power = |weights: &[f64], quota: f64| voting_power::indices(weights, quota, &mut generator);
    let parties = power(&[50.0, 49.0, 1.0], 0.51);
    let council = power(&[4.0, 4.0, 4.0, 2.0, 2.0, 1.0], 12.0 / 17.0);
    let parties_setup = "Votes [51; 50, 49, 1]";
    let council_setup = "Council of six of 1958 [12; 4, 4, 4, 2, 2, 1]";
    let line = |setup: &str, whom: &str, index: &str, answer: &str, ours: f64| {
        Line::exact("M15", format!("{setup}: {index} of {whom}; voting power"), answer, ours)
    };
    vec![
        line(parties_setup, "the first, 2/3", "Shapley–Shubik", "0.666667", parties.shapley_shubik[0]),
        line(parties_setup, "the third, 1/6", "Shapley–Shubik", "0.166667", parties.shapley_shubik[2]),
        line(parties_setup, "the third, 1/5", "Banzhaf", "0.2", parties.banzhaf[2]),
        line(council_setup, "France, 14/60", "Shapley–Shubik", "0.233333", council.shapley_shubik[0]),
        line(council_setup, "Belgium, 3/21", "Banzhaf", "0.142857", council.banzhaf[3]),
        line(council_setup, "Luxembourg", "Shapley–Shubik", "0", council.shapley_shubik[5]),
    ]
}

#[test]
fn hegselmann_and_krause_in_a_world_is_the_same_dialogue() {
    // The groups above are lived without a world; here one is lived in it, goal by goal the same.
    let values = [("dialogue.rate", 1.0), ("dialogue.confidence", 0.2), ("partner.stubbornness", 0.0)];
    let mut inputs = equals(50, &values);
    for partner in &mut inputs.partners {
        partner.goals = vec![Some(Uncertainty::Uniform { low: 0.0, high: 1.0 })];
    }
    let mut world = World::<1>::new(&inputs, Draws::new(2, 0));
    world.ties.iter_mut().for_each(|tie| tie.heard = [Lane::ONE; 2]);
    let goals = world.goals.clone();
    let (mut pull, mut count) = (vec![Lane::ZERO; 50], vec![Lane::ZERO; 50]);
    for tie in &world.ties {
        dialogue::pull_pair(&goals, 1, tie.ends, tie.heard, Lane([0.2]), (&mut pull, &mut count));
    }
    dialogue::step(&mut world);
    for i in 0..50 {
        assert_eq!(world.goals[i][0], dialogue::moved(goals[i][0], 1.0, pull[i][0], count[i][0]));
    }
}
