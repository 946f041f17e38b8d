//! From latitudes and longitudes to kilometres on a plane: the azimuthal equidistant projection round the group's centre.
//!
//! A distance from the centre is right, one between two others too long by a few per cent across a continent and more across
//! the globe. That is well inside what "distance between organisations" can mean.

use libm::{acos, atan2, cos, sin, sqrt};

const EARTH_RADIUS_KILOMETRES: f64 = 6371.0;
const RADIANS_A_DEGREE: f64 = core::f64::consts::PI / 180.0;
/// The farthest a scenario lets a partner be; the antipode lies 15 kilometres beyond.
const FARTHEST_KILOMETRES: f64 = 20_000.0;

/// Kilometres east and north of their common centre, for positions in degrees of latitude and longitude.
pub fn kilometres(positions: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let (latitude, longitude) = centre(positions);
    positions.iter().map(|&(lat, lon)| project(lat, lon, latitude, longitude)).collect()
}

/// The middle of points on a sphere, in degrees: the direction of their mean, so that the date line is no border.
fn centre(positions: &[(f64, f64)]) -> (f64, f64) {
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for &(latitude, longitude) in positions {
        let (phi, lambda) = (latitude * RADIANS_A_DEGREE, longitude * RADIANS_A_DEGREE);
        x += cos(phi) * cos(lambda);
        y += cos(phi) * sin(lambda);
        z += sin(phi);
    }
    (atan2(z, sqrt(x * x + y * y)) / RADIANS_A_DEGREE, atan2(y, x) / RADIANS_A_DEGREE)
}

fn project(latitude: f64, longitude: f64, centre_latitude: f64, centre_longitude: f64) -> (f64, f64) {
    let (phi, phi0) = (latitude * RADIANS_A_DEGREE, centre_latitude * RADIANS_A_DEGREE);
    let delta = (longitude - centre_longitude) * RADIANS_A_DEGREE;
    let cosine = (sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(delta)).clamp(-1.0, 1.0);
    let east = cos(phi) * sin(delta);
    let north = cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(delta);
    let length = sqrt(east * east + north * north);
    if length == 0.0 {
        return (0.0, 0.0);
    }
    let distance = (acos(cosine) * EARTH_RADIUS_KILOMETRES).min(FARTHEST_KILOMETRES);
    (distance * east / length, distance * north / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
        sqrt((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1))
    }

    #[test]
    fn lisbon_and_coimbra_are_176_kilometres_apart() {
        // Great-circle distance by the haversine formula, computed independently: 176.17 km.
        let points = kilometres(&[(38.7223, -9.1393), (40.2033, -8.4103)]);
        assert!((apart(points[0], points[1]) - 176.17).abs() < 0.05, "{points:?}");
        assert!(points[1].1 > points[0].1 && points[1].0 > points[0].0, "Coimbra lies north-east of Lisbon");
    }

    #[test]
    fn the_date_line_is_no_border() {
        let points = kilometres(&[(0.0, 179.0), (0.0, -179.0)]);
        assert!((apart(points[0], points[1]) - 222.39).abs() < 0.1, "{points:?}");
    }

    #[test]
    fn one_organisation_stands_at_the_centre() {
        let points = kilometres(&[(51.5, -0.1)]);
        assert!(points[0].0.abs() < 1e-3 && points[0].1.abs() < 1e-3, "{points:?}");
    }
}
