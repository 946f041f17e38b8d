//! Where something happens, in plain words with how firm it is.

use super::Asked;
use crate::analyse::discovery::worlds::Count;
use crate::analyse::discovery::{Discovery, FoundBox, Restriction};
use crate::analyse::findings::Share;
use crate::output::figure::{grouped, of_100};

/// The sentences: how often it happens, each box, how firm it is, and what was not found.
pub fn sentences(asked: &Asked, discovery: &Discovery) -> Vec<String> {
    let all = discovery.all;
    let mut told = vec![format!("{} {}.", happens(asked), asked.of_100(all))];
    for (k, found) in discovery.boxes.iter().enumerate() {
        told.push(of_box(asked, found, all, k));
        told.push(of_aside(asked, found));
        told.extend(of_density(asked, found));
        told.extend(of_firmness(asked, found));
    }
    if discovery.boxes.len() > 1 {
        told.push(of_all_boxes(asked, discovery));
    }
    told.extend(discovery.refused.as_ref().map(|refused| of_refused(asked, refused, discovery.boxes.is_empty())));
    told.extend(of_defaults(asked, discovery));
    if discovery.tree.nodes.len() == 1 {
        told.push("The tree has no division that holds in worlds left aside.".replace("world", asked.noun));
    }
    told.push(basis(asked, discovery));
    told
}

/// What happens, at the beginning of a sentence.
fn happens(asked: &Asked) -> String {
    match asked.when.as_str() {
        "failed" => "Failed".to_string(),
        when => format!("`{when}`"),
    }
}

/// A share in 100, with a decimal near to none and to all.
fn in_100(count: Count) -> String {
    let percent = 100.0 * count.density();
    grouped(percent, if (1.0..=99.0).contains(&percent) { 0 } else { 1 })
}

/// What can be quoted of a box.
fn of_box(asked: &Asked, found: &FoundBox, all: Count, position: usize) -> String {
    let bounds = found.restrictions.iter().map(|restriction| (restriction.input, &restriction.bound));
    let bounds = asked.restrictions(bounds);
    let (happens, told) = (happens(asked), asked.of_100(found.count));
    let overall = in_100(found.among);
    let covers = share_of(asked, found.count.cases, all.cases);
    if position == 0 {
        format!("{happens} {told} where {bounds}, against {overall} of 100 overall. This box covers {covers}.")
    } else {
        let happens = happens.replace("Failed", "failed");
        format!(
            "Box {}, of what is left: {happens} {told} where {bounds}, against {overall} of 100. It covers {covers}.",
            position + 1
        )
    }
}

fn plural(asked: &Asked) -> String {
    format!("{}s", asked.noun)
}

/// `71 of 100 failures (68–74)`.
fn share_of(asked: &Asked, part: usize, whole: usize) -> String {
    let told = of_100(&Share::new(part as u64, whole as u64), whole as u64);
    let told = told.strip_prefix("in ").unwrap_or(&told);
    let noun = asked.cases();
    told.replace("replications", noun).replace("replication", noun.strip_suffix('s').unwrap_or(noun))
}

fn of_aside(asked: &Asked, found: &FoundBox) -> String {
    let aside = found.firmness.aside;
    format!(
        "Checked in {} that were left aside while the box was looked for: {}, covering {}.",
        plural(asked),
        asked.of_100(aside),
        share_of(asked, aside.cases, found.among.cases)
    )
}

/// That a density which was asked for is not reached.
fn of_density(asked: &Asked, found: &FoundBox) -> Option<String> {
    // Rounding the bounds may cost the last half in a hundred.
    let density = asked.density.filter(|density| found.count.density() < density - 0.005)?;
    Some(format!(
        "A share of {density} was asked for: no box of the least size (--mass) reaches it with restrictions that are more than chance."
    ))
}

/// What the scenario leaves to a default that is itself uncertain.
fn of_defaults(asked: &Asked, discovery: &Discovery) -> Option<String> {
    let restricted =
        |input: usize| discovery.boxes.iter().any(|found| found.region.restricted().any(|one| one == input));
    let told: Vec<String> = asked
        .defaults
        .iter()
        .filter(|(input, _)| restricted(*input))
        .map(|(input, grade)| format!("{} ({grade})", asked.wording(*input).words))
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Not set by the scenario, so that the default of partnersim decides how uncertain it is (with the grade of its evidence): {}.",
            super::listed(&told)
        )
    })
}

/// Which bounds came back in other samples, and which did not.
fn of_firmness(asked: &Asked, found: &FoundBox) -> Option<String> {
    let halves = found.firmness.halves;
    if halves == 0 {
        return None;
    }
    let one = |restriction: &Restriction| {
        let times = (restriction.reproduced * halves as f64).round();
        format!("{} in {} of {halves}", asked.wording(restriction.input).words, grouped(times, 0))
    };
    let told = |firm: bool| {
        let of = found.restrictions.iter().filter(|restriction| restriction.is_firm() == firm);
        super::listed(&of.map(one).collect::<Vec<_>>())
    };
    let (firm, loose) = (told(true), told(false));
    let of = format!("random halves of the {}", plural(asked));
    Some(match (firm.is_empty(), loose.is_empty()) {
        (_, true) => format!("Firm: looked for again in {of}, what it restricts came back: {firm}."),
        (true, _) => format!("Not firm: looked for again in {of}, what it restricts came back seldom: {loose}."),
        _ => format!("Looked for again in {of}, some of what it restricts came back: {firm}. Not firm: {loose}."),
    })
}

fn of_all_boxes(asked: &Asked, discovery: &Discovery) -> String {
    let together = discovery.boxes.iter().fold(Count::default(), |sum, found| sum.and(found.count));
    format!(
        "The {} boxes together cover {}; outside of them it is so {}.",
        discovery.boxes.len(),
        share_of(asked, together.cases, discovery.all.cases),
        asked.of_100(discovery.all.less(together))
    )
}

fn of_refused(asked: &Asked, refused: &FoundBox, is_first: bool) -> String {
    let what = if is_first { "No region of these inputs stands out" } else { "No further region stands out" };
    if refused.restrictions.is_empty() {
        return format!("{what}: none holds more than its share.");
    }
    let bounds = refused.restrictions.iter().map(|restriction| (restriction.input, &restriction.bound));
    let more = refused.restrictions.len().saturating_sub(3);
    let more = if more > 0 { format!(" (and {more} further restrictions)") } else { String::new() };
    let bounds = asked.restrictions(bounds.take(3)) + &more;
    let of = |count: Count| asked.of_100(count);
    let aside = if refused.firmness.aside.n == 0 {
        "nothing like it was found again".to_string()
    } else {
        format!("{} that were left aside while it was looked for", of(refused.firmness.aside))
    };
    format!(
        "{what}: where {bounds}, the best box that was found, it is so {}, but {aside}, against {} of 100 overall.",
        of(refused.count),
        in_100(refused.among)
    )
}

fn basis(asked: &Asked, discovery: &Discovery) -> String {
    format!(
        "From {} and {}; in brackets, 95 % intervals. Where worlds were left aside, each was judged by a box found without it.",
        asked.counted(discovery.all.n),
        crate::output::figure::counted(asked.names.len() as u64, "input")
    )
    .replace("worlds", &plural(asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::discovery::made_up;
    use crate::analyse::discovery::{Options, discover};

    fn told(shift: usize, when: &str) -> String {
        let mut worlds = made_up::worlds(1000);
        worlds.cases.rotate_left(shift);
        let found = discover(&worlds, &Options { halves: 10, ..Options::default() }, &Default::default()).unwrap();
        let names = ["communication.quality", "need.care.value", "x"].map(str::to_string);
        let defaults = [(0, "assumption".to_string()), (2, "computed".to_string())];
        let asked = Asked {
            when: when.to_string(),
            noun: "world",
            names: &names,
            worlds: &worlds,
            density: Some(0.99),
            defaults: &defaults,
        };
        sentences(&asked, &found).join("\n")
    }

    #[test]
    fn a_box_is_told_with_what_it_covers_how_firm_it_is_and_on_what_it_rests() {
        let text = told(0, "failed");
        for part in [
            "Failed in 28 of 100 worlds (25–31).",
            " where value of care is at most 0.4 pounds a person and communication quality is at least 0.5",
            ", against 28 of 100 overall. This box covers ",
            " of 100 failures (",
            "Checked in worlds that were left aside while the box was looked for: in ",
            "A share of 0.99 was asked for",
            "Firm: looked for again in random halves of the worlds, what it restricts came back: ",
            "in 10 of 10",
            "evidence): communication quality (assumption).",
            "From 1,000 worlds and 3 inputs",
        ] {
            assert!(text.contains(part), "{part}\nnot in\n{text}");
        }
        assert!(!text.contains("computed"), "an input that no box restricts is not told of");
    }

    #[test]
    fn what_is_not_there_is_not_told() {
        let text = told(500, "premium < 0");
        assert!(
            text.starts_with("`premium < 0` in 28 of 100 worlds (25–31).\nNo region of these inputs stands out"),
            "{text}"
        );
        assert!(text.contains("The tree has no division that holds in worlds left aside."), "{text}");
    }
}
