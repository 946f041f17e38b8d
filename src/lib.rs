//! An agent-based Monte Carlo simulator of partnership working.
//!
//! Organisations with differing resources, goals and ways of communicating work together month by month. Thousands to
//! millions of replications give distributions of outcomes, and beside each replication runs its twin, the same
//! organisations in the same months working alone, so that the effect of the partnership is a paired difference.
//!
//! From the text of a scenario to what its replications say:
//!
//! ```
//! use partnersim::analyse::{distributions::Distributions, findings::Findings, totals::{self, Totals}};
//! use partnersim::experiment::{self, Plan, Stretch};
//! use partnersim::model::outcomes::OUTCOMES;
//! use partnersim::simulate::{Engine, simulate};
//! use std::sync::atomic::AtomicBool;
//!
//! let text = r#"
//!     [[partner]]
//!     name = "council"
//!     skills = { clinical = 0.2, social = 0.8 }
//!     [[partner]]
//!     name = "health service"
//!     skills = { clinical = 0.9, social = 0.1 }
//!     [[need]]
//!     name = "help at home"
//!     skills = { clinical = 0.5, social = 0.5 }
//!     [communication]
//!     quality = { pert = [0.3, 0.6, 0.9] }
//! "#;
//! let no_files = |name: &str| Err(format!("{name} is not here"));
//! let scenario = partnersim::scenario::load(text, "town.toml", &[], &no_files).unwrap();
//!
//! // What each thread does with a block of replications, and what is done with the blocks in their order.
//! let plan = Plan { points: 1, first: 0, replications: 1_000, threads: 2 };
//! let engine = Engine::best(scenario.inputs.partners.len());
//! let targets = totals::targets(&scenario.targets);
//! let distributions = Distributions::new(plan.replications, scenario.inputs.horizon_months);
//! let mut totals = Totals::default();
//! let work = |stretch: Stretch| {
//!     let block = simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine);
//!     distributions.add(&block);
//!     Totals::of(&block, &targets)
//! };
//! let sink = |_, part: Totals| { totals.merge(&part); Ok::<(), ()>(()) };
//! experiment::run(&plan, &AtomicBool::new(false), &work, sink).unwrap();
//!
//! let findings = Findings::new(&totals, &distributions, &targets);
//! for (outcome, finding) in OUTCOMES.iter().zip(&findings.outcomes) {
//!     let mean = finding.spread.mean;
//!     println!("{}: {:.2} ± {:.2} {}", outcome.title, mean.value, mean.mc_standard_error, outcome.unit);
//! }
//! let premium = OUTCOMES.iter().position(|outcome| outcome.name == "premium").unwrap();
//! let beats_working_alone = findings.outcomes[premium].above_zero;
//! assert!(beats_working_alone.interval.low < beats_working_alone.value);
//! ```
//!
//! Rooms, from the ground up: [`model`] is what a partnership is and how a month changes it; [`scenario`] reads text into what the
//! model needs; [`import`] writes such text from published tables; [`simulate`] runs a block of replications; [`experiment`] runs
//! all blocks, in order, on many threads; [`analyse`] condenses them; [`output`] writes what was found. The way data takes through
//! them, and the rules that hold, are described in `ARCHITECTURE.md`; the language of scenarios in `docs/scenario.md`.

pub mod analyse;
#[cfg(feature = "cli")]
pub mod cli;
pub mod experiment;
pub mod import;
pub mod model;
pub mod output;
pub mod scenario;
pub mod simulate;
