//! What sets several set-ups apart that lived in the same worlds.

mod kept;
mod lasting;
mod sums;

use crate::analyse::effect::{Effect, standardised};
use crate::analyse::findings::{CONFIDENCE, Estimate, Share, Spread};
use crate::analyse::holm::holm;
use crate::analyse::paired::{Paired, needed_pairs, paired, variance_reduction};
use crate::analyse::superiority::{Superiority, superiority};
use crate::experiment::quantity::Variable;
use crate::model::outcomes::Better;

pub use kept::Kept;
pub use lasting::Lasting;
pub use sums::{Columns, Sums};
use sums::{SetupSums, merit, pairs, target};

/// Smallest difference that is asked for of a share, unless another is given: 1 in 100.
const SMALLEST_SHARE: f64 = 0.01;
/// Smallest difference that is asked for of anything else, in standard deviations of the first set-up: a tenth.
const SMALLEST_SDS: f64 = 0.1;

/// Short names of the outcomes that are looked at unless others are asked for.
pub const MAIN: [&str; 10] = [
    "alive",
    "failed",
    "need_met",
    "coordination",
    "net_value",
    "premium",
    "better_off",
    "trust",
    "agreement",
    "morale",
];

/// What is asked of a comparison besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The outcomes that are looked at: what counts as clear allows for their number.
    pub shown: Vec<Variable>,
    /// The smallest difference that matters, where one is given.
    pub smallest: Vec<(Variable, f64)>,
    /// `targets[set-up][outcome]`, in the order of `model::outcomes::OUTCOMES`.
    pub targets: Vec<Vec<f64>>,
}

impl Question {
    /// What is asked where nobody asks for anything else: the outcomes of [`MAIN`]. `targets` are those of each set-up.
    ///
    /// ```
    /// use partnersim::analyse::comparison::{MAIN, Question};
    /// assert_eq!(Question::usual(Vec::new()).shown.len(), MAIN.len());
    /// ```
    pub fn usual(targets: Vec<Vec<f64>>) -> Question {
        let shown = MAIN.iter().filter_map(|name| Variable::parse(name).ok()).collect();
        Question { shown, smallest: Vec::new(), targets }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Replications of each set-up.
    pub replications: u64,
    /// `setups[set-up][variable]`.
    pub setups: Vec<Vec<SetupFinding>>,
    /// `differences[set-up - 1][variable]`: each further set-up against the first.
    pub differences: Vec<Vec<Difference>>,
    /// `best[variable]`: the set-up with the best mean.
    pub best: Vec<Best>,
    /// `lasting[set-up]`.
    pub lasting: Vec<Lasting>,
}

/// One outcome of one set-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SetupFinding {
    /// How it is distributed.
    pub spread: Spread,
    /// What it is held against; NaN for what has no target.
    pub target: f64,
    /// Replications above the target.
    pub above_target: Share,
    /// Worlds in which no other set-up did as well.
    pub best: Share,
    /// Worlds in which no other did better, and one or more as well.
    pub best_with_others: Share,
}

/// Whether two set-ups differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same in every replication.
    Same,
    /// It may be chance.
    Unclear,
    /// Clear, and for the better.
    Better,
    /// Clear, and for the worse.
    Worse,
}

/// One outcome of a set-up against the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// What is compared.
    pub variable: Variable,
    /// This set-up less the first, in the same worlds.
    pub paired: Paired,
    /// Its p-value adjusted by Holm for all that is looked at; NaN for what is not.
    pub p_adjusted: f64,
    /// How often this set-up does better, as well, worse than the first in the same world.
    pub same_world: [Share; 3],
    /// The same in two worlds that have nothing to do with each other; `greater` stands for better.
    pub two_worlds: Superiority,
    /// The difference in standard deviations; above 0 where this set-up has more.
    pub effect: Effect,
    /// By what factor the common worlds narrow the variance of the difference.
    pub variance_reduction: f64,
    /// The smallest difference that is asked for.
    pub smallest: f64,
    /// Whether a person gave that.
    pub smallest_is_given: bool,
    /// Replications that would show it, four times in five; of what is looked at among several, allowing for their number.
    pub needed: f64,
    /// Whether they differ.
    pub verdict: Verdict,
}

/// The set-up with the best mean of an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// Its position.
    pub setup: usize,
    /// Positions of the others from which it does not clearly differ (Holm over every two set-ups).
    pub rivals: Vec<usize>,
}

impl Comparison {
    /// Puts together what was summed and what was kept of at least two set-ups.
    ///
    /// ```
    /// use partnersim::analyse::comparison::{Comparison, Kept, Question, Sums, Verdict};
    /// use partnersim::experiment::quantity::Variable;
    /// use partnersim::model::outcomes::OUTCOMES;
    /// let targets = vec![OUTCOMES.iter().map(|outcome| outcome.target).collect::<Vec<_>>(); 2];
    /// let question = Question { shown: vec![Variable::parse("premium").unwrap()], smallest: Vec::new(), targets };
    /// // Every outcome of the second set-up is one more than that of the first, in each of three replications.
    /// let column = |more: f64| vec![vec![1.0 + more, 4.0 + more, 7.0 + more]; Variable::all().count()];
    /// let columns = vec![column(0.0), column(1.0)];
    /// let (sums, mut kept) = (Sums::of(&columns, &question.targets), Kept::new(2, 3));
    /// kept.add(&columns);
    /// let found = Comparison::new(&sums, &kept, &question);
    /// let premium = found.difference(1, question.shown[0]).unwrap();
    /// assert_eq!((premium.paired.mean.value, premium.verdict), (1.0, Verdict::Better));
    /// assert_eq!((premium.same_world[0].value, premium.two_worlds.greater), (1.0, 0.5));
    /// ```
    pub fn new(sums: &Sums, kept: &Kept, question: &Question) -> Comparison {
        let n_setups = sums.setups.len();
        let setups = (0..n_setups).map(|setup| setup_findings(sums, kept, question, setup));
        let mut differences: Vec<Vec<Difference>> =
            (1..n_setups).map(|setup| differences(sums, kept, question, setup)).collect();
        judge(&mut differences, &question.shown);
        Comparison {
            replications: sums.n,
            setups: setups.collect(),
            differences,
            best: Variable::all().enumerate().map(|(at, variable)| best(sums, at, variable)).collect(),
            lasting: lasting::lasting(sums),
        }
    }

    /// The difference in a variable of a further set-up, counted from 1, against the first.
    pub fn difference(&self, setup: usize, variable: Variable) -> Option<&Difference> {
        self.differences.get(setup.checked_sub(1)?)?.iter().find(|difference| difference.variable == variable)
    }
}

fn setup_findings(sums: &Sums, kept: &Kept, question: &Question, setup: usize) -> Vec<SetupFinding> {
    let one = |(at, (variable, sums_of_one)): (usize, (Variable, &SetupSums))| SetupFinding {
        spread: Spread {
            mean: Estimate::new(&sums_of_one.moments),
            sd: sums_of_one.moments.sd(),
            quantiles: kept.quantiles(setup, at),
        },
        target: target(variable, &question.targets[setup]),
        above_target: Share::new(sums_of_one.above_target, sums.n),
        best: Share::new(sums_of_one.best, sums.n),
        best_with_others: Share::new(sums_of_one.best_with_others, sums.n),
    };
    Variable::all().zip(&sums.setups[setup]).enumerate().map(one).collect()
}

fn differences(sums: &Sums, kept: &Kept, question: &Question, setup: usize) -> Vec<Difference> {
    Variable::all().enumerate().map(|(at, variable)| difference(sums, kept, question, setup, at, variable)).collect()
}

fn difference(
    sums: &Sums,
    kept: &Kept,
    question: &Question,
    setup: usize,
    at: usize,
    variable: Variable,
) -> Difference {
    let pair = sums.pair(0, setup, at);
    let paired = paired(&pair.differences, CONFIDENCE);
    let [first, second] = [0, setup].map(|setup| sums.setups[setup][at].moments.sd());
    let two_worlds = superiority(&kept.columns[0][at], &kept.columns[setup][at]);
    let (wins, two_worlds) = match variable.better() {
        Better::Higher => (pair.wins, two_worlds),
        Better::Lower => (pair.wins.reversed(), two_worlds.reversed()),
    };
    let given = question.smallest.iter().find(|(of, _)| *of == variable).map(|(_, smallest)| *smallest);
    let smallest = given.unwrap_or(if variable.is_yes_or_no() { SMALLEST_SHARE } else { SMALLEST_SDS * first });
    Difference {
        variable,
        paired,
        p_adjusted: f64::NAN,
        same_world: wins.shares(),
        two_worlds,
        effect: standardised(paired.mean.value, first, second, sums.n),
        variance_reduction: variance_reduction(first, second, paired.sd),
        smallest,
        smallest_is_given: given.is_some(),
        needed: needed(paired.sd, smallest, CONFIDENCE),
        verdict: verdict(variable, &paired, paired.p, wins.ties == sums.n),
    }
}

fn needed(sd: f64, smallest: f64, confidence: f64) -> f64 {
    if smallest > 0.0 { needed_pairs(sd, smallest, confidence) } else { f64::NAN }
}

fn verdict(variable: Variable, paired: &Paired, p: f64, is_same: bool) -> Verdict {
    // Of what is not known to vary nothing is clear.
    match (is_same, p < 1.0 - CONFIDENCE, merit(variable, paired.mean.value) > 0.0) {
        (true, _, _) => Verdict::Same,
        (_, false, _) => Verdict::Unclear,
        (_, true, true) => Verdict::Better,
        (_, true, false) => Verdict::Worse,
    }
}

/// Adjusts for all outcomes of all set-ups that are looked at. What never differs is no test.
fn judge(differences: &mut [Vec<Difference>], shown: &[Variable]) {
    let mut looked_at: Vec<&mut Difference> =
        differences.iter_mut().flatten().filter(|difference| shown.contains(&difference.variable)).collect();
    let tests: Vec<f64> = looked_at
        .iter()
        .map(|difference| if difference.verdict == Verdict::Same { f64::NAN } else { difference.paired.p })
        .collect();
    // The verdict allows for all that is tested, and so must the replications that it would take: by the hardest of Holm's steps.
    let n_tests = tests.iter().filter(|p| !p.is_nan()).count().max(1) as f64;
    for (difference, adjusted) in looked_at.iter_mut().zip(holm(&tests)) {
        difference.p_adjusted = adjusted;
        difference.needed = needed(difference.paired.sd, difference.smallest, 1.0 - (1.0 - CONFIDENCE) / n_tests);
        let is_same = difference.verdict == Verdict::Same;
        difference.verdict = verdict(difference.variable, &difference.paired, adjusted, is_same);
    }
}

/// The best mean of a variable, and who may be as good.
fn best(sums: &Sums, at: usize, variable: Variable) -> Best {
    let n = sums.setups.len();
    let mean = |setup: usize| merit(variable, sums.setups[setup][at].moments.mean());
    // Of equals the first.
    let setup = (1..n).fold(0, |best, setup| if mean(setup) > mean(best) { setup } else { best });
    let p_values: Vec<f64> = pairs(n).map(|(a, b)| paired(&sums.pair(a, b, at).differences, CONFIDENCE).p).collect();
    let unclear = pairs(n).zip(holm(&p_values)).filter(|(_, p)| p.is_nan() || *p >= 1.0 - CONFIDENCE);
    let rivals = unclear.filter_map(|((a, b), _)| match (a == setup, b == setup) {
        (true, _) => Some(b),
        (_, true) => Some(a),
        _ => None,
    });
    Best { setup, rivals: rivals.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::distributions::EXACT_REPLICATIONS;

    fn of(name: &str) -> (usize, Variable) {
        let variable = Variable::parse(name).unwrap();
        (Variable::all().position(|other| other == variable).unwrap(), variable)
    }

    /// Columns of set-ups in which one variable has these values and all others are 0.
    fn columns(name: &str, values: &[&[f64]]) -> Columns {
        let n = values[0].len();
        let setup = |values: &&[f64]| {
            let mut columns = vec![vec![0.0; n]; Variable::all().count()];
            columns[of(name).0] = values.to_vec();
            columns
        };
        values.iter().map(setup).collect()
    }

    fn question(n_setups: usize, shown: &[&str]) -> Question {
        Question {
            shown: shown.iter().map(|name| of(name).1).collect(),
            smallest: Vec::new(),
            targets: vec![vec![0.0; Variable::all().count() - 1]; n_setups],
        }
    }

    fn compare(blocks: &[Columns], question: &Question) -> Comparison {
        let n: usize = blocks.iter().map(|columns| columns[0][0].len()).sum();
        let (mut sums, mut kept) = (Sums::default(), Kept::new(blocks[0].len(), n as u64));
        for columns in blocks {
            sums.merge(&Sums::of(columns, &question.targets));
            kept.add(columns);
        }
        Comparison::new(&sums, &kept, question)
    }

    #[test]
    fn one_outcome_is_compared_as_by_hand() {
        let question = question(2, &["premium"]);
        let blocks = [columns("premium", &[&[1.0, 2.0], &[3.0, 2.0]]), columns("premium", &[&[4.0, 5.0], &[5.0, 6.0]])];
        let found = compare(&blocks, &question);
        let difference = found.difference(1, of("premium").1).unwrap();
        assert_eq!(difference.paired.mean.value, 1.0);
        assert_eq!(difference.same_world.map(|share| share.count), [3, 1, 0]);
        // Of the 12 pairs in worlds of their own 3 beats one, 2 one, 5 two (and ties with 5), 6 three.
        assert!((difference.two_worlds.greater - 7.0 / 12.0).abs() < 1e-12, "{:?}", difference.two_worlds);
        let setup = &found.setups[1][of("premium").0];
        assert_eq!((setup.spread.mean.value, setup.above_target.count, setup.best.count), (4.0, 4, 3));
        assert_eq!((setup.best_with_others.count, setup.spread.quantiles[2]), (1, 4.0));
        assert_eq!(difference.variance_reduction, (10.0 / 3.0 + 10.0 / 3.0) / (2.0 / 3.0));
    }

    #[test]
    fn less_of_what_is_bad_is_better() {
        let first: Vec<f64> = (0..50).map(f64::from).collect();
        let second: Vec<f64> = first.iter().enumerate().map(|(k, value)| value - 1.0 - (k % 3) as f64).collect();
        let found = compare(&[columns("coordination", &[&first, &second])], &question(2, &["coordination"]));
        let difference = found.difference(1, of("coordination").1).unwrap();
        assert_eq!((difference.verdict, difference.same_world[0].count), (Verdict::Better, 50));
        assert!(difference.two_worlds.greater > 0.5 && difference.effect.cohens_d < 0.0);
        assert_eq!(found.best[of("coordination").0], Best { setup: 1, rivals: Vec::new() });
    }

    #[test]
    fn the_same_set_up_twice_is_no_difference_and_nothing_is_undefined_that_need_not_be() {
        let values: Vec<f64> = (0..200).map(|k| f64::from(k * 7 % 13)).collect();
        let found = compare(&[columns("premium", &[&values, &values])], &question(2, &["premium", "trust"]));
        for difference in &found.differences[0] {
            assert_eq!((difference.verdict, difference.same_world[1].count), (Verdict::Same, 200));
            assert_eq!((difference.paired.p, difference.paired.mean.value), (1.0, 0.0));
            assert!(difference.two_worlds.greater.is_finite());
        }
        assert_eq!(found.best[of("premium").0].rivals, [1]);
    }

    #[test]
    fn what_is_clear_alone_need_not_be_clear_among_many() {
        // 61 ups and 39 downs: p is about 0.03.
        let first = vec![0.0; 100];
        let second: Vec<f64> = (0..100).map(|k| if k < 61 { 1.0 } else { -1.0 }).collect();
        let noise: Vec<f64> = (0..100).map(|k| if k % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let mut columns = columns("premium", &[&first, &second]);
        columns[1][of("trust").0].clone_from(&noise);
        let alone = compare(std::slice::from_ref(&columns), &question(2, &["premium"]));
        assert_eq!(alone.difference(1, of("premium").1).unwrap().verdict, Verdict::Better);
        let among = compare(std::slice::from_ref(&columns), &question(2, &["premium", "trust", "morale"]));
        let premium = among.difference(1, of("premium").1).unwrap();
        // Morale never differs and does not count: two tests, not three.
        assert!((premium.p_adjusted - 2.0 * premium.paired.p).abs() < 1e-15);
        assert_eq!(premium.verdict, Verdict::Unclear);
        let fine = |shown: &[&str]| {
            let question = Question { smallest: vec![(of("premium").1, 0.001)], ..question(2, shown) };
            compare(&[columns.clone()], &question).difference(1, of("premium").1).unwrap().needed
        };
        // SciPy: (z(.9875) + z(.8))² = 9.505037 against (z(.975) + z(.8))² = 7.848880.
        let ratio = fine(&["premium", "trust", "morale"]) / fine(&["premium"]);
        assert!((ratio - 9.505_037 / 7.848_880).abs() < 1e-6, "{ratio}");
    }

    #[test]
    fn how_long_they_last_is_counted_over_blocks_and_the_log_rank_test_is_that_of_the_textbook() {
        // Freireich and others, Blood 21 (1963), weeks of remission; log-rank 16.79 on 1 degree (Kleinbaum and Klein 2012, table 2.6).
        let treated = [6, 6, 6, 7, 10, 13, 16, 22, 23, -6, -9, -10, -11, -17, -19, -20, -25, -32, -32, -34, -35];
        let control = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
        let setup = |weeks: &[i32]| {
            let mut columns =
                columns("months_survived", &[&weeks.iter().map(|n| f64::from(n.abs())).collect::<Vec<_>>()]);
            columns[0][of("alive").0] = weeks.iter().map(|n| f64::from(u8::from(*n < 0))).collect();
            columns.remove(0)
        };
        let blocks = [0..10, 10..21].map(|range| vec![setup(&control[range.clone()]), setup(&treated[range])]);
        let found = compare(&blocks, &question(2, &["premium"]));
        let log_rank = found.lasting[1].log_rank.as_ref().unwrap();
        assert!((log_rank.chi_squared - 16.793).abs() < 1e-3, "{log_rank:?}");
        assert_eq!((found.lasting[0].median.time, found.lasting[1].median.time), (8.0, 23.0));
        assert!(found.lasting[0].log_rank.is_none());
    }

    #[test]
    fn beyond_what_is_kept_the_first_replications_stand_for_ranks() {
        let mut kept = Kept::new(1, EXACT_REPLICATIONS + 10);
        let many = vec![1.0; EXACT_REPLICATIONS as usize];
        kept.add(&columns("premium", &[&many]));
        kept.add(&columns("premium", &[&[9.0; 10]]));
        assert_eq!(kept.columns[0][0].len() as u64, EXACT_REPLICATIONS);
        assert!((kept.quantiles(0, of("premium").0)[2] - 1.0).abs() < 0.005);
    }
}
