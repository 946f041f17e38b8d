//! What searches leave: for a threshold, for the best levers, for values that look like what was observed.

use super::{Chapter, Table};
use crate::output::column::Column;
use crate::output::{calibration, left_out, optimised, threshold};

pub(super) fn chapters() -> Vec<Chapter> {
    vec![of_threshold(), of_optimise(), of_calibrate(), of_what_is_left_out()]
}

fn of_threshold() -> Chapter {
    Chapter {
        title: "threshold",
        told: "What `partnersim threshold` leaves.",
        tables: vec![
            Table::new(
                "curve.csv",
                "a value of the parameter",
                threshold::curve_columns("that of the parameter", "that of the quantity"),
            ),
            Table::new(
                "threshold.csv",
                "where the condition begins or ceases to hold",
                threshold::switch_columns("that of the parameter"),
            ),
        ],
    }
}

fn of_optimise() -> Chapter {
    let levers = [("<lever>".to_string(), "what the lever sets".to_string())];
    let quantities = [("<quantity>".to_string(), "that of the quantity")];
    Chapter {
        title: "optimise",
        told: "What `partnersim optimise` leaves.",
        tables: vec![
            Table::new(
                "front.csv",
                "a candidate that no other beats, or the base case",
                optimised::front_columns(levers, quantities),
            ),
            Table::new(
                "reevaluated.csv",
                "a candidate and a quantity, as promised and afresh",
                optimised::reevaluated_columns(),
            ),
            Table::new(
                "history.csv",
                "a generation of the search",
                optimised::history_columns(["<objective>".to_string()]),
            ),
        ],
    }
}

fn of_calibrate() -> Chapter {
    let parameter = |meaning: &str| Column::number("<path>", meaning, "that of the parameter");
    let mut particles = calibration::particle_columns();
    particles.push(parameter("For each parameter a column named by its path: its value."));
    particles.push(Column::number(
        "<measure>",
        "For each observation a column: what its simulation gave, error of observation added.",
        "in the unit of the measure",
    ));
    Chapter {
        title: "calibrate",
        told: "What `partnersim calibrate` leaves.",
        tables: vec![
            Table::new("prior_posterior.csv", "a parameter", calibration::prior_posterior_columns()),
            Table::new(
                "posterior.csv",
                "a set of values that goes together, each row as likely as any other",
                vec![parameter("For each parameter a column named by its path: a value of it.")],
            ),
            Table::new("fit.csv", "something that was observed", calibration::fit_columns("from the posterior")),
            Table::new("particles.csv", "a particle that was kept, nearest first", particles),
            Table::new("generations.csv", "a generation of the search", calibration::generation_columns()),
        ],
    }
}

fn of_what_is_left_out() -> Chapter {
    Chapter {
        title: "What a search left out",
        told: "What `threshold`, `optimise`, `calibrate` and `discover` leave where a replication could not be computed.",
        tables: vec![Table::new(
            "failures.csv",
            "a replication of a set-up that could not be computed",
            left_out::columns(),
        )],
    }
}
