//! One number for the bits of a run, to hold them against those of the native program.

use partnersim::experiment::Plan;
use partnersim::experiment::digest::digest as digest_of_run;
use partnersim::scenario::diagnostic::Diagnostic;
use partnersim::scenario::load;
use partnersim::simulate::{Engine, Instructions, LANES};

use crate::setup::no_files;

/// Digest of replications `first` and following of a scenario, advanced in so many lanes.
///
/// # Errors
/// What is wrong with the scenario or the number of lanes.
pub fn digest(text: &[u8], first: u64, replications: u64, lanes: usize) -> Result<String, String> {
    if !LANES.contains(&lanes) {
        let possible: Vec<String> = LANES.iter().map(usize::to_string).collect();
        return Err(format!("{} lanes are possible here, not {lanes}", possible.join(" or ")));
    }
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let scenario = load(text, "scenario", &[], &no_files).map_err(|faults| sentences(&faults))?;
    let plan = Plan { points: 1, first, replications, threads: 1 };
    let engine = Engine { lanes, instructions: Instructions::Baseline };
    digest_of_run(&scenario.inputs, scenario.seed, &plan, engine).map_err(|stopped| format!("{stopped:?}"))
}

fn sentences(faults: &[Diagnostic]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::tests::TOWN;

    #[test]
    fn the_digest_is_the_same_with_any_number_of_lanes_and_others_are_refused_in_words() {
        let of = |lanes| digest(TOWN.as_bytes(), 0, 40, lanes);
        assert_eq!(of(1).unwrap().len(), 64);
        assert_eq!(of(1), of(8));
        assert!(of(5).unwrap_err().ends_with("lanes are possible here, not 5"));
        assert!(digest(b"title = 1", 0, 1, 8).unwrap_err().contains("partner"));
        assert!(digest(&[0xff, 0xfe], 0, 1, 8).unwrap_err().contains("utf-8"));
    }
}
