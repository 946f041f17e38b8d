//! `--dry-run`: how large an experiment is, from a few points that are timed.

use super::super::answer::Answer;
use super::super::failure::Failure;
use super::super::terminal;
use super::{Work, set_ups};
use crate::analyse::point::PointTotals;
use crate::experiment::Stretch;
use crate::output::figure::{counted, grouped};
use crate::output::journal;
use crate::simulate::BLOCK;
use std::time::{Duration, Instant};

/// Points that are timed, spread over all.
const SAMPLED: usize = 8;

/// Time after which no further point is timed.
const ENOUGH: Duration = Duration::from_secs(3);

/// What a row of `summary.csv` and a cell of a number take, roughly, in bytes.
const SUMMARY_ROW_BYTES: usize = 190;
const CELL_BYTES: usize = 19;

/// Bytes as people say them.
fn size(bytes: f64) -> String {
    match bytes {
        bytes if bytes >= 1e9 => format!("{} GB", grouped(bytes / 1e9, 1)),
        bytes if bytes >= 1e6 => format!("{} MB", grouped(bytes / 1e6, if bytes < 1e7 { 1 } else { 0 })),
        bytes => format!("{} kB", grouped((bytes / 1e3).ceil(), 0)),
    }
}

/// Seconds as people say them.
fn time(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1.0 => "less than a second".to_string(),
        seconds if seconds < 90.0 => format!("about {}", counted(seconds.round() as u64, "second")),
        seconds if seconds < 5400.0 => format!("about {}", counted((seconds / 60.0).round() as u64, "minute")),
        seconds => format!("about {} hours", grouped(seconds / 3600.0, 1)),
    }
}

/// What was measured of a few points.
struct Sampled {
    seconds_a_replication: f64,
    row_bytes: f64,
    record_bytes: f64,
}

/// Size, time and disk, in words and in figures.
pub(super) fn answer(work: &Work) -> Result<Answer, Failure> {
    let experiment = work.experiment;
    let (points, policies) = (work.points.len() as u64, experiment.policies.len() as u64);
    let replications = points * policies * experiment.replications;
    let sampled = sampled(work)?;
    let seconds = replications as f64 * sampled.seconds_a_replication / work.threads as f64;
    let n_rows = work.asked.variables.len() + if experiment.quantities.is_empty() { 6 } else { 0 };
    let n_cells = 4 + 2 * experiment.factors.len() + 2 * work.asked.quantities.len();
    let tables = (points * policies) as f64 * (n_rows * SUMMARY_ROW_BYTES + n_cells * CELL_BYTES) as f64;
    let rows = if work.with_rows { sampled.row_bytes * replications as f64 } else { 0.0 };
    let kept = sampled.record_bytes * (points * policies) as f64;
    let under = match policies {
        1 => String::new(),
        n => format!(" under {n} policies"),
    };
    let told = format!(
        "{} of a design of kind {}{under}, {} each: {} replications in all.\n\
         Every point loads as a scenario.\n\
         Time: {} on {}.\n\
         Disk: about {} of tables, and up to {} more until it is complete.\n\
         Nothing was written.\n",
        counted(points, "point"),
        experiment.design.word().replace('_', " "),
        counted(experiment.replications, "replication"),
        grouped(replications as f64, 0),
        time(seconds),
        counted(work.threads as u64, "thread"),
        size(tables + rows),
        size(kept),
    );
    let lines = told.lines().map(|line| terminal::wrapped(line, terminal::width(), "  ") + "\n");
    let answer = Answer::text(lines.collect::<String>()).with("design", experiment.design.word());
    let answer = answer.with("points", points).with("policies", policies).with("replications", replications);
    let answer = answer.with("threads", work.threads).with("seconds", seconds);
    Ok(answer.with("bytes", (tables + rows).round() as u64).with("bytes_until_complete", kept.round() as u64))
}

fn sampled(work: &Work) -> Result<Sampled, Failure> {
    let n = work.set_ups.len();
    let size = BLOCK.min(usize::try_from(work.experiment.replications).unwrap_or(BLOCK));
    let (mut seconds, mut replications, mut row_bytes, mut record) = (0.0, 0, 0, Vec::new());
    let begun = Instant::now();
    for sample in 0..SAMPLED.min(n) {
        let at = sample * n / SAMPLED.min(n);
        let set_up = work.set_ups.get(at);
        let start = Instant::now();
        let block = set_up.block(work.experiment.seed, Stretch { point: at, first: 0, size });
        let totals = PointTotals::of(&block, work.asked, &set_up.targets, work.experiment.replications);
        let finding = totals.finding(work.asked, &set_up.targets);
        seconds += start.elapsed().as_secs_f64();
        replications += size;
        row_bytes += if work.with_rows { set_ups::rows(work, at, &block).len() } else { 0 };
        record.clear();
        journal::add(&finding, 0, &mut record).map_err(|error| Failure::Program(error.to_string()))?;
        work.set_ups.done(at);
        if begun.elapsed() > ENOUGH {
            break;
        }
    }
    Ok(Sampled {
        seconds_a_replication: seconds / replications as f64,
        row_bytes: row_bytes as f64 / replications as f64,
        record_bytes: record.len() as f64,
    })
}
