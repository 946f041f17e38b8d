//! How a picture looks: its width, its colours, its language, and what the page around it needs.

use super::phrases::Phrases;

/// How a picture is to look.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Its width in pixels; letters are of the same size at any width. Made for 340 and 720.
    pub width: f64,
    /// Its colours.
    pub scheme: Scheme,
    /// What ids begin with, so that they are unique in a page.
    pub prefix: String,
    /// Whether the title stands above it, and the background is coloured: for a picture by itself.
    pub is_alone: bool,
    /// Whether the keyboard reaches each mark.
    pub has_focus: bool,
    /// What it says between the words it is given.
    pub phrases: Phrases,
    /// What the axis of a histogram reaches at least, so that bars of two pictures side by side can be held against one another.
    pub tallest: Option<f64>,
}

/// Where colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// From the variables of the page, see [`css`].
    CssVariables,
}

/// What is drawn in a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// The background.
    Paper,
    /// Words that matter, and rules.
    Words,
    /// Words beside axes.
    Aside,
    /// Lines behind the data.
    Grid,
    /// The data of a kind, from 0.
    Kind(usize),
}

/// Kinds that have a colour of their own; more begin again, with another shape, dash or pattern.
pub const KINDS: usize = 6;

/// Name of the variable, colour on light, colour on dark. Kinds after Okabe and Ito (2008), made darker on white where theirs have
/// less than a contrast of 3 to 1.
const COLOURS: [(&str, &str, &str); 4 + KINDS] = [
    ("--chart-paper", "#ffffff", "#15191e"),
    ("--chart-words", "#1b1f24", "#f2f4f6"),
    ("--chart-aside", "#4a525a", "#b9c1c9"),
    ("--chart-grid", "#dde1e5", "#363d45"),
    ("--chart-1", "#0068a6", "#56b4e9"),
    ("--chart-2", "#c44e00", "#f0a030"),
    ("--chart-3", "#007a59", "#2fc79a"),
    ("--chart-4", "#a3478a", "#e59cc9"),
    ("--chart-5", "#5b5f66", "#c9ced4"),
    ("--chart-6", "#8a6a00", "#f0e442"),
];

impl Look {
    /// A picture by itself.
    pub fn alone(width: f64, scheme: Scheme) -> Look {
        Look {
            width,
            scheme,
            prefix: String::new(),
            is_alone: true,
            has_focus: false,
            phrases: Phrases::default(),
            tallest: None,
        }
    }

    /// A picture in a page that has its title beside it, with a prefix that no other picture of the page has.
    pub fn in_page(width: f64, prefix: &str) -> Look {
        Look {
            width,
            scheme: Scheme::CssVariables,
            prefix: prefix.to_string(),
            is_alone: false,
            has_focus: false,
            phrases: Phrases::default(),
            tallest: None,
        }
    }
}

impl Scheme {
    /// What stands for a colour in a picture.
    pub fn colour(self, ink: Ink) -> String {
        let (name, light, dark) = COLOURS[position(ink)];
        match self {
            Scheme::Light => light.to_string(),
            Scheme::Dark => dark.to_string(),
            Scheme::CssVariables => format!("var({name})"),
        }
    }
}

fn position(ink: Ink) -> usize {
    match ink {
        Ink::Paper => 0,
        Ink::Words => 1,
        Ink::Aside => 2,
        Ink::Grid => 3,
        Ink::Kind(kind) => 4 + kind % KINDS,
    }
}

/// The declarations of the variables for a page, light or dark: `--chart-1:#0068a6;…`, to stand in `:root{…}`.
pub fn css(is_dark: bool) -> String {
    COLOURS.map(|(name, light, dark)| format!("{name}:{};", if is_dark { dark } else { light })).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2, definition of contrast ratio).
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn the_contrast_is_that_of_the_guidelines() {
        assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01); // the grey just below 4.5 to 1
    }

    #[test]
    fn marks_stand_out_three_to_one_and_words_four_and_a_half_to_one_on_both_backgrounds() {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let paper = scheme.colour(Ink::Paper);
            for kind in 0..KINDS {
                let contrast = contrast(&scheme.colour(Ink::Kind(kind)), &paper);
                assert!(contrast >= 4.5, "{scheme:?}, kind {kind}: {contrast}"); // names stand in these colours too
            }
            for words in [Ink::Words, Ink::Aside] {
                assert!(contrast(&scheme.colour(words), &paper) >= 7.0, "{scheme:?} {words:?}");
            }
        }
    }

    #[test]
    fn a_page_has_a_value_for_every_variable() {
        for ink in [Ink::Paper, Ink::Words, Ink::Aside, Ink::Grid, Ink::Kind(5), Ink::Kind(6)] {
            let named = Scheme::CssVariables.colour(ink);
            let name = named.trim_start_matches("var(").trim_end_matches(')');
            assert!(css(true).contains(&format!("{name}:#")) && css(false).contains(&format!("{name}:#")), "{name}");
        }
    }
}
