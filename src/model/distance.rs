//! How far apart partners are: places, sectors, sizes, and the boundaries inside each.
//!
//! Distance is `(kilometres/scale + sector step + boundary step·inner boundaries + size step·|ln size ratio|)·(1 − colocation)`,
//! where an organisation of `k` divisions has `k − 1` inner boundaries that a message has to cross, and size is staff. What
//! distance does to a message is a matter for the meetings, what it adds to a working link one for coordination.

use crate::model::drawn::Drawn;
use crate::model::inputs::Inputs;
use crate::model::lanes::Lane;
use crate::model::math;
use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::partner;
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&DISTANCE_SCALE, &SECTOR_DISTANCE, &SIZE_DISTANCE, &DIVISION_DISTANCE, &DIVISIONS, &COLOCATION];

pub(crate) const DISTANCE_SCALE: Parameter = Parameter {
    key: "communication.distance_scale",
    meaning: "Kilometres that count as one unit of distance.",
    unit: "kilometres",
    domain: Domain::Number { low: 1.0, high: 40000.0, default: Uncertainty::Fixed(100.0) },
    source: "M24",
    grade: Grade::Assumption,
};

pub(crate) const SECTOR_DISTANCE: Parameter = Parameter {
    key: "communication.sector_distance",
    meaning: "Distance between partners of different sectors, in the same unit.",
    unit: "distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.3) },
    source: "M24; Hunoldt",
    grade: Grade::Assumption,
};

pub(crate) const SIZE_DISTANCE: Parameter = Parameter {
    key: "communication.size_distance",
    meaning: "Distance between two partners one of which has e times the staff of the other.",
    unit: "distance per log point",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.0) },
    source: "concept B2; Gulati & Sytch (direction; form ours)",
    grade: Grade::Assumption,
};

pub(crate) const DIVISION_DISTANCE: Parameter = Parameter {
    key: "communication.division_distance",
    meaning: "Distance that each boundary inside an organisation adds.",
    unit: "distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.15) },
    source: "M24; concept B2 (half a step between sectors; ours)",
    grade: Grade::Assumption,
};

pub(crate) const DIVISIONS: Parameter = Parameter {
    key: "partner.divisions",
    meaning: "Divisions of a partner that a message has to pass through, one after the other.",
    unit: "divisions",
    domain: Domain::Whole { low: 1, high: 100, default: 1 },
    source: "concept B2",
    grade: Grade::Assumption,
};

pub(crate) const COLOCATION: Parameter = Parameter {
    key: "communication.colocation",
    meaning: "Share of the distance between partners that sharing an office takes away.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.0) },
    source: "concepts A6, D19 (form ours)",
    grade: Grade::Assumption,
};

/// What the distance of each pair follows from.
#[derive(Debug)]
pub struct Distances<const L: usize> {
    places: Vec<(Lane<L>, Lane<L>)>,
    boundaries: Vec<Lane<L>>,
    /// Logarithm of each partner's staff and the step for each log point, where size counts.
    sizes: Option<(Vec<Lane<L>>, Lane<L>)>,
    scale: Lane<L>,
    sector_step: Lane<L>,
    boundary_step: Lane<L>,
    left: Lane<L>,
}

impl<const L: usize> Distances<L> {
    /// The values in force.
    pub fn new(drawn: &Drawn<L>, inputs: &Inputs) -> Self {
        let partners = 0..inputs.partners.len();
        let place = |i| (drawn.number(&partner::LOCATION_X, i), drawn.number(&partner::LOCATION_Y, i));
        let size = |i| drawn.number(&partner::STAFF, i).map(|staff| math::ln(math::max(staff, 0.1)));
        Distances {
            places: partners.clone().map(place).collect(),
            boundaries: partners.clone().map(|i| drawn.number(&DIVISIONS, i) - Lane::ONE).collect(),
            sizes: drawn.used(&SIZE_DISTANCE, 0).map(|step| (partners.map(size).collect(), step)),
            scale: drawn.number(&DISTANCE_SCALE, 0),
            sector_step: drawn.number(&SECTOR_DISTANCE, 0),
            boundary_step: drawn.number(&DIVISION_DISTANCE, 0),
            left: Lane::ONE - drawn.number(&COLOCATION, 0),
        }
    }

    /// Part of the distance that lies between sectors, for two partners that are `sectors_apart` (1) or not (0).
    #[inline(always)]
    pub fn between_sectors(&self, sectors_apart: f64) -> Lane<L> {
        self.sector_step * self.left * sectors_apart
    }

    /// Distance of two partners that are `sectors_apart` (1) or not (0).
    #[inline(always)]
    pub fn between(&self, i: usize, j: usize, sectors_apart: f64) -> Lane<L> {
        let ((x, y), (to_x, to_y)) = (self.places[i], self.places[j]);
        let boundaries = self.boundaries[i] + self.boundaries[j];
        let distance = Lane::from_fn(|r| {
            let (x, y) = (x[r] - to_x[r], y[r] - to_y[r]);
            (x * x + y * y).sqrt() / self.scale[r]
                + sectors_apart * self.sector_step[r]
                + boundaries[r] * self.boundary_step[r]
        });
        let distance = match &self.sizes {
            None => distance,
            Some((sizes, step)) => distance + *step * (sizes[i] - sizes[j]).map(math::abs),
        };
        distance * self.left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Draws;
    use crate::model::inputs::Setting;
    use crate::model::mechanisms::small_world;

    /// Distance of two partners 30 km and a sector apart, the second with twenty staff against ten.
    fn distance(values: &[(&'static str, f64)], divisions: u64) -> f64 {
        let mut inputs = small_world(2, values);
        for (key, value) in [("partner.location.x", 30.0), ("partner.resources.staff", 20.0)] {
            inputs.partners[1].values.insert(key, Setting::Number(Uncertainty::Fixed(value)));
        }
        inputs.partners[1].values.insert("partner.divisions", Setting::Whole(divisions));
        let drawn = Drawn::<1>::new(&inputs, Draws::new(1, 0));
        Distances::new(&drawn, &inputs).between(0, 1, 1.0)[0]
    }

    #[test]
    fn distances_worked_by_hand() {
        // 30 of 100 kilometres and a sector step of 0.3; two inner boundaries of 0.15; ln 2 of size.
        assert!((distance(&[], 1) - 0.6).abs() < 1e-12);
        assert!((distance(&[], 3) - 0.9).abs() < 1e-12);
        let by_size = 0.6 + 0.5 * std::f64::consts::LN_2;
        assert!((distance(&[("communication.size_distance", 0.5)], 1) - by_size).abs() < 1e-9);
    }

    #[test]
    fn a_shared_office_takes_its_share_of_the_distance() {
        assert!((distance(&[("communication.colocation", 0.5)], 1) - 0.3).abs() < 1e-12);
        assert_eq!(distance(&[("communication.colocation", 1.0)], 3), 0.0);
    }
}
