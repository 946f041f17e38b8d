//! The replications of an experiment that could not be computed: their table, and how to see one of them again.

use super::Work;
use crate::analyse::point::PointFinding;
use crate::experiment::Fault;
use crate::output::column::Column;
use crate::output::failures;
use crate::output::figure::{counted, grouped};
use crate::output::sheet::Sheet;
use std::path::Path;

/// Faults that are told one by one.
const MOST_TOLD: usize = 5;

/// Reads `3:17`, point 3, from 1, and replication 17, from 0.
pub(super) fn broken(text: &str) -> Result<(usize, u64), String> {
    let parts =
        text.split_once(':').and_then(|(point, replication)| Some((point.parse().ok()?, replication.parse().ok()?)));
    parts.ok_or_else(|| "write point and replication, as in 3:17".to_string())
}

/// All of them, in order.
pub(super) fn all(findings: &[PointFinding]) -> Vec<&Fault> {
    findings.iter().flat_map(|finding| &finding.faults).collect()
}

/// A row for each.
pub(super) fn sheet(work: &Work, faults: &[&Fault]) -> Sheet {
    let mut columns = vec![
        Column::whole("point", "Number of the design point, from 1.", "number"),
        Column::text("policy", "Name of the policy; base where the experiment has none."),
    ];
    columns.extend(failures::columns().into_iter().skip(2));
    let mut sheet = Sheet::new("failures", "Replications that could not be computed", columns);
    for fault in faults {
        let (number, policy) = place(work, fault);
        sheet.push(vec![
            number.into(),
            policy.into(),
            fault.replication.into(),
            work.experiment.seed.to_string().into(),
            fault.message.as_str().into(),
        ]);
    }
    sheet
}

/// Number of the point, from 1, and name of the policy.
fn place<'w>(work: &'w Work, fault: &Fault) -> (usize, &'w str) {
    let n = work.experiment.policies.len();
    (1 + fault.point / n, &work.experiment.policies[fault.point % n].name)
}

/// How many there are and where.
pub(super) fn sentence(work: &Work, faults: &[&Fault]) -> Option<String> {
    let told = faults.iter().take(MOST_TOLD).map(|fault| match place(work, fault) {
        (number, _) if work.experiment.policies.len() == 1 => {
            format!("point {number}, replication {}", fault.replication)
        }
        (number, policy) => format!("point {number} under {policy}, replication {}", fault.replication),
    });
    let more = if faults.len() > MOST_TOLD { "; and others" } else { "" };
    (!faults.is_empty()).then(|| {
        format!(
            "{} of {} could not be computed and {} left out, with seed {}: {}{more}. failures.csv lists them.",
            grouped(faults.len() as f64, 0),
            counted(work.set_ups.len() as u64 * work.experiment.replications, "replication"),
            if faults.len() == 1 { "is" } else { "are" },
            work.experiment.seed,
            told.collect::<Vec<_>>().join("; ")
        )
    })
}

/// The same for standard error, with how to see the first of them again. `file` is the experiment's.
pub(super) fn told(work: &Work, faults: &[&Fault], file: &Path) -> Option<String> {
    let (experiment, first) = (work.experiment, *faults.first()?);
    let n = experiment.policies.len();
    let beside = file.parent().unwrap_or(Path::new("")).join(&experiment.scenario);
    let scenario = if beside.is_file() { beside.display().to_string() } else { experiment.scenario.clone() };
    let changes = experiment.changes(&work.points[first.point / n], &experiment.policies[first.point % n]);
    let changes: String = changes.iter().map(|change| format!(" --set '{}={}'", change.path, change.value)).collect();
    Some(format!(
        "{}\n  The first says: {}\n  To see it again: partnersim trace {scenario} --replication {} --seed {} --replications {}{changes}\n  \
         This is a fault in partnersim and not in what it was given: please report it with the experiment.",
        sentence(work, faults)?,
        first.message,
        first.replication,
        experiment.seed,
        experiment.replications,
    ))
}
