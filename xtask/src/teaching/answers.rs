//! An answer sheet: what the model says to everything on the worksheet.

use super::sheet::frame;
use super::{Told, figures, typed};
use crate::faults::Faults;
use crate::lessons::Changes;
use crate::lessons::lived::{Holds, Judged, Lived, Pair, is_right, live, pair, verdict};
use maud::{Markup, html};
use partnersim::analyse::comparison::{Difference, Verdict};
use partnersim::experiment::quantity::{Condition, Quantity, Variable};
use partnersim::model::outcomes::Better;

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
            let line = format!("{setup}: {}: {}", told.asked(&judged.condition.quantity), amount(told, &judged));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    Ok(lines)
}

/// Both set-ups, and their difference with its interval: what the page shows beside each step of the lesson.
fn table(told: &Told, pair: &Pair, variables: &[Variable]) -> Markup {
    let row = |variable: &Variable| {
        let [first, second] = [&pair.first, &pair.second].map(|lived| mean(told, lived, *variable));
        let difference = pair.difference(variable.name()).map(|difference| {
            let paired = &difference.paired;
            let numbers = [paired.mean.value, paired.interval.low, paired.interval.high];
            let verdict = told.words.text(&["compare", "verdict", &verdict_key(difference)]);
            match difference.verdict {
                Verdict::Same => verdict,
                _ => format!("{verdict}: {}", figures::difference(told.words, *variable, numbers)),
            }
        });
        html! {
            tr data-outcome=(variable.name()) {
                th scope="row" { (told.outcome(*variable)) span class="small" { " (" (better(told, *variable)) ")" } }
                td { (first) } td { (second) } td { (difference.unwrap_or_default()) }
            }
            @if let Some([first, second]) = beating(told, pair, *variable) {
                tr { th scope="row" { (told.words.text(&["panel", "watch", "beats"])) } td { (first) } td { (second) } td {} }
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

/// The verdict on a difference by its word on the page, where what is clear may be less than what matters.
fn verdict_key(difference: &Difference) -> String {
    let (key, interval) = (verdict(difference.verdict), &difference.paired.interval);
    let is_clear = matches!(difference.verdict, Verdict::Better | Verdict::Worse);
    let is_little = is_clear && interval.low > -difference.smallest && interval.high < difference.smallest;
    if is_little { format!("{key}_little") } else { key.to_owned() }
}

/// In how many replications working together beats working alone, beside the premium.
fn beating(told: &Told, pair: &Pair, variable: Variable) -> Option<[String; 2]> {
    if variable.name() != "premium" {
        return None;
    }
    let condition = Condition::parse("P(premium > 0) > 0").ok()?;
    let of = |lived: &Lived| lived.judge(&condition).map(|judged| figures::percent(told.words, judged.value, 1)).ok();
    Some([of(&pair.first)?, of(&pair.second)?])
}

/// A mean.
fn mean(told: &Told, lived: &Lived, variable: Variable) -> String {
    Condition::parse(&format!("mean({}) > 0", variable.name()))
        .and_then(|condition| lived.judge(&condition))
        .map(|judged| figures::value(told.words, variable, judged.value))
        .unwrap_or_default()
}

/// The value that a condition was judged by, with its interval.
fn amount(told: &Told, judged: &Judged) -> String {
    let Judged { condition, value, interval, .. } = judged;
    let numbers = [*value, interval.low, interval.high];
    match condition.quantity {
        Quantity::Probability(_) => figures::share(told.words, numbers),
        quantity => figures::mean(told.words, quantity.variable(), numbers),
    }
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
            format!("{}: {}", amount(told, &judged), told.common(holds))
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
