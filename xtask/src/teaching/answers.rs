//! An answer sheet: what the model says to everything on the worksheet.

use super::sheet::frame;
use super::{Told, typed};
use crate::faults::Faults;
use crate::lessons::Changes;
use crate::lessons::lived::{Holds, Judged, Lived, Pair, is_right, live, pair, verdict};
use maud::{Markup, html};
use partnersim::analyse::wilson::Interval;
use partnersim::experiment::quantity::{Condition, Quantity, Variable};
use partnersim::model::outcomes::Better;
use partnersim::output::comparison::amount::{brief_signed, level};

/// The answer sheet of a lesson.
///
/// # Errors
/// When a set-up cannot be lived or a condition not be read.
pub fn page(told: &Told) -> Result<String, Faults> {
    let title = told.common("answers_of").replace("{title}", &told.own(&["title"]));
    let opening = told.opening()?;
    let asked = told.words.pairs(&["lesson", &told.lesson.name, "questions"], ["question", "answer"]);
    let body = html! {
        h1 { (title) }
        p class="small" { (told.computed(&opening)) }
        (predictions(told, &opening)?)
        h2 { (told.common("run")) }
        (table(told, &opening, &told.watched()))
        h2 { (told.common("noticed")) }
        ul { @for notice in &told.lesson.notice { li { (told.own(&["notice", &notice.name])) } } }
        (tries(told)?)
        (challenge(told)?)
        h2 { (told.common("questions")) }
        @for (number, [question, answer]) in asked.iter().enumerate() {
            section { h3 { (number + 1) ". " (question) } p { (answer) } }
        }
    };
    Ok(frame(told, &title, &body))
}

fn predictions(told: &Told, opening: &Pair) -> Result<Markup, Faults> {
    let mut parts = Vec::new();
    for question in &told.lesson.predict {
        let mut options = Vec::new();
        for option in &question.option {
            let text = told.own(&["predict", &question.name, &option.name]);
            options.push((text, is_right(option, opening).map_err(Faults::one)?));
        }
        let mut variables: Vec<Variable> =
            question.option.iter().filter_map(|option| Variable::parse(option.outcome.as_deref()?).ok()).collect();
        variables.dedup();
        let shares = shares(told, question, opening)?;
        parts.push(html! {
            section {
                h3 { (told.own(&["predict", &question.name, "question"])) }
                ul {
                    @for (text, is_right) in &options {
                        @if *is_right { li { span class="right" { (text) } } } @else { li { (text) } }
                    }
                }
                p { (told.own(&["predict", &question.name, "because"])) }
                @if !variables.is_empty() { (table(told, opening, &variables)) }
                @for line in &shares { p class="small" { (line) } }
            }
        });
    }
    Ok(html! { h2 { (told.common("predict")) } @for part in parts { (part) } })
}

/// What the conditions of a question come to, each quantity once.
fn shares(told: &Told, question: &crate::lessons::Prediction, opening: &Pair) -> Result<Vec<String>, Faults> {
    let mut lines: Vec<String> = Vec::new();
    for option in &question.option {
        for text in &option.conditions {
            let judged = opening.judged(text, option.setup.as_deref()).map_err(Faults::one)?;
            let setup = told.common(option.setup.as_deref().unwrap_or("second"));
            let line = format!("{setup}: {}: {}", told.asked(&judged.condition.quantity), amount(&judged));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}

/// Both set-ups and their difference, with intervals.
fn table(told: &Told, pair: &Pair, variables: &[Variable]) -> Markup {
    let row = |variable: &Variable| {
        let [first, second] = [&pair.first, &pair.second].map(|lived| mean(lived, *variable));
        let difference = pair.difference(variable.name());
        let told_difference = difference.map(|difference| {
            let paired = &difference.paired;
            let interval = Interval { low: paired.interval.low, high: paired.interval.high };
            let verdict = told.common(&format!("verdict_{}", verdict(difference.verdict)));
            format!("{}, {verdict}", brief_signed(*variable, paired.mean.value, &interval))
        });
        html! {
            tr {
                th scope="row" { (told.outcome(*variable)) span class="small" { " (" (better(told, *variable)) ")" } }
                td { (first) } td { (second) } td { (told_difference.unwrap_or_default()) }
            }
        }
    };
    html! {
        table {
            thead { tr { @for key in ["outcome", "first", "second", "difference"] { th scope="col" { (told.common(key)) } } } }
            tbody { @for variable in variables { (row(variable)) } }
        }
    }
}

fn better(told: &Told, variable: Variable) -> String {
    match variable.better() {
        Better::Higher => told.common("more_better"),
        Better::Lower => told.common("less_better"),
    }
}

/// A mean with its interval; of yes and no, the share with Wilson's.
fn mean(lived: &Lived, variable: Variable) -> String {
    let text = if variable.is_yes_or_no() {
        format!("P({} > 0) > 0", variable.name())
    } else {
        format!("{} > 0", variable.name())
    };
    Condition::parse(&text)
        .and_then(|condition| lived.judge(&condition))
        .map(|judged| amount(&judged))
        .unwrap_or_default()
}

/// The value that a condition was judged by, with its interval.
fn amount(judged: &Judged) -> String {
    let Judged { value, interval, .. } = judged;
    if let Quantity::Probability(_) = judged.condition.quantity {
        let [value, low, high] = [*value, interval.low, interval.high].map(|share| format!("{:.0}", 100.0 * share));
        return format!("{value} in 100 ({low} to {high})");
    }
    let variable = judged.condition.quantity.variable();
    let width = interval.high - interval.low;
    let [value, low, high] = [*value, interval.low, interval.high].map(|value| level(variable, value, width));
    if low == high { value } else { format!("{value} ({low} to {high})") }
}

fn tries(told: &Told) -> Result<Markup, Faults> {
    let mut parts = Vec::new();
    for one in &told.lesson.tries {
        let first = one.first.as_ref().unwrap_or(&told.lesson.first);
        let pair = pair(told.lesson, first, &one.second)?;
        let mut variables = told.watched();
        let besides = one.holds.iter().filter_map(|claim| Variable::parse(claim.outcome.as_deref()?).ok());
        for variable in besides {
            if !variables.contains(&variable) {
                variables.push(variable);
            }
        }
        parts.push(html! {
            section {
                h3 { (told.own(&["try", &one.name, "label"])) }
                p { (told.own(&["try", &one.name, "look"])) }
                p class="small" { (told.common("changed")) ": " (setups(told, first, &one.second)) }
                (table(told, &pair, &variables))
            }
        });
    }
    Ok(html! { h2 { (told.common("try")) } @for part in parts { (part) } })
}

fn setups(told: &Told, first: &Changes, second: &Changes) -> Markup {
    html! {
        @if !first.is_empty() { (told.common("first")) " " code { (typed(first).join("; ")) } "; " }
        (told.common("second")) " " code { (typed(second).join("; ")) }
    }
}

fn challenge(told: &Told) -> Result<Markup, Faults> {
    let challenge = &told.lesson.challenge;
    let start = live(told.lesson, &[&challenge.start])?;
    let solved = live(told.lesson, &[&challenge.start, &challenge.solution])?;
    let mut rows = Vec::new();
    for text in &challenge.conditions {
        let condition = Condition::parse(text).map_err(Faults::one)?;
        let judged = [start.judge(&condition), solved.judge(&condition)];
        let [start, solved] = judged.map(|judged| judged.map_err(Faults::one));
        let cells = [start?, solved?].map(|judged| {
            let holds = match judged.holds {
                Holds::Met => "holds_met",
                Holds::NotMet => "holds_not_met",
                Holds::TooClose => "holds_too_close",
            };
            format!("{}: {}", amount(&judged), told.common(holds))
        });
        rows.push(
            html! { tr { th scope="row" { (told.condition(&condition)) } @for cell in cells { td { (cell) } } } },
        );
    }
    Ok(html! {
        section {
            h2 { (told.common("challenge")) }
            p { b { (told.common("goal")) } " " (told.own(&["challenge", "goal"])) }
            p { b { (told.common("hint")) } ". " (told.own(&["challenge", "hint"])) }
            p { b { (told.common("solution")) } ". " (told.own(&["challenge", "solution"])) }
            p { code { (typed(&challenge.solution).join("; ")) } }
            table {
                thead { tr { @for key in ["condition", "at_start", "at_solution"] { th scope="col" { (told.common(key)) } } } }
                tbody { @for row in rows { (row) } }
            }
            p class="small" { (told.common("found")) " " (told.own(&["challenge", "found"])) }
        }
    })
}
