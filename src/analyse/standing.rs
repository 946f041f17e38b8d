//! Where one replication lies among others.

/// The shares of other replications whose value is lower, the same, or higher.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Lower.
    pub lower: f64,
    /// The same.
    pub same: f64,
    /// Higher.
    pub higher: f64,
}

/// Where `value` lies among `others`; nothing where there are none to compare it with.
///
/// ```
/// let standing = partnersim::analyse::standing::standing(2.0, &[1.0, 2.0, 3.0, 4.0]).unwrap();
/// assert_eq!((standing.lower, standing.same, standing.higher), (0.25, 0.25, 0.5));
/// ```
pub fn standing(value: f64, others: &[f64]) -> Option<Standing> {
    let share = |is: fn(&f64, &f64) -> bool| {
        others.iter().filter(|other| is(other, &value)).count() as f64 / others.len() as f64
    };
    let standing = || Standing { lower: share(f64::lt), same: share(f64::eq), higher: share(f64::gt) };
    (!others.is_empty()).then(standing)
}
