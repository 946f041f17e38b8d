//! What the lessons say, held against the model.

use super::lived::{Holds, Pair, is_right, live, pair, scenario, verdict};
use super::words::Words;
use super::{Changes, Claim, Freedom, Lesson, read};
use crate::places;
use partnersim::analyse::comparison::Verdict;
use partnersim::experiment::quantity::{Condition, Quantity, Variable};
use partnersim::model::outcomes::PARTNER_MEASURES;
use partnersim::simulate::{BLOCK, Engine, simulate};

const NAMES: [&str; 9] = [
    "alone_or_together",
    "communication_breakdown",
    "free_riding",
    "too_many_partners",
    "shared_vision",
    "over_ambition",
    "establishment_phase",
    "unequal_resources",
    "power_and_tokenism",
];

/// The path that stands for the facilitator's table.
const FACILITATION: &str = "facilitation";

/// Where that table stands.
const FACILITATOR: &str = "intervention.facilitator";

impl Freedom {
    /// Whether it lets a path have a value.
    fn allows(&self, path: &str, value: &str) -> bool {
        let (own, value) = match self.path.as_str() {
            FACILITATION => (FACILITATOR, days_of_facilitation(value)),
            own => (own, value.parse().ok()),
        };
        if own != path {
            return false;
        }
        value.is_some_and(|value: f64| {
            self.low.is_some_and(|low| low <= value) && self.high.is_some_and(|high| value <= high)
        })
    }

    /// The same for a word.
    fn allows_word(&self, path: &str, value: &str) -> bool {
        self.path == path && self.options.iter().any(|option| option == value.trim_matches('"'))
    }
}

/// Days a month that a facilitator's table pays for, where its dose and its cost fit each other: £600 a day, 8 days for the whole dose.
fn days_of_facilitation(table: &str) -> Option<f64> {
    let read: toml::Table = toml::from_str(&format!("table = {table}")).ok()?;
    let table = read.get("table")?.as_table()?;
    let number = |name: &str| table.get(name).and_then(|value| value.as_float());
    let (dose, cost) = (number("dose")?, number("cost")?);
    let is_kind = table.get("kind").and_then(|kind| kind.as_str()) == Some("facilitated_events");
    (is_kind && (cost - 4.8 * dose).abs() < 1e-9).then_some(8.0 * dose)
}

fn lessons() -> Vec<Lesson> {
    read().unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn there_are_nine_lessons_each_with_its_scenario() {
    let names: Vec<String> = lessons().iter().map(|lesson| lesson.name.clone()).collect();
    assert_eq!(names, NAMES);
    let files = places::files(&places::root().join("scenarios/lessons"), "toml").unwrap();
    assert_eq!(files.len(), NAMES.len());
    for lesson in lessons() {
        let scenario = scenario(&lesson, &[]).unwrap();
        assert_eq!(scenario.warnings, [], "{}", lesson.name);
        assert_eq!(scenario.concepts, lesson.concepts, "{}", lesson.name);
        assert!(scenario.question.ends_with('?') && !scenario.sources.is_empty(), "{}", lesson.name);
        assert!((2..=7).contains(&scenario.inputs.partners.len()), "{}", lesson.name);
        assert!(lesson.sliders.len() <= 7 && !lesson.watch.is_empty(), "{}", lesson.name);
        for outcome in &lesson.watch {
            Variable::parse(outcome).unwrap();
        }
    }
}

#[test]
fn a_scenario_asks_for_as_many_replications_as_the_page_begins_with() {
    let state = std::fs::read_to_string(places::root().join("web/page/state/state.mjs")).unwrap();
    let begins = state.split_once("\n  replications: ").unwrap().1.split_once(',').unwrap().0.parse();
    for lesson in lessons() {
        assert_eq!(Ok(scenario(&lesson, &[]).unwrap().replications), begins, "{}", lesson.name);
    }
}

#[test]
fn what_there_is_to_notice_stands_among_what_is_watched() {
    for lesson in lessons() {
        for claim in lesson.notice.iter().flat_map(|notice| &notice.holds) {
            let of_condition = claim.condition.as_ref().map(|text| Condition::parse(text).unwrap());
            let name = match of_condition {
                Some(condition) => condition.quantity.variable().name().to_owned(),
                None => claim.outcome.clone().unwrap(),
            };
            assert!(lesson.watch.contains(&name), "{}: {name}", lesson.name);
        }
    }
}

#[test]
fn every_slider_is_a_parameter_of_the_partnership_or_of_a_need() {
    for lesson in lessons() {
        let scenario = scenario(&lesson, &[]).unwrap();
        for path in lesson.sliders.iter().chain(lesson.challenge.choice.iter().map(|choice| &choice.path)) {
            let is_known = [FACILITATION, "governance.partners"].contains(&path.as_str())
                || scenario.assumptions.iter().any(|line| line.key == *path && line.belongs_to.is_empty())
                || scenario.assumptions.iter().any(|line| {
                    let key = line.key.strip_prefix("need.");
                    key.is_some_and(|key| *path == format!("need.\"{}\".{key}", line.belongs_to))
                });
            assert!(is_known, "{}: {path}", lesson.name);
        }
    }
}

#[test]
fn every_change_of_a_lesson_can_be_made_without_a_warning() {
    for lesson in lessons() {
        let none = Changes::new();
        let tries = lesson.tries.iter().flat_map(|one| [one.first.as_ref().unwrap_or(&lesson.first), &one.second]);
        let pairs: Vec<&Changes> = tries.collect();
        let start = &lesson.challenge.start;
        let others = [[&lesson.first, &lesson.second], [start, &none], [start, &lesson.challenge.solution]];
        for changes in pairs.chunks(2).chain(others.iter().map(|pair| &pair[..])) {
            let scenario = scenario(&lesson, changes).unwrap_or_else(|faults| panic!("{faults}"));
            assert_eq!(scenario.warnings, [], "{} {changes:?}", lesson.name);
        }
    }
}

/// What came out against a claim; nothing where it holds.
fn objection(pair: &Pair, claim: &Claim) -> Option<String> {
    if let Some(text) = &claim.condition {
        let judged = pair.judged(text, claim.setup.as_deref()).unwrap();
        return (judged.holds != Holds::Met).then(|| format!("{text}: {:.4} {:?}", judged.value, judged.interval));
    }
    let name = claim.outcome.as_deref().unwrap_or_default();
    let difference = pair.difference(name).unwrap_or_else(|| panic!("no outcome is called `{name}`"));
    let found = verdict(difference.verdict);
    let (mean, p) = (&difference.paired.mean, difference.paired.p);
    let told = || format!("{name}: {found} ({:+.5} ± {:.5}), p {p:.4}", mean.value, mean.mc_standard_error);
    (claim.verdict.as_deref() != Some(found)).then(told)
}

/// What the model objects to the claims of a lesson.
fn objections(lesson: &Lesson) -> Vec<String> {
    let opening = pair(lesson, &lesson.first, &lesson.second).unwrap();
    let told = |name: &str, wrong: String| format!("{} {name}: {wrong}", lesson.name);
    let ask = |name: &str, pair: &Pair, claims: &[&Claim]| {
        let wrong = claims.iter().filter_map(|claim| objection(pair, claim));
        wrong.map(|wrong| told(name, wrong)).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for notice in &lesson.notice {
        assert!(!notice.holds.is_empty(), "{} {}", lesson.name, notice.name);
        let (other, own): (Vec<&Claim>, Vec<&Claim>) = notice.holds.iter().partition(|claim| claim.changes.is_some());
        found.extend(ask(&notice.name, &opening, &own));
        for claim in other {
            let pair = pair(lesson, &lesson.first, claim.changes.as_ref().unwrap()).unwrap();
            found.extend(ask(&notice.name, &pair, &[claim]));
        }
    }
    for one in &lesson.tries {
        assert!(!one.holds.is_empty(), "{} {}", lesson.name, one.name);
        let pair = pair(lesson, one.first.as_ref().unwrap_or(&lesson.first), &one.second).unwrap();
        found.extend(ask(&one.name, &pair, &one.holds.iter().collect::<Vec<_>>()));
    }
    for question in &lesson.predict {
        let right = question.option.iter().filter(|option| is_right(option, &opening).unwrap()).count();
        found.extend((right != 1).then(|| told(&question.name, format!("{right} of its answers are right"))));
    }
    found
}

#[test]
fn what_the_lessons_say_comes_out() {
    let found: Vec<String> = lessons().iter().flat_map(objections).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Changes, as they are written down: path and value.
type Told = &'static [(&'static str, &'static str)];

/// Why something happens, as the words say: with the reason taken away it does not.
#[test]
fn reasons_that_the_words_give_are_reasons_in_the_model() {
    let nobody_compares: Told = &[("every_partner.envy", "0"), ("every_partner.guilt", "0")];
    let reasons: [(&str, Told, Option<Told>, &str, &str); 8] = [
        // Morale falls by what partners compare.
        ("shared_vision", nobody_compares, None, "morale", "better"),
        ("power_and_tokenism", nobody_compares, None, "morale", "better"),
        // Consensus carries partnerships over time while they wait for a plan, and only then.
        (
            "power_and_tokenism",
            &[("decisions.before_agreement", "1")],
            Some(&[("decisions.rule", "consensus")]),
            "alive",
            "unclear",
        ),
        // A larger grant lowers morale by what it gives to compare and by its end.
        ("over_ambition", NOBODY_COMPARES_AND_MONEY_STAYS, Some(&[("funding.grant", "12")]), "morale", "better"),
        // A bad line saves only where partners leave.
        ("communication_breakdown", &[("membership.initial_goodwill", "60")], None, "coordination", "same"),
        // More meetings raise trust where what is said is understood.
        ("communication_breakdown", &[], Some(&[("communication.meetings", "4")]), "trust", "better"),
        ("communication_breakdown", BAD_BUT_ASKED_BACK, Some(&[("communication.meetings", "2")]), "trust", "better"),
        // A hard sanction does more for trust than a mild one.
        (
            "free_riding",
            &[("monitoring.interval", "7"), ("monitoring.sanction", "0.1")],
            Some(&[("monitoring.sanction", "1")]),
            "trust",
            "better",
        ),
    ];
    let changes = |list: Told| -> Changes {
        list.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()
    };
    for (name, first, second, outcome, expected) in reasons {
        let lesson = lessons().into_iter().find(|lesson| lesson.name == name).unwrap();
        let second = second.map_or_else(|| lesson.second.clone(), changes);
        let pair = pair(&lesson, &changes(first), &second).unwrap();
        assert_eq!(verdict(pair.difference(outcome).unwrap().verdict), expected, "{name} {first:?} {outcome}");
    }
}

const NOBODY_COMPARES_AND_MONEY_STAYS: Told =
    &[("every_partner.envy", "0"), ("every_partner.guilt", "0"), ("funding.grant_end", "48")];

const BAD_BUT_ASKED_BACK: Told = &[("communication.quality", "0.3"), ("communication.check_in", "1")];

#[test]
fn a_question_about_a_difference_has_an_answer_for_every_verdict() {
    for lesson in lessons() {
        for question in lesson.predict.iter().filter(|question| question.option[0].outcome.is_some()) {
            let mut verdicts: Vec<&str> =
                question.option.iter().flat_map(|option| option.verdicts.iter().map(String::as_str)).collect();
            verdicts.sort_unstable();
            assert_eq!(verdicts, ["better", "same", "unclear", "worse"], "{} {}", lesson.name, question.name);
        }
    }
}

#[test]
fn survival_and_premium_leave_something_to_be_won_and_lost() {
    for lesson in lessons() {
        let lived = live(&lesson, &[&lesson.first]).unwrap();
        for condition in ["P(alive > 0) > 0.2", "P(alive > 0) < 0.95", "P(premium > 0) > 0.2", "P(premium > 0) < 0.97"]
        {
            let judged = lived.judge(&Condition::parse(condition).unwrap()).unwrap();
            assert_eq!(judged.holds, Holds::Met, "{} {condition} {}", lesson.name, judged.value);
        }
    }
}

#[test]
fn a_challenge_is_not_met_at_its_start_and_is_by_its_solution() {
    let mut wrong = Vec::new();
    for lesson in lessons() {
        let challenge = &lesson.challenge;
        let conditions: Vec<Condition> =
            challenge.conditions.iter().map(|text| Condition::parse(text).unwrap()).collect();
        let judge = |changes: &[&Changes]| {
            let lived = live(&lesson, changes).unwrap();
            conditions.iter().map(|condition| lived.judge(condition).unwrap()).collect::<Vec<_>>()
        };
        let start = judge(&[&challenge.start]);
        if !start.iter().any(|judged| judged.holds == Holds::NotMet) {
            wrong.push(format!("{} is met from the start: {start:?}", lesson.name));
        }
        let solved = judge(&[&challenge.start, &challenge.solution]);
        let unmet = solved.iter().filter(|judged| judged.holds != Holds::Met);
        wrong.extend(
            unmet.map(|judged| {
                format!("{}: {} is {} {:?}", lesson.name, judged.condition, judged.value, judged.interval)
            }),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_solution_changes_only_what_a_challenge_allows() {
    for lesson in lessons() {
        let challenge = &lesson.challenge;
        for (path, value) in &challenge.solution {
            let is_allowed =
                challenge.choice.iter().any(|choice| choice.allows(path, value) || choice.allows_word(path, value));
            assert!(is_allowed, "{}: {path} = {value}", lesson.name);
        }
        assert!(!challenge.choice.iter().any(|choice| choice.allows("seed", "2") || choice.allows_word("seed", "2")));
    }
}

#[test]
fn the_goal_in_words_has_the_numbers_of_its_conditions() {
    let words = Words::read("en").unwrap();
    for lesson in lessons() {
        let goal = words.text(&["lesson", &lesson.name, "challenge", "goal"]);
        for text in &lesson.challenge.conditions {
            let condition = Condition::parse(text).unwrap();
            let (name, bound) = (condition.quantity.variable().name(), condition.bound);
            let number = match (condition.quantity, name) {
                (Quantity::Probability(_), _) => format!("at least {:.0} of 100", 100.0 * bound),
                (_, "coordination") => format!("£{bound:.0},000"),
                (_, "better_off") => format!("{:.0} in 100 partners", 100.0 * bound),
                (_, "time_to_agreement") => "within a month".to_owned(),
                _ => format!("{:.0}%", 100.0 * bound),
            };
            assert!(goal.contains(&number), "{}: {text}, but {goal}", lesson.name);
        }
    }
}

#[test]
fn a_facilitator_costs_what_his_days_cost() {
    let choice = Freedom { path: FACILITATION.to_owned(), low: Some(0.0), high: Some(8.0), options: Vec::new() };
    let table = |dose: f64, cost: f64| {
        format!(
            "{{ kind = \"facilitated_events\", start = 1, end = 12, dose = {dose:?}, cost = {cost:?}, decay = 0.1 }}"
        )
    };
    assert!(choice.allows(FACILITATOR, &table(0.5, 2.4)) && !choice.allows(FACILITATOR, &table(0.5, 0.0)));
    assert!(!choice.allows(FACILITATOR, "{ kind = \"coaching\", dose = 0.5, cost = 2.4 }"));
    assert!(!choice.allows("intervention.other", &table(0.5, 2.4)));
}

#[test]
fn every_lesson_has_all_its_words_and_no_others() {
    let words = Words::read("en").unwrap();
    for lesson in lessons() {
        let name = lesson.name.as_str();
        let top = ["title", "line", "story"].map(|key| vec![key]);
        let challenge = ["goal", "rules", "hint", "solution", "found"].map(|key| vec!["challenge", key]);
        let predict = lesson.predict.iter().flat_map(|question| {
            let options = question.option.iter().map(|option| option.name.as_str());
            options.chain(["question", "because"]).map(|key| vec!["predict", question.name.as_str(), key])
        });
        let notice = lesson.notice.iter().map(|notice| vec!["notice", notice.name.as_str()]);
        let tries =
            lesson.tries.iter().flat_map(|one| ["label", "look"].map(|key| vec!["try", one.name.as_str(), key]));
        for path in top.into_iter().chain(challenge).chain(predict).chain(notice).chain(tries) {
            let path = [&["lesson", name], &path[..]].concat();
            assert!(words.has(&path), "{}", path.join("."));
        }
        assert_eq!(words.texts(&["lesson", name, "concept"]).len(), 2, "{name}");
        let questions = words.pairs(&["lesson", name, "questions"], ["question", "answer"]);
        assert!(questions.len() == 3 && questions.iter().flatten().all(|text| !text.is_empty()), "{name}");
        let named = |part: &str| words.names(&["lesson", name, part]);
        let own = |names: Vec<&str>| {
            let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            names.sort();
            names
        };
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        assert_eq!(sorted(named("notice")), own(lesson.notice.iter().map(|notice| notice.name.as_str()).collect()));
        assert_eq!(sorted(named("try")), own(lesson.tries.iter().map(|one| one.name.as_str()).collect()));
        assert_eq!(sorted(named("predict")), own(lesson.predict.iter().map(|one| one.name.as_str()).collect()));
    }
    assert_eq!(words.names(&["lesson"]).len(), NAMES.len());
}

#[test]
fn the_risk_is_highest_in_the_second_year_of_the_establishment_phase() {
    let lesson = lessons().into_iter().find(|lesson| lesson.name == "establishment_phase").unwrap();
    let lived = live(&lesson, &[]).unwrap();
    let months = lived.values(Variable::parse("months_survived").unwrap());
    let alive = lived.values(Variable::parse("alive").unwrap());
    let hazard = |from: f64, to: f64| {
        let at_risk = months.iter().filter(|month| **month >= from).count();
        let ended =
            months.iter().zip(&alive).filter(|(month, alive)| **month >= from && **month < to && **alive == 0.0);
        ended.count() as f64 / at_risk as f64
    };
    let of_years: Vec<f64> = (0..5).map(|year| hazard(12.0 * f64::from(year), 12.0 * f64::from(year + 1))).collect();
    let highest = of_years.iter().copied().fold(0.0, f64::max);
    assert!(of_years[1] == highest && of_years[0] < 0.7 * highest && of_years[4] < 0.8 * highest, "{of_years:?}");
}

#[test]
fn the_supermarket_gains_by_its_contribution_and_the_kitchen_by_any_other_rule() {
    let lesson = lessons().into_iter().find(|lesson| lesson.name == "unequal_resources").unwrap();
    let measure = PARTNER_MEASURES.iter().position(|measure| measure.column == "better_off").unwrap();
    for (rule, is_larger_better) in [("equal", false), ("need", false), ("proportional", true)] {
        let change = Changes::from([("sharing.rule".to_owned(), rule.to_owned())]);
        let scenario = scenario(&lesson, &[&change]).unwrap();
        let names: Vec<&str> = scenario.inputs.partners.iter().map(|partner| partner.name.as_str()).collect();
        let block = simulate(&scenario.inputs, scenario.seed, 0, BLOCK, Engine::best(names.len()));
        let share = |name: &str| {
            let partner = names.iter().position(|other| *other == name).unwrap();
            block.partners[partner][measure].iter().sum::<f64>() / BLOCK as f64
        };
        let [market, kitchen] = ["supermarket", "community kitchen"].map(share);
        let [better, worse] = if is_larger_better { [market, kitchen] } else { [kitchen, market] };
        assert!(better > 0.85 && worse < 0.1, "{rule}: supermarket {market}, kitchen {kitchen}");
    }
}

#[test]
fn verdicts_have_the_words_of_the_page() {
    assert_eq!(
        [Verdict::Same, Verdict::Unclear, Verdict::Better, Verdict::Worse].map(verdict),
        ["same", "unclear", "better", "worse"]
    );
}
