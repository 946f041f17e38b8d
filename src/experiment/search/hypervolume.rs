//! How much a front covers: one number that only rises when a front gets better.

/// The volume of all that at least one of the points beats and that is better than `reference`; more is better in every respect. Exact,
/// by slicing (While and others 2006); points that are not better than the reference everywhere add nothing.
///
/// ```
/// use partnersim::experiment::search::hypervolume::hypervolume;
/// // Two rectangles 1 × 3 and 2 × 1 that share a 1 × 1.
/// assert_eq!(hypervolume(&[vec![1.0, 3.0], vec![2.0, 1.0]], &[0.0, 0.0]), 4.0);
/// ```
pub fn hypervolume(points: &[Vec<f64>], reference: &[f64]) -> f64 {
    let is_better = |point: &&Vec<f64>| point.iter().zip(reference).all(|(good, least)| good > least);
    let mut inside: Vec<&[f64]> = points.iter().filter(is_better).map(Vec::as_slice).collect();
    sliced(&mut inside, reference)
}

fn sliced(points: &mut [&[f64]], reference: &[f64]) -> f64 {
    let Some((least, rest)) = reference.split_last() else { return 0.0 };
    let last = rest.len();
    if rest.is_empty() {
        return points.iter().map(|point| point[0] - least).fold(0.0, f64::max);
    }
    // From the best downwards each further point widens the slice below it.
    points.sort_by(|a, b| b[last].total_cmp(&a[last]));
    let mut volume = 0.0;
    for k in 0..points.len() {
        let below = points.get(k + 1).map_or(*least, |next| next[last]);
        let thickness = points[k][last] - below;
        if thickness > 0.0 {
            volume += thickness * sliced(&mut points[..=k].to_vec(), rest);
        }
    }
    volume
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_respect_is_a_length_and_three_are_a_volume() {
        assert_eq!(hypervolume(&[vec![3.0], vec![5.0]], &[1.0]), 4.0);
        // Two boxes 2 × 1 × 1 and 1 × 2 × 2 that share a 1 × 1 × 1.
        assert_eq!(hypervolume(&[vec![2.0, 1.0, 1.0], vec![1.0, 2.0, 2.0]], &[0.0; 3]), 5.0);
    }

    #[test]
    fn a_point_that_is_beaten_or_outside_adds_nothing() {
        let front = [vec![1.0, 3.0], vec![2.0, 1.0]];
        let more = [front.to_vec(), vec![vec![1.0, 1.0], vec![9.0, -1.0], vec![f64::NAN, 2.0]]].concat();
        assert_eq!(hypervolume(&more, &[0.0, 0.0]), hypervolume(&front, &[0.0, 0.0]));
        assert_eq!(hypervolume(&[], &[0.0, 0.0]), 0.0);
    }
}
