//! How numbers look in a cell: by their unit, and where that says nothing by their size.

use crate::output::column::{Column, Kind};
use crate::output::figure::decimals_for;

/// How the numbers of one unit look.
const OF_UNITS: &[(&str, &str)] = &[
    ("0 or 1", PERCENT),
    ("thousand pounds", MONEY),
    ("thousand pounds a month", MONEY),
    ("pounds a person", "[$£-809]#,##0;-[$£-809]#,##0"),
    ("months", "#,##0.0"),
    ("days", "#,##0.0"),
    ("days a person", "#,##0.0"),
    ("people", "#,##0"),
    ("people a month", "#,##0.0"),
    ("people a year", "#,##0.00"),
    ("partners", "0.0"),
    ("replications", "#,##0"),
    ("index", "0"),
    ("number", "0"),
];

/// Shares, of a hundred.
pub const PERCENT: &str = "0.0%";
/// Thousands of pounds, which says so in every cell.
pub const MONEY: &str = "[$£-809]#,##0.0\"k\";-[$£-809]#,##0.0\"k\"";
/// Probabilities by chance: what is smaller than a thousandth is that.
const CHANCE: &str = "[<0.001]\"< 0.001\";0.000";

/// How the numbers of a column look, where its unit or the sizes of its numbers decide; `size` is the greatest.
pub fn format(column: &Column, size: f64) -> String {
    let by_unit = of_unit(&column.unit);
    match column.kind {
        _ if column.name == "p" || column.name.starts_with("p_") => CHANCE.to_string(),
        Kind::Whole if column.unit == "index" || column.unit == "number" => "0".to_string(),
        Kind::Whole => "#,##0".to_string(),
        // What is either 0 or 1 in a replication is a share only over many.
        _ if column.unit == "0 or 1" && !is_condensed(&column.name) => "0".to_string(),
        _ => by_unit.map_or_else(|| by_size(size), str::to_string),
    }
}

/// How the numbers of a unit look; `None` where the unit does not say.
pub fn of_unit(unit: &str) -> Option<&'static str> {
    let known = OF_UNITS.iter().find(|(of, _)| *of == unit).map(|(_, format)| *format);
    let is_share = unit == "share" || unit.starts_with("share of") || unit == "probability";
    known.or_else(|| is_share.then_some(PERCENT))
}

/// Whether neither the unit of a column nor its name says how its numbers look.
pub fn is_open(column: &Column) -> bool {
    of_unit(&column.unit).is_none() && column.name != "p" && !column.name.starts_with("p_")
}

/// How a single number looks: with as many decimals as it has, up to six.
pub fn plain(number: f64) -> String {
    if number != 0.0 && number.abs() < 1e-4 {
        return "0.0E+00".to_string();
    }
    let mut scaled = number.abs();
    let mut decimals = 0;
    while decimals < 6 && (scaled - scaled.round()).abs() > 1e-9 * scaled.max(1.0) {
        (scaled, decimals) = (scaled * 10.0, decimals + 1);
    }
    if decimals == 0 { "#,##0".to_string() } else { format!("#,##0.{}", "0".repeat(decimals)) }
}

/// How numbers up to a size look.
pub fn by_size(size: f64) -> String {
    let decimals = match size.abs() {
        size if size > 0.0 && size < 0.1 => 5,
        size if size > 0.0 && size < 1.0 => 3,
        size => decimals_for(size),
    };
    if decimals == 0 { "#,##0".to_string() } else { format!("#,##0.{}", "0".repeat(decimals)) }
}

fn is_condensed(name: &str) -> bool {
    ["mean", "share", "standard_error", "_se", "difference", "low", "high"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_number_shows_the_decimals_it_has() {
        let shown = [24.0, 0.35, -2.5, 1.0 / 3.0, 1e-9, 12_345.678].map(plain);
        assert_eq!(shown, ["#,##0", "#,##0.00", "#,##0.0", "#,##0.000000", "0.0E+00", "#,##0.000"]);
    }

    #[test]
    fn a_unit_decides_how_its_numbers_look() {
        let of = |name: &str, unit: &str, size: f64| format(&Column::number(name, "", unit), size);
        assert_eq!(of("trust_share", "share", 1.0), "0.0%");
        assert_eq!(of("alive", "0 or 1", 1.0), "0");
        assert_eq!(of("mean_alive", "0 or 1", 1.0), "0.0%");
        assert_eq!(of("premium", "thousand pounds", 9e3), MONEY);
        assert_eq!(of("p_holm", "probability", 1.0), CHANCE);
        assert_eq!(
            [0.0, 0.02, 0.5, 5.0, 50.0, 500.0].map(by_size),
            ["#,##0.00", "#,##0.00000", "#,##0.000", "#,##0.00", "#,##0.0", "#,##0"]
        );
    }
}
