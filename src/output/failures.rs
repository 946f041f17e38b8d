//! `failures.csv`: the replications that could not be computed, where there are any.

use super::Report;
use super::column::Column;
use super::table::{Cell, Table};
use std::io::{self, Write};

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

/// Writes it.
///
/// # Errors
/// What writing reports.
pub fn write(report: &Report, to: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(to, &columns())?;
    let seed = report.scenario.seed.to_string();
    for fault in report.ended.faults {
        table.row(&[
            Cell::Text(&report.scenario.name),
            Cell::Whole(fault.point as u64),
            Cell::Whole(fault.replication),
            Cell::Text(&seed),
            Cell::Text(&fault.message),
        ])?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Fault;
    use crate::output::Ended;
    use crate::output::tests::with_report;

    #[test]
    fn each_fault_has_its_line_with_its_seed() {
        with_report(299, |report| {
            let faults = [Fault { point: 0, replication: 77, message: "trust is 1.5, and more".to_string() }];
            let report = &Report { ended: Ended { faults: &faults, precision: None }, ..*report };
            let mut file = Vec::new();
            write(report, &mut file).unwrap();
            let line = "two,0,77,18446744073709551615,\"trust is 1.5, and more\"\n";
            assert_eq!(String::from_utf8(file).unwrap(), format!("scenario,point,replication,seed,message\n{line}"));
            assert!(!report.is_interrupted());
        });
    }
}
