//! A lesson plan, as Markdown.

use super::{Told, typed};
use crate::faults::Faults;
use partnersim::output::figure::grouped;
use std::fmt::Write;

/// The plan of a lesson.
///
/// # Errors
/// When a set-up cannot be lived.
pub fn text(told: &Told) -> Result<String, Faults> {
    let (name, title) = (&told.lesson.name, told.own(&["title"]));
    let pair = told.opening()?;
    let n = grouped(pair.first.scenario.replications as f64, 0);
    let mut text = String::new();
    let mut put = |line: &str| {
        let _ = writeln!(text, "{line}\n");
    };
    put(&format!("# {}", told.common("plan_of").replace("{title}", &title)));
    put(&told.common("written").replace("{code}", &told.words.text(&["language", "code"])));
    put(&format!(
        "**{}** {}",
        told.own(&["line"]),
        told.common("ages").replace("{ages}", &told.lesson.ages.to_string())
    ));
    put(&format!(
        "- {}: [{}](worksheet.html)\n- {}: [{}](answers.html)",
        told.common("files"),
        told.common("worksheet"),
        told.common("files"),
        told.common("answers")
    ));
    put(&format!("## {}", told.common("aims")));
    put(&format!("{}\n\n{}", told.common("able"), listed(&told.plan_list("aims"))));
    put(&format!("## {}", told.common("background")));
    told.words.texts(&["lesson", name, "concept"]).iter().for_each(|paragraph| put(paragraph));
    put(&format!("**{}.** {}", told.common("story"), told.own(&["story"])));
    put(&format!("## {}", told.common("prepare")));
    let prepare = told.words.texts(&["teaching", "prepare_list"]);
    put(&listed(&prepare.iter().map(|line| line.replace("{name}", name)).collect::<Vec<_>>()));
    put(&format!("## {}", told.common("one_title")));
    put(&time_table(
        told,
        &[
            (5, "opening", "together"),
            (7, "story", "single"),
            (6, "run", "pairs"),
            (8, "notice", "together"),
            (12, "try", "pairs"),
            (7, "questions", "single"),
            (5, "close", "together"),
        ],
    ));
    put(&format!("## {}", told.common("two_title")));
    put(&format!("### {}", told.common("first_lesson")));
    put(&time_table(
        told,
        &[
            (7, "opening", "together"),
            (8, "story", "single"),
            (10, "run", "pairs"),
            (10, "notice", "together"),
            (15, "try_long", "pairs"),
        ],
    ));
    put(&format!("### {}", told.common("second_lesson")));
    put(&time_table(
        told,
        &[
            (5, "recall", "together"),
            (15, "challenge", "pairs"),
            (5, "compare", "together"),
            (10, "task", "together"),
            (8, "discuss", "together"),
            (7, "all_questions", "single"),
        ],
    ));
    put(&format!("## {}", told.common("misconceptions")));
    let wrong = told.wrong();
    put(&listed(&wrong.iter().map(|[thought, answer]| format!("*“{thought}”* {answer}")).collect::<Vec<_>>()));
    put(&format!("## {}\n\n{}", told.common("easier"), told.plan("easier")));
    put(&format!("## {}\n\n{}", told.common("harder"), told.plan("harder")));
    put(&format!("## {}\n\n{}", told.common("discussion"), listed(&told.plan_list("discuss"))));
    put(&format!("## {}\n\n{}", told.common("numbers"), told.common("numbers_text").replace("{n}", &n)));
    put(&format!("## {}\n\n{}", told.common("caution"), told.common("caution_text")));
    put(&format!("## {}\n\n```sh\n{}\n```", told.common("command"), command(told)));
    Ok(text.trim_end().to_owned() + "\n")
}

impl Told<'_> {
    /// What learners often think, and what to say.
    fn wrong(&self) -> Vec<[String; 2]> {
        self.words
            .lists(&["teaching", &self.lesson.name, "wrong"])
            .into_iter()
            .filter_map(|pair| pair.try_into().ok())
            .collect()
    }
}

fn listed(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
}

/// A time table: minutes from the beginning, what happens, how.
fn time_table(told: &Told, steps: &[(u32, &str, &str)]) -> String {
    let head = ["minutes", "what", "how"].map(|key| told.common(key)).join(" | ");
    let mut lines = vec![format!("| {head} |"), "|---|---|---|".to_owned()];
    let mut from = 0;
    for (minutes, what, how) in steps {
        let what = told.common(&format!("say_{what}"));
        let what = what.replace("{starter}", &told.plan("starter")).replace("{second}", &told.plan("second_task"));
        lines.push(format!("| {from}–{} | {what} | {} |", from + minutes, told.common(how)));
        from += minutes;
    }
    lines.join("\n")
}

/// The comparison of the two set-ups on the command line.
fn command(told: &Told) -> String {
    let lesson = told.lesson;
    let file = format!("partnersim compare scenarios/lessons/{}.toml", lesson.name);
    let variant = typed(&lesson.second).join("; ");
    format!("{file} \\\n    --variant 'second: {variant}'")
}
