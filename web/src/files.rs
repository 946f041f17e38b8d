//! The tables of a run as comma-separated values, the bytes that the command line writes.

use crate::answer::Answer;
use crate::running::{Run, Running};
use partnersim::analyse::findings::Findings;
use partnersim::output::comparison::sheets;
use partnersim::output::sheet::Sheet;
use partnersim::output::{FILES, File};

/// What takes the rows of all replications, which are not kept here.
const NEEDS_ROWS: &str = "influence.csv";
/// Which change carries how much of a difference.
const LEVERS: &str = "levers";

/// Names of the tables of a set-up.
pub fn of_setup(running: &Running) -> Vec<String> {
    offered(running).map(|file| file.name.to_string()).collect()
}

/// Names of the tables of a comparison; none of one set-up by itself.
pub fn of_comparison(run: &Run) -> Vec<String> {
    let Some(pair) = &run.pair else { return Vec::new() };
    let names = sheets::NAMES.iter().filter(|name| **name != LEVERS || pair.is_explained());
    names.map(|name| format!("{name}.csv")).collect()
}

/// A table as text: of the set-up at a position, or without one of the comparison.
///
/// # Errors
/// Where there is none of that name, or nothing simulated yet.
pub fn file(run: &Run, name: &str, setup: Option<usize>) -> Result<String, Answer> {
    if run.done == 0 {
        return Err(Answer::Fault("nothing is simulated yet: advance the run first".to_string()));
    }
    let Some(at) = setup else {
        let is_there = of_comparison(run).iter().any(|offered| offered == name);
        let found = run.compared(|compared| sheets::sheets(compared).into_iter().find(|sheet| sheet.file() == name));
        let sheet = found.flatten().filter(|_| is_there);
        return sheet.map(|sheet| text(&sheet)).ok_or_else(|| no_file(name, &of_comparison(run)));
    };
    let Some(running) = run.setups.get(at) else {
        return Err(Answer::Fault(format!(
            "there is no set-up {at}: the run has {}, counted from 0",
            run.setups.len()
        )));
    };
    let file = offered(running).find(|file| file.name == name).ok_or_else(|| no_file(name, &of_setup(running)))?;
    let findings: Findings = running.findings();
    Ok(text(&(file.sheet)(&running.report(&findings))))
}

fn offered(running: &Running) -> impl Iterator<Item = &'static File> {
    FILES.iter().filter(|file| (file.is_wanted)(&running.setup.scenario) && file.name != NEEDS_ROWS)
}

fn no_file(name: &str, offered: &[String]) -> Answer {
    let all = if offered.is_empty() { "none of one set-up by itself".to_string() } else { offered.join(", ") };
    Answer::Fault(format!("there is no table {name}: there are {all}"))
}

fn text(sheet: &Sheet) -> String {
    let mut bytes = Vec::new();
    // Writing into memory cannot fail, and cells are text.
    let written = sheet.write_csv(&mut bytes);
    written.map_or_else(|_| String::new(), |()| String::from_utf8_lossy(&bytes).into_owned())
}
