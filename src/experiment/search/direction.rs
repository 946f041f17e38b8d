//! Which way a quantity is better.

use crate::experiment::quantity::{Comparison, Quantity};
use crate::model::outcomes::Better;

/// Which way a quantity is better: as its outcome is, and for a probability as that which may happen is.
///
/// ```
/// use partnersim::experiment::{quantity::Quantity, search::direction::better};
/// use partnersim::model::outcomes::Better;
/// let of = |text| better(&Quantity::parse(text).unwrap());
/// assert_eq!((of("premium"), of("failed")), (Better::Higher, Better::Lower));
/// assert_eq!((of("P(premium < 0)"), of("P(failed = 0)")), (Better::Lower, Better::Higher));
/// ```
pub fn better(quantity: &Quantity) -> Better {
    let of_outcome = quantity.variable().better();
    let Quantity::Probability(happening) = quantity else { return of_outcome };
    let is_turned = match happening.comparison {
        Comparison::Less | Comparison::AtMost => true,
        Comparison::Greater | Comparison::AtLeast => false,
        // Of yes or no, that it is no.
        Comparison::Equal => happening.bound == 0.0,
    };
    match (of_outcome, is_turned) {
        (better, false) => better,
        (Better::Higher, true) => Better::Lower,
        (Better::Lower, true) => Better::Higher,
    }
}
