//! `failures.csv` of a search: replications of its set-ups that could not be computed and are left out, where there are any.

use super::column::Column;
use super::figure::counted;
use super::sheet::Sheet;
use super::study::Study;

/// Its name in the result folder.
pub const NAME: &str = super::failures::NAME;

/// A replication that could not be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The set-up: the changes that make it of the scenario, or `base`.
    pub set_up: String,
    /// Index of the replication.
    pub replication: u64,
    /// What the program said.
    pub message: String,
}

/// Adds to a study the table of what was left out of it, and a sentence; nothing where nothing was.
pub fn add_to(study: &mut Study, left_out: &[LeftOut]) {
    if left_out.is_empty() {
        return;
    }
    let seed = study.request.seed.as_str();
    let mut sheet = Sheet::new("failures", "Replications that could not be computed", columns());
    for LeftOut { set_up, replication, message } in left_out {
        sheet.push(vec![set_up.as_str().into(), (*replication as usize).into(), seed.into(), message.as_str().into()]);
    }
    let (n, is) = (counted(left_out.len() as u64, "replication"), if left_out.len() == 1 { "is" } else { "are" });
    study.sentences.push(format!("{n} could not be computed and {is} left out; {NAME} says which."));
    study.sheets.push(sheet);
}

/// What to say of it to who started the program; `None` where nothing was left out.
pub fn told(left_out: &[LeftOut], seed: &str) -> Option<String> {
    let LeftOut { set_up, replication, message } = left_out.first()?;
    Some(format!(
        "{} could not be computed and {} left out of the results, with seed {seed}; {NAME} lists them.\n  \
         The first is replication {replication} of the set-up {set_up}: {message}\n  \
         This is a fault in partnersim and not in what it was given: please report it with the scenario.",
        counted(left_out.len() as u64, "replication"),
        if left_out.len() == 1 { "is" } else { "are" },
    ))
}

/// Its columns.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::text("set_up", "The changes to the scenario that make the set-up; `base` where there are none."),
        Column::whole("replication", "Index of the replication that could not be computed, from 0.", "index"),
        Column::text("seed", "Seed of all draws; with the index it names every random number of the replication."),
        Column::text("message", "What the program said."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::study::tests::study;

    #[test]
    fn what_is_left_out_is_in_a_table_in_a_sentence_and_told() {
        let (mut none, mut one) = (study(), study());
        add_to(&mut none, &[]);
        assert_eq!((none.sheets.len(), none.sentences.len(), told(&[], "1")), (1, 1, None));
        let left_out = [LeftOut {
            set_up: "trust.initial=0.2".to_string(),
            replication: 77,
            message: "trust is 1.5, and more".to_string(),
        }];
        add_to(&mut one, &left_out);
        let mut csv = Vec::new();
        one.sheets[1].write_csv(&mut csv).unwrap();
        let lines = "set_up,replication,seed,message\ntrust.initial=0.2,77,1,\"trust is 1.5, and more\"\n";
        assert_eq!(String::from_utf8(csv).unwrap(), lines);
        assert_eq!(one.sentences[1], "1 replication could not be computed and is left out; failures.csv says which.");
        assert!(told(&left_out, "1").unwrap().contains("replication 77 of the set-up trust.initial=0.2: trust is 1.5"));
    }
}
