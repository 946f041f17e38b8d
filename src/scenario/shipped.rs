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

/// One of `scenarios/` by its name, with the tables it names.
macro_rules! shipped {
    ($name:literal $(, $table:literal)*) => {
        Shipped {
            name: $name,
            text: include_str!(concat!("../../scenarios/", $name, ".toml")),
            tables: &[$(($table, include_str!(concat!("../../scenarios/", $table)))),*],
        }
    };
}

/// Every ready-made scenario, in the order of their names.
pub const SHIPPED: &[Shipped] = &[
    shipped!("business_alliance", "business_alliance_partners.csv"),
    shipped!("cancer_pathway"),
    shipped!("carers_voice"),
    shipped!("clinic_teams"),
    shipped!("community_regeneration"),
    shipped!("drugs_task_force"),
    shipped!("employment_pact"),
    shipped!("food_network"),
    shipped!("health_and_social_care"),
    shipped!("homelessness_board"),
    shipped!("neighbourhood_forum"),
    shipped!("regional_cancer_network"),
    shipped!("research_consortium"),
    shipped!("river_catchment"),
    shipped!("schools_and_business"),
    shipped!("supply_chain_and_charity"),
    shipped!("town_after_the_grant"),
    shipped!("transport_concession"),
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
