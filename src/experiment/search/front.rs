//! Which points no other beats in every respect.

/// Whether `a` is at least as good as `b` in every respect and better in one; more is better, NaN never is.
///
/// ```
/// use partnersim::experiment::search::front::beats;
/// assert!(beats(&[2.0, 1.0], &[1.0, 1.0]) && !beats(&[2.0, 0.0], &[1.0, 1.0]) && !beats(&[1.0], &[1.0]));
/// ```
pub fn beats(a: &[f64], b: &[f64]) -> bool {
    let known = |good: f64| if good.is_nan() { f64::NEG_INFINITY } else { good };
    let pairs = || a.iter().zip(b).map(|(&a, &b)| (known(a), known(b)));
    pairs().all(|(a, b)| a >= b) && pairs().any(|(a, b)| a > b)
}

/// Positions of the points that no other beats; equal points are all among them.
pub fn front(points: &[Vec<f64>]) -> Vec<usize> {
    (0..points.len()).filter(|&at| !points.iter().any(|other| beats(other, &points[at]))).collect()
}

/// For each point its layer: 0 for those that no other beats, 1 for those that only these beat, and so on (Deb and others 2002).
pub fn layers(n: usize, beats: &impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut layers = vec![usize::MAX; n];
    let mut left: Vec<usize> = (0..n).collect();
    let mut layer = 0;
    while !left.is_empty() {
        let (next, now): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|&&at| left.iter().any(|&other| beats(other, at)));
        // What beats is an order without circles, so that some point is always unbeaten.
        now.iter().for_each(|&at| layers[at] = layer);
        left = if now.is_empty() { Vec::new() } else { next };
        layer += 1;
    }
    layers
}

/// How much room each point has between its neighbours in the same layer, endless at the ends (the crowding distance of Deb and
/// others 2002).
pub fn room(points: &[&[f64]]) -> Vec<f64> {
    let mut room = vec![0.0; points.len()];
    for respect in 0..points.first().map_or(0, |point| point.len()) {
        let of = |at: usize| points[at][respect];
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|&a, &b| of(a).total_cmp(&of(b)).then(a.cmp(&b)));
        let (first, last) = (order[0], order[order.len() - 1]);
        let range = of(last) - of(first);
        room[first] = f64::INFINITY;
        room[last] = f64::INFINITY;
        for three in order.windows(3).filter(|_| range > 0.0) {
            room[three[1]] += (of(three[2]) - of(three[0])) / range;
        }
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_peeled_one_after_the_other() {
        let points = [[1.0, 4.0], [4.0, 1.0], [1.0, 3.0], [0.0, 0.0], [3.0, 3.0]].map(|point| point.to_vec());
        assert_eq!(front(&points), [0, 1, 4]);
        assert_eq!(layers(5, &|a, b| beats(&points[a], &points[b])), [0, 0, 1, 2, 0]);
        assert!(layers(0, &|_, _| false).is_empty());
    }

    #[test]
    fn equal_points_are_all_on_the_front_and_an_unknown_one_is_not() {
        let points = [vec![1.0, 1.0], vec![1.0, 1.0], vec![f64::NAN, 1.0]];
        assert_eq!(front(&points), [0, 1]);
    }

    #[test]
    fn room_is_the_sum_of_the_gaps_to_the_neighbours() {
        let points = [[0.0, 4.0], [1.0, 2.0], [4.0, 0.0]];
        let room = room(&points.each_ref().map(|point| &point[..]));
        // The middle point: (4 − 0)/4 + (4 − 0)/4.
        assert_eq!(room, [f64::INFINITY, 2.0, f64::INFINITY]);
    }
}
