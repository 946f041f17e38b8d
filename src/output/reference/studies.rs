//! What comparisons, experiments and analyses leave.

use super::{Chapter, Table};
use crate::output::column::Column;
use crate::output::comparison::{sheets as comparison, survival};
use crate::output::discovery::sheets as discovery;
use crate::output::{assumptions, choosing, contrasts, described, experiment, failures, runs, sensitivity};

/// Stands for a column that the reader names.
const NAMED: &str = "…";

pub(super) fn chapters() -> Vec<Chapter> {
    vec![of_compare(), of_experiment(), of_summary(), of_groups(), of_sensitivity(), of_choosing(), of_discovery()]
}

fn of_compare() -> Chapter {
    Chapter {
        title: "compare",
        told: "What `partnersim compare` leaves. The first set-up is what the others are held against.",
        tables: vec![
            Table::new("paired.csv", "a further set-up and an outcome", comparison::paired_columns()),
            Table::new("setups.csv", "a set-up and an outcome", comparison::setups_columns()),
            Table::new(
                "changes.csv",
                "a value that differs between a further set-up and the first",
                comparison::changes_columns(),
            ),
            Table::new("levers.csv", "a further set-up, an outcome and a change", comparison::levers_columns()),
            Table::new("lasting.csv", "a set-up", survival::lasting_columns()),
            Table::new("survival.csv", "a set-up and a month", survival::survival_columns()),
            Table::new(
                "failures.csv",
                "a replication that could not be computed; there where there is one",
                comparison::failures_columns(),
            ),
        ],
    }
}

fn of_experiment() -> Chapter {
    let factors =
        || vec![Column::text("<factor>", "For each factor a column of its name: the value it has at the point.")];
    let quantity = Column::number(
        "<outcome>",
        "For each outcome asked about, its mean over the replications of the point; named by the quantity where another than the mean is asked for.",
        "that of the outcome",
    );
    let mut rows = vec![
        Column::whole("point", "Number of the design point, from 1.", "number"),
        Column::text("policy", "Name of the policy; base where the experiment has none."),
    ];
    let mut faults = rows.clone();
    rows.extend(factors());
    rows.extend(runs::columns().into_iter().skip(1));
    faults.extend(failures::columns().into_iter().skip(2));
    Chapter {
        title: "experiment",
        told: "What `partnersim experiment` leaves; by its design also the tables of `analyse sensitivity`, `choose` and `discover`.",
        tables: vec![
            Table::new(
                "points.csv",
                "a point of the design under a policy; this is what `analyse` reads",
                experiment::points_columns(factors(), [quantity]),
            ),
            Table::new("design.csv", "a point of the design under a policy", experiment::design_columns(factors())),
            Table::new("factors.csv", "a factor", experiment::factors_columns()),
            Table::new("summary.csv", "a point, a policy and an outcome", experiment::summary_columns()),
            Table::new(
                "policies.csv",
                "a policy and an outcome; there where there are several policies",
                experiment::policies_columns(),
            ),
            Table::new(
                "effects.csv",
                "a factor, a level and an outcome; there where factors have levels",
                experiment::effects_columns(),
            ),
            Table::new("assumptions.csv", "a parameter in force before anything was varied", assumptions::columns()),
            Table::new("runs.csv", "a replication of a point; there with `--runs`", rows),
            Table::new("failures.csv", "a replication that could not be computed; there where there is one", faults),
        ],
    }
}

fn of_summary() -> Chapter {
    Chapter {
        title: "analyse summary",
        told: "What `partnersim analyse summary` leaves.",
        tables: vec![Table::new(
            "summary.csv",
            "a column of the table analysed, in a group of its rows",
            described::columns(Some(NAMED)),
        )],
    }
}

fn of_groups() -> Chapter {
    Chapter {
        title: "analyse compare",
        told: "What `partnersim analyse compare` leaves; the second and third where it was asked how long something lasts.",
        tables: vec![
            Table::new("comparison.csv", "a column of the table analysed and a group", contrasts::columns(NAMED)),
            Table::new("survival.csv", "a group and a time", contrasts::survival_columns(NAMED)),
            Table::new("lasting.csv", "a group", contrasts::lasting_columns(NAMED)),
        ],
    }
}

fn of_sensitivity() -> Chapter {
    Chapter {
        title: "analyse sensitivity",
        told: "What `partnersim analyse sensitivity` leaves; a table that would have no rows is left out.",
        tables: vec![
            Table::new("sensitivity.csv", "an outcome, an index and an input", sensitivity::sensitivity_columns()),
            Table::new("basis.csv", "an outcome and a method", sensitivity::basis_columns()),
            Table::new("variance.csv", "an outcome and a part of its variance", sensitivity::variance_columns()),
            Table::new("convergence.csv", "a Sobol' index", sensitivity::convergence_columns()),
        ],
    }
}

fn of_choosing() -> Chapter {
    Chapter {
        title: "analyse choose",
        told: "What `partnersim analyse choose` leaves.",
        tables: vec![
            Table::new("choosing.csv", "an outcome and a policy", choosing::criteria_columns()),
            Table::new("regret.csv", "an outcome, a world and a policy", choosing::regret_columns()),
            Table::new("dominance.csv", "an outcome, two policies and an order", choosing::dominance_columns()),
            Table::new("pareto.csv", "a policy and a respect", choosing::pareto_columns()),
            Table::new("information.csv", "an outcome and what would be known", choosing::information_columns()),
        ],
    }
}

fn of_discovery() -> Chapter {
    let input = Column::number(
        "<input>",
        "For each input a column of its name: the value it has in the world.",
        "that of the input",
    );
    Chapter {
        title: "discover",
        told: "What `partnersim discover` and `partnersim analyse discover` leave.",
        tables: vec![
            Table::new("boxes.csv", "a box in the space of inputs", discovery::box_columns()),
            Table::new("restrictions.csv", "a box and an input that it restricts", discovery::restriction_columns()),
            Table::new("trajectory.csv", "a step on the way to a box", discovery::trajectory_columns()),
            Table::new("tree.csv", "a part of the worlds", discovery::tree_columns()),
            Table::new("worlds.csv", "a world, of the first 2,000", discovery::world_columns([input])),
        ],
    }
}
