//! Money: income month by month, spells without it, reserves, and the sponsor's grant.
//!
//! # Does
//! Gives each partner its income, lets spells of reduced income come and go, pays staff from income and reserve, refills
//! the reserve, and buys further days with what is left. Pays the grant until it ends.
//!
//! # Why
//! Late or interrupted money is what ends many partnerships, and the end of a grant is when the others are tested.
//!
//! # Equation
//! A two-state Markov chain: a partner without its full income regains it with chance `g = 1/m` a month, one with it loses
//! it with chance `g·(1 − u)/u`, where `u` is the uptime and `m` the mean length of a spell (longer where the uptime could
//! not be so low otherwise: `g ≤ u/(1 − u)`); in a spell income is `(1 − depth)·money`. Little luck is bad for all: it
//! loses an income or keeps one away. With chance `√ρ` a partner's luck of the month is the one all share, else its own, so
//! that the luck of any two is correlated by `ρ`. The ledger: wages are paid from income and reserve as far as they go;
//! income above wages first refills the reserve, then buys days at a markup. Money in equals money out plus the change of
//! the reserve. Where members share the risk of their incomes, a share `s` of each one's shortfall `f` is the mean of all, each
//! counted with its income: `(1 − s)·f + s·F`; that leaves their sum as it is and, shared wholly among `n` equal members, makes
//! the variance of each `σ²(1 + (n − 1)ρ)/n`. The twin shares nothing. After its end a share of the grant goes on from elsewhere.
//!
//! # Reads
//! Income, wages, cost of a day, reserve and its target, `funded`, `active`, `income` and `busy` of each partner; `sponsored`,
//! `alive` and `sponsor` of the partnership.
//!
//! # Writes
//! `funded`, `reserves`, `days`, `spent` of each partner and of its twin; `sponsored`, `grant_due`, `after_grant` and `grant` of
//! the partnership.
//!
//! # References
//! Two-state availability and the ruin of a reserve are textbook results (M18); the grant's length follows Feinberg 2008.

use crate::model::drawn::Drawn;
use crate::model::draws::Purpose;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner::{Partner, Purse};
use crate::model::uncertainty::Uncertainty;
use crate::model::world::World;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] = &[
    &UPTIME,
    &OUTAGE_MONTHS,
    &OUTAGE_DEPTH,
    &CORRELATION,
    &GRANT,
    &GRANT_END,
    &CONTINUATION,
    &COMMISSIONING_MARKUP,
    &RISK_SHARING,
];

pub(crate) const UPTIME: Parameter = Parameter {
    key: "funding.uptime",
    meaning: "Long-run share of months in which an income arrives in full.",
    unit: "share",
    domain: Domain::Number { low: 0.01, high: 1.0, default: Uncertainty::Fixed(0.97) },
    source: "M18",
    grade: Grade::Assumption,
};

pub(crate) const OUTAGE_MONTHS: Parameter = Parameter {
    key: "funding.outage_months",
    meaning: "Mean length of a spell of reduced income.",
    unit: "months",
    domain: Domain::Number { low: 1.0, high: 120.0, default: Uncertainty::Fixed(3.0) },
    source: "M18",
    grade: Grade::Assumption,
};

pub(crate) const OUTAGE_DEPTH: Parameter = Parameter {
    key: "funding.outage_depth",
    meaning: "Share of the income that does not arrive during such a spell.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.5) },
    source: "M18",
    grade: Grade::Assumption,
};

pub(crate) const CORRELATION: Parameter = Parameter {
    key: "funding.correlation",
    meaning: "Correlation of the monthly funding luck of any two partners.",
    unit: "correlation",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.3) },
    source: "M18, R15",
    grade: Grade::Assumption,
};

pub(crate) const GRANT: Parameter = Parameter {
    key: "funding.grant",
    meaning: "Money the sponsor gives the partnership; it pays for coordination first, then for joint work.",
    unit: "thousand pounds a month",
    domain: Domain::Number { low: 0.0, high: 1e6, default: Uncertainty::Fixed(0.0) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const GRANT_END: Parameter = Parameter {
    key: "funding.grant_end",
    meaning: "Months for which the grant is paid.",
    unit: "months",
    domain: Domain::Number { low: 0.0, high: 1200.0, default: Uncertainty::Fixed(36.0) },
    source: "Feinberg 2008",
    grade: Grade::Published,
};

pub(crate) const CONTINUATION: Parameter = Parameter {
    key: "funding.continuation",
    meaning: "Share of the grant that goes on from other sources after its end.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B24; Feinberg 2008 (that planning for it matters)",
    grade: Grade::Assumption,
};

pub(crate) const COMMISSIONING_MARKUP: Parameter = Parameter {
    key: "funding.commissioning_markup",
    meaning: "How much dearer a bought-in day is than one of own staff.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.25) },
    source: "choice of partnersim",
    grade: Grade::Assumption,
};

pub(crate) const RISK_SHARING: Parameter = Parameter {
    key: "funding.risk_sharing",
    meaning: "Share of the luck of their incomes that members bear together, in proportion to these.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "R15; concept E1",
    grade: Grade::Computed,
};

/// The parameters of this mechanism.
#[derive(Debug, Clone)]
pub struct Funding<const L: usize> {
    fails: Lane<L>,
    recovers: Lane<L>,
    /// Share of an income that is lost while it does not arrive in full.
    pub depth: Lane<L>,
    /// Chance that a partner's luck is the one all share: the square root of the correlation of any two.
    shared: Lane<L>,
    grant: Lane<L>,
    grant_end: Lane<L>,
    continuation: Lane<L>,
    risk_sharing: Option<Lane<L>>,
    /// How much dearer a bought-in day is than one of own staff.
    pub markup: Lane<L>,
}

impl<const L: usize> Funding<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>) -> Self {
        let uptime = drawn.number(&UPTIME, 0);
        let risk_sharing = drawn.number(&RISK_SHARING, 0);
        let recovers = uptime.zip(drawn.number(&OUTAGE_MONTHS, 0), recovery_chance);
        Funding {
            fails: uptime.zip(recovers, failure_chance),
            recovers,
            depth: drawn.number(&OUTAGE_DEPTH, 0),
            shared: drawn.number(&CORRELATION, 0).map(|correlation| correlation.sqrt()),
            grant: drawn.number(&GRANT, 0),
            grant_end: drawn.number(&GRANT_END, 0),
            continuation: drawn.number(&CONTINUATION, 0),
            risk_sharing: risk_sharing.any().then_some(risk_sharing),
            markup: drawn.number(&COMMISSIONING_MARKUP, 0),
        }
    }

    /// Days a partner has in a month whose income arrives in full, without touching its reserve.
    pub fn normal_days(&self, partner: &Partner<L>) -> Lane<L> {
        Lane::from_fn(|r| {
            ledger(partner.money[r], 0.0, 0.0, partner.wages[r]).days(partner.day_cost[r], self.markup[r])
        })
    }
}

/// One month of money.
#[inline(always)]
pub fn step<const L: usize>(world: &mut World<L>, month: usize) {
    let World { partners, partnership, draws, rules, .. } = world;
    let rules = &rules.funding;
    let sponsor = partnership.conditions.sponsor;
    let common = draws.uniform(Purpose::CommonIncome, month, 0, 0);
    for (i, partner) in partners.iter_mut().enumerate() {
        let (own, choice) = draws.uniforms(Purpose::Income, month, i, 0);
        partner.funded = Lane::from_fn(|r| {
            let luck = if choice[r] < rules.shared[r] { common[r] } else { own[r] };
            next_state(partner.funded[r], luck, rules.fails[r], rules.recovers[r])
        });
    }
    let shared = rules.risk_sharing.map(|share| (share, shared_shortfall(rules, partners)));
    for partner in partners.iter_mut() {
        let own = rules.depth * (Lane::ONE - partner.funded);
        let Purse { reserves, spent, days } = match shared {
            Some((share, of_all)) => {
                partner.alone = purse(rules, partner, partner.alone.reserves, own);
                purse(rules, partner, partner.reserves, own + share * partner.active * (of_all - own))
            }
            None => {
                partner.alone = purse(rules, partner, partner.reserves, own);
                partner.alone
            }
        };
        (partner.reserves, partner.spent, partner.days) = (reserves, spent, days);
    }
    let luck = draws.uniform(Purpose::GrantIncome, month, 0, 0);
    partnership.sponsored =
        Lane::from_fn(|r| next_state(partnership.sponsored[r], luck[r], rules.fails[r], rules.recovers[r]));
    (partnership.grant_due, partnership.after_grant, partnership.grant_withdrawn) = Lane::from_fn3(|r| {
        let over = is_over(month, rules.grant_end[r], sponsor[r]);
        let was_paid = rules.grant[r] > 0.0 && rules.grant_end[r] > 0.0;
        let due = if over { rules.grant[r] * rules.continuation[r] } else { rules.grant[r] };
        let promised = if is_over(month, rules.grant_end[r], 1.0) { 0.0 } else { rules.grant[r] };
        (due, if over && was_paid { 1.0 } else { 0.0 }, math::max(promised - due, 0.0))
    });
    partnership.grant = Lane::from_fn(|r| {
        let arriving = 1.0 - rules.depth[r] * (1.0 - partnership.sponsored[r]);
        partnership.grant_due[r] * arriving * partnership.alive[r]
    });
}

/// A partner's month of money with `reserves` before it, when a share `short` of its income does not arrive.
#[inline(always)]
fn purse<const L: usize>(rules: &Funding<L>, partner: &Partner<L>, reserves: Lane<L>, short: Lane<L>) -> Purse<L> {
    let influences = &partner.influences;
    let (reserves, spent, days) = Lane::from_fn3(|r| {
        let income = partner.money[r] * (1.0 - short[r]) * influences.income[r];
        let paid = ledger(income, reserves[r], partner.reserve_target[r], partner.wages[r]);
        let days = paid.days(partner.day_cost[r], rules.markup[r]) * (1.0 - influences.busy[r]);
        (paid.reserve, paid.wages + paid.bought, days)
    });
    Purse { reserves, spent, days }
}

/// Share of all members' incomes together that luck keeps away this month.
#[inline(always)]
fn shared_shortfall<const L: usize>(rules: &Funding<L>, partners: &[Partner<L>]) -> Lane<L> {
    let (mut short, mut all) = (Lane::ZERO, Lane::ZERO);
    for partner in partners {
        let income = partner.active * partner.money;
        short += income * rules.depth * (Lane::ONE - partner.funded);
        all += income;
    }
    short.zip(all, |short, all| if all > 0.0 { short / all } else { 0.0 })
}

/// Whether the grant is over in a month: its time is up, or the sponsor has gone.
#[inline(always)]
fn is_over(month: usize, grant_end: f64, sponsor: f64) -> bool {
    month as f64 >= grant_end || sponsor <= 0.0
}

/// Chance a month of regaining an income after a spell of a mean length; less where the uptime asks for longer spells.
#[inline(always)]
fn recovery_chance(uptime: f64, months: f64) -> f64 {
    math::min(1.0 / months, uptime / math::max(1.0 - uptime, 1e-9))
}

/// Chance a month of losing an income that is there for a share `uptime` of the time and returns with chance `recovers`.
#[inline(always)]
fn failure_chance(uptime: f64, recovers: f64) -> f64 {
    math::unit((1.0 - uptime) / uptime * recovers)
}

/// Whether income arrives in full this month, by whether it did last month.
#[inline(always)]
fn next_state(funded: f64, luck: f64, fails: f64, recovers: f64) -> f64 {
    let held = if luck < fails { 0.0 } else { 1.0 };
    let regained = if 1.0 - luck < recovers { 1.0 } else { 0.0 };
    if funded > 0.5 { held } else { regained }
}

/// Where a month's money went.
struct Paid {
    wages: f64,
    bought: f64,
    reserve: f64,
}

impl Paid {
    /// Staff-days for that money.
    #[inline(always)]
    fn days(&self, day_cost: f64, markup: f64) -> f64 {
        self.wages / day_cost + self.bought / (day_cost * (1.0 + markup))
    }
}

/// Pays wages from income and reserve, refills the reserve from what is left of the income, buys days with the rest.
#[inline(always)]
fn ledger(income: f64, reserve: f64, target: f64, wages: f64) -> Paid {
    let paid = math::min(wages, income + reserve);
    let surplus = math::max(income - paid, 0.0);
    let room = math::max(target - reserve, 0.0);
    let saved = math::min(surplus, room);
    let bought = surplus - saved;
    Paid { wages: paid, bought, reserve: math::max(income + reserve - paid - bought, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::mechanisms::small_world;

    #[test]
    fn the_ledger_conserves_money() {
        for (income, reserve, target, wages) in
            [(60.0, 100.0, 180.0, 50.0), (10.0, 20.0, 180.0, 50.0), (0.0, 0.0, 0.0, 50.0), (90.0, 180.0, 180.0, 50.0)]
        {
            let paid = ledger(income, reserve, target, wages);
            let change = paid.reserve - reserve;
            assert!((income - paid.wages - paid.bought - change).abs() < 1e-12);
            assert!(paid.reserve >= 0.0 && paid.wages <= wages && paid.bought >= 0.0);
        }
    }

    #[test]
    fn a_full_reserve_and_full_income_buy_days_worked_by_hand() {
        // 60 in, 49.5 of wages at 0.25 a day are 198 days; the 10.5 left buy 10.5 / 0.3125 = 33.6 days.
        let days = ledger(60.0, 180.0, 180.0, 49.5).days(0.25, 0.25);
        assert!((days - 231.6).abs() < 1e-12);
    }

    #[test]
    fn without_outages_income_never_fails() {
        assert_eq!(failure_chance(1.0, recovery_chance(1.0, 2.0)), 0.0);
        assert_eq!(next_state(1.0, 1e-9, 0.0, 0.5), 1.0);
    }

    #[test]
    fn the_chain_spends_the_stated_share_of_months_funded_however_low() {
        for (uptime, months) in [(0.8, 4.0), (0.3, 3.0), (0.01, 1.0)] {
            let recovers = recovery_chance(uptime, months);
            let fails = failure_chance(uptime, recovers);
            // The stationary share of a two-state chain.
            assert!((recovers / (recovers + fails) - uptime).abs() < 1e-12 && fails <= 1.0 + 1e-12);
        }
        assert_eq!(recovery_chance(0.8, 4.0), 0.25);
    }

    #[test]
    fn little_luck_is_bad_for_those_with_and_those_without_income() {
        assert_eq!((next_state(1.0, 0.05, 0.1, 0.3), next_state(0.0, 0.05, 0.1, 0.3)), (0.0, 0.0));
        assert_eq!((next_state(1.0, 0.95, 0.1, 0.3), next_state(0.0, 0.95, 0.1, 0.3)), (1.0, 1.0));
        assert_eq!((next_state(1.0, 0.5, 0.1, 0.3), next_state(0.0, 0.5, 0.1, 0.3)), (1.0, 0.0));
    }

    #[test]
    fn staff_dearer_than_the_income_are_no_ordinary_days() {
        let inputs = small_world(2, &[("partner.resources.money", 27.5), ("partner.resources.staff", 100.0)]);
        let world = World::<1>::new(&inputs, Draws::new(1, 0));
        assert!((world.partners[0].normal_days[0] - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_grant_is_paid_for_its_months_while_the_partnership_lives() {
        let inputs = small_world(2, &[("funding.grant", 9.0), ("funding.grant_end", 3.0), ("funding.uptime", 1.0)]);
        let mut world = World::<1>::new(&inputs, Draws::new(1, 0));
        let paid: Vec<f64> = (0..5)
            .map(|month| {
                step(&mut world, month);
                world.partnership.grant[0]
            })
            .collect();
        assert_eq!(paid, [9.0, 9.0, 9.0, 0.0, 0.0]);
        world.partnership.alive = Lane::ZERO;
        step(&mut world, 0);
        assert_eq!(world.partnership.grant[0], 0.0);
    }

    #[test]
    fn risk_shared_wholly_has_the_variance_of_pooled_risks_and_leaves_the_twin_alone() {
        let n = 4;
        let values = [("funding.uptime", 0.8), ("funding.correlation", 0.3), ("funding.outage_months", 1.25)];
        let mut world = World::<16>::new(
            &small_world(n, &[&values[..], &[("funding.risk_sharing", 1.0)]].concat()),
            Draws::new(1, 0),
        );
        let mut without = World::<16>::new(&small_world(n, &values), Draws::new(1, 0));
        let (mut months, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for month in 0..2000 {
            step(&mut world, month);
            step(&mut without, month);
            let rules = &world.rules.funding;
            for (r, short) in shared_shortfall(rules, &world.partners).0.iter().enumerate() {
                let all: f64 = world.partners.iter().map(|partner| 0.5 * (1.0 - partner.funded[r])).sum();
                assert!((short - all / n as f64).abs() < 1e-12, "the sum of incomes stays what it is");
                months += 1.0;
                sum += short;
                squares += short * short;
            }
            for (shares, keeps) in world.partners.iter().zip(&without.partners) {
                assert_eq!(shares.alone.days, keeps.days);
            }
        }
        // R15 with the variance of half an income lost in a fifth of the months; with spells of 1.25 months every month is drawn afresh; error about 1 %.
        let (variance, expected) =
            (squares / months - (sum / months) * (sum / months), 0.25 * 0.16 * (1.0 + 3.0 * 0.3) / 4.0);
        assert!((variance / expected - 1.0).abs() < 0.04, "{variance} {expected}");
    }

    #[test]
    fn a_share_of_the_grant_goes_on_from_elsewhere() {
        let values = [
            ("funding.grant", 8.0),
            ("funding.grant_end", 1.0),
            ("funding.continuation", 0.25),
            ("funding.uptime", 1.0),
        ];
        let mut world = World::<1>::new(&small_world(2, &values), Draws::new(1, 0));
        let paid = [0, 1, 2].map(|month| {
            step(&mut world, month);
            (world.partnership.grant[0], world.partnership.after_grant[0])
        });
        assert_eq!(paid, [(8.0, 0.0), (2.0, 1.0), (2.0, 1.0)]);
    }

    #[test]
    fn a_spell_takes_its_depth_of_the_income_and_a_reserve_bridges_it() {
        let values =
            [("partner.resources.money", 40.0), ("partner.resources.staff", 6.0), ("funding.outage_depth", 0.5)];
        let mut world = World::<1>::new(&small_world(2, &values), Draws::new(1, 0));
        world.rules.funding.recovers = Lane::ZERO;
        world.partners[1].reserves = Lane::ZERO;
        world.partners.iter_mut().for_each(|partner| partner.funded = Lane::ZERO);
        step(&mut world, 0);
        // By hand: 20 comes in, wages are 6·18.333·0.275 = 30.25, a day costs 0.275.
        let [with, without] = [0, 1].map(|i| &world.partners[i]);
        assert!((with.days[0] - 110.0).abs() < 1e-9 && (with.reserves[0] - 109.75).abs() < 1e-9);
        assert!((without.days[0] - 20.0 / 0.275).abs() < 1e-9 && without.reserves[0] == 0.0);
    }
}
