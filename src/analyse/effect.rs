//! How large a difference is beside the spread of what is compared.

/// A difference in standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Cohen's d: the difference of the means over the pooled standard deviation. NaN where nothing varies.
    pub cohens_d: f64,
    /// Hedges' g: d without its bias in small samples.
    pub hedges_g: f64,
}

/// The standardised difference of two means, on the pooled standard deviation of two samples of the same size `n`.
///
/// Pooled over the set-ups and not over the differences, so that it says how large a difference is beside the luck of a world and
/// does not grow because pairing takes that luck away. Hedges' correction is the usual approximation 1 − 3 / (4 df − 1).
///
/// ```
/// use partnersim::analyse::effect::standardised;
/// let effect = standardised(103.0 - 100.0, 5.5, 4.5, 50);
/// assert!((effect.cohens_d - 0.5970).abs() < 5e-5 && (effect.hedges_g - 0.5924).abs() < 5e-5);
/// ```
pub fn standardised(difference: f64, sd_first: f64, sd_second: f64, n: u64) -> Effect {
    let pooled = ((sd_first * sd_first + sd_second * sd_second) / 2.0).sqrt();
    let cohens_d = if pooled > 0.0 { difference / pooled } else { f64::NAN };
    let degrees = 2.0 * (n as f64 - 1.0);
    Effect { cohens_d, hedges_g: cohens_d * (1.0 - 3.0 / (4.0 * degrees - 1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_borenstein_has_d_0_597_and_g_0_592() {
        // Borenstein, Hedges, Higgins and Rothstein, Introduction to Meta-Analysis (2009), chapter 4: means 103 and 100, standard
        // deviations 5.5 and 4.5, 50 in each group.
        let effect = standardised(3.0, 5.5, 4.5, 50);
        assert!((effect.cohens_d - 0.5970).abs() < 5e-5, "{effect:?}");
        assert!((effect.hedges_g - 0.5924).abs() < 5e-5, "{effect:?}");
    }

    #[test]
    fn where_nothing_varies_there_is_no_yardstick() {
        assert!(standardised(1.0, 0.0, 0.0, 10).cohens_d.is_nan());
        assert_eq!(standardised(0.0, 1.0, 1.0, 10).cohens_d, 0.0);
    }
}
