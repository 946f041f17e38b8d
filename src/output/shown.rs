//! Which outcomes a page shows: those that tell something of the scenario at hand.

use super::figure::counted;
use crate::model::outcomes::Outcome;

/// Outcomes that every scenario is asked for, whether or not they differ between its replications.
const ALWAYS: [&str; 12] = [
    "months_survived",
    "alive",
    "need_met",
    "value",
    "people",
    "coordination",
    "net_value",
    "premium",
    "better_off",
    "trust",
    "agreement",
    "morale",
];

/// Whether an outcome has a row: one that is the same in every replication mostly belongs to a part of the model not in use.
pub fn has_row(outcome: &Outcome, tells: bool) -> bool {
    tells || ALWAYS.contains(&outcome.name)
}

/// What is said of `n` outcomes without a row, and why; nothing where there is none.
pub fn left_out(n: usize, why: &str) -> Option<String> {
    (n > 0).then(|| format!("Not shown: {}, {why}.", counted(n as u64, "outcome")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcomes::OUTCOMES;

    #[test]
    fn what_never_differs_is_shown_only_where_every_scenario_is_asked_for_it() {
        let shown = |varies| OUTCOMES.iter().filter(|outcome| has_row(outcome, varies)).count();
        assert_eq!((shown(true), shown(false)), (OUTCOMES.len(), ALWAYS.len()));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(left_out(0, ""), None);
        assert_eq!(left_out(1, "out of use"), Some("Not shown: 1 outcome, out of use.".to_string()));
        assert_eq!(left_out(7, "out of use"), Some("Not shown: 7 outcomes, out of use.".to_string()));
    }
}
