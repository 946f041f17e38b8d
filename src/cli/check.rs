//! `partnersim check`: every fault of a scenario at once.

use crate::cli::answer::Answer;
use crate::cli::answer::document::Said;
use crate::cli::diagnostics::{Severity, tell};
use crate::cli::failure::Failure;
use crate::cli::reading::ScenarioText;
use crate::cli::scenario_arguments::Changes;
use crate::output::figure::counted;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::{Override, Scenario};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Find every fault in scenarios without running them
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  partnersim check scenarios/health_and_social_care.toml")]
pub struct Arguments {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub changes: Changes,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub quiet: bool,
}

/// Checks each file; what is fine is said in one line.
///
/// # Errors
/// When one file at least has a fault.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let overrides = arguments.changes.overrides();
    let (mut faulty, mut told, mut files) = (0, String::new(), Vec::new());
    for file in &arguments.files {
        match checked(file, &overrides) {
            Ok((scenario, n_set_ups)) => {
                tell(&scenario.warnings, Severity::Warning);
                let set_ups = format!(", {}", counted(n_set_ups as u64, "further set-up"));
                let set_ups = if n_set_ups > 0 { set_ups.as_str() } else { "" };
                told.push_str(&format!("{}: fine: {}{set_ups}\n", file.display(), contents(&scenario)));
                files.push(data(file, Some(&scenario), &[]));
            }
            Err(faults) => {
                tell(&faults, Severity::Fault);
                eprintln!("{}: {}\n", file.display(), counted(faults.len() as u64, "fault"));
                files.push(data(file, None, &faults));
                faulty += 1;
            }
        }
    }
    let failure = match faulty {
        0 => None,
        n if arguments.files.len() == 1 && n == 1 => Some(Failure::Scenario(Vec::new())),
        n => Some(Failure::Input(format!("{n} of {} files have faults", arguments.files.len()))),
    };
    Ok(Answer::text(told).with("files", files).quiet(arguments.quiet).but(failure))
}

/// What was found about a file, as data.
fn data(file: &Path, scenario: Option<&Scenario>, faults: &[Diagnostic]) -> Value {
    let said = |told: &[Diagnostic]| told.iter().map(Said::of).collect::<Vec<_>>();
    json!({
        "file": file.display().to_string(),
        "is_fine": scenario.is_some(),
        "scenario": scenario.map(summary),
        "warnings": scenario.map_or_else(Vec::new, |scenario| said(&scenario.warnings)),
        "faults": said(faults),
    })
}

fn summary(scenario: &Scenario) -> Value {
    let inputs = &scenario.inputs;
    let names = |names: Vec<&String>| json!(names);
    json!({
        "name": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "digest": scenario.digest,
        "horizon_months": inputs.horizon_months,
        "replications": scenario.replications,
        "seed": scenario.seed.to_string(),
        "partners": names(inputs.partners.iter().map(|partner| &partner.name).collect()),
        "needs": names(inputs.needs.iter().map(|need| &need.name).collect()),
        "skills": inputs.skills,
        "events": names(inputs.events.iter().map(|event| &event.name).collect()),
        "interventions": names(inputs.interventions.iter().map(|intervention| &intervention.name).collect()),
    })
}

/// The scenario of a file with the warnings of all its set-ups, and how many of these there are.
fn checked(file: &Path, overrides: &[Override]) -> Result<(Scenario, usize), Vec<Diagnostic>> {
    let text = ScenarioText::read(file)?;
    let set_ups = text.set_ups();
    let mut first = text.load(overrides);
    for (_, changes) in &set_ups {
        let further = text.load(&[changes, overrides].concat());
        match (&mut first, further) {
            (Ok(scenario), Ok(further)) => add(&mut scenario.warnings, further.warnings),
            (Err(faults), Err(further)) => add(faults, further),
            (Ok(_), Err(further)) => first = Err(further),
            (Err(_), Ok(_)) => {}
        }
    }
    first.map(|scenario| (scenario, set_ups.len()))
}

/// What was not told before.
fn add(told: &mut Vec<Diagnostic>, further: Vec<Diagnostic>) {
    for one in further {
        if !told.contains(&one) {
            told.push(one);
        }
    }
}

fn contents(scenario: &Scenario) -> String {
    let inputs = &scenario.inputs;
    let (events, interventions) = (inputs.events.len(), inputs.interventions.len());
    let mut parts = vec![
        counted(inputs.partners.len() as u64, "partner"),
        counted(inputs.needs.len() as u64, "need"),
        counted(inputs.skills.len() as u64, "skill"),
    ];
    for (n, what) in [(events, "event"), (interventions, "intervention")] {
        parts.extend((n > 0).then(|| counted(n as u64, what)));
    }
    parts.push(counted(inputs.horizon_months as u64, "month"));
    parts.push(counted(scenario.replications, "replication"));
    parts.push(counted(scenario.warnings.len() as u64, "warning"));
    parts.join(", ")
}
