//! The forms an uncertainty can be written in: the one table that reading, writing, describing and the schema go by.

/// One way to write a number that is not known.
#[derive(Debug)]
pub struct Form {
    /// The key: `pert`.
    pub name: &'static str,
    /// What stands behind it.
    pub shape: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// An example.
    pub example: &'static str,
}

/// Every form.
pub const FORMS: &[Form] = &[
    Form { name: "fixed", shape: "value", meaning: "The same in every replication.", example: "{ fixed = 0.6 }" },
    Form {
        name: "uniform",
        shape: "[lowest, highest]",
        meaning: "Anywhere between two bounds, all equally likely.",
        example: "{ uniform = [0.4, 0.8] }",
    },
    Form {
        name: "triangular",
        shape: "[lowest, likeliest, highest]",
        meaning: "Between two bounds, likeliest at the middle one, falling off in a straight line.",
        example: "{ triangular = [0.4, 0.6, 0.9] }",
    },
    Form {
        name: "pert",
        shape: "[lowest, likeliest, highest]",
        meaning: "Like triangular, rounder, with less weight at the bounds: for an expert's three figures.",
        example: "{ pert = [0.4, 0.6, 0.9] }",
    },
    Form {
        name: "normal",
        shape: "[mean, standard deviation]",
        meaning: "The bell curve; what falls outside the parameter's range is moved to its bound.",
        example: "{ normal = [0.6, 0.1] }",
    },
    Form {
        name: "lognormal",
        shape: "[median, sigma]",
        meaning: "Positive and skewed: its logarithm is normal with standard deviation sigma.",
        example: "{ lognormal = [0.5, 0.3] }",
    },
    Form {
        name: "beta",
        shape: "[a, b]",
        meaning: "A share with mean a / (a + b); the larger a + b, the narrower.",
        example: "{ beta = [6, 4] }",
    },
    Form {
        name: "discrete",
        shape: "[[value, weight], ...]",
        meaning: "One of some values, each with its weight.",
        example: "{ discrete = [[0.3, 1], [0.7, 2]] }",
    },
    Form {
        name: "observed",
        shape: "[value, value, ...]",
        meaning: "One of the values that were seen, each equally likely.",
        example: "{ observed = [0.4, 0.55, 0.7] }",
    },
];

/// The form with a name.
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}
