//! Which inputs an outcome depends on, and how firmly that is known.
//!
//! One method, one file. [`morris`] and [`sobol`] need the design that is named after them; [`rank`], [`borgonovo`] and [`pawn`]
//! take the rows of any design, ours or not; [`variance`] parts luck from what is not known and what one can choose. All but the last
//! give [`Influence`]s, so that one picture, a tornado, can be drawn of any method.

pub mod borgonovo;
mod classes;
pub mod morris;
pub mod pawn;
pub mod rank;
pub mod resampling;
pub mod sobol;
pub mod variance;

use super::wilson::Interval;
use resampling::Resampling;

/// How strongly an input moves an outcome, by one index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// Position of the input.
    pub input: usize,
    /// Position of the other input, for an index of two together.
    pub with: Option<usize>,
    /// Which index.
    pub index: Index,
    /// Its value.
    pub estimate: f64,
    /// Where it lies at the confidence asked for; NaN where no interval is known.
    pub interval: Interval,
    /// Whether this is more than an input without influence would show.
    pub is_clear: bool,
}

/// Rows from which on a table is long.
const LONG: usize = 5_001;

/// And from which on a table is very long.
const VERY_LONG: usize = 200_001;

/// A way to measure influence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Elementary effects of Morris (1991).
    Morris,
    /// Shares of the variance, Sobol' (2001).
    Sobol,
    /// Correlations and regression of ranks.
    Rank,
    /// Borgonovo's δ (2007): how far the whole distribution moves, by its density.
    Delta,
    /// PAWN (2015): how far the whole distribution moves, by its cumulated shares.
    Pawn,
}

/// A measure of influence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Index {
    /// Mean absolute elementary effect, μ*.
    MuStar,
    /// Mean elementary effect, μ.
    Mu,
    /// Standard deviation of elementary effects, σ.
    Sigma,
    /// Share of the variance that an input has a part in, alone or with others.
    Total,
    /// Share of the variance that an input explains alone.
    First,
    /// Share of the variance that two inputs explain only together.
    Second,
    /// Spearman's rank correlation.
    Spearman,
    /// Kendall's τ-b.
    Kendall,
    /// Standardised coefficient of a regression of ranks on all inputs.
    RankRegression,
    /// Correlation of ranks, all other inputs held.
    PartialRank,
    /// Borgonovo's δ.
    Delta,
    /// Share of the variance that an input explains alone, from classes of the rows.
    ClassFirst,
    /// Middle of PAWN's distances.
    PawnMedian,
    /// Least of PAWN's distances.
    PawnMinimum,
    /// Mean of PAWN's distances.
    PawnMean,
    /// Greatest of PAWN's distances.
    PawnMaximum,
    /// Standard deviation of PAWN's distances relative to their mean.
    PawnVariation,
}

/// What an index is called and means.
struct Declaration {
    index: Index,
    method: Method,
    name: &'static str,
    symbol: &'static str,
    meaning: &'static str,
}

const INDICES: [Declaration; 17] = [
    declare(
        Index::MuStar,
        Method::Morris,
        "mu_star",
        "μ*",
        "mean size of the change of the outcome when the input goes over its range",
    ),
    declare(
        Index::Mu,
        Method::Morris,
        "mu",
        "μ",
        "mean change of the outcome when the input goes over its range, with its sign",
    ),
    declare(
        Index::Sigma,
        Method::Morris,
        "sigma",
        "σ",
        "how much that change differs: curvature, or other inputs have a say",
    ),
    declare(
        Index::Total,
        Method::Sobol,
        "total",
        "S_T",
        "share of the variance that the input has a part in, alone or with others",
    ),
    declare(Index::First, Method::Sobol, "first", "S", "share of the variance that the input explains alone"),
    declare(
        Index::Second,
        Method::Sobol,
        "second",
        "S_ij",
        "share of the variance that two inputs explain only together",
    ),
    declare(Index::Spearman, Method::Rank, "spearman", "ρ", "correlation of the ranks"),
    declare(
        Index::Kendall,
        Method::Rank,
        "kendall",
        "τ",
        "pairs of rows in the same order less those in the opposite order",
    ),
    declare(
        Index::RankRegression,
        Method::Rank,
        "rank_regression",
        "SRRC",
        "standardised coefficient of a regression of ranks on all inputs",
    ),
    declare(
        Index::PartialRank,
        Method::Rank,
        "partial_rank",
        "PRCC",
        "correlation of the ranks when the other inputs are held",
    ),
    declare(
        Index::Delta,
        Method::Delta,
        "delta",
        "δ",
        "share of the outcome's distribution that moves when the input is known",
    ),
    declare(
        Index::ClassFirst,
        Method::Delta,
        "first_by_class",
        "S",
        "share of the variance that the input explains alone, from classes of the rows",
    ),
    declare(
        Index::PawnMedian,
        Method::Pawn,
        "pawn_median",
        "PAWN",
        "how far the outcome's cumulated shares move when the input is known, typically",
    ),
    declare(Index::PawnMinimum, Method::Pawn, "pawn_minimum", "PAWN least", "the same, where the input matters least"),
    declare(Index::PawnMean, Method::Pawn, "pawn_mean", "PAWN mean", "the same, on average"),
    declare(Index::PawnMaximum, Method::Pawn, "pawn_maximum", "PAWN most", "the same, where the input matters most"),
    declare(
        Index::PawnVariation,
        Method::Pawn,
        "pawn_variation",
        "PAWN cv",
        "how much that differs along the input, relative to the mean",
    ),
];

const fn declare(
    index: Index,
    method: Method,
    name: &'static str,
    symbol: &'static str,
    meaning: &'static str,
) -> Declaration {
    Declaration { index, method, name, symbol, meaning }
}

impl Index {
    /// Every index, the first of each method the one that orders its inputs.
    pub fn all() -> impl Iterator<Item = Index> {
        INDICES.iter().map(|declared| declared.index)
    }

    fn declared(self) -> &'static Declaration {
        &INDICES[INDICES.iter().position(|declared| declared.index == self).expect("every index is declared")]
    }

    /// The method it belongs to.
    pub fn method(self) -> Method {
        self.declared().method
    }

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        self.declared().name
    }

    /// Its sign in sentences.
    pub fn symbol(self) -> &'static str {
        self.declared().symbol
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        self.declared().meaning
    }
}

impl Method {
    /// Every method.
    pub const ALL: [Method; 5] = [Method::Rank, Method::Delta, Method::Pawn, Method::Morris, Method::Sobol];

    /// Its name in options and tables.
    pub fn name(self) -> &'static str {
        match self {
            Method::Morris => "morris",
            Method::Sobol => "sobol",
            Method::Rank => "rank",
            Method::Delta => "delta",
            Method::Pawn => "pawn",
        }
    }

    /// Resamples behind its intervals, unless somebody asks for another number: fewer where rows are many, whose intervals are narrow and
    /// slow, and of δ, which takes ten times as long.
    pub fn resamples(self, n_rows: usize) -> u32 {
        match (self, n_rows) {
            (Method::Delta | Method::Pawn, VERY_LONG..) => 20,
            (Method::Delta, LONG..) => 50,
            (Method::Pawn, LONG..) => 100,
            (Method::Delta, _) => 200,
            _ => 1000,
        }
    }

    /// The index by which it orders inputs.
    pub fn headline(self) -> Index {
        match self {
            Method::Morris => Index::MuStar,
            Method::Sobol => Index::Total,
            Method::Rank => Index::PartialRank,
            Method::Delta => Index::Delta,
            Method::Pawn => Index::PawnMedian,
        }
    }
}

/// What a method says of an outcome, for rows of any design: inputs by column, each as long as `outcome`. Rows of [`Method::Morris`]
/// come in trajectories with inputs scaled to 0–1, those of [`Method::Sobol`] in the order of Saltelli's design.
///
/// ```
/// use partnersim::analyse::sensitivity::{Index, Method, of, resampling::Resampling};
/// let (x, noise): (Vec<f64>, Vec<f64>) = (0..60).map(|k| (f64::from(k * 7 % 60), f64::from(k * 23 % 60))).unzip();
/// let y: Vec<f64> = x.iter().map(|x| x * x).collect();
/// let found = of(Method::Rank, &[&x, &noise], &y, &Resampling::default()).unwrap();
/// let spearman = found.iter().find(|one| one.index == Index::Spearman && one.input == 0).unwrap();
/// assert!((spearman.estimate - 1.0).abs() < 1e-12);
/// ```
///
/// # Errors
/// A sentence on what keeps the method from being used on these rows.
pub fn of(
    method: Method,
    inputs: &[&[f64]],
    outcome: &[f64],
    resampling: &Resampling,
) -> Result<Vec<Influence>, String> {
    match method {
        Method::Morris => Ok(morris::effects(inputs, outcome)?.influences(resampling)),
        Method::Sobol => {
            let has_second = sobol::has_second_order(outcome.len(), inputs)?;
            Ok(sobol::Products::of(outcome, inputs.len(), has_second)?.finding(resampling).influences)
        }
        Method::Rank => rank::influences(inputs, outcome, resampling.confidence),
        Method::Delta => each(inputs, |input| borgonovo::influences(input, outcome, resampling)),
        Method::Pawn => each(inputs, |input| pawn::influences(input, outcome, resampling)),
    }
}

/// What a method that looks at one input at a time says of all.
fn each(
    inputs: &[&[f64]],
    of_one: impl Fn(&[f64]) -> Result<Vec<Influence>, String>,
) -> Result<Vec<Influence>, String> {
    let mut all = Vec::new();
    for (input, column) in inputs.iter().enumerate() {
        all.extend(of_one(column)?.into_iter().map(|found| Influence { input, ..found }));
    }
    Ok(all)
}

/// Positions of the inputs by the size of a method's headline index, the strongest first; of equals in their order.
pub fn order(influences: &[Influence], method: Method) -> Vec<usize> {
    let mut ordered: Vec<(usize, f64)> = influences
        .iter()
        .filter(|found| found.index == method.headline())
        .map(|found| (found.input, found.estimate.abs()))
        .collect();
    // What is not defined comes last.
    ordered.sort_by(|a, b| {
        (b.1.is_finite(), b.1).partial_cmp(&(a.1.is_finite(), a.1)).unwrap_or(std::cmp::Ordering::Equal)
    });
    ordered.into_iter().map(|(input, _)| input).collect()
}

/// Share of the variance between rows that is only the noise of the replications behind each row's mean, from the standard errors of
/// the means: at most 1, NaN where nothing varies. Errors are taken as independent between rows; where rows share their draws, as the points of an
/// experiment do, part of the noise is common to all and sets none apart, so that this is the most it can be.
///
/// ```
/// use partnersim::analyse::sensitivity::noise_share;
/// assert_eq!(noise_share(&[1.0, 2.0, 3.0], &[0.5, 0.5, 0.5]), 0.25);
/// ```
pub fn noise_share(outcome: &[f64], standard_errors: &[f64]) -> f64 {
    let sd = super::moments::Moments::of(outcome).sd();
    let noise = standard_errors.iter().map(|error| error * error).sum::<f64>() / standard_errors.len() as f64;
    if sd > 0.0 { crate::model::math::min(noise / (sd * sd), 1.0) } else { f64::NAN }
}

/// No interval.
const UNKNOWN: Interval = Interval { low: f64::NAN, high: f64::NAN };

#[cfg(test)]
mod tests {
    use super::*;

    /// Column `j` of an evenly spread sample that other programs can make too: `(i·a mod 997 + ½) / 997`.
    pub(crate) fn evenly(i: usize, j: usize) -> f64 {
        ((i * [101, 241, 389, 457, 571, 727][j] + 37 * j) % 997) as f64 / 997.0 + 0.5 / 997.0
    }

    /// The function of Ishigami and Homma (1990) with a = 7, b = .1, of inputs on the unit interval.
    pub(crate) fn ishigami(unit: &[f64]) -> f64 {
        let x: Vec<f64> = unit.iter().map(|u| std::f64::consts::PI * (2.0 * u - 1.0)).collect();
        let wave = libm::sin(x[1]);
        libm::sin(x[0]) * (1.0 + 0.1 * x[2] * x[2] * x[2] * x[2]) + 7.0 * wave * wave
    }

    /// 500 rows of four inputs, of which the last has no influence, by column, and Ishigami's function of them.
    pub(crate) fn given() -> (Vec<Vec<f64>>, Vec<f64>) {
        let inputs: Vec<Vec<f64>> = (0..4).map(|j| (0..500).map(|i| evenly(i, j)).collect()).collect();
        let outcome = (0..500).map(|i| ishigami(&[inputs[0][i], inputs[1][i], inputs[2][i]])).collect();
        (inputs, outcome)
    }

    pub(crate) fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
        columns.iter().map(Vec::as_slice).collect()
    }

    #[test]
    fn every_index_is_declared_once_and_the_first_of_a_method_orders_it() {
        for method in Method::ALL {
            let first = Index::all().find(|index| index.method() == method);
            let headline = method.headline();
            assert!(first == Some(headline) || method == Method::Rank, "{method:?}");
            assert_eq!(headline.method(), method);
        }
        for index in Index::all() {
            assert_eq!(INDICES.iter().filter(|declared| declared.name == index.name()).count(), 1);
        }
    }

    #[test]
    fn the_strongest_input_comes_first_whatever_the_method() {
        let (inputs, outcome) = given();
        for method in [Method::Delta, Method::Pawn] {
            let found =
                of(method, &slices(&inputs), &outcome, &Resampling { resamples: 40, ..Resampling::default() }).unwrap();
            assert_eq!(order(&found, method), [1, 0, 2, 3], "{method:?}");
            let clear =
                |input| found.iter().any(|one| one.index == method.headline() && one.input == input && one.is_clear);
            assert!(clear(0) && clear(1) && !clear(3), "{method:?}");
        }
    }

    #[test]
    fn noise_is_never_more_than_all_there_is() {
        assert_eq!(noise_share(&[1.0, 2.0, 3.0], &[9.0, 9.0, 9.0]), 1.0);
        assert!(noise_share(&[1.0, 1.0], &[0.0, 0.0]).is_nan());
    }
}
