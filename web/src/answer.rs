//! Requests and answers: one JSON value each.

use crate::described::{Described, describe};
use crate::drawn::{Drawing, draw};
use crate::files::file;
use crate::found::{Found, found};
use crate::running::Run;
use crate::setup::{Fault, Setup};
use crate::traced::{Traced, traced};
use partnersim::scenario::written::toml;
use serde::{Deserialize, Serialize};

/// Longest request that is read, in bytes: two scenarios of the greatest length that is read, escaped.
const MOST_BYTES: usize = 24 << 20;

/// What is kept between requests.
#[derive(Debug, Default)]
pub struct Session {
    run: Option<Run>,
}

/// What can be asked: `{"describe": {"setup": …}}`, and so on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// What a set-up says.
    Describe {
        /// Which.
        setup: Setup,
    },
    /// The canonical text of a set-up.
    Write {
        /// Which.
        setup: Setup,
    },
    /// Begins a run, and gives up what was under way.
    Begin {
        /// One or two; all have the seed of the first.
        setups: Vec<Setup>,
        /// Of each.
        replications: u64,
        /// Statements such as `P(alive > 0) >= 0.7`, to be judged.
        #[serde(default)]
        conditions: Vec<String>,
    },
    /// Simulates more.
    Advance {
        /// How many blocks, of every set-up; without it as little as is useful.
        #[serde(default)]
        blocks: Option<u64>,
    },
    /// What was found so far. A run that is within a block then ends with what it has of it.
    Finish {},
    /// A table of what was found so far.
    File {
        /// Its name.
        name: String,
        /// Position of the set-up; without one a table of the comparison.
        #[serde(default)]
        setup: Option<usize>,
    },
    /// One replication, month by month.
    Trace {
        /// Of which set-up.
        setup: Setup,
        /// Its index, from 0.
        replication: u64,
    },
    /// A picture.
    Draw(Box<Drawing>),
}

/// What is answered; the name of the variant is the key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To `describe`.
    Scenario(Box<Described>),
    /// What is wrong with the set-ups of a request.
    Faults(Vec<Fault>),
    /// To `write` and `file`.
    Text(String),
    /// To `begin`.
    Begun {
        /// Replications of each set-up that will be run.
        replications: u64,
    },
    /// To `advance`.
    Progress {
        /// Replications of each set-up that are done, on average.
        done: u64,
        /// Replications that the result would rest on now.
        kept: u64,
        /// Replications of each set-up that were asked for.
        of: u64,
    },
    /// To `finish`.
    Result(Box<Found>),
    /// To `trace`.
    Trace(Box<Traced>),
    /// To `draw`.
    Svg(String),
    /// What is wrong with a request.
    Fault(String),
}

/// The answer to a request, as text.
pub fn answer(session: &mut Session, request: &[u8]) -> String {
    let answer = read(request).and_then(|request| session.answer(request)).unwrap_or_else(|fault| fault);
    serde_json::to_string(&answer).unwrap_or_else(|error| format!("{{\"fault\":\"{error:?}\"}}"))
}

fn read(request: &[u8]) -> Result<Request, Answer> {
    if request.len() > MOST_BYTES {
        let told = format!("the request is {} MiB long; at most {} are read", request.len() >> 20, MOST_BYTES >> 20);
        return Err(Answer::Fault(told));
    }
    serde_json::from_slice(request).map_err(|error| Answer::Fault(format!("the request cannot be read: {error}")))
}

impl Session {
    fn answer(&mut self, request: Request) -> Result<Answer, Answer> {
        match request {
            Request::Describe { setup } => {
                describe(&setup).map(|told| Answer::Scenario(Box::new(told))).map_err(Answer::Faults)
            }
            Request::Write { setup } => {
                setup.load(0, &[]).map(|scenario| Answer::Text(toml(&scenario))).map_err(Answer::Faults)
            }
            Request::Begin { setups, replications, conditions } => {
                // What was under way is given up first: two runs at once could fill the memory.
                self.run = None;
                self.run = Some(Run::begin(&setups, replications, &conditions)?);
                Ok(Answer::Begun { replications })
            }
            Request::Advance { blocks } => {
                let run = self.run.as_mut().ok_or_else(none_begun)?;
                if run.is_ended {
                    return Err(Answer::Fault("this run was ended: begin another".to_string()));
                }
                match blocks {
                    None => run.advance_part(),
                    // Beyond the last nothing is left to do.
                    Some(blocks) => (0..blocks.min(run.asked)).for_each(|_| run.advance()),
                }
                Ok(Answer::Progress { done: run.reached(), kept: run.common(), of: run.asked })
            }
            Request::Finish {} => {
                let run = self.run.as_mut().ok_or_else(none_begun)?;
                run.end();
                found(run).map(|found| Answer::Result(Box::new(found)))
            }
            Request::File { name, setup } => file(self.run()?, &name, setup).map(Answer::Text),
            Request::Trace { setup, replication } => {
                traced(&setup, replication).map(|trace| Answer::Trace(Box::new(trace))).map_err(Answer::Faults)
            }
            Request::Draw(drawing) => Ok(Answer::Svg(draw(*drawing))),
        }
    }

    fn run(&self) -> Result<&Run, Answer> {
        self.run.as_ref().ok_or_else(none_begun)
    }
}

fn none_begun() -> Answer {
    Answer::Fault("no run is under way: begin one first".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::tests::TOWN;
    use partnersim::analyse::distributions::Distributions;
    use partnersim::analyse::findings::Findings;
    use partnersim::analyse::totals::{self, Totals};
    use partnersim::experiment::{self, Plan, Stretch};
    use partnersim::output::{Ended, Report, summary};
    use partnersim::scenario::{Override, load};
    use partnersim::simulate::{Engine, simulate};
    use serde_json::{Value, json};
    use std::sync::atomic::AtomicBool;

    fn ask(session: &mut Session, request: &Value) -> Value {
        serde_json::from_str(&answer(session, request.to_string().as_bytes())).unwrap()
    }

    fn town(changes: Value) -> Value {
        json!({ "name": "town", "text": TOWN, "changes": changes })
    }

    fn begun(setups: Value, replications: u64) -> Session {
        let mut session = Session::default();
        let conditions = json!(["P(alive > 0) >= 0.01", "premium > 100000", "median(trust) >= 0"]);
        let request = json!({ "begin": { "setups": setups, "replications": replications, "conditions": conditions } });
        assert_eq!(ask(&mut session, &request), json!({ "begun": { "replications": replications } }));
        session
    }

    fn finished(setups: Value, replications: u64) -> (Session, Value) {
        let mut session = begun(setups, replications);
        let blocks = replications.div_ceil(128);
        let done = ask(&mut session, &json!({ "advance": { "blocks": blocks } }));
        assert_eq!(done, json!({ "progress": { "done": replications, "kept": replications, "of": replications } }));
        let result = ask(&mut session, &json!({ "finish": {} }))["result"].take();
        (session, result)
    }

    fn fault(session: &mut Session, request: &Value) -> String {
        ask(session, request)["fault"].as_str().unwrap().to_string()
    }

    /// `summary.csv` as the command line writes it: from a plan run by `experiment::run`.
    fn summary_of_the_command_line(replications: u64) -> String {
        let change = Override { path: "replications".to_string(), value: replications.to_string() };
        let scenario = load(TOWN, "town.toml", &[change], &|_| Err(String::new())).unwrap();
        let plan = Plan { points: 1, first: 0, replications, threads: 1 };
        let engine = Engine::best(3);
        let targets = totals::targets(&scenario.targets);
        let distributions = Distributions::new(replications, scenario.inputs.horizon_months);
        let mut totals = Totals::default();
        let work = |stretch: Stretch| {
            let block = simulate(&scenario.inputs, scenario.seed, stretch.first, stretch.size, engine);
            distributions.add(&block);
            Totals::of(&block, &targets)
        };
        let sink = |_, part: Totals| {
            totals.merge(&part);
            Ok::<(), ()>(())
        };
        experiment::run(&plan, &AtomicBool::new(false), &work, sink).unwrap();
        let findings = Findings::new(&totals, &distributions, &targets);
        let report = Report { scenario: &scenario, findings: &findings, ended: Ended::default() };
        let mut bytes = Vec::new();
        summary::sheet(&report).write_csv(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_run_of_blocks_gives_the_table_of_the_command_line_and_its_numbers() {
        let (mut session, result) = finished(json!([town(json!([]))]), 300);
        assert_eq!((&result["replications"], &result["is_complete"]), (&json!(300), &json!(true)));
        let table = ask(&mut session, &json!({ "file": { "name": "summary.csv", "setup": 0 } }));
        assert_eq!(table["text"].as_str().unwrap(), summary_of_the_command_line(300));
        let found = &result["setups"][0];
        assert_eq!(found["name"], "town");
        let mut reader = csv_rows(table["text"].as_str().unwrap());
        let premium = reader.find(|row| row[1] == "premium_thousand_pounds").unwrap();
        assert_eq!(premium[5], found["summary"]["premium"]["mean"].to_string(), "the same number to the last digit");
        let shares =
            ["above_zero", "below_zero"].map(|key| found["summary"]["premium"][key]["share"].as_f64().unwrap());
        assert!((shares[0] + shares[1] - 1.0).abs() < 1e-12, "no premium is exactly nothing: {shares:?}");
        assert_eq!(found["survival"].as_array().unwrap().len(), 13);
        assert_eq!(found["months"]["trust_share"].as_array().unwrap().len(), 12);
        assert_eq!(found["partners"].as_array().unwrap().len(), 3);
        let bars = found["bars"]["premium"].as_array().unwrap();
        assert!((bars.iter().map(|bar| bar["share"].as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-12);
        let endings = found["endings"].as_object().unwrap();
        assert_eq!(endings.values().map(|share| share["count"].as_u64().unwrap()).sum::<u64>(), 300);
        let holds: Vec<&Value> = found["conditions"].as_array().unwrap().iter().map(|one| &one["holds"]).collect();
        assert_eq!(holds, ["met", "not_met", "met"]);
        assert_eq!(result["differences"], Value::Null);
    }

    fn csv_rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
        text.lines().map(|line| line.split(',').collect())
    }

    #[test]
    fn every_table_that_is_offered_can_be_had_and_no_other() {
        let second = json!({ "name": "better talk", "text": TOWN, "changes": [["communication.quality", "0.9"]] });
        let (mut session, result) = finished(json!([town(json!([])), second]), 140);
        for name in result["files"].as_array().unwrap() {
            for setup in [0, 1] {
                let table = ask(&mut session, &json!({ "file": { "name": name, "setup": setup } }));
                assert!(table["text"].as_str().unwrap().lines().count() > 1, "{name}");
            }
        }
        let names = result["comparison_files"].as_array().unwrap();
        assert!(names.contains(&json!("levers.csv")), "one change carries all: {names:?}");
        for name in names {
            let table = ask(&mut session, &json!({ "file": { "name": name } }));
            assert!(table["text"].as_str().unwrap().lines().count() > 1, "{name}");
        }
        assert!(
            fault(&mut session, &json!({ "file": { "name": "influence.csv", "setup": 0 } })).contains("summary.csv")
        );
        assert!(fault(&mut session, &json!({ "file": { "name": "summary.csv", "setup": 2 } })).contains("no set-up 2"));
        assert!(fault(&mut session, &json!({ "file": { "name": "summary.csv" } })).contains("paired.csv"));
    }

    #[test]
    fn two_set_ups_live_in_the_same_worlds_and_each_is_what_it_is_alone() {
        let second =
            json!({ "name": "shared", "text": TOWN, "changes": [["communication.quality", "0.9"], ["seed", "5"]] });
        let (_, result) = finished(json!([town(json!([])), second]), 200);
        let (_, alone) = finished(json!([town(json!([]))]), 200);
        assert_eq!(result["setups"][0], alone["setups"][0]);
        assert_eq!(result["setups"][1]["seed"], "18446744073709551615", "the seed of the first");
        assert_eq!(result["levers"][0]["key"], "communication.quality");
        assert_eq!(alone["bars_of_both"], Value::Null);
        let both = result["bars_of_both"]["premium"].as_array().unwrap();
        let edges = |at: usize| {
            let bars = both[at].as_array().unwrap().iter().filter(|bar| bar["holds"] == "range");
            bars.map(|bar| [bar["from"].as_f64().unwrap(), bar["to"].as_f64().unwrap()]).collect::<Vec<_>>()
        };
        assert!(edges(0).len() > 5 && edges(0) == edges(1), "{both:?}");
        for bars in both {
            assert_eq!(bars.as_array().unwrap().iter().map(|bar| bar["count"].as_u64().unwrap()).sum::<u64>(), 200);
        }
        let means = [0, 1].map(|at| result["setups"][at]["summary"]["trust"]["mean"].as_f64().unwrap());
        let trust = &result["differences"]["trust"];
        assert!((means[1] - means[0] - trust["mean"].as_f64().unwrap()).abs() < 1e-9);
        assert_eq!(trust["verdict"], "better");
        let counts: u64 = ["better", "same", "worse"].iter().map(|key| trust[*key]["count"].as_u64().unwrap()).sum();
        assert_eq!(counts, 200);
    }

    #[test]
    fn two_set_ups_that_are_the_same_do_not_differ() {
        let again = json!({ "name": "again", "text": TOWN });
        let (_, result) = finished(json!([town(json!([])), again]), 50);
        assert_eq!(result["levers"], json!([]));
        for (name, difference) in result["differences"].as_object().unwrap() {
            assert_eq!(difference["verdict"], "same", "{name}");
        }
    }

    #[test]
    fn a_run_that_is_stopped_says_what_is_done_so_far_and_can_go_on() {
        let mut session = begun(json!([town(json!([]))]), 300);
        assert!(fault(&mut session, &json!({ "finish": {} })).contains("nothing is simulated yet"));
        assert!(fault(&mut session, &json!({ "file": { "name": "summary.csv", "setup": 0 } })).contains("nothing"));
        let done = ask(&mut session, &json!({ "advance": { "blocks": 1 } }));
        assert_eq!(done, json!({ "progress": { "done": 128, "kept": 128, "of": 300 } }));
        let result = ask(&mut session, &json!({ "finish": {} }))["result"].take();
        assert_eq!((&result["replications"], &result["is_complete"]), (&json!(128), &json!(false)));
        ask(&mut session, &json!({ "advance": { "blocks": 99 } }));
        let whole = ask(&mut session, &json!({ "finish": {} }))["result"].take();
        assert_eq!(whole["setups"], finished(json!([town(json!([]))]), 300).1["setups"]);
    }

    #[test]
    fn a_run_in_parts_has_the_bits_of_one_in_blocks_and_one_that_is_stopped_those_of_a_shorter_one() {
        let second = json!({ "name": "second", "text": TOWN, "changes": [["communication.quality", "0.9"]] });
        // So long that a block is many parts.
        let long = |setup: Value| {
            let mut setup = setup;
            let changes = setup["changes"].as_array_mut().unwrap();
            changes.push(json!(["horizon_months", "600"]));
            setup
        };
        let setups = json!([long(town(json!([]))), long(second)]);
        let mut session = begun(setups.clone(), 140);
        let mut kept = Vec::new();
        loop {
            let told = ask(&mut session, &json!({ "advance": {} }))["progress"].take();
            let [done, common] = ["done", "kept"].map(|key| told[key].as_u64().unwrap());
            assert!(common <= done && done <= 140, "{told}");
            kept.push(common);
            if done == 140 {
                break;
            }
        }
        assert_eq!(kept, [0, 64, 64, 128, 128, 140], "the set-ups take turns");
        let whole = ask(&mut session, &json!({ "finish": {} }))["result"].take();
        assert_eq!(whole, finished(setups.clone(), 140).1);

        let mut session = begun(setups.clone(), 140);
        // Once of both and once more of the first, which is of no use.
        (0..3).for_each(|_| drop(ask(&mut session, &json!({ "advance": {} }))));
        let stopped = ask(&mut session, &json!({ "finish": {} }))["result"].take();
        let n = stopped["replications"].as_u64().unwrap();
        assert_eq!((n, &stopped["is_complete"]), (64, &json!(false)));
        let shorter = finished(setups, n).1;
        // But for the number that was asked for, which the digest of a scenario counts in.
        for key in ["differences", "bars_of_both"] {
            assert_eq!(stopped[key], shorter[key], "{key}");
        }
        for (stopped, shorter) in [0, 1].map(|at| (&stopped["setups"][at], &shorter["setups"][at])) {
            for key in ["summary", "survival", "months", "partners", "bars", "endings"] {
                assert_eq!(stopped[key], shorter[key], "{key}");
            }
        }
        assert!(fault(&mut session, &json!({ "advance": {} })).contains("begin another"));
    }

    #[test]
    fn a_set_up_is_written_as_a_scenario_that_loads_as_the_same() {
        let mut session = Session::default();
        let changes = json!([["trust.initial", "0.4"], ["partner.council.resources.money", "90"]]);
        let told = ask(&mut session, &json!({ "describe": { "setup": town(changes.clone()) } }));
        let text = ask(&mut session, &json!({ "write": { "setup": town(changes) } }))["text"].take();
        let again = json!({ "name": "again", "text": text });
        let again = ask(&mut session, &json!({ "describe": { "setup": again } }));
        assert_eq!(again["scenario"]["digest"], told["scenario"]["digest"]);
        assert_eq!(again["scenario"]["partners"][0]["money"], 90.0);
    }

    #[test]
    fn a_replication_is_told_and_a_picture_drawn() {
        let mut session = Session::default();
        let traced = ask(&mut session, &json!({ "trace": { "setup": town(json!([])), "replication": 17 } }));
        assert_eq!(traced["trace"]["replication"], 17);
        let rows = json!([{ "name": "<script>", "value": 3.5, "low": null, "high": null }]);
        let axis = json!({ "title": "Gain", "figures": "money" });
        let chart = json!({ "name": "gain", "title": "Who gains", "told": "All do.", "rows": { "x": axis, "mark": "dot", "rows": rows } });
        let drawn = ask(&mut session, &json!({ "draw": { "chart": chart, "width": 340, "prefix": "p-\"><script>" } }));
        let svg = drawn["svg"].as_str().unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("&lt;script&gt;") && !svg.contains("<script"), "{svg}");
        assert!(svg.contains("id=\"p-scriptgain-title\""), "{svg}");
    }

    #[test]
    fn bars_of_two_pictures_can_have_one_scale() {
        let mut session = Session::default();
        let mut ticks = |height: f64, tallest: Value| {
            let axis = |figures: &str| json!({ "title": "Share", "figures": figures });
            let bins = json!([{ "from": 0.0, "to": 1.0, "height": height }]);
            let histogram = json!({ "x": axis("plain"), "y": axis("percent"), "bins": bins, "tallest": tallest });
            let chart = json!({ "name": "share", "title": "Share", "told": "", "histogram": histogram });
            let drawn = ask(&mut session, &json!({ "draw": { "chart": chart, "width": 340 } }));
            drawn["svg"].as_str().unwrap().matches(">40\u{a0}%<").count()
        };
        assert_eq!([ticks(0.4, json!(null)), ticks(0.1, json!(0.4)), ticks(0.1, json!(null))], [1, 1, 0]);
    }

    #[test]
    fn whatever_is_wrong_with_a_request_is_told_in_words() {
        let mut session = Session::default();
        for (request, words) in [
            ("", "cannot be read"),
            ("{", "cannot be read"),
            ("{\"descrieb\": {}}", "descrieb"),
            ("{\"describe\": {}}", "setup"),
            ("{\"describe\": {\"setup\": {\"name\": \"x\"}}}", "text"),
            ("{\"advance\": {\"blocks\": 1}}", "begin one first"),
            ("{\"finish\": {}}", "begin one first"),
            ("{\"file\": {\"name\": \"summary.csv\", \"setup\": 0}}", "begin one first"),
            ("{\"draw\": {\"width\": 340}}", "chart"),
        ] {
            let told: Value = serde_json::from_str(&answer(&mut session, request.as_bytes())).unwrap();
            assert!(told["fault"].as_str().is_some_and(|told| told.contains(words)), "{request}: {told}");
        }
        let told = answer(&mut session, &[0xff, 0xfe, b'{']);
        assert!(told.contains("cannot be read"), "{told}");
        assert!(answer(&mut session, &vec![b' '; MOST_BYTES + 1]).contains("MiB"));
    }

    #[test]
    fn a_run_that_cannot_be_begun_says_why() {
        let mut session = Session::default();
        let begin = |setups: Value, replications: i64, conditions: Value| json!({ "begin": { "setups": setups, "replications": replications, "conditions": conditions } });
        let one = || json!([town(json!([]))]);
        assert!(fault(&mut session, &begin(one(), 0, json!([]))).contains("1 to 100000"));
        assert!(fault(&mut session, &begin(one(), 100_001, json!([]))).contains("command line"));
        assert!(fault(&mut session, &begin(json!([]), 10, json!([]))).contains("one set-up"));
        assert!(
            fault(&mut session, &begin(json!([town(json!([])), town(json!([]))]), 10, json!([]))).contains("name town")
        );
        assert!(fault(&mut session, &begin(one(), 10, json!(["P(aliv > 0) > 1"]))).contains("`alive`"));
        assert!(fault(&mut session, &begin(one(), 10, json!(["median(alive) > 0"]))).contains("P(alive)"));
        let wrong = json!([town(json!([["trust.initial", "9"]])), town(json!([["trust.initail", "0.5"]]))]);
        let faults = ask(&mut session, &begin(wrong, 10, json!([])))["faults"].take();
        let told: Vec<(&Value, &Value)> =
            faults.as_array().unwrap().iter().map(|fault| (&fault["setup"], &fault["change"])).collect();
        assert_eq!(told, [(&json!(0), &json!(0)), (&json!(1), &json!(0))], "those of both at once");
        assert!(
            fault(&mut session, &json!({ "advance": {} })).contains("begin one first"),
            "nothing is under way then"
        );
    }
}
