//! `partnersim compare`: several set-ups in the same worlds, what sets them apart, and which change carries it.

mod replicate;
mod setups;
mod tables;

use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::Folder;
use super::progress::Progress;
use super::scenario_arguments::Changes;
use super::study::{Keeping, show, write};
use super::{interrupt, terminal};
use crate::analyse::comparison::{Comparison, Question};
use crate::analyse::totals;
use crate::experiment::quantity::Variable;
use crate::output::comparison::{Compared, Explanation, Setup, sentences, sheets};
use crate::output::figure::grouped;
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::diagnostic::Diagnostic;
use std::path::PathBuf;

/// What is shown unless something else is asked for.
const MAIN: [&str; 10] = [
    "alive",
    "failed",
    "need_met",
    "coordination",
    "net_value",
    "premium",
    "better_off",
    "trust",
    "agreement",
    "morale",
];

const EXAMPLES: &str = "\
Examples:
  partnersim compare scenarios/health_and_social_care.toml \\
      --set communication.quality=0.8 --set governance.form=shared
      a scenario as it is against the same with both changes
  partnersim compare scenarios/health_and_social_care.toml \\
      --variant 'talk: communication.quality=0.8' \\
      --variant 'calm: morale.initial=0.9; trust.initial=0.7'
      each variant, with all its changes, against the scenario as it is
  partnersim compare town.toml other.toml \\
      --outcome premium,survival --difference premium=500
      two files in the same worlds, replication by replication; these outcomes
      only, where half a million pounds would matter";

/// Compare set-ups in the same worlds and tell which changes make the difference
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Scenario files, the others each held against the first; one file needs --set or --variant
    #[arg(value_name = "SCENARIO.toml", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    /// A named set-up of changes to the one file: 'NAME: path=value; path=value'; may be given several times
    #[arg(long, value_name = "VARIANT")]
    variant: Vec<String>,
    /// Outcomes to show and to judge, separated by commas, or all; the tables in the folder hold every one
    #[arg(long, value_name = "OUTCOMES", value_delimiter = ',')]
    outcome: Vec<String>,
    /// Smallest difference that matters, such as premium=500 or survival=0.02; may be given several times
    #[arg(long, value_name = "OUTCOME=D")]
    difference: Vec<String>,
    /// Replications of each combination of changes, to find out which change carries the difference [default: 2000 or more, by the number of changes]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..))]
    explain_replications: Option<u64>,
    /// Leave out which change carries the difference
    #[arg(long, conflicts_with = "explain_replications")]
    no_explain: bool,
    #[command(flatten)]
    keeping: Keeping,
}

/// Runs the command.
///
/// # Errors
/// When a set-up has faults, an option cannot be used, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let shown = shown(&arguments.outcome);
    let smallest = smallest(&arguments.difference);
    let (mut shown, smallest) = all_faults(shown, smallest)?;
    // What matters to somebody is looked at.
    let asked_besides: Vec<Variable> =
        smallest.iter().map(|(variable, _)| *variable).filter(|of| !shown.contains(of)).collect();
    shown.extend(asked_besides);
    let setups = setups::read(&arguments.files, &arguments.changes, &arguments.variant)?;
    warn(&setups);
    let targets = setups.iter().map(|setup| totals::targets(&setup.scenario.targets)).collect();
    let question = Question { shown, smallest, targets };
    let request = request(arguments, &setups, &question);
    let path = arguments.keeping.folder(&request.name);
    let interrupt = interrupt::watch()?;
    let names = sheets::NAMES.iter().copied().chain(["data_dictionary"]).map(|name| format!("{name}.csv"));
    let folder = Folder::for_study(&path, &request, names.collect(), arguments.keeping.force)?;
    let work = replicate::Work::new(&setups, &question, arguments.explain_replications, !arguments.no_explain);
    let progress = Progress::new(work.replications(), arguments.keeping.quiet);
    let found = work.run(arguments.keeping.threads(), &interrupt, &progress);
    progress.end();
    let found = found?;
    let completed = found.sums.n();
    if completed == 0 || (found.is_interrupted && folder.holds_more_than(completed)) {
        return Err(Failure::Interrupted("Interrupted: nothing was written.".to_string()));
    }
    let comparison = Comparison::new(&found.sums, &found.kept, &question);
    let asked = setups[0].scenario.replications;
    let compared = Compared {
        setups: &setups,
        question: &question,
        comparison: &comparison,
        explanations: &found.explanations,
        asked,
    };
    let study = Study {
        request,
        points: setups.len(),
        replications: completed,
        is_interrupted: found.is_interrupted,
        sentences: sentences::sentences(&compared),
        sheets: sheets::sheets(&compared),
    };
    write(&study, folder)?;
    if !arguments.keeping.quiet {
        show(&study, &tables::tables(&compared, terminal::width()), &path);
    }
    if study.is_interrupted {
        Err(Failure::Interrupted(kept(completed, asked, &found.explanations, &path)))
    } else {
        Ok(())
    }
}

fn kept(completed: u64, asked: u64, explanations: &[Option<Explanation>], path: &std::path::Path) -> String {
    let reasons =
        if explanations.iter().all(Option::is_some) { "" } else { ", without all reasons for the difference" };
    format!(
        "Interrupted: the first {} of {} replications of each set-up are kept in {}{reasons}.",
        grouped(completed as f64, 0),
        grouped(asked as f64, 0),
        path.display()
    )
}

/// The outcomes to look at.
fn shown(asked: &[String]) -> Result<Vec<Variable>, Vec<String>> {
    if asked.iter().any(|name| name.trim() == "all") {
        return Ok(Variable::all().collect());
    }
    let names: Vec<&str> = if asked.is_empty() { MAIN.to_vec() } else { asked.iter().map(String::as_str).collect() };
    let mut shown: Vec<Variable> = Vec::new();
    let mut faults = Vec::new();
    for name in names {
        match Variable::parse(name) {
            Ok(variable) if !shown.contains(&variable) => shown.push(variable),
            Ok(_) => {}
            Err(fault) => faults.push(format!("--outcome: {fault}")),
        }
    }
    if faults.is_empty() { Ok(shown) } else { Err(faults) }
}

/// The differences that matter.
fn smallest(asked: &[String]) -> Result<Vec<(Variable, f64)>, Vec<String>> {
    let read = |text: &String| -> Result<(Variable, f64), String> {
        let Some((name, number)) = text.split_once('=') else {
            return Err(format!("--difference: `{text}` is not of the form OUTCOME=D, as in premium=500"));
        };
        let variable = Variable::parse(name).map_err(|fault| format!("--difference: {fault}"))?;
        let smallest = number.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0);
        let smallest = smallest.ok_or_else(|| {
            let unit = variable.unit();
            format!("--difference: `{number}` is no difference in {name}: give a number above 0, in its unit ({unit})")
        })?;
        Ok((variable, smallest))
    };
    let (found, faults): (Vec<_>, Vec<_>) = asked.iter().map(read).partition(Result::is_ok);
    let faults: Vec<String> = faults.into_iter().filter_map(Result::err).collect();
    if faults.is_empty() { Ok(found.into_iter().filter_map(Result::ok).collect()) } else { Err(faults) }
}

/// Both, or every fault of either.
fn all_faults<A, B>(first: Result<A, Vec<String>>, second: Result<B, Vec<String>>) -> Result<(A, B), Failure> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (first, second) => {
            let faults: Vec<String> = first.err().into_iter().chain(second.err()).flatten().collect();
            Err(Failure::Input(faults.join("\nerror: ")))
        }
    }
}

/// What looks odd in a set-up, once, and what would mislead about all of them.
fn warn(setups: &[Setup]) {
    let mut told: Vec<&Diagnostic> = Vec::new();
    for warning in setups.iter().flat_map(|setup| &setup.scenario.warnings) {
        if !told.contains(&warning) {
            tell(std::slice::from_ref(warning), Severity::Warning);
            told.push(warning);
        }
    }
    let months: Vec<usize> = setups.iter().map(|setup| setup.scenario.inputs.horizon_months).collect();
    if months.iter().any(|one| *one != months[0]) {
        let each: Vec<String> =
            setups.iter().zip(&months).map(|(setup, months)| format!("{} {months}", setup.name)).collect();
        let message = format!("the set-ups run for different numbers of months: {}", each.join(", "));
        let help = "what adds up over months, or is asked of the last one, differs for that alone; --months N gives all of them the same".to_string();
        tell(&[Diagnostic { message, help, place: None }], Severity::Warning);
    }
}

fn request(arguments: &Arguments, setups: &[Setup], question: &Question) -> Request {
    let names: Vec<&str> = setups.iter().map(|setup| setup.name.as_str()).collect();
    let outcomes: Vec<&str> = question.shown.iter().map(|variable| variable.name()).collect();
    let differences: Vec<String> =
        question.smallest.iter().map(|(variable, smallest)| format!("{}={smallest}", variable.name())).collect();
    let explained = match (arguments.no_explain, arguments.explain_replications) {
        (true, _) => "no".to_string(),
        (_, Some(replications)) => replications.to_string(),
        _ => "by the number of changes".to_string(),
    };
    let settings = [
        ("set-ups", names.join(", ")),
        ("outcomes", outcomes.join(", ")),
        ("differences that matter", differences.join(", ")),
        ("replications for the reasons", explained),
    ];
    let first = &setups[0].scenario;
    let entry = |setup: &Setup| ScenarioEntry { name: setup.name.clone(), ..ScenarioEntry::of(&setup.scenario) };
    Request {
        kind: "comparison".to_string(),
        name: setups::folder_name(&names),
        title: format!("{} against {}", names[1..].join(", "), names[0]),
        question: first.question.clone(),
        scenarios: setups.iter().map(entry).collect(),
        seed: first.seed.to_string(),
        settings: settings.map(|(setting, value)| (setting.to_string(), value)).to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_main_outcome_exists_and_the_smallest_difference_is_a_number() {
        assert_eq!(shown(&[]).unwrap().len(), MAIN.len());
        assert_eq!(shown(&["all".to_string()]).unwrap(), Variable::all().collect::<Vec<_>>());
        let [good, bad] = ["premium=500", "premium=-5"].map(|text| smallest(&[text.to_string()]));
        assert_eq!(good.unwrap(), [(Variable::parse("premium").unwrap(), 500.0)]);
        assert!(bad.unwrap_err()[0].contains("above 0, in its unit (thousand pounds)"));
    }

    #[test]
    fn all_faults_of_the_options_are_told_at_once() {
        let told = all_faults(shown(&["premum".to_string()]), smallest(&["trust".to_string(), "x=1".to_string()]));
        let Err(Failure::Input(text)) = told else { panic!("faults") };
        assert_eq!(text.lines().count(), 3, "{text}");
    }
}
