//! The few words that a drawing puts between those it is given, and how it writes numbers: in English unless a page says otherwise.

use super::Figures;
use crate::output::figure::Pounds;
use serde::Deserialize;

/// Words and forms of numbers of a language. What stands in braces is filled in; a part that is not given is English.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phrases {
    /// From one end to the other: `{low} to {high}`.
    pub range: String,
    /// A value with its interval: `{value}, from {low} to {high}`.
    pub interval: String,
    /// Of a dot whose interval holds the value of a rule: `interval includes “{name}”`.
    pub includes: String,
    /// Of one whose interval does not.
    pub excludes: String,
    /// In place of a number that is not defined.
    pub undefined: String,
    /// What the title of an axis that counts months has in it, in small letters.
    pub month: String,
    /// A share of a hundred: `{n} %`.
    pub percent: String,
    /// Pounds: `£{n}`.
    pub pounds: String,
    /// Thousands of pounds at a tick: `£{n}k`.
    pub short_thousands: String,
    /// Millions of pounds at a tick.
    pub short_millions: String,
    /// Thousand millions of pounds at a tick.
    pub short_billions: String,
    /// Millions of pounds by themselves: `£{n} million`.
    pub millions: String,
    /// Thousand millions of pounds by themselves.
    pub billions: String,
    /// The sign between ones and tenths.
    pub decimal: String,
    /// The sign between thousands and hundreds.
    pub group: String,
}

impl Default for Phrases {
    /// English.
    fn default() -> Phrases {
        Phrases {
            range: "{low} to {high}".to_string(),
            interval: "{value}, from {low} to {high}".to_string(),
            includes: "interval includes “{name}”".to_string(),
            excludes: "interval does not include “{name}”".to_string(),
            undefined: "not defined".to_string(),
            month: "month".to_string(),
            percent: "{n}\u{a0}%".to_string(),
            pounds: "£{n}".to_string(),
            short_thousands: "£{n}k".to_string(),
            short_millions: "£{n}m".to_string(),
            short_billions: "£{n}bn".to_string(),
            millions: "£{n} million".to_string(),
            billions: "£{n} billion".to_string(),
            decimal: ".".to_string(),
            group: ",".to_string(),
        }
    }
}

impl Phrases {
    /// From one number to another.
    pub fn range(&self, figures: Figures, [low, high]: [f64; 2]) -> String {
        let [low, high] = [low, high].map(|end| figures.told(end, self));
        filled(&self.range, &[("low", &low), ("high", &high)])
    }

    /// A number with its interval.
    pub fn interval(&self, figures: Figures, [value, low, high]: [f64; 3]) -> String {
        let [value, low, high] = [value, low, high].map(|number| figures.told(number, self));
        filled(&self.interval, &[("value", &value), ("low", &low), ("high", &high)])
    }

    /// What a dot means by whether its interval holds the value of a rule with this name.
    pub fn holding(&self, does_hold: bool, name: &str) -> String {
        filled(if does_hold { &self.includes } else { &self.excludes }, &[("name", name)])
    }

    /// An amount of something, its digits given as in English.
    pub fn amount(&self, of: &str, digits: &str) -> String {
        filled(of, &[("n", &self.digits(digits))])
    }

    /// The form of an amount of pounds in a unit.
    pub fn of_pounds(&self, unit: Pounds) -> &str {
        match unit {
            Pounds::Ones => &self.pounds,
            Pounds::Millions => &self.millions,
            Pounds::Billions => &self.billions,
        }
    }

    /// A number that is written as in English.
    pub fn digits(&self, english: &str) -> String {
        let mut digits = String::with_capacity(english.len());
        for sign in english.chars() {
            match sign {
                '.' => digits.push_str(&self.decimal),
                ',' => digits.push_str(&self.group),
                sign => digits.push(sign),
            }
        }
        digits
    }
}

/// A phrase with what stands in braces filled in; a name in braces that has no value stays.
fn filled(phrase: &str, values: &[(&str, &str)]) -> String {
    let (mut text, mut rest) = (String::with_capacity(phrase.len()), phrase);
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = |(name, behind)| Some((values.iter().find(|(key, _)| *key == name)?.1, behind));
        match after.split_once('}').and_then(value) {
            Some((value, behind)) => {
                text.push_str(value);
                rest = behind;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a page gives them that speaks German.
    fn german() -> Phrases {
        let given = r#"{ "range": "{low} bis {high}", "interval": "{value} ({low} bis {high})", "month": "monat", "percent": "{n} %",
            "pounds": "{n} £", "short_thousands": "{n} Tsd. £", "millions": "{n} Mio. £", "decimal": ",", "group": "." }"#;
        serde_json::from_str(given).unwrap()
    }

    #[test]
    fn what_stands_in_braces_is_filled_in_once_and_nothing_else_is() {
        let values = [("low", "{high}"), ("high", "7")];
        assert_eq!(filled("from {low} to {high}", &values), "from {high} to 7");
        assert_eq!(filled("{{low} {what} {", &values), "{{high} {what} {");
        assert_eq!(filled("", &values), "");
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let german = german();
        assert_eq!(Figures::Plain.told(1234.5, &german), "1.230");
        assert_eq!(Figures::Percent.told(0.125, &german), "12,5 %");
        assert_eq!(Figures::Money.told(-1234.0, &german), "-1,23 Mio. £");
        assert_eq!(Figures::Money.told(4.5, &german), "4.500 £");
        assert_eq!(german.range(Figures::Percent, [0.1, 0.2]), "10 % bis 20 %");
        assert_eq!(german.interval(Figures::Plain, [1.5, 1.25, 1.75]), "1,5 (1,25 bis 1,75)");
    }

    #[test]
    fn what_a_page_leaves_out_is_english_and_what_it_invents_is_refused() {
        assert_eq!(german().undefined, Phrases::default().undefined);
        assert_eq!(serde_json::from_str::<Phrases>("{}").unwrap(), Phrases::default());
        assert!(serde_json::from_str::<Phrases>("{\"rnage\": \"\"}").is_err());
    }
}
