//! The valid name nearest to one that was mistyped.

/// How alike two names must be, 0 to 1, for one to be offered in place of the other.
const ALIKE: f64 = 0.7;

/// The candidate most like `given`, when one is like it at all; of equals the first.
///
/// ```
/// let names = ["communication.quality", "communication.channel"];
/// assert_eq!(partnersim::scenario::nearest::nearest("comunication.qualty", names), Some("communication.quality"));
/// assert_eq!(partnersim::scenario::nearest::nearest("zebra", names), None);
/// ```
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let mut best = None;
    for candidate in candidates {
        let alike = likeness(&given, &candidate.to_lowercase());
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A sentence that offers the nearest name, or lists what there is when none is near.
pub fn suggestion<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(given, candidates.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let names: Vec<String> = candidates.into_iter().map(|name| format!("`{name}`")).collect();
            if names.is_empty() { "there is none to choose from".to_owned() } else { listed(&names) }
        }
    }
}

fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        format!("allowed are {shown} and {} more", names.len() - SHOWN)
    } else {
        format!("allowed: {shown}")
    }
}

/// A name that is the last word of a longer one counts as near: `money` for `resources.money`.
fn likeness(given: &str, candidate: &str) -> f64 {
    if given.len() > 200 {
        return 0.0;
    }
    let whole = strsim::normalized_damerau_levenshtein(given, candidate);
    let last = candidate.rsplit('.').next().unwrap_or(candidate);
    let last =
        if last.len() < candidate.len() { 0.95 * strsim::normalized_damerau_levenshtein(given, last) } else { 0.0 };
    whole.max(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_key_finds_the_key() {
        assert_eq!(nearest("money", ["name", "resources.money"]), Some("resources.money"));
    }

    #[test]
    fn a_name_like_no_other_gets_the_list() {
        assert_eq!(suggestion("zebra", ["one", "two"]), "allowed: `one`, `two`");
        assert_eq!(suggestion("twoo", ["one", "two"]), "did you mean `two`?");
    }
}
