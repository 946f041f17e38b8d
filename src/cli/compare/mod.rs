//! `partnersim compare`: several set-ups in the same worlds, what sets them apart, and which change carries it.

mod keeper;
mod replicate;
mod setups;
mod state;
mod tables;

use super::answer::Answer;
use super::checkpoint::{self, Pace};
use super::diagnostics::{Severity, tell};
use super::failure::Failure;
use super::folder::{CHECKPOINT, Folder, damaged};
use super::progress::Progress;
use super::run::precision::{PrecisionArguments, Rule};
use super::scenario_arguments::Changes;
use super::study::{self, Keeping, write};
use super::{interrupt, terminal};
use crate::analyse::comparison::{Comparison, MAIN, Question};
use crate::analyse::precision::{Goal, Precision, of_mean};
use crate::analyse::totals;
use crate::experiment::quantity::{Quantity, Variable};
use crate::output::comparison::{Compared, Setup, sentences, sheets};
use crate::output::figure::grouped;
use crate::output::study::{Request, ScenarioEntry, Study};
use crate::scenario::diagnostic::Diagnostic;
use keeper::{Keeper, head, is_complete, resumable};
use replicate::{Breaking, Work};
use state::State;
use std::path::{Path, PathBuf};
use std::time::Duration;

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
      only, where half a million pounds would matter
  partnersim compare town.toml other.toml --precision premium=50
      until the difference in the premium is known to within fifty thousand
  partnersim compare town.toml other.toml --replications 1000000 --resume
      goes on where the same was interrupted or killed";

/// Compare set-ups in the same worlds and tell which changes make the difference
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Scenario files, the others each held against the first; one file needs --set or --variant, or to be a workbook of set-ups
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
    precision: PrecisionArguments,
    /// Go on with a comparison of the same that was interrupted or killed, and end with the same files as if it had not been
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    keeping: Keeping,
    /// Break in these replications, to see what happens then
    #[arg(long, value_name = "SET-UP:N", hide = true, value_delimiter = ',')]
    break_replication: Vec<Breaking>,
    /// Milliseconds between checkpoints [default: at least 1000, and more where they take long]
    #[arg(long, value_name = "N", hide = true)]
    checkpoint_pause: Option<u64>,
}

/// Runs the command.
///
/// # Errors
/// When a set-up has faults, an option cannot be used, or the result cannot be written.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let shown = shown(&arguments.outcome);
    let smallest = smallest(&arguments.difference);
    let (mut shown, smallest) = all_faults(shown, smallest)?;
    let rule = arguments.rule()?;
    // What matters to somebody is looked at.
    let goals = rule.iter().flat_map(Rule::goals).map(|goal| goal.quantity.variable());
    let asked_besides: Vec<Variable> = smallest.iter().map(|(variable, _)| *variable).chain(goals).collect();
    for variable in asked_besides {
        shown.extend((!shown.contains(&variable)).then_some(variable));
    }
    let mut changes = arguments.changes.clone();
    changes.replications = rule.as_ref().map(|rule| rule.most().to_string()).or(changes.replications);
    let setups = setups::read(&arguments.files, &changes, &arguments.variant)?;
    warn(&setups);
    let targets = setups.iter().map(|setup| totals::targets(&setup.scenario.targets)).collect();
    let question = Question { shown, smallest, targets };
    let request = request(arguments, &setups, &question, rule.as_ref());
    let path = arguments.keeping.folder(&request.name);
    if arguments.resume && is_complete(&path, &request) {
        return study::complete(&path, arguments.keeping.quiet);
    }
    let head = head(&request, &setups);
    let interrupt = interrupt::watch()?;
    let kept = match arguments.resume {
        true => checkpoint::load::<State>(&path.join(CHECKPOINT), &head, |what| damaged(&path, what))?,
        false => None,
    };
    let (names, force) = (files(), arguments.keeping.force);
    let folder = match kept {
        Some(_) => Folder::to_resume_study(&path, &request, names, force)?,
        None => Folder::for_study(&path, &request, names, force)?,
    };
    let asked = setups[0].scenario.replications;
    let mut state = kept.map_or_else(|| State::new(setups.len(), asked), |(_, state)| state);
    let mut keeper =
        Keeper { folder: &folder, head, pace: Pace::new(arguments.checkpoint_pause.map(Duration::from_millis)) };
    let none = || setups[1..].iter().map(|_| None).collect();
    let work = Work {
        setups: &setups,
        question: &question,
        reasons: if arguments.no_explain {
            none()
        } else {
            replicate::reasons(&setups, arguments.explain_replications)
        },
        threads: arguments.keeping.threads(),
        broken: &arguments.break_replication,
        interrupt: &interrupt,
    };
    let progress = Progress::new(work.replications(asked), arguments.keeping.quiet);
    progress.begin_at(work.done(&state));
    let simulated = simulate(&work, rule.as_ref(), &mut state, &mut keeper, &progress);
    progress.end();
    let is_interrupted = !simulated.map_err(|failure| resumable(failure, &folder))?;
    if is_interrupted && (state.tried == 0 || folder.holds_more_than(state.sums.n())) {
        folder.start_afresh()?;
        return Err(Failure::Interrupted("Interrupted: nothing was written.".to_string()));
    }
    if state.sums.n() == 0 {
        return Err(Failure::Program("no replication could be computed in all set-ups".to_string()));
    }
    // Should the files not find room, the replications need not be run again.
    if is_interrupted || keeper.pace.is_due() || folder.keeps_unfinished() {
        keeper.keep(&state).map_err(|failure| resumable(failure, &folder))?;
    }
    let comparison = Comparison::new(&state.sums, &state.kept, &question);
    let precision = rule.as_ref().map_or_else(Vec::new, |rule| judged(rule, &state));
    let explanations = work.explanations(&state);
    let compared = Compared {
        setups: &setups,
        question: &question,
        comparison: &comparison,
        explanations: &explanations,
        asked,
        tried: state.tried,
        is_interrupted,
        failed: &state.failed,
        precision: &precision,
    };
    arguments.end(&compared, request, folder, &path)
}

impl Arguments {
    /// When enough is known, where that decides how many replications there are.
    fn rule(&self) -> Result<Option<Rule>, Failure> {
        let rule = self.precision.rule()?;
        let no_mean = |goal: &&Goal| !matches!(goal.quantity, Quantity::Mean(_));
        let wrong: Vec<String> = rule.iter().flat_map(Rule::goals).filter(no_mean).map(|goal| {
            format!("--precision {goal}: what is known so well is the mean difference in an outcome: name the outcome alone, as in {}={}", goal.quantity.variable().name(), goal.within)
        }).collect();
        if wrong.is_empty() { Ok(rule) } else { Err(Failure::Input(wrong.join("\nerror: "))) }
    }

    /// Writes what was found, and answers with it.
    fn end(&self, compared: &Compared, request: Request, folder: Folder, path: &Path) -> Result<Answer, Failure> {
        let mut sheets = sheets::sheets(compared);
        sheets.extend(sheets::failures(compared));
        let study = Study {
            request,
            points: compared.setups.len(),
            replications: compared.comparison.replications,
            is_interrupted: compared.is_interrupted,
            sentences: sentences::sentences(compared),
            sheets,
        };
        let keeps_unfinished = folder.keeps_unfinished();
        write(&study, folder, &self.keeping).map_err(|failure| match failure {
            Failure::Files(text) if keeps_unfinished => Failure::Files(keeper::can_go_on(&text)),
            failure => failure,
        })?;
        let failure = match sentences::left_out(compared) {
            _ if compared.is_interrupted => Some(Failure::Interrupted(kept(compared, path))),
            told => told.map(|told| Failure::left_out(&told)),
        };
        Ok(study::answer(study, &tables::tables(compared, terminal::width()), &self.keeping, path)?.but(failure))
    }
}

/// Simulates from where `state` is to the end, to the look at which enough is known, or until interrupted, which gives false.
fn simulate(
    work: &Work,
    rule: Option<&Rule>,
    state: &mut State,
    keeper: &mut Keeper,
    progress: &Progress,
) -> Result<bool, Failure> {
    let all = [work.setups[0].scenario.replications];
    let before = state.tried;
    for &look in rule.map_or(&all[..], Rule::looks).iter().filter(|look| **look >= before) {
        if look > state.tried {
            work.run_to(look, state, keeper, progress)?;
        }
        if state.tried < look {
            return Ok(false);
        }
        if rule.is_some_and(|rule| judged(rule, state).iter().all(Precision::is_reached)) {
            break;
        }
    }
    for position in 0..work.reasons.len() {
        if !work.explain(position, state, keeper, progress)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How precise the differences of each further set-up are.
fn judged(rule: &Rule, state: &State) -> Vec<Precision> {
    let of_setup = |setup: usize| {
        let known = |_, goal: &Goal, each| of_mean(&state.sums.differences(setup, goal.quantity.variable()), each);
        rule.judged(state.sums.n(), state.tried, known)
    };
    (1..=state.reasons.len()).map(of_setup).collect()
}

/// Every file that the result may have, the manifest aside.
fn files() -> Vec<String> {
    let names = sheets::NAMES.iter().copied().chain([sheets::FAILURES, "data_dictionary"]);
    names.map(|name| format!("{name}.csv")).collect()
}

fn kept(compared: &Compared, path: &Path) -> String {
    let reasons =
        if compared.explanations.iter().all(Option::is_some) { "" } else { ", without all reasons for the difference" };
    format!(
        "Interrupted: the first {} of {} replications of each set-up are kept in {}{reasons}. The same command with --resume goes on from there.",
        grouped(compared.tried as f64, 0),
        grouped(compared.asked as f64, 0),
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

fn request(arguments: &Arguments, setups: &[Setup], question: &Question, rule: Option<&Rule>) -> Request {
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
    let precision = rule.map(Rule::words).unwrap_or_default();
    let first = &setups[0].scenario;
    let entry = |setup: &Setup| ScenarioEntry { name: setup.name.clone(), ..ScenarioEntry::of(&setup.scenario) };
    Request {
        kind: "comparison".to_string(),
        name: setups::folder_name(&names),
        title: format!("{} against {}", names[1..].join(", "), names[0]),
        question: first.question.clone(),
        scenarios: setups.iter().map(entry).collect(),
        seed: first.seed.to_string(),
        settings: settings.into_iter().map(|(setting, value)| (setting.to_string(), value)).chain(precision).collect(),
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
