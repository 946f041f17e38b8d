//! The ready-made scenarios, which are part of the program: each a text of `scenarios/` with the tables it names.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::{Scenario, load};

/// A ready-made scenario.
#[derive(Debug)]
pub struct Shipped {
    /// Its name: that of its file without the ending.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// The files it names, to stand beside it: name and text.
    pub tables: &'static [(&'static str, &'static str)],
}

/// Every ready-made scenario, in the order of their names.
pub const SHIPPED: &[Shipped] = &[
    Shipped {
        name: "business_alliance",
        text: include_str!("../../scenarios/business_alliance.toml"),
        tables: &[("business_alliance_partners.csv", include_str!("../../scenarios/business_alliance_partners.csv"))],
    },
    Shipped {
        name: "community_regeneration",
        text: include_str!("../../scenarios/community_regeneration.toml"),
        tables: &[],
    },
    Shipped {
        name: "health_and_social_care",
        text: include_str!("../../scenarios/health_and_social_care.toml"),
        tables: &[],
    },
    Shipped {
        name: "schools_and_business",
        text: include_str!("../../scenarios/schools_and_business.toml"),
        tables: &[],
    },
];

/// The ready-made scenario with a name.
///
/// ```
/// let scenario = partnersim::scenario::shipped::find("business_alliance").unwrap().load().unwrap();
/// assert_eq!(scenario.inputs.partners.len(), 6);
/// ```
pub fn find(name: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|shipped| shipped.name == name)
}

/// The names of all.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    SHIPPED.iter().map(|shipped| shipped.name)
}

impl Shipped {
    /// Reads it, as it would be read from its file.
    ///
    /// # Errors
    /// Every fault; a test holds that there is none.
    pub fn load(&self) -> Result<Scenario, Vec<Diagnostic>> {
        let table = |name: &str| {
            let found = self.tables.iter().find(|(table, _)| *table == name);
            found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "it is not part of the program".to_owned())
        };
        load(self.text, &format!("{}.toml", self.name), &[], &table)
    }
}
