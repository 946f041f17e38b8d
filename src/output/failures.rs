//! `failures.csv`: the replications that could not be computed, where there are any.

use super::column::Column;
use super::figure::counted;
use super::sheet::Sheet;
use crate::experiment::Fault;
use crate::scenario::Scenario;

/// Its name in the result folder.
pub const NAME: &str = "failures.csv";

/// Its columns.
pub fn columns() -> Vec<Column> {
    vec![
        Column::scenario(),
        Column::whole("point", "Design point, from 0; 0 in a run of one scenario.", "index"),
        Column::whole("replication", "Index of the replication that could not be computed, from 0.", "index"),
        Column::text("seed", "Seed of all draws; with the index it names every random number of the replication."),
        Column::text("message", "What the program said."),
    ]
}

/// The table; nothing where there are none.
pub fn sheet(faults: &[Fault], scenario: &Scenario) -> Option<Sheet> {
    let mut sheet = Sheet::new("failures", "Replications that could not be computed", columns());
    for fault in faults {
        sheet.push(vec![
            scenario.name.as_str().into(),
            fault.point.into(),
            fault.replication.into(),
            scenario.seed.to_string().into(),
            fault.message.as_str().into(),
        ]);
    }
    (!faults.is_empty()).then_some(sheet)
}

/// Which of the replications of a study could not be computed, in words; nothing where all could.
pub fn told(faults: &[Fault], replications: u64, seed: u64) -> Option<String> {
    const SHOWN: usize = 5;
    let first = faults.first()?;
    let shown: Vec<String> = faults.iter().take(SHOWN).map(|fault| fault.replication.to_string()).collect();
    Some(format!(
        "{} of {} could not be computed and {} left out, with seed {seed}: {}{}; {NAME} lists them. The first says: {}.",
        faults.len(),
        counted(replications, "replication"),
        if faults.len() == 1 { "is" } else { "are" },
        shown.join(", "),
        if faults.len() > SHOWN { " and others" } else { "" },
        first.message
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::with_report;
    use crate::output::{Ended, Report};

    #[test]
    fn each_fault_has_its_line_with_its_seed() {
        with_report(299, |report| {
            let faults = [Fault { point: 0, replication: 77, message: "trust is 1.5, and more".to_string() }];
            let report = &Report { ended: Ended { faults: &faults, precision: None }, ..*report };
            let mut file = Vec::new();
            sheet(report.ended.faults, report.scenario).unwrap().write_csv(&mut file).unwrap();
            let line = "two,0,77,18446744073709551615,\"trust is 1.5, and more\"\n";
            assert_eq!(String::from_utf8(file).unwrap(), format!("scenario,point,replication,seed,message\n{line}"));
            assert!(!report.is_interrupted());
        });
    }
}
